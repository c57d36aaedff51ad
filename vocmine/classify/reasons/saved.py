"""What a saved reason classifier must be: its values, and the names, types and sizes of its arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, JsonValue

from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import StoreError
from vocmine.store import ArrayRule, Saved, check_arrays, joined_texts, part_of

_Open = Annotated[float, Field(gt=0, lt=1)]
_Spec = dict[str, JsonValue]
_Figures = dict[str, float]
_FLOAT = "float32 float64"
_PLAIN_COLUMNS = 12  # of what speaks for the best reason: see `calibration`, where others may stand beside them
_AGAIN = "fit and save it again"


class SavedParameters(Saved):
    """The parameters of a classifier."""

    taxonomy: _Spec | None
    encoder: _Spec | None
    serve: Literal["fast", "best", "cascade", "student"]
    reread: _Open
    precision: _Open
    unknown_share: Annotated[float, Field(ge=0, lt=1)]
    min_examples: Annotated[int, Field(le=2**53)]


class SavedStage(Saved):
    """What was learned, beside arrays: from labels all but ``unsupervised``, from texts alone nothing else."""

    taxonomy: _Spec | None = None
    classes: list[str] | None = None
    student: bool = False
    student_first: bool = False
    figures: _Figures | None = None
    prior_figures: _Figures | None = None
    unsupervised: _Figures | None = None


class SavedReasons(Saved):
    """What is saved of a `ReasonClassifier` beside arrays."""

    params: SavedParameters
    fitted: SavedParameters | None
    stage: SavedStage


def check_stage(
    arrays: Mapping[str, np.ndarray], stage: SavedStage, taxonomy: Taxonomy | None, where: str
) -> int:
    """Check what was learned, from labels or without, and give the width of the sentence vectors that it reads.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        As loaded.
    stage : SavedStage
        The values beside them.
    taxonomy : Taxonomy or None
        Of the classifier; the shipped one if None.
    where : str
        Named in messages.

    Raises
    ------
    StoreError
        If a part is missing, of another size or type, or does not go together with the others.
    """
    if stage.unsupervised is None:
        return _check_labelled(arrays, stage, where)
    k = len((taxonomy or Taxonomy.default()).leaves)
    found = check_arrays(arrays, _unsupervised("", arrays, "k"), where, {"k": k})
    _check_unsupervised_texts(arrays, found, where)
    return found["d"]


def _check_labelled(arrays: Mapping[str, np.ndarray], stage: SavedStage, where: str) -> int:
    if not stage.taxonomy or not stage.classes or stage.figures is None:
        raise StoreError("a saved model of labels lacks its reasons", where=where, hint=_AGAIN)
    taxonomy, classes = Taxonomy.from_dict(stage.taxonomy, where), stage.classes
    if len(set(classes)) != len(classes) or not all(name in taxonomy for name in classes):
        raise StoreError("the reasons of a saved model are not those of its taxonomy", where=where, hint=_AGAIN)
    beside, words = "neighbours.sure" in arrays, "vocabulary.words" in arrays
    columns = _PLAIN_COLUMNS + beside + 2 * words
    sizes = {"k": len(classes), "c": columns, "c1": columns + 1, "s": _PLAIN_COLUMNS, "s1": _PLAIN_COLUMNS + 1,
             "pk": len(taxonomy.leaves)}
    rules = {
        **_ngrams("", "f"), **_head("head.", "f", "k"), **_calibration("calibration.", "c"),
        "prior_weight": ArrayRule("float64", low=0, high=1e6), "texts": ArrayRule("uint8", "texts"),
    }
    if words:
        rules |= {
            "vocabulary.words": ArrayRule("uint8", "v_bytes"), "vocabulary.counts": ArrayRule("int64", "v", low=0),
            "vocabulary.known": ArrayRule("int64", "known", low=0), "vocabulary.size": ArrayRule("int64", "2", low=1),
        }
    if beside:
        rules |= {
            "neighbours.vectors": ArrayRule("float16 float32", "u d", low=-1e3, high=1e3),
            "neighbours.sure": ArrayRule(_FLOAT, "u"),
            "neighbours.labelled": ArrayRule("int64", low=0, below="m1"),
            "neighbours.share_new": ArrayRule("float64", low=0, high=1),
        }
    if stage.student or stage.student_first:
        rules |= {"student.weights": ArrayRule(_FLOAT, "f k"), "student.offset": ArrayRule(_FLOAT, "k"),
                  **_calibration("student_calibration.", "s")}
    if stage.student_first:
        rules |= {f"fast_path.{name}": ArrayRule("float64", low=0, high=1)
                  for name in ("threshold", "share", "disagreement")}
    if stage.prior_figures is not None:
        rules |= _unsupervised("prior.", arrays, "pk")
    sizes["m1"] = 1 + (len(arrays["head.vectors"]) if getattr(arrays.get("head.vectors"), "ndim", 0) else 0)
    found = check_arrays(arrays, rules, where, sizes)
    _check_parts(arrays, stage, found, where)
    return found["d"]


def _check_parts(arrays: Mapping[str, np.ndarray], stage: SavedStage, sizes: Mapping[str, int], where: str) -> None:
    """Check what sizes alone do not say: texts by their number, parts that need each other."""
    _check_texts(arrays["ngrams"], "\n", sizes["f"], where, "ngrams")
    if not 1 <= sizes["r"] <= sizes["m"] or len(joined_texts(arrays["texts"], "\x1f", where)) < sizes["r"]:
        raise _apart(where, "head.rows, texts")
    margins = [arrays[f"head.margin_{name}"].size for name in ("sparse", "offset")]
    if bool(margins[0]) != bool(margins[1]) and sizes["f"]:
        raise _apart(where, "head.margin_sparse")
    for name in ("calibration", "student_calibration"):
        part = part_of(arrays, name)
        single = [bool(part[key].size) for key in ("centre", "scale", "weights", "typical")] if part else []
        if any(filled == bool(part["several"].size) for filled in single):
            raise _apart(where, name)
    if "vocabulary.words" in arrays:
        _check_texts(arrays["vocabulary.words"], "\n", sizes["v"], where, "vocabulary.words")
        known = arrays["vocabulary.known"]
        if arrays["vocabulary.size"][1] != sizes["k"] or (known.size and known.max() >= sizes["v"] * sizes["k"]):
            raise _apart(where, "vocabulary.size")
    if stage.prior_figures is not None:
        _check_unsupervised_texts(part_of(arrays, "prior"), {**sizes, "w": sizes["prior.w"]}, where)


def _check_unsupervised_texts(arrays: Mapping[str, np.ndarray], sizes: Mapping[str, int], where: str) -> None:
    _check_texts(arrays["words"], "\n", sizes["w"], where, "words")
    head = part_of(arrays, "pseudo_labels")
    if head:
        _check_texts(head["features.ngrams"], "\n", len(head["features.idf"]), where, "pseudo_labels.features.ngrams")
        if not 1 <= len(head["head.rows"]) <= len(head["head.vectors"]):
            raise _apart(where, "pseudo_labels.head.rows")


def _check_texts(packed: np.ndarray, between: str, n: int, where: str, name: str) -> None:
    texts = joined_texts(packed, between, f"{where}, array {name}")
    if len(texts) != n or len(set(texts)) != n or "" in texts:
        raise _apart(where, name)


def _apart(where: str, name: str) -> StoreError:
    return StoreError("the parts of a saved model do not go together", where=f"{where}, array {name}", hint=_AGAIN)


def _ngrams(prefix: str, size: str) -> dict[str, ArrayRule]:
    return {f"{prefix}ngrams": ArrayRule("uint8", f"{size}_bytes"), f"{prefix}idf": ArrayRule(_FLOAT, size, low=0)}


def _head(prefix: str, size: str, k: str) -> dict[str, ArrayRule]:
    """Give the rules of a `ridge.Head` on sparse features of some number."""
    rows, labelled = (("m", "r") if prefix == "head." else (f"{prefix}m", f"{prefix}r"))
    return {
        f"{prefix}vectors": ArrayRule("float32", f"{rows} d", low=-1e3, high=1e3),
        f"{prefix}weights": ArrayRule("float32", f"{rows} {k}"),
        f"{prefix}sparse_weights": ArrayRule("float32", f"{size} {k}"),
        f"{prefix}rows": ArrayRule("int64", labelled, low=-1, below=k),
        f"{prefix}margin_sparse": ArrayRule("float32", f"{size} {k} | 0"),
        f"{prefix}margin_vectors": ArrayRule("float32", f"d {k} | 0 {k} | 0"),
        f"{prefix}margin_offset": ArrayRule("float32", f"{k} | 0"),
    }


def _calibration(prefix: str, columns: str) -> dict[str, ArrayRule]:
    return {
        f"{prefix}temperature": ArrayRule("float64", low=1e-6, high=1e6),
        f"{prefix}threshold": ArrayRule("float64", low=0, high=1),
        f"{prefix}centre": ArrayRule("float64", f"{columns} | 0"),
        f"{prefix}scale": ArrayRule("float64", f"{columns} | 0", low=1e-9),
        f"{prefix}weights": ArrayRule("float64", f"{columns}1 | 0"),
        f"{prefix}typical": ArrayRule("float64", "2 k | 0"),
        f"{prefix}several": ArrayRule("float64", "2 | 0"),
    }


def _unsupervised(prefix: str, arrays: Mapping[str, np.ndarray], k: str) -> dict[str, ArrayRule]:
    """Give the rules of an `UnsupervisedModel`, with its pseudo-labels where it has some."""
    w, names = f"{prefix}w", f"{prefix}names"
    rules = {
        "centres": ArrayRule("float32", "2 d"), "lexical_means": ArrayRule("float32", f"2 {names}"),
        "vectors": ArrayRule("float32", f"d {k}"), "offset": ArrayRule("float32", k),
        "words": ArrayRule("uint8", f"{w}_bytes"), "idf": ArrayRule("float32", w, low=0),
        "word_weights": ArrayRule("float32", f"{w} {k}"), "temperature": ArrayRule("float64", low=1e-6, high=1e6),
        "threshold": ArrayRule("float64", low=0, high=1),
    }
    own = {f"{prefix}{name}": rule for name, rule in rules.items()}
    head = f"{prefix}pseudo_labels."
    if any(name.startswith(head) for name in arrays):
        features = f"{head}f"
        own |= {**_ngrams(f"{head}features.", features), **_head(f"{head}head.", features, k),
                f"{head}own": ArrayRule("float64")}
    return own


