"""Reads the polarity of English text: words and phrases, their negation, degree, contrast."""

from __future__ import annotations

import re
from functools import lru_cache

from vocmine.classify.sentiment.lexicon import Word, english, word_list
from vocmine.classify.sentiment.polarity_ja import Hit

_TOKEN = re.compile(r"[a-z0-9]+(?:['’/-][a-z0-9]+)*|[:;=]-?[()D/|]|[,.;!?\n]", re.IGNORECASE)
_STOP = frozenset(",.;!?\n") | {"but", "however", "although", "because", "so", "and"}
_NEGATORS = word_list("negators_en")
_STRONG = word_list("strong_en")
_WEAK = word_list("weak_en")
_WANTED = frozenset({"want", "wanted", "need", "prefer", "wish", "hoping", "seeking"})
_WANTING = 0.1  # of a good word that is only wished for
_STRONGER, _WEAKER = 1.3, 0.6  # factors of a word put strongly (very) and weakly (a bit)
_DEGREE_REACH = 2  # tokens before a word in which its degree stands
_REACH = 4  # tokens between a negation and what it negates


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, Word], dict[str, tuple[tuple[str, ...], ...]]]:
    table = english()
    heads: dict[str, list[tuple[str, ...]]] = {}
    for form in table:
        if "_" in form:
            parts = tuple(form.split("_"))
            heads.setdefault(parts[0], []).append(parts)
    ordered = {head: tuple(sorted(found, key=lambda p: (-len(p), p))) for head, found in heads.items()}
    return table, ordered


def _phrase_at(tokens: list[str], i: int, heads: dict[str, tuple[tuple[str, ...], ...]]) -> str:
    for parts in heads.get(tokens[i], ()):
        if tuple(tokens[i : i + len(parts)]) == parts:
            return "_".join(parts)
    return ""


def _context(tokens: list[str], i: int, reach: int) -> tuple[bool, float]:
    """Say whether the token is negated, and how strongly it is put."""
    degree, negated = 1.0, False
    for back in range(i - 1, max(-1, i - 1 - reach), -1):
        before = tokens[back]
        if before in _STOP:
            break
        if before in _NEGATORS:
            negated = not (before == "not" and back + 1 < len(tokens) and tokens[back + 1] == "only")
            break
        if before in _WANTED and tokens[back + 1] != "to":
            degree *= _WANTING
        if back >= i - _DEGREE_REACH:
            degree *= _STRONGER if before in _STRONG else _WEAKER if before in _WEAK else 1.0
    return negated, degree


def hits_en(text: str) -> list[Hit]:
    """Give the polarity words of an English sentence with their scores in place.

    Examples
    --------
    >>> [(h.text, h.score > 0) for h in hits_en("Not happy, the app keeps crashing. No problem with the staff")]
    [('Not happy', False), ('keeps crashing', False), ('problem', True)]
    """
    table, heads = _phrases()
    spans = [m.span() for m in _TOKEN.finditer(text)]
    tokens = [text[s:e] for s, e in spans]
    if not text.islower() or "’" in text:
        tokens = [token.lower().replace("’", "'") for token in tokens]
    hits = []
    i = 0
    while i < len(tokens):
        phrase = _phrase_at(tokens, i, heads) if tokens[i] in heads else ""
        width = phrase.count("_") + 1 if phrase else 1
        word = table.get(phrase or tokens[i])
        if word is not None and (phrase or tokens[i] not in _NEGATORS):
            negated, degree = _context(tokens, i, _REACH if word.score >= 0 else _REACH - 1)
            score = word.negated if negated else word.score
            if score:
                start, end = spans[i][0], spans[i + width - 1][1]
                hits.append(Hit(start, end, text[start:end], score * degree, negated))
        i += width
    return hits
