"""Days on which a source fell silent, and what stands beside cost but is never added to it: leaving and reach."""

from __future__ import annotations

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Said, Section, section
from vocmine.stats import Estimate

_FEWEST = 3


def source_section(gaps: pd.DataFrame | None) -> tuple[Section, ...]:
    """Name the days without the contacts that a source usually brings: missing data, and no fall.

    Parameters
    ----------
    gaps : DataFrame, optional
        ``source, day, n, expected, status`` (missing or low), as `vocmine.journeys.source_gaps` gives them.
    """
    if gaps is None or len(gaps) == 0:
        return ()
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
    said = (Said("gaps_found", (("n", "whole", len(rows)),)),)
    return section("sources", (Grid("gaps", cols, rows, most=15),), said)


def watch_section(watch: pd.DataFrame | None) -> tuple[Section, ...]:
    """Show the reasons, and reasons of a product, that suddenly rise or end: the latest alarm of each.

    Parameters
    ----------
    watch : DataFrame, optional
        ``day, reason, n, expected, ratio, ratio_low, ratio_high, status, days`` and, perhaps, ``product``.
    """
    if watch is None or len(watch) == 0:
        return ()
    need(watch, ("day", "reason", "n", "expected", "ratio", "ratio_low", "ratio_high", "status", "days"), "watch")
    table = watch.assign(product=watch["product"].fillna("") if "product" in watch else "")
    table = table.sort_values(["day", "reason", "product"], ascending=[False, True, True])
    rows = tuple(
        (str(row["reason"]), str(row["product"]), f"status_{row['status']}", pd.Timestamp(row["day"]).date(),
         int(row["days"]), int(row["n"]), float(row["expected"]),
         Estimate(float(row["ratio"]), float(row["ratio_low"]), float(row["ratio_high"]), int(row["n"])))
        for row in table.drop_duplicates(["reason", "product"]).to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_product"), Col("x_status", "code"), Col("x_day", "day"),
        Col("col_window", "whole"), Col("col_n", "whole"), Col("x_expected", "number"), Col("x_ratio", "ratio"),
    )
    return section("watch", (Grid("watch", cols, rows, most=10),))


def risk_section(risk: pd.DataFrame | None) -> tuple[Section, ...]:
    """Show hints at leaving and public reach by reason.

    Parameters
    ----------
    risk : DataFrame, optional
        ``reason, n, n_signal, share, low, high, n_customers, n_public, reach``, as `vocmine.journeys.at_risk` gives it.
    """
    if risk is None or len(risk) == 0:
        return ()
    need(risk, ("reason", "n", "n_signal", "share", "low", "high", "n_customers", "n_public", "reach"), "risk")
    table = risk.loc[(risk["n_signal"] >= _FEWEST) | (risk["reach"] > 0)]
    table = table.sort_values(["n_signal", "reach", "reason"], ascending=[False, False, True])
    rows = tuple(
        (str(row["reason"]), int(row["n"]), int(row["n_signal"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n"])),
         int(row["n_customers"]), int(row["n_public"]), float(row["reach"]))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_issue", "issue"), Col("col_n", "whole"), Col("col_leaving", "whole"),
        Col("col_leaving_share", "percent", drawn=True), Col("col_customers", "whole"), Col("col_public", "whole"),
        Col("col_reach", "whole"),
    )
    return section("risk", (Grid("risk", cols, rows, most=8),))
