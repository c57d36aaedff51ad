"""Reads what a text says good and bad, sentence by sentence, into hits (the evidence) and numbers (the features)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from math import log1p, tanh
from operator import add
from typing import NamedTuple

from vocmine.classify.sentiment.inquiry import discount_asked_en, discount_asked_ja
from vocmine.classify.sentiment.lexicon import rule
from vocmine.classify.sentiment.polarity_en import hits_en
from vocmine.classify.sentiment.polarity_ja import Hit, hits_ja
from vocmine.classify.sentiment.script_patterns import JAPANESE, LATIN, MIXED, rule_by_script, script_of

FEATURES = (
    "pos", "neg", "net", "any_pos", "any_neg", "max_pos", "max_neg", "net_last", "net_first", "mixed",
    "share_pos", "share_neg", "unable", "absent", "verb_not", "wish", "asks", "questions", "exclaims",
    "emoji_pos", "emoji_neg", "length", "sentences", "turns", "no_hit", "sarcasm", "thanks", "so_so",
    "strong_pos", "strong_neg", "balance", "last_hit", "after_turn", "latin",
)
_SENTENCE = re.compile(r"(?:[^。!?！？\n….]|\.(?![.\s]))+[。!?！？….\n]*|[。!?！？….\n]+")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_SPACES = re.compile(r"  +")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2}")
_COURTESY = rule_by_script("courtesy")
_OWN = rule("own")
_OWN_FEELING = rule("own_feeling")
_WANTING = rule("wanting")
_SIGNATURE = re.compile(r"^[ \t]*(?:[-=_*~]{2,}|[―ー─━=]{2,})[ \t]*\n(?:.{0,60}(?:\n|\Z)){1,8}\Z", re.MULTILINE)
_TURN = rule_by_script("turn")
_DESPITE = rule("despite")
_UNABLE = rule_by_script("unable")
_ABSENT = rule_by_script("absent")
_VERB_NOT = rule_by_script("verb_not")
_WISH = rule_by_script("wish")
_ASKS = rule_by_script("asks")
_QUESTION = rule("question")
_SHOUT = rule("shout")
_GOOD_SIGN = rule("good_sign")
_BAD_SIGN = rule("bad_sign")
_ANY_SCRIPT = (_QUESTION, _SHOUT, _GOOD_SIGN, _BAD_SIGN)
_COUNTED = [_UNABLE, _ABSENT, _VERB_NOT, _WISH, _ASKS]
_THANKS = rule_by_script("thanks")
_SO_SO = rule_by_script("so_so")
_SARCASM = rule_by_script("sarcasm")
_TONE = re.compile(r"(?:^|\s)/s\W*\Z")  # what the writer of a post says of its tone
_COUNTS, _MARKS = len(_COUNTED) + len(_ANY_SCRIPT), 3


@dataclass(frozen=True)
class PolarityParameters:
    """How the words of a sentence weigh in their place.

    Chosen on development sentences; the shipped model is fitted on features made with these values
    (``scripts/build_sentiment_student.py``), so it must be built again after a change.

    Parameters
    ----------
    strong : float
        From this score a word says good or bad by itself, whatever the thing.
    grave : float
        A word this bad or worse is never the customer's own affair.
    own_share : float
        What is left of a bad word on the customer's own affairs.
    own_reach : int
        Characters before a word in which its owner is looked for.
    sarcasm : float
        Factor of a good word in a sarcastic sentence.
    question_good, question_bad : float
        Factor of good and of bad words in a question.
    before_turn : float
        Factor of what comes before a turn (but).
    despite_good : float
        Factor of a good word before a turn of disappointment.
    tilt : float
        Net score from which a sentence counts as good or bad.
    """

    strong: float = 1.5
    grave: float = -2.3
    own_share: float = 0.25
    own_reach: int = 16
    sarcasm: float = -0.5
    question_good: float = 0.4
    question_bad: float = 0.7
    before_turn: float = 0.5
    despite_good: float = 0.2
    tilt: float = 0.3


PARAMETERS = PolarityParameters()


class SentencePolarity(NamedTuple):
    """A sentence of a text and the numbers named by `FEATURES` for it alone."""

    text: str
    features: tuple[float, ...]


class TextPolarity(NamedTuple):
    """What was read in a text: the polarity words, the numbers named by `FEATURES`, and its sentences."""

    hits: list[Hit]
    features: tuple[float, ...]
    sentences: tuple[SentencePolarity, ...]


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
    plain = _COURTESY[script_of(text)].sub(_blank, _SIGNATURE.sub(_blank, text))
    return plain if _LETTER.search(plain) else text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def sentence_hits(sentence: str, script: int = MIXED) -> list[Hit]:
    """Give the polarity words of one sentence; what comes before a turn (のに, けど, but) weighs less.

    Examples
    --------
    >>> [(h.text, round(h.score, 1)) for h in sentence_hits("食事は美味しいけど料金が高い")]
    [('美味しい', 1.0), ('料金が高い', -1.6)]
    """
    ironic = _SARCASM[script].search(sentence) is not None
    return _hits(sentence, script, ironic, list(_TURN[script].finditer(sentence)))


def _hits(sentence: str, script: int, ironic: bool, turns: list[re.Match[str]]) -> list[Hit]:
    hits: list[Hit] = []
    if script != LATIN and _JAPANESE.search(sentence):
        hits += discount_asked_ja(sentence, hits_ja(sentence))
    if script != JAPANESE and _LATIN_WORD.search(sentence):
        hits += discount_asked_en(sentence, hits_en(sentence))
    if not hits:
        return hits
    if ironic:
        hits = [h._replace(score=PARAMETERS.sarcasm * h.score) if h.score > 0 else h for h in hits]
    if script != LATIN and any(h.score < 0 for h in hits):
        hits = _discount_own_troubles(sentence, hits)
    if not turns:
        return hits
    last = turns[-1]
    despite = bool(_DESPITE.match(last.group()))
    return [h._replace(score=h.score * _before_turn(h, last.start(), despite)) for h in hits]


def _discount_own_troubles(sentence: str, hits: list[Hit]) -> list[Hit]:
    """Make light of bad words on the customer's own people and cares if the sentence then asks for something."""
    asked = max((m.start() for m in _WANTING.finditer(sentence)), default=-1)
    if asked < 0:
        return hits
    return [h._replace(score=PARAMETERS.own_share * h.score) if _is_own(sentence, h, asked) else h for h in hits]


