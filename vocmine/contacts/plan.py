"""How the rows of one source are read: decided once for the whole source, then applied chunk by chunk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from vocmine.contacts.found import FoundColumns, rename_columns
from vocmine.contacts.judges.dates import DateRule
from vocmine.contacts.judges.decimal_commas import with_points
from vocmine.contacts.judges.durations import DurationRule
from vocmine.contacts.judges.ids import unwrap
from vocmine.contacts.judges.scales import ScaleRule

DURATIONS = (
    "handle_seconds", "after_call_seconds", "talk_seconds", "hold_seconds", "wait_seconds", "first_response_seconds",
    "seconds",
)


@dataclass(frozen=True)
class ReadingPlan:
    """What was decided about a source.

    Parameters
    ----------
    source : str
        Its name, for messages and constants.
    found : FoundColumns
        Which column is which.
    dates : mapping of str to DateRule
        How to read points in time, by column of the table.
    durations : mapping of str to DurationRule
        How to read durations, by column of the table.
    scale : ScaleRule, optional
        How to read satisfaction.
    channels : dict of str to str
        Names of channels beyond the shipped ones.
    max_text_chars : int
        Longer texts are rejected.
    handle_includes_after_call : bool
        See `vocmine.contacts.handle_time.with_handle_time`.
    hints : mapping of str to str
        Lines of the mapping that may bring a column, where it is missing.
    commas : frozenset of str
        Columns of the table whose numbers have a decimal comma.
    speakers : mapping of str to str
        Told: who speaks in texts that are whole talks.
    """

    source: str
    found: FoundColumns
    dates: Mapping[str, DateRule]
    durations: Mapping[str, DurationRule] = field(default_factory=dict)
    scale: ScaleRule | None = None
    channels: dict[str, str] = field(default_factory=dict)
    max_text_chars: int = 50_000
    handle_includes_after_call: bool = True
    hints: Mapping[str, str] = field(default_factory=dict)
    commas: frozenset[str] = frozenset()
    speakers: Mapping[str, str] = field(default_factory=dict)

    def raw(self, frame: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
        """Give a chunk its columns of the table, cells as they stand in the source."""
        columns = rename_columns(frame, self.found, self.source, rows)
        known = {*self.found.sources}
        cells = {name: unwrap(columns[name]) for name in columns if name in known}
        cells.update({name: with_points(cells[name]) for name in self.commas if name in cells})
        return columns.assign(**cells)

    def typed(self, raw: pd.DataFrame) -> pd.DataFrame:
        """Read the times, durations and satisfaction of a chunk; what can't be read is missing."""
        read: dict[str, pd.Series] = {}
        for name, rule in self.dates.items():
            if name in raw:
                read[name] = pd.Series(rule.read(raw[name]), index=raw.index)
        for name, duration in self.durations.items():
            if name in raw:
                read[name] = pd.Series(duration.read(raw[name]), index=raw.index)
        if self.scale is not None and "csat" in raw:
            read["csat"] = pd.Series(self.scale.read(raw["csat"]), index=raw.index)
        return raw.assign(**read)
