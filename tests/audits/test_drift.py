"""Drift between two periods."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import drift
from vocmine.errors import SettingsError


def test_drift_speaks_up_only_when_something_changed():
    rng = np.random.default_rng(0)
    loud = []
    for _ in range(12):
        label = rng.choice(["a", "b", "c"], size=400, p=[0.6, 0.3, 0.1])
        old, new = (pd.DataFrame({"label": label[i::2], "score": rng.beta(5, 2, 200), "terms": "料金 確認"}) for i in (0, 1))
        loud.append(drift(old, new).changed.any())
    assert sum(loud) <= 1
    changed = new.assign(label="b", score=new.score / 2, terms="遅い 荷物")
    table = drift(old, changed).set_index("what")
    assert table.changed.all() and "b" in table.loc["reasons", "en"] and "遅い" in table.loc["words", "ja"]
    with pytest.raises(SettingsError):
        drift(old[[]], new)


IDS = [f"c{i}" for i in range(40)]
TRUE = pd.Series(["返金", "配送"] * 20, index=IDS)
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