def _is_own(sentence: str, hit: Hit, asked: int) -> bool:
    if not PARAMETERS.grave < hit.score < 0 or hit.end > asked + 1:
        return False
    first = max(0, hit.start - PARAMETERS.own_reach)
    return bool(_OWN_FEELING.match(hit.text) or _OWN.search(sentence, first, hit.start))


def _before_turn(hit: Hit, turn: int, despite: bool) -> float:
    if hit.start >= turn:
        return 1.0
    return PARAMETERS.despite_good if despite and hit.score > 0 else PARAMETERS.before_turn


class _Measured(NamedTuple):
    """What was counted in one sentence."""

    text: str
    hits: list[Hit]
    net: float
    counts: list[int]
    marks: tuple[bool, ...]
    turns: int
    after_turn: float


def read(text: str) -> TextPolarity:
    """Read one text (normalised, see `without_courtesy`): its polarity words and its features.

    Examples
    --------
    >>> reading = read("アプリが落ちる。返金してほしい")
    >>> [hit.text for hit in reading.hits][0], len(reading.features) == len(FEATURES)
    ('落ちる', True)
    """
    script = script_of(text)
    ironic = _TONE.search(text) is not None
    hits: list[Hit] = []
    measured = []
    for start, sentence in sentences(text):
        if not sentence.strip(" 。、,.\n"):
            continue
        sneers = ironic or _SARCASM[script].search(sentence) is not None
        turns = list(_TURN[script].finditer(sentence))
        found = _hits(sentence, script, sneers, turns)
        if found and _QUESTION.search(sentence):
            good, bad = PARAMETERS.question_good, PARAMETERS.question_bad
            found = [h._replace(score=h.score * (good if h.score > 0 else bad)) for h in found]
        measured.append(_measure(sentence, script, found, sneers, turns))
        hits += [h._replace(start=h.start + start, end=h.end + start) for h in found]
    alone = [SentencePolarity(part.text, _features([part], script)) for part in measured]
    whole = alone[0].features if len(alone) == 1 else _features(measured, script)
    return TextPolarity(hits, whole, tuple(alone))


def total(values: Iterable[float]) -> float:
    """Add numbers one by one: `sum` rounds otherwise from Python 3.12 on, and -0.7 - 0.4 + 0.8 meets a threshold.

    Examples
    --------
    >>> total([-0.7, -0.4, 0.8])
    -0.30000000000000004
    """
    return float(reduce(add, values, 0.0))


def _measure(sentence: str, script: int, hits: list[Hit], ironic: bool, turns: list[re.Match[str]]) -> _Measured:
    counts = [len(pattern[script].findall(sentence)) for pattern in _COUNTED]
    counts += [len(pattern.findall(sentence)) for pattern in _ANY_SCRIPT]
    marks = (ironic, _THANKS[script].search(sentence) is not None, _SO_SO[script].search(sentence) is not None)
    net = total([h.score for h in hits]) if hits else 0.0
    after = total([h.score for h in hits if h.start >= turns[-1].start()]) if turns else 0.0
    return _Measured(sentence, hits, net, counts, marks, len(turns), after)


def _features(parts: list[_Measured], script: int) -> tuple[float, ...]:
    first = parts[0] if len(parts) == 1 else None  # most texts, and each sentence alone
    hits = first.hits if first else [h for part in parts for h in part.hits]
    good = [h.score for h in hits if h.score > 0]
    bad = [-h.score for h in hits if h.score < 0]
    pos, neg, spoken = total(good), total(bad), [part.net for part in parts if part.net] or [0.0]
    n, tilt, strong = len(parts) or 1, PARAMETERS.tilt, PARAMETERS.strong
    counts = first.counts if first else [sum(part.counts[i] for part in parts) for i in range(_COUNTS)]
    marks = first.marks if first else [any(part.marks[i] for part in parts) for i in range(_MARKS)]
    length = sum(len(_SPACES.sub(" ", part.text).strip()) for part in parts)
    turned = [part.after_turn for part in parts if part.turns]
    return (
        log1p(pos), log1p(neg), tanh((pos - neg) / 2), float(bool(good)), float(bool(bad)),
        max(good, default=0.0), max(bad, default=0.0), tanh(spoken[-1] / 2), tanh(spoken[0] / 2), log1p(min(pos, neg)),
        sum(part.net > tilt for part in parts) / n, sum(part.net < -tilt for part in parts) / n,
        *[log1p(count) if count else 0.0 for count in counts], log1p(length) / 5, log1p(n) / 3,
        log1p(sum(part.turns for part in parts)), float(not hits), *map(float, marks),
        log1p(total(g for g in good if g >= strong)), log1p(total(b for b in bad if b >= strong)),
        (pos - neg) / (pos + neg + 1.0), tanh(hits[-1].score) if hits else 0.0,
        tanh(turned[-1] / 2) if turned else 0.0, float(script == LATIN),
    )
