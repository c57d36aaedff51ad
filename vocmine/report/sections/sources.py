"""Days on which a source fell silent."""

from __future__ import annotations

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout


def _count(data: SectionData) -> Section | None:
    """Name the days without the contacts that a source usually brings: missing data, and no fall.

    It reads ``gaps``: ``source, day, n, expected, status`` (missing or low), as `vocmine.journeys.source_gaps` gives
    them.
    """
    gaps = data.get("gaps")
    if gaps is None or len(gaps) == 0:
        return None
    need(gaps, ("source", "day", "n", "expected", "status"), "gaps")
    rows = tuple(
        (str(row["source"]), pd.Timestamp(row["day"]).date(), f"gap_{row['status']}", int(row["n"]),
         float(row["expected"]))
        for row in gaps.sort_values(["day", "source"], ascending=[False, True]).to_dict("records")
    )
    cols = (
        Col("col_channel", "channel"), Col("x_day", "day"), Col("x_status", "code"), Col("col_n", "whole"),
        Col("x_expected", "number"),
    )
    sentences = (Sentence("gaps_found", (("n", "whole", len(rows)),)),)
    return grid_section("sources", (Grid("gaps", cols, rows, most=15),), sentences)


SECTION = SectionType("sources", ("gaps",), _count, PageLayout(190), SheetLayout(170))
