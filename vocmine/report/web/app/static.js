/* What the static part of the page gains: its tables as CSV, names that lead to their issue, charts that answer a touch. */
(function (VM) {
  'use strict';

  const shownText = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('svg, title')) return '';
    return Array.from(node.childNodes, shownText).join(node.matches('small, br') ? ' ' : '');
  };
  const cellText = (cell) => Array.from(cell.childNodes, (node) => (node.nodeName === 'SMALL' ? ` ${shownText(node)}` : shownText(node)))
    .join('').replace(/\s+/g, ' ').trim();

  const linesOf = (table) => Array.from(table.rows, (row) => Array.from(row.cells, cellText));

  const nameOf = (table) => {
    const section = table.closest('section');
    const fold = table.closest('details:not(.part)');
    const before = fold && fold.querySelector('summary');
    const heading = section && section.querySelector('h2');
    return [heading && heading.textContent, before && before.textContent].filter(Boolean).join(' ').trim() || document.title;
  };

  /** Buttons under each table of the report. */
  const addTools = (root) => {
    const named = new Map();
    root.querySelectorAll('table').forEach((table) => {
      if (table.closest('#explore')) return;
      const base = nameOf(table);
      named.set(base, (named.get(base) || 0) + 1);
      const name = named.get(base) > 1 ? `${base} ${named.get(base)}` : base;
      const place = document.createElement('div');
      place.className = 'vm-static';
      (table.closest('.wrap') || table).after(place);
      window.preact.render(VM.handOver(name, () => linesOf(table)), place);
    });
  };

  /** The name of an issue, where it stands for itself, becomes a link that opens it. */
  const addLinks = (root) => {
    const names = new Map(VM.data.issues.map((issue) => [issue.name, issue.id]));
    root.querySelectorAll('tbody th[scope=row], .card h3, .panel h3').forEach((place) => {
      if (place.closest('#explore') || place.querySelector('a')) return;
      const text = Array.from(place.childNodes).find((node) => node.nodeType === Node.TEXT_NODE && names.has(node.data.trim()));
      if (!text) return;
      const link = document.createElement('a');
      link.className = 'vm-open-issue';
      link.href = VM.writeState(Object.assign(VM.fresh(), { issue: names.get(text.data.trim()) }));
      text.replaceWith(link);
      link.append(text);
    });
  };

  /** A bar without words of its own says what stands beside it. */
  const addTitles = (root) => {
    root.querySelectorAll('tr svg.spark-bar').forEach((svg) => {
      if (svg.closest('#explore') || svg.querySelector('title')) return;
      const title = document.createElementNS(svg.namespaceURI, 'title');
      const cells = Array.from(svg.closest('tr').cells).filter((cell) => !cell.contains(svg)).slice(0, 3);
      title.textContent = cells.map(cellText).filter(Boolean).join('  ');
      svg.prepend(title);
    });
  };

  /** Titles come up under a mouse by themselves; a finger gets them in a box. */
  const answerTouch = () => {
    const box = document.createElement('p');
    box.className = 'vm-tip';
    box.hidden = true;
    document.body.append(box);
    document.addEventListener('pointerdown', (event) => {
      const at = event.target instanceof Element && event.pointerType !== 'mouse' ? event.target.closest('rect, svg') : null;
      const title = at && (at.querySelector(':scope > title') || (at.closest('svg') && at.closest('svg').querySelector(':scope > title')));
      box.hidden = !title;
      if (!title) return;
      box.textContent = title.textContent;
      box.style.left = `${Math.min(Math.max(event.clientX - 40, 8), innerWidth - 200)}px`;
      box.style.top = `${Math.max(event.clientY - 48, 8)}px`;
    });
    document.addEventListener('scroll', () => (box.hidden = true), { passive: true });
  };

  const addToContents = () => {
    const list = document.querySelector('nav.nav ul');
    if (!list || list.querySelector('a[href="#explore"]')) return;
    const item = document.createElement('li');
    const link = document.createElement('a');
    Object.assign(link, { href: '#explore', textContent: document.getElementById('h-explore').textContent });
    item.append(link);
    list.prepend(item);
  };

  /** Open the folded section that holds a place; browsers do so by themselves, older ones do not. */
  const openAround = (hash) => {
    const place = hash.length > 1 && !hash.includes('?') ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    const fold = place && (place.closest('details') || place.querySelector(':scope > details.part'));
    if (!fold || fold.open) return;
    fold.open = true;
    place.scrollIntoView({ block: 'start' });
  };

  /** One button opens all sections, or closes them. */
  const foldAll = () => {
    const parts = Array.from(document.querySelectorAll('details.part'));
    const list = document.querySelector('nav.nav');
    if (!list || parts.length < 2) return;
    const place = document.createElement('div');
    place.className = 'vm-tools';
    list.append(place);
    const draw = () => {
      const closed = parts.some((part) => !part.open);
      const all = () => parts.forEach((part) => (part.open = closed));
      window.preact.render(VM.button(VM.t(closed ? 'open_all' : 'close_all'), all), place);
    };
    parts.forEach((part) => part.addEventListener('toggle', draw));
    draw();
  };

  VM.enhance = () => {
    const root = document.body;
    addToContents();
    foldAll();
    window.addEventListener('hashchange', () => openAround(location.hash));
    openAround(location.hash);
    addTools(root);
    addLinks(root);
    addTitles(root);
    answerTouch();
  };

  /** The address of what is seen. */
  VM.copyLink = () =>
    VM.h('p', { class: 'vm-tools' }, VM.button(VM.t('copy_link'), async () => {
      if (await VM.copy(location.href.split('#')[0] + VM.writeState(VM.state), 'link_copied')) VM.say(VM.t('link_copied'));
    }));
})(window.VM);
