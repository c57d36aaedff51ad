"""早い, 長い, 多い and their like are good or bad by their subject."""

from __future__ import annotations

import pytest

from vocmine.classify import SentimentClassifier
from vocmine.classify.sentiment.by_subject import score_by_subject


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("充電の減りが早い", "negative"), ("色あせが早すぎる", "negative"), ("値上げのペースだけ早い", "negative"),
        ("発送が早い", "positive"), ("返信も早くて安心", "positive"), ("口が軽い店員", "negative"), ("軽くて疲れない", "positive"),
        ("待ち時間が長い", "negative"), ("電池の持ちが長い", "positive"), ("不具合が少ない", "positive"), ("ミスが多い", "negative"),
        ("画質が低い", "negative"), ("技術が高い", "positive"), ("会費が高い", "negative"),
    ],
)
def test_the_subject_decides(text: str, side: str) -> None:
    assert SentimentClassifier().predict([text])[0] == side


def test_other_subjects_leave_the_score() -> None:
    assert score_by_subject("到着が早い", 3, 1.1) == 1.1
    assert score_by_subject("減りが思ったより早い", 8, 1.1) < 0
