/* What is counted: filters of the browser's own kind, and what is chosen as marks that can be taken away. */
(function (VM) {
  'use strict';
  const { h } = VM;

  const opened = {}; // lists that are closed are not kept up: two hundred boxes take their time

  const toggled = (list, value) => (list.includes(value) ? list.filter((each) => each !== value) : list.concat([value]));

  /** A list of boxes behind a button; it closes when one goes elsewhere (start.js). */
  const chooser = (key, label, choices, chosen, onPick) =>
    h('details', { class: 'vm-pick', key, onToggle: (event) => { opened[key] = event.currentTarget.open; VM.draw(); } },
      h('summary', {}, label, chosen.length ? h('b', { class: 'vm-n' }, ` ${chosen.length}`) : null),
      opened[key] ? h('fieldset', {}, h('legend', { class: 'vm-vh' }, label), choices.map(([value, name]) =>
        h('label', { key: value }, h('input', {
          type: 'checkbox', checked: chosen.includes(value), onChange: () => onPick(toggled(chosen, value)),
        }), ' ', h('bdi', {}, name)))) : null);

  const dimChooser = (dim) => {
    const state = VM.state;
    const chosen = state.pick[dim.key] || [];
    const choices = dim.shown.map((name) => [name, name]);
    if (dim.lacks) choices.push(['', VM.t('not_known')]);
    return chooser(dim.key, dim.label, choices, chosen, (names) => {
      const pick = Object.assign({}, state.pick, { [dim.key]: names });
      if (!names.length) delete pick[dim.key];
      VM.filter({ pick });
    });
  };

  const dayBox = (key, label) => {
    const { days } = VM.data;
    return h('label', { class: 'vm-box' }, label, ' ', h('input', {
      type: 'date', value: VM.state[key], min: VM.fmt.iso(0), max: VM.fmt.iso(days - 1),
      onChange: (event) => VM.filter({ [key]: event.currentTarget.value }),
    }));
  };

  const mark = (label, changes) =>
    h('li', {}, VM.button([h('bdi', {}, label), h('span', { 'aria-hidden': 'true' }, ' ×')], () => VM.filter(changes),
      { 'aria-label': VM.t('filter_off', { name: label }) }));

  /** What narrows the numbers, each with a way to take it off. */
  VM.marks = () => {
    const state = VM.state;
    if (!VM.isNarrowed(state)) return null;
    const out = [];
    if (state.text) out.push(mark(VM.t('filter_says', { text: state.text }), { text: '' }));
    if (state.from) out.push(mark(VM.t('filter_from', { day: VM.fmt.fullDay(VM.fmt.at(state.from)) }), { from: '' }));
    if (state.to) out.push(mark(VM.t('filter_to', { day: VM.fmt.fullDay(VM.fmt.at(state.to)) }), { to: '' }));
    for (const id of state.reasons) {
      out.push(mark(VM.issueName(VM.data.at.get(id)), { reasons: state.reasons.filter((each) => each !== id) }));
    }
    for (const dim of VM.data.dims) {
      for (const name of state.pick[dim.key] || []) {
        const left = state.pick[dim.key].filter((each) => each !== name);
        const pick = Object.assign({}, state.pick, { [dim.key]: left });
        if (!left.length) delete pick[dim.key];
        out.push(mark(VM.t('filter_is', { dim: dim.label, name: name || VM.t('not_known') }), { pick }));
      }
    }
    out.push(h('li', {}, VM.button(VM.t('filter_none'), () =>
      VM.filter({ text: '', from: '', to: '', reasons: [], pick: {} }), { class: 'vm-clear' })));
    return h('ul', { class: 'vm-marks', 'aria-label': VM.t('filters_on') }, out);
  };

  /** What has to be known of figures of a selection. */
  VM.selectionNote = () => {
    const { rows, facts } = VM.data;
    if (!facts || !VM.isNarrowed(VM.state)) return null;
    const rest = rows && VM.state.text && rows.of > rows.n ? VM.t('text_of_rows', { n: VM.fmt.whole(rows.n) }) : '';
    return h('p', { class: 'note' }, VM.t('no_range'), rows ? rest : VM.t('sums_folded', { fold: VM.data.raw.fold }));
  };

  VM.filters = () => {
    const state = VM.state;
    const reasons = VM.data.issues.map((each) => [each.id, each.name]);
    const form = h('form', { class: 'vm-filters', role: 'search', 'aria-label': VM.t('filters'), onSubmit: (event) => event.preventDefault() },
      h('label', { class: 'vm-box' }, VM.t(VM.data.rows ? 'find_text' : 'find_issue'), ' ', h('input', {
        type: 'search', value: state.text, maxLength: 200,
        onInput: (event) => VM.filter({ text: event.currentTarget.value }, false),
      })),
      VM.data.facts ? [
        dayBox('from', VM.t('from')), dayBox('to', VM.t('to')),
        chooser('reason', VM.t('reason'), reasons, state.reasons, (ids) => VM.filter({ reasons: ids })),
        VM.data.dims.map(dimChooser),
      ] : null);
    // On a phone the filters are behind a line, the ones in use stay in sight (start.js opens them where there is room).
    return h('details', { class: 'vm-fold', open: VM.wide.matches || VM.filtersOpen, onToggle: (event) => (VM.filtersOpen = event.currentTarget.open) },
      h('summary', {}, VM.t('filters')), form);
  };

  VM.wide = matchMedia('(min-width: 701px)');
})(window.VM);
