"""Two periods compared: what can't be compared is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import drift
from vocmine.errors import SettingsError

IDS = [f"c{i}" for i in range(40)]


TAGS = pd.DataFrame({"contact_id": IDS, "label": ["返金", "配送"] * 19 + ["配送", "返金"], "score": np.linspace(0.5, 1, 40)})


@pytest.mark.parametrize(("after", "said"), [
    (TAGS.iloc[:0], "drift, after; got: 0 rows"), ([1], "frame"), (TAGS.assign(kind="signal"), "none of a reason"),
])
def test_periods_without_anything_to_compare(after, said):
    with pytest.raises(SettingsError, match=said):
        drift(TAGS, after)


def test_scores_that_are_missing_hide_no_change_of_the_mix():
    table = drift(TAGS.assign(score=np.nan), TAGS.assign(label="返金")).set_index("what")
    assert table.loc["reasons", "changed"] and not table.loc["confidence", "changed"]
    assert table["p_adjusted"].notna().all()
    with pytest.raises(SettingsError, match="alpha"):
        drift(TAGS, TAGS, alpha=5)
