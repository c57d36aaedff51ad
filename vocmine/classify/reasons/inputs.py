"""Check the texts and labels that are given to a reason classifier."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.unsupervised import COLUMNS, MIN_TEXTS, distinct_texts
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN


def analysed_texts(texts: Any, where: str, words: bool = False) -> pd.DataFrame:
    """Give the analysed frame of texts, with their words if wanted; SettingsError for a lone string or no text."""
    from vocmine.text import as_analysed

    if isinstance(texts, str | bytes):
        raise SettingsError("one text alone was given", where=where, got=type(texts).__name__,
                            expected="a list of texts", hint="write [text]")
    if not isinstance(texts, pd.DataFrame):
        if not isinstance(texts, Iterable):
            raise SettingsError("these are no texts", where=where, got=type(texts).__name__, expected="a list of texts")
        texts = texts if isinstance(texts, pd.Series) else list(texts)
        wrong = next((t for t in texts if not isinstance(t, str) and not _is_missing(t)), None)
        if wrong is not None:
            got = type(wrong).__name__
            raise SettingsError("a text is not a text", where=where, got=got, expected="str, or missing")
    return as_analysed(texts, words=words)


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def label_sets(y: Any, n: int, taxonomy: Taxonomy | None) -> list[tuple[str, ...]]:
    """Give the labels of each text as a tuple, checked against the taxonomy.

    Raises
    ------
    SettingsError
        If there are not ``n``, one is no text, the taxonomy lacks it, or fewer than two reasons are left.
    """
    where = "ReasonClassifier.fit"
    if isinstance(y, str) or not isinstance(y, Iterable):
        raise SettingsError("labels must be a list", where=where, got=type(y).__name__,
                            expected="a label a text, or a list of labels a text")
    sets = [_one_set(label) for label in y]
    if len(sets) != n:
        raise SettingsError("not as many labels as texts", where=where, got=f"{len(sets)} labels", expected=f"{n}")
    wrong = sorted({repr(type(x).__name__) for labels in sets for x in labels if not isinstance(x, str)})
    if wrong:
        raise SettingsError("a label is not a text", where=where, got=", ".join(wrong), expected="ids of reasons")
    _check_labels(sets, taxonomy, where)
    return sets


def texts_without_labels(
    analysed: pd.DataFrame, sets: list[tuple[str, ...]], more: pd.DataFrame | None, most: int
) -> pd.DataFrame | None:
    """Give the distinct texts that have no label anywhere, None where they are too few to learn from.

    Parameters
    ----------
    analysed : DataFrame
        Analysed texts.
    sets : list of tuple of str
        Their labels; a text labelled ``unknown`` has a label.
    more : DataFrame, optional
        Analysed texts without labels.
    most : int
        Of more texts a fixed draw is taken.
    """
    bare = analysed[[not labels for labels in sets]][COLUMNS]
    pool = bare if more is None else pd.concat([bare, more[COLUMNS]], ignore_index=True)
    labelled = {text for text, labels in zip(analysed["text_clean"], sets, strict=True) if labels}
    out = distinct_texts(pool[~pool["text_clean"].isin(labelled)], most)
    return out if len(out) >= MIN_TEXTS else None


def _one_set(label: Any) -> tuple[Any, ...]:
    if isinstance(label, str):
        return (label,)
    if isinstance(label, list | tuple | set | frozenset | np.ndarray):
        return tuple(dict.fromkeys(sorted(label) if isinstance(label, set | frozenset) else label))
    return () if _is_missing(label) else (label,)


def _check_labels(sets: Sequence[tuple[str, ...]], taxonomy: Taxonomy | None, where: str) -> None:
    if not any(sets):
        raise SettingsError("there are no labels", where=where, expected="a label a text")
    seen = sorted({x for labels in sets for x in labels} - {UNKNOWN})
    if taxonomy is not None:
        missing = [x for x in seen if x not in taxonomy]
        if missing:
            shown = ", ".join(map(repr, missing[:5])) + (" ..." if len(missing) > 5 else "")
            raise SettingsError("labels that the taxonomy has not", where=where, got=shown,
                                expected="ids of its reasons", hint="add them to the taxonomy, or rename them first")
    if len(seen) < 2:
        raise SettingsError("there are not enough reasons to tell apart", where=where, got=f"{len(seen)} in the labels",
                            expected="2 or more")
