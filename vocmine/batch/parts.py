"""A part of the contacts: a product, a segment, a team, a plan, a channel. All parts of a key add up to the whole.

A contact belongs where the first contact of its chain of repeats does, as costs are counted. What it costs is cut out
of the table of the whole by that key (`vocmine.cost.issue_costs` with ``by``), never estimated anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import pandas as pd

from vocmine.batch.contact_source import ContactSource
from vocmine.batch.costing import chain_heads
from vocmine.errors import SettingsError
from vocmine.settings import Settings
from vocmine.yamlfile import nearest

PART_KEYS = ("product", "segment", "team", "plan", "channel")
"""Columns of the contacts that reports are cut by."""

MARK = "part_"
"""Column that a table of costs by part has while it is cut."""

_CHAIN_COLUMNS = ("contact_id", "created_at", "channel", "customer_id")
_SHOWN = 12  # values that a message lists


@dataclass(frozen=True)
class ContactPart:
    """Which contacts a part is made of.

    Parameters
    ----------
    values : tuple of (str, tuple of str)
        Values by column: a contact has one of the values of each; ``""`` is no value.

    Examples
    --------
    >>> contacts = pd.DataFrame({"product": ["App", "SIM", None], "team": ["A", "A", "B"]})
    >>> ContactPart((("product", ("App", "SIM")), ("team", ("A",)))).marks(contacts).tolist()
    ['+', '+', '']
    >>> ContactPart((("product", ("",)),)).marks(contacts).tolist()
    ['=App', '=SIM', '=']
    """

    values: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns it is told by."""
        return tuple(key for key, _ in self.values)

    @property
    def label(self) -> str:
        """What `marks` marks its contacts with."""
        (_, chosen), *others = self.values
        return f"={chosen[0]}" if not others and len(chosen) == 1 else "+"

    def marks(self, contacts: pd.DataFrame) -> pd.Series[str]:
        """Mark contacts by part; one value alone is marked as each other value is, so that all are cut of one table."""
        cells = {key: _cells(contacts, key) for key in self.columns}
        if self.label != "+":
            return "=" + cells[self.columns[0]]
        inside = np.logical_and.reduce([cells[key].isin(chosen) for key, chosen in self.values])
        return pd.Series(np.where(inside, "+", ""), index=contacts.index, dtype=object)

    @property
    def file_name(self) -> str:
        """Name for a file: safe on any system, different for different parts.

        Examples
        --------
        >>> ContactPart((("product", ("モバイル/アプリ",)),)).file_name
        'product-モバイル_アプリ-f611'
        >>> ContactPart((("team", ("",)),)).file_name
        'team-none'
        """
        told = [f"{key}-{'+'.join(value or 'none' for value in chosen)}" for key, chosen in self.values]
        plain = unicodedata.normalize("NFC", "_".join(told))
        safe = re.sub(r"[^\w+-]+", "_", plain).strip("_")[:60]
        return safe if safe == plain else f"{safe}-{sha256(plain.encode()).hexdigest()[:4]}"


def _cells(contacts: pd.DataFrame, key: str) -> pd.Series[str]:
    cells = contacts[key].astype(object)
    return cells.where(cells.notna(), "").astype(str).astype(object)


def values_of(contacts: pd.DataFrame, key: str) -> list[str]:
    """Give the values that contacts have in a column, most frequent first; ``""`` last, where any has none.

    Examples
    --------
    >>> values_of(pd.DataFrame({"team": ["B", "A", "B", None]}), "team")
    ['B', 'A', '']
    """
    counts = _cells(contacts, key).value_counts().rename_axis("value").reset_index(name="n")
    counts = counts.assign(none=counts["value"] == "")
    return counts.sort_values(["none", "n", "value"], ascending=[True, False, True])["value"].tolist()


def part_of(contacts: pd.DataFrame, asked: Mapping[str, str | Sequence[str] | None]) -> ContactPart:
    """Give the part that is asked for.

    Parameters
    ----------
    contacts : DataFrame
        Contacts of the period.
    asked : mapping of str to str or sequence of str
        Values by column, see `PART_KEYS`; ``""`` for contacts without a value. Width and case of letters do not matter.

    Raises
    ------
    SettingsError
        If nothing is asked for, the column is no key, no contact has a value, or no contact has the value; then with
        the nearest one.

    Examples
    --------
    >>> contacts = pd.DataFrame({"product": ["App", "SIM", None]})
    >>> part_of(contacts, {"product": ["app", "ＳＩＭ"]}).values
    (('product', ('App', 'SIM')),)
    """
    chosen = {key: _listed(wanted) for key, wanted in asked.items() if wanted is not None}
    chosen = {key: wanted for key, wanted in chosen.items() if wanted}
    if not chosen:
        raise SettingsError("no part was named", where="report", expected=f"one of {', '.join(PART_KEYS)}")
    return ContactPart(tuple((key, _known(contacts, key, chosen[key])) for key in sorted(chosen, key=_order)))


