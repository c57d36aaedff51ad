/* Numbers, money and days as the rest of the report writes them (vocmine/report/words.py; a test compares the two). */
(function (VM) {
  'use strict';
  const SIGNS = { JPY: '¥', USD: '$', EUR: '€', GBP: '£' };
  const JA_UNITS = { JPY: '円', USD: 'ドル', EUR: 'ユーロ', GBP: 'ポンド' };
  const UNITS = ['%', '倍', '×', '円', 'ドル', 'ユーロ', 'ポンド', '件', 'ポイント', ' pts'];
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const NONE = '–';
  const DAY = 86400000;
  const f = (VM.fmt = {});

  /** A number with a fixed count of decimals; what lies in the middle goes to the even neighbour, and there is no -0. */
  f.fixed = (value, places) => {
    const scaled = value * 10 ** places;
    const middle = Math.abs(scaled % 1) === 0.5;
    const text = middle ? (2 * Math.round(scaled / 2) / 10 ** places).toFixed(places) : value.toFixed(places);
    const [whole, part] = text.replace(/^-(?=[0.]*$)/, '').split('.');
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? `.${part}` : '');
  };

  f.whole = (value) => (VM.known(value) ? f.fixed(value, 0) : NONE);
  f.decimal = (value, places) => (VM.known(value) ? f.fixed(value, places === undefined ? 1 : places) : NONE);
  f.count = (value) => VM.t(Math.round(value) === 1 ? 'contact_one' : 'contact_many', { n: f.whole(value) });

  f.percent = (value) => {
    if (!VM.known(value)) return NONE;
    if (value > 0 && value < 0.001) return '<0.1%';
    return `${f.fixed(value * 100, Math.abs(value) >= 0.0995 || value === 0 ? 0 : 1)}%`;
  };

  /** A difference of two shares, in points. */
  f.points = (value) => (VM.known(value) ? VM.t('points', { n: (value > 0 ? '+' : '') + f.fixed(value * 100, 1) }) : NONE);

  const withUnit = (number, negative) => {
    const minus = negative ? '-' : '';
    if (VM.lang === 'ja' && JA_UNITS[VM.currency]) return minus + number + JA_UNITS[VM.currency];
    return SIGNS[VM.currency] ? minus + SIGNS[VM.currency] + number : `${minus}${number} ${VM.currency}`.trimEnd();
  };

  const short = (size) => {
    if (VM.lang === 'ja') {
      if (size >= 99950000) return `${size < 9.995e10 ? Number((size / 1e8).toPrecision(3)) : f.fixed(size / 1e8, 0)}億`;
      if (size >= 999500) return `${f.fixed(size / 1e4, 0)}万`;
      return size >= 9999.5 ? `${f.fixed(size / 1e4, 1)}万` : f.fixed(size, 0);
    }
    const unit = [[1e9, 'B'], [1e6, 'M'], [1e3, 'K']].find(([large]) => size >= large * 0.9995);
    if (!unit) return f.fixed(size, 0);
    return (size / unit[0] < 999.5 ? (size / unit[0]).toPrecision(3) : f.fixed(size / unit[0], 0)) + unit[1];
  };

  f.money = (value) => (VM.known(value) ? withUnit(f.fixed(Math.abs(value), VM.decimals), value < 0) : NONE);
  f.short = (value) => (VM.known(value) ? withUnit(short(Math.abs(value)), value < 0) : NONE);
  f.signed = (value) => (VM.known(value) ? (value > 0 ? '+' : '') + f.short(value) : NONE);
  f.hours = (value) => (VM.known(value) ? VM.t('hours', { n: f.fixed(value, Math.abs(value) < 10 ? 1 : 0) }) : NONE);

  f.range = (low, high) => {
    let unit = UNITS.find((each) => low.endsWith(each) && high.endsWith(each)) || '';
    const digit = (text) => /\d/.test(text[text.length - unit.length - 1]);
    if (unit && digit(low) !== digit(high)) unit = '';
    return low === high ? low : VM.t('range', { low: low.slice(0, low.length - unit.length), high });
  };

  /** A range, or nothing where an end is not known or both read the same. */
  f.between = (low, high, write) => {
    if (!VM.known(low) || !VM.known(high)) return '';
    const ends = [write(low), write(high)];
    return ends[0] === ends[1] ? '' : f.range(ends[0], ends[1]);
  };

  f.times = (ratio) => {
    if (!VM.known(ratio)) return NONE;
    return VM.t('times', { n: f.fixed(ratio, ratio < 1.995 ? 2 : ratio < 9.95 ? 1 : 0) });
  };

  f.p = (p) => (!VM.known(p) ? NONE : p < 0.001 ? '<0.001' : f.fixed(p, 3));

  /** Days: numbers count from the first day of the report, `at` gives what a text says. */
  f.at = (iso) => Math.round((Date.parse(`${iso}T00:00:00Z`) - VM.zero) / DAY);
  f.iso = (number) => new Date(VM.zero + number * DAY).toISOString().slice(0, 10);
  f.day = (number) => {
    const [, month, day] = f.iso(number).split('-').map(Number);
    return VM.lang === 'ja' ? `${month}月${day}日` : `${day} ${MONTHS[month - 1]}`;
  };
  f.fullDay = (number) => {
    const year = f.iso(number).slice(0, 4);
    return VM.lang === 'ja' ? `${year}年${f.day(number)}` : `${f.day(number)} ${year}`;
  };
  /** What stands at a tick of the axis of time. */
  f.tick = (seconds, unit) => {
    const day = Math.round((seconds * 1000 - VM.zero) / DAY);
    return unit === 'month' ? f.month(f.iso(day)).replace(/^20(\d\d)年/, "'$1/").replace(/月$/, '') : f.day(day);
  };
  f.month = (iso) => {
    const [year, month] = iso.split('-').map(Number);
    return VM.lang === 'ja' ? `${year}年${month}月` : `${MONTHS[month - 1]} ${year}`;
  };
})(window.VM);
