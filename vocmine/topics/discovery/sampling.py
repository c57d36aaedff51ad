"""Which texts the discovery reads: each distinct text once, chosen by its content and not by its row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd


def distinct_texts(clean: list[str], analysed: pd.DataFrame) -> pd.DataFrame:
    """Give one row a distinct text that is not empty, in the order of the texts.

    Returns
    -------
    DataFrame
        ``text_clean, terms, lang, n`` (rows with that text).
    """
    frame = pd.DataFrame(
        {"text_clean": clean, "terms": list(analysed["terms"]), "lang": [str(v) for v in analysed["lang"]]}
    )
    frame = frame[np.array([bool(text.strip()) for text in clean], dtype=bool)]
    frame["n"] = 1
    grouped = frame.groupby("text_clean", sort=True).agg({"terms": "first", "lang": "first", "n": "sum"})
    return grouped.reset_index()


def by_content(texts: Iterable[str], most: int) -> np.ndarray:
    """Give the places of at most ``most`` texts, chosen by a hash of the text and in the order of that hash.

    Examples
    --------
    >>> len(by_content(list("abcdef"), 4))
    4
    """
    keys = np.array([hashlib.sha256(t.encode("utf-8", "replace")).hexdigest()[:16] for t in texts])
    return np.asarray(np.argsort(keys, kind="stable")[:most], dtype=np.intp)
