"""The joined vectors, and two languages in them."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.embed import CharacterEncoder
from vocmine.linalg import unit_rows
from vocmine.topics.discovery.vectors import JointVectors, without_masks


class TwoTongues:
    """Vectors that know the meaning, and far more strongly the language."""

    MEANINGS = (("返金", "refund"), ("画面", "screen"), ("配達", "delivery"), ("駐車", "parking"))

    def __init__(self) -> None:
        self.spec: dict[str, object] = {"encoder": "two tongues"}

    def encode(self, texts: list[str]) -> np.ndarray:
        out = np.zeros((len(texts), 40))
        for i, text in enumerate(texts):
            rng = np.random.default_rng(sum(map(ord, text)))
            out[i, :30] = 0.1 * rng.normal(size=30)
            out[i, [i for i, words in enumerate(self.MEANINGS) if any(w in text for w in words)]] += 1
            out[i, 30 + text.isascii()] += 2
        return unit_rows(out).astype(np.float32)


def two_tongues(n: int = 30) -> tuple[list[str], np.ndarray, np.ndarray]:
    rows = [(f"{ja}について{i}番", f"about {en} number {i}", k) for k, (ja, en) in enumerate(TwoTongues.MEANINGS) for i in range(n)]
    texts = [r[0] for r in rows] + [r[1] for r in rows]
    return texts, np.array([r[2] for r in rows] * 2), np.array([False] * len(rows) + [True] * len(rows))


def test_vectors_of_two_texts_stay_as_they_are() -> None:
    vectors = JointVectors(CharacterEncoder(16)).fit(["返金", "画面"])
    assert vectors.sharpener_ is None
    assert (vectors.transform(["返金"]) == vectors.joined(["返金"])).all()


def test_meaning_goes_before_language() -> None:
    texts, meaning, english = two_tongues()
    vectors = JointVectors(TwoTongues()).fit(texts)
    plain, sharp = TwoTongues().encode(texts), vectors.transform(texts)

    def same_across(x: np.ndarray) -> float:
        """How often a text's meaning is nearer in the other language than another meaning in its own."""
        means = {(m, e): x[(meaning == m) & (english == e)].mean(axis=0) for m in range(4) for e in (False, True)}
        hits = [
            float(v @ means[m, not e]) > max(float(v @ means[k, e]) for k in range(4) if k != m)
            for v, m, e in zip(x, meaning.tolist(), english.tolist(), strict=True)
        ]
        return float(np.mean(hits))

    assert same_across(plain) < 0.1
    assert same_across(sharp) > 0.95


def test_one_language_and_a_few_guests_keep_their_place() -> None:
    texts, _, english = two_tongues()
    assert JointVectors(TwoTongues()).fit([t for t, e in zip(texts, english, strict=True) if not e]).middle_ is None
    assert JointVectors(TwoTongues()).fit(texts[: 120 + 9]).middle_ is None
    assert JointVectors(TwoTongues()).fit(texts[: 120 + 10]).middle_ is not None


def test_two_languages_alone_in_batch_and_stored_are_one() -> None:
    texts, _, _ = two_tongues()
    vectors = JointVectors(TwoTongues()).fit(texts)
    batch = vectors.transform(texts)
    assert all(vectors.transform([t])[0].tobytes() == batch[i].tobytes() for i, t in list(enumerate(texts))[::7])
    again = JointVectors(TwoTongues())
    again.vocabulary_, again.projection_ = vectors.vocabulary_, vectors.projection_
    again.take_sharpener(vectors.sharpener_arrays())
    assert again.transform(texts).tobytes() == batch.tobytes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[氏名]です。返金を [電話番号] へ", "です。返金を へ"), ("[NAME] [PHONE]", ""), ("配列[0 1]", "配列[0 1]"), ("", "")],
)
def test_masks_are_left_out(text: str, expected: str) -> None:
    assert without_masks(text) == expected


def test_masked_values_change_no_vector() -> None:
    vectors = JointVectors(CharacterEncoder(16)).fit(["返金したい", "返金は", "画面が暗い", "画面が"])
    one, other = vectors.transform(["返金したい[氏名]", "返金したい"])
    assert one.tobytes() == other.tobytes()
    assert vectors.transform([]).shape == (0, len(one))
