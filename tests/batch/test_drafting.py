"""A draft list of reasons: made only where the list does not fit, of a bounded sample, the same in any order, kept."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch import drafting
from vocmine.batch.drafting import draft_in, draft_reasons, drop_draft, sample_of, update_draft, wants_draft
from vocmine.results import ListFit
from vocmine.settings import Settings
from vocmine.text import analyze

TEXTS = [f"{a}が{b}" for a in ("返金", "返品の送料", "画面", "電源", "配達", "会員証") for b in ("おかしい", "おかしいです", "とてもおかしい", "変", "変です", "とても変")]


def contacts_of(texts) -> pd.DataFrame:
    frame = pd.DataFrame({"contact_id": [f"c{i:03d}" for i in range(len(texts))], "text": texts})
    return analyze(frame.assign(channel="call", created_at=pd.Timestamp("2026-11-01", tz="UTC")))


@pytest.fixture(scope="module")
def contacts():
    return contacts_of(TEXTS)


@pytest.fixture(scope="module")
def draft(contacts):
    return draft_reasons(contacts)


@pytest.mark.parametrize(("fit", "n", "topics", "wanted"), [
    (ListFit(100, 90), 100, True, True), (ListFit(100, 40), 100, True, False), (None, 100, True, False),
    (ListFit(100, 90), 29, True, False), (ListFit(100, 90), 100, False, False),
])
def test_it_is_wanted_where_the_list_does_not_fit(fit, n, topics, wanted):
    assert wants_draft(Settings(topics=topics), fit, n) is wanted


def test_a_draft_has_names_figures_and_a_masked_example(draft):
    assert 2 <= len(draft) <= 6 and (draft["n_read"] == 36).all()
    assert draft["n"].is_monotonic_decreasing and draft["n"].sum() <= 36
    assert (draft["name_ja"] != "").all() and (draft["name_en"] != "").all()
    assert (draft["low"] <= draft["share"]).all() and (draft["share"] <= draft["high"]).all()
    assert set(draft["quote"]) <= set(TEXTS)


def test_the_order_of_contacts_does_not_matter(contacts, draft):
    pd.testing.assert_frame_equal(draft_reasons(contacts.sample(frac=1, random_state=1)), draft)


def test_too_few_texts_make_none():
    assert draft_reasons(contacts_of(["同じ本文です"] * 40)) is None


def test_of_many_an_even_sample_is_read(contacts):
    many = sample_of(contacts, 10)
    assert len(many) == 10 and many["contact_id"].is_monotonic_increasing
    pd.testing.assert_frame_equal(sample_of(contacts.iloc[::-1], 10), many)


def test_each_language_has_its_names(draft):
    assert draft_in(None, "ja") is None
    for lang in ("ja", "en"):
        table = draft_in(draft, lang)
        assert table["name"].tolist() == draft[f"name_{lang}"].tolist()
        assert {"name", "group", "n", "share", "low", "high", "quote", "n_read"} == set(table.columns)


def test_it_is_kept_until_the_contacts_change(tmp_path, contacts, draft, monkeypatch):
    calls = []
    monkeypatch.setattr(drafting, "draft_reasons", lambda frame: calls.append(len(frame)) or draft)
    first = update_draft(tmp_path, contacts)
    again = update_draft(tmp_path, contacts.iloc[::-1])
    pd.testing.assert_frame_equal(again[sorted(draft)], first[sorted(draft)], check_dtype=False)
    assert calls == [36]
    update_draft(tmp_path, contacts.assign(text_clean="別の本文"))
    assert calls == [36, 36]
    drop_draft(tmp_path)
    drop_draft(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_that_there_is_none_is_kept_too(tmp_path, contacts, monkeypatch):
    monkeypatch.setattr(drafting, "draft_reasons", lambda frame: None)
    assert update_draft(tmp_path, contacts) is None and update_draft(tmp_path, contacts) is None
