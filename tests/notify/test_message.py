"""What is said of an incident: what a person asks first, with ranges where they are known and none where not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.notify import message_of
from vocmine.stats import Estimate
from vocmine.topics.tracking.incident import Apart


def facts(incident, lang="en", moment="new", currency="JPY"):
    return dict(message_of(incident, moment, lang, currency).facts)


def test_an_incident_in_english(full):
    message = message_of(full, "new", "en", "JPY")
    assert message.headline == "New incident: QR payment screen turns white"
    assert message.lines[:3] == ("State: growing", "Since: 12 Oct 2026 (counted to 20 Oct 2026)", "What sets it apart: 31 of 33 on version 5.2.0 (usually 4.0%)")
    said = facts(full)
    assert said["Contacts so far"] == "1,071 contacts from 64 people (likely 724 to 1,585, usually 2)"
    assert said["Contacts by 31 Oct, if it goes on"] == "1,150 contacts (1,121 to 1,188)"
    assert said["Handling cost (labour) so far"] == "¥94.2K (¥89.0K to ¥101K), 12% of it from estimated handle times"
    assert said["Handling cost (labour) by 31 Oct, if it goes on"].startswith("¥199K (¥160K to ¥251K)")
    assert said["Growth a week"] == "1.52× (1.13 to 2.04×)"
    assert said["Refunds and other payouts"] == "¥1.20K"


def test_an_incident_in_japanese(full):
    message = message_of(full, "growing", "ja", "JPY")
    assert message.headline == "インシデントが増えています: QR決済の画面が真っ白になる"
    said = facts(full, "ja")
    assert message.lines[2] == "集中しているところ: 33件中31件がバージョン 5.2.0（ふだん4.0%）"
    assert said["お問い合わせ"] == "1,071件（幅724〜1,585件、64人、ふだんなら2件）"
    assert said["月末（10月31日）までの見込み"] == "1,150件（1,121〜1,188件）"
    assert said["応対費用（人件費）"] == "9.4万円（8.9万〜10.1万円）、うち12%は応対時間を推定"


def test_two_quotes_masked_again(full):
    quotes = message_of(full, "new", "ja").quotes
    assert len(quotes) == 2
    assert "[電話番号]" in quotes[0] and "1234" not in quotes[0] and "１２３４" not in quotes[0]


def test_what_is_not_known_is_not_said(bare):
    message = message_of(bare, "new", "en", "JPY")
    assert message.headline.endswith("荷物が届かない")  # no name in English: rather that of the other language than none
    assert dict(message.facts) == {"State": "open", "Since": "12 Oct 2026 (counted to 12 Oct 2026)", "Contacts so far": "1 contact from 1 person (usually 0.1)"}
    assert message.quotes == ()
    nameless = message_of(replace(bare, name_ja=""), "new", "ja")
    assert nameless.headline == "新しいインシデント: i-2"


def test_a_value_without_its_range_is_shown_alone(full):
    said = facts(replace(full, cost=Estimate(94_210.0), n_month_end=Estimate(150.0), growth=Estimate(1.5), imputed_share=0.004))
    assert said["Handling cost (labour) so far"] == "¥94.2K"
    assert said["Contacts by 31 Oct, if it goes on"] == "150 contacts"
    assert said["Growth a week"] == "1.50×"


def test_without_a_currency_there_is_no_money(full):
    assert not [label for label in facts(full, currency="") if "cost" in label or "payout" in label]


def test_what_is_over_goes_nowhere(full):
    said = facts(replace(full, state="over"), moment="over")
    assert said["State"] == "over"
    assert not [label for label in said if "goes on" in label or "Growth" in label]
    assert not [label for label in facts(replace(full, until=full.as_of)) if "goes on" in label]
    assert not [label for label in facts(replace(full, until=None)) if "goes on" in label]


def test_product_and_version_come_first_and_three_at_most(full):
    aparts = tuple(Apart(column, column, 1, 2, 0.1, 0.1) for column in ("team", "segment", "region", "product", "product_version"))
    said = [value for label, value in message_of(replace(full, apart=aparts), "new", "en").facts if "apart" in label]
    assert [value.split()[4] for value in said] == ["product", "version", "team"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_internal_code_is_said(full, lang):
    text = "\n".join(message_of(full, "easing", lang, "JPY").lines)
    assert not [token for token in ("product_version", "technical.", "chat ", "nan", "None", "imputed") if token in text]


def test_other_languages_have_no_words(full):
    with pytest.raises(SettingsError, match="no words for this language"):
        message_of(full, "new", "fr")


def test_a_day_is_the_day_of_the_incident(full):
    assert "1 Jan 2026" in facts(replace(full, first_day=pd.Timestamp("2026-01-01", tz="UTC")))["Since"]
