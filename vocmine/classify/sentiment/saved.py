"""A fitted sentiment model as plain arrays, and made again from them by this code: no estimator is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import Field, JsonValue

from vocmine.classify.sentiment.polarity_features import FEATURES
from vocmine.classify.sentiment.sentence_model import POOLED
from vocmine.classify.sentiment.supervised import SentimentModel, character_vectorizer, word_vectorizer
from vocmine.errors import StoreError
from vocmine.frames import SENTIMENTS
from vocmine.store import ArrayRule, Saved, check_arrays, packed_texts, part_of, prefixed, unpacked_texts

_RULES = len(FEATURES) + len(SENTIMENTS) + len(POOLED)  # columns of `rule_matrix`
_ARRAYS = {
    "classes": ArrayRule("text", "classes"),
    "scale": ArrayRule("float64", str(_RULES), low=1e-9),
    "temperature": ArrayRule("float64", low=1e-3, high=1e3),
    "weights": ArrayRule("float32 float64", "rows d"),
    "offset": ArrayRule("float32 float64", "rows"),
    **{
        f"{part}.{name}": rule
        for part in ("characters", "words")
        for name, rule in (
            ("bytes", ArrayRule("uint8", f"{part}_bytes")), ("ends", ArrayRule("int64", part, low=0)),
            ("idf", ArrayRule("float32 float64", part, low=0)),
        )
    },
}


class SavedSentiment(Saved):
    """What is saved of a `SentimentClassifier` beside arrays: its parameters and what it reads."""

    C: Annotated[float, Field(gt=0)]
    use_vectors: bool
    encoder: dict[str, JsonValue] | None
    fitted: bool
    vectors: bool = False
    fitted_encoder: dict[str, JsonValue] | None = None


def model_arrays(model: SentimentModel) -> dict[str, np.ndarray]:
    """Give all that was learned as plain arrays."""
    return {
        "classes": model.classes, "scale": model.scale, "temperature": np.array(model.temperature),
        "weights": model.weights, "offset": model.offset,
        **prefixed("characters", _vectorizer_arrays(model.characters)),
        **prefixed("words", _vectorizer_arrays(model.words)),
    }


def model_from_arrays(arrays: Mapping[str, np.ndarray], vectors: bool, where: str) -> tuple[SentimentModel, int | None]:
    """Make the model again from `model_arrays`, and give the width of the sentence vectors that it reads, if any.

    Raises
    ------
    StoreError
        If the arrays are not those of such a model.
    """
    sizes = check_arrays(arrays, _ARRAYS, where)
    classes = arrays["classes"].tolist()
    width = sizes["d"] - sizes["characters"] - sizes["words"] - _RULES
    in_order = classes == sorted(set(classes)) and set(classes) <= set(SENTIMENTS) and len(classes) > 1
    rows = 1 if len(classes) == 2 else len(classes)
    if not in_order or sizes["rows"] != rows or (width > 0) != vectors or width < 0:
        raise StoreError("the parts of a saved sentiment model do not go together", where=where,
                         hint="fit and save it again")
    model = SentimentModel(
        arrays["classes"], _vectorizer(character_vectorizer, part_of(arrays, "characters"), where),
        _vectorizer(word_vectorizer, part_of(arrays, "words"), where), arrays["weights"], arrays["offset"],
        arrays["scale"], float(arrays["temperature"]), vectors,
    )
    return model, width or None


def _vectorizer_arrays(vectorizer: Any) -> dict[str, np.ndarray]:
    return {**packed_texts(vectorizer.get_feature_names_out()), "idf": vectorizer.idf_}


def _vectorizer(make: Callable[..., Any], arrays: Mapping[str, np.ndarray], where: str) -> Any:
    """Make a vectorizer with what was learned; how it reads texts is said here and nowhere else."""
    known = unpacked_texts(arrays, where)
    vocabulary = {text: place for place, text in enumerate(known)}
    if not known or len(vocabulary) != len(known):
        raise StoreError("the words of a saved model are none, or are there twice", where=where,
                         hint="fit and save it again")
    vectorizer = make(vocabulary=vocabulary)
    vectorizer.idf_ = arrays["idf"]
    return vectorizer
