"""A fitted sentiment model as arrays: the same numbers again, and parts that do not go together are refused."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify import SentimentClassifier
from vocmine.classify.sentiment.saved import model_arrays, model_from_arrays
from vocmine.embed import CharacterEncoder
from vocmine.errors import StoreError

TEXTS = ["とても満足です", "最悪です", "返金の時期は?", "I love it", "it never works", "opening hours?"] * 3
MOODS = ["positive", "negative", "neutral"] * 6
ENCODER = CharacterEncoder(8)


@pytest.fixture(scope="module")
def model():
    return SentimentClassifier(ENCODER).fit(TEXTS, MOODS).model_


def test_the_model_comes_back_without_any_estimator_in_its_arrays(model):
    arrays = model_arrays(model)
    assert {array.dtype.kind for array in arrays.values()} <= set("Ufiu")
    back, width = model_from_arrays(arrays, True, "folder")
    assert width == 8
    asked = SentimentClassifier(ENCODER).fit(TEXTS, MOODS)
    expected = asked.predict_proba(["満足\nです", "works", ""])
    asked.model_ = back
    assert np.array_equal(asked.predict_proba(["満足\nです", "works", ""]), expected)
    assert {name: array.tobytes() for name, array in model_arrays(back).items()} == {name: array.tobytes() for name, array in arrays.items()}


def test_what_reads_texts_is_said_by_the_code_alone(model):
    """A vectorizer made again has no function of its own, whatever a folder says."""
    back, _ = model_from_arrays(model_arrays(model), True, "folder")
    for vectorizer in (back.characters, back.words):
        assert vectorizer.analyzer in ("char", "word")
        assert vectorizer.tokenizer is vectorizer.preprocessor is None


@pytest.mark.parametrize(("name", "change"), [
    ("classes", lambda a: a[::-1]), ("classes", lambda a: np.array(["a", "b", "c"])), ("classes", lambda a: a[:2]),
    ("weights", lambda a: a[:, :60]), ("weights", lambda a: a * np.nan), ("weights", lambda a: a[:1]),
    ("offset", lambda a: a[:1]), ("scale", lambda a: a * 0), ("scale", lambda a: a[1:]), ("temperature", lambda a: a * 0 - 1),
    ("characters.ends", lambda a: a[::-1]), ("characters.ends", lambda a: a[:-1]), ("characters.bytes", lambda a: a * 0 + 255),
    ("characters.idf", lambda a: a[:-1]), ("words.ends", lambda a: a * 0), ("words.bytes", lambda a: a[:0]),
])
def test_parts_that_do_not_go_together_are_one_sentence(model, name, change):
    arrays = model_arrays(model)
    with pytest.raises(StoreError, match="folder"):
        model_from_arrays({**arrays, name: change(arrays[name])}, True, "folder")


def test_vectors_are_there_or_not_as_the_manifest_says(model):
    with pytest.raises(StoreError, match="do not go together"):
        model_from_arrays(model_arrays(model), False, "folder")
