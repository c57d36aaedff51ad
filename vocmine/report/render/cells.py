"""Grids and sentences in the words of a language: for the page as text, for the workbook as typed columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from vocmine.report.evidence import Evidence
from vocmine.report.names import IssueNames, incident_anchor
from vocmine.report.sections.grid import Col, Grid, Sentence, empty
from vocmine.report.sections.sheet import SheetColumn
from vocmine.report.words import Words
from vocmine.stats import Estimate

_NUMBERS = frozenset({"whole", "number", "decimal", "money", "percent", "ratio"})
_SHEET_KINDS = {"decimal": "ratio", "ratio": "times", "issue": "text", "reason": "text", "channel": "text",
    "code": "text", "place": "text", "incident": "text", "path": "text"}
_WIDTHS = {"text": 22.0, "issue": 34.0, "reason": 34.0, "code": 26.0, "channel": 14.0, "day": 13.0, "incident": 34.0,
    "path": 60.0}


class CellWriter:
    """Write the cells and sentences of sections.

    Parameters
    ----------
    words : Words
        Language and currency.
    evidence : Evidence
        Names of issues.
    """

    def __init__(self, words: Words, evidence: Evidence) -> None:
        self.words, self.name, self.incidents = words, IssueNames(words, evidence), evidence.incident_names
        self._writers: dict[str, Callable[[Any], str]] = {
            "text": str, "issue": self.name, "reason": self.name, "code": words,
            "channel": lambda value: words.name(str(value), "channel"), "day": words.full_day,
            "month": words.month, "whole": words.whole,
            "number": words.decimal, "decimal": lambda value: words.decimal(value, 2), "money": words.money,
            "short": words.short_money, "percent": words.percent, "ratio": words.times, "count": words.count,
            "place": self._place, "incident": lambda key: self.incidents.get(key, key),
            "channels": lambda value: words("names_join").join(words.name(name, "channel") for name in value),
            "path": lambda value: words("path_join").join(self.name(reason) for reason in value),
            "moved_money": lambda value: words.signed(value, words.short_money),
            "moved_percent": words.change,
            "moved_hours": lambda value: words.signed(value, words.hours),
            "moved_counts": lambda value: words.signed(value, words.count),
            "months": lambda value: words("run_join").join(words.month(name) for name in value),
            "names": lambda value: words("names_join").join(self.name(issue) for issue in value),
        }

    def head(self, col: Col) -> str:
        """Give the head of a column."""
        return self.words.month(col.head) if col.plain else self.words(col.head)

    def text(self, col: Col, value: Any) -> str:
        """Write what a cell says first; a dash where nothing is known."""
        if empty(value):
            return "–" if col.kind in _NUMBERS else ""
        return self._writers[col.kind](value.value if isinstance(value, Estimate) else value)

    def interval(self, col: Col, value: Any) -> str:
        """Write the range of an estimate; empty where there is none."""
        if not isinstance(value, Estimate) or not value.ranged or value.low == value.high:
            return ""
        if col.kind == "ratio":
            return self.words.times_range(value)
        write = self._writers["short" if col.kind == "money" else col.kind]
        low, high = write(value.low), write(value.high)
        return "" if low == high else self.words.spoken_range(low, high)

    def numeric(self, col: Col) -> bool:
        """Whether the cells of a column are numbers."""
        return col.kind in _NUMBERS

    def sentence(self, sentence: Sentence) -> str:
        """Write a sentence."""
        return self.words(sentence.key, **{name: self._value(kind, value) for name, kind, value in sentence.values})

    def marks(self, incidents: Iterable[str]) -> Markup:
        """Give a link to each incident that the page tells of; nothing for others."""
        w = self.words
        look = Markup(' <a class="mark" href="#{}" aria-label="{}">{}</a>')
        known = dict.fromkeys(key for key in incidents if key in self.incidents)
        links = (
            look.format(incident_anchor(key), w("incident_see_name", name=self.incidents[key]), w("incident_see"))
            for key in known
        )
        return Markup("").join(links)

    def incidents_of(self, sentence: Sentence) -> tuple[str, ...]:
        """Give the incidents that a sentence tells of."""
        return tuple(value for _, kind, value in sentence.values if kind == "incident")

    def _place(self, value: tuple[str, str]) -> str:
        step, name = value
        if step == "reason":
            return self.name(name)
        return self.words.name(name, step) if step in ("channel", "mood", "served") else name

    def _value(self, kind: str, value: Any) -> str:
        if not isinstance(value, Estimate):
            return self._writers[kind](value)
        write = self._writers["short" if kind == "money" else kind]
        low, high = write(value.low), write(value.high)
        spread = self.words.spoken_range(low, high) if value.ranged and low != high else ""
        spread = self.words.times_range(value) if kind == "ratio" else spread
        return write(value.value) + (self.words("find_range", range=spread) if spread else "")

    def table(self, grid: Grid) -> tuple[tuple[SheetColumn, ...], tuple[tuple[Any, ...], ...]]:
        """Give the columns and rows of a table of the workbook; an estimate with a range fills three cells."""
        wide = [any(isinstance(row[i], Estimate) and row[i].ranged for row in grid.rows) for i in range(len(grid.cols))]
        columns: list[SheetColumn] = []
        for col, ranged in zip(grid.cols, wide, strict=True):
            head, kind = self.head(col), _SHEET_KINDS.get(col.kind, col.kind)
            columns.append(SheetColumn(head, kind, _WIDTHS.get(col.kind, max(12.0, min(2.0 * len(head), 24.0)))))
            if ranged:
                columns += [SheetColumn(f"{head} {self.words(key)}", kind, 12.0) for key in ("col_low", "col_high")]
        return tuple(columns), tuple(self._row(grid.cols, row, wide) for row in grid.rows)

    def _row(self, cols: Sequence[Col], row: Sequence[Any], wide: Sequence[bool]) -> tuple[Any, ...]:
        out: list[Any] = []
        for col, value, ranged in zip(cols, row, wide, strict=True):
            if isinstance(value, Estimate):
                told = value.ranged and value.low != value.high  # ends that are one and the same are no range
                out += [value.value, *((value.low, value.high) if told else (None, None))] if ranged else [value.value]
                continue
            named = col.kind in _SHEET_KINDS and col.kind not in _NUMBERS and not empty(value)
            out.append(self.text(col, value) if named else value)
            out += [None, None] if ranged else []
        return tuple(out)
