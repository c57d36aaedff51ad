/* The table of issues: as the report counts them, or, once something is filtered, as the ledger of the selection adds up. */
(function (VM) {
  'use strict';
  const { h } = VM;

  /** The lines of the table: the report's own figures with ranges, or the sums of a selection, which have none. */
  VM.issueLines = (state) => {
    const { issues, facts } = VM.data;
    if (!facts || !VM.isNarrowed(state)) {
      return issues.map((each, at) => Object.assign({ at, minutes: VM.known(each.hours) ? each.hours * 60 : null }, each));
    }
    const { by } = VM.select(state);
    return issues.map((each, at) => ({
      at, id: each.id, name: each.name, other_name: each.other_name, demand: each.demand, team: each.team,
      n: by[at].n, minutes: by[at].minutes, cost: by[at].cost, payout: by[at].payout,
    })).filter((line) => line.n > 0);
  };

  const demand = (line) => (line.demand && VM.t(`demand_${line.demand}`)) || '';

  const growth = (line) => {
    if (!VM.known(line.growth)) return '–';
    const { growth_low: low, growth_high: high } = line;
    if (!VM.known(low) || !VM.known(high)) return VM.fmt.times(line.growth);
    const way = low > 1 ? 'up' : high < 1 ? 'down' : low >= 0.8 && high <= 1.25 ? 'flat' : 'unclear';
    return [h('span', { class: `chip ${way}` }, VM.t(`grow_${way}`), ' ', VM.fmt.times(line.growth)),
      h('small', { class: 'spread' }, VM.fmt.between(low, high, VM.fmt.times)),
      VM.known(line.growth_own) ? h('small', { class: 'spread vm-own' }, VM.t('growth_own', { times: VM.fmt.times(line.growth_own) })) : null];
  };

  const ranged = (key, label, write, low, high) => ({
    key, label, num: true, value: (line) => line[key],
    cell: (line) => VM.ranged(write(line[key]), VM.fmt.between(line[low], line[high], VM.fmt.short && key !== 'n' ? VM.fmt.short : VM.fmt.whole)),
    csv: [[label, (line) => line[key]], [VM.t('csv_low', { name: label }), (line) => line[low]],
      [VM.t('csv_high', { name: label }), (line) => line[high]]],
  });

  /** The columns that the report has numbers for. */
  VM.issueColumns = (lines, narrowed) => {
    const { money, timed, pays } = VM.data;
    const has = (key) => lines.some((line) => VM.known(line[key]));
    const size = money ? 'cost' : timed ? 'minutes' : 'n';
    const top = Math.max(...lines.map((line) => Math.max(line[size] || 0, (money && line.high) || 0)), 0);
    const name = {
      key: 'name', label: VM.t('col_issue'), value: (line) => line.name,
      cell: (line) => [h('a', { href: VM.linkTo({ issue: line.id, page: 0 }) }, h('bdi', {}, line.name)),
        line.other_name ? h('small', { class: 'method' }, line.other_name) : null,
        demand(line) ? h('small', { class: 'method' }, demand(line)) : null],
      csv: [['id', (line) => line.id], [VM.t('col_issue'), (line) => line.name], [VM.t('col_demand'), demand],
        [VM.t('col_team'), (line) => line.team || '']],
    };
    return [
      name,
      ranged('n', VM.t('col_n'), VM.fmt.whole, 'n_low', 'n_high'),
      timed && has('minutes') ? {
        key: 'minutes', label: VM.t('col_hours'), num: true, value: (line) => line.minutes,
        cell: (line) => VM.fmt.decimal(line.minutes === null ? null : line.minutes / 60),
        csv: [[VM.t('csv_minutes'), (line) => line.minutes]],
      } : null,
      money ? ranged('cost', VM.t('col_money'), VM.fmt.money, 'low', 'high') : null,
      { key: 'bar', label: VM.t('col_bar'), css: 'draw', cell: (line) =>
        VM.bar(line[size], money ? line.low : null, money ? line.high : null, top, money ? VM.fmt.money(line.cost) : '') },
      pays && has('payout') ? ranged('payout', VM.t('col_paid'), VM.fmt.money, 'payout_low', 'payout_high') : null,
      !narrowed && has('growth') ? { key: 'growth', label: VM.t('col_growth'), num: true, value: (line) => line.growth, cell: growth,
        csv: [[VM.t('col_growth'), (line) => line.growth], [VM.t('csv_low', { name: VM.t('col_growth') }), (line) => line.growth_low],
          [VM.t('csv_high', { name: VM.t('col_growth') }), (line) => line.growth_high],
          [VM.t('col_growth_own'), (line) => line.growth_own]] } : null,
      !narrowed && has('negative') ? { key: 'negative', label: VM.t('col_negative'), num: true, value: (line) => line.negative,
        cell: (line) => VM.fmt.percent(line.negative) } : null,
      !narrowed && has('csat') ? { key: 'csat', label: VM.t('col_csat'), num: true, value: (line) => line.csat,
        cell: (line) => VM.fmt.decimal(line.csat, 2) } : null,
      !narrowed && lines.some((line) => line.imputed > 0) ? { key: 'imputed', label: VM.t('col_imputed'), num: true,
        value: (line) => line.imputed, cell: (line) => VM.fmt.percent(line.imputed) } : null,
    ].filter(Boolean);
  };

  const totals = (columns, lines, selection) => {
    const sum = (key) => lines.reduce((total, line) => total + (line[key] || 0), 0);
    const shown = { n: selection ? VM.fmt.whole(selection.sums.n) : '', minutes: VM.fmt.decimal(sum('minutes') / 60),
      cost: VM.fmt.money(sum('cost')), payout: VM.fmt.money(sum('payout')) };
    return h('tr', {}, columns.map((each, i) => (i === 0 ? h('th', { scope: 'row' }, VM.t('col_total'))
      : h('td', { class: VM.css(each.num && 'num', !shown[each.key] && 'none') || undefined, 'data-label': each.label }, shown[each.key] || ''))));
  };

  VM.issuesView = () => {
    const state = VM.state;
    const narrowed = VM.isNarrowed(state) && Boolean(VM.data.facts);
    const selection = VM.data.facts ? VM.select(state) : null;
    let lines = VM.issueLines(state);
    if (!VM.data.rows && state.text) lines = lines.filter((line) => VM.folded(line.name).includes(VM.folded(state.text)));
    const columns = VM.issueColumns(lines, narrowed);
    const sort = { none: VM.t('sort_report'), key: state.sort || '', down: state.down, by: (key, down) => VM.change({ sort: key, down }) };
    const ordered = VM.sorted(lines, columns.find((each) => each.key === state.sort), state.down);
    return h('div', {},
      VM.selectionNote() || h('p', { class: 'note' }, VM.t('issues_note')),
      ordered.length
        ? VM.table({ name: VM.t('issues_name'), columns, rows: VM.few(ordered), all: ordered, sort,
          key: (line) => line.id, foot: totals(columns, lines, selection) })
        : h('p', { class: 'vm-none' }, VM.t('nothing')),
      VM.showRest(ordered));
  };
})(window.VM);
