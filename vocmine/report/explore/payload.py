"""The data of the page, put together for one report in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.errors import SettingsError
from vocmine.frames import SIGNALS
from vocmine.report.explore.cube import cube
from vocmine.report.explore.details import all_details
from vocmine.report.explore.dims import Dimension, dimensions, without_rare
from vocmine.report.explore.encode import numbers, shown
from vocmine.report.explore.lines import issue_lines
from vocmine.report.explore.parts import ledger_parts
from vocmine.report.explore.rows import contact_rows, first_row
from vocmine.report.explore.source import ExploreSource
from vocmine.report.sections.protocol import ReportView

VERSION = 1  # of the format, told in README.md

_EVIDENCE = 80  # characters of the words behind a tag


@dataclass(frozen=True)
class PageOptions:
    """What a page holds of contacts.

    Parameters
    ----------
    contacts : bool
        Whether contacts stand in the page, with masked texts. Without them, the page filters sums.
    fold_below : int
        Groups of fewer contacts are told together with others.

    Raises
    ------
    SettingsError
        If groups of less than one contact are to be folded.

    Examples
    --------
    >>> PageOptions(contacts=False).fold_below
    5
    """

    contacts: bool = True
    fold_below: int = 5

    def __post_init__(self) -> None:
        whole = isinstance(self.fold_below, int) and not isinstance(self.fold_below, bool)
        if not whole or self.fold_below < 1:
            raise SettingsError(
                "wrong number of contacts", where="fold_below", got=repr(self.fold_below),
                expected="a whole number from 1", hint="1 folds nothing",
            )


def explore_payload(view: ReportView, source: ExploreSource, options: PageOptions) -> dict[str, Any]:
    """Put the data of the page together.

    Parameters
    ----------
    view : ReportView
        Numbers, names and language of the report.
    source : ExploreSource
        Contacts, tags and ledger behind them.
    options : PageOptions
        Whether contacts stand in the page, and below how many groups are folded.

    Returns
    -------
    dict
        Plain values in a fixed order, see ``README.md``.
    """
    s, w = view.summary, view.words
    decimals = w.decimals if s.in_money else 0
    dims = dimensions(source.contacts, w)
    if not options.contacts:
        dims = tuple(without_rare(each, options.fold_below) for each in dims)
    lines = issue_lines(view)
    place = {line.issue: i for i, line in enumerate(s.lines)}
    totals = {line.issue: (line.cost.value, line.payout.value) for line in s.lines}
    parts = ledger_parts(source, totals, decimals)
    parts["place"] = parts["issue"].map(place)
    first = first_row(source.contacts["text"]) if options.contacts else len(source.contacts)
    days = (source.contacts["day"] - pd.Timestamp(s.first_day)).dt.days.to_numpy()
    here = parts["row"] >= first
    return {
        "v": VERSION, "lang": w.lang, "currency": s.currency, "decimals": decimals, "measure": s.measure,
        "level": s.level, "first": s.first_day.isoformat(), "days": s.days, "fold": options.fold_below,
        "has_contacts": options.contacts, "words": w.starting("explore_"),
        "dims": [_dim(each, w(f"data_dim_{each.key}"), w("data_other")) for each in dims],
        "issues": lines, "signals": [w(f"signal_{name}") for name in SIGNALS],
        "contacts": _contacts(view, source, first, dims) if options.contacts else None,
        "parts": _parts(parts.loc[here], first, decimals, s.measure) if options.contacts else None,
        "evidence": _evidence(source, first, place) if options.contacts else {},
        "cube": cube(parts.loc[~here], days, dims, options.fold_below, decimals),
        "details": all_details(view, source, parts, options.contacts, options.fold_below),
    }


def _dim(each: Dimension, label: str, other: str) -> dict[str, Any]:
    """Write a dimension; the value behind the last is what is folded together."""
    return {"key": each.key, "label": label, "values": [*each.values, other], "other": len(each.values)}


def _contacts(view: ReportView, source: ExploreSource, first: int, dims: tuple[Dimension, ...]) -> dict[str, Any]:
    rows = contact_rows(source, first, pd.Timestamp(view.summary.first_day), view.words("data_cut"))
    counts = {"n": rows.pop("n"), "of": rows.pop("of")}
    return {**counts, "dim": {each.key: each.index[first:].tolist() for each in dims}, **rows}


def _parts(parts: pd.DataFrame, first: int, decimals: int, measure: str) -> dict[str, Any]:
    unit = 10**decimals
    money = measure == "money"
    return {
        "contact": (parts["row"] - first).tolist(), "issue": parts["place"].tolist(),
        "share": numbers(parts["share"], 3), "tagged": parts["tagged"].astype(int).tolist(),
        "cost": numbers(parts["cost"] / unit, decimals) if money else [],
        "payout": numbers(parts["payout"] / unit, decimals) if money else [],
        "minutes": [] if money else numbers(parts["hours"] * 60, 2),
    }


def _evidence(source: ExploreSource, first: int, place: dict[str, int]) -> dict[str, str]:
    """Give the words behind tags, where they stand in the text: what a model goes by is no word of a customer."""
    row = pd.Series(np.arange(len(source.contacts)) - first, index=source.contacts["contact_id"])
    tags = source.reasons.loc[(source.reasons["evidence"] != "") & source.reasons["issue"].isin(list(place))]
    tags = tags.assign(row=tags["contact_id"].map(row), place=tags["issue"].map(place))
    tags = tags.loc[tags["row"] >= 0].sort_values(["row", "place"], kind="stable")
    texts = source.contacts["text"].to_numpy(object)[tags["row"].to_numpy(dtype=np.int64) + first]
    found = zip(tags["row"], tags["place"], tags["evidence"], texts, strict=True)
    return {
        f"{int(i)}:{issue}": shown(words, _EVIDENCE) for i, issue, words, text in found if is_said(words, text)
    }


def is_said(words: str, text: str) -> bool:
    """Tell whether the words behind a tag stand in the text, in parts or as a whole.

    Examples
    --------
    >>> is_said("二重 / 返金", "二重なので返金して"), is_said("examples", "返金して")
    (True, False)
    """
    return any(part.strip() in text for part in words.split(" / ") if part.strip())
