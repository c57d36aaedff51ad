"""What a run tells while it works: plain values, which a command line, a notebook or a scheduler may show."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vocmine.results import ListFit

if TYPE_CHECKING:
    from vocmine.batch.backtest import Backtest
    from vocmine.batch.notifying import Notified

Stage = Literal["read", "store", "topics", "cost", "report", "notify", "done"]


@dataclass(frozen=True)
class RunResult:
    """What a run did.

    Parameters
    ----------
    out : Path
        Folder of the results.
    n_read, n_accepted, n_rejected : int
        Rows of this run; ``n_accepted + n_rejected == n_read``.
    n_stored : int
        Contacts in the folder after the run.
    n_alerts : int
        Alerts raised for the days of this run.
    findings : tuple of str
        The first findings of the report, as sentences.
    narrowing : str
        What checking contacts by hand would do to the range of the dearest issue, in a sentence; may be empty.
    rejected_by_code : dict of str to int
        Rejected rows by code.
    seconds : dict of str to float
        Wall seconds by stage.
    n_unknown : int
        Accepted contacts of this run whose reason is unknown.
    gone : tuple of str
        Reasons of earlier runs that the list of reasons of this run lacks; see `vocmine.batch.migrate_results`.
    left_empty : dict of str to int
        Cells of this run that were left empty in rows that were kept, by column and code.
    doubts : tuple of str
        What is doubtful about how the files were read, a sentence each with the line that settles it.
    n_replaced, n_unchanged : int
        Accepted rows of this run that changed a contact known before, and those that said what was known; the others
        brought a contact each.
    n_apart : int
        Contacts of this run whose id another system brought first: they are stored as ``system:id``.
    fit : ListFit, optional
        How the list of reasons fits the contacts of the report's period.
    notified : Notified, optional
        What was told of incidents; see `vocmine.batch.notifying.notify`.
    """

    out: Path
    n_read: int
    n_accepted: int
    n_rejected: int
    n_stored: int
    n_alerts: int
    findings: tuple[str, ...]
    rejected_by_code: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    n_unknown: int = 0
    gone: tuple[str, ...] = ()
    left_empty: dict[str, int] = field(default_factory=dict)
    narrowing: str = ""
    doubts: tuple[str, ...] = ()
    n_replaced: int = 0
    n_unchanged: int = 0
    n_apart: int = 0
    fit: ListFit | None = None
    notified: Notified | None = None

    @property
    def exit_code(self) -> int:
        """0 where every row was taken, 3 where some were rejected."""
        return 3 if self.n_rejected else 0


@dataclass(frozen=True)
class Event:
    """One step of a run.

    Parameters
    ----------
    stage : str
        Where the run is.
    n : int
        How far in this stage, in rows, days or files.
    of : int or None
        How many there are, if known.
    text : str
        What is done, in a few words; never customer text.
    result : RunResult, Backtest or None
        Set on the last event only.
    """

    stage: Stage
    n: int = 0
    of: int | None = None
    text: str = ""
    result: RunResult | Backtest | None = None
