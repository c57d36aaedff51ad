"""Further keys: any column, periods, topics; rows, columns and whole add up to the smallest unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vocmine.cost import CostModel, CostOptions, issue_costs
from vocmine.cost.money import split_exactly, split_table_exactly
from vocmine.errors import SettingsError

UNITS = {"JPY": 1, "USD": 100, "KWD": 1000}


def keyed(make_ledger, seed=50):
    """A ledger with the columns people group by, money with odd fractions, and topics beside the reasons."""
    contacts, tags, truth = make_ledger(seed, n=2_500)
    rng = np.random.default_rng(seed)
    n = len(contacts)
    contacts["team"] = rng.choice(["一次", "二次", None], n, p=[0.6, 0.3, 0.1])
    contacts["product_version"] = rng.choice(["5.1.0", "5.2.0", None], n)
    contacts["region"] = rng.choice(["関東", "関西", "九州", "北海道"], n, p=[0.7, 0.2, 0.09, 0.01])
    contacts["channel"] = rng.choice(["call", "chat"], n)
    contacts["handle_seconds"] = contacts["handle_seconds"].where(rng.random(n) > 0.1)
    topics = pd.DataFrame({
        "contact_id": contacts["contact_id"], "kind": "topic", "label": rng.choice(["3", "7", "12"], n), "score": rng.random(n),
    })
    second = topics.sample(frac=0.3, random_state=seed).assign(label="7", score=0.01)
    return contacts, pd.concat([tags, topics.iloc[50:], second], ignore_index=True), truth


def assert_adds_up(parts, whole, keys, currency):
    unit = UNITS[currency]
    whole_units = (whole.set_index("issue").cost * unit).round().astype("int64")
    units = (parts.cost * unit).round().astype("int64")
    assert np.allclose(parts.cost * unit, units, atol=1e-6)
    got = units.groupby(parts["issue"]).sum()
    assert got.to_dict() == whole_units[whole_units.index.isin(got.index)].to_dict()
    assert whole_units[~whole_units.index.isin(got.index)].sum() == 0
    assert units.sum() == whole_units.sum()


@pytest.mark.parametrize("by", ["team", "product_version", "region", "topic", "week", ["month", "team"], ["topic", "channel", "product_version"]], ids=str)
@pytest.mark.parametrize("audited", [False, True])
@pytest.mark.parametrize("currency", ["JPY", "USD"])
def test_keys_add_up_to_the_smallest_unit(by, audited, currency, make_ledger, draw_audit):
    contacts, tags, truth = keyed(make_ledger)
    reasons = tags[tags["kind"] == "reason"]
    audit = draw_audit(reasons, truth) if audited else None
    model = CostModel({"call": 65.7, "chat": 31.3, "call/二次": 91.9}, currency)
    whole = issue_costs(contacts, tags, model, audit=audit).table
    parts = issue_costs(contacts, tags, model, audit=audit, by=by).table
    keys = [by] if isinstance(by, str) else by
    assert parts.columns[: len(keys)].tolist() == keys
    assert_adds_up(parts, whole, keys, currency)
    assert parts["n_contacts"].sum() == pytest.approx(len(contacts))
    # What a group costs is known, with or without an audit: the tags only share it out.
    plain = issue_costs(contacts, tags, model, by=by).table.groupby(keys).cost.sum()
    assert np.allclose(parts.groupby(keys).cost.sum(), plain, atol=1.01 / UNITS[currency])


def test_a_topic_is_that_with_the_highest_score(yen):
    contacts = pd.DataFrame({"contact_id": list("abc"), "channel": "call", "handle_seconds": [60.0, 120.0, 30.0]})
    rows = [("a", "reason", "bill", 0.9), ("b", "reason", "bill", 0.9), ("a", "topic", "7", 0.4), ("a", "topic", "3", 0.8), ("b", "topic", "7", 0.5)]
    tags = pd.DataFrame(rows, columns=["contact_id", "kind", "label", "score"])
    table = issue_costs(contacts, tags, yen, by="topic").table
    assert table[["topic", "issue", "cost"]].values.tolist() == [["", "unknown", 30.0], ["3", "bill", 60.0], ["7", "bill", 120.0]]
    by_topic = issue_costs(contacts, tags, yen, options=CostOptions(kind="topic", attribution="equal")).table.set_index("issue").cost
    assert by_topic.to_dict() == {"7": 150.0, "3": 30.0, "unknown": 30.0}


@pytest.mark.parametrize(("by", "words"), [("topic", "kind of the tags"), ("colour", "not a key"), (["team", "team"], "twice"), ("issue", "not a key")])
def test_keys_that_are_not_there(by, words, make_ledger, yen):
    contacts, tags, _truth = make_ledger(0, n=100)
    with pytest.raises(SettingsError, match=words):
        issue_costs(contacts.assign(team="x"), tags, yen, by=by)


@settings(max_examples=80, deadline=None)
@given(arrays(float, st.tuples(st.integers(1, 7), st.integers(1, 6)), elements=st.one_of(st.just(0.0), st.floats(0, 50))), st.sampled_from(sorted(UNITS)))
def test_a_table_is_rounded_with_all_its_sums(table, currency):
    rounded = split_table_exactly(table, currency)
    scale = UNITS[currency]
    assert np.allclose(np.round(rounded * scale), rounded * scale, atol=1e-6)
    assert (rounded >= 0).all()
    for axis in (0, 1):
        assert np.allclose(rounded.sum(axis=axis), split_exactly(table.sum(axis=axis), currency), atol=1e-6)
    assert np.abs(rounded - table).max() <= 2.01 / scale
    assert np.mean(np.abs(rounded - table) < 1.0001 / scale) > 0.9


@pytest.mark.parametrize("n_days", [90])
def test_many_groups_are_quick(n_days, make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(51, n=6_000, k=12)
    contacts["created_at"] = pd.Timestamp("2026-01-05", tz="UTC") + pd.to_timedelta(np.arange(6_000) % n_days, unit="D")
    whole = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=30)).table
    parts = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=30), by="day").table
    assert parts["day"].nunique() == n_days
    assert_adds_up(parts, whole, ["day"], "JPY")
