/* What the reader sees, written into the address after `#explore?`, so that it can be linked, and back and forward work. */
(function (VM) {
  'use strict';
  const HEAD = '#explore?';
  const VIEWS = ['issues', 'compare', 'contacts'];

  VM.fresh = () => ({
    view: 'issues', issue: '', sort: '', down: true, all: false, page: 0, order: '', unit: '', split: '', text: '', from: '', to: '',
    pick: {}, reasons: [], compare: { by: '', a: '', b: '', from: ['', ''], to: ['', ''] },
  });

  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

  /** Read a state; what the report does not have is left out, so that a link from another month still opens. */
  VM.readState = (hash) => {
    const state = VM.fresh();
    if (!hash.startsWith(HEAD)) return state;
    const asked = new URLSearchParams(hash.slice(HEAD.length));
    const text = (key) => asked.get(key) || '';
    const day = (key) => (isDay(text(key)) ? text(key) : '');
    if (VIEWS.includes(text('view')) && (text('view') !== 'contacts' || VM.data.rows)) state.view = text('view');
    if (VM.data.at.has(text('issue'))) state.issue = text('issue');
    state.sort = text('sort').replace(/^-/, '');
    state.down = text('sort').startsWith('-');
    state.all = text('all') === '1';
    state.page = Math.max(0, Math.floor(Number(text('page')) || 0));
    state.unit = ['month', 'week', 'day'].includes(text('unit')) ? text('unit') : '';
    state.split = text('split');
    state.order = text('order');
    Object.assign(state, { text: text('q'), from: day('from'), to: day('to') });
    state.reasons = asked.getAll('reason').filter((id) => VM.data.at.has(id));
    for (const dim of VM.data.dims) {
      const names = asked.getAll(`d.${dim.key}`).filter((name) => name === '' || dim.values.includes(name));
      if (names.length) state.pick[dim.key] = names;
    }
    Object.assign(state.compare, {
      by: text('by'), a: text('a'), b: text('b'), from: [day('from1'), day('from2')], to: [day('to1'), day('to2')],
    });
    return state;
  };

  /** Write a state; what is as it was at the start is left out. */
  VM.writeState = (state) => {
    const out = new URLSearchParams();
    const put = (key, value) => value && out.append(key, value);
    put('view', state.view === 'issues' ? '' : state.view);
    put('issue', state.issue);
    put('sort', state.sort && (state.down ? '-' : '') + state.sort);
    put('all', state.all ? '1' : '');
    put('page', state.page ? String(state.page) : '');
    put('unit', state.unit);
    put('split', state.split);
    put('order', state.order);
    put('q', state.text);
    put('from', state.from);
    put('to', state.to);
    state.reasons.forEach((id) => out.append('reason', id));
    VM.data.dims.forEach((dim) => (state.pick[dim.key] || []).forEach((name) => out.append(`d.${dim.key}`, name)));
    const c = state.compare;
    put('by', c.by);
    put('a', c.a);
    put('b', c.b);
    [0, 1].forEach((i) => {
      put(`from${i + 1}`, c.from[i]);
      put(`to${i + 1}`, c.to[i]);
    });
    return HEAD + out.toString();
  };

  VM.linkTo = (changes) => VM.writeState(Object.assign({}, VM.state, changes));

  /** Write an address, as a step that one can come back from or in place of the one before. */
  VM.keep = (hash, step) => {
    clearTimeout(waiting);
    if (hash === location.hash) return;
    try {
      history[step ? 'pushState' : 'replaceState'](null, '', hash);
    } catch {
      /* a frame without an address of its own: the page works, links to it do not */
    }
  };

  let waiting = 0;
  /** Change what is seen. A step that one wants to come back from is kept as one; letters typed are not. */
  VM.change = (changes, step) => {
    VM.state = Object.assign({}, VM.state, changes);
    VM.draw();
    if (step !== false) VM.keep(VM.writeState(VM.state), true);
    else {
      clearTimeout(waiting);
      waiting = setTimeout(() => VM.keep(VM.writeState(VM.state), false), 300);
    }
  };

  /** A change of filters goes back to the first page. */
  VM.filter = (changes, step) => VM.change(Object.assign({ page: 0 }, changes), step);

  /** Whether anything narrows what is counted. */
  VM.isNarrowed = (state) =>
    Boolean(state.text || state.from || state.to || state.reasons.length || Object.keys(state.pick).length);
})(window.VM);
