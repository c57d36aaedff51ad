"""Aspects: what is said about which thing, from GiNZA's parse for Japanese and from nearby words for English."""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from vocmine.classify._contrast import against_before, better_before, clauses
from vocmine.classify.sentiment.lexicon import word_list
from vocmine.classify.sentiment.polarity import sentence_hits, sentences, without_courtesy
from vocmine.classify.sentiment.polarity_ja import Hit
from vocmine.text import as_analysed
from vocmine.text.worker import load_parser, need_parser

_MAX_SENTENCE = 400  # characters; the parser's time grows with the sentence
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "dislocated", "obj", "obl", "nmod", "iobj", "csubj"})
_HOLLOW = word_list("hollow_ja")
_HOLLOW_EN = word_list("hollow_en")
_WORD_EN = re.compile(r"[A-Za-z][A-Za-z'’-]+?(?=['’]s\b|[^A-Za-z'’-]|\Z)")
_CLAUSE = re.compile(r"[,;.]|\b(?:but|and|although|though)\b")
_ARTICLES = re.compile(
    r"\s+(?:(?:the|an?|my|your|our|their|this|that|these|those|its|his|her|new|old|whole)\s+)*", re.IGNORECASE
)
_VERBAL = re.compile(r"(?:ed|ing|ly|n't)$")
_LOUD = 0.8  # a milder hit (refund) may itself be the thing spoken of
_MOST_WORDS = 2  # of an English thing
_TITLE = re.compile(r"(?:さん|さま|様|ちゃん|氏)$")
_INFLECTED = re.compile(r"[ぁ-ん]$")
_COPULA = word_list("copula_en")
_FROM = 0.35  # an aspect is said good or bad from this score on
_GOOD = re.compile(r"(?:感じが?)?(?:いい|良い|よい|良かった|よかった)(?:です|んです|のです)?$")  # granted before a turn
_TURNS = frozenset({"but", "although", "though", "however", "ただし", "しかし"})
_FROM_CONTRAST = 0.3  # in a clause that another is set against
_FULL = 2.0  # score of a word that is as strong as can be


class Mention(NamedTuple):
    """One thing and how it is spoken of."""

    aspect: str
    score: float
    evidence: str


@lru_cache(maxsize=8)
def _parser(thread: int) -> Any:
    need_parser(purpose="looking for aspects in Japanese texts")
    return load_parser("ja_ginza", "pairs")


def aspects(texts: Any) -> pd.DataFrame:
    """Give what each text says about which thing.

    Japanese sentences that hold a polarity word are parsed by GiNZA (tens of texts a second: for texts that are shown
    or asked for); English goes by the nearest noun-like word.

    Parameters
    ----------
    texts : list of str, Series or contacts frame
        Customers' words.

    Returns
    -------
    DataFrame
        ``row`` (position, from 0), ``aspect`` (the thing, as written), ``sentiment`` (negative, positive),
        ``evidence`` (the words that say so), ``score`` (0 to 1, how strong). A row a pair; none where nothing is said.

    Raises
    ------
    MissingExtraError
        If a Japanese sentence is to be parsed and GiNZA is not installed.

    See Also
    --------
    vocmine.classify.SentimentClassifier : Judges the whole text.
    vocmine.classify.aspect_table.aspect_table : Counts contacts by aspect and sentiment.

    Examples
    --------
    >>> aspects(["The staff was friendly but the room was dirty"])[["aspect", "sentiment"]].values.tolist()
    [['staff', 'positive'], ['room', 'negative']]
    """
    rows = []
    for row, text in enumerate(as_analysed(texts)["text_clean"].astype(str)):
        for mention in dict.fromkeys(_read(text)):
            sentiment = "positive" if mention.score > 0 else "negative"
            strength = round(min(1.0, abs(mention.score) / _FULL), 3)
            rows.append((row, mention.aspect, sentiment, mention.evidence, strength))
    return pd.DataFrame(rows, columns=["row", "aspect", "sentiment", "evidence", "score"])


def tag(texts: Any) -> pd.DataFrame:
    """Give aspects as tags: ``row``, ``label`` (``thing:sentiment``), ``score``, ``evidence``.

    Examples
    --------
    >>> tag(["The food was delicious"])[["row", "label"]].values.tolist()
    [[0, 'food:positive']]
    """
    found = aspects(texts)
    label = found["aspect"] + ":" + found["sentiment"] if len(found) else pd.Series([], dtype=str)
    made = found[["row"]].assign(label=label, score=found["score"], evidence=found["evidence"])
    strongest = made.sort_values("score", ascending=False, kind="stable").drop_duplicates(["row", "label"])
    return strongest.sort_index(ignore_index=True)


def _read(text: str) -> list[Mention]:
    found: list[Mention] = []
    for _, sentence in sentences(without_courtesy(text)):
        japanese = bool(_JAPANESE.search(sentence)) and len(sentence) <= _MAX_SENTENCE
        found += _japanese(sentence) if japanese else _english(sentence)
    return found


def _japanese(sentence: str) -> list[Mention]:
    """Read each clause by itself: 音質はいい of 音質はいいのに装着感が悪い is praise."""
    parts = clauses(sentence)
    found: list[Mention] = []
    for part in parts:
        clause, was_better = against_before(part)
        hits = _hits(clause, _FROM_CONTRAST if len(parts) > 1 else _FROM)
        if not hits and len(parts) > 1 and (praise := _GOOD.search(clause)):
            hits = [Hit(*praise.span(), praise.group(), 1.0, negated=False)]
        if was_better:
            hits = [h for h in hits if h.score > 0]
        mentions = _parsed(clause, hits, found[-1].aspect if found else "") if hits else []
        found += [_turned(m) for m in mentions] if was_better else mentions
    return found


