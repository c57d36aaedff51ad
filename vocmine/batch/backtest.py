"""Backtest: what would have been told when, with other sensitivities, and how often it would have been false."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd

from vocmine import __version__
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.events import Event
from vocmine.batch.folder_identity import need_identity
from vocmine.batch.reliability import per_30_days, write_backtest
from vocmine.batch.replay import Replay, Sensitivity, replay
from vocmine.batch.replay_rows import INCIDENT, ReplayRow, rows_of_replays
from vocmine.batch.shuffled_days import History, ShuffledHistory, StoredHistory
from vocmine.batch.state import locked
from vocmine.csvfile import write_csv
from vocmine.embed import remembered_vectors
from vocmine.errors import ContactError, SettingsError
from vocmine.settings import Settings

_MOST_VECTORS = 40_000  # distinct texts whose vectors are kept for all replays: 80 MB; those of others are made anew
_LEAST_SETTLE, _MOST_SETTLE = 7, 366
_TABLE = (
    "alpha", "min_ratio", "settle_days", "in_use", "day", "kind", "status", "incident_id", "name", "n", "first_day",
    "delay_days", "n_by_then", "n_contacts", "state",
)


@dataclass(frozen=True)
class BacktestPlan:
    """What is tried.

    Parameters
    ----------
    alphas, min_ratios : sequence of float
    settle_days : sequence of int
        Of `vocmine.topics.TopicRegistry`; each is tried with each, and what runs have is always among them.
    days : int, optional
        Days before the last contact that are replayed; all if None.
    shuffles : int
        Times that the history is replayed with shuffled days; 0: how often it is false stays unknown.

    Raises
    ------
    SettingsError
        If a value is out of its range.

    Examples
    --------
    >>> len(BacktestPlan(alphas=(0.005, 0.02), min_ratios=(2.0, 3.0)).settings())
    4
    """

    alphas: Sequence[float] = (0.005, 0.02, 0.05)
    min_ratios: Sequence[float] = (2.0, 3.0)
    settle_days: Sequence[int] = (14,)
    days: int | None = None
    shuffles: int = 1

    def __post_init__(self) -> None:
        _check("alpha", self.alphas, 0.0, 0.5, "numbers between 0 and 0.5, such as 0.005,0.02")
        _check("min-ratio", self.min_ratios, 1.0, 1000.0, "numbers above 1, such as 2,3")
        expected = f"days, {_LEAST_SETTLE} to {_MOST_SETTLE}, such as 14"
        _check("settle-days", self.settle_days, _LEAST_SETTLE - 1, _MOST_SETTLE, expected)
        for name, value, least in (("days", self.days, _LEAST_SETTLE + 1), ("shuffles", self.shuffles, 0)):
            if value is not None and value < least:
                raise SettingsError(
                    f"--{name} is out of range", where=name, got=str(value), expected=f"a whole number, {least} or more"
                )

    def settings(self) -> list[Sensitivity]:
        """Give all settings in order, with the one that runs have."""
        tried = {Sensitivity(*values) for values in product(self.alphas, self.min_ratios, self.settle_days)}
        return sorted(tried | {Sensitivity.in_use()})


@dataclass(frozen=True)
class FalseAlarms:
    """What was told of one history with shuffled days: all of it false.

    Parameters
    ----------
    days, alarms, incidents : int
    """

    days: int
    alarms: int
    incidents: int


@dataclass(frozen=True)
class SettingResult:
    """What one sensitivity would have told.

    Parameters
    ----------
    setting : Sensitivity
    in_use : bool
        Whether runs have it.
    days : int
        Days that were judged.
    told : tuple of ReplayRow
    shuffled : tuple of FalseAlarms
        One a replay of shuffled days.
    """

    setting: Sensitivity
    in_use: bool
    days: int
    told: tuple[ReplayRow, ...]
    shuffled: tuple[FalseAlarms, ...] = ()

    @property
    def incidents(self) -> list[ReplayRow]:
        """Incidents when they were first told."""
        return [row for row in self.told if row.kind == INCIDENT]

    def to_dict(self, level: float) -> dict[str, Any]:
        """Give plain values: counts and rates, what was told, and what of shuffled days was false."""
        opened = self.incidents
        alarms = len(self.told) - len(opened)
        days = sum(found.days for found in self.shuffled)
        rates = {
            kind: per_30_days(sum(getattr(found, kind) for found in self.shuffled), days, level)
            for kind in ("alarms", "incidents")
        }
        return asdict(self.setting) | {
            "in_use": self.in_use, "days": self.days, "n_alarms": alarms, "n_incidents": len(opened),
            "alarms_per_30_days": per_30_days(alarms, self.days, level)["per_30_days"],
            "incidents_per_30_days": per_30_days(len(opened), self.days, level)["per_30_days"],
            "median_delay_days": _middle([row.delay_days for row in opened if row.delay_days is not None]),
            "median_contacts": _middle([row.n_by_then for row in opened]),
            "told": [asdict(row) for row in self.told],
            "false": {"days": days, "replays": [asdict(found) for found in self.shuffled], **rates},
        }


@dataclass(frozen=True)
class Backtest:
    """What a backtest found.

    Parameters
    ----------
    home : Path
    first, last : str
        Days that were replayed.
    n_days, n_contacts : int
        Days with contacts, and contacts.
    n_fixed : int, optional
        Contacts that could not be put on another day; None without shuffles.
    level : float
        Of the intervals.
    results : tuple of SettingResult
    """

    home: Path
    first: str
    last: str
    n_days: int
    n_contacts: int
    n_fixed: int | None
    level: float
    results: tuple[SettingResult, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for a file; the same history gives the same."""
        return {
            "vocmine": __version__, "first": self.first, "last": self.last, "days": self.n_days,
            "contacts": self.n_contacts, "contacts_fixed": self.n_fixed, "level": self.level,
            "settings": [result.to_dict(self.level) for result in self.results],
        }

    def to_json(self) -> str:
        """Give `to_dict` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, sort_keys=True)

    def to_frame(self, lang: str) -> pd.DataFrame:
        """Give a row for each thing that would have been told, with names in a language."""
        rows = [
            {**asdict(result.setting), "in_use": result.in_use, **asdict(row), "name": row.name(lang)}
            for result in self.results for row in result.told
        ]
        table = pd.DataFrame(rows, columns=list(_TABLE))
        return table.astype({"delay_days": "Int64", "n_contacts": "Int64"})


def backtest_results(home: Path, plan: BacktestPlan, settings: Settings) -> Iterator[Event]:
    """Replay the stored history of a results folder, once a sensitivity, and once more with its days shuffled.

    Nothing of the folder is changed but ``backtest.json``, which is written where days were shuffled. A backtest that
    is stopped leaves nothing behind.

    Parameters
    ----------
    home : Path
        The results folder.
    plan : BacktestPlan
    settings : Settings
        Time zone, seed, level of the intervals.

    Yields
    ------
    Event
        Days as they are replayed; the last one has the `Backtest`.

    Raises
    ------
    ContactError
        If the folder has no contacts, or none after the days in which topics settle.
    """
    need_identity(home, settings)
    store = ContactStore(home, settings.timezone)
    tried = plan.settings()
    history = StoredHistory(store, plan.days)
    _need_days(history, home, tried)
    with locked(home), remembered_vectors(_MOST_VECTORS):
        found = yield from _played(history, tried, settings, "replaying the days as they came")
        told = rows_of_replays(found, history, settings.timezone)
        wrong: list[list[FalseAlarms]] = [[] for _ in tried]
        n_fixed = None
        for number in range(plan.shuffles):
            shuffled = ShuffledHistory(history, settings.seed * 1_000 + number)
            n_fixed = shuffled.n_fixed
            text = f"replaying shuffled days, {number + 1} of {plan.shuffles}"
            for place, done in enumerate((yield from _played(shuffled, tried, settings, text))):
                wrong[place].append(FalseAlarms(done.days, done.n_alarms, len(done.opened)))
        results = tuple(
            SettingResult(done.setting, done.setting == Sensitivity.in_use(), done.days, rows, tuple(false))
            for done, rows, false in zip(found, told, wrong, strict=True)
        )
        first, last, n = history.days[0], history.days[-1], len(history.index())
        made = Backtest(home, first, last, len(history.days), n, n_fixed, settings.level, results)
        if plan.shuffles:
            write_backtest(home, made.to_dict())
    yield Event("done", 1, 1, "done", made)


def backtest_plan(
    alpha: str, min_ratio: str, settle_days: str, days: int | None, shuffles: int, table: Path | None = None
) -> BacktestPlan:
    """Read what a user typed.

    Parameters
    ----------
    alpha, min_ratio, settle_days : str
        Numbers with commas between them.
    days : int, optional
    shuffles : int
    table : Path, optional
        Where `write_told` shall write: refused now if it could not, before the work.

    Raises
    ------
    SettingsError
        If a value is no number or out of its range, or the table is no ``.csv``.

    Examples
    --------
    >>> backtest_plan("0.02", "2", "14,21", None, 0).settle_days
    (14, 21)
    """
    if table is not None and table.suffix != ".csv":
        got = table.suffix or "no ending"
        raise SettingsError("unknown format of the table", where="--to", got=got, expected=".csv")
    settle = _numbers(settle_days, "--settle-days")
    if not all(value.is_integer() for value in settle):
        raise SettingsError("days are whole", where="--settle-days", got=settle_days, expected="such as 14,21")
    whole = tuple(int(value) for value in settle)
    return BacktestPlan(_numbers(alpha, "--alpha"), _numbers(min_ratio, "--min-ratio"), whole, days, shuffles)


def write_told(path: Path, found: Backtest, lang: str) -> None:
    """Write what would have been told as a table."""
    write_csv(path, found.to_frame(lang))


def _numbers(text: str, option: str) -> tuple[float, ...]:
    """Read numbers with commas between them, each once."""
    try:
        return tuple(dict.fromkeys(float(part) for part in text.split(",")))
    except ValueError:
        raise SettingsError("no list of numbers", where=option, got=repr(text), expected="such as 0.005,0.02") from None


def _played(
    history: History, tried: list[Sensitivity], settings: Settings, text: str
) -> Generator[Event, None, list[Replay]]:
    """Replay a history and tell of each day."""
    running = replay(history, tried, settings.timezone, settings.seed)
    while True:
        try:
            done = next(running)
        except StopIteration as end:
            replays: list[Replay] = end.value
            return replays
        yield Event("topics", done, len(history.days), text)


def _middle(values: list[int]) -> float | None:
    return float(median(values)) if values else None


def _need_days(history: StoredHistory, home: Path, tried: list[Sensitivity]) -> None:
    least = min(setting.settle_days for setting in tried)
    if not history.days:
        raise ContactError("there are no contacts to replay", where=str(home), expected="a folder of `vocmine run`")
    if len(history.days) <= least + 1:
        raise ContactError(
            "too few days to replay", where=str(home), got=f"{len(history.days)} days with contacts",
            expected=f"more than {least + 1}: topics settle in the first {least}",
        )


def _check(name: str, values: Sequence[float], above: float, most: float, expected: str) -> None:
    if not values or not all(above < value <= most for value in values):
        got = ", ".join(f"{value:g}" for value in values) or "nothing"
        raise SettingsError(f"--{name} is out of range", where=name, got=got, expected=expected)
