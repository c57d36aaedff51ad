"""CSV files hold no live formula and come back as they were."""

from __future__ import annotations

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.csvfile import read_csv, write_csv


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_csv_holds_no_live_formula(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    frame = pd.DataFrame({"value": values, "n": range(len(values))})
    write_csv(path, frame)
    cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")["value"]
    assert not cells.str.startswith(("=", "+", "-", "@", "\t")).any()


def test_csv_round_trip(tmp_path):
    frame = pd.DataFrame({"value": ["=1+1", "普通", "'quoted", "-5"]})
    write_csv(tmp_path / "x.csv", frame)
    assert read_csv(tmp_path / "x.csv", ("value",))["value"].tolist() == frame["value"].tolist()
    assert read_csv(tmp_path / "none.csv", ("value",)).empty
