"""Personal data of the demo: planted, made up, in a frame of each language."""

from __future__ import annotations

import json
import re
import unicodedata
from random import Random

import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.contacts.simulator.centre import load_centre
from vocmine.contacts.simulator.personal import KINDS, make_secret


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    return simulate(seed=11)


def test_planted_personal_data_stands_in_the_text(texts: pd.DataFrame) -> None:
    hidden = texts["true_pii"].map(json.loads)
    for text, secrets in zip(texts["text"], hidden, strict=True):
        assert all(secret["value"] in text for secret in secrets)
    kinds = {secret["kind"] for secrets in hidden for secret in secrets}
    assert kinds >= {"name", "phone", "email", "address", "card", "postal_code", "account"}
    assert 0.15 < (hidden.map(len) > 0).mean() < 0.45


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_personal_data_is_made_up(lang: str) -> None:
    random, people = Random(0), load_centre().people[lang]
    for _ in range(300):
        mail = make_secret("email", people, lang, random).value
        assert re.search(r"@(\w+\.)?example\.(com|org|net|jp|co\.jp|ne\.jp)$", mail)
        phone = re.sub(r"\D", "", unicodedata.normalize("NFKC", make_secret("phone", people, lang, random).value))
        assert "1234" in phone or "555" in phone or phone.startswith("0207946")
        card = re.sub(r"\D", "", make_secret("card", people, lang, random).value)
        assert luhn(card) == 0


def luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        n = int(digit) * (1 + place % 2)
        total += n - 9 * (n > 9)
    return total % 10


def test_each_kind_has_a_frame_in_each_language() -> None:
    for lang in ("ja", "en"):
        for frames in load_centre().people[lang]["frame"].values():
            for kinds in KINDS.values():
                assert {kind for kind in kinds if lang == "ja" or kind != "my_number"} <= set(frames)
            assert all("{}" in phrase for phrases in frames.values() for phrase in phrases)
