"""What the page's script computes and writes: as scipy and as the rest of the report would."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from vocmine.report.words import Words

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser, explore_data, tmp_path_factory):
    made = browser.new_page()
    made.goto(explore_data.page(explore_data.made("en"), tmp_path_factory.mktemp("numbers") / "p.html").as_uri())
    made.wait_for_selector("html[data-vm=ready]")
    yield made
    made.close()


def pairs():
    random = np.random.default_rng(1)
    n = random.integers(5, 3000, (60, 2))
    k = (n * random.beta(0.5, 4, (60, 2))).astype(int)
    return [(int(a), int(m), int(b), int(j)) for (a, b), (m, j) in zip(k, n, strict=True)] + [(0, 10, 0, 9), (0, 10, 9, 9), (10, 10, 9, 9), (1, 2, 0, 20000), (7, 10, 3, 10)]


def test_normal_and_its_quantile(page):
    z = np.linspace(-7.5, 7.5, 31)
    got = page.evaluate("z => z.map(VM.stats.normal)", z.tolist())
    assert np.abs(np.array(got) - stats.norm.cdf(z)).max() < 1e-15
    for level in (0.8, 0.9, 0.95, 0.99):
        assert math.isclose(page.evaluate("x => VM.stats.quantile(x)", level), stats.norm.ppf(0.5 + level / 2), rel_tol=1e-12)


def test_wilson(page):
    for k, n, *_ in pairs():
        low, high = page.evaluate("([k, n]) => VM.stats.wilson(k, n, VM.stats.quantile(.95))", [k, n])
        expected = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        assert math.isclose(low, expected.low, abs_tol=1e-12)
        assert math.isclose(high, expected.high, abs_tol=1e-12)


def test_newcombe(page):
    for k1, n1, k2, n2 in pairs():
        got = page.evaluate("x => VM.stats.newcombe(...x, VM.stats.quantile(.95))", [k1, n1, k2, n2])
        expected = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff", alpha=0.05)
        assert np.allclose(got, expected, atol=1e-12)


def test_fisher(page):
    for k1, n1, k2, n2 in pairs():
        got = page.evaluate("x => VM.stats.fisher(...x)", [k1, n1, k2, n2])
        expected = stats.fisher_exact([[k1, n1 - k1], [k2, n2 - k2]]).pvalue
        assert math.isclose(got, expected, rel_tol=1e-7, abs_tol=1e-14), (k1, n1, k2, n2)


def test_many_tests_are_adjusted(page):
    p = np.random.default_rng(3).beta(0.3, 1, 200)
    assert np.allclose(page.evaluate("p => VM.stats.adjusted(p)", p.tolist()), stats.false_discovery_control(p), rtol=1e-12)


def test_customers_who_repeat_widen_the_range(page):
    random = np.random.default_rng(4)
    sizes = random.integers(1, 6, 300)
    hits = np.where(random.random(300) < 0.2, sizes, 0)  # all contacts of a customer are about the same
    k, n = hits.sum(), sizes.sum()
    sums = [int((hits * hits).sum()), int((hits * sizes).sum()), int((sizes * sizes).sum())]
    got = page.evaluate("x => VM.stats.design(...x)", [int(k), int(n), 300, *sums])
    p = k / n
    variance = 300 / 299 * ((hits - p * sizes) ** 2).sum() / n**2
    assert math.isclose(got, variance / (p * (1 - p) / n), rel_tol=1e-9)
    assert got > 2
    alone = page.evaluate("VM.stats.design(20, 100, 100, 20, 20, 100)")
    assert 1 <= alone < 1.02


def test_strangers_alike_are_seldom_called_different(page):
    """With customers who repeat, the p of equal groups falls below .05 no more often than it should."""
    random = np.random.default_rng(8)
    found = 0
    for _ in range(200):
        asked = []
        for _ in range(2):
            sizes = random.integers(1, 7, 80)
            hits = np.where(random.random(80) < 0.25, sizes, 0)
            asked.append((int(hits.sum()), int(sizes.sum()), 80, int((hits * hits).sum()), int((hits * sizes).sum()), int((sizes * sizes).sum())))
        p = page.evaluate("([a, b]) => VM.stats.score(a[0], a[1], VM.stats.design(...a), b[0], b[1], VM.stats.design(...b))", asked)
        found += p < 0.05
    assert found <= 20  # 10 expected, and at most 20 in 99.8 % of such trials


SIZES = [0, 0.4, 0.5, 1.5, 2.5, 7, 950, 999.5, 1000, 8200, 9999, 9999.6, 10000, 42100, 421000, 999499, 999500, 1234567, 99_600, 12_345_678, 99_949_999, 99_990_000, 123_400_000, 5.5e10, 4.2e11, -52_000, -0.2]


@pytest.mark.parametrize(("lang", "currency"), [("ja", "JPY"), ("en", "JPY"), ("ja", "USD"), ("en", "USD"), ("en", "EUR"), ("ja", "CHF"), ("en", "CHF")])
def test_money_is_written_as_in_the_rest_of_the_report(page, explore_data, lang, currency):
    w = Words(lang, currency)
    page.evaluate("x => Object.assign(VM, x)", {"lang": lang, "currency": currency, "decimals": w.decimals, "words": explore_data.words_of(lang)})
    assert page.evaluate("x => x.map(VM.fmt.short)", SIZES) == [w.short_money(x) for x in SIZES]
    assert page.evaluate("x => x.map(VM.fmt.money)", SIZES) == [w.money(x) for x in SIZES]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_numbers_and_ranges_are_written_as_in_the_rest_of_the_report(page, explore_data, lang):
    w = Words(lang, "JPY")
    page.evaluate("x => Object.assign(VM, x)", {"lang": lang, "currency": "JPY", "decimals": 0, "words": explore_data.words_of(lang)})
    shares = [0, 0.0004, 0.001, 0.0512, 0.0994, 0.0995, 0.1234, 0.125, 0.5, 0.999, 1]
    assert page.evaluate("x => x.map(VM.fmt.percent)", shares) == [w.percent(x) for x in shares]
    ratios = [0.784, 1.04, 1.994, 1.995, 2.04, 9.94, 9.95, 22.5]
    assert page.evaluate("x => x.map(VM.fmt.times)", ratios) == [w.times(x) for x in ratios]
    assert page.evaluate("x => x.map(VM.fmt.whole)", SIZES) == [w.whole(x).replace("-0", "0") if x == -0.2 else w.whole(x) for x in SIZES]
    hours = [0, 3.25, 9.96, 10, 1234.5]
    assert page.evaluate("x => x.map(VM.fmt.hours)", hours) == [w.hours(x) for x in hours]
    ends = [("106万円", "139万円"), ("29%", "39%"), ("-8,000円", "3.1万円"), ("5", "5")]
    assert page.evaluate("x => x.map(([a, b]) => VM.fmt.range(a, b))", ends) == [w.spoken_range(a, b) for a, b in ends]
    assert page.evaluate("[1, 2, 1234].map(VM.fmt.count)") == [w.count(x) for x in (1, 2, 1234)]
    assert page.evaluate("VM.fmt.fullDay(VM.fmt.at('2026-10-05'))") == w.full_day(date(2026, 10, 5))
