"""Days on which a source fell silent, and how far the data of each reach."""

from __future__ import annotations

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, SectionData, SectionType, SheetLayout


def _count(data: SectionData) -> Section | None:
    """Name the days without the contacts that a source usually brings: missing data, and no fall.

    It reads ``gaps``: ``source, day, n, expected, status`` (missing or low), as `vocmine.journeys.source_gaps` gives
    them, and ``lags``, as `vocmine.journeys.source_lags` does.
    """
    grids = (_gaps(data.get("gaps")), _lags(data.get("lags")))
    gaps, lags = grids
    found = (Sentence("gaps_found", (("n", "whole", len(gaps.rows)),)),) if gaps.rows else ()
    late = tuple(str(row[0]) for row in lags.rows if row[-1] == "lag_late")
    said = (Sentence("lags_late", (("names", "channels", late),)),) if late else ()
    return grid_section("sources", grids, (*found, *said)) if any(grid.rows for grid in grids) else None


def _gaps(gaps: pd.DataFrame | None) -> Grid:
    if gaps is None or len(gaps) == 0:
        return Grid("gaps", (), ())
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
    return Grid("gaps", cols, rows, most=15)


def _lags(lags: pd.DataFrame | None) -> Grid:
    """From when to when each channel has data."""
    if lags is None or len(lags) == 0:
        return Grid("lags", (), ())
    need(lags, ("source", "n", "first_day", "last_day", "n_silent", "lag_days", "usual_gap_days", "is_late"), "lags")
    rows = tuple(
        (str(row["source"]), int(row["n"]), pd.Timestamp(row["first_day"]).date(), pd.Timestamp(row["last_day"]).date(),
         int(row["n_silent"]), int(row["lag_days"]), int(row["usual_gap_days"]),
         "lag_late" if row["is_late"] else "lag_fine")
        for row in lags.sort_values(["is_late", "n", "source"], ascending=[False, False, True]).to_dict("records")
    )
    cols = (
        Col("col_channel", "channel"), Col("col_n", "whole"), Col("col_first_day", "day"),
        Col("col_lag_last_day", "day"), Col("col_silent_days", "whole"), Col("col_lag", "whole"),
        Col("col_usual_gap", "whole"), Col("x_status", "code"),
    )
    return Grid("lags", cols, rows, folded=all(row[-1] == "lag_fine" for row in rows))


SECTION = SectionType("sources", ("gaps", "lags"), _count, PageLayout(190), SheetLayout(170))
