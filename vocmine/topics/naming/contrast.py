"""What the texts of a group say and others don't, by language: their clauses, and how much each word tells."""

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
from vocmine.topics.naming.phrases import names_nothing, without_addresses

JAPANESE, ENGLISH = "ja", "en"
_MASK = re.compile(r"\[[^\]\s]{1,12}\]")
_CHANCE = 0.02  # share that may differ by chance
_PLACES = (1.0, 0.75, 0.6)  # what a clause of the first telling sentence counts, of the second, of later ones
_SENTENCE = 3  # words of an English sentence in a Japanese text: fewer are a name, as iPhone 15 Pro
NOT = "_"  # stands for any denied word: what is not so may be told in many words
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
    """Give the distinct words of a text; a denied word also counts as itself, and as `NOT`.

    Examples
    --------
    >>> sorted(bag("届く_ない 荷物"))
    ['_', '届く', '届く_ない', '荷物']
    """
    words = terms.split()
    denied = [w for w in words if w.endswith(MARKS)]
    return frozenset(words) | {w.rpartition("_")[0] for w in denied} | ({NOT} if denied else set())


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
