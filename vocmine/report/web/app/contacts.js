/* Contacts one by one: masked text with the words behind the tag, minutes, share and cost, which add up to the ledger. */
(function (VM) {
  'use strict';
  const { h } = VM;
  const PAGE = 30;
  const LONG = 400;

  /** A text with the words behind its tag marked. */
  VM.marked = (text, evidence) => {
    const words = String(evidence || '').split(' / ').map((word) => word.trim()).filter((word) => word && text.includes(word));
    if (!words.length) return text;
    const out = [];
    let rest = text;
    for (;;) {
      const found = words.map((word) => [rest.indexOf(word), word]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0] || b[1].length - a[1].length);
      if (!found.length) break;
      const [at, word] = found[0];
      out.push(rest.slice(0, at), h('mark', {}, word));
      rest = rest.slice(at + word.length);
    }
    return out.concat(rest);
  };

  const dimName = (key, row) => {
    const dim = VM.data.dims.find((each) => each.key === key);
    return dim ? VM.valueName(dim, VM.data.rows.dim[key][row]) : '';
  };

  const signalsOf = (row) => VM.data.raw.signals.filter((_, i) => (VM.data.rows.signals[row] >> i) & 1);

  /** The reasons that a contact is tagged with: small parts of others are the ledger's, not names for it. */
  const reasonsOf = (row) => {
    const { facts } = VM.data;
    return Array.from(VM.partsOfRow(row)).filter((fact) => facts.tagged[fact]).map((fact) => facts.issue[fact]);
  };

  const before = (row) => {
    const { rows } = VM.data;
    const at = rows.previous ? rows.previous[row] : -1;
    if (!(at >= 0)) return null;
    const names = reasonsOf(at).map(VM.issueName).join(VM.t('and'));
    return h('details', { class: 'vm-before' }, h('summary', {}, VM.t('before_this', { day: VM.fmt.day(rows.day[at]), channel: dimName('channel', at) })),
      h('p', {}, h('b', {}, names), ' ', h('bdi', {}, rows.text[at])));
  };

  const said = ({ row, fact }) => {
    const { rows, raw, facts } = VM.data;
    const evidence = fact >= 0 ? raw.evidence && raw.evidence[`${row}:${facts.issue[fact]}`] : '';
    const text = rows.text[row] || '';
    const marked = VM.marked(text, evidence);
    const whole = text.length > LONG && !VM.state.issue
      ? h('details', {}, h('summary', {}, h('bdi', {}, `${text.slice(0, LONG)}…`)), h('bdi', {}, text)) : h('bdi', {}, marked);
    return [whole, signalsOf(row).map((name) => [' ', h('span', { class: 'chip' }, name)]), before(row)];
  };

  /** The sums of one listed contact: of its part in the issue, or of all its parts. */
  const sumOf = ({ row, fact }, name) => {
    const { facts } = VM.data;
    if (fact >= 0) return facts[name][fact];
    return VM.partsOfRow(row).reduce((sum, i) => sum + facts[name][i], 0);
  };

  const columnsOf = (issue) => {
    const { rows, money, timed, pays, dims } = VM.data;
    const dimCsv = dims.map((dim) => [dim.label, ({ row }) => (rows.dim[dim.key][row] < 0 ? '' : dim.values[rows.dim[dim.key][row]])]);
    return [
      { key: 'day', label: VM.t('col_contact'), num: false, value: ({ row }) => rows.day[row],
        cell: ({ row }) => [VM.fmt.day(rows.day[row]), h('small', { class: 'method' }, [dimName('channel', row), h('bdi', {}, rows.id[row])].filter(Boolean).map((x, i) => (i ? [' ', x] : x)))],
        csv: [['contact_id', ({ row }) => rows.id[row]], [VM.t('col_day'), ({ row }) => VM.fmt.iso(rows.day[row])], ...dimCsv] },
      { key: 'text', label: VM.t('col_text'), css: 'quote vm-text', value: null, cell: said,
        csv: [[VM.t('col_text'), ({ row }) => rows.text[row]], [VM.t('col_signals'), ({ row }) => signalsOf(row).join(VM.t('and'))],
          [VM.t('reason'), ({ row }) => reasonsOf(row).map(VM.issueName).join(VM.t('and'))]] },
      issue < 0 ? { key: 'reasons', label: VM.t('reason'), value: null, cell: ({ row }) => reasonsOf(row).map((at, i) =>
        [i ? VM.t('and') : '', h('a', { href: VM.linkTo({ issue: VM.data.issues[at].id, page: 0 }) }, h('bdi', {}, VM.issueName(at)))]), csv: [] } : null,
      timed ? { key: 'minutes', label: VM.t('col_minutes'), num: true, value: ({ row }) => rows.minutes[row],
        cell: ({ row }) => [VM.fmt.decimal(rows.minutes[row]), rows.imputed[row] ? h('small', {}, VM.t('imputed')) : null],
        csv: [[VM.t('csv_minutes'), ({ row }) => rows.minutes[row]], [VM.t('imputed'), ({ row }) => rows.imputed[row]]] } : null,
      issue >= 0 ? { key: 'share', label: VM.t('col_share'), num: true, value: (each) => sumOf(each, 'count'), cell: (each) => VM.fmt.percent(sumOf(each, 'count')),
        csv: [[VM.t('col_share'), (each) => sumOf(each, 'count')], [VM.t('csv_tagged'), (each) => sumOf(each, 'tagged')]] } : null,
      money ? { key: 'cost', label: VM.t('col_money'), num: true, value: (each) => sumOf(each, 'cost'), cell: (each) => VM.fmt.money(sumOf(each, 'cost')) } : null,
      money && pays ? { key: 'payout', label: VM.t('col_paid'), num: true, value: (each) => sumOf(each, 'payout'), cell: (each) => VM.fmt.money(sumOf(each, 'payout')) } : null,
    ].filter(Boolean);
  };

  const turner = (page, pages) => {
    if (pages < 2) return null;
    const turn = (to) => VM.change({ page: to }, false);
    return h('p', { class: 'vm-turn' },
      VM.button(VM.t('page_before', { n: PAGE }), () => turn(page - 1), { disabled: page === 0 }), ' ',
      h('span', {}, VM.t('page_of', { page: page + 1, pages: VM.fmt.whole(pages) })), ' ',
      VM.button(VM.t('page_after', { n: PAGE }), () => turn(page + 1), { disabled: page >= pages - 1 }));
  };

  /** What stands under a column of some listed contacts. */
  const footOf = (key, some, issue) => {
    const { money, pays } = VM.data;
    const sum = (field, unit) => Math.round(some.reduce((all, each) => all + sumOf(each, field), 0) * unit) / unit;
    if (key === 'share' && issue >= 0) return VM.t('in_contacts', { n: VM.fmt.decimal(sum('count', 1000)) });
    if (key === 'cost' && money) return VM.fmt.money(sum('cost', 10 ** VM.decimals));
    return key === 'payout' && pays ? VM.fmt.money(sum('payout', 10 ** VM.decimals)) : '';
  };

  /** The contacts of an issue (or all, for -1) that the filters leave. */
  VM.contactList = (issue) => {
    const { rows, issues, facts } = VM.data;
    const selection = VM.select(VM.state);
    const all = VM.rowsOf(selection, issue).reverse(); // the latest first, where nothing else decides
    const name = issue < 0 ? VM.t('view_contacts') : VM.t('contacts_of', { name: issues[issue].name });
    const columns = columnsOf(issue);
    const key = VM.state.order.replace(/^-/, '') || (issue < 0 ? 'day' : 'share');
    const down = VM.state.order ? VM.state.order.startsWith('-') : true;
    const ordered = VM.sorted(all, columns.find((each) => each.key === key), down);
    // What the ledger gives the issue of contacts that were not tagged so stands in one line: it belongs to the cost.
    const listed = issue < 0 ? ordered : ordered.filter((each) => facts.tagged[each.fact]);
    const pages = Math.max(1, Math.ceil(listed.length / PAGE));
    const page = Math.min(VM.state.page, pages - 1);
    const line = (css, label, some) => h('tr', { class: css }, columns.map((each, i) => {
      const text = i === 0 ? '' : footOf(each.key, some, issue);
      return i === 0 ? h('th', { scope: 'row' }, label) : h('td', { class: VM.css(each.num && 'num', !text && 'none') || undefined, 'data-label': each.label }, text);
    }));
    const others = issue < 0 ? [] : ordered.filter((each) => !facts.tagged[each.fact]);
    const foot = others.length
      ? [line('rest', VM.t('sum_tagged', { n: VM.fmt.count(listed.length) }), listed), line('rest', VM.t('sum_others', { n: VM.fmt.count(others.length) }), others), line('', VM.t('col_total'), ordered)]
      : line('', VM.t('sum_of', { n: VM.fmt.count(listed.length) }), ordered);
    return [
      rows.of > rows.n ? h('p', { class: 'note' }, VM.t('latest_only', { n: VM.fmt.whole(rows.n), of: VM.fmt.whole(rows.of) })) : null,
      all.length === 0 ? h('p', { class: 'vm-none' }, VM.t('nothing')) : VM.table({
        name, columns, rows: listed.slice(page * PAGE, (page + 1) * PAGE), all: ordered, key: (each) => `${each.row}:${each.fact}`, css: 'vm-contacts',
        sort: { key, down, by: (to, way) => VM.change({ order: (way ? '-' : '') + to, page: 0 }) },
        foot,
      }),
      turner(page, pages),
    ];
  };

  VM.contactsView = () => h('div', {}, h('p', { class: 'note' }, VM.t('contacts_note')), VM.contactList(-1));
})(window.VM);
