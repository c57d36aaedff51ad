from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from vocmine.topics.monitoring.alert_evidence import Alarm, evidence
from vocmine.topics.monitoring.window import Memory


def case(remembered: Callable[..., Memory], lang: str) -> Memory:
    say = {
        "ja": [("配達が遅い", "配達 遅い"), ("大雪で配達が遅い", "大雪 配達 遅い"), ("返金は?", "返金")],
        "en": [("late delivery", "late delivery"), ("snow: late delivery", "snow late delivery"), ("refund?", "refund")],
    }[lang]
    rows = [(d, 0, *say[0]) for d in range(20) for _ in range(2)] + [(d, 1, *say[2]) for d in range(23) for _ in range(2)]
    return remembered(sorted(rows + [(d, 0, *say[1]) for d in (20, 21, 22) for _ in range(4)]), lang)


@pytest.mark.parametrize(("lang", "word", "usual"), [("ja", "大雪", "配達"), ("en", "snow", "delivery")])
def test_words_that_changed_are_those_of_the_rise(
    remembered: Callable[..., Memory], lang: str, word: str, usual: str
) -> None:
    memory = case(remembered, lang)
    rows = np.flatnonzero((memory.topic == 0) & (memory.day >= 20))
    told = evidence(memory, Alarm(0, 22, 12, 6.0, 0.001, "growing", 3, 0.3), rows)
    assert told["words"] == [word]
    assert len(told["quotes"]) == 1 and word in told["quotes"][0]
    new = evidence(memory, Alarm(0, 22, 12, 0.5, 0.001, "new", 3, 0.3), rows)
    assert set(new["words"]) >= {word, usual}


def test_what_ended_is_told_by_what_was_said(remembered: Callable[..., Memory]) -> None:
    memory = case(remembered, "ja")
    told = evidence(memory, Alarm(1, 30, 0, 14.0, 0.001, "ended", 7, 0.3), np.empty(0, np.int64))
    assert told == {"words": ["返金"], "quotes": ["返金は?"]}
    gone = evidence(memory, Alarm(3, 30, 0, 14.0, 0.001, "ended", 7, 0.3), np.empty(0, np.int64))
    assert gone == {"words": [], "quotes": []}


def test_an_alert_has_its_interval() -> None:
    told = Alarm(2, 5, 30, 10.0, 3.0, "growing", 1, 0.2).to_dict("遅い", ["a"])
    assert told["ratio"] == 3.0 and told["p_adjusted"] == 1.0
    assert told["ratio_low"] * told["ratio_high"] == pytest.approx(9.0)
    assert 1.9 < told["ratio_low"] < 2.1
