/* Tables: plain ones of the browser, whose heads are buttons that sort, with their rows as CSV. */
(function (VM) {
  'use strict';
  const { h } = VM;
  const FEW = 10; // the report goes on below

  /**
   * A column is `{key, label, num, head, cell(row), value(row), csv}`: what is shown, what it sorts by, and what CSV gets
   * (`csv` is a list of `[label, value(row)]`; without it label and value).
   */
  const csvColumns = (columns) => columns.flatMap((each) => each.csv || (each.value ? [[each.label, each.value]] : []));

  VM.csvOf = (columns, rows) => {
    const all = csvColumns(columns);
    return [all.map(([label]) => label), ...rows.map((row) => all.map(([, value]) => value(row)))];
  };

  /** Buttons that hand over a table: saved as a file, or copied. `lines` is called when one is pressed. */
  VM.handOver = (name, lines) =>
    h('p', { class: 'vm-tools' },
      VM.button(VM.t('csv_save'), () => VM.download(name, lines()), { 'aria-label': VM.t('csv_save_of', { name }) }),
      VM.button(VM.t('csv_copy'), async () => {
        if (await VM.copy(VM.tabbed(lines()), 'copied')) VM.say(VM.t('copied'));
      }, { 'aria-label': VM.t('csv_copy_of', { name }) }));

  /** Sort rows by a column; what is not known stands last, and equals keep their order. */
  VM.sorted = (rows, column, down) => {
    if (!column || !column.value) return rows;
    const way = down ? -1 : 1;
    const keys = new Map(rows.map((row) => [row, column.value(row)]));
    const order = new Intl.Collator(VM.lang, { numeric: true });
    const none = (value) => value === null || value === undefined || value === '' || Number.isNaN(value);
    return rows.slice().sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      if (none(x) || none(y)) return none(x) - none(y);
      if (typeof x === 'number' && typeof y === 'number') return (x - y) * way;
      return order.compare(String(x), String(y)) * way;
    });
  };

  const headOf = (column, sort) => {
    const is = sort && sort.key === column.key;
    const order = !sort || !column.value ? undefined : is ? (sort.down ? 'descending' : 'ascending') : 'none';
    const inner = sort && column.value
      ? h('button', { type: 'button', class: 'vm-sort', onClick: () => sort.by(column.key, is ? !sort.down : Boolean(column.num)) },
        column.label, h('span', { 'aria-hidden': 'true' }, is ? (sort.down ? ' ▼' : ' ▲') : ''))
      : column.label;
    return h('th', { scope: 'col', class: column.num ? 'num' : undefined, 'aria-sort': order }, inner);
  };

  const cellOf = (column, row, i) => {
    const shown = column.cell ? column.cell(row) : column.value(row);
    if (i === 0) return h('th', { scope: 'row' }, shown);
    const css = VM.css(column.num && 'num', column.css);
    return h('td', { class: css || undefined, 'data-label': column.css === 'draw' ? undefined : column.label }, shown);
  };

  /** Heads do not stand above cards: on a phone the order is chosen from a list. */
  const sortList = (name, columns, sort) => {
    const choices = columns.filter((each) => each.value).map((each) => [each.key, each.label]);
    const by = (key) => sort.by(key, Boolean((columns.find((each) => each.key === key) || {}).num));
    return h('div', { class: 'vm-sorts' },
      VM.chooseOne(`sort-${name.replace(/\s+/g, '-')}`, VM.t('sort_by'), sort.none ? [['', sort.none], ...choices] : choices, sort.key, by));
  };

  /** A table with its name, its order and its hand-over. */
  VM.table = ({ name, columns, rows, all, sort, foot, css, key, hand }) =>
    h('div', { class: VM.css('vm-table', css) },
      hand === false ? null : VM.handOver(name, () => VM.csvOf(columns, all || rows)),
      sort && rows.length > 1 ? sortList(name, columns, sort) : null,
      h('div', { class: 'wrap', tabIndex: 0, role: 'group', 'aria-label': name },
        h('table', {},
          h('caption', { class: 'vm-vh' }, name),
          h('thead', {}, h('tr', {}, columns.map((each) => headOf(each, sort)))),
          h('tbody', {}, rows.map((row, i) =>
            h('tr', { key: key ? key(row) : i }, columns.map((each, j) => cellOf(each, row, j))))),
          foot ? h('tfoot', {}, foot) : null)));

  /** The first rows of a long table, and a button that shows the rest. */
  VM.few = (rows) => (!VM.state.all && rows.length > FEW + 5 ? rows.slice(0, FEW) : rows);
  VM.showRest = (rows) => (VM.few(rows) === rows ? null
    : h('p', {}, VM.button(VM.t('show_rest', { n: VM.fmt.whole(rows.length - FEW) }), () => VM.change({ all: true }, false))));

  /** A number with its range below it, as the static tables show it. */
  VM.ranged = (shown, range) => (range ? [shown, ' ', h('small', {}, range)] : shown);

  /** A bar to the scale of its column, with its size as a title to point at. */
  VM.bar = (value, low, high, top, title) => {
    if (!VM.known(value) || !(top > 0)) return null;
    const scale = 100 / top;
    return h('svg', { class: 'spark-bar', viewBox: '0 0 100 14', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
      h('title', {}, title),
      h('rect', { class: 'bar', x: 0, y: 3, width: Math.max(value, 0) * scale, height: 8 }),
      VM.known(low) && VM.known(high)
        ? h('rect', { class: 'band', x: Math.max(low, 0) * scale, y: 5.5, width: Math.max(high - Math.max(low, 0), 0) * scale, height: 3 }) : null);
  };

  /** A step up or down from the middle line; the whole from the left. */
  VM.swing = (value, top, whole, title) => {
    if (!VM.known(value)) return null;
    const size = (Math.abs(value) / top) * (whole ? 100 : 50);
    const x = whole ? 0 : value < 0 ? 50 - size : 50;
    return h('svg', { class: 'spark-bar', viewBox: '0 0 100 14', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
      h('title', {}, title), h('rect', { class: whole ? 'bar' : value > 0 ? 'bar alarm' : 'm2', x, y: 3, width: size, height: 8 }));
  };
})(window.VM);
