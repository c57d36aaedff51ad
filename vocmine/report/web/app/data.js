/* The data of the page: unpacked once, kept as columns of numbers so that each question takes milliseconds. */
(function (VM) {
  'use strict';

  /** Unpack the block of data: base64 of gzip of JSON. */
  VM.unpack = async (node) => {
    const packed = atob(node.textContent.trim());
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return JSON.parse(await new Response(stream).text());
  };

  const FLOATS = ['count', 'tagged', 'cost', 'payout', 'minutes'];

  /**
   * A fact is a contact's part in an issue, or, where contacts are not in the page, the sum of many of one day, issue and
   * kind. `count` adds up to contacts (one of two issues counts half in each), `tagged` counts it in both.
   */
  const emptyFacts = (n, dims) => {
    const facts = { n, row: new Int32Array(n).fill(-1), day: new Int32Array(n), issue: new Int16Array(n), dim: {} };
    FLOATS.forEach((name) => (facts[name] = new Float64Array(n)));
    dims.forEach((dim) => (facts.dim[dim.key] = new Int16Array(n).fill(-1)));
    return facts;
  };

  const fill = (into, from, start) => {
    if (from) for (let i = 0; i < from.length; i++) into[start + i] = from[i] ?? 0;
  };

  const factsOf = (raw, rows) => {
    const { parts: p, cube } = raw;
    const [own, rest] = [rows ? p.contact.length : 0, cube ? cube.n : 0];
    const facts = emptyFacts(own + rest, raw.dims);
    for (let i = 0; i < own; i++) {
      const row = p.contact[i];
      facts.row[i] = row;
      facts.day[i] = rows.day[row];
      facts.count[i] = p.share ? p.share[i] : 1;
      facts.tagged[i] = p.tagged ? p.tagged[i] : 1;
      facts.minutes[i] = p.minutes && p.minutes.length ? p.minutes[i] : (rows.minutes[row] || 0) * facts.count[i];
      for (const { key } of raw.dims) if (rows.dim[key]) facts.dim[key][i] = rows.dim[key][row];
    }
    if (rows) ['issue', 'cost', 'payout'].forEach((name) => fill(facts[name], p[name], 0));
    if (cube) ['issue', 'day', ...FLOATS].forEach((name) => fill(facts[name], cube[name], own));
    if (cube) for (const { key } of raw.dims) fill(facts.dim[key], cube.dim[key], own);
    if (cube && !cube.tagged) fill(facts.tagged, cube.count, own);
    return facts;
  };

  /** The dimensions that anything is told of, with the values that occur. */
  const dimsOf = (raw, facts) =>
    raw.dims.map((dim) => {
      const n = new Float64Array(dim.values.length + 1);
      if (facts) for (let i = 0; i < facts.n; i++) n[facts.dim[dim.key][i] + 1] += facts.count[i];
      return Object.assign({}, dim, { n, lacks: n[0] > 0, shown: dim.values.filter((_, i) => n[i + 1] > 0) });
    }).filter((dim) => dim.shown.length > 0);

  /** Where the parts of each contact begin, so that a contact's own reasons are found at once. */
  const partsOf = (facts, n) => {
    const start = new Int32Array(n + 1);
    for (let i = 0; i < facts.n; i++) if (facts.row[i] >= 0) start[facts.row[i] + 1]++;
    for (let i = 0; i < n; i++) start[i + 1] += start[i];
    const next = start.slice();
    const fact = new Int32Array(facts.n);
    for (let i = 0; i < facts.n; i++) if (facts.row[i] >= 0) fact[next[facts.row[i]]++] = i;
    return { start, fact };
  };

  /** Put what was unpacked into the form that the rest of the page reads. */
  VM.load = (raw) => {
    Object.assign(VM, { lang: raw.lang, currency: raw.currency, decimals: raw.decimals, words: raw.words });
    VM.zero = Date.parse(`${raw.first}T00:00:00Z`);
    const rows = raw.has_contacts && raw.contacts && raw.parts ? raw.contacts : null;
    const facts = rows || raw.cube ? factsOf(raw, rows) : null;
    VM.data = {
      raw, rows, facts, issues: raw.issues, dims: dimsOf(raw, facts), days: raw.days,
      at: new Map(raw.issues.map((each, i) => [each.id, i])), parts: rows ? partsOf(facts, rows.n) : null,
      folded: rows ? rows.text.map((text) => VM.folded(text || '')) : null,
      money: raw.measure === 'money', timed: raw.measure !== 'counts', pays: raw.issues.some((each) => each.payout > 0),
    };
    return VM.data;
  };

  /** The facts of a contact. */
  VM.partsOfRow = (row) => {
    const { start, fact } = VM.data.parts;
    return fact.subarray(start[row], start[row + 1]);
  };

  VM.issueName = (i) => VM.data.issues[i].name;
  VM.valueName = (dim, i) => (i < 0 ? VM.t('not_known') : dim.values[i]);
})(window.VM);
