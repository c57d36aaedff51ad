"""Names as letters and mails are signed with."""

from __future__ import annotations

import pytest

from vocmine.text import mask_pii
from vocmine.text.pii.signature import names_in_signature

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


@pytest.mark.parametrize(("frame", "name"), [(f, n) for f, many in SIGNED for n in many])
def test_names_of_letters_are_masked(frame, name):
    masked = mask_pii([frame.format(name)])[0]
    known = [w.strip(",.") for w in name.split() if w.strip(",.") not in {"I'm", "This", "is", "from", "Boston", "my", "name", "Caller:", "Acct", "holder", "Customer"}]
    assert known
    assert not [word for word in known if len(word) > 2 and word in masked], masked
    assert "[氏名]" in masked or "[NAME]" in masked


@pytest.mark.parametrize("text", SPARED)
def test_left_alone(text):
    assert mask_pii([text]) == [text]


@pytest.mark.parametrize(("text", "name"), [
    ("届きません。\nよろしくお願いします。\n佐藤美咲", "佐藤美咲"), ("困ります。\n--\n林\nTEL: 03-1234-5678", "林"), ("Late again.\nKind regards,\nJimmy", "Jimmy"),
    ("It broke.\n  Anna Brown  \nphone 415-555-0132", "Anna Brown"),
])
def test_the_place_of_a_name_is_that_of_its_line(text, name):
    spans = list(names_in_signature(text))
    assert [(text[s.start : s.end], s.kind) for s in spans] == [(name, "name")]


@pytest.mark.parametrize("text", ["佐藤美咲", "佐藤美咲\nよろしくお願いします。\n" + "続き\n" * 9, "よろしくお願いします。\n" + "あ" * 41, "画面が暗い\n林の中", "Thanks\nTeam"])
def test_a_first_line_a_line_far_above_and_no_name_are_none(text):
    assert list(names_in_signature(text)) == []
