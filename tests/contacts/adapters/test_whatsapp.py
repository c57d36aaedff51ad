"""WhatsApp chats of both phones."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.adapters.whatsapp import ADAPTER, fold_whatsapp
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

ANDROID = (
    "12/05/2026, 09:30 - Messages and calls are end-to-end encrypted.\n12/05/2026, 09:31 - Bea: Es fehlt: Teil 2\nbitte\n"
    "13/05/2026, 10:00 - Shop: <Media omitted>\n13/05/2026, 10:01 - Shop: Ja <This message was edited>\n"
)
IOS = "\u200e[5/12/26, 9:30:15\u202fAM] Bea: Late\n[5/12/26, 9:31:15\u202fAM] Shop: \u200eimage omitted\n[5/30/26, 1:00:00\u202fPM] Bea: Still\n"


def test_android_and_ios():
    notes = Notes()
    frame = fold_whatsapp(ANDROID, notes).frame
    assert frame.values.tolist() == [
        ["", "Bea", "Es fehlt: Teil 2\nbitte", "12/05/2026 09:31"], ["", "Shop", "Ja", "13/05/2026 10:01"],
    ]
    assert notes.facts == {"messages without words": "2"} and notes.doubts == ()
    folded = fold_whatsapp(IOS, Notes())
    assert folded.frame[["conversation_id", "created_at", "text"]].values.tolist() == [
        ["", "5/12/26 9:30:15 AM", "Late"], ["-2", "5/30/26 1:00:00 PM", "Still"],
    ]
    assert folded.rows == (1, 3)


def test_days_that_could_be_months_part_no_talk():
    text = "".join(f"4/{day}/26, 09:30 - Bea: Teil {day}\n" for day in (1, 2, 3, 4))
    assert set(fold_whatsapp(text, Notes()).frame["conversation_id"]) == {""}


@pytest.mark.parametrize("said", [
    "<attached: 1-a.jpg>", "sticker omitted", "This message was deleted", "このメッセージは削除されました", "IMG-1.jpg (file attached)",
    "画像は含まれていません", "Missed voice call at 9:30", "<メディアは含まれていません>",
])
def test_messages_without_words(said):
    with pytest.raises(ContactError, match="no message in this WhatsApp chat"):
        fold_whatsapp(f"12/05/2026, 09:31 - Bea: {said}\n", Notes())


@pytest.mark.parametrize(("head", "is_one"), [
    (ANDROID, True), (IOS, True), ("[2026/05/12 9:30:15] 甲野: はい\n", True), ("id,date,text\n1,2026-05-12,a\n", False),
    ("2026-05-12 09:30 - started\nx\ny\nz\n", False), ("[LINE] 甲野とのトーク履歴\n", False), ("", False),
])
def test_what_is_recognised(head, is_one):
    assert (adapter_of(Probe("a.txt", "text", head=head)) is ADAPTER) is is_one
