"""Reads the polarity of English text: words and phrases, their negation, degree, contrast."""

from __future__ import annotations

import re
from functools import lru_cache

from vocmine.classify.sentiment.lexicon import Word, english, rule, word_list
from vocmine.classify.sentiment.polarity_ja import Hit

_TOKEN = re.compile(r"[a-z0-9]+(?:['’/-][a-z0-9]+)*|[:;=]-?[()D/|]|[,.;!?\n]", re.IGNORECASE)
_STOP = frozenset(",.;!?\n") | {"but", "however", "although", "because", "so", "and"}
_NEGATORS = word_list("negators_en")
_STRONG = word_list("strong_en")
_WEAK = word_list("weak_en")
_UNREAL = rule("unreal_en", ignore_case=True)
_NO_MORE = -0.5  # factor of a good word that was true once or would have been (used to be a great shop)
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)  # used to love it and still do
_WANTED = frozenset({"want", "wanted", "need", "prefer", "wish", "hoping", "seeking"})
_WANTING = 0.1  # of a good word that is only wished for
_STRONGER, _WEAKER = 1.3, 0.6  # factors of a word put strongly (very) and weakly (a bit)
_DEGREE_REACH = 2  # tokens before a word in which its degree stands
_REACH = 4  # tokens between a negation and what it negates
_LONG_REACH = 8  # the same of a negation of several words (not once, I can't say)
_COMPARED = frozenset({"this", "so", "such", "more", "better", "less", "as", "ever"})
# never seen so kind a nurse, couldn't be simpler: with a comparison these deny nothing
_SUPERLATIVE = frozenset({"never", "couldn't", "couldnt", "haven't", "hasn't", "havent", "hasnt"})
_LONGER = {
    head: tuple((tuple(words), reach) for words, reach in rows)
    for head, rows in {
        "can't": [(["can't", "say"], 8), (["can't", "wait"], 0)],
        "cannot": [(["cannot", "say"], 8), (["cannot", "wait"], 0)],
        "couldn't": [(["couldn't", "say"], 8), (["couldn't", "call"], 8), (["couldn't", "find"], 6)],
        "wouldn't": [(["wouldn't", "say"], 8), (["wouldn't", "call"], 8), (["wouldn't", "describe"], 8)],
        "don't": [(["don't", "think"], 8), (["don't", "find"], 6)],
        "isn't": [(["isn't", "what"], 8)],
        "hasn't": [(["hasn't", "been", "what"], 8)],
        "wasn't": [(["wasn't", "what"], 8), (["wasn't", "the"], 6)],
        "not": [(["not", "once"], 8), (["not", "one"], 8), (["not", "a", "single"], 8), (["not", "what"], 8),
                (["not", "exactly"], 5), (["not", "even"], 5)],
        "never": [(["never", "once"], 8)],
        "no": [(["no", "less", "than"], 0)],
        "anything": [(["anything", "but"], 4)],
        "nothing": [(["nothing", "but"], 0)],
        "far": [(["far", "from"], 5)],
        "nowhere": [(["nowhere", "near"], 6)],
        "opposite": [(["opposite", "of"], 5)],
        "yet": [(["yet", "to", "see"], 6), (["yet", "to", "find"], 8), (["yet", "to", "have"], 6)],
        "haven't": [(["haven't", "had", "a"], 6), (["haven't", "had", "one"], 6), (["haven't", "had", "any"], 6)],
    }.items()
}


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


def _negators(tokens: list[str]) -> dict[int, tuple[int, bool]]:
    """Give, by the token it ends at, the reach of each negation, and whether a comparison takes it back."""
    found = {}
    for i, token in enumerate(tokens):
        if token in _NEGATORS:
            found[i] = (_REACH, token in _SUPERLATIVE)
        for words, reach in _LONGER.get(token, ()):
            end = i + len(words)
            if tuple(tokens[i:end]) == words:
                for inside in range(i, end):
                    found.pop(inside, None)
                if reach:
                    found[end - 1] = (reach, token in _SUPERLATIVE)
    return {i: at for i, at in found.items() if not (tokens[i] == "not" and tokens[i + 1 : i + 2] == ["only"])}


def _context(tokens: list[str], i: int, negators: dict[int, tuple[int, bool]], bad: bool) -> tuple[bool, float]:
    """Say whether the token is negated, and how strongly it is put."""
    degree, negated, compared = 1.0, tokens[i - 1] == "less" and i > 0 and not bad, tokens[i].endswith("er")
    for back in range(i - 1, max(-1, i - 1 - _LONG_REACH), -1):
        before = tokens[back]
        reach, superlative = negators.get(back, (0, False))
        if i - back <= (reach - 1 if bad and reach == _REACH and not superlative else reach):
            if not (superlative and compared):
                negated = not negated
        elif before in _STOP and back not in negators:
            break
        compared = compared or before in _COMPARED
        if before in _WANTED and i - back <= _REACH and tokens[back + 1] != "to":
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
    negators = _negators(tokens)
    hits = []
    i = 0
    while i < len(tokens):
        phrase = _phrase_at(tokens, i, heads) if tokens[i] in heads else ""
        width = phrase.count("_") + 1 if phrase else 1
        word = table.get(phrase or tokens[i])
        if word is not None and (phrase or tokens[i] not in _NEGATORS):
            negated, degree = _context(tokens, i, negators, word.score < 0)
            score = word.negated if negated else word.score
            if score:
                start, end = spans[i][0], spans[i + width - 1][1]
                hits.append(Hit(start, end, text[start:end], score * degree, negated))
        i += width
    return _without_unreal(text, hits)


def _without_unreal(text: str, hits: list[Hit]) -> list[Hit]:
    """Turn the good words of what once was or would have been; but not of what still is.

    Examples
    --------
    >>> [round(h.score, 1) for h in hits_en("It used to be such a lovely shop")]
    [-0.5, -1.0]
    """
    spans = [m.span() for m in _UNREAL.finditer(text) if not _STILL.search(m.group())] if hits else []
    if not spans:
        return hits
    unreal = [h.score > 0 and any(start <= h.start < end for start, end in spans) for h in hits]
    return [h._replace(score=h.score * _NO_MORE) if gone else h for h, gone in zip(hits, unreal, strict=True)]
