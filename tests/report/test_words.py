"""The words, numbers and days of both languages."""

from __future__ import annotations

import math
import re
from datetime import date
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vocmine.errors import SettingsError
from vocmine.report.words import Words
from vocmine.results import Note
from vocmine.stats import Estimate

FOLDER = files("vocmine.report").joinpath("templates")


def tables_of(lang: str) -> dict[str, dict[str, str]]:
    paths = [path for path in FOLDER.iterdir() if path.name.startswith("strings_") and path.name.endswith(f"{lang}.yaml")]
    return {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


def table_of(lang: str) -> dict[str, str]:
    return {key: text for table in tables_of(lang).values() for key, text in table.items()}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_word_stands_in_two_files(lang):
    tables = tables_of(lang)
    keys = [key for table in tables.values() for key in table]
    assert f"strings_{lang}.yaml" in tables
    assert sorted(keys) == sorted(set(keys))


def test_an_interval_without_width_is_not_shown():
    assert Words("ja").money_range(Estimate(2228, 2228, 2228)) == ""
    assert Words("ja").money_range(Estimate(2228, 1000, 4000)) != ""


def test_a_range_too_narrow_to_tell_anything_is_not_shown():
    assert Words("ja").money_range(Estimate(5436, 5435, 5436)) == ""


def test_no_negative_zero():
    assert [Words("en").decimal(value) for value in (-0.04, 0.0, -0.06)] == ["0.0", "0.0", "-0.1"]


def test_both_languages_have_the_same_keys_and_gaps():
    ja, en = table_of("ja"), table_of("en")
    assert set(ja) == set(en)
    gaps = {key: [set(re.findall(r"\{(\w+)\}", table[key])) for table in (ja, en)] for key in ja}
    assert not {key: pair for key, pair in gaps.items() if pair[0] != pair[1]}
    assert all(isinstance(text, str) for table in (ja, en) for text in table.values())


def test_english_words_have_no_japanese_letters():
    assert not [key for key, text in table_of("en").items() if re.search(r"[ぁ-んァ-ヶ一-龠]", text)]


def test_every_remark_of_the_cost_table_has_both_languages():
    notes = yaml.safe_load(FOLDER.joinpath("cost_notes.yaml").read_text(encoding="utf-8"))
    assert all(set(words) == {"ja", "en"} for words in notes.values())
    gaps = [{lang: set(re.findall(r"{(\w+)", words[lang])) for lang in ("ja", "en")} for words in notes.values()]
    assert all(each["ja"] == each["en"] for each in gaps)


@pytest.mark.parametrize(
    ("lang", "currency", "value", "short", "full"),
    [
        ("ja", "JPY", 4_200_000, "420万円", "4,200,000円"),
        ("ja", "JPY", 0, "0円", "0円"),
        ("ja", "JPY", 9_999, "9,999円", "9,999円"),
        ("ja", "JPY", 10_000, "1.0万円", "10,000円"),
        ("ja", "JPY", 99_600, "10.0万円", "99,600円"),
        ("ja", "JPY", 99_990_000, "1億円", "99,990,000円"),
        ("ja", "JPY", -52_000, "-5.2万円", "-52,000円"),
        ("ja", "USD", 52_000, "5.2万ドル", "52,000.00ドル"),
        ("en", "JPY", 4_200_000, "¥4.20M", "¥4,200,000"),
        ("en", "USD", 999, "$999", "$999.00"),
        ("en", "USD", 1_234.5, "$1.23K", "$1,234.50"),
        ("en", "CHF", 1_234.5, "1.23K CHF", "1,234.50 CHF"),
        ("en", "USD", math.nan, "–", "–"),
    ],
)
def test_money(lang, currency, value, short, full):
    words = Words(lang, currency)
    assert (words.short_money(value), words.money(value)) == (short, full)


@given(st.floats(min_value=1, max_value=1e13))
def test_short_money_stays_within_three_percent(value):
    text = Words("ja", "JPY").short_money(value)
    number = re.fullmatch(r"([\d,.]+)(億|万)?円", text)
    assert number
    read = float(number[1].replace(",", "")) * {"億": 1e8, "万": 1e4, None: 1}[number[2]]
    assert abs(read - value) <= max(0.03 * value, 0.5)


@pytest.mark.parametrize(
    ("growth", "way"),
    [
        (Estimate(2, 1.5, 2.5, 50), "up"), (Estimate(0.5, 0.4, 0.7, 50), "down"), (Estimate(1, 0.9, 1.1, 500), "flat"),
        (Estimate(1.2, 0.6, 2.4, 9), "unclear"), (Estimate(), "unknown"), (Estimate(math.inf, 3, math.inf, 9), "up"),
    ],
)
def test_direction(growth, way):
    assert Words("ja").direction(growth) == way


def test_days():
    ja, en = Words("ja"), Words("en")
    assert ja.span(date(2026, 9, 1), date(2026, 10, 30)) == "2026年9月1日〜10月30日"
    assert en.span(date(2025, 12, 1), date(2026, 1, 5)) == "1 Dec 2025 to 5 Jan 2026"
    assert en.span(date(2026, 1, 5), date(2026, 1, 5)) == "5 Jan 2026"


def test_one_contact_is_no_plural():
    assert Words("en").count(1) == "1 contact"
    assert Words("en").count(2) == "2 contacts"


def test_a_language_without_words_is_refused():
    with pytest.raises(SettingsError, match="no words for this language"):
        Words("fr")


@given(st.text())
def test_a_note_that_nobody_knows_stays_as_it_is(text):
    for lang in ("ja", "en"):
        note = Words(lang).note(Note("audit of " + text))
        assert note == "audit of " + text


@pytest.mark.parametrize(("lang", "parts"), [("ja", ("2件", "5,000,000円", "700円")), ("en", ("2 payouts", "¥5,000,000", "¥700"))])
def test_absurd_payouts_are_told_with_their_amount(lang, parts):
    note = Note.of("payouts_absurd", n=2, amount=5e6, usual=700.0, currency="JPY")
    assert all(part in Words(lang, "JPY").note(note) for part in parts)
