"""Each sentence is judged alone; a text pools what its sentences say."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify.sentiment.pretrained import judge
from vocmine.classify.sentiment.sentence_model import POOLED, gram_text, pooled

SENTENCES = ["画面が割れて届いた。", "手順を案内し終話。", "とても丁寧でした！", "Where is my order? ", "It broke. ", "折返し予定。"]


def test_numbers_and_addresses_are_not_learned() -> None:
    assert gram_text("@shop 30分待った https://x.example/a") == gram_text("@cafe 45分待った ")


def test_pooling_by_hand() -> None:
    logits = np.array([[4.0, 0.0, -4.0], [0.0, 0.0, 0.0], [-4.0, 0.0, 4.0]])
    made = pooled(logits, np.array([0, 0, 2]), 3)
    assert made.shape == (3, len(POOLED))
    assert made[1].tolist() == [0.0] * len(POOLED)
    assert made[0, 0] > 0.7 and made[2, 1] > 0.7
    assert np.isclose(made[0, 6], made[0, 0] / 2)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=4).map("".join), min_size=1, max_size=6))
def test_a_text_alone_is_judged_as_in_a_batch(texts: list[str]) -> None:
    together = judge(texts)
    for row, text in enumerate(texts):
        alone = judge([text])
        assert np.array_equal(alone.proba[0], together.proba[row])
        assert alone.complaint[0] == together.complaint[row]


def test_what_the_agent_did_changes_no_mood() -> None:
    tails = ["", "。案内し終話", "。書類送付済", "。折返し予定"]
    texts = [f"注文と違う品が届いたとの申告{tail}" for tail in tails] + [f"送料の計算方法を照会{tail}" for tail in tails]
    moods = judge(texts).proba.argmax(axis=1).tolist()
    assert moods == [0] * len(tails) + [1] * len(tails)
