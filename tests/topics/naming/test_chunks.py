from __future__ import annotations

import pytest

from vocmine.topics.naming import inflection as bent
from vocmine.topics.naming.chunks import NO_LINK, STATE, THING, VERB, PieceWords, chunks, tells


def read(text: str) -> list[tuple[str, str, str]]:
    return [(c.kind, c.form or c.text, c.link) for c in chunks(PieceWords(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("荷物がまだ届きません", [(THING, "荷物", "が"), (VERB, "届かない", "")]),
        ("領収書の日付訂正依頼", [(THING, "領収書の日付訂正", "")]),
        ("画面は真っ白", [(THING, "画面", "は"), (STATE, "真っ白", "")]),
        ("ネットが遅い", [(THING, "ネット", "が"), (STATE, "遅い", "")]),
        ("海外では使えません", [(THING, "海外", "で"), (VERB, "使えない", "")]),
        ("5日", []),
    ],
)
def test_things_and_what_happened(text: str, found: list[tuple[str, str, str]]) -> None:
    assert read(text) == found


def test_moods() -> None:
    moods = {
        "送っていただけますか": bent.ASKED, "やめたい": bent.WISH, "切れました": bent.PAST, "壊れている": bent.GOING_ON,
        "断られた": bent.WAS_DONE, "請求される": bent.PASSIVE, "表示されません": bent.NOT_DONE, "予約できず": bent.UNABLE,
        "押しにくい": bent.HARD, "動く": bent.PLAIN,
    }
    assert {text: chunks(PieceWords(text))[-1].mood for text in moods} == moods


def test_grammar_is_no_thing_and_verbs_of_every_contact_tell_nothing() -> None:
    assert [c.text for c in chunks(PieceWords("ことのため"))] == []
    assert [c.generic for c in chunks(PieceWords("確認をお願いします"))] == [True] * len(chunks(PieceWords("確認をお願いします")))


def test_what_stands_between_parts_a_thing_from_what_follows() -> None:
    assert chunks(PieceWords("本体と画面"))[0].link == "と" and chunks(PieceWords("画面、表示"))[0].link == NO_LINK
    assert chunks(PieceWords("アプリを開くと落ちる"))[1].opens


def test_nouns_that_tell() -> None:
    assert tells("ポイント未着") and not tells("ポイント")
