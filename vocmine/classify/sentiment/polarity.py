"""Reads what a text says good and bad, sentence by sentence, into hits (the evidence) and numbers (the features)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add
from typing import NamedTuple

import numpy as np

from vocmine.classify.sentiment.inquiry import discount_asked_en, discount_asked_ja
from vocmine.classify.sentiment.lexicon import rule
from vocmine.classify.sentiment.polarity_en import hits_en
from vocmine.classify.sentiment.polarity_features import COUNTED, FEATURES, MARKS, Measured, feature_matrix
from vocmine.classify.sentiment.polarity_ja import RULES_JA, Found, Hit, find_words, hits_ja, words_by_text
from vocmine.classify.sentiment.rule_screen import RuleScreen
from vocmine.classify.sentiment.script_patterns import JAPANESE, LATIN, MIXED, rule_by_script, script_of

__all__ = [
    "FEATURES", "Readings", "SentencePolarity", "TextPolarity", "all_without_courtesy", "read", "read_texts",
    "sentence_hits", "sentences", "total", "without_courtesy",
]


_SENTENCE = re.compile(r"(?:[^。!?！？\n….]+|\.(?![.\s]))+[。!?！？….\n]*|[。!?！？….\n]+")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_SPACES = re.compile(r"  +")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2}")
_COURTESY = rule_by_script("courtesy")
_OWN = rule("own")
_OWN_FEELING = rule("own_feeling")
_WANTING = rule("wanting")
_SIGNATURE = re.compile(r"^[ \t]*(?:[-=_*~]{2,}|[―ー─━=]{2,})[ \t]*\n(?:.{0,60}(?:\n|\Z)){1,8}\Z", re.MULTILINE)
_DESPITE = rule("despite")
_TONE = re.compile(r"(?:^|\s)/s\W*\Z")  # what the writer of a post says of its tone
_BY_SCRIPT = ("unable", "absent", "verb_not", "wish", "asks", "sarcasm", "thanks", "so_so", "turn")
_RULES = (
    "unable", "absent", "verb_not", "wish", "asks", "question", "shout", "good_sign", "bad_sign",
    *MARKS, "turn", "wanting", "inquiry_may",
)  # those that are counted in the order of `COUNTED`, then others
_PATTERNS = [rule_by_script(name) if name in _BY_SCRIPT else (rule(name),) * 3 for name in _RULES]
_QUESTION, _SARCASM, _TURN = (_RULES.index(name) for name in ("question", "sarcasm", "turn"))
_COUNT_BITS = (1 << _TURN) - 1
_TURN_BIT, _WANTING_BIT, _INQUIRY_BIT = (1 << _RULES.index(name) for name in ("turn", "wanting", "inquiry_may"))
_ALL_BITS = (1 << len(_RULES) + len(RULES_JA)) - 1


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
    features: np.ndarray


class TextPolarity(NamedTuple):
    """What was read in a text: the polarity words, the numbers named by `FEATURES`, and its sentences."""

    hits: list[Hit]
    features: np.ndarray
    sentences: tuple[SentencePolarity, ...]


class Readings(NamedTuple):
    """What was read in texts: the polarity words and the features of each; all sentences, their features and texts."""

    hits: list[list[Hit]]
    features: np.ndarray
    sentences: list[str]
    sentence_features: np.ndarray
    owner: np.ndarray

    @classmethod
    def joined(cls, parts: list[Readings]) -> Readings:
        """Put together what was read in texts one after the other."""
        before = np.cumsum([0, *(len(part.hits) for part in parts)])
        return cls(
            [hits for part in parts for hits in part.hits],
            np.concatenate([part.features for part in parts]),
            [sentence for part in parts for sentence in part.sentences],
            np.concatenate([part.sentence_features for part in parts]),
            np.concatenate([part.owner + first for part, first in zip(parts, before, strict=False)]),
        )

    def of_texts(self, chosen: np.ndarray) -> Readings:
        """Give what was read in some of the texts, told by a mask."""
        kept = np.flatnonzero(chosen[self.owner])
        return Readings(
            [hits for hits, keep in zip(self.hits, chosen.tolist(), strict=True) if keep],
            self.features[chosen],
            [self.sentences[i] for i in kept.tolist()],
            self.sentence_features[kept],
            (np.cumsum(chosen) - 1)[self.owner[kept]],
        )


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
    plain = _SIGNATURE.sub(_blank, text) if "\n" in text else text
    plain = _COURTESY[script_of(text)].sub(_blank, plain)
    return plain if _LETTER.search(plain) else text


def all_without_courtesy(texts: list[str]) -> list[str]:
    """Give what `without_courtesy` leaves of each of many texts.

    Examples
    --------
    >>> [text.strip() for text in all_without_courtesy(["お世話になっております。届きません", "届きません"])]
    ['。届きません', '届きません']
    """
    may = _courtesy_screen().may_match(texts)
    return [
        without_courtesy(text) if some or "\n" in text else text for text, some in zip(texts, may, strict=True)
    ]


@lru_cache(maxsize=1)
def _courtesy_screen() -> RuleScreen:
    return RuleScreen(("courtesy",))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def sentence_hits(sentence: str, script: int = MIXED) -> list[Hit]:
    """Give the polarity words of one sentence; what comes before a turn (のに, けど, but) weighs less.

    Examples
    --------
    >>> [(h.text, round(h.score, 1)) for h in sentence_hits("食事は美味しいけど料金が高い")]
    [('美味しい', 1.0), ('料金が高い', -1.6)]
    """
    ironic = _PATTERNS[_SARCASM][script].search(sentence) is not None
    turns = list(_PATTERNS[_TURN][script].finditer(sentence))
    return _hits(sentence, script, _ALL_BITS, find_words(sentence), ironic, turns)


def _hits(
    sentence: str, script: int, may: int, words: list[Found], ironic: bool, turns: list[re.Match[str]]
) -> list[Hit]:
    hits: list[Hit] = []
    if words and script != LATIN and _JAPANESE.search(sentence):
        hits = hits_ja(sentence, words, may >> len(_RULES))
        hits = discount_asked_ja(sentence, hits) if may & _INQUIRY_BIT else hits
    if script != JAPANESE and _LATIN_WORD.search(sentence):
        hits += discount_asked_en(sentence, hits_en(sentence))
    if not hits:
        return hits
    if ironic:
        hits = [h._replace(score=PARAMETERS.sarcasm * h.score) if h.score > 0 else h for h in hits]
    if may & _WANTING_BIT and script != LATIN and min(h.score for h in hits) < 0:
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


def read(text: str) -> TextPolarity:
    """Read one text (normalised, see `without_courtesy`): its polarity words and its features.

    Examples
    --------
    >>> reading = read("アプリが落ちる。返金してほしい")
    >>> [hit.text for hit in reading.hits][0], len(reading.features) == len(FEATURES)
    ('落ちる', True)
    """
    found = read_texts([text])
    parts = map(SentencePolarity, found.sentences, found.sentence_features)
    return TextPolarity(found.hits[0], found.features[0], tuple(parts))


def read_texts(texts: list[str]) -> Readings:
    """Read many texts at once, each as `read` does.

    Examples
    --------
    >>> found = read_texts(["アプリが落ちる。返金してほしい", "Thanks"])
    >>> found.features.shape[0], found.owner.tolist()
    (2, [0, 0, 1])
    """
    scripts = [script_of(text) for text in texts]
    ironic = ["/s" in text and _TONE.search(text) is not None for text in texts]
    parts, starts, owner = list[str](), list[int](), list[int]()
    for row, text in enumerate(texts):
        for start, sentence in sentences(text):
            if sentence.strip(" 。、,.\n"):
                parts.append(sentence)
                starts.append(start)
                owner.append(row)
    hits: list[list[Hit]] = [[] for _ in texts]
    tally = _Tally(len(parts))
    screened = zip(parts, _screen().may_match(parts), words_by_text(parts), strict=True)
    for place, (sentence, may, words) in enumerate(screened):
        row, start = owner[place], starts[place]
        script = scripts[row]
        counts = _counts(sentence, script, may & _COUNT_BITS) if may & _COUNT_BITS else {}
        sneers = ironic[row] or _SARCASM in counts
        turns = list(_PATTERNS[_TURN][script].finditer(sentence)) if may & _TURN_BIT else []
        own = _hits(sentence, script, may, words, sneers, turns) if words or script != JAPANESE else []
        if own and _QUESTION in counts:
            good, bad = PARAMETERS.question_good, PARAMETERS.question_bad
            own = [h._replace(score=h.score * (good if h.score > 0 else bad)) for h in own]
        if sneers:
            counts[_SARCASM] = 1
        tally.add(place, own, counts, turns)
        hits[row] += [Hit(h[0] + start, h[1] + start, *h[2:]) for h in own] if start else own
    group = np.array(owner, dtype=np.int64)
    latin = np.array(scripts) == LATIN
    limits = PARAMETERS.tilt, PARAMETERS.strong
    measured = tally.measured(parts)
    alone = feature_matrix(measured, np.arange(len(parts)), latin[group], *limits)
    return Readings(hits, feature_matrix(measured, group, latin, *limits), parts, alone, group)


@lru_cache(maxsize=1)
def _screen() -> RuleScreen:
    return RuleScreen((*_RULES, *RULES_JA))


@lru_cache(maxsize=1 << _TURN)
def _places(bits: int) -> tuple[int, ...]:
    return tuple(place for place in range(_TURN) if bits >> place & 1)


def _counts(sentence: str, script: int, may: int) -> dict[int, int]:
    """Give, by the place of each rule that matches, how often it does, of those that may."""
    found = {}
    for place in _places(may):
        count = len(_PATTERNS[place][script].findall(sentence))
        if count:
            found[place] = count
    return found


class _Tally:
    """What was counted in sentences, gathered one by one."""

    def __init__(self, n: int) -> None:
        self.after_turn = np.zeros(n)
        self.counts: list[tuple[int, int, int]] = []  # sentence, rule, how often
        self.scores: list[float] = []
        self.sentence: list[int] = []

    def add(self, place: int, hits: list[Hit], counts: dict[int, int], turns: list[re.Match[str]]) -> None:
        """Add the sentence of a place."""
        if hits:
            self.scores += [h.score for h in hits]
            self.sentence += [place] * len(hits)
        if counts:
            self.counts += [(place, rule, count) for rule, count in counts.items()]
        if turns:
            self.counts.append((place, _TURN, len(turns)))
            self.after_turn[place] = total([h.score for h in hits if h.start >= turns[-1].start()])

    def measured(self, parts: list[str]) -> Measured:
        """Give it as arrays."""
        lengths = [len((_SPACES.sub(" ", part) if "  " in part else part).strip()) for part in parts]
        counts = np.zeros((len(parts), _TURN + 1), dtype=np.int64)
        places, rules, many = np.array(self.counts, dtype=np.int64).reshape(-1, 3).T
        counts[places, rules] = many
        return Measured(
            scores=np.array(self.scores),
            sentence=np.array(self.sentence, dtype=np.int64),
            counts=counts[:, : len(COUNTED)],
            marks=counts[:, _SARCASM : _SARCASM + len(MARKS)],
            turns=counts[:, _TURN],
            after_turn=self.after_turn,
            length=np.array(lengths, dtype=np.int64),
        )


def total(values: Iterable[float]) -> float:
    """Add numbers one by one: `sum` rounds otherwise from Python 3.12 on, and -0.7 - 0.4 + 0.8 meets a threshold.

    Examples
    --------
    >>> total([-0.7, -0.4, 0.8])
    -0.30000000000000004
    """
    return float(reduce(add, values, 0.0))
