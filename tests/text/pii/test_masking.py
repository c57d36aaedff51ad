"""Masking is done once and for all: a masked text, a normalised one and a clean one stay as they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vocmine.text import as_analysed, find_pii, mask_pii, normalize_text
from vocmine.text.pii.masking import find_each, mask_each, mask_text
from vocmine.text.pii.spans import mark_pattern, marks, replace_spans

DIGITS = list("0123456789０１２３４５６７８９〇一二三四五六七八九十百①②³٣३")
BETWEEN = [*"-－−‐–—―─ーｰ〜~・･ .．,，、。/:：;()（）[]［］「」<>@＠#&=+*_|\"’\u3000 \n\t", "\r\n", "\u200b", "\u2028", "<br>", "&amp;", "&lt;", "&#64;", "\u202e"]
KANA = [*"アカサタトハヘペリロンヴーぁかがのはへべぺりを々ヶヽ力工口二夕八卜", "ｶ", "ﾞ", "ﾟ", "ﾊ", "ﾃﾞ", "か\u3099", "\u309a"]
ODD = ["\u0301", "e\u0301", "\u20e3", "\ufe0f", "\u200d", "👩", "👍🏽", "🇯🇵", "☎", "〒", "\ud83d", "𠮷", "㈱", "㍻", "½"]
CUES = ["様", "さん", "氏", "殿", "先生", "本人", "家", "店長", "と申します", "です", "より", "お名前", "担当", "契約者", "Mr ", "Ms. ", "my name is ", "Regards,\n", "cust ", "カード", "口座番号は", "住所", "電話", "account ", "order "]
NAMES = ["佐藤", "田中", "鈴木美咲", "林", "サトウ", "たなか", "東海林", "ジョン・スミス", "John Smith", "jane doe", "リーカネン"]
MARKS = [*sorted({mark for by_kind in marks().values() for mark in by_kind.values()}), "［氏名］", "[電話", "番号]", "[NAME"]
SECRETS = ["090-1234-5678", "０９０−１２３４−５６７８", "03(1234)5678", "+81 90 1234 5678", "4111 1111 1111 1111", "123456789018", "123-45-6789", "普通 1234567", "〒100-0001", "100-0001", "東京都港区芝公園4丁目2番8号",
           "渋谷区神南1-2-3 コーポ青葉203号室", "123 Main Street, Springfield", "taro@example.co.jp", "taro(at)example.com", "https://example.com/a?token=abc", "192.168.0.1", "1980年1月2日生まれ", "会員番号4471-0098", "SW1A 1AA"]
PLAIN = ["2026年11月21日", "14:30:05", "12,980円", "$12.50", "注文番号", "型番WX-3000", "1500ポイント", "料金が高い", "届きません", "the ", "refund "]
TEXTS = st.lists(st.one_of(*map(st.sampled_from, (DIGITS, BETWEEN, KANA, ODD, CUES, NAMES, MARKS, SECRETS, PLAIN))), max_size=14).map("".join)
MANY = settings(max_examples=400, deadline=None)


@given(TEXTS)
@example("SW1A 1AA+81 90 1234 5678100-0001+81 90 1234 5678〒100-0001")  # a number hidden by its neighbour
@example("9accountサトウ〒100-0001［氏名］東海林東京都港区芝公園4丁目2番8号")
@MANY
def test_a_masked_text_stays_as_it_is(text):
    once = mask_pii([text])
    assert mask_pii(once) == once
    assert find_pii(once[0]) == []


@given(TEXTS)
@example("ニ一五十嵐蓮taro@example.co.jp")  # ニ一 is read as ニー once no kanji stands behind it
@example("客：ム―ジョン・スミス\nOP：佐藤です。")
@MANY
def test_a_clean_text_stays_as_it_is(text):
    clean = as_analysed([text])["text_clean"]
    assert as_analysed(clean)["text_clean"].tolist() == clean.tolist()
    assert mask_pii(clean) == clean.tolist()
    assert [normalize_text(each) for each in clean] == clean.tolist()


@given(TEXTS, st.sampled_from(["ja", "en", "mixed", "other"]))
@settings(max_examples=150, deadline=None)
def test_so_it_is_with_a_language_that_is_told(text, lang):
    once = mask_pii([text], lang)
    assert mask_pii(once, lang) == once


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_what_is_found_is_what_is_masked(text):
    ((lang, spans),) = find_each([text])
    assert spans == find_pii(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert replace_spans(text, spans, lang) == mask_text(text) == mask_each([text])[0]


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_marks_that_were_there_stay(text):
    """A mark is closed: none of it is taken for a secret, whatever stands beside it."""
    for lang in ("ja", "en"):
        for mark in marks()[lang].values():
            assert mark in mask_text(f"{mark}{text}")
            assert mask_text(mark) == mark


@pytest.mark.parametrize(("text", "masked"), [
    ("[口座番号] 1234567", "[口座番号] 1234567"),  # the word in a mark is no cue
    ("電話[電話番号] 090-1234-5678", "電話[電話番号] [電話番号]"),
    ("[氏名]様と佐藤様", "[氏名]様と[氏名]様"),
    ("100-0001+81 90 1234 5678です", "[郵便番号][電話番号]です"),
])
def test_marks_in_a_text(text, masked):
    assert mask_text(text) == masked


def test_a_text_of_marks_alone_has_no_personal_data():
    for text in MARKS:
        assert find_pii(text) == []
    assert mark_pattern().sub("", mask_text(" ".join(MARKS))).split() == ["［氏名］", "[電話", "番号]", "[NAME"]


def test_many_secrets_are_found_in_few_rounds(monkeypatch):
    from vocmine.text.pii import masking

    rounds = []
    once = masking._find_once
    monkeypatch.setattr(masking, "_find_once", lambda texts, *rest: rounds.append(len(texts)) or once(texts, *rest))
    mask_each(["佐藤様より入電。090-1234-5678へ。" * 20, "料金が高い", "SW1A 1AA+81 90 1234 5678100-0001+81 90 1234 5678〒100-0001"])
    assert rounds[:2] == [3, 2] and len(rounds) <= 4
