"""Reads what a text says good and bad, sentence by sentence, into hits (the evidence) and numbers (the features)."""

from __future__ import annotations

import re
from math import log1p, tanh
from typing import NamedTuple

from vocmine.classify.lexicon import rule
from vocmine.classify.polarity_en import hits_en
from vocmine.classify.polarity_ja import Hit, hits_ja

FEATURES = (
    "pos", "neg", "net", "any_pos", "any_neg", "max_pos", "max_neg", "net_last", "net_first", "mixed",
    "share_pos", "share_neg", "unable", "absent", "verb_not", "wish", "asks", "questions", "exclaims",
    "emoji_pos", "emoji_neg", "length", "sentences", "turns", "no_hit", "sarcasm", "thanks", "so_so",
    "strong_pos", "strong_neg", "balance", "last_hit", "after_turn", "latin",
)
_STRONG = 1.5  # from here a word says good or bad by itself, whatever the thing
_SENTENCE = re.compile(r"[^。!?！？\n…]+[。!?！？…\n]*|[。!?！？…\n]+")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_SPACES = re.compile(r"  +")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_COURTESY = rule("courtesy", ignore_case=True)
_SIGNATURE = re.compile(r"^[ \t]*(?:[-=_*~]{2,}|[―ー─━=]{2,})[ \t]*\n(?:.{0,60}(?:\n|\Z)){1,8}\Z", re.MULTILINE)
_TURN = rule("turn", ignore_case=True)
_DESPITE = rule("despite")
_UNABLE = rule("unable", ignore_case=True)
_ABSENT = rule("absent", ignore_case=True)
_VERB_NOT = rule("verb_not")
_WISH = rule("wish", ignore_case=True)
_ASKS = rule("asks", ignore_case=True)
_QUESTION = rule("question")
_SHOUT = rule("shout")
_GOOD_SIGN = rule("good_sign")
_BAD_SIGN = rule("bad_sign")
_THANKS = rule("thanks", ignore_case=True)
_SO_SO = rule("so_so", ignore_case=True)
_SARCASM = rule("sarcasm", ignore_case=True)


class Reading(NamedTuple):
    """What was read in a text: the polarity words, and the numbers named by `FEATURES`."""

    hits: list[Hit]
    features: tuple[float, ...]


def sentences(text: str) -> list[tuple[int, str]]:
    """Give the sentences of a text with where each starts.

    Examples
    --------
    >>> sentences("高い。でも良い!")
    [(0, '高い。'), (3, 'でも良い!')]
    """
    return [(m.start(), m.group()) for m in _SENTENCE.finditer(text)]


def without_courtesy(text: str) -> str:
    """Blank out what letters and call notes hold by custom (greetings, closings, a signature); places stay the same.

    Examples
    --------
    >>> without_courtesy("お世話になっております。届きません").strip()
    '。届きません'
    """
    plain = _COURTESY.sub(_blank, _SIGNATURE.sub(_blank, text))
    return plain if _LETTER.search(plain) else text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def sentence_hits(sentence: str) -> list[Hit]:
    """Give the polarity words of one sentence; what comes before a turn (のに, けど, but) weighs less.

    Examples
    --------
    >>> [(h.text, round(h.score, 1)) for h in sentence_hits("食事は美味しいけど料金が高い")]
    [('美味しい', 1.0), ('料金が高い', -1.6)]
    """
    hits: list[Hit] = []
    if _JAPANESE.search(sentence):
        hits += hits_ja(sentence)
    if _LATIN.search(sentence):
        hits += hits_en(sentence)
    if hits and _SARCASM.search(sentence):
        hits = [h._replace(score=-0.5 * h.score) if h.score > 0 else h for h in hits]
    turns = list(_TURN.finditer(sentence)) if hits else []
    if not turns:
        return hits
    last = turns[-1]
    despite = bool(_DESPITE.match(last.group()))
    return [h._replace(score=h.score * _before_turn(h, last.start(), despite)) for h in hits]


def _before_turn(hit: Hit, turn: int, despite: bool) -> float:
    if hit.start >= turn:
        return 1.0
    return 0.2 if despite and hit.score > 0 else 0.5


def read(text: str) -> Reading:
    """Read one text (normalised, see `without_courtesy`): its polarity words and its features.

    Examples
    --------
    >>> reading = read("アプリが落ちる。返金してほしい")
    >>> [hit.text for hit in reading.hits][0], len(reading.features) == len(FEATURES)
    ('落ちる', True)
    """
    hits: list[Hit] = []
    nets: list[float] = []
    for start, sentence in sentences(text):
        if not sentence.strip(" 。、,.\n"):
            continue
        found = sentence_hits(sentence)
        if found and _QUESTION.search(sentence):
            found = [h._replace(score=h.score * (0.4 if h.score > 0 else 0.7)) for h in found]
        hits += [h._replace(start=h.start + start, end=h.end + start) for h in found]
        nets.append(sum(h.score for h in found))
    return Reading(hits, _features(text, hits, nets))


def _features(text: str, hits: list[Hit], nets: list[float]) -> tuple[float, ...]:
    good = [h.score for h in hits if h.score > 0]
    bad = [-h.score for h in hits if h.score < 0]
    pos, neg, said = sum(good), sum(bad), [net for net in nets if net] or [0.0]
    n = len(nets) or 1
    return (
        log1p(pos), log1p(neg), tanh((pos - neg) / 2), float(bool(good)), float(bool(bad)),
        max(good, default=0.0), max(bad, default=0.0), tanh(said[-1] / 2), tanh(said[0] / 2), log1p(min(pos, neg)),
        sum(net > 0.3 for net in nets) / n, sum(net < -0.3 for net in nets) / n,
        *_signs(text), log1p(len(_SPACES.sub(" ", text).strip())) / 5, log1p(n) / 3,
        log1p(len(_TURN.findall(text))), float(not hits), float(bool(_SARCASM.search(text))),
        float(bool(_THANKS.search(text))), float(bool(_SO_SO.search(text))),
        log1p(sum(g for g in good if g >= _STRONG)), log1p(sum(b for b in bad if b >= _STRONG)),
        (pos - neg) / (pos + neg + 1.0), tanh(hits[-1].score) if hits else 0.0,
        _after_turn(text, hits), float(not _JAPANESE.search(text)),
    )


def _after_turn(text: str, hits: list[Hit]) -> float:
    """Give what is said after the text's last turn (but, けど), from -1 to 1; 0 where it has none."""
    turns = list(_TURN.finditer(text)) if hits else []
    return tanh(sum(h.score for h in hits if h.start >= turns[-1].start()) / 2) if turns else 0.0


def _signs(text: str) -> tuple[float, ...]:
    patterns = (_UNABLE, _ABSENT, _VERB_NOT, _WISH, _ASKS, _QUESTION, _SHOUT, _GOOD_SIGN, _BAD_SIGN)
    return tuple(log1p(len(pattern.findall(text))) for pattern in patterns)
