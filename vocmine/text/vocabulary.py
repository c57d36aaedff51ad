"""The words a project brings along: its own compounds, its synonyms, and what becomes of agents' shorthand."""

from __future__ import annotations

import csv
import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from vocmine.errors import SettingsError
from vocmine.text.lexicon import read_table, read_words
from vocmine.text.normalization import normalize_text
from vocmine.text.splitter import tokenizer

Shorthand = Literal["drop", "expand", "keep"]
_MAX_CACHED = 200_000  # words; bounds the memory of long runs
_LONE = re.compile(r"[ぁ-ゖァ-ヺー]|[\d\W_]+")


class TermTable(dict[str, str]):
    """Normalised form to the term that stands for it, empty where it says little; filled as forms are met."""

    def __init__(self, fixed: dict[str, str]) -> None:
        super().__init__(fixed)
        self._fixed = fixed

    def __missing__(self, form: str) -> str:
        if len(self) > _MAX_CACHED:
            self.clear()
            self.update(self._fixed)
        low = form.lower().replace(" ", "_")
        term = self._fixed.get(low, "" if _LONE.fullmatch(low) else low)
        self[form] = term
        return term


@dataclass(frozen=True)
class Vocabulary:
    """Words of one's own, beside those that come with vocmine.

    Parameters
    ----------
    compounds : tuple of str
        Words that stay whole where the dictionary would split them (see `suggest_compounds`).
    synonyms : tuple of tuple of str
        Groups of words that mean one thing; the first stands for all.
    stop_words : tuple of str
        More words to leave out of ``terms``.
    shorthand : {"drop", "expand", "keep"}
        What becomes of the shorthand of call notes (入電, 折電, 終話): words that only say how the call went are left
        out and the others kept; all written out; or all kept as they are.
    short_units : int
        Words of so many short units or more (Sudachi's mode A) also give these units as terms: 3 gives 本人, 確認 and
        書類 beside 本人確認書類, so that a search for one finds all. 0, the default, never does: then a word is counted
        once.

    Examples
    --------
    >>> from vocmine.text import as_analysed
    >>> own = Vocabulary(compounds=("画面割れ保証",), synonyms=(("返金", "払い戻し"),))
    >>> as_analysed(["画面割れ保証の払い戻しを希望"], vocabulary=own).terms[0]
    '画面割れ保証 返金 希望'
    """

    compounds: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    stop_words: tuple[str, ...] = ()
    shorthand: Shorthand = "drop"
    short_units: int = 0
    _cache: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.shorthand not in ("drop", "expand", "keep"):
            raise SettingsError(
                "unknown treatment of shorthand", where="Vocabulary.shorthand", got=repr(self.shorthand),
                expected="drop, expand or keep",
            )
        if self.short_units < 0 or self.short_units == 1:
            raise SettingsError(
                "no word has so few short units", where="Vocabulary.short_units", got=str(self.short_units),
                expected="0 (never), or 2 or more",
            )

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_cache": {}}

    @classmethod
    def from_csv(
        cls, words: str | os.PathLike[str] | None = None, synonyms: str | os.PathLike[str] | None = None,
        shorthand: Shorthand = "drop", short_units: int = 0,
    ) -> Vocabulary:
        """Read a user dictionary (a word a line) and a synonym file (a group a line, by commas), both UTF-8.

        Raises
        ------
        SettingsError
            If a file can't be read as UTF-8.
        """
        rows = [_read_csv(path) if path is not None else [] for path in (words, synonyms)]
        groups = tuple(tuple(row) for row in rows[1] if len(row) > 1)
        return cls(tuple(row[0] for row in rows[0]), groups, (), shorthand, short_units)

    @property
    def terms(self) -> TermTable:
        """Form to term, for words in Japanese text."""
        table = self._cache.get("terms")
        if not isinstance(table, TermTable):
            self._cache["terms"] = table = TermTable(self._fixed())
        return table

    @property
    def english(self) -> TermTable:
        """Lemma to term, for words in English text: one's own synonyms and stop words alone change a lemma."""
        table = self._cache.get("english")
        if not isinstance(table, TermTable):
            own = {form: normalize_text(g[0]).lower() for g in self.synonyms for form in _forms(g)}
            self._cache["english"] = table = TermTable(own | dict.fromkeys(_forms(self.stop_words), ""))
        return table

    @property
    def whole(self) -> re.Pattern[str] | None:
        """Pattern of the words that stay whole though the dictionary splits them; None if there are none."""
        if "whole" not in self._cache:
            self._cache["whole"] = self._pattern()
        found = self._cache["whole"]
        return found if isinstance(found, re.Pattern) else None

    def _fixed(self) -> dict[str, str]:
        fixed = dict.fromkeys(_forms(read_words("stop_ja.txt")), "")
        for short, full, fate in read_table("shorthand_ja.tsv"):
            becomes = {"drop": "" if fate == "drop" else full, "expand": full, "keep": short}[self.shorthand]
            fixed |= dict.fromkeys(_forms([short]), becomes.lower())
        for group in (*read_table("synonyms.tsv"), *self.synonyms):
            kept = normalize_text(group[0]).lower()
            fixed |= dict.fromkeys(_forms(group[1:]) | _forms(group[:1]), kept)
        return fixed | dict.fromkeys(_forms(self.stop_words), "")

    def _pattern(self) -> re.Pattern[str] | None:
        short = [row[0] for row in read_table("shorthand_ja.tsv")]
        many = {w for g in (*read_table("synonyms.tsv"), *self.synonyms) for w in g}
        candidates = {normalize_text(word) for word in (*short, *many, *self.compounds)}
        split = sorted((w for w in candidates if w and len(tokenizer().tokenize(w)) > 1), key=lambda w: (-len(w), w))
        return re.compile("|".join(map(re.escape, split)), re.IGNORECASE) if split else None


@lru_cache(maxsize=1)
def default_vocabulary() -> Vocabulary:
    """Give the vocabulary that comes with vocmine."""
    return Vocabulary()


def _forms(words: object) -> set[str]:
    """Give the ways a word may turn up: as written, and in Sudachi's normalised form if it is one morpheme."""
    out: set[str] = set()
    for word in words if isinstance(words, list | tuple | set | frozenset) else ():
        plain = normalize_text(word)
        out.add(plain.lower())
        parts = tokenizer().tokenize(plain)
        if len(parts) == 1:
            out.add(parts[0].normalized_form().lower())
    return out


def _read_csv(path: str | os.PathLike[str]) -> list[list[str]]:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.strip() for cell in row if cell.strip()] for row in csv.reader(file)]
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "can't read the word list", where=str(path), got=type(error).__name__, expected="a CSV file in UTF-8"
        ) from None
    return [row for row in rows if row and not row[0].startswith("#")]
