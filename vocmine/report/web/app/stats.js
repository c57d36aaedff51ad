/* Is a share different in two groups? Compared with scipy by a test (tests/report/test_explore_stats.py). */
(function (VM) {
  'use strict';
  const s = (VM.stats = {});

  /** The distribution function of the normal (Marsaglia 2004: a series exact to the last digits). */
  s.normal = (z) => {
    if (Math.abs(z) > 8) return z > 0 ? 1 : 0;
    let sum = z;
    let term = z;
    for (let i = 3; Math.abs(term) > 1e-17; i += 2) sum += term = (term * z * z) / i;
    return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  };

  /** The half width of an interval of a level in standard errors, found by halving. */
  s.quantile = (level) => {
    let low = 0;
    let high = 8;
    for (let i = 0; i < 80; i++) {
      const middle = (low + high) / 2;
      if (2 * s.normal(middle) - 1 < level) low = middle;
      else high = middle;
    }
    return high;
  };

  /** Wilson's interval of a share of `n` contacts (not always a whole number, see `design`). */
  s.wilson = (k, n, z) => {
    const p = k / n;
    const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
    const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
    return [Math.max(0, k === 0 ? 0 : middle - half), Math.min(1, k === n ? 1 : middle + half)];
  };

  /** Newcombe's interval of the difference of two shares (Newcombe 1998, method 10). */
  s.newcombe = (k1, n1, k2, n2, z) => {
    const [p, q] = [k1 / n1, k2 / n2];
    const [l1, u1] = s.wilson(k1, n1, z);
    const [l2, u2] = s.wilson(k2, n2, z);
    return [p - q - Math.hypot(p - l1, u2 - q), p - q + Math.hypot(u1 - p, q - l2)];
  };

  const logs = [0];
  const logFactorial = (n) => {
    for (let i = logs.length; i <= n; i++) logs.push(logs[i - 1] + Math.log(i));
    return logs[n];
  };

  /** Fisher's exact test, two-sided: all tables that are no likelier than the one seen. */
  s.fisher = (k1, n1, k2, n2) => {
    const k = k1 + k2;
    const choose = (n, r) => logFactorial(n) - logFactorial(r) - logFactorial(n - r);
    const whole = choose(n1 + n2, k);
    const chance = (x) => Math.exp(choose(n1, x) + choose(n2, k - x) - whole);
    const seen = chance(k1) * (1 + 1e-7);
    const [first, last] = [Math.max(0, k - n2), Math.min(k, n1)];
    // From either end to the first table that is likelier; what is beyond it is likelier too.
    let p = 0;
    let x = first;
    for (; x <= last && chance(x) <= seen; x++) p += chance(x);
    for (let y = last; y >= x && chance(y) <= seen; y--) p += chance(y);
    return Math.min(1, p);
  };

  /** Benjamini and Hochberg's adjusted p of many. */
  s.adjusted = (ps) => {
    const order = ps.map((_, i) => i).sort((a, b) => ps[b] - ps[a]);
    const out = new Array(ps.length);
    let least = 1;
    order.forEach((i, place) => {
      least = Math.min(least, (ps[i] * ps.length) / (ps.length - place));
      out[i] = least;
    });
    return out;
  };

  /**
   * How many times wider a share varies because some contacts come from the same customer (Rao and Scott 1992): from
   * the sums over customers of contacts (`m`) and of those about the issue (`h`). Never below 1.
   */
  s.design = (k, n, customers, hh, hm, mm) => {
    const p = k / n;
    if (customers < 2 || !(p > 0 && p < 1)) return 1;
    return Math.max(1, ((customers / (customers - 1)) * (hh - 2 * p * hm + p * p * mm)) / (n * p * (1 - p)));
  };

  /** The two-sided p of a difference of two shares whose contacts are worth `1 / d` each. */
  s.score = (k1, n1, d1, k2, n2, d2) => {
    const p = (k1 / d1 + k2 / d2) / (n1 / d1 + n2 / d2);
    const spread = Math.sqrt(p * (1 - p) * (d1 / n1 + d2 / n2));
    return spread > 0 ? 2 * s.normal(-Math.abs(k1 / n1 - k2 / n2) / spread) : 1;
  };
})(window.VM);
