"""Agreement by code, team and agent; and what the contacts coded other are about."""

from __future__ import annotations

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from vocmine.audits import apply_codes, code_agreement, other_contents
from vocmine.audits.codes.agreement import compared
from vocmine.audits.codes.mapping import CodeMapping
from vocmine.errors import ContactError, SettingsError


def test_counts_by_hand(centre):
    contacts, tags, table = centre
    found = code_agreement(contacts, tags, table).set_index("group")
    # 01 and 02 have ten contacts each; 01: every third of them is i % 10 == 0 -> i 0, 30; 02: i 1 unknown
    assert found.loc["01", ["n_contacts", "n_unread", "n", "n_agree"]].tolist() == [10, 0, 10, 8]
    assert found.loc["03", ["n", "n_agree", "agreement"]].tolist() == [10, 10, 1.0]
    assert found.loc["all", "n_contacts"] == 30 and found.loc["all", "n_agree"] == found.loc[["01", "02", "03"], "n_agree"].sum()
    assert found.loc["01", "low"] < 0.8 < found.loc["01", "high"]


def test_the_kappa_of_all_is_that_of_the_pairs(centre):
    contacts, tags, table = centre
    pairs = compared(contacts, tags, CodeMapping.of(table)).dropna(subset="text")
    found = code_agreement(contacts, tags, table).iloc[0]
    assert found["kappa"] == pytest.approx(cohen_kappa_score(pairs["said"], pairs["text"]))
    assert found["kappa_low"] < found["kappa"] < found["kappa_high"]


def test_groups_add_up(centre):
    contacts, tags, table = centre
    found = code_agreement(contacts, tags, table, by=("code", "team", "agent_id"))
    for by in ("code", "team", "agent_id"):
        assert found.loc[found["by"] == by, ["n_contacts", "n_unread", "n", "n_agree"]].sum().tolist() == found.loc[0, ["n_contacts", "n_unread", "n", "n_agree"]].tolist()


def test_it_is_the_same_after_the_codes_were_applied(centre):
    contacts, tags, table = centre
    after = apply_codes(contacts, tags, CodeMapping.of(table))
    pd.testing.assert_frame_equal(code_agreement(contacts, after, table), code_agreement(contacts, tags, table))
    pd.testing.assert_frame_equal(other_contents(contacts, after, table), other_contents(contacts, tags, table))


def test_the_order_of_the_rows_does_not_matter(centre):
    contacts, tags, table = centre
    mixed = code_agreement(contacts.sample(frac=1, random_state=2), tags.sample(frac=1, random_state=3), table)
    pd.testing.assert_frame_equal(mixed, code_agreement(contacts, tags, table))


def test_what_other_holds(centre):
    contacts, tags, table = centre
    found = other_contents(contacts, tags, table)
    assert found["n"].sum() == 10 and found["share"].sum() == pytest.approx(1) and (found["low"] <= found["share"]).all()
    topics = pd.Series({"c03": "請求・二重", "c09": "請求・二重"})
    assert other_contents(contacts, tags, table, topics=topics)[["reason", "n"]].values.tolist() == [["請求・二重", 2], ["unknown", 8]]


def test_no_codes_and_no_tags(centre):
    contacts, tags, table = centre
    found = code_agreement(contacts.assign(agent_code=None), tags, table)
    assert found["n"].tolist() == [0] and found["agreement"].isna().all()
    assert other_contents(contacts.assign(agent_code=None), tags, table).empty
    assert code_agreement(contacts, tags.iloc[:0], table)["n_unread"].iloc[0] == 30


def test_wrong_calls(centre):
    contacts, tags, table = centre
    with pytest.raises(SettingsError, match=r"by.*code, team, agent_id"):
        code_agreement(contacts, tags, table, by=("product",))
    with pytest.raises(ContactError, match="agent_code"):
        code_agreement(contacts.drop(columns="agent_code"), tags, table)
