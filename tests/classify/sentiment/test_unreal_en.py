"""English praise that is none: what once was, what would have been, irony with its marks; and what only looks like it."""

from __future__ import annotations

import pytest

from vocmine.classify import SentimentClassifier
from vocmine.classify.sentiment.polarity import FEATURES, read

SARCASM = FEATURES.index("sarcasm")


@pytest.mark.parametrize("text", [
    "It used to be such a lovely library",
    "Would have been five stars if the strap held",
    "Could've been a wonderful trip",
    "Used to enjoy the lunch menu a lot",
])
def test_good_that_is_no_more_or_never_came(text: str) -> None:
    assert not any(hit.score > 0 for hit in read(text).hits)


@pytest.mark.parametrize("text", [
    "I am used to lovely rooms and this was one",
    "I soon got used to the great keyboard",
    "I used to hate mornings, this coffee is lovely",
    "Could not have been kinder",
    "It would have been a long way but they helped",
    "Used to love the soup and still love it",
])
def test_good_that_is_real(text: str) -> None:
    assert any(hit.score >= 0.9 for hit in read(text).hits)


@pytest.mark.parametrize(("text", "ironic"), [
    ("so happy with the outage 🙃", True),
    ('my line is "fixed" and still dead', True),
    ("fast delivery they said", True),
    ("love how the shop site is in maintenance on sale day", True),
    ("love how it never crashes", False),
    ("love that it never once let me down", False),
    ('I am on the "Premium" plan', False),
    ("They said it comes on Friday", False),
    ("so happy with my new bike 😊", False),
])
def test_marks_of_irony(text: str, ironic: bool) -> None:
    assert bool(read(text).features[SARCASM]) is ironic


@pytest.mark.parametrize(("text", "mood"), [
    ("Used to be a lovely bar, now the glasses are dirty", "negative"),
    ("dropped off at the wrong house, 5 star service 🤡", "negative"),
    ("no that is everything, thx", "neutral"),
    ("Cust asked to move visit to Friday am, done", "neutral"),
    ("Cx asks for copy of lease, emailed", "neutral"),
    ("seven winters and it starts at the first turn of the key", "positive"),
    ("a bit dear, but it has outlived two of the cheap ones", "positive"),
])
def test_moods(text: str, mood: str) -> None:
    assert SentimentClassifier().predict([text])[0] == mood
