"""Answers of Google forms."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.google_forms import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of


@pytest.mark.parametrize("columns", [
    ("タイムスタンプ", "満足度", "ご意見"), ("タイムスタンプ", "メールアドレス", "本文"), ("Timestamp", "How satisfied are you?", "Comments"), ("Timestamp", "Email Address", "Comments"),
])
def test_forms_are_recognised(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is ADAPTER


@pytest.mark.parametrize("columns", [
    ("timestamp", "channel", "text"), ("タイムスタンプ", "会話ID", "話者", "発言"), ("受付番号", "タイムスタンプ", "本文"), ("Timestamp", "Text"), ("タイムスタンプ",), (),
])
def test_plain_tables_are_not(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is None


def test_an_answer_has_a_time_and_no_id():
    assert ADAPTER.columns["タイムスタンプ"] == "created_at"
    assert ADAPTER.constants == {"channel": "survey", "contact_id": "{source}-{row}"}
