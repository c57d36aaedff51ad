from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost import CostModel, CostOptions, Note, issue_costs
from vocmine.errors import ContactError, SettingsError


def small(**columns):
    frame = pd.DataFrame({"contact_id": ["a", "b", "c"], "channel": "call", "handle_seconds": [60.0, 120.0, 180.0]})
    return frame.assign(**columns)


TAGS = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": ["bill", "login"], "score": 0.9})


def test_by_hand(yen):
    costs = issue_costs(small(), TAGS, yen)
    table = costs.table
    assert table["issue"].tolist() == ["login", "bill", "unknown"]
    assert table["cost"].tolist() == [120.0, 60.0, 180.0]
    assert table["cost_per_contact"].tolist() == [120.0, 60.0, 180.0]
    assert table["handle_hours"].sum() == pytest.approx(0.1)
    assert (table["cost_low"] <= table["cost"]).all() and (table["cost"] <= table["cost_high"]).all()
    assert (costs.currency, costs.level, costs.basis, costs.n_checked) == ("JPY", 0.95, "prior", 0)
    assert costs.numerator == "direct" and Note.of("basis_prior") in costs.notes


@settings(max_examples=40, deadline=None)
@given(
    seconds=st.lists(st.floats(0, 5_000), min_size=1, max_size=30),
    labels=st.lists(st.sampled_from("abcd"), min_size=1, max_size=60),
    currency=st.sampled_from(["JPY", "USD", "KWD"]), how=st.sampled_from(["minutes", "equal", "primary"]),
)
def test_parts_equal_the_ledger(seconds, labels, currency, how):
    ids = [f"c{i}" for i in range(len(seconds))]
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": seconds})
    tags = pd.DataFrame({"contact_id": [ids[i % len(ids)] for i in range(len(labels))], "label": labels, "score": 0.5})
    model = CostModel(rate_per_minute={"call": 65.7}, currency=currency, open_tab_sigmas=None)
    table = issue_costs(contacts, tags, model, options=CostOptions(attribution=how)).table
    unit = {"JPY": 0, "USD": 2, "KWD": 3}[currency]
    ledger = float(np.sum(np.array(seconds) * 65.7 / 60))
    assert abs(table["cost"].sum() - ledger) <= 0.5 * 10**-unit + 1e-6
    assert np.allclose(np.round(table["cost"] * 10**unit) / 10**unit, table["cost"], atol=1e-9)
    assert table["n_contacts"].sum() == pytest.approx(len(ids))
    assert (table["cost_low"] <= table["cost"]).all() and (table["cost"] <= table["cost_high"]).all()


def test_order_of_rows_does_not_matter(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(1)
    contacts.loc[::5, "handle_seconds"] = np.nan
    audit = draw_audit(tags, truth)
    table = issue_costs(contacts, tags, yen, audit=audit, by="month").table
    again = issue_costs(
        contacts.sample(frac=1, random_state=1), tags.sample(frac=1, random_state=2), yen,
        audit=audit.sample(frac=1, random_state=3), by="month",
    ).table
    pd.testing.assert_frame_equal(table, again)


def test_nothing_is_mutated(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(2)
    audit = draw_audit(tags, truth)
    before = [frame.copy() for frame in (contacts, tags, audit)]
    issue_costs(contacts, tags, yen, audit=audit)
    for frame, kept in zip((contacts, tags, audit), before, strict=True):
        pd.testing.assert_frame_equal(frame, kept)


def test_keys_add_up(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(3)
    contacts["product"] = np.where(np.arange(len(contacts)) % 3 == 0, "光回線", None)
    audit = draw_audit(tags, truth)
    whole = issue_costs(contacts, tags, yen, audit=audit).table.set_index("issue")
    parts = issue_costs(contacts, tags, yen, audit=audit, by=["product", "channel"]).table
    assert parts.columns[:3].tolist() == ["product", "channel", "issue"]
    assert parts.groupby("issue").cost.sum().to_dict() == whole.cost.to_dict()
    by_product = parts.groupby("product").cost.sum()
    true = (contacts.handle_seconds).groupby(contacts["product"].fillna("")).sum()
    assert (by_product - true).abs().max() < 1
    assert parts.cost.sum() == whole.cost.sum()
    days = issue_costs(contacts, tags, yen, audit=audit, by="day").table
    assert days["day"].nunique() >= 28 and days.cost.sum() == whole.cost.sum()
    assert days.groupby("issue").cost.sum().to_dict() == whole.cost.to_dict()
    with pytest.raises(SettingsError, match="not a key"):
        issue_costs(contacts, tags, yen, by="colour")


@pytest.mark.parametrize(
    ("contacts", "tags", "kwargs", "error", "words"),
    [
        (small().iloc[:0], TAGS, {}, ContactError, "no contacts"),
        (small(contact_id="a"), TAGS, {}, ContactError, "not unique"),
        (small(handle_seconds=-1.0), TAGS, {}, ContactError, "negative"),
        (small(handle_seconds=np.nan), TAGS, {}, ContactError, "no measured handle time"),
        (small().drop(columns="channel"), TAGS, {}, ContactError, "channel"),
        (small(), TAGS.assign(contact_id="z"), {}, ContactError, "not in the contacts"),
        (small(), TAGS.assign(label="unallocated"), {}, ContactError, "reserved"),
        (small(), TAGS, {"level": 95}, SettingsError, "between 0 and 1"),
        (small(), TAGS, {"options": CostOptions(attribution="half")}, SettingsError, "minutes, equal, primary"),  # type: ignore[arg-type]
    ],
)
def test_mistakes_are_told(contacts, tags, kwargs, error, words, yen):
    with pytest.raises(error, match=words):
        issue_costs(contacts, tags, yen, **kwargs)
