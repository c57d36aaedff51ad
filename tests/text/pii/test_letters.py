"""Names and addresses as letters, mails and calls carry them."""

from __future__ import annotations

import pytest

from vocmine.text import find_pii, mask_pii

SIGNED = [
    ("製品が届きません。\n早急にご対応ください。\n--\n{}\nTEL: 03-1234-5678", ["林", "山口", "林 陽子", "森　葵", "John Smith", "Emma J. Carter"]),
    ("返品したいです。\nよろしくお願いいたします。\n\n{}", ["松本", "石川", "佐藤美咲"]),
    ("It broke after 3 days.\nI look forward to your reply.\n\n=========\n{}\nZIP 143-0026", ["Mia Kowalski", "Anna Mary Brown"]),
    ("It keeps telling me to sign in again.\n\n{}", ["Chloe Nguyen"]),
    ("My order is late.\nKind regards,\n{}", ["Jimmy", "Kate Miller"]),
    ("アプリが落ちます。私は{}と申します。", ["山口", "森", "田中美咲"]),
    ("{} I need help with my phone.", ["I'm Jimmy,", "This is Kate from Boston.", "my name is Kate Miller."]),
    ("Invoice was wrong. {}. Explained, closed.", ["Caller: Sophie Evans", "Acct holder Lucas Foster", "Customer Liam Patel"]),
]  # fmt: skip
SPARED = [
    "良かった点は何ですか。\n接客", "ありがとうございました。\n以上", "よろしくお願いします。\nサポート担当", "改善してください。\n画面が暗い\n03-1234-5678"[:16],
    "Great stay.\nKind Regards", "Thank you.\nCustomer Support", "Best\nThanks", "I'm American and I love it", "I'm Very happy", "I'm Gold member",
    "This is Ridiculous.", "customer service was Great Again", "I'm Done.", "アプリと言います", "問題はないと申します", "Contact Customer Service",
]  # fmt: skip
PLACES = [
    "神奈川県川崎市幸区雲雀ヶ原1丁目9番14号", "横浜市港北区みどりヶ崎台8丁目28番18号", "石川県金沢市雲雀ヶ原9-3-9", "仙台市青葉区ひばりが崎4-10", "岡山県岡山市北区星影町6丁目23番8号",
]  # fmt: skip
NUMBERS_KEPT = [
    "12345678 please", "order 12345678 is late", "Your ref 95757071.", "受付番号12345678", "お客様番号12345678", "注文番号は12345678です", "横浜市港北区で3-4回切れた",
]  # fmt: skip


@pytest.mark.parametrize(("frame", "name"), [(f, n) for f, many in SIGNED for n in many])
def test_names_of_letters_are_masked(frame, name):
    masked = mask_pii([frame.format(name)])[0]
    known = [w.strip(",.") for w in name.split() if w.strip(",.") not in {"I'm", "This", "is", "from", "Boston", "my", "name", "Caller:", "Acct", "holder", "Customer"}]
    assert known
    assert not [word for word in known if len(word) > 2 and word in masked], masked
    assert "[氏名]" in masked or "[NAME]" in masked


@pytest.mark.parametrize("text", SPARED + NUMBERS_KEPT)
def test_left_alone(text):
    assert mask_pii([text]) == [text]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("frame", ["住所は{}です。", "ご住所{}。", "--\n{}\n", "{}"])
def test_towns_that_no_dictionary_knows(place, frame):
    text = frame.format(place)
    start = text.index(place)
    assert any(s.start <= start and start + len(place) <= s.end for s in find_pii(text) if s.kind == "address"), find_pii(text)


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
