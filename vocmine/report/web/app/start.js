/* Begin: unpack the data, show the part of the page that answers, and follow the address. */
(function (VM) {
  'use strict';
  const { h } = VM;
  const root = document.getElementById('vm-app');
  const section = document.getElementById('explore');
  const node = document.getElementById('vm-data');

  const tab = (view, label) =>
    h('a', { href: VM.linkTo({ view, issue: '', page: 0 }), 'aria-current': VM.state.view === view && !VM.state.issue ? 'page' : undefined }, label);

  const tabs = () =>
    h('nav', { class: 'vm-tabs', 'aria-label': VM.t('views') },
      tab('issues', VM.t('view_issues')),
      VM.data.facts && VM.compareView ? tab('compare', VM.t('view_compare')) : null,
      VM.data.rows && VM.contactsView ? tab('contacts', VM.t('view_contacts')) : null);

  const view = () => {
    if (VM.state.issue && VM.issueView) return VM.issueView();
    if (VM.state.view === 'compare' && VM.compareView && VM.data.facts) return VM.compareView();
    if (VM.state.view === 'contacts' && VM.contactsView && VM.data.rows) return VM.contactsView();
    return VM.issuesView();
  };

  const counted = () => {
    const selection = VM.select(VM.state);
    const text = VM.fmt.count(selection.sums.n);
    return VM.isNarrowed(VM.state) ? VM.t('selected', { n: text }) : VM.t('selected_all', { n: text });
  };

  VM.draw = () => {
    const said = VM.data.facts ? counted() : '';
    window.preact.render(h('div', {}, tabs(), VM.filters(), VM.marks(),
      h('div', { class: 'vm-status' }, h('p', {}, said), VM.copyLink ? VM.copyLink() : null), view()), root);
    document.body.classList.toggle('vm-open', Boolean(VM.state.issue));
    VM.say(said);
  };

  /** See what an address says; one comes to its head if it is something else than before. */
  const show = (hash) => {
    const before = VM.state.issue + VM.state.view;
    VM.state = VM.readState(hash);
    VM.draw();
    if (before !== VM.state.issue + VM.state.view || !VM.inSight()) toTop();
  };

  VM.inSight = () => section.getBoundingClientRect().bottom > 0 && section.getBoundingClientRect().top < innerHeight;

  /** The address changed: by back or forward, or by hand. */
  const follow = () => {
    if (location.hash === '' || location.hash.startsWith('#explore')) show(location.hash);
  };

  /** Our own links are followed here, as a frame without an address (in a notebook) can't go to one. */
  const go = (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#explore?"]') : null;
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const hash = link.getAttribute('href');
    VM.keep(hash, true);
    show(hash);
  };

  const toTop = () => {
    const head = root.querySelector('.vm-head') || document.getElementById('h-explore');
    head.setAttribute('tabindex', '-1');
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: 'start' });
  };

  const closeOthers = (event) => {
    const inside = event.target instanceof Node ? event.target : null;
    root.querySelectorAll('details.vm-pick[open]').forEach((each) => {
      if (event.type === 'keydown' ? event.key === 'Escape' : !each.contains(inside)) {
        each.open = false;
        if (event.type === 'keydown') each.querySelector('summary').focus();
      }
    });
  };

  const begin = async () => {
    if (!root || !section || !node || typeof DecompressionStream === 'undefined') return;
    VM.load(await VM.unpack(node));
    VM.state = VM.readState(location.hash);
    section.hidden = false;
    VM.draw();
    if (VM.enhance) VM.enhance();
    VM.wide.addEventListener('change', VM.draw);
    window.addEventListener('hashchange', follow);
    document.addEventListener('click', go);
    ['pointerdown', 'focusin', 'keydown'].forEach((name) => document.addEventListener(name, closeOthers));
    if (location.hash.startsWith('#explore')) toTop();
    document.documentElement.setAttribute('data-vm', 'ready');
  };

  begin();
})(window.VM);
