"""What the command line shows of a run: a bar or log lines while it works, and its last words."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from vocmine.errors import VocmineError

if TYPE_CHECKING:
    from vocmine.batch import Backtest, Event, RunResult

_SHOWN_DOUBTS = 5  # sentences; the rest stands in run.json
_SHOWN_GONE = 5  # names in a line; the rest is counted


def shown(events: Iterator[Event]) -> RunResult:
    """Show a progress bar on a terminal, a log line a stage otherwise; give the result of the last event."""
    return cast("RunResult", _last(events, "the same command goes on where it stopped"))


def shown_backtest(events: Iterator[Event]) -> Backtest:
    """Show the progress of a backtest as that of a run; give what it found."""
    return cast("Backtest", _last(events, "nothing was changed; the same command begins anew"))


def _last(events: Iterator[Event], hint: str) -> RunResult | Backtest:
    try:
        return _bar(events) if sys.stderr.isatty() else _log(events)
    except KeyboardInterrupt:
        raise VocmineError("stopped", hint=hint) from None


def _bar(events: Iterator[Event]) -> RunResult | Backtest:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.description}")
    columns = (SpinnerColumn(), text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks = {}
        for event in events:
            if event.result is not None:
                return event.result
            if event.stage not in tasks:
                tasks[event.stage] = progress.add_task(event.text, total=event.of)
            progress.update(tasks[event.stage], description=event.text, completed=event.n, total=event.of)
    raise VocmineError("the run ended without a result")


def _log(events: Iterator[Event]) -> RunResult | Backtest:
    log = logging.getLogger("vocmine")
    last = ""
    for event in events:
        if event.result is not None:
            return event.result
        if event.text != last:
            log.info("%s", event.text)
            last = event.text
    raise VocmineError("the run ended without a result")


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    import yaml

    words: dict[str, dict[str, str]] = yaml.safe_load(
        files("vocmine").joinpath("data", "cli.yaml").read_text(encoding="utf-8")
    )
    return words


def missing_lines(names: Sequence[str], lang: str) -> list[str]:
    """Say what an earlier run of the folder was given and this command was not.

    Examples
    --------
    >>> missing_lines(["costs"], "en")
    ['the last run had --costs and this command has not: other figures, and without --costs no money']
    >>> missing_lines([], "ja")
    []
    """
    words = _words()[lang]
    return [words["no_longer"].format(names=", ".join(f"--{name}" for name in names))] if names else []


def closing_lines(result: RunResult, lang: str) -> list[str]:
    """Say what a run did, in the lines that end the command.

    Parameters
    ----------
    result : RunResult
        What the run did.
    lang : {"ja", "en"}
        Language.
    """
    words = _words()[lang]
    lines = [words["read"].format(read=result.n_read, accepted=result.n_accepted, rejected=result.n_rejected)]
    if result.n_rejected:
        codes = ", ".join(f"{code} {n}" for code, n in sorted(result.rejected_by_code.items()))
        lines.append(words["reject"].format(codes=codes, path=result.out / "rejected.csv"))
    if result.left_empty:
        cells = ", ".join(f"{what} {n:,}" for what, n in sorted(result.left_empty.items()))
        lines.append(words["left_empty"].format(cells=cells))
    lines += [words["doubt"].format(doubt=doubt) for doubt in result.doubts[:_SHOWN_DOUBTS]]
    if (more := len(result.doubts) - _SHOWN_DOUBTS) > 0:
        lines.append(words["doubts_more"].format(n=more, path=result.out / "run.json"))
    kept = {"stored": result.n_stored, "replaced": result.n_replaced, "unchanged": result.n_unchanged}
    lines.append(words["stored"].format(**kept))
    if result.n_apart:
        lines.append(words["apart"].format(apart=result.n_apart))
    lines += [words["alerts"].format(n=result.n_alerts), words["findings"]]
    lines += [f"  {i}. {finding}" for i, finding in enumerate(result.findings[:3], 1)]
    if result.narrowing:
        lines.append(result.narrowing)
    if result.gone:
        names = ", ".join(result.gone[:_SHOWN_GONE]) + (", ..." if len(result.gone) > _SHOWN_GONE else "")
        lines.append(words["gone"].format(n=len(result.gone), names=names, path=result.out))
    if result.notified is not None:
        lines += result.notified.lines
    return [*lines, words["report"].format(path=result.out / "report.html")]
