"""Sums in place of contacts: they add up, and none tells of fewer contacts than asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.report.explore.cube import NO_DAY, cube
from vocmine.report.explore.dims import dimensions
from vocmine.report.explore.parts import ledger_parts


def made(report):
    source, summary = report.source, report.summary
    totals = {line.issue: (line.cost.value, line.payout.value) for line in summary.lines}
    place = {line.issue: i for i, line in enumerate(summary.lines)}
    parts = ledger_parts(source, totals, 0)
    days = (source.contacts["day"] - pd.Timestamp(summary.first_day)).dt.days.to_numpy()
    return parts.assign(place=parts["issue"].map(place)), days, dimensions(source.contacts, report.view.words)


@pytest.mark.parametrize("fold", [1, 5, 40, 10_000])
def test_cells_add_up_to_the_parts(explored, fold):
    parts, days, dims = made(explored())
    table = cube(parts, days, dims, fold, 0)
    for name in ("cost", "payout"):
        got = pd.Series(table[name]).groupby(table["issue"]).sum()
        assert got.to_dict() == parts.groupby("place")[name].sum().to_dict()
    shares = pd.Series(table["count"]).groupby(table["issue"]).sum()
    assert shares.to_numpy() == pytest.approx(parts.groupby("place")["share"].sum().to_numpy(), abs=1e-6)
    assert sum(table["tagged"]) == int(parts["tagged"].sum())


def test_no_cell_tells_of_few_contacts(explored):
    parts, days, dims = made(explored())
    fold = 5
    table = cube(parts, days, dims, fold, 0)
    frame = pd.DataFrame({"day": table["day"], "issue": table["issue"], **table["dim"], "count": table["count"]})
    last = len(dims[0].values)
    told = frame.loc[(frame["day"] != NO_DAY) | (frame["channel"] != last)]
    # Each cell holds `fold` contacts or more; shares in the ledger of the test are at most 1, so no count says less for sure:
    # count the contacts themselves.
    own = parts.loc[parts["row"] >= 0]
    n_of_issue = own.groupby("place")["row"].nunique()
    assert len(told) > 20
    for name in [each.key for each in dims]:
        rare = next(each for each in dims if each.key == name)
        sizes = np.bincount(rare.index[rare.index >= 0], minlength=len(rare.values))
        few = {i for i, n in enumerate(sizes) if n < fold}
        assert not set(frame[name]) & few
    assert n_of_issue.min() >= fold


def test_a_finer_fold_tells_more_and_one_folds_nothing(explored):
    parts, days, dims = made(explored())
    fine, coarse = (cube(parts, days, dims, fold, 0) for fold in (1, 30))
    assert fine["n"] > coarse["n"]
    assert not {len(each.values) for each in dims[:1]} & set(fine["dim"]["channel"])
    assert cube(parts.head(0), days, dims, 5, 0) is None


def test_the_order_of_rows_does_not_show(explored):
    parts, days, dims = made(explored())
    assert cube(parts.sample(frac=1, random_state=3), days, dims, 5, 0) == cube(parts, days, dims, 5, 0)
