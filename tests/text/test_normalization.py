"""One way of writing, and the map back."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vocmine.text import find_pii, is_mojibake, mask_pii, normalize, normalize_text
from vocmine.text.lookalikes import put_right

TABLE = [
    ("ﾃﾞｰﾀｶﾞ消えた", "データガ消えた"),
    ("ｽﾏﾎｱﾌﾟﾘ", "スマホアプリ"),
    ("は\u3099", "ば"),
    ("cafe\u0301", "café"),
    ("０９０−１２３４－５６７８", "090-1234-5678"),
    ("０３ー１２３４ー５６７８", "03-1234-5678"),
    ("すごーーーい", "すごーい"),
    ("すご〜い", "すごーい"),
    ("10～20分", "10〜20分"),
    ("やばいいいいい", "やばいい"),
    ("!!!!!!", "!!"),
    ("soooooo good", "soo good"),
    ("1000000円", "1000000円"),
    ("A&amp;B &lt;3", "A&B <3"),
    ("改行<br>する<BR/>と", "改行\nする\nと"),
    ("&amp;lt;b&amp;gt;太字&amp;amp;", "太字&"),
    ("<style>p{color:red}</style>本文<SCRIPT src=x>run()</SCRIPT>", "本文"),
    ("前<!-- 見えない -->後", "前後"),
    ("<script>閉じない", "閉じない"),
    ("<b>太い</b>字", "太い字"),
    ("a < b > c", "a < b > c"),
    ("Q&A", "Q&A"),
    ("全角　スペース", "全角 スペース"),
    ("ゼロ\u200b幅\ufeff", "ゼロ幅"),
    ("制\x08御\x00", "制御"),
    ("a\r\n\r\nb", "a\nb"),
    ("㈱テスト㍻", "(株)テスト平成"),
    ("①番…½", "①番…½"),
    ("(´･ω･`)", "(´・ω・`)"),
    ("  端  ", "端"),
    ("\ud83d壊れ", "\ufffd壊れ"),
    ("", ""),
]

# what breaks tools: empty, odd, long, right-to-left, markup, formulas, other scripts
NAUGHTY = [
    "", " ", "\x00", "\ud800", "\U0010ffff", "﷽" * 50, "ﾞﾞﾞ", "゛", "ー", "~~~~", "〜〜〜", "&#0;", "&#x110000;", "&#xD800;", "&bogus;", "<br", "<<b>>",
    "<script>alert(1)</script>", "=1+1", "' OR 1=1 --", "../../etc/passwd", "%s%n", "{0}", "${x}", "\u202eabc", "e\u0301" * 40, "👩‍👩‍👧‍👦", "🇯🇵",
    "ⅷ", "ﬃ", "İ", "ß", "Ω", "한국어 문장", "русский", "العربية", "1" * 400, "@" * 50, "-" * 300, "a" * 5000, "あ" * 5000, "。" * 3000, "様様様", "さん",
    "〒", "〒-", "+81", "http://", "[電話番号]", "[[氏名]]", "[NAME", "\\", "\t\t", "\n\n\n", "ヷヸヹ", "𠮷野家", "﨑", "①②③", "･･･", "(:3_ヽ)_", "ｗｗｗｗ",
]


@pytest.mark.parametrize(("raw", "clean"), TABLE)
def test_table(raw, clean):
    assert normalize_text(raw) == clean


@pytest.mark.parametrize("raw", [raw for raw, _ in TABLE] + NAUGHTY)
def test_both_paths_agree_and_the_map_fits(raw):
    plain = normalize(raw)
    assert plain.text == normalize_text(raw)
    assert len(plain.offsets) == len(plain.text) + 1
    assert len(plain.ends) == len(plain.text)
    assert list(plain.offsets) == sorted(plain.offsets)
    assert all(0 <= a < b <= len(raw) for a, b in zip(plain.offsets, plain.ends, strict=False))


@pytest.mark.parametrize("raw", NAUGHTY)
def test_naughty_strings_are_masked_without_harm(raw):
    masked = mask_pii([raw])[0]
    assert masked == mask_pii([raw])[0]
    masked.encode("utf-8", "surrogatepass")


def by_all_rules(raw: str) -> str:
    """The long way round: every rule on every text, no test whether it is needed, until nothing changes."""
    module = sys.modules[normalize.__module__]
    text = raw.translate(module._TABLE)
    for pattern, replace in module._RULES:
        text = pattern.sub(replace, text)
    text = put_right(text)
    return text if text == raw else by_all_rules(text)


PIECES = st.sampled_from(
    ["ﾃﾞ", "ー", "〜", "<br>", "&amp;", "&#12354;", "０", "-", "ーー", " ", "\n", "\u200b", "あ", "が", "か\u3099", "aaaa", "㌔", "①", "☎", "様", "佐藤"]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_map_points_at_what_became_each_character(raw):
    plain = normalize(raw)
    assert plain.text == normalize_text(raw)
    for i, char in enumerate(plain.text):
        start, end = plain.span(i, i + 1)
        source = raw[start:end]
        assert source
        if len(source) == 1 and source.isalpha() and char.isalpha():
            assert char in unicodedata.normalize("NFKC", source)


@pytest.mark.parametrize("raw", [raw for raw, _ in TABLE] + NAUGHTY)
def test_no_cheap_test_skips_a_rule_that_is_needed(raw):
    assert normalize_text(raw) == by_all_rules(raw)


@given(st.lists(PIECES | st.text(max_size=3) | st.text("ー-−‐〜~ \n&<b>5５aaa。。、…\t〪", max_size=5), max_size=12).map("".join))
@settings(max_examples=500, deadline=None)
def test_the_fast_way_is_the_long_way(raw):
    assert normalize_text(raw) == by_all_rules(raw)


LOOKALIKES = st.sampled_from([*"へべぺり力工口二夕八卜一カエロニタハトリ―—–‐−─-〜ァンマクド電会社入事", "ﾞ", "ﾟ", "&lt;", "b>", "&#64;", "&am", "p;", "<b>"])


@given(st.lists(PIECES | LOOKALIKES | st.text(max_size=3), max_size=14).map("".join))
@example("ク?５マ─ﾞペ")  # a mark that stands apart meets the ー that a look-alike becomes
@example("工エへ三二‐力口ン")  # a look-alike tells of another only after three passes
@settings(max_examples=500, deadline=None)
def test_what_is_normalised_stays_as_it_is(raw):
    once = normalize_text(raw)
    assert normalize_text(once) == once
    assert normalize(raw).text == once == normalize(once).text


def test_ways_of_writing_that_lead_to_each_other_become_one(monkeypatch):
    module = sys.modules[normalize.__module__]
    monkeypatch.setattr(module, "put_right", lambda text: text.translate(str.maketrans("力カ", "カ力")))
    assert [normalize_text(text) for text in ("力", "カ")] == ["カ", "カ"]
    assert normalize("力").text == "カ"


def test_every_character_alone_goes_both_ways():
    texts = [chr(code) for code in range(sys.maxunicode + 1) if not 0x3400 <= code < 0x4E00 and not 0xAC00 <= code < 0xD7A4]
    module = sys.modules[normalize.__module__]
    changed = [t for t in texts if module._written(ord(t)) != t]
    assert len(changed) > 5_000
    assert [t for t in changed if normalize_text(t) != by_all_rules(t)] == []


@given(st.text(max_size=12), st.sampled_from(["ｶﾞ", "<b>", "", "ーーー", "㈱"]))
@settings(max_examples=100, deadline=None)
def test_a_planted_number_is_found_where_it_stands(noise, glue):
    secret = "０９０−１２３４−５６７８"
    text = f"{noise}。{glue}電話 {secret} まで"
    assert secret not in mask_pii([text])[0]
    at = text.index(secret)
    assert any(s.start <= at and at + len(secret) <= s.end for s in find_pii(text))


def test_mojibake():
    bad = ["ログインできない".encode().decode("latin-1"), "料金が高い".encode().decode("cp932", "replace"), "\ufffd\ufffd"]
    good = ["ログインできない", "café、naïve", "縺れた糸", "", "Ça va bien, très bien"]
    assert [is_mojibake(t) for t in bad] == [True] * 3
    assert [is_mojibake(t) for t in good] == [False] * 5
