"""The net promoter score by issue, product, team or channel, with its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.drivers.outcomes import outcome_values
from vocmine.errors import ContactError
from vocmine.frames import UNKNOWN, require_columns, rows_of_kind
from vocmine.stats import Floats, normal_quantile

ALL = "all"
_ADDED = (0.75, 1.5, 0.75)  # detractors, passives and promoters that are added for the interval (Rocks 2016)
COLUMNS = ("group", "n", "promoters", "passives", "detractors", "nps", "low", "high")


def net_promoters(
    contacts: pd.DataFrame, tags: pd.DataFrame | None = None, by: str = "reason", level: float = 0.95
) -> pd.DataFrame:
    """Give the net promoter score: the percentage of promoters (9, 10) less that of detractors (0 to 6).

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id`` and ``nps``, 0 to 10; contacts without are left out.
    tags : DataFrame, optional
        Their tags, for ``by="reason"``; a contact with two reasons counts for both.
    by : str
        ``reason``, or a column of the contacts.
    level : float
        Level of the interval: Wald's with three answers added (Rocks 2016, Am. Stat. 70, 365-372).

    Returns
    -------
    DataFrame
        ``group, n, promoters, passives, detractors`` (answers), ``nps, low, high`` (-100 to 100); first the row
        ``all``, then the groups with most answers first. Empty where nobody answered.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, a mark is off its scale, or the level is wrong.

    Examples
    --------
    By hand: of five answers two are promoters and one is a detractor, 40 % - 20 %.

    >>> contacts = pd.DataFrame({"contact_id": list("abcde"), "nps": [10, 9, 8, 7, 3], "team": list("AABBB")})
    >>> net_promoters(contacts, by="team")[["group", "n", "nps"]].values.tolist()
    [['all', 5, 20.0], ['B', 3, -33.333333], ['A', 2, 100.0]]
    """
    z = normal_quantile(level)
    require_columns(contacts, ("contact_id",), "contacts", ContactError)
    score = outcome_values(contacts, "nps")
    rows = pd.DataFrame({"contact_id": contacts["contact_id"].astype(str).to_numpy(object), "score": score})
    if by == "reason":
        rows = _with_reasons(rows, tags)
    else:
        require_columns(contacts, (by,), "contacts", ContactError)
        rows["group"] = contacts[by].astype(object).where(contacts[by].notna(), None).to_numpy(object)
    known = rows.loc[rows["score"].notna()]
    if known.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    whole = known.drop_duplicates("contact_id").assign(group=ALL)
    counts = [_counts(part) for part in (whole, known.loc[known["group"].notna()])]
    counts[1] = counts[1].sort_values(["n", "group"], ascending=[False, True], kind="stable")
    return _scored(pd.concat(counts, ignore_index=True), z)


def _with_reasons(rows: pd.DataFrame, tags: pd.DataFrame | None) -> pd.DataFrame:
    if tags is None:
        return rows.assign(group=None)
    reasons = rows_of_kind(tags, "reason")[["contact_id", "label"]].astype(str).drop_duplicates()
    reasons = reasons.loc[reasons["label"] != UNKNOWN].rename(columns={"label": "group"})
    return rows.merge(reasons, on="contact_id", how="left")


def _counts(known: pd.DataFrame) -> pd.DataFrame:
    group, score = known["group"].astype(str), known["score"]
    marks = {"promoters": score > 0, "passives": score == 0, "detractors": score < 0}
    table = pd.DataFrame({name: mark.groupby(group).sum().astype(int) for name, mark in marks.items()})
    table = table.assign(n=table.sum(axis=1)).rename_axis("group").reset_index()
    return table[["group", "n", *marks]]


def _scored(table: pd.DataFrame, z: float) -> pd.DataFrame:
    n, up, down = (table[name].to_numpy(float) for name in ("n", "promoters", "detractors"))
    middle, half = _adjusted(n, up, down, z)
    numbers = {
        "nps": 100 * (up - down) / n, "low": 100 * np.maximum(middle - half, -1.0),
        "high": 100 * np.minimum(middle + half, 1.0),
    }
    return table.assign(**{name: np.round(values, 6) for name, values in numbers.items()})[list(COLUMNS)]


def _adjusted(n: Floats, up: Floats, down: Floats, z: float) -> tuple[Floats, Floats]:
    more = n + sum(_ADDED)
    p, q = (up + _ADDED[2]) / more, (down + _ADDED[0]) / more
    return p - q, z * np.sqrt(np.maximum(p + q - (p - q) ** 2, 0.0) / more)
