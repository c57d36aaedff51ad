"""Answers of people: names, ids, widths, spaces, numbers, and words of ours for no reason and for as proposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.audits.answers import AS_PROPOSED, AnswerBook, answer_key, shown_reasons

NAMES = {
    "ja": {"billing.refund": "返金", "tech.app": "アプリの不具合", "007": "解約", "o1": "その他", "o2": "その他"},
    "en": {"billing.refund": "Refund", "tech.app": "App crashes", "007": "Leaving", "o1": "Other", "o2": "Other"},
}
BOOK = AnswerBook.of(NAMES, ["only.id"])


@pytest.mark.parametrize(("text", "reason"), [
    ("返金", "billing.refund"), ("　返金　", "billing.refund"), ("Ｒｅｆｕｎｄ", "billing.refund"), ("REFUND ", "billing.refund"),
    ("billing.refund", "billing.refund"), ("Billing.Refund", "billing.refund"), ("ｱﾌﾟﾘの不具合", "tech.app"),
    ("アプリ の 不具合", "tech.app"), ("7", "007"), ("7.0", "007"), ("only.id", "only.id"), ("返金\u200b", "billing.refund"),
    ("その他 (o2)", "o2"), ("その他（ｏ２）", "o2"), ("提案どおり", AS_PROPOSED), ("OK", AS_PROPOSED), ("〇", AS_PROPOSED),
    ("As proposed", AS_PROPOSED), ("この中にない・わからない", "unknown"), ("none of these", "unknown"), ("UNKNOWN", "unknown"),
])
def test_what_is_understood(text, reason):
    assert BOOK.read(text) == reason


@pytest.mark.parametrize(("text", "near"), [
    ("その他", "o1 or o2"), ("返品", "返金"), ("App crash", "App crashes"), ("zzzzz", ""), ("", ""),
])
def test_what_is_not_names_the_nearest(text, near):
    assert BOOK.read(text) is None
    assert BOOK.near(text) == near


def test_what_is_shown_is_read_back():
    for lang, table in NAMES.items():
        shown = shown_reasons([*table, "only.id"], table)
        assert len(set(shown.values())) == len(shown)
        assert {BOOK.read(name): name for name in shown.values()} == shown, lang


def test_a_name_that_is_a_word_of_ours_is_shown_with_its_id():
    assert shown_reasons(["x", "unknown"], {"x": "不明"}) == {"x": "不明 (x)", "unknown": "unknown"}


@given(st.text(max_size=20))
def test_any_text_is_read_without_a_fault(text):
    assert answer_key(answer_key(text)) == answer_key(answer_key(answer_key(text)))
    BOOK.read(text)
    BOOK.near(text)
