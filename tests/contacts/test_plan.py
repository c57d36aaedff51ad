"""A plan applied chunk by chunk: raw cells stay raw, typed ones follow the rules of the whole source."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.contacts.found import FoundColumns
from vocmine.contacts.judges.dates import DateRule
from vocmine.contacts.plan import ReadingPlan

PLAN = ReadingPlan("a.csv", FoundColumns({"created_at": ("日",), "contact_id": ("番号",)}), {"created_at": DateRule("UTC", True, "")})


def test_raw_cells_are_unwrapped_and_typed_ones_follow_the_rule():
    chunk = pd.DataFrame({"日": ["03/04/2026", "昨日"], "番号": ['="0012"', "7"], "他": ["x", "y"]}, dtype=object)
    raw = PLAN.raw(chunk, np.array([2, 3]))
    assert raw["contact_id"].tolist() == ["0012", "7"]
    assert raw["created_at"].tolist() == ["03/04/2026", "昨日"]
    typed = PLAN.typed(raw)
    assert typed["created_at"].iloc[0] == pd.Timestamp("2026-04-03", tz="UTC")
    assert typed["created_at"].isna().tolist() == [False, True]
    assert typed["他"].tolist() == ["x", "y"]
