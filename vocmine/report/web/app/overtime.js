/* An issue over time: by month, week or day; the report's own figures with ranges, or sums of the ledger. */
(function (VM) {
  'use strict';
  const { h } = VM;
  const DAY = 86400000;

  const monday = (day) => day - ((new Date(VM.zero + day * DAY).getUTCDay() + 6) % 7);

  const label = (day, unit) => (unit === 'month' ? VM.fmt.month(VM.fmt.iso(day)) : unit === 'week' ? VM.t('week_of', { day: VM.fmt.day(day) }) : VM.fmt.day(day));

  /** Sums of the ledger by unit; a unit that the report holds a part of is said to be one. */
  const summed = (selection, at, unit, size) => {
    const { facts: f, days } = VM.data;
    const starts = [];
    for (let day = 0; day < days; day++) {
      const start = unit === 'month' ? VM.fmt.at(`${VM.fmt.iso(day).slice(0, 7)}-01`) : unit === 'week' ? monday(day) : day;
      if (starts[starts.length - 1] !== start) starts.push(start);
    }
    const place = new Int32Array(days);
    let k = 0;
    for (let day = 0; day < days; day++) {
      while (k + 1 < starts.length && day >= starts[k + 1]) k++;
      place[day] = k;
    }
    const sums = VM.sumBy(selection, at, starts.length, (i) => (f.day[i] >= 0 ? place[f.day[i]] : -1));
    return starts.map((start, i) => {
      const end = i + 1 < starts.length ? starts[i + 1] : unit === 'month' ? nextMonth(start) : start + (unit === 'week' ? 7 : 1);
      return { day: start, label: label(start, unit), value: size(sums[i]), n: sums[i].n, part: start < 0 || end > days };
    });
  };

  const nextMonth = (day) => {
    const date = new Date(VM.zero + day * DAY);
    return Math.round((Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - VM.zero) / DAY);
  };

  const given = (rows, unit) =>
    rows.map((row) => {
      const day = VM.fmt.at(unit === 'month' ? `${row.month.slice(0, 7)}-01` : row.from);
      const { money, timed } = VM.data;
      return { day, label: label(day, unit), value: money ? row.cost : timed ? row.hours : row.n, low: money ? row.low : null,
        high: money ? row.high : null, n: row.n, part: Boolean(row.part) };
    }).filter((each) => VM.known(each.value));

  const kept = new Map();
  /** The points of a chart; the same question gives the same list, so that the chart is not drawn anew. */
  const pointsOf = (details, at, unit) => {
    const narrowed = VM.isNarrowed(VM.state) && VM.data.facts;
    const rows = unit === 'month' ? details.months : unit === 'week' ? details.weeks : null;
    const selection = VM.data.facts ? VM.select(VM.state) : null;
    const own = !narrowed && rows && rows.length > 0;
    const key = own ? unit + at : selection;
    const name = `${unit}${at}`;
    if (!kept.has(name) || kept.get(name).key !== key) {
      const { money, timed } = VM.data;
      const size = (sums) => (money ? sums.cost : timed ? sums.minutes / 60 : sums.n);
      const points = own ? given(rows, unit) : selection ? summed(selection, at, unit, size) : [];
      if (kept.size > 20) kept.clear();
      kept.set(name, { key, points, own });
    }
    return kept.get(name);
  };

  const units = (unit, details) =>
    h('fieldset', { class: 'vm-units' }, h('legend', { class: 'vm-vh' }, VM.t('unit')),
      ['month', 'week', 'day'].filter((each) => VM.data.facts || (details[`${each}s`] || []).length).map((each) =>
        h('label', {}, h('input', { type: 'radio', name: 'vm-unit', checked: unit === each, onChange: () => VM.change({ unit: each }, false) }),
          ' ', VM.t(`unit_${each}`))));

  const markList = (marks) =>
    marks.length
      ? h('ul', { class: 'vm-legend' }, marks.map((mark) => h('li', {}, h('b', { class: mark.kind }, mark.sign), ' ',
        VM.t(`mark_${mark.kind}`), ' ', mark.to ? VM.fmt.range(VM.fmt.day(mark.day), VM.fmt.day(VM.fmt.at(mark.to))) : VM.fmt.day(mark.day),
        mark.name && mark.kind === 'incident' ? [' ', h('bdi', {}, mark.name)] : null)))
      : null;

  VM.overTime = (at, details) => {
    const issue = VM.data.issues[at];
    const unit = VM.state.unit || (VM.data.days > 92 || (details.months || []).length > 2 ? 'month' : (details.weeks || []).length || VM.data.days > 31 ? 'week' : 'day');
    const { points, own } = pointsOf(details, at, unit);
    if (points.length < 2) return points.length || VM.data.facts ? h('section', { class: 'vm-part' }, h('h4', {}, VM.t('over_time')), units(unit, details), h('p', { class: 'note' }, VM.t('one_point'))) : null;
    const marks = (details.marks || []).map((mark, i) => Object.assign({ day: VM.fmt.at(mark.from), sign: String.fromCharCode(65 + (i % 26)) }, mark));
    const { money, timed } = VM.data;
    const write = money ? VM.fmt.short : timed ? VM.fmt.hours : VM.fmt.whole;
    const title = VM.t(money ? 'over_time' : timed ? 'over_time_hours' : 'over_time_n');
    const columns = [
      { key: 'label', label: VM.t(`unit_${unit}`), value: (each) => VM.fmt.iso(each.day),
        cell: (each) => [each.label, each.part ? h('small', { class: 'method' }, VM.t('part_of_it')) : null] },
      { key: 'n', label: VM.t('col_n'), num: true, value: (each) => each.n, cell: (each) => VM.fmt.whole(each.n) },
      { key: 'value', label: VM.t(money ? 'col_money' : timed ? 'col_hours' : 'col_n'), num: true, value: (each) => each.value,
        cell: (each) => VM.ranged(write(each.value), VM.fmt.between(each.low, each.high, write)),
        csv: [[VM.t(money ? 'col_money' : 'col_hours'), (each) => each.value], [VM.t('csv_low', { name: '' }), (each) => each.low], [VM.t('csv_high', { name: '' }), (each) => each.high]] },
    ].filter((each, i) => money || timed || i < 2);
    return h('section', { class: 'vm-part' }, h('h4', {}, title), units(unit, details),
      h('p', { class: 'note' }, VM.t(!own ? 'no_range_short' : points.some((each) => VM.known(each.low)) ? 'band_note' : 'as_tagged'),
        points.some((each) => each.part) ? VM.t('part_note') : ''),
      h(VM.TimeChart, { points, marks, unit, write, label: VM.t('chart_name', { title, name: issue.name, n: points.length }) }),
      markList(marks),
      h('details', {}, h('summary', {}, VM.t('as_table')), VM.table({ name: `${title} ${issue.name}`, columns, rows: points })));
  };
})(window.VM);
