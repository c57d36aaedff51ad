/* Which contacts are meant, and the sums of their ledger. */
(function (VM) {
  'use strict';

  const keyOf = (state) => JSON.stringify([state.text, state.from, state.to, state.pick, state.reasons]);
  const kept = new Map();

  /** A table of 0 and 1 for each value of a dimension; place 0 stands for what is not known. */
  const wanted = (dim, names) => {
    const table = new Uint8Array(dim.values.length + 1);
    names.forEach((name) => (table[(name === '' ? -1 : dim.values.indexOf(name)) + 1] = 1));
    return table;
  };

  const saysIt = (state) => {
    const words = VM.folded(state.text).split(/\s+/).filter(Boolean);
    if (!words.length || !VM.data.rows) return null;
    const { folded } = VM.data;
    const ids = VM.data.rows.id;
    const table = new Uint8Array(folded.length);
    for (let i = 0; i < folded.length; i++) {
      table[i] = words.every((word) => folded[i].includes(word)) || String(ids[i]) === state.text.trim() ? 1 : 0;
    }
    return table;
  };

  const fresh = () => ({ n: 0, tagged: 0, minutes: 0, cost: 0, payout: 0 });
  const add = (sums, f, i) => {
    sums.n += f.count[i];
    sums.tagged += f.tagged[i];
    sums.minutes += f.minutes[i];
    sums.cost += f.cost[i];
    sums.payout += f.payout[i];
  };

  /** Amounts of whole units add up to whole units. */
  const settle = (sums) => {
    const unit = 10 ** VM.decimals;
    ['cost', 'payout'].forEach((name) => (sums[name] = Math.round(sums[name] * unit) / unit));
  };

  const build = (state) => {
    const { facts: f, issues, dims, rows, at } = VM.data;
    const first = state.from ? VM.fmt.at(state.from) : -Infinity;
    const last = state.to ? VM.fmt.at(state.to) : Infinity;
    const asked = dims.filter((dim) => state.pick[dim.key]).map((dim) => [f.dim[dim.key], wanted(dim, state.pick[dim.key])]);
    const said = saysIt(state);
    const reasons = state.reasons.length ? new Uint8Array(issues.length) : null;
    state.reasons.forEach((id) => (reasons[at.get(id)] = 1));
    const mask = new Uint8Array(f.n);
    const row = new Uint8Array(rows ? rows.n : 0);
    const [sums, by] = [fresh(), issues.map(fresh)];
    for (let i = 0; i < f.n; i++) {
      if (f.day[i] < first || f.day[i] > last) continue;
      if (reasons && !reasons[f.issue[i]]) continue;
      if (said && !(f.row[i] >= 0 && said[f.row[i]])) continue;
      let is = true;
      for (let j = 0; is && j < asked.length; j++) is = asked[j][1][asked[j][0][i] + 1] === 1;
      if (!is) continue;
      mask[i] = 1;
      // With reasons chosen, contacts are those tagged so; the sums hold what the ledger gives to a reason of others too.
      if (f.row[i] >= 0 && (!reasons || f.tagged[i])) row[f.row[i]] = 1;
      add(sums, f, i);
      add(by[f.issue[i]], f, i);
    }
    [sums, ...by].forEach(settle);
    return { mask, row, sums, by };
  };

  /** What a state selects; the last few are kept. */
  VM.select = (state) => {
    const key = keyOf(state);
    if (!kept.has(key)) {
      if (kept.size > 8) kept.delete(kept.keys().next().value);
      kept.set(key, build(state));
    }
    return kept.get(key);
  };

  /** Sums of the selected facts of an issue (all of them for -1), by what `place` says of each; places below 0 are left out. */
  VM.sumBy = (selection, issue, size, place) => {
    const { facts: f } = VM.data;
    const out = Array.from({ length: size }, fresh);
    for (let i = 0; i < f.n; i++) {
      if (!selection.mask[i] || (issue >= 0 && f.issue[i] !== issue)) continue;
      const to = place(i);
      if (to >= 0) add(out[to], f, i);
    }
    out.forEach(settle);
    return out;
  };

  /** The rows of contacts selected, those of one issue where it is named. */
  VM.rowsOf = (selection, issue) => {
    const { facts: f, rows } = VM.data;
    const out = [];
    if (issue < 0) for (let i = 0; i < rows.n; i++) selection.row[i] && out.push({ row: i, fact: -1 });
    else for (let i = 0; i < f.n; i++) selection.mask[i] && f.row[i] >= 0 && f.issue[i] === issue && out.push({ row: f.row[i], fact: i });
    return out;
  };
})(window.VM);
