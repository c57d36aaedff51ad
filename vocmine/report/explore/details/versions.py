"""Did a version of a product bring an issue? Its share of contacts against that of the version before."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.report.explore.encode import number, shown
from vocmine.report.explore.source import ExploreSource
from vocmine.report.sections.protocol import ReportView
from vocmine.stats import benjamini_hochberg, normal_quantile

_MOST = 60  # rows of an issue
_NAME = 80  # characters
_RELEASE, _NUMBER = 1, 2
Floats = NDArray[np.float64]


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Order versions as people count them: 5.10 after 5.9, and a trial before the version that it tries.

    Examples
    --------
    >>> sorted(["5.10", "5.9.1", "5.9", "5.9-beta2", "v5.1"], key=version_key)
    ['v5.1', '5.9-beta2', '5.9', '5.9.1', '5.10']
    """
    plain = version.strip().lower()
    parts = re.findall(r"\d+|[^\W\d_]+", plain[1:] if re.match(r"v\d", plain) else plain)
    key = [(_NUMBER, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
    return (*key, (_RELEASE, 0, ""))


def ratio_of_shares(
    hits: Floats, n: Floats, hits_before: Floats, n_before: Floats, level: float
) -> tuple[Floats, Floats, Floats]:
    """Give the ratio of two shares with its interval on the log scale (Katz et al. 1978, Biometrics 34, 469-474).

    Half a contact is added to hits and numbers for the interval (Walter 1975, Biometrika 62, 371-374), so that it holds
    where nobody or everybody is about the issue. The ratio is infinite where only the version before has none.

    Examples
    --------
    >>> value, low, high = ratio_of_shares(*(np.array([x]) for x in (30.0, 100.0, 10.0, 100.0)), 0.95)
    >>> round(float(value[0]), 1), round(float(low[0]), 2), round(float(high[0]), 2)
    (3.0, 1.52, 5.53)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (hits / n) / (hits_before / n_before)
    a, m, b, k = hits + 0.5, n + 0.5, hits_before + 0.5, n_before + 0.5
    middle = np.log(a / m) - np.log(b / k)
    half = normal_quantile(level) * np.sqrt(np.maximum(1 / a - 1 / m + 1 / b - 1 / k, 0.0))
    low, high = np.minimum(np.exp(middle - half), value), np.maximum(np.exp(middle + half), value)
    return value, low, high


def mid_p(hits: Floats, n: Floats, hits_before: Floats, n_before: Floats) -> Floats:
    """Give Fisher's exact test of two shares with the mid-p correction, two-sided (Lancaster 1961).

    Examples
    --------
    >>> mid_p(*(np.array([x]) for x in (8.0, 10.0, 2.0, 10.0))).round(4).tolist()
    [0.0121]
    """
    from scipy.stats import hypergeom

    both = (n + n_before, hits + hits_before, n)
    here = hypergeom.pmf(hits, *both)
    upper = hypergeom.sf(hits, *both) + here / 2
    return np.asarray(np.minimum(2 * np.minimum(upper, 1 - upper), 1.0))


def versions(view: ReportView, source: ExploreSource, least: int) -> dict[str, list[dict[str, Any]]]:
    """Compare each version of a product with the one before, issue by issue.

    ``p`` is adjusted (Benjamini and Hochberg) for all versions and issues that are compared. Versions of fewer than
    `least` contacts are left out, also as the version before.
    """
    known = source.contacts.loc[source.contacts["product_version"] != ""]
    sizes = known.groupby(["product", "product_version"]).size()
    sizes = sizes[sizes >= least]
    if sizes.empty:
        return {}
    order = sorted(sizes.index, key=lambda pair: (pair[0], version_key(pair[1]), pair[1]))
    tagged = source.reasons[["contact_id", "issue"]].merge(
        known[["contact_id", "product", "product_version"]], on="contact_id"
    )
    table = pd.crosstab([tagged["product"], tagged["product_version"]], tagged["issue"])
    table = table.reindex(pd.MultiIndex.from_tuples(order), fill_value=0)
    n = np.asarray(sizes.reindex(table.index).to_numpy(), dtype=np.float64)
    return _rows(view, table[sorted(table.columns)], n)


def _rows(view: ReportView, table: pd.DataFrame, n: Floats) -> dict[str, list[dict[str, Any]]]:
    hits = table.to_numpy(dtype=float)
    product, version = (table.index.get_level_values(i).to_numpy(object) for i in (0, 1))
    follows = np.append(False, product[1:] == product[:-1])
    earlier, n_now, n_before = np.roll(hits, 1, axis=0), *(
        np.broadcast_to(x[:, None], hits.shape) for x in (n, np.roll(n, 1))
    )
    value, low, high = ratio_of_shares(hits, n_now, earlier, n_before, view.summary.level)
    compared = follows[:, None] & (hits + earlier > 0)
    p = np.full(hits.shape, np.nan)
    p[compared] = benjamini_hochberg(mid_p(*(x[compared] for x in (hits, n_now, earlier, n_before))))
    row, column = np.nonzero((hits > 0) | compared)
    long = pd.DataFrame({
        "issue": table.columns.to_numpy(object)[column], "product": product[row], "version": version[row],
        "before": np.where(follows, np.roll(version, 1), "")[row], "n": hits[row, column], "of": n[row],
        "share_before": np.where(compared, earlier / n_before, np.nan)[row, column],
        **{name: np.where(compared, x, np.nan)[row, column] for name, x in (
            ("ratio", value), ("low", low), ("high", high), ("p", p)
        )},
    })
    out: dict[str, list[dict[str, Any]]] = {}
    for each in long.sort_values("issue", kind="stable").groupby("issue", sort=True).tail(_MOST).to_dict("records"):
        out.setdefault(str(each["issue"]), []).append(_written(each))
    return out


def _written(each: dict[Any, Any]) -> dict[str, Any]:
    return {
        "product": shown(each["product"], _NAME), "version": shown(each["version"], _NAME),
        "before": shown(each["before"], _NAME) or None,
        "n": int(each["n"]), "of": int(each["of"]), "share": number(each["n"] / each["of"], 4),
        "share_before": number(each["share_before"], 4),
        **{name: number(each[name], 3) for name in ("ratio", "low", "high")}, "p": number(each["p"], 6),
    }