def _turned(mention: Mention) -> Mention:
    return mention._replace(score=-mention.score)


def _english(sentence: str) -> list[Mention]:
    before = [Mention(thing, -1.0, words) for thing, words in better_before(sentence)]
    hits = [] if before else _hits(sentence, _FROM)
    return before + (_nearby(sentence, hits) if hits else [])


def _hits(sentence: str, least: float) -> list[Hit]:
    return [h for h in sentence_hits(sentence) if abs(h.score) >= least and h.text.lower() not in _HOLLOW_EN | _TURNS]


def _parsed(sentence: str, hits: list[Hit], last: str = "") -> list[Mention]:
    """Parse a clause; where it names nothing, what was last spoken of is meant."""
    doc = _parser(threading.get_ident())(sentence)
    found = []
    for hit in hits:
        inside = [token for token in doc if token.idx < hit.end and token.idx + len(token) > hit.start]
        thing = _thing(inside) or last
        if thing.endswith("以外") and len(thing) > 2:  # all but this
            found.append(Mention(thing[:-2], -hit.score, hit.text))
        elif thing:
            found.append(Mention(_TITLE.sub("", thing) or thing, hit.score, hit.text))
    return [mention for mention in found if not _is_trouble_mended(mention, found)]


def _is_trouble_mended(mention: Mention, found: list[Mention]) -> bool:
    """Say whether a bad noun only names what a praised thing is for (故障の修理が早い)."""
    return mention.score < 0 and any(other.aspect == mention.aspect and other.score > 0 for other in found) and not (
        _INFLECTED.search(mention.evidence)
    )


def _thing(inside: list[Any]) -> str:
    """Find the noun that the words of a hit are about: their subject, the noun they modify, or one within the hit."""
    last = inside[-1] if inside else None
    for token in reversed(inside):
        for child in sorted(token.children, key=lambda c: (c.dep_ != "nsubj", -c.i)):
            if child.dep_ in _SUBJECTS and _names(_real(child)):
                return _phrase(_real(child))
    for token in inside:
        if token.dep_ in ("acl", "amod", "nmod") and _names(token.head):
            return _phrase(token.head)
        if token.dep_ in ("advcl", "conj") and token.head.i > token.i:
            subjects = [c for c in token.head.children if c.dep_ == "nsubj" and c.i < token.i and _names(c)]
            if subjects:
                return _phrase(subjects[-1])
    of_condition = [
        g for token in inside for c in token.children if c.dep_ == "advcl"
        for g in c.children if g.dep_ == "nsubj" and _names(g)
    ]
    if of_condition:  # 操作は慣れれば楽
        return _phrase(of_condition[0])
    nouns = [token for token in inside if _names(token) and token is not last]
    return _phrase(nouns[0]) if nouns else ""


def _real(token: Any) -> Any:
    """Step from a hollow noun (方, ところ) to the noun that fills it."""
    if token.text in _HOLLOW:
        return next((child for child in token.children if child.dep_ in ("nmod", "compound") and _names(child)), token)
    return token


def _names(token: Any) -> bool:
    return token.pos_ in _NOUNS and token.text not in _HOLLOW and not token.text.isdigit()


def _phrase(token: Any) -> str:
    parts = [child for child in token.children if child.dep_ == "compound" and child.i < token.i]
    return "".join(part.text for part in sorted(parts, key=lambda p: p.i)) + str(token.text)


def _nearby(sentence: str, hits: list[Hit]) -> list[Mention]:
    """Take the noun-like words before a verb of being or right before the hit, else right after it, else before it."""
    words = [(m.start(), m.end(), m.group()) for m in _WORD_EN.finditer(sentence)]
    loud = [(h.start, h.end) for h in hits if abs(h.score) >= _LOUD]
    free = [w for w in words if not any(start < w[1] and w[0] < end for start, end in loud)]
    plain = [w for w in free if w[2].lower() not in _HOLLOW_EN and len(w[2]) > 2]
    found = []
    for hit in hits:
        before = [w for w in plain if w[1] <= hit.start and not _CLAUSE.search(sentence[w[1] : hit.start])]
        after = _phrase_after(sentence, hit.end, plain)
        between = sentence[before[-1][1] : hit.start].lower().split() if before else []
        if before and (not between or any(word in _COPULA for word in between) or not after):
            pick = _phrase_up_to(sentence, before)
        else:
            pick = after
        if pick:
            found.append(Mention(pick.lower(), hit.score, hit.text))
    return found


def _phrase_after(sentence: str, end: int, plain: list[tuple[int, int, str]]) -> str:
    """Give the noun-like words right after a place, articles left out."""
    picked: list[str] = []
    for start, stop, word in plain:
        if start >= end and _ARTICLES.fullmatch(sentence, end, start) and len(picked) < _MOST_WORDS:
            if picked and (_VERBAL.search(word) or sentence[end:start] != " "):
                break
            picked.append(word)
            end = stop
    return " ".join(picked)


def _phrase_up_to(sentence: str, before: list[tuple[int, int, str]]) -> str:
    """Give the last of these words with the one that stands right before it and the article that begins both."""
    last = before[-1]
    if len(before) > 1 and sentence[before[-2][1] : last[0]] == " " and not _VERBAL.search(before[-2][2]):
        return f"{before[-2][2]} {last[2]}"
    return last[2]
