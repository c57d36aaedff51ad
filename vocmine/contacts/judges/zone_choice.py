"""Which zone the times of a column are in: told, in its name, in its cells, or that of the settings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.contacts.date_words import DateWords
from vocmine.contacts.reading import Notes
from vocmine.contacts.zones import ZoneWord, header_zone, own_words, zone_table
from vocmine.errors import ContactError

_NONE = np.iinfo("int64").min


class ZoneCells:
    """What the cells of a column say of their zones, counted chunk by chunk."""

    def __init__(self) -> None:
        self.own = self.naive = 0
        self.several: dict[str, int] = {}
        self.first, self.last = np.iinfo("int64").max, _NONE

    def add(self, words: DateWords, local: np.ndarray) -> None:
        """Count the cells of one group; `local` are their times on the clock that was written."""
        counts = np.bincount(words.tail, minlength=len(words.tails))
        for zone, n in zip(words.tails, counts.tolist(), strict=True):
            if zone.zone:
                self.own += n
            elif zone.trouble == "several":
                self.several[zone.word] = self.several.get(zone.word, 0) + n
            elif not zone.trouble:
                self.naive += n
        self._span(local[local != _NONE])

    def add_typed(self, times: pd.DatetimeIndex) -> None:
        """Count times that are typed as such."""
        if times.tz is not None:
            self.own += len(times)
            return
        self.naive += len(times)
        self._span(times.as_unit("us").to_numpy("datetime64[us]").view("int64"))

    def days(self) -> pd.DatetimeIndex:
        """Give some days from the first to the last, to compare clocks on."""
        if self.first > self.last:
            return pd.DatetimeIndex([])
        return pd.DatetimeIndex(np.linspace(self.first, self.last, 25).astype("int64").view("datetime64[us]"))

    def _span(self, local: np.ndarray) -> None:
        if len(local):
            self.first, self.last = min(self.first, int(local.min())), max(self.last, int(local.max()))


@dataclass(frozen=True)
class ZoneChoice:
    """The zone, how it was found, and the abbreviations that are known to mean it."""

    zone: str
    how: str
    own_words: frozenset[str] = frozenset()


def choose_zone(
    header: str, default: str, told: bool, cells: ZoneCells, total: int, where: str, notes: Notes, above: str = "",
) -> ZoneChoice:
    """Choose the zone of the times that name none.

    Parameters
    ----------
    header : str
        Name of the column.
    default : str
        Zone of the mapping or of the settings.
    told : bool
        Whether the mapping names it.
    cells : ZoneCells
        What the cells say.
    total : int
        Cells that are dates.
    where : str
        For the message.
    notes : Notes
        Gets the doubts.
    above : str
        Zone that the lines above the column names tell, if any.

    Raises
    ------
    ContactError
        If the name of the column, or most cells, tell an abbreviation of several zones.
    """
    named = header_zone(header)
    own = own_words(default) if told else frozenset()
    _check_cells(header, cells, own, total, where, notes)
    needed = cells.naive > 0
    if told:
        if needed and named.zone and named.word not in own and not _same_clock(named.zone, default, cells.days()):
            shown = f"{_label(named)}, {default}"
            notes.doubt("zone_contradicted", header, shown=shown, line=f"timezone: {named.zone}")
        return ZoneChoice(default, f"zone {default}, from the mapping" if needed else "zones from the cells", own)
    if not needed:
        return ZoneChoice(default, "zones from the cells" if cells.own else "")
    if named.trouble == "several":
        raise _several("the name of a column has a zone with several meanings", named.word, where)
    if 0 < cells.naive <= cells.own:
        taken = named.zone or above or default
        notes.doubt("zone_left_out", header, rows=cells.naive, shown=taken, line=f"timezone: {taken}")
    if named.trouble:
        notes.doubt("zone_not_named", header, shown=f"{named.word}, {default}", line=f"timezone: {default}")
    if not named.zone:
        how = "from the lines above the names" if above else "as none is named"
        return ZoneChoice(above or default, f"zone {above or default}, {how}")
    place = zone_table()["seasons"].get(named.word)
    if place and not _same_clock(named.zone, place, cells.days()):
        notes.doubt("zone_of_other_season", header, shown=f"{_label(named)} ({named.zone})", line=f"timezone: {place}")
    return ZoneChoice(named.zone, f"zone {named.zone}, from its name")


def _check_cells(
    header: str, cells: ZoneCells, own: frozenset[str], total: int, where: str, notes: Notes
) -> None:
    unclear = {word: n for word, n in cells.several.items() if word not in own}
    rows = sum(unclear.values())
    if not rows:
        return
    if rows * 2 > total:
        raise _several("zones with several meanings", next(iter(unclear)), where)
    places = zone_table()["several"][next(iter(unclear))]
    notes.doubt("zone_of_several", header, rows=rows, shown=", ".join(word.upper() for word in unclear),
                line=f"timezone: {places[0]}")


def _several(what: str, word: str, where: str) -> ContactError:
    places = zone_table()["several"][word]
    return ContactError(
        what, where=where, got=word.upper(), expected=f"one zone; {word.upper()} is that of {' and '.join(places)}",
        hint=f"say timezone: {places[0]} (or {places[1]}) in the mapping",
    )


def _label(named: ZoneWord) -> str:
    return named.word.upper() if named.word.isascii() and "/" not in named.word else named.word


def _same_clock(one: str, other: str, days: pd.DatetimeIndex) -> bool:
    def utc(zone: str) -> np.ndarray:
        local = days.tz_localize(zone, ambiguous=np.ones(len(days), bool), nonexistent="shift_forward")
        return np.asarray(local.tz_convert("UTC").tz_localize(None))

    return bool(len(days) == 0 or (utc(one) == utc(other)).all())
