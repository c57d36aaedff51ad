from __future__ import annotations

from collections.abc import Sequence

from vocmine.text import as_analysed
from vocmine.topics.naming.contrast import ContrastCounts
from vocmine.topics.naming.titles import Title, titles


def named(groups: Sequence[Sequence[str]], used: Sequence[str] = ()) -> list[Title]:
    read = [as_analysed(list(texts)) for texts in groups]
    texts, terms = ([frame[column].tolist() for frame in read] for column in ("text_clean", "terms"))
    usual = ContrastCounts([w for some in terms for w in some], [t for t, some in enumerate(terms) for _ in some])
    return titles(texts, terms, usual, range(len(groups)), [len(some) for some in groups], used)


PARCEL = ["荷物がまだ届きません", "荷物が届かないのですが", "届いていない荷物があります。荷物が届かない"]
BILL = ["請求金額が間違っています", "請求金額が高いです", "請求金額が間違っている"]


def test_names_say_what_happened() -> None:
    assert [t.name for t in named([PARCEL, BILL])] == ["荷物が届かない", "請求金額が間違っている"]


def test_fillers_of_agents_name_nothing() -> None:
    notes = ["入電。ポイント未着。案内し終話。", "ご本人様より。ポイント未着。折電要。", "ポイント未着。申し送り済。対応完了。"]
    calls = ["Caller verified. Parcel stuck at depot. Closed.", "Inbound. Parcel stuck at depot. Explained, closed.",
             "Cust frustrated. Parcel stuck at depot. Escalated to tier 2."]
    assert [t.name for t in named([notes, calls, BILL])][:2] == ["ポイント未着", "parcel stuck at depot"]


def test_a_topic_of_two_languages_has_both_names_and_one_of_one_has_one() -> None:
    mixed = [*PARCEL, "My parcel has not arrived", "the parcel has not arrived yet"]
    both, one = named([mixed, BILL])
    assert (both.name, both.name_ja, both.name_en) == ("荷物が届かない", "荷物が届かない", "parcel has not arrived")
    assert (one.name_ja, one.name_en) == (one.name, "")


def test_what_is_said_whole_names_a_topic_of_nothing_else() -> None:
    thanks = ["@Air Thank you!", "@Air thank you", "Thank you"]
    assert named([thanks, PARCEL])[0].name == "Thank you"


def test_no_name_twice_and_none_empty() -> None:
    names = [t.name for t in named([PARCEL, PARCEL, ["。。。"] * 3, ["???"] * 3], used=["荷物が届かない"])]
    assert len({*names, "荷物が届かない"}) == 5 and all(names)


def test_masks_and_accounts_are_no_names() -> None:
    texts = ["@SkyAir [氏名] ", "@SkyAir [電話番号]", "@SkyAir [NAME] delayed flight", "@SkyAir delayed flight"]
    name = named([texts, BILL])[0].name
    assert "delayed flight" in name and "SkyAir" not in name and "NAME" not in name


def test_capitals_make_no_other_name() -> None:
    taken = named([["Billing error again", "billing error"], BILL], used=["Billing Error"])[0].name
    assert taken.casefold() != "billing error"
