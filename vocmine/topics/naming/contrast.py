"""What the texts of a group say more than others: its words, and the clauses that say it best, by language."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

from vocmine.text.language import has_japanese
from vocmine.text.sentence_boundaries import sentences
from vocmine.text.vocabulary import default_vocabulary
from vocmine.text.words import english_terms
from vocmine.topics.naming.clause import Clause, empty_words
from vocmine.topics.naming.clauses_en import english_clauses
from vocmine.topics.naming.clauses_ja import japanese_clauses
from vocmine.topics.naming.inflection import ASKED, DENIED, GOING_ON, HARD, NOT_DONE, OPENING, PAST, PLAIN, UNABLE
from vocmine.topics.naming.phrases import names_nothing, without_addresses

JAPANESE, ENGLISH = "ja", "en"
_MASK = re.compile(r"\[[^\]\s]{1,12}\]")
_CHANCE = 0.02  # share that may differ by chance
_JOINT = 0.35  # how much it counts that texts say all of a clause, and not only its words one by one
_EMPTY = 0.5  # how much it counts that a clause has words that tell nothing
_PLACES = (1.0, 0.75, 0.6)  # what a clause of the first telling sentence counts, of the second, of later ones
_SAID = 0.08  # share of a group's texts that must say what its name says, for its full weight
_LONE = 0.45  # what a clause of one text counts
_MOODS = {  # what went wrong comes before what is so, and that before when it is so
    **dict.fromkeys((DENIED, UNABLE, NOT_DONE, HARD), 1.6), **dict.fromkeys((PLAIN, PAST, ASKED), 1.1), GOING_ON: 0.9,
    OPENING: 0.7,
}
_SENTENCE = 3  # words of an English sentence in a Japanese text: fewer are a name, as iPhone 15 Pro
MARKS = ("_ない", "_にくい", "_not")


@dataclass(frozen=True)
class TextRead:
    """One text as far as it is in one language.

    Parameters
    ----------
    keys : frozenset of str
        Its content words; a denied one also without its mark.
    clauses : tuple of Clause
    weights : tuple of float
        Of each clause: what comes first is what a contact is about.
    """

    keys: frozenset[str]
    clauses: tuple[Clause, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Said:
    """A clause and how well it tells the group from others.

    Parameters
    ----------
    text : str
        As most write it.
    keys : tuple of str
    score : float
    times : int
        Texts that say it.
    share : float
        Share of the group's texts that have all its words.
    """

    text: str
    keys: tuple[str, ...]
    score: float
    times: int
    share: float


@lru_cache(maxsize=20_000)
def read(text: str, terms: str) -> Mapping[str, TextRead]:
    """Read a masked text, each of its sentences in its own language.

    Parameters
    ----------
    text : str
    terms : str
        Its content words, joined by spaces.

    Examples
    --------
    >>> found = read("画面が固まる。The screen freezes.", "画面 固まる")
    >>> sorted(found), [c.text for c in found["ja"].clauses]
    (['en', 'ja'], ['画面', '画面が固まる'])
    """
    parts: dict[str, list[str]] = {JAPANESE: [], ENGLISH: []}
    plain = without_masks(text)
    for start, end in sentences(plain):
        sentence = plain[start:end]
        if any(c.isalpha() for c in sentence):
            parts[JAPANESE if has_japanese(sentence) else ENGLISH].append(sentence)
    out = {}
    if parts[JAPANESE]:
        out[JAPANESE] = _weighed(bag(terms), map(japanese_clauses, parts[JAPANESE]))
    if parts[ENGLISH] and (not parts[JAPANESE] or max(map(_n_words, parts[ENGLISH])) >= _SENTENCE):
        words = bag(" ".join(w for s in parts[ENGLISH] for w in english_terms(s, default_vocabulary())))
        found = _weighed(words, map(english_clauses, parts[ENGLISH]))
        if found.clauses:
            out[ENGLISH] = found
    return out


def without_masks(text: str) -> str:
    """Put a full stop for each mask, address and account.

    Examples
    --------
    >>> without_masks("[氏名]様より")
    '。様より'
    """
    return _MASK.sub("。", without_addresses(text))


def _weighed(keys: frozenset[str], told: Iterable[Sequence[Clause]]) -> TextRead:
    weights: dict[Clause, float] = {}
    place = 0
    for clauses in told:
        for clause in clauses:
            weights.setdefault(clause, _PLACES[min(place, len(_PLACES) - 1)])
        place += any(c.told or len(c.keys) > 1 for c in clauses)
    return TextRead(keys, tuple(weights), tuple(weights.values()))


def _n_words(text: str) -> int:
    return sum(word[0].isalpha() for word in text.split())


def bag(terms: str) -> frozenset[str]:
    """Give the distinct words of a text; a denied word also counts as itself.

    Examples
    --------
    >>> sorted(bag("届く_ない 荷物"))
    ['届く', '届く_ない', '荷物']
    """
    words = terms.split()
    return frozenset(words) | {w.rpartition("_")[0] for w in words if w.endswith(MARKS)}


class ContrastCounts:
    """In how many texts a word stands, by language, with or without those of one topic.

    Parameters
    ----------
    terms : sequence of str
        Content words of each text.
    topic : sequence of int, optional
        Topic of each, -1 for none.

    Examples
    --------
    >>> counts = ContrastCounts(["荷物", "荷物 遅い", "住所", "parcel"], [0, 0, 1, 0])
    >>> counts.share("荷物", "ja"), counts.share("荷物", "ja", without=1), counts.share("荷物", "ja", without=0)
    (0.6666666666666666, 1.0, 0.0)
    """

    def __init__(self, terms: Iterable[str], topic: Iterable[int] | None = None) -> None:
        self._counts: dict[tuple[str, int], Counter[str]] = {}
        self._sizes: Counter[tuple[str, int]] = Counter()
        for row, t in zip(terms, repeat(-1) if topic is None else topic, strict=topic is not None):
            lang = JAPANESE if has_japanese(row) else ENGLISH
            words = bag(row)
            for group in {-1, t}:  # -1 counts them all
                self._counts.setdefault((lang, group), Counter()).update(words)
                self._sizes[lang, group] += 1

    def share(self, word: str, lang: str, without: int = -1) -> float:
        """Give the share of texts in a language that have a word, but for those of a topic; 0 where there are none."""
        n, times = self._sizes[lang, -1], self._times(word, lang, -1)
        if without >= 0:
            n, times = n - self._sizes[lang, without], times - self._times(word, lang, without)
        return times / n if n else 0.0

    def _times(self, word: str, lang: str, group: int) -> int:
        found = self._counts.get((lang, group))
        return found[word] if found else 0


def gains(readings: Sequence[TextRead], usual: Callable[[str], float]) -> dict[str, float]:
    """Weigh words by how many more of the group's texts have them than others do; a word of any contact weighs nothing.

    Parameters
    ----------
    readings : sequence of TextRead
        The group's texts, in one language.
    usual : callable
        Gives the share of other texts with a word.
    """
    n = max(len(readings), 1)
    counts = Counter(key for reading in readings for key in reading.keys)
    out = {}
    for key, count in counts.items():
        share, other = count / n, usual(key)
        stem = key.rpartition("_")[0] if key.endswith(MARKS) else key
        empty = names_nothing(key) or stem in empty_words("things") or (stem == key and key in empty_words("verbs"))
        out[key] = 0.0 if empty or (count < 2 < n) else share * math.log((share + _CHANCE) / (other + _CHANCE))
    return out


def said_of(readings: Sequence[TextRead], gain: Mapping[str, float]) -> list[Said]:
    """Rank clauses of a group, the one that tells it best first."""
    n = max(len(readings), 1)
    forms: dict[frozenset[str], Counter[Clause]] = {}
    places: dict[frozenset[str], float] = {}
    for reading in readings:
        for clause, weight in zip(reading.clauses, reading.weights, strict=True):
            keys = frozenset(clause.keys)
            forms.setdefault(keys, Counter())[clause] += 1
            places[keys] = places.get(keys, 0.0) + weight
    out = []
    for keys, written in forms.items():
        telling = sum(gain.get(k, 0.0) > 0 for k in keys)
        weight = sum(gain.get(k, 0.0) for k in keys) * (telling / len(keys)) ** _EMPTY
        if weight > 0:
            times = sum(written.values())
            clause = min(written, key=lambda c: (-written[c] * fullness(c), len(c.text), c.text))
            denied = {key + mark for key in keys for mark in MARKS} if clause.told else set()
            share = max(sum(keys <= r.keys and denied.isdisjoint(r.keys) for r in readings), times) / n
            part = (_LONE if times < 2 < n else 1.0) * places[keys] / times * min(1.0, share / _SAID)
            out.append(Said(clause.text, clause.keys, weight * share**_JOINT * fullness(clause) * part, times, share))
    out.sort(key=lambda s: (-round(s.score, 9), len(s.text), s.text))
    return out


def fullness(clause: Clause) -> float:
    """Prefer what says what happened to a thing alone, and a thing of a thing to a bare word."""
    if clause.text.isascii():
        words = (0.4, 0.9, 1.15, 1.2, 1.15)[min(len(clause.keys), 5) - 1]
        denied = any(key.endswith("_not") for key in clause.keys)
        told = 1.45 if denied else 1.2 if clause.told else 1.0
        return words * told * (1.2 if clause.mood else 0.8 if clause.told else 1.0)
    if not clause.told:
        return 0.5 if len(clause.keys) == 1 else 0.9 if "の" in clause.text else 0.8
    return _MOODS.get(clause.mood, 1.2) * (0.6 if len(clause.keys) == 1 else 0.85 if len(clause.keys) > 4 else 1.0)
