"""The first pass over a source: which column is which, and how the whole of each is to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter
from vocmine.contacts.adapters.social import fold_posts
from vocmine.contacts.adapters.transcripts import TurnOptions, fold_turns
from vocmine.contacts.cells import as_strings, broken_bytes
from vocmine.contacts.code_columns import CodeJudge
from vocmine.contacts.found import FoundColumns, find_columns, rename_columns
from vocmine.contacts.handle_time import PARTS
from vocmine.contacts.headers import fold_header
from vocmine.contacts.judges.channels import ChannelJudge
from vocmine.contacts.judges.companions import (
    day_companion,
    names_a_clock,
    possible_times,
    time_companion,
    zone_companion,
)
from vocmine.contacts.judges.dates import DateJudge
from vocmine.contacts.judges.decimal_commas import CommaJudge, with_points
from vocmine.contacts.judges.durations import DurationJudge
from vocmine.contacts.judges.ids import IdJudge, unwrap
from vocmine.contacts.judges.scales import ScaleJudge
from vocmine.contacts.lines import RawChunk
from vocmine.contacts.mapping import ContactMapping
from vocmine.contacts.mapping_checks import POST_COLUMNS, TURN_COLUMNS
from vocmine.contacts.mapping_lines import left_out_line, lines_of, may_be_words
from vocmine.contacts.objects import flatten
from vocmine.contacts.opening import HEAD_ROWS, Opened, split_frame
from vocmine.contacts.plan import DURATIONS, ReadingPlan
from vocmine.contacts.reading import ColumnUse, Notes
from vocmine.contacts.suggest import is_prose
from vocmine.contacts.talk_cells import talks_in
from vocmine.frames import CONTACT_COLUMNS

_NUMBERS = (*DURATIONS, "csat", "nps", "cost_extra", "revenue", "concurrency", "reach")
DATES = ("created_at", "updated_at", "customer_since")
_CONTACTS = (*CONTACT_COLUMNS, *PARTS)
_TURNS = (*TURN_COLUMNS, *(name for name in CONTACT_COLUMNS if name != "contact_id"))
_TRANSCRIPTS = tuple(name for name in _TURNS if name not in ("speaker", "seconds"))
_POSTS = (*POST_COLUMNS, *CONTACT_COLUMNS)
_CALLS = ("通話", "コール", "callid", "callsid", "calluuid", "phonecall")  # in the name of an id of talks
_FOLDED_ROWS = 20_000  # folded contacts that are checked at a time
_GROUPED = (*TURN_COLUMNS[:2], *POST_COLUMNS, "contact_id", "customer_id", "agent_id", "channel")


class Survey:
    """Judges of one source, fed chunk by chunk.

    Parameters
    ----------
    source : str
        Name of the source.
    mapping : ContactMapping
        With its time zone.
    targets : sequence of str
        Columns to look for.
    adapter : Adapter, optional
        The system that the source was recognised as.
    timezone_told : bool
        Whether the mapping itself names the zone.
    """

    def __init__(
        self, source: str, mapping: ContactMapping, targets: Sequence[str], adapter: Adapter | None = None,
        timezone_told: bool = False,
    ) -> None:
        self._source, self._mapping, self._targets, self._adapter = source, mapping, tuple(targets), adapter
        self._told = timezone_told
        self._names: tuple[str, ...] = ()
        self._found = FoundColumns({})
        self._dates: dict[str, DateJudge] = {}
        self._durations: dict[str, DurationJudge] = {}
        self._scale: ScaleJudge | None = None
        self._ids: dict[str, IdJudge] = {}
        self._channels: ChannelJudge | None = None
        self._codes = CodeJudge()
        self._companions: tuple[str, ...] = ()
        self._time_of_day: str | None = None
        self._day: str | None = None
        self._maybe_times: list[str] = []
        self._commas: dict[str, CommaJudge] = {}
        self._head = pd.DataFrame()
        self.rows = 0

    def add(self, chunk: RawChunk) -> None:
        """Look at one chunk."""
        self.rows += len(chunk.rows) + len(chunk.broken)
        frame = chunk.frame
        if not len(frame.columns):
            return
        first = not self._names
        if set(frame.columns) - set(self._names):  # objects may bring new keys in any chunk
            self._names = tuple(dict.fromkeys([*self._names, *map(str, frame.columns)]))
            self._found = find_columns(self._names, self._mapping, self._targets, self._source, self._adapter)
            if self._day:
                self._found = self._found.dated(self._day, *self._companions)
            elif self._companions:
                self._found = self._found.joined("created_at", *self._companions)
        if first:
            self._head = frame.head(HEAD_ROWS)
            self._look_for_time_of_day(self._head)
        columns = rename_columns(frame, self._found, self._source, chunk.rows)
        for name in self._found.sources:
            self._feed(name, unwrap(columns[name]))

    def _look_for_time_of_day(self, frame: pd.DataFrame) -> None:
        """Join a column of days with that of the time of day beside it, also where the mapping names the days alone."""
        names = self._found.sources.get("created_at", ())
        if len(names) != 1:
            return
        mapped = set(self._mapping.columns) | set(self._mapping.units) | set(self._mapping.ignore)
        others = {str(name): frame[name] for name in frame if name not in (*names, *mapped)}
        day = day_companion(names[0], frame[names[0]], others)
        if day is not None:
            self._companions = (names[0],)
            self._day = day
            self._found = self._found.dated(day, names[0])
            return
        time = time_companion(names[0], frame[names[0]], others)
        if time is None:
            self._maybe_times = possible_times(frame[names[0]], others)
        zone = zone_companion({name: cells for name, cells in others.items() if name not in self._found.used()})
        self._companions = tuple(name for name in (time, zone) if name is not None)
        if self._companions:
            self._found = self._found.joined("created_at", *self._companions)
        self._time_of_day = time

    def _feed(self, name: str, cells: pd.Series) -> None:
        header = " ".join(self._found.sources[name])
        if name in _NUMBERS:
            commas = self._commas.setdefault(name, CommaJudge())
            commas.add(cells)
            cells = with_points(cells) if commas.decimal else cells
        if name in DATES:
            if name not in self._dates:
                zone = self._mapping.timezone or "UTC"
                self._dates[name] = DateJudge(header, zone, self._mapping.day_first, self._told)
            self._dates[name].add(cells)
        elif name in DURATIONS:
            if name not in self._durations:
                self._durations[name] = DurationJudge(header, name, self._mapping.units.get(header))
            self._durations[name].add(cells)
        elif name == "csat":
            self._scale = self._scale or ScaleJudge(header, self._mapping.units.get(header))
            self._scale.add(cells)
        elif name == "channel":
            if self._channels is None:
                known = dict(self._adapter.channels) if self._adapter else {}
                self._channels = ChannelJudge(header, {**known, **self._mapping.channels})
            self._channels.add(cells)
        elif name == "agent_code":
            self._codes.add(cells)
        elif name in ("contact_id", "customer_id"):
            if name not in self._ids:
                self._ids[name] = IdJudge(header, name)
            self._ids[name].add(cells)

    def plan(self, notes: Notes) -> ReadingPlan:
        """Decide how the source is read, and note what became what, what was left out and what may be wrong.

        Raises
        ------
        ContactError
            If a column can't be read safely: days and months that could be either, ids that a spreadsheet destroyed.
        """
        found = self._found
        for name in DATES:
            if name in found.constants and name not in self._dates:
                self._dates[name] = DateJudge("", self._mapping.timezone or "UTC", self._mapping.day_first, self._told)
                self._dates[name].add(pd.Series([found.constants[name]], dtype=object))
        for ids in self._ids.values():
            ids.check(self._source, notes)
        self._note_times(notes)
        if self._channels is not None:
            self._channels.note(notes)
        above = notes.facts.get("zone", "")
        dates = {name: judge.rule(self._source, notes, above) for name, judge in self._dates.items()}
        days = "created_at" in self._dates and self._dates["created_at"].date_only
        durations = {name: judge.rule(notes, days) for name, judge in self._durations.items()}
        for name, rule in durations.items():
            if rule.doubtful:
                found = found.without(name)
        if found.why.get("agent_code") == "name" and self._codes.free_text:
            found = found.without("agent_code")
        scale = self._scale.rule(notes) if self._scale else None
        how = {name: rule.how for name, rule in dates.items()}
        how.update({name: rule.how for name, rule in durations.items()})
        how["agent_code"] = self._codes.how
        if scale is not None:
            how["csat"] = scale.how
        commas = frozenset(name for name, judge in self._commas.items() if judge.decimal)
        how.update({name: "; ".join(filter(None, (how.get(name, ""), "decimal commas"))) for name in commas})
        self._note(found, how, notes)
        notes.settle_names([*self._mapping.columns, *self._mapping.ignore])
        notes.settle(name for name, why in found.why.items() if why in ("mapping", "constant"))
        hints = {doubt.column: doubt.line for doubt in notes.doubts if doubt.line}
        if self._adapter is not None and self._adapter.usual_channel:
            hints.setdefault("channel", f"constants: {{channel: {self._adapter.usual_channel}}}")
        if "looks like" in notes.facts:
            hints[""] = f"this looks like {notes.facts['looks like']}"
        adapter_channels = dict(self._adapter.channels) if self._adapter else {}
        sure = {name: rule for name, rule in durations.items() if not rule.doubtful}
        return ReadingPlan(
            self._source, found, dates, sure, scale, {**adapter_channels, **self._mapping.channels},
            self._mapping.max_text_chars, self._mapping.handle_includes_after_call, hints, commas,
            self._mapping.speakers,
        )

    def _note_times(self, notes: Notes) -> None:
        """Tell which column was taken for the time of day though its name says otherwise, and which may be one."""
        if self._time_of_day and not names_a_clock(self._time_of_day):
            notes.doubt("taken_for_time_of_day", self._time_of_day, line=f'ignore: ["{self._time_of_day}"]')
        for name in self._maybe_times:
            days = self._found.sources["created_at"][0]
            notes.doubt("time_of_day_left_out", name, shown=name, line=lines_of("created_at", days, name))

    def _note(self, found: FoundColumns, how: dict[str, str], notes: Notes) -> None:
        for target, names in found.sources.items():
            notes.columns.append(ColumnUse(" + ".join(names), target, found.why[target], how.get(target, "")))
        for target, value in found.constants.items():
            notes.columns.append(ColumnUse(str(value), target, "constant"))
        used = found.used()
        notes.left_out = tuple(name for name in self._names if name not in used)
        if self._adapter is None and "text" in found.sources and not self._mapping.columns:
            left = [name for name in notes.left_out if name in self._head and name not in self._mapping.ignore]
            prose = [path for name in left if may_be_words(name) and (path := _prose(self._head[name]))]
            if prose:
                line = left_out_line(prose, found.sources["text"])
                notes.doubt("texts_left_out", shown=", ".join(prose), line=line)
        texts = found.sources.get("text", ())
        if "contact_id" in self._targets and len(texts) == 1 and texts[0] in self._head:
            talks = talks_in(self._head[texts[0]], self._mapping)
            if talks:
                share = f"{max(talks, 0.01):.0%}"
                notes.fact("talks", f"{share} of the first texts, of which the customer's turns are the text")


def _prose(cells: pd.Series) -> str:
    """Give the name of a column of prose; of one that holds lists of objects, the dotted name of the prose in them."""
    name = str(cells.name)
    if not any(isinstance(cell, list | dict) for cell in cells):
        return name if is_prose(cells) else ""
    items = [item for cell in cells for item in (cell if isinstance(cell, list) else [cell]) if isinstance(item, dict)]
    spread = flatten(items)
    return next((f"{name}.{key}" for key in spread if is_prose(spread[key])), "")


def decide(
    opened: Opened, mapping: ContactMapping, timezone_told: bool, notes: Notes
) -> tuple[ReadingPlan, Iterator[RawChunk], int]:
    """Judge a source whole; give how it is read, its chunks to be checked, and how many rows it has.

    Rows that are turns of conversations or posts are held in memory and folded here.
    """
    name = opened.source.name
    whole = opened.rows_are != "contacts"
    judges = Survey(name, mapping, targets_of(opened), table_adapter(opened), timezone_told)
    kept: list[RawChunk] = []
    for chunk in _with_head(iter(opened.judged) if opened.judged and not whole else opened.chunks(notes)):
        judges.add(chunk)
        if whole:
            kept.append(chunk)
    plan = judges.plan(notes)
    if not whole:
        return plan, opened.chunks(Notes()), judges.rows
    frame, rows, broken = _with_whole_keys(*_typed(kept, plan))
    if opened.rows_are == "posts":
        folded = fold_posts(frame, "UTC", rows)
    else:
        frame = _with_channel(frame, plan, notes)
        options = TurnOptions("UTC", mapping.speakers, mapping.active_gap_minutes, plan.channels)
        folded = fold_turns(frame, options, rows, notes)
    return settled(plan, folded), _as_chunks(folded, broken), judges.rows


def _with_channel(frame: pd.DataFrame, plan: ReadingPlan, notes: Notes) -> pd.DataFrame:
    """Give talks without a channel one: the name of their id tells calls, others are taken for chats, which is told."""
    if "channel" in frame:
        return frame
    key = fold_header(" ".join(plan.found.sources.get("conversation_id", ())))
    if any(word in key for word in _CALLS):
        notes.fact("channel", "call, by the name of the id")
        return frame.assign(channel="call")
    notes.doubt("channel_assumed", "channel", shown="chat", line="constants: {channel: chat}")
    return frame.assign(channel="chat")


def _with_head(chunks: Iterator[RawChunk]) -> Iterator[RawChunk]:
    """Put the first chunks together until they hold `HEAD_ROWS` rows: what they tell must not depend on their size."""
    first: list[RawChunk] = []
    for chunk in chunks:
        first.append(chunk)
        if sum(len(each.rows) for each in first) >= HEAD_ROWS:
            break
    if first:
        yield _together(first)
    yield from chunks


def _together(chunks: list[RawChunk]) -> RawChunk:
    if len(chunks) == 1:
        return chunks[0]
    full = [chunk.frame for chunk in chunks if len(chunk.frame)] or [chunks[0].frame]
    rows = np.concatenate([chunk.rows for chunk in chunks])
    return RawChunk(pd.concat(full, ignore_index=True), rows, [line for chunk in chunks for line in chunk.broken])


def targets_of(opened: Opened) -> tuple[str, ...]:
    """Give the columns to look for in a source."""
    return {"turns": _TURNS, "transcripts": _TRANSCRIPTS, "posts": _POSTS}.get(opened.rows_are, _CONTACTS)


def table_adapter(opened: Opened) -> Adapter | None:
    """Give the adapter as far as it speaks of the columns there are: what was folded has those of the table already."""
    return replace(opened.adapter, columns={}) if opened.adapter and opened.folded else opened.adapter


def settled(plan: ReadingPlan, frame: pd.DataFrame) -> ReadingPlan:
    """Give the plan for rows that were read and folded already: their columns are those of the table."""
    sources: dict[str, tuple[str, ...]] = {str(name): (str(name),) for name in frame if name in CONTACT_COLUMNS}
    found = FoundColumns(sources, dict.fromkeys(sources, "same"))
    return replace(plan, found=found, durations={}, scale=None)


def _typed(chunks: list[RawChunk], plan: ReadingPlan) -> tuple[pd.DataFrame, np.ndarray, list[tuple[int, str, str]]]:
    """Put all rows of a source one under the other, their times and durations read."""
    full = [chunk for chunk in chunks if len(chunk.frame)] or chunks[:1]
    frames = [plan.typed(plan.raw(chunk.frame, chunk.rows)) for chunk in full]
    rows = np.concatenate([chunk.rows for chunk in full]) if full else np.arange(0)
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return frame, rows, [line for chunk in chunks for line in chunk.broken]


def _with_whole_keys(
    frame: pd.DataFrame, rows: np.ndarray, broken: list[tuple[int, str, str]]
) -> tuple[pd.DataFrame, np.ndarray, list[tuple[int, str, str]]]:
    """Set rows apart whose id or speaker has bytes that do not fit the encoding: whose they are, nobody knows."""
    odd = np.zeros(len(frame), dtype=bool)
    for name in _GROUPED:
        if name in frame:
            odd |= broken_bytes(as_strings(frame[name]))
    if not odd.any():
        return frame, rows, broken
    apart = [(int(row), "wrong_encoding", "") for row in rows[odd]]
    return frame[~odd].reset_index(drop=True), rows[~odd], [*broken, *apart]


def _as_chunks(folded: pd.DataFrame, broken: list[tuple[int, str, str]]) -> Iterator[RawChunk]:
    rows = folded.pop("row").to_numpy(dtype="int64")
    if broken:
        yield RawChunk(folded.iloc[:0], rows[:0], broken)
    yield from split_frame(folded, _FOLDED_ROWS, rows)
