"""A column of labels as it stands in a real export: half filled, with marks for nothing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd
import yaml

from vocmine.batch.privacy import mask_values
from vocmine.frames import UNKNOWN

_SHOWN = 5  # marks in a line


@dataclass(frozen=True)
class LabelColumn:
    """What a column of labels says.

    Parameters
    ----------
    labels : Series of str
        A label a contact, ``unknown`` for none of the reasons, "" where there is none.
    marks : dict
        What stood for no label, beside nothing at all, and how often.
    """

    labels: pd.Series
    marks: dict[str, int]

    @property
    def line(self) -> str:
        """What was taken as no label, in a line; "" where nothing was."""
        shown = [f"{mark!r} {n:,}" for mark, n in sorted(self.marks.items(), key=lambda each: (-each[1], each[0]))]
        more = ", ..." if len(shown) > _SHOWN else ""
        return f"  taken as no label: {', '.join(shown[:_SHOWN])}{more}" if shown else ""


def read_labels(column: pd.Series, reasons: frozenset[str] = frozenset()) -> LabelColumn:
    """Tell labels from marks for nothing; what may be either is a label. What is personal in one is masked.

    Parameters
    ----------
    column : Series
        As it stands in the file.
    reasons : frozenset of str
        Ids and names of the list of reasons: none of them is a mark.

    Examples
    --------
    >>> read = read_labels(pd.Series(["返金", "未分類", None, " ", "N/A", "不明", "その他"]))
    >>> read.labels.tolist()
    ['返金', '', '', '', '', 'unknown', 'その他']
    >>> read.line
    "  taken as no label: 'N/A' 1, '未分類' 1"
    """
    words = mask_values(column.where(column.notna(), "").astype(str).str.strip())
    marks = _marks()
    kind = {word: "" if word in reasons else marks.get(_folded(word), "") for word in words.unique()}
    found = Counter(word for word in words if word and kind[word] == "missing")
    labels = words.map(lambda word: {"missing": "", "unknown": UNKNOWN}.get(kind[word], word))
    return LabelColumn(labels, dict(found))


@cache
def _marks() -> dict[str, str]:
    text = files("vocmine.batch").joinpath("data", "label_marks.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return {_folded(mark): kind for kind, marks in read.items() for lang in marks for mark in marks[lang]}


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()
