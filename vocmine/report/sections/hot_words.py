"""Hot words: the words most contacts use, and those that have clearly grown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet
from vocmine.stats import NAN

_CLOUD_WORDS = 60  # more are too small to read
_GROWING_WORDS = 12  # in a list beside the cloud
_SIZES = 6  # sizes of letters
_CERTAIN = 0.05  # p-value up to which growth counts as clear


@dataclass(frozen=True)
class HotWordRecord:
    """One hot word: contacts that use it, their share, and growth as a ratio."""

    n_contacts: int
    share: float
    growth: float
    growth_low: float
    p_adjusted: float


def count_hot_words(data: SectionData) -> Section | None:
    """Give the hot words in the order of the frame.

    It reads ``hot_words``: ``word, n_contacts`` and any of ``share, growth, growth_low, p_adjusted``, as
    `vocmine.topics.hot_words` gives them.
    """
    words = data.get("hot_words")
    if words is None or len(words) == 0:
        return None
    need(words, ("word", "n_contacts"), "hot_words")
    table = pd.DataFrame({"n_contacts": words["n_contacts"].astype(int)})
    for name in ("share", "growth", "growth_low", "p_adjusted"):
        table[name] = pd.to_numeric(words[name], errors="coerce").astype(float) if name in words else NAN
    records = tuple(
        HotWordRecord(int(row["n_contacts"]), row["share"], row["growth"], row["growth_low"], row["p_adjusted"])
        for row in table.to_dict("records")
    )
    return record_section("words", records)


@dataclass(frozen=True)
class CloudWord:
    """A hot word with the size it is shown in, 1 to 6, and whether it has clearly grown."""

    word: str
    n_contacts: int
    growth: float
    growth_low: float
    size: int
    hot: bool


def cloud(records: Sequence[HotWordRecord], words: Sequence[str], most: int | None = _CLOUD_WORDS) -> list[CloudWord]:
    """Size words by the square root of the contacts that use them: more contacts never give a smaller word.

    Examples
    --------
    >>> records = [HotWordRecord(100, 0.1, 1.0, 0.8, 1.0), HotWordRecord(4, 0.01, 3.0, 2.0, 0.001)]
    >>> [(v.word, v.size, v.hot) for v in cloud(records, ["app", "QR"])]
    [('app', 6, False), ('QR', 1, True)]
    """
    pairs = sorted(zip(records, words, strict=True), key=lambda p: (-p[0].n_contacts, p[1]))[:most]
    if not pairs:
        return []
    small, large = math.sqrt(pairs[-1][0].n_contacts), math.sqrt(pairs[0][0].n_contacts)
    span = (large - small) or 1.0
    return [
        CloudWord(
            word, record.n_contacts, record.growth, record.growth_low,
            1 + round((_SIZES - 1) * (math.sqrt(record.n_contacts) - small) / span),
            record.growth_low > 1 and not record.p_adjusted > _CERTAIN,
        )
        for record, word in pairs
    ]


def _values(view: ReportView) -> Mapping[str, Any]:
    records, words = view.summary.words, view.evidence.words
    growing = sorted((x for x in cloud(records, words, most=None) if x.hot), key=lambda x: (-x.growth_low, x.word))
    return {"cloud": cloud(records, words), "growing": growing[:_GROWING_WORDS]}


def _sheet(view: ReportView) -> Sheet | None:
    s, e, w = view.summary, view.evidence, view.words
    if not s.words:
        return None
    columns = (
        SheetColumn(w("col_word"), width=26), SheetColumn(w("col_word_n"), "whole", 12),
        SheetColumn(w("col_share"), "percent", 10), SheetColumn(w("col_word_growth"), "ratio", 10),
        SheetColumn(w("col_word_low"), "ratio", 12), SheetColumn(w("x_p"), "p", 14),
    )
    rows = tuple(
        (word, x.n_contacts, x.share, x.growth, x.growth_low, x.p_adjusted)
        for word, x in zip(e.words, s.words, strict=True)
    )
    return table_sheet(w("sheet_words"), columns, rows)


SECTION = SectionType(
    "words", ("hot_words",), count_hot_words,
    PageLayout(150, listed=True, template="section_words.html.j2", values=_values), SheetLayout(80, _sheet),
)
