"""Codes as reasons: who decides, what the text chooses among, what is kept of the tagger; order and identity."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.audits.codes.combine import apply_codes, rules_out, text_reasons
from vocmine.audits.codes.mapping import CodeMapping
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import TAG_COLUMNS, UNKNOWN


def reasons(tags, name):
    mine = tags[(tags["contact_id"] == name) & (tags["kind"] == "reason")]
    return dict(zip(mine["label"], mine["source"], strict=True))


def one(code):
    return pd.DataFrame({"contact_id": ["a"], "agent_code": [code]})


def test_the_code_decides_and_what_was_read_is_kept(make_tags):
    tags = make_tags([("a", "reason", "login", 0.8), ("a", "candidate", "login", 0.7), ("a", "sentiment", "negative", 0.9)])
    out = apply_codes(one("01"), tags, CodeMapping.of({"01": "refund"}))
    assert out[["kind", "label", "source"]].values.tolist() == [
        ["reason", "refund", "code"], ["sentiment", "negative", "rule"], ["candidate", "login", "model"], ["reading", "login", "rule"]]
    assert out["evidence"].iloc[0] == "01"
    assert text_reasons(out)["label"].tolist() == text_reasons(tags)["label"].tolist() == ["login"]


@pytest.mark.parametrize("code", ["99", "98", "97", "その他", "??", "", None])
def test_the_tagger_decides_where_no_code_does(make_tags, code):
    tags = make_tags([("a", "reason", "login", 0.8)])
    mapping = CodeMapping.of({"99": "read_anew", "98": "ignore", "97": None})
    pd.testing.assert_frame_equal(apply_codes(one(code), tags, mapping), tags)


@pytest.mark.parametrize(("rows", "expected"), [
    ([("a", "reason", "login", 0.8)], {"login": "code"}),
    ([("a", "reason", "login", 0.8), ("a", "reason", "refund", 0.7)], {"login": "code", "refund": "code"}),
    ([("a", "reason", "other", 0.8), ("a", "candidate", "refund", 0.2), ("a", "candidate", "login", 0.1)], {"refund": "code"}),
    ([("a", "reason", UNKNOWN, 0.6)], {"login": "code", "refund": "code"}),
    ([("a", "reason", "other", 0.8), ("a", "candidate", "other", 0.9)], {"login": "code", "refund": "code"}),
])
def test_the_text_chooses_among_the_reasons_of_a_wide_code(make_tags, rows, expected):
    out = apply_codes(one("03"), make_tags(rows), CodeMapping.of({"03": ["login", "refund"]}))
    assert reasons(out, "a") == expected


@pytest.mark.parametrize(("score", "chance", "evidence", "source"), [
    (0.97, 0.0, "words", "rule"), (0.9, 0.0, "words", "code"), (0.97, 0.1, "words", "code"), (0.97, 0.0, "", "code"),
])
def test_both_goes_by_the_text_only_where_it_is_sure(make_tags, score, chance, evidence, source):
    tags = make_tags([("a", "reason", "login", score), ("a", "candidate", "refund", chance)])
    tags.loc[0, "evidence"] = evidence
    out = apply_codes(one("01"), tags, CodeMapping.of({"01": "refund"}), "both")
    assert set(reasons(out, "a").values()) == {source}


def test_a_text_that_also_names_the_codes_reason_rules_nothing_out(make_tags):
    tags = make_tags([("a", "reason", "login", 0.97), ("a", "reason", "refund", 0.8)])
    coded = CodeMapping.of({"01": "refund"}).read(one("01"))
    assert rules_out(tags, coded).empty and rules_out(tags.iloc[:0], coded).empty


def test_tagger_alone_changes_nothing(centre):
    contacts, tags, table = centre
    assert apply_codes(contacts, tags, CodeMapping.of(table), "tagger") is tags


def test_wrong_calls(centre):
    contacts, tags, table = centre
    with pytest.raises(SettingsError, match=r"reasons_from.*code.*tagger"):
        apply_codes(contacts, tags, CodeMapping.of(table), "code")
    with pytest.raises(ContactError, match="source"):
        apply_codes(contacts, tags.drop(columns="source"), CodeMapping.of(table))


def test_what_a_contact_gets_depends_on_it_alone(centre):
    contacts, tags, table = centre
    mapping = CodeMapping.of(table)
    whole = apply_codes(contacts, tags, mapping, "both")
    parts = [apply_codes(contacts.iloc[[i]], tags[tags["contact_id"] == name], mapping, "both") for i, name in enumerate(contacts["contact_id"])]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)


@given(st.data())
def test_each_contact_keeps_a_reason_and_all_else(data):
    labels = st.sampled_from(["a", "b", "c", UNKNOWN])
    n = data.draw(st.integers(1, 6))
    rows = []
    for i in range(n):
        for label in sorted(set(data.draw(st.lists(labels, min_size=1, max_size=3)))):
            rows.append((f"{i}", "reason", label, data.draw(st.floats(0, 1)), "model", "w"))
        rows.append((f"{i}", "signal", "churn", 0.5, "rule", "w"))
    tags = pd.DataFrame(rows, columns=list(TAG_COLUMNS))
    contacts = pd.DataFrame({"contact_id": [f"{i}" for i in range(n)], "agent_code": data.draw(st.lists(st.sampled_from(["1", "2", "3", None]), min_size=n, max_size=n))})
    mapping = CodeMapping.of({"1": "a", "2": ["b", "c"], "3": "ignore"})
    out = apply_codes(contacts, tags, mapping, data.draw(st.sampled_from(["codes", "both"])))
    assert set(out.loc[out["kind"] == "reason", "contact_id"]) == set(contacts["contact_id"])
    assert not out.duplicated(["contact_id", "kind", "label"]).any()
    pd.testing.assert_frame_equal(*(text_reasons(t).sort_values(["contact_id", "label"], ignore_index=True) for t in (out, tags)))
    assert (out["kind"] == "signal").sum() == n and out["score"].between(0, 1).all()
