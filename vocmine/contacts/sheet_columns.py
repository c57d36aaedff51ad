"""Sheets of one workbook that hold the same table under slightly different column names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vocmine.contacts.cells import fold
from vocmine.contacts.found import find_columns
from vocmine.contacts.headers import fold_header
from vocmine.contacts.judges.scale_headers import HeaderScale, header_scale
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.units import HeaderUnit, header_unit
from vocmine.contacts.zones import header_zone
from vocmine.frames import CONTACTS

_TARGETS = tuple(column.name for column in CONTACTS)
_CORE = frozenset(column.name for column in CONTACTS if column.required)
_SERIES = re.compile(
    r"\d+|(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|[一二三四五六七八九十]+(?=月)"
)
_ENOUGH = 3  # of the columns every contact needs


def same_names(first: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two sheets have the same columns, whatever their order, width and case.

    Examples
    --------
    >>> same_names(["受付番号", "本文"], ["本文※", "受付 番号"])
    True
    """
    return _folded(first) == _folded(other)


def same_series(first: str, other: str) -> bool:
    """Tell whether two sheets are of one series by their names: months, numbers.

    Examples
    --------
    >>> same_series("4月", "10月"), same_series("Apr 2026", "May 2026"), same_series("今", "旧")
    (True, True, False)
    """
    return _SERIES.sub("#", fold(first)) == _SERIES.sub("#", fold(other))


def aligned_names(first: Sequence[str], other: Sequence[str]) -> list[str] | None:
    """Give the columns of a sheet the names they have in the first one, as far as they mean the same.

    Parameters
    ----------
    first, other : sequence of str
        Names of the columns of the two sheets.

    Returns
    -------
    list of str or None
        None where the sheet is another table: it lacks what every contact needs and the first one has, or a name tells
        another unit, zone or scale.

    Examples
    --------
    >>> aligned_names(["受付番号", "受付日時", "チャネル", "内容"], ["受付番号", "チャネル", "日時", "問い合わせ内容"])
    ['受付番号', 'チャネル', '受付日時', '内容']
    >>> aligned_names(["番号", "日時", "本文", "対応時間(分)"], ["番号", "日時", "本文", "対応時間(秒)"])
    """
    mine, others = _found(first), _found(other)
    core = _CORE & {*mine}
    if not same_names(first, other) and (len(core) < _ENOUGH or not core <= {*others}):
        return None
    new = {others[target]: mine[target] for target in mine if target in others}
    by_fold = {fold_header(name): name for name in first}
    new = {**{name: by_fold[key] for name in other if (key := fold_header(name)) in by_fold}, **new}
    if any(_told(name) != _told(to) for name, to in new.items()):
        return None
    names = [new.get(name, name) for name in other]
    return names if len({*names}) == len({*other}) else None


def _folded(names: Sequence[str]) -> frozenset[str]:
    return frozenset(fold_header(name) or name for name in names)


def _found(names: Sequence[str]) -> dict[str, str]:
    distinct = list(dict.fromkeys(name for name in names if name))
    sources = find_columns(distinct, ContactMapping(), _TARGETS, "").sources
    return {target: used[0] for target, used in sources.items() if len(used) == 1}


def _told(name: str) -> tuple[str, HeaderUnit, HeaderScale]:
    """Give what a name tells beside which column it is."""
    return header_zone(name).zone, header_unit(name), header_scale(name)
