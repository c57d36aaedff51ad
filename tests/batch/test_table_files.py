"""Every table of a report is a file, the same bytes each time, and gone when it is no longer made."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.batch.table_files import FOLDER, OWN_FILES, write_tables
from vocmine.csvfile import read_csv
from vocmine.report.sections.registry import input_names

TABLE = pd.DataFrame({"path": [("a", "b"), ("c",)], "n": [3, 1], "share": [0.1 + 0.2, np.nan], "text": ["=cmd|' /C calc'!A0", "ok"]})


def test_tables_are_written_safely_and_read_back(tmp_path):
    names = write_tables(tmp_path, {"journeys": {"paths": TABLE, "none": TABLE.iloc[:0]}, "lags": TABLE[["n"]], "run": {"read": 3}, "n_wanted": 4, "ledger": TABLE})
    assert names == ["journeys_paths.csv", "lags.csv"]
    back = read_csv(tmp_path / FOLDER / "journeys_paths.csv", ())
    assert back.values.tolist() == [["a > b", "3", "0.3", "=cmd|' /C calc'!A0"], ["c", "1", "", "ok"]]
    assert "'=cmd" in (tmp_path / FOLDER / "journeys_paths.csv").read_text(encoding="utf-8-sig")


def test_what_is_no_longer_made_is_taken_away(tmp_path):
    write_tables(tmp_path, {"lags": TABLE, "gaps": TABLE})
    first = (tmp_path / FOLDER / "lags.csv").read_bytes()
    write_tables(tmp_path, {"lags": TABLE})
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["lags.csv"]
    assert (tmp_path / FOLDER / "lags.csv").read_bytes() == first


def test_only_known_inputs_have_files_of_their_own():
    assert set(OWN_FILES) <= set(input_names())
