"""One pass over each text: normalise, language, mask, split into words once."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from typing import Any

import pandas as pd

_LOCAL = threading.local()


def as_texts(texts: Any) -> list[str]:
    """Give the texts of a list, a Series or a contacts frame as a list of str."""
    if isinstance(texts, pd.DataFrame):
        texts = texts["text"]
    return ["" if text is None or text != text else str(text) for text in texts]


def as_analysed(texts: Any) -> pd.DataFrame:
    """Give a frame with `lang`, `text_clean`, `terms`: the same frame if it has them, else analysed here."""
    if isinstance(texts, pd.DataFrame) and {"lang", "text_clean", "terms"} <= set(texts.columns):
        return texts
    index = texts.index if isinstance(texts, pd.Series | pd.DataFrame) else None
    raw = as_texts(texts)
    clean = [unicodedata.normalize("NFKC", text) for text in raw]
    return pd.DataFrame({"lang": "ja", "text_clean": clean, "terms": _terms(clean)}, index=index)


def analyze(contacts: pd.DataFrame) -> pd.DataFrame:
    """Add `lang`, `text_clean` and `terms` to contacts."""
    analysed = as_analysed(contacts[["text"]])
    return contacts.assign(**{name: analysed[name] for name in ("lang", "text_clean", "terms")})


def _terms(texts: Sequence[str]) -> list[str]:
    if not hasattr(_LOCAL, "tokenizer"):
        from sudachipy import Dictionary

        _LOCAL.tokenizer = Dictionary().create()
    keep = {"名詞", "動詞", "形容詞", "形状詞"}
    return [
        " ".join(m.normalized_form() for m in _LOCAL.tokenizer.tokenize(t[:8000]) if m.part_of_speech()[0] in keep)
        for t in texts
    ]
