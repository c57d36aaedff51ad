"""What the texts of a group say more than others: its words, and the clauses that say it best, by language."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vocmine.text.language import has_japanese
from vocmine.text.sentence_boundaries import sentences
from vocmine.text.vocabulary import default_vocabulary
from vocmine.text.words import english_terms
from vocmine.topics.naming.clause import Clause, empty_words
from vocmine.topics.naming.clauses_en import english_clauses
from vocmine.topics.naming.clauses_ja import japanese_clauses
from vocmine.topics.naming.phrases import names_nothing

JAPANESE, ENGLISH = "ja", "en"
_CHANCE = 0.02  # share that may differ by chance
_JOINT = 0.4  # how much it counts that texts say all of a clause, and not only its words one by one
_LONE = 0.6  # what a clause of one text counts
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
    """

    keys: frozenset[str]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Said:
    """A clause and how well it tells the group from others.

    Parameters
    ----------
    text : str
        As most write it.
    keys : tuple of str
    score : float
    share : float
        Share of the group's texts that have all its words.
    """

    text: str
    keys: tuple[str, ...]
    score: float
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
    for start, end in sentences(text):
        sentence = text[start:end]
        if any(c.isalpha() for c in sentence):
            parts[JAPANESE if has_japanese(sentence) else ENGLISH].append(sentence)
    own = bag(terms)
    out = {}
    if parts[JAPANESE]:
        out[JAPANESE] = TextRead(own, tuple(dict.fromkeys(c for s in parts[JAPANESE] for c in japanese_clauses(s))))
    if parts[ENGLISH] and (not parts[JAPANESE] or max(map(_n_words, parts[ENGLISH])) >= _SENTENCE):
        clauses = tuple(dict.fromkeys(c for s in parts[ENGLISH] for c in english_clauses(s)))
        if clauses:
            words = bag(" ".join(w for s in parts[ENGLISH] for w in english_terms(s, default_vocabulary())))
            out[ENGLISH] = TextRead(words, clauses)
    return out


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


def usual_shares(terms: Iterable[str]) -> dict[str, dict[str, float]]:
    """Give, by language, the share of texts with each word.

    Parameters
    ----------
    terms : iterable of str
        Content words of each text.
    """
    counts = {JAPANESE: Counter[str](), ENGLISH: Counter[str]()}
    sizes: Counter[str] = Counter()
    for row in terms:
        lang = JAPANESE if has_japanese(row) else ENGLISH
        counts[lang].update(bag(row))
        sizes[lang] += 1
    return {lang: {w: n / sizes[lang] for w, n in count.items()} for lang, count in counts.items()}


def gains(readings: Sequence[TextRead], usual: Mapping[str, float]) -> dict[str, float]:
    """Weigh words by how many more of the group's texts have them than others do; a word of any contact weighs nothing.

    Parameters
    ----------
    readings : sequence of TextRead
        The group's texts, in one language.
    usual : mapping of str to float
        Share of other texts with a word.
    """
    n = max(len(readings), 1)
    counts = Counter(key for reading in readings for key in reading.keys)
    out = {}
    for key, count in counts.items():
        share, other = count / n, usual.get(key, 0.0)
        stem = key.rpartition("_")[0] if key.endswith(MARKS) else key
        empty = names_nothing(key) or stem in empty_words("things") or (stem == key and key in empty_words("verbs"))
        out[key] = 0.0 if empty or (count < 2 < n) else share * math.log((share + _CHANCE) / (other + _CHANCE))
    return out


def said_of(readings: Sequence[TextRead], gain: Mapping[str, float]) -> list[Said]:
    """Rank clauses of a group, the one that tells it best first."""
    n = max(len(readings), 1)
    texts: dict[frozenset[str], Counter[Clause]] = {}
    for reading in readings:
        for clause in reading.clauses:
            texts.setdefault(frozenset(clause.keys), Counter())[clause] += 1
    out = []
    for keys, forms in texts.items():
        weight = sum(gain.get(k, 0.0) for k in keys)
        if weight <= 0:
            continue
        joint = sum(keys <= r.keys for r in readings) / n
        told = sum(forms.values())
        clause = min(forms, key=lambda c: (-forms[c] * fullness(c), len(c.text), c.text))
        lone = _LONE if told < 2 < n else 1.0
        score = weight * max(joint, told / n) ** _JOINT * fullness(clause) * lone
        out.append(Said(clause.text, clause.keys, score, max(joint, told / n)))
    out.sort(key=lambda s: (-round(s.score, 9), len(s.text), s.text))
    return out


def fullness(clause: Clause) -> float:
    """Prefer what says what happened to a thing alone, and a thing of a thing to a bare word."""
    if clause.text.isascii():
        words = min(len(clause.keys), 5)
        return (0.5, 0.9, 1.15, 1.2, 1.15)[words - 1] * (1.15 if clause.told else 1.0) * (1.2 if clause.mood else 1.0)
    if not clause.told:
        return 0.9 if "の" in clause.text else 0.8 if len(clause.text) > 4 else 0.6
    grave = clause.mood in ("denied", "unable", "not_done", "hard")
    return (0.8 if len(clause.keys) == 1 else 1.3 if grave else 1.2) * (0.85 if len(clause.keys) > 4 else 1.0)
