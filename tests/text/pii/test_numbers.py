"""No digits of a planted secret survive masking, whatever widths and separators they are written with."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.text import as_analysed, find_pii, mask_pii

HYPHENS = ["-", "－", "‐", "‑", "–", "—", "−", "ー", "ｰ", " ", "　", ""]
FRAMES = ["電話は{}です", "連絡先：{}。折り返し希望", "（{}）まで", "本人より{}と申告あり、", "お客様情報：{}、注文番号20261121", "入電。\n{}\n終話", "{}"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def luhn(body):
    odd = sum(sum(divmod(2 * int(d), 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(body)))
    return body + str(-odd % 10)


def my_number(body):
    rest = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(body), start=1)) % 11
    return body + str(0 if rest <= 1 else 11 - rest)


def digits(n):
    return st.text("0123456789", min_size=n, max_size=n)


MOBILE = st.tuples(st.sampled_from(["090", "080", "070"]), digits(4), digits(4))
FIXED = st.tuples(st.sampled_from(["03", "06"]), digits(4).filter(lambda d: d[0] in "3456"), digits(4))
CARD = digits(14).map(lambda d: luhn("4" + d)).map(lambda d: (d[:4], d[4:8], d[8:12], d[12:]))
PERSONAL = digits(11).filter(lambda d: d[0] != "0").map(my_number).map(lambda d: (d[:4], d[4:8], d[8:]))


@st.composite
def written(draw):
    """Give the digits of a secret and one way of writing it: one separator throughout, widths digit by digit."""
    groups = draw(st.one_of(MOBILE, FIXED, CARD, PERSONAL))
    between = draw(st.sampled_from(HYPHENS))
    wide = draw(st.lists(st.booleans(), min_size=16, max_size=16))
    plain = "".join(groups)
    each = iter(wide)
    shown = between.join("".join(d.translate(WIDE) if next(each) else d for d in group) for group in groups)
    return plain, shown, draw(st.sampled_from(FRAMES)).format(shown)


def survives(plain, text):
    """Tell whether five digits in a row of the secret, or more, are left."""
    left = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text.replace("20261121", "")))
    return any(plain[i : i + 5] in left for i in range(len(plain) - 4))


@settings(max_examples=400, deadline=None)
@given(written())
def test_no_digits_of_a_secret_survive(secret):
    plain, _, text = secret
    if len(set(plain)) == 1:
        return  # 0000000000 and the like are nobody's
    assert find_pii(text), text
    assert not survives(plain, mask_pii([text])[0]), text
    row = as_analysed([text]).iloc[0]
    assert not survives(plain, row["text_clean"]), text
    assert not survives(plain, row["terms"]), text


@settings(max_examples=100, deadline=None)
@given(written())
def test_masking_what_is_masked_changes_nothing(secret):
    once = mask_pii([secret[2]])
    assert mask_pii(once) == once


NUMBERS_KEPT = [
    "12345678 please", "order 12345678 is late", "Your ref 95757071.", "受付番号12345678", "お客様コード12345678", "see 482019337", "row 482019337 failed", "送り状 229011845530 は配達完了", "S/N: 2290-1184-5530 の保証", "顧客コード 229011845530", "カートNo 229011845530", "注文番号は12345678です", "横浜市港北区で3-4回切れた",
]  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS_KEPT)
def test_numbers_of_orders_and_tickets_stay(text):
    assert mask_pii([text]) == [text]


def test_a_version_after_a_phone_number_stays():
    assert mask_pii(["電話090-1234-5678 5.2.0で再現", "Phone 090-1234-5678 5.2.0 crashes"]) == [
        "電話[電話番号] 5.2.0で再現", "Phone [PHONE] 5.2.0 crashes",
    ]


@pytest.mark.parametrize("text", ["12345678", "bank account 12345678", "account number is 12345678 please", "口座番号は12345678"])
def test_account_numbers_beside_their_word(text):
    assert "12345678" not in mask_pii([text])[0]


@pytest.mark.parametrize("text", ["ZIP 143-0026", "postal code: 121-0017", "郵便番号 143-0026", "住所 143-0026 東京都"])
def test_bare_postal_codes(text):
    assert [s.kind for s in find_pii(text)][:1] == ["postal_code"]


@pytest.mark.parametrize("text", [
    "電話は090-\n1234-5678です", "090-1234-\n5678へ", "03\n-1234-5678", "客:番号は090-1234-\n客:5678です", "カードは4111 1111\n1111 1111です", "4111-1111-\n1111-1111", "call 415-555-\n0132 please",
    "〇九〇ー一二三四ー五六七八へ", "〇三・一二三四・五六七八", "零九〇一二三四五六七八", "○九○-一二三四-五六七八",
])
def test_numbers_over_line_ends_and_in_kanji_are_found(text):
    masked = mask_pii([text])[0]
    assert not any(part in masked for part in ("5678", "1111", "0132", "五六七八"))
    assert "\n" in text or "一二三四" not in masked


@pytest.mark.parametrize("text", ["2026-11-\n21-1000", "価格は\n1000-\n2000円", "0\n1\n2\n3", "二〇二六年一一月", "一〇〇〇〇〇〇〇〇〇円", "〇〇〇〇〇〇〇〇〇〇", "番号は4111 1111\n1111 1112"])
def test_what_is_no_number_of_a_person_stays_over_line_ends(text):
    assert mask_pii([text]) == [text]
