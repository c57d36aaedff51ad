"""A list of fixes in a file, each judged by itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import (
    Fix,
    IssueCosts,
    fix_saving,
    fix_savings,
    read_fixes,
)
from vocmine.errors import SettingsError


def weekly(issues=("a", "b"), n=24, seed=0):
    rng = np.random.default_rng(seed)
    weeks = pd.date_range("2026-01-05", periods=n, freq="W-MON").strftime("%Y-%m-%d")
    parts = [pd.DataFrame({"week": weeks, "issue": issue, "cost": rng.gamma(50, 10, n)}) for issue in issues]
    return IssueCosts(pd.concat(parts, ignore_index=True)), weeks


def test_a_list_of_fixes_is_each_fix_by_itself():
    costs, weeks = weekly()
    fixes = [Fix("a", weeks[8], note="v5.1"), Fix("b", weeks[12], compare="a"), Fix("gone", weeks[9]), Fix("b", weeks[22])]
    table = fix_savings(costs, fixes)
    assert table["fixed_at"].tolist() == [weeks[22], weeks[12], weeks[9], weeks[8]]
    alone = fix_saving(costs, "b", weeks[12], compare="a")
    row = table.iloc[1]
    assert (row["saving"], row["low"], row["high"], row["n_after"]) == (alone.saving, alone.low, alone.high, 12)
    assert table["problem"].tolist() == ["too few periods to judge a fix", "", "not in the costs", ""]
    assert table["saving"].isna().tolist() == [True, False, True, False]
    assert fix_savings(costs, []).columns.tolist() == table.columns.tolist()


GOOD = "fixes:\n- issue: billing.points\n  fixed_at: 2026-10-01\n  compare: delivery.late\n  note: ポイント付与を修正\n"


def test_fixes_from_a_file(tmp_path):
    path = tmp_path / "fixes.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_fixes(path) == (Fix("billing.points", "2026-10-01", "delivery.late", "ポイント付与を修正"),)
    path.write_text("fixes:\n- {issue: a, planned: true, cost: 900000, note: v6}\n", encoding="utf-8")
    assert read_fixes(path) == (Fix("a", "", note="v6", cost=900_000, planned=True),)
    path.write_text("fixes: []\n", encoding="utf-8")
    assert read_fixes(path) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no list of fixes"),
        ("- issue: a\n", "no list of fixes"),
        ("fixes: {a: 1}\n", "no list of fixes"),
        ("fixes: [\n", "not YAML"),
        ("fixes:\n- issue: a\n", r"fix 1.*issue and fixed_at"),
        ("fixes:\n- {issue: a, fixed_at: 2026-01-01, by: me}\n", r"fix 1.*compare, note"),
        ("fixes:\n- {issue: a, fixed_at: 2026-01-01, cost: much}\n", r"wrong cost of a fix.*a.cost.*0 or more"),
        ("fixes:\n- {issue: a, fixed_at: 2026-01-01, cost: -1}\n", r"wrong cost of a fix"),
        ("fixes:\n- {issue: a, fixed_at: 2026-01-01, planned: soon}\n", r"a.planned.*true or false"),
        ("fixes:\n- {issue: a, planned: false}\n", r"fix 1.*issue and fixed_at"),
        ("fixes:\n- {issue: a, fixed_at: soon}\n", r"fix 1: a.fixed_at.*2026-10-01"),
        ("fixes:\n- {issue: '', fixed_at: 2026-01-01}\n", "without an issue"),
        ("fixes:\n- {issue: a, fixed_at: 2026-01-01, compare: a}\n", "compared with itself"),
        ("fixes:\n- 3\n", "wrong entry"),
    ],
)
def test_wrong_files_of_fixes(tmp_path, text, words):
    path = tmp_path / "fixes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words) as error:
        read_fixes(path)
    assert "fixes.yaml" in str(error.value)
    with pytest.raises(SettingsError, match="no such fixes file"):
        read_fixes(tmp_path / "none.yaml")