def need_key(contacts: pd.DataFrame, key: str) -> None:
    """Raise SettingsError where contacts can't be cut by a key."""
    if key not in PART_KEYS:
        raise SettingsError("reports are not cut by this", where="report", got=key, expected=", ".join(PART_KEYS))
    if key not in contacts or not contacts[key].notna().any():
        there = [name for name in PART_KEYS if name in contacts and contacts[name].notna().any()]
        raise SettingsError(
            f"no contact of the period has a {key}", where=key, expected=f"one of {', '.join(there)}",
            hint="name its column in a mapping, or give a table of customers for segment and plan",
        )


def _order(key: str) -> int:
    return PART_KEYS.index(key) if key in PART_KEYS else len(PART_KEYS)


def _listed(wanted: str | Sequence[str]) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else tuple(map(str, wanted))


def _folded(value: str) -> str:
    return unicodedata.normalize("NFKC", value).casefold().strip()


def _known(contacts: pd.DataFrame, key: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    need_key(contacts, key)
    values = values_of(contacts, key)
    alike: dict[str, list[str]] = {}
    for value in values:
        alike.setdefault(_folded(value), []).append(value)
    found: dict[str, None] = {}
    for value in wanted:
        matches = [value] if value in values else alike.get(_folded(value), [])
        if not matches:
            near = nearest(value, [each for each in values if each])
            listed = ", ".join(each for each in values[:_SHOWN] if each) + (", ..." if len(values) > _SHOWN else "")
            raise SettingsError(
                f"no contact of the period has this {key}", where=key, got=repr(value)[:80], expected=listed,
                hint=f"did you mean {near}?" if near else None,
            )
        found.update(dict.fromkeys(matches))
    return tuple(found)


class PartSource:
    """The contacts and tags of a part.

    Parameters
    ----------
    whole : ContactSource
        All contacts and tags.
    part : ContactPart
        Which of them.
    settings : Settings
        ``repeat_days`` says what a repeat is.
    """

    def __init__(self, whole: ContactSource, part: ContactPart, settings: Settings) -> None:
        self.whole, self.part, self._settings = whole, part, settings
        self.timezone, self.own_columns = whole.timezone, whole.own_columns

    def days(self) -> list[str]:
        """Give the days of the whole, so that a part's period is that of the whole."""
        return self.whole.days()

    def read(
        self, first: str | None = None, last: str | None = None, columns: Sequence[str] = (), kinds: Sequence[str] = ()
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the part's contacts and tags of some days; chains are looked for among these days."""
        needed = dict.fromkeys((*columns, *_CHAIN_COLUMNS, *self.part.columns)) if columns else ()
        wanted = dict.fromkeys((*kinds, "reason")) if kinds else ()
        contacts, tags = self.whole.read(first, last, columns=tuple(needed), kinds=tuple(wanted))
        inside = part_rows(contacts, tags, self.part, self._settings)
        contacts = contacts.loc[inside].reset_index(drop=True)
        tags = tags.loc[tags["contact_id"].isin(set(contacts["contact_id"]))]
        tags = (tags.loc[tags["kind"].isin(kinds)] if kinds else tags).reset_index(drop=True)
        return (contacts[[*columns, *(n for n in ("text_clean",) if n in contacts)]] if columns else contacts), tags

    def reasons_of(self, contact_ids: set[str]) -> pd.DataFrame:
        """Give the reasons of some contacts of the whole: an audit is of all."""
        return self.whole.reasons_of(contact_ids)


def part_rows(contacts: pd.DataFrame, tags: pd.DataFrame, part: ContactPart, settings: Settings) -> np.ndarray:
    """Tell which contacts belong to a part: those whose chain began in it."""
    marks = part.marks(contacts).to_numpy(dtype=object)
    inside: np.ndarray = marks[chain_heads(contacts, tags, settings)] == part.label
    return inside


def cut(table: pd.DataFrame, part: ContactPart) -> pd.DataFrame:
    """Cut the lines of a part out of a table by `MARK`."""
    return table.loc[table[MARK] == part.label].drop(columns=MARK).reset_index(drop=True)
