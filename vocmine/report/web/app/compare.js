/* Two groups of contacts side by side: of which issues does one have a larger share, beyond chance? */
(function (VM) {
  'use strict';
  const { h } = VM;
  const PERIOD = 'period';

  /** What is compared: as the address says, or the two largest groups of the first dimension that has two. */
  const asked = () => {
    const { dims, days } = VM.data;
    const c = VM.state.compare;
    const able = dims.filter((dim) => dim.shown.length > 1);
    const by = c.by === PERIOD || !able.length ? PERIOD : (able.find((dim) => dim.key === c.by) || able[0]).key;
    if (by === PERIOD) {
      const half = Math.floor(days / 2);
      const from = [c.from[0] || VM.fmt.iso(0), c.from[1] || VM.fmt.iso(half)];
      const to = [c.to[0] || VM.fmt.iso(half - 1), c.to[1] || VM.fmt.iso(days - 1)];
      return { by, able, from, to, names: [0, 1].map((i) => VM.fmt.range(VM.fmt.day(VM.fmt.at(from[i])), VM.fmt.day(VM.fmt.at(to[i])))) };
    }
    const dim = able.find((each) => each.key === by);
    const a = dim.shown.includes(c.a) ? c.a : dim.shown[0];
    const b = dim.shown.includes(c.b) && c.b !== a ? c.b : dim.shown.find((name) => name !== a);
    return { by, able, dim, names: [a, b] };
  };

  /** The group of each fact: 0, 1, or -1 for neither. */
  const grouping = (q) => {
    const { facts: f } = VM.data;
    if (q.by !== PERIOD) {
      const places = q.names.map((name) => q.dim.values.indexOf(name));
      const place = f.dim[q.by];
    return (i) => places.indexOf(place[i]);
    }
    const spans = [0, 1].map((i) => [VM.fmt.at(q.from[i]), VM.fmt.at(q.to[i])]);
    return (i) => (f.day[i] < 0 ? -1 : spans.findIndex(([first, last]) => f.day[i] >= first && f.day[i] <= last));
  };

  const emptyGroup = (size) => ({ n: 0, mm: 0, customers: 0, by: Array.from({ length: size }, () => ({ k: 0, cost: 0, hh: 0, hm: 0 })) });

  /** A number for each customer; contacts whose customer is not known are of a customer of their own. */
  const customersOf = (rows) => {
    let next = rows.person ? rows.person.reduce((most, who) => Math.max(most, who), -1) + 1 : 0;
    const who = Int32Array.from({ length: rows.n }, (_, row) => (rows.person && rows.person[row] >= 0 ? rows.person[row] : next++));
    return { who, k: next };
  };
  let customers = null;

  /** Count the contacts of both groups, and by customer what makes a share vary more than among strangers. */
  const count = (q, selection) => {
    const { facts: f, rows, issues } = VM.data;
    const group = grouping(q);
    const groups = [emptyGroup(issues.length), emptyGroup(issues.length)];
    if (rows && !customers) customers = customersOf(rows);
    const of = new Int8Array(rows ? rows.n : 0).fill(-1);
    const tagged = [];
    for (let i = 0; i < f.n; i++) {
      const g = selection.mask[i] ? group(i) : -1;
      if (g < 0) continue;
      const into = groups[g].by[f.issue[i]];
      into.cost += f.cost[i];
      into.k += f.tagged[i];
      if (f.row[i] < 0) groups[g].n += f.count[i];
      else {
        of[f.row[i]] = g;
        if (f.tagged[i]) tagged.push(i);
      }
    }
    const sizes = groups.map(() => new Int32Array(customers ? customers.k : 0));
    for (let row = 0; row < of.length; row++) {
      if (of[row] < 0) continue;
      groups[of[row]].n++;
      sizes[of[row]][customers.who[row]]++;
    }
    const hits = groups.map(() => new Map());
    for (const i of tagged) {
      const g = of[f.row[i]];
      const key = f.issue[i] * customers.k + customers.who[f.row[i]];
      hits[g].set(key, (hits[g].get(key) || 0) + 1);
    }
    groups.forEach((each, g) => {
      each.n = Math.round(each.n);
      sizes[g].forEach((m) => {
        each.customers += m > 0 ? 1 : 0;
        each.mm += m * m;
      });
      hits[g].forEach((k, key) => {
        const into = each.by[Math.floor(key / customers.k)];
        into.hh += k * k;
        into.hm += k * sizes[g][key % customers.k];
      });
    });
    return groups;
  };

  /** Shares, their difference with its interval, and p adjusted for all issues that are compared. */
  VM.compareLines = (q, selection, keep) => {
    const { issues, raw } = VM.data;
    const { stats } = VM;
    const groups = count(q, selection);
    const z = stats.quantile(raw.level);
    const rows = VM.data.rows;
    const lines = issues.map((issue, at) => ({ at, issue, a: groups[0].by[at], b: groups[1].by[at] }))
      .filter((line) => keep(line.issue) && line.a.k + line.b.k > 0);
    if (!groups[0].n || !groups[1].n) return { groups, lines: [] };
    for (const line of lines) {
      const k = [line.a, line.b].map((each, g) => Math.min(Math.round(each.k), groups[g].n));
      const n = groups.map((each) => each.n);
      const d = groups.map((each, g) => (rows ? stats.design(k[g], n[g], each.customers, each.by[line.at].hh, each.by[line.at].hm, each.mm) : 1));
      const [low, high] = stats.newcombe(k[0] / d[0], n[0] / d[0], k[1] / d[1], n[1] / d[1], z);
      const exact = stats.fisher(k[0], n[0], k[1], n[1]);
      const p = d[0] > 1 || d[1] > 1 ? Math.max(exact, stats.score(k[0], n[0], d[0], k[1], n[1], d[1])) : exact;
      Object.assign(line, { k, n, shares: [k[0] / n[0], k[1] / n[1]], diff: k[0] / n[0] - k[1] / n[1], low, high, raw: p });
    }
    stats.adjusted(lines.map((line) => line.raw)).forEach((p, i) => (lines[i].p = p));
    return { groups, lines };
  };

  const put = (changes) => VM.change({ compare: Object.assign({}, VM.state.compare, changes), page: 0 });

  const dayBox = (q, which, i) =>
    h('input', {
      type: 'date', 'aria-label': VM.t(which === 'from' ? 'period_from' : 'period_to', { group: 'AB'[i] }), value: q[which][i], min: VM.fmt.iso(0), max: VM.fmt.iso(VM.data.days - 1),
      onChange: (event) => put({ [which]: [0, 1].map((j) => (j === i ? event.currentTarget.value : VM.state.compare[which][j])) }),
    });

  const controls = (q) =>
    h('div', { class: 'vm-filters' },
      VM.chooseOne('by', VM.t('compare_by'), [...q.able.map((dim) => [dim.key, dim.label]), [PERIOD, VM.t('period')]], q.by, (by) => put({ by, a: '', b: '' })),
      q.by === PERIOD
        ? [0, 1].map((i) => h('span', { class: 'vm-box' }, h('b', {}, 'AB'[i]), dayBox(q, 'from', i), h('span', {}, VM.t('until')), dayBox(q, 'to', i)))
        : ['a', 'b'].map((key, i) => VM.chooseOne(key, VM.t('group', { group: 'AB'[i] }), q.dim.shown.map((name) => [name, name]), q.names[i], (name) =>
          put(name === q.names[1 - i] ? { a: q.names[1], b: q.names[0] } : { a: q.names[0], b: q.names[1], [key]: name }))));

  const columnsOf = (q) => {
    const share = (i) => ({ key: 'AB'[i], label: VM.t('share_of', { group: 'AB'[i] }), num: true, value: (line) => line.shares[i],
      cell: (line) => VM.ranged(VM.fmt.percent(line.shares[i]), VM.fmt.count(line.k[i])),
      csv: [[VM.t('n_of_group', { group: q.names[i] }), (line) => line.k[i]], [VM.t('share_of', { group: q.names[i] }), (line) => line.shares[i]]] });
    const cost = (i) => ({ key: `cost${i}`, label: VM.t('cost_of', { group: 'AB'[i] }), num: true, value: (line) => [line.a, line.b][i].cost,
      cell: (line) => VM.fmt.short([line.a, line.b][i].cost), csv: [[VM.t('cost_of', { group: q.names[i] }), (line) => [line.a, line.b][i].cost]] });
    const sure = (line) => line.p < 1 - VM.data.raw.level;
    return [
      { key: 'name', label: VM.t('col_issue'), value: (line) => line.issue.name,
        cell: (line) => h('a', { href: VM.linkTo({ issue: line.issue.id, page: 0 }) }, h('bdi', {}, line.issue.name)) },
      share(0), share(1),
      { key: 'diff', label: VM.t('col_diff'), num: true, value: (line) => line.diff,
        cell: (line) => VM.ranged(VM.fmt.points(line.diff), VM.fmt.between(line.low, line.high, VM.fmt.points)),
        csv: [[VM.t('col_diff'), (line) => line.diff], [VM.t('csv_low', { name: '' }), (line) => line.low], [VM.t('csv_high', { name: '' }), (line) => line.high]] },
      { key: 'p', label: VM.t('col_p'), num: true, value: (line) => line.p, cell: (line) => VM.fmt.p(line.p) },
      { key: 'verdict', label: VM.t('col_verdict'), value: (line) => (sure(line) ? VM.t('more_in', { group: 'AB'[line.diff > 0 ? 0 : 1] }) : VM.t('no_difference')),
        cell: (line) => (sure(line) ? h('span', { class: 'chip new' }, VM.t('more_in', { group: 'AB'[line.diff > 0 ? 0 : 1] })) : h('small', {}, VM.t('no_difference'))) },
      ...(VM.data.money ? [cost(0), cost(1)] : []),
    ];
  };

  const overlap = (q) => q.by === PERIOD && q.from[0] <= q.to[1] && q.from[1] <= q.to[0];

  VM.compareView = () => {
    const q = asked();
    // What is compared is not narrowed to a part of itself; shares are of all contacts, whatever their reason.
    const { [q.by]: own, ...pick } = VM.state.pick;
    const state = Object.assign({}, VM.state, { reasons: [], pick }, q.by === PERIOD ? { from: '', to: '' } : {});
    const wanted = VM.state.reasons;
    const keep = (issue) => !wanted.length || wanted.includes(issue.id);
    const { groups, lines } = overlap(q) ? { groups: [], lines: [] } : VM.compareLines(q, VM.select(state), keep);
    const few = groups.some((each) => each.n < VM.data.raw.fold);
    const columns = columnsOf(q);
    const key = VM.state.sort && columns.some((each) => each.key === VM.state.sort) ? VM.state.sort : 'p';
    const down = key === VM.state.sort ? VM.state.down : false;
    const ordered = VM.sorted(lines, columns.find((each) => each.key === key), down);
    const body = overlap(q) ? h('p', { class: 'vm-none' }, VM.t('periods_overlap'))
      : few || !lines.length ? h('p', { class: 'vm-none' }, VM.t('groups_few', { fold: VM.data.raw.fold }))
        : VM.table({ name: VM.t('compare_name', { a: q.names[0], b: q.names[1] }), columns, key: (line) => line.issue.id,
          rows: VM.few(ordered), all: ordered, sort: { key, down, by: (to, way) => VM.change({ sort: to, down: way }) } });
    return h('div', {},
      h('p', { class: 'note' }, VM.t('compare_note', { level: Math.round(VM.data.raw.level * 100) }), VM.t(VM.data.rows ? 'compare_people' : 'compare_sums')),
      controls(q),
      groups.length ? h('p', { class: 'vm-groups' }, groups.map((each, i) => [h('b', {}, 'AB'[i]), ' ', h('bdi', {}, VM.t('filter_is', { dim: q.names[i], name: VM.fmt.count(each.n) })), ' '])) : null,
      body, VM.showRest(ordered));
  };
})(window.VM);
