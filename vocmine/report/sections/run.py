"""What was read and what was rejected by the run behind the report."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType


@dataclass(frozen=True)
class RunRecord:
    """What was read and what was turned away."""

    read: int
    accepted: int
    rejected: int
    codes: tuple[tuple[str, int], ...] = ()
    sources: tuple[tuple[str, int], ...] = ()


def count_run(data: SectionData) -> Section | None:
    """Give the record of a run.

    It reads ``run``, as ``run.json`` has it: ``read``, ``rejected``, ``rejected_by_code``, ``sources``.
    """
    record = run_record(data.get("run"))
    return None if record is None else record_section("run", (record,))


def run_record(run: Mapping[str, Any] | None) -> RunRecord | None:
    """Read the record of a run; None where it does not say what was read.

    Examples
    --------
    >>> run_record({"read": 10, "rejected": 1, "rejected_by_code": {"empty_text": 1}})
    RunRecord(read=10, accepted=9, rejected=1, codes=(('empty_text', 1),), sources=())
    """
    if not run:
        return None
    codes = _counts(run.get("rejected_by_code") or run.get("rejected"))
    rejected = _count(run.get("rejected"), sum(n for _, n in codes))
    accepted = _count(run.get("accepted"), -1)
    read = _count(run.get("read"), accepted + rejected if accepted >= 0 else -1)
    if read < 0:
        return None
    return RunRecord(read, read - rejected if accepted < 0 else accepted, rejected, codes, _counts(run.get("sources")))


def _count(value: Any, otherwise: int) -> int:
    if isinstance(value, Mapping):
        return sum(_count(part, 0) for part in value.values())
    if isinstance(value, (list, tuple)):
        return len(value)
    return int(value) if isinstance(value, (int, float)) and not math.isnan(value) else otherwise


def _counts(value: Any) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Mapping):
        return ()
    rows = [(str(key), _count(n, 0)) for key, n in value.items()]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


SECTION = SectionType("run", ("run",), count_run, PageLayout(180, template="section_run.html.j2"))
