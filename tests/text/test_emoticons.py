"""Faces and emoji: one term with a meaning each."""

from __future__ import annotations

import pytest

from vocmine.text import as_analysed

FACES = {
    "kao_joy": ["(^^)", "(^_^)", "(*^_^*)", "(≧▽≦)", "(´∀｀)", "(´ω｀)", "(・∀・)", "＼(^o^)／", "^^", "(*´∀｀*)", "(￣▽￣)", "(ﾟ∀ﾟ)", ":)", ":-D"],
    "kao_sad": ["(T_T)", "(;_;)", "(´;ω;｀)", "(TдT)", "(ノД`)", "(´д｀)", "(´・ω・`)", "(>_<)", "orz", "OTL", "(；∀；)", "( ；∀；)", "T_T", ";_;", "><", "(；´Д｀)", "(ToT)", ":("],
    "kao_anger": ["(#ﾟДﾟ)", "(｀Д´)", "(｀Δ´)", "ヽ(`Д´)ﾉ"],
    "kao_sweat": ["(^_^;)", "(^^;)", "^^;", "(-_-;)"],
    "kao_doubt": ["(-_-)", "(?_?)", "(°_°)", "(゜o゜)", "¯\\_(ツ)_/¯"],
    "kao_sorry": ["m(_ _)m", "m(__)m", "<(_ _)>"],
}
NO_FACES = ["(黒)", "(2)", "(株)", "(A)", "5 <30", "a < b", "理由:(1)", "10:00", "(担当)", "(02)", "Note:P5", "x^2", "(TO)"]


@pytest.mark.parametrize(("meaning", "face"), [(meaning, face) for meaning, faces in FACES.items() for face in faces])
def test_a_face_is_one_term_with_a_meaning(meaning, face):
    got = as_analysed([f"つらい{face}", f"つらい {face} 画面", f"bad screen {face}"])["terms"].tolist()
    assert got == [f"辛い {meaning}", f"辛い {meaning} 画面", f"bad screen {meaning}"]


@pytest.mark.parametrize("text", NO_FACES)
def test_brackets_and_colons_are_no_faces(text):
    assert "kao_" not in " ".join(as_analysed([f"画面 {text} です", f"screen {text} here"])["terms"])


def test_runs_of_emoji_and_colours_of_skin_are_one_term():
    got = as_analysed(["最高👍🏽", "最悪😡😡😡😡 画面", "Great ❤️❤️ app 👍🏿", "😊", "not 😡 good"])["terms"].tolist()
    assert got == ["最高 emoji_joy", "最悪 emoji_anger 画面", "great emoji_joy app emoji_joy", "emoji_joy", "emoji_anger good_not"]
