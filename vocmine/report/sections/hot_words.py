"""Hot words: the words most contacts use, and those that have clearly grown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.incidents import word_incidents
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet
from vocmine.report.words import Words
from vocmine.stats import NAN, Estimate

_CLOUD_WORDS = 60  # more are too small to read
_GROWING_WORDS = 12  # in a list beside the cloud
_SIZES = 6  # sizes of letters
_CERTAIN = 0.05  # p-value up to which growth counts as clear


@dataclass(frozen=True)
class HotWordRecord:
    """One hot word: contacts that use it, their share, growth as a ratio, contacts before and expected, and if new."""

    n_contacts: int
    share: float
    growth: float
    growth_low: float
    p_adjusted: float
    growth_high: float = NAN
    n_before: float = NAN
    expected: float = NAN
    is_new: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether it has clearly grown."""
        return self.growth_low > 1 and not self.p_adjusted > _CERTAIN

    @property
    def ratio(self) -> Estimate:
        """Growth with its interval."""
        return Estimate(self.growth, self.growth_low, self.growth_high, self.n_contacts)


def count_hot_words(data: SectionData) -> Section | None:
    """Give the hot words in the order of the frame.

    It reads ``hot_words``: ``word, n_contacts`` and any of ``share, growth, growth_low, p_adjusted, growth_high,
    n_before, expected, is_new, quotes``, as `vocmine.topics.hot_words` gives them.
    """
    words = data.get("hot_words")
    if words is None or len(words) == 0:
        return None
    need(words, ("word", "n_contacts"), "hot_words")
    table = pd.DataFrame({"n_contacts": words["n_contacts"].astype(int)})
    for name in ("share", "growth", "growth_low", "p_adjusted", "growth_high", "n_before", "expected"):
        table[name] = pd.to_numeric(words[name], errors="coerce").astype(float) if name in words else NAN
    table["is_new"] = words["is_new"].astype(bool) if "is_new" in words else False
    rows = ({str(name): value for name, value in row.items()} for row in table.to_dict("records"))
    return record_section("words", tuple(HotWordRecord(**row) for row in rows))


@dataclass(frozen=True)
class CloudWord:
    """A hot word with its growth, the size it is shown in, 1 to 6, whether it clearly grew, and a quote."""

    word: str
    n_contacts: int
    ratio: Estimate
    size: int
    hot: bool
    is_new: bool
    quote: str


def cloud(
    records: Sequence[HotWordRecord], words: Sequence[str], quotes: Sequence[str] = (), most: int | None = _CLOUD_WORDS
) -> list[CloudWord]:
    """Size words by the square root of the contacts that use them: more contacts never give a smaller word.

    Examples
    --------
    >>> records = [HotWordRecord(100, 0.1, 1.0, 0.8, 1.0), HotWordRecord(4, 0.01, 3.0, 2.0, 0.001)]
    >>> [(v.word, v.size, v.hot) for v in cloud(records, ["app", "QR"])]
    [('app', 6, False), ('QR', 1, True)]
    """
    said = quotes or [""] * len(words)
    pairs = sorted(zip(records, words, said, strict=True), key=lambda p: (-p[0].n_contacts, p[1]))[:most]
    if not pairs:
        return []
    small, large = math.sqrt(pairs[-1][0].n_contacts), math.sqrt(pairs[0][0].n_contacts)
    span = (large - small) or 1.0
    return [
        CloudWord(
            word, record.n_contacts, record.ratio,
            1 + round((_SIZES - 1) * (math.sqrt(record.n_contacts) - small) / span),
            record.is_clear, record.is_new, said,
        )
        for record, word, said in pairs
    ]


def _values(view: ReportView) -> Mapping[str, Any]:
    e = view.evidence
    shown = cloud(view.summary.words, e.words, e.word_quotes, most=None)
    growing = sorted((x for x in shown if x.hot), key=lambda x: (-x.ratio.low, x.word))
    return {
        "cloud": shown[:_CLOUD_WORDS], "growing": growing[:_GROWING_WORDS],
        "growing_more": len(growing[_GROWING_WORDS:]),
    }


def _sheet(view: ReportView) -> Sheet | None:
    s, e, w = view.summary, view.evidence, view.words
    if not s.words:
        return None
    columns = (
        SheetColumn(w("col_word"), width=26), SheetColumn(w("col_word_n"), "whole", 12),
        SheetColumn(w("col_share"), "percent", 10), SheetColumn(w("col_word_growth"), "times", 10),
        SheetColumn(w("col_word_low"), "times", 12), SheetColumn(w("col_word_high"), "times", 12),
        SheetColumn(w("x_p"), "p", 14), SheetColumn(w("col_word_before"), "whole", 12),
        SheetColumn(w("col_word_expected"), "number", 12), SheetColumn(w("col_word_news"), width=16),
        *((SheetColumn(w("col_incident"), width=34),) if s.incidents else ()),
        SheetColumn(w("col_word_quote"), width=60),
    )
    incidents = word_incidents(view)
    glue = w("run_join")
    rows = tuple(
        (word, x.n_contacts, x.share, x.growth, x.growth_low, x.growth_high, x.p_adjusted, x.n_before, x.expected,
         _news(x, w), *((glue.join(e.incident_names[key] for key in incidents.get(word, ())),) if s.incidents else ()),
         said)
        for word, x, said in zip(e.words, s.words, e.word_quotes or [""] * len(e.words), strict=True)
    )
    return table_sheet(w("sheet_words"), columns, rows)


def _news(record: HotWordRecord, w: Words) -> str:
    return "" if not record.is_clear else w("word_new") if record.is_new else w("word_growing")


SECTION = SectionType(
    "words", ("hot_words",), count_hot_words,
    PageLayout(150, listed=True, template="section_words.html.j2", values=_values), SheetLayout(80, _sheet),
)
