"""What sets an incident apart: found where it is there, silent where chance alone speaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.topics.tracking.apart import apart


def centre(n=600, seed=0):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({
        "product": rng.choice(["アプリ", "ルーター", "通販"], n), "product_version": rng.choice(["5.1.0", "5.2.0"], n, p=[0.9, 0.1]),
        "segment": rng.choice(["個人", "法人"], n), "channel": rng.choice(["call", "chat"], n), "note": "x",
    })


def test_a_product_and_its_version_are_named_with_their_usual_share():
    frame, member = centre(), np.arange(600) < 33
    frame.loc[:30, ["product", "product_version"]] = ["アプリ", "5.2.0"]
    found = apart(frame, member)
    assert {(a.column, a.value) for a in found} == {("product", "アプリ"), ("product_version", "5.2.0")}
    version = next(a for a in found if a.column == "product_version")
    assert (version.n, version.of) == (version.n, 33) and version.n >= 31
    assert version.usual == pytest.approx((frame["product_version"][33:] == "5.2.0").mean())
    assert found[0].p_adjusted <= found[-1].p_adjusted <= 0.01


def test_chance_is_seldom_told_as_something_that_sets_apart():
    rng = np.random.default_rng(1)
    told = sum(bool(apart(centre(seed=i), rng.permutation(600) < 40)) for i in range(60))
    assert told <= 2


def test_rows_without_a_value_count_neither_for_nor_against():
    frame, member = centre(), np.arange(600) < 30
    frame.loc[member, "product_version"] = "5.2.0"
    frame.loc[:9, "product_version"] = None
    frame.loc[10:14, "product_version"] = " "
    version = next(a for a in apart(frame, member) if a.column == "product_version")
    assert (version.n, version.of) == (15, 15)


@pytest.mark.parametrize("member", [np.zeros(600, bool), np.ones(600, bool)])
def test_nobody_or_everybody_is_set_apart_by_nothing(member):
    assert apart(centre(), member) == ()


def test_a_column_of_names_is_no_group_and_a_missing_one_is_left_out():
    frame = pd.DataFrame({"product": [f"p{i}" for i in range(600)]})
    assert apart(frame, np.arange(600) < 30) == ()
    assert apart(pd.DataFrame({"a": [1, 2]}), np.array([True, False])) == ()
