"""Compounds that the dictionary splits and the texts keep together: candidates for the user dictionary."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from vocmine.text.analysis import as_analysed
from vocmine.text.splitter import NOUN, PREFIX, PROPER, SUFFIX, sudachi_chunks
from vocmine.text.words import split_japanese

_LONGEST = 4  # words of a compound
_PARTS = frozenset([NOUN, PROPER, SUFFIX, PREFIX])


def suggest_compounds(texts: Any, min_texts: int = 3, top: int = 50) -> pd.DataFrame:
    """Suggest words for `Vocabulary.compounds`: runs of nouns that the dictionary splits and that often stand together.

    Parameters
    ----------
    texts : list, Series, contacts or analysed frame
        Texts to look through.
    min_texts : int
        Texts that must hold a compound.
    top : int
        How many to give.

    Returns
    -------
    DataFrame
        ``compound``, ``parts`` (as the dictionary splits it), ``n_texts``, ``cohesion`` (texts with the compound /
        texts with its rarest part, 0 to 1), best first by ``n_texts * cohesion``. A compound within a longer one
        that stands in as many texts is left out.

    Examples
    --------
    >>> suggest_compounds(["引落口座の変更", "引落口座が違う", "引落口座を教えて"])["compound"].tolist()
    ['引落口座']
    """
    runs: Counter[tuple[str, ...]] = Counter()
    words: Counter[str] = Counter()
    for text in as_analysed(texts)["text_clean"]:
        seen_runs, seen_words = _runs(text)
        runs.update(seen_runs)
        words.update(seen_words)
    kept = {run: n for run, n in runs.items() if n >= min_texts and len("".join(run)) > 2}
    inner = {run[a:b] for run, n in kept.items() for a in range(len(run)) for b in range(a + 2, len(run) + 1)
             if (a, b) != (0, len(run)) and runs[run[a:b]] == n}
    rows = [("".join(run), run, n, n / min(words[part] for part in run)) for run, n in kept.items() if run not in inner]
    rows.sort(key=lambda row: (-row[2] * row[3], row[0]))
    return pd.DataFrame(rows[:top], columns=["compound", "parts", "n_texts", "cohesion"])


def _runs(text: str) -> tuple[set[tuple[str, ...]], set[str]]:
    """Give the runs of two to four nouns of a text, and its words, each once."""
    runs: set[tuple[str, ...]] = set()
    words: set[str] = set()
    for _, piece in sudachi_chunks(text):
        morphemes, kinds = split_japanese(piece)
        current: list[str] = []
        for morpheme, kind in zip(morphemes, kinds, strict=True):
            surface = morpheme.surface()
            is_part = kind in _PARTS and not surface.isascii() and not (kind == SUFFIX and not current)
            current = [*current, surface] if is_part else []
            words.add(surface)
            for size in range(2, min(_LONGEST, len(current)) + 1):
                runs.add(tuple(current[-size:]))
    return runs, words
