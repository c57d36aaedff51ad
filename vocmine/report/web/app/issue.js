/* One issue opened: what it costs, since when, on what, in whose words, and the contacts it is made of. */
(function (VM) {
  'use strict';
  const { h } = VM;
  const orders = {};

  const part = (title, note, ...inner) =>
    inner.flat().some(Boolean) ? h('section', { class: 'vm-part' }, h('h4', {}, title), note ? h('p', { class: 'note' }, note) : null, inner) : null;

  /** A small table of its own order, which no link keeps. */
  const small = (name, columns, rows) => {
    if (!rows || !rows.length) return null;
    const own = orders[name] || { key: '', down: false };
    const sort = { key: own.key, down: own.down, by: (key, down) => { orders[name] = { key, down }; VM.draw(); } };
    return VM.table({ name, columns, rows: VM.sorted(rows, columns.find((each) => each.key === own.key), own.down), sort: rows.length > 1 ? sort : null });
  };

  const named = (key, label) => ({ key, label, value: (row) => row[key], cell: (row) => h('bdi', {}, row[key]) });
  const number = (key, label, write) => ({ key, label, num: true, value: (row) => row[key], cell: (row) => (write || VM.fmt.whole)(row[key]) });

  const fact = (label, value, range) =>
    h('div', {}, h('dt', {}, label), h('dd', {}, value, range ? h('small', { class: 'spread' }, range) : null));

  const facts = (issue, at) => {
    const { money, timed, pays } = VM.data;
    const narrowed = VM.isNarrowed(VM.state) && VM.data.facts;
    const sums = narrowed ? VM.select(VM.state).by[at] : null;
    const range = (low, high, write) => (narrowed ? '' : VM.fmt.between(issue[low], issue[high], write));
    const { fmt } = VM;
    return h('dl', { class: 'facts vm-facts' },
      money ? fact(VM.t('col_money'), fmt.money(sums ? sums.cost : issue.cost), range('low', 'high', fmt.short)) : null,
      fact(VM.t('col_n'), fmt.count(sums ? sums.n : issue.n), range('n_low', 'n_high', fmt.whole)),
      timed ? fact(VM.t('col_hours_short'), fmt.hours(sums ? sums.minutes / 60 : issue.hours)) : null,
      pays ? fact(VM.t('col_paid'), fmt.money(sums ? sums.payout : issue.payout), range('payout_low', 'payout_high', fmt.short)) : null,
      narrowed ? null : [
        VM.known(issue.growth) ? fact(VM.t('col_growth'), fmt.times(issue.growth), fmt.between(issue.growth_low, issue.growth_high, fmt.times)) : null,
        VM.known(issue.growth_own) ? fact(VM.t('col_growth_own'), fmt.times(issue.growth_own), fmt.between(issue.growth_own_low, issue.growth_own_high, fmt.times)) : null,
        VM.known(issue.negative) ? fact(VM.t('col_negative'), fmt.percent(issue.negative)) : null,
        VM.known(issue.csat) ? fact(VM.t('col_csat'), fmt.decimal(issue.csat, 2)) : null,
        issue.imputed > 0 ? fact(VM.t('col_imputed'), fmt.percent(issue.imputed)) : null,
      ]);
  };

  const bridge = (rows, name) => {
    if (!rows || rows.length < 2) return null;
    const top = Math.max(...rows.map((row) => Math.abs(row.value || 0)), 1);
    const ends = (i) => i === 0 || i === rows.length - 1;
    const write = (i) => (value) => (ends(i) ? VM.fmt.short(value) : VM.fmt.signed(value));
    const at = new Map(rows.map((row, i) => [row, i]));
    return VM.table({ name: `${VM.t('bridge')} ${name}`, rows, columns: [
      named('name', VM.t('col_step')),
      { key: 'value', label: VM.t('col_money'), num: true, value: (row) => row.value,
        cell: (row) => VM.ranged(write(at.get(row))(row.value), VM.fmt.between(row.low, row.high, write(at.get(row)))),
        csv: [[VM.t('col_money'), (row) => row.value], [VM.t('csv_low', { name: '' }), (row) => row.low], [VM.t('csv_high', { name: '' }), (row) => row.high]] },
      { key: 'bar', label: VM.t('col_bar'), css: 'draw', cell: (row) => VM.swing(row.value, top, ends(at.get(row)), VM.fmt.signed(row.value)) },
    ] });
  };

  const versions = (rows, name) => small(`${VM.t('versions')} ${name}`, [
    named('product', VM.t('col_product')), { key: 'version', label: VM.t('col_version'), value: (row) => row.version,
      cell: (row) => [h('bdi', {}, row.version), row.before ? h('small', {}, VM.t('against', { version: row.before })) : null],
      csv: [[VM.t('col_version'), (row) => row.version], [VM.t('csv_before'), (row) => row.before || '']] },
    { key: 'n', label: VM.t('col_n'), num: true, value: (row) => row.n, cell: (row) => VM.t('n_of', { n: VM.fmt.whole(row.n), of: VM.fmt.whole(row.of) }),
      csv: [[VM.t('col_n'), (row) => row.n], [VM.t('csv_of'), (row) => row.of]] },
    number('share', VM.t('col_rate'), VM.fmt.percent), number('share_before', VM.t('col_rate_before'), VM.fmt.percent),
    { key: 'ratio', label: VM.t('col_ratio'), num: true, value: (row) => row.ratio, cell: (row) => VM.ranged(VM.fmt.times(row.ratio), VM.fmt.between(row.low, row.high, VM.fmt.times)),
      csv: [[VM.t('col_ratio'), (row) => row.ratio], [VM.t('csv_low', { name: '' }), (row) => row.low], [VM.t('csv_high', { name: '' }), (row) => row.high]] },
    { key: 'p', label: VM.t('col_p'), num: true, value: (row) => row.p, cell: (row) => [VM.fmt.p(row.p),
      row.p < 1 - VM.data.raw.level && row.low > 1 ? h('small', {}, h('span', { class: 'chip up' }, VM.t('worse'))) : null] },
  ], rows);

  /** The value of a dimension by value: sums of the ledger, small groups told together. */
  const split = (at, name) => {
    const { facts: f, dims, money, raw } = VM.data;
    if (!f || !dims.length) return null;
    const dim = dims.find((each) => each.key === VM.state.split) || dims.find((each) => each.key === 'product') || dims[0];
    const selection = VM.select(VM.state);
    const place = (i) => f.dim[dim.key][i] + 1;
    const own = VM.sumBy(selection, at, dim.values.length + 1, place);
    const whole = VM.sumBy(selection, -1, dim.values.length + 1, place);
    const rows = own.map((sums, i) => Object.assign({ name: VM.valueName(dim, i - 1), rate: whole[i].n > 0 ? sums.n / whole[i].n : null, of: whole[i].n }, sums)).filter((row) => row.n > 0);
    const few = rows.filter((row) => row.tagged < raw.fold);
    const shown = few.length > 1 ? rows.filter((row) => row.tagged >= raw.fold) : rows;
    if (few.length > 1) {
      const sum = (key) => few.reduce((total, row) => total + row[key], 0);
      shown.push({ name: VM.t('few_together', { k: few.length }), n: sum('n'), cost: sum('cost'), payout: sum('payout'), of: sum('of'), rate: sum('n') / sum('of') });
    }
    shown.sort((a, b) => (money ? b.cost - a.cost : b.n - a.n));
    const select = VM.chooseOne('split', VM.t('split_by'), dims.map((each) => [each.key, each.label]), dim.key, (key) => VM.change({ split: key }, false));
    return part(VM.t('split'), VM.t('split_note'), h('p', {}, select), small(`${dim.label} ${name}`, [
      named('name', dim.label), number('n', VM.t('col_n')), number('rate', VM.t('col_rate'), VM.fmt.percent),
      money ? number('cost', VM.t('col_money'), VM.fmt.money) : null,
    ].filter(Boolean), shown));
  };

  const quotes = (rows) => rows && rows.length ? h('div', { class: 'vm-quotes' }, rows.map((q) =>
    h('blockquote', { lang: q.lang || undefined }, h('p', {}, h('bdi', {}, VM.marked(q.text, q.evidence))),
      h('footer', {}, [VM.fmt.day(VM.fmt.at(q.day)), q.channel, q.id].filter(Boolean).join(VM.t('and')))))) : null;

  const wordTables = (details, name) => [
    small(`${VM.t('words_list')} ${name}`, [named('word', VM.t('col_word')), number('n', VM.t('col_n')), number('lift', VM.t('col_lift'), VM.fmt.times)], details.words),
    small(`${VM.t('pairs')} ${name}`, [named('pair', VM.t('col_pair')), number('n', VM.t('col_n'))], details.pairs),
  ];

  const flow = (title, rows, name) => small(`${VM.t(title)} ${name}`, [named('name', VM.t(title)), number('n', VM.t('col_n')), number('lift', VM.t('col_lift'), VM.fmt.times)], rows);

  /** Two small tables side by side. */
  const pair = (tables) => (tables.some(Boolean) ? h('div', { class: 'vm-pair' }, tables) : null);

  const repeats = (each) => each && VM.known(each.share)
    ? h('p', {}, VM.t('repeats_are', { share: VM.fmt.percent(each.share), range: VM.fmt.between(each.low, each.high, VM.fmt.percent), n: VM.fmt.count(each.n) })) : null;

  const head = (issue) => h('div', { class: 'vm-issue-head' },
    h('p', { class: 'vm-back' }, h('a', { href: VM.linkTo({ issue: '', page: 0 }) }, VM.t('back'))),
    h('h3', { class: 'vm-head' }, h('bdi', {}, issue.name)),
    h('p', { class: 'note' }, [issue.other_name, issue.demand && VM.t(`demand_${issue.demand}`), issue.team].filter(Boolean).join(VM.t('and'))),
    h('p', { class: 'vm-tools' }, VM.button(VM.t('print_issue'), VM.printIssue)));

  /** Print the opened issue alone. */
  VM.printIssue = () => {
    document.body.classList.add('vm-alone');
    addEventListener('afterprint', () => document.body.classList.remove('vm-alone'), { once: true });
    print();
  };

  /** The long list of contacts comes a frame after the rest, so that an issue opens at once. */
  let listed = '';
  const contacts = (at, id) => {
    if (listed === id) return VM.contactList(at);
    requestAnimationFrame(() => setTimeout(() => {
      if (VM.state.issue !== id || listed === id) return;
      listed = id;
      VM.draw();
    }));
    return [h('p', { class: 'note' }, VM.t('wait'))];
  };

  VM.issueView = () => {
    const at = VM.data.at.get(VM.state.issue);
    const issue = VM.data.issues[at];
    const details = (VM.data.raw.details || {})[issue.id] || {};
    const { name } = issue;
    const narrowed = VM.isNarrowed(VM.state) && VM.data.facts;
    const fixed = narrowed ? VM.t('not_narrowed') : '';
    return h('article', { class: 'vm-issue', key: issue.id, 'aria-label': name }, head(issue),
      VM.selectionNote(), facts(issue, at),
      VM.overTime(at, details),
      part(VM.t('bridge'), VM.t('bridge_note') + fixed, bridge(details.bridge, name)),
      part(VM.t('versions'), VM.t('versions_note') + fixed, versions(details.versions, name)),
      split(at, name),
      part(VM.t('quotes'), fixed, quotes(details.quotes)),
      part(VM.t('words_title'), VM.t('words_note') + fixed, pair(wordTables(details, name))),
      part(VM.t('signals_title'), fixed, small(`${VM.t('signals_title')} ${name}`, [named('name', VM.t('col_signals')), number('n', VM.t('col_n'))], details.signals), repeats(details.repeats)),
      part(VM.t('around'), VM.t('around_note') + fixed, pair([flow('came_before', details.before, name), flow('came_after', details.after, name)])),
      VM.data.rows ? part(VM.t('contacts_title'), VM.t('contacts_note'), contacts(at, issue.id)) : null);
  };
})(window.VM);
