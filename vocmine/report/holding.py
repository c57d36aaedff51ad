"""What is held back where most contacts have no reason: comparing the few that have one would mislead."""

from __future__ import annotations

from dataclasses import replace

from vocmine.report.findings import mostly_unknown
from vocmine.report.sections.grid import Section
from vocmine.report.summary import IssueLine, Summary
from vocmine.stats import NAN, Estimate

_SECTIONS = frozenset({"narrowing"})
_GRIDS = frozenset({
    "solved", "self_service", "shifts", "misroutes", "one_touch_cells", "complexity", "channel_complexity",
})
_NOTES = ("avoidable", "repeats", "order_")  # what the cost table notes on savings and repeats
_SENTENCES = frozenset({"journey_back", "journey_break_reason"})


def held_back(s: Summary) -> Summary:
    """Take out priorities, savings, advice on self-service, and repeats and one-touch by reason.

    Totals, costs by line of the ledger (with the line of contacts without a reason), incidents, topics, channels and
    what needs no reason stay. The first screen says once why.

    Parameters
    ----------
    s : Summary
        Numbers; given back as they are where the list of reasons fits.
    """
    if not mostly_unknown(s):
        return s
    sections = tuple(_left(section) for section in s.sections if section.key not in _SECTIONS)
    return replace(
        s, issues=tuple(map(_plain, s.issues)), rest=tuple(map(_plain, s.rest)), ranked=False, fix_rate=NAN,
        notes=tuple(note for note in s.notes if not note.code.startswith(_NOTES)),
        sections=tuple(each for each in sections if each.sentences or each.grids or each.records),
    )


def _plain(line: IssueLine) -> IssueLine:
    return replace(
        line, avoidable=NAN, marginal=NAN, avoidable_payout=NAN, repeat_share=NAN, rank=Estimate(),
    )


def _left(section: Section) -> Section:
    """Leave out grids and sentences that compare reasons."""
    grids = tuple(grid for grid in section.grids if grid.key not in _GRIDS)
    sentences = tuple(each for each in section.sentences if each.key not in _SENTENCES)
    return replace(section, grids=grids, sentences=sentences)
