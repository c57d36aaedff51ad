/* Tables: plain ones of the browser, whose heads are buttons that sort, with their rows as CSV. */
(function (VM) {
  'use strict';
  const { h } = VM;

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
    const none = (value) => value === null || value === undefined || value === '' || Number.isNaN(value);
    return rows.slice().sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      if (none(x) || none(y)) return none(x) - none(y);
      if (typeof x === 'number' && typeof y === 'number') return (x - y) * way;
      return String(x).localeCompare(String(y), VM.lang, { numeric: true }) * way;
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
    return h('td', { class: css || undefined, 'data-label': column.label }, shown);
  };

  /** Heads do not stand above cards: on a phone the order is chosen from a list. */
  const sortList = (columns, sort) =>
    h('p', { class: 'vm-sorts' }, h('label', {}, VM.t('sort_by'), ' ',
      h('select', {
        onChange: (event) => {
          const key = event.currentTarget.value;
          sort.by(key, Boolean((columns.find((each) => each.key === key) || {}).num));
        },
      }, columns.filter((each) => each.value).map((each) =>
        h('option', { value: each.key, selected: sort.key === each.key }, each.label)))));

  /** A table with its name, its order and its hand-over. */
  VM.table = ({ name, columns, rows, all, sort, foot, css, key, hand }) =>
    h('div', { class: VM.css('vm-table', css) },
      hand === false ? null : VM.handOver(name, () => VM.csvOf(columns, all || rows)),
      sort && rows.length > 1 ? sortList(columns, sort) : null,
      h('div', { class: 'wrap', tabIndex: 0, role: 'group', 'aria-label': name },
        h('table', {},
          h('caption', { class: 'vm-vh' }, name),
          h('thead', {}, h('tr', {}, columns.map((each) => headOf(each, sort)))),
          h('tbody', {}, rows.map((row, i) =>
            h('tr', { key: key ? key(row) : i }, columns.map((each, j) => cellOf(each, row, j))))),
          foot ? h('tfoot', {}, foot) : null)));

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
})(window.VM);
