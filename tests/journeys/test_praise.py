"""Praise by product, and what stands in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError
from vocmine.journeys import newcombe, praise_by, praised_things, wilson
from vocmine.journeys.praise import is_praise


def made(n=400, seed=1, liked=True):
    """Contacts of two products; those of A that praise speak of "staff" where it is liked, else nobody's words differ."""
    rng = np.random.default_rng(seed)
    product = rng.choice(["A", "B"], n)
    glad = rng.random(n) < np.where((product == "A") & liked, 0.3, 0.1)
    staff = rng.random(n) < np.where(glad & (product == "A") & liked, 0.6, 0.05)
    words = np.where(staff, "staff help", "help")
    contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(n)], "product": product, "terms": words})
    tags = pd.DataFrame({"contact_id": contacts.contact_id[glad], "kind": "signal", "label": "praise", "score": 0.9})
    reasons = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": np.where(glad, "thanks", "bill"), "score": 0.9})
    return contacts, pd.concat([tags, reasons], ignore_index=True), glad


def test_praise_is_a_positive_tone_or_a_signal_that_fired():
    contacts = pd.DataFrame({"contact_id": list("abcd")})
    tags = pd.DataFrame([("a", "sentiment", "positive", 0.4), ("b", "signal", "praise", 0.9), ("c", "signal", "praise", 0.2), ("d", "sentiment", "neutral", 0.9)],
                        columns=["contact_id", "kind", "label", "score"])
    assert is_praise(contacts, tags).tolist() == [True, True, False, False]


def test_shares_by_hand():
    contacts, tags, glad = made()
    table = praise_by(contacts, tags).set_index("product")
    mine = contacts["product"] == "A"
    k, n = int(glad[mine].sum()), int(mine.sum())
    low, high = wilson(k, n)
    assert (table.loc["A", "n"], table.loc["A", "n_praise"]) == (n, k)
    assert (table.loc["A", "low"], table.loc["A", "high"]) == pytest.approx((float(low), float(high)))
    below, _ = newcombe(k, n, int(glad.sum()) - k, 400 - n, 0.975)
    assert table.loc["A", "change_low"] == pytest.approx(float(below))
    assert table["stands_out"].to_dict() == {"A": True, "B": False}


def test_what_is_liked_is_found_in_its_product_alone():
    contacts, tags, _ = made()
    table = praised_things(contacts, tags)
    assert table[["group", "kind", "thing"]].values.tolist() == [["A", "word", "staff"]]
    assert table["change_low"].gt(0).all()
    assert praised_things(contacts, tags, None)["thing"].tolist() == ["staff"]


def test_reasons_that_are_praise_themselves_say_nothing():
    contacts, tags, _ = made()
    assert "thanks" not in praised_things(contacts, tags)["thing"].tolist()


def test_nothing_is_found_where_nothing_is_there():
    found = sum(len(praised_things(*made(seed=seed, liked=False)[:2])) for seed in range(30))
    assert found <= 3  # 5 % of 30, in all


def test_the_order_of_rows_does_not_matter():
    contacts, tags, _ = made()
    mixed = contacts.sample(frac=1, random_state=3).reset_index(drop=True), tags.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(praised_things(*mixed), praised_things(contacts, tags))
    pd.testing.assert_frame_equal(praise_by(*mixed), praise_by(contacts, tags))


def test_no_praise_no_words_and_no_product():
    contacts, tags, _ = made()
    none = tags.loc[tags["kind"] == "reason"]
    assert praise_by(contacts, none)["n_praise"].sum() == 0
    assert praised_things(contacts, none).empty
    assert praised_things(contacts.drop(columns="terms"), none.iloc[:0]).empty
    with pytest.raises(ContactError, match="product"):
        praise_by(contacts.drop(columns="product"), tags)
