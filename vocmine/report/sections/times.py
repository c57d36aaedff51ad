"""Handle times and waits by channel, and the one base of all that counts as solved."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Sentence
from vocmine.stats import Estimate

_SHOWN = (("handle_seconds", "median_handle_seconds"), ("wait_seconds", "median_wait_seconds"))


def time_grid(table: pd.DataFrame) -> Grid:
    """Show average and median of handle time and wait, one row a channel: an average over channels is no one's time.

    Parameters
    ----------
    table : DataFrame
        As `vocmine.journeys.standard_measures` gives it ``by="channel"``.
    """
    need(table, ("channel", "measure", "n", "value", "low", "high"), "journeys times")
    found = {(str(row["channel"]), str(row["measure"])): _minutes(row) for row in table.to_dict("records")}
    sizes = {channel: max(time.n for (at, _), time in found.items() if at == channel) for channel, _ in found}
    rows: list[tuple[Any, ...]] = []
    for channel in sorted(sizes, key=lambda name: (-sizes[name], name)):
        cells: list[Any] = [channel]
        for mean, median in _SHOWN:
            average = found.get((channel, mean), Estimate())
            cells += [average.n or None, average, found.get((channel, median), Estimate())]
        rows.append((*cells, found.get((channel, "after_call_seconds"), Estimate())))
    cols: tuple[Col, ...] = (
        Col("col_channel", "channel"), Col("col_n_timed", "whole"), Col("col_aht", "number"),
        Col("col_handle_median", "number"), Col("col_n_waited", "whole"), Col("col_wait", "number"),
        Col("col_wait_median", "number"), Col("col_acw", "number"),
    )
    if not any(row[-1].known for row in rows):
        cols, rows = cols[:-1], [row[:-1] for row in rows]
    return Grid("times", cols, tuple(rows))


def _minutes(row: dict[object, object]) -> Estimate:
    value, low, high = (float(str(row[name])) / 60 for name in ("value", "low", "high"))
    return Estimate(value, low, high, int(str(row["n"])))


def base_sentences(table: pd.DataFrame | None) -> tuple[Sentence, ...]:
    """Say over which contacts it is counted how many were solved."""
    if table is None:
        return ()
    n = table.loc[table["measure"] == "first_contact_resolution", "n"]
    return (Sentence("journey_base", (("n", "count", int(n.iloc[0])),), ground=True),) if len(n) else ()
