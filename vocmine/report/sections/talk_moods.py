"""Talks that began badly: how many of them ended better, by reason."""

from __future__ import annotations

from vocmine.report.sections.grid import Col, Grid, Section, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout
from vocmine.stats import share_interval

_FEWEST = 10  # talks that began negative; of fewer a share says nothing


def _count(data: SectionData) -> Section | None:
    """Show of the talks of each reason that began negative the share that ended better; a contact counts under each."""
    base = data.frames.base
    if "mood_start" not in base:
        return None
    bad = base.loc[base["mood_start"].eq("negative") & base["mood_end"].notna()]
    better = bad["mood_end"].ne("negative")
    reasons = data.frames.reasons
    here = reasons.loc[reasons["contact_id"].isin(bad.index)]
    by = here.assign(better=here["contact_id"].map(better).astype(bool)).groupby("issue", sort=True)["better"]
    rows = tuple(
        (str(issue), len(part), share_interval(int(part.sum()), len(part), data.level))
        for issue, part in sorted(by, key=lambda pair: (-len(pair[1]), pair[0]))
        if len(part) >= _FEWEST
    )
    cols = (Col("col_issue", "issue"), Col("col_began_badly", "whole"), Col("col_ended_better", "percent", drawn=True))
    return grid_section("talk_moods", (Grid("talk_moods", cols, rows, most=10),))


SECTION = SectionType("talk_moods", (), _count, PageLayout(83, listed=True), SheetLayout(113))
