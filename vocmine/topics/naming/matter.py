"""What one group of contacts is about: a name in each of its languages, its words, and quotes that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from vocmine.text.language import has_japanese
from vocmine.text.sentence_boundaries import sentences
from vocmine.topics.naming.contrast import ENGLISH, JAPANESE, MARKS, NOT, ContrastCounts, TextRead, gains, read
from vocmine.topics.naming.names import quote, readable
from vocmine.topics.naming.phrases import spellings
from vocmine.topics.naming.ranking import completed, said_of
from vocmine.topics.naming.typical import is_redundant
from vocmine.topics.naming.wording import how_written

_READ = 300  # texts of a group that are read, evenly spaced
_LEAST = 2  # texts with a sentence in a language that its name is made from, where none is in it as a whole
_LEAST_WORD = 0.08  # share of the texts that a word of the matter stands in
_WORDS, _QUOTES = 8, 3
_GREETING = 20  # characters before the matter that may stay in a quote: a greeting, a header
_ALSO = 0.3  # of the weight of the best sentence: one before it that has as much tells of the same
_ALIKE = 0.75  # share of telling words in common from which a quote says the same as another
_TOLD, _LONG = 0.3, 0.3  # how much it counts that many say the same, and that a sentence says nothing else


@dataclass(frozen=True)
class Matter:
    """What a group of contacts is about.

    Parameters
    ----------
    name_ja, name_en : str
        Readable names; empty in a language that none of its texts is in.
    words : tuple of str
        Words that set it apart, as people write them, the most telling first.
    quotes : tuple of str
        Masked, with those words in them, the most typical first; at most three.
    """

    name_ja: str
    name_en: str
    words: tuple[str, ...]
    quotes: tuple[str, ...]


def matter_names(texts: Sequence[str], terms: Sequence[str], langs: Sequence[str], others: Sequence[str]) -> Matter:
    """Name one group of contacts against others.

    Parameters
    ----------
    texts : sequence of str, length n
        Masked texts of the group, ``text_clean`` of `vocmine.text.analyze`.
    terms : sequence of str, length n
        Their content words, joined by spaces, as `vocmine.text.analyze` gives them.
    langs : sequence of str, length n
        ``ja``, ``en`` or ``mixed``; a text in another language is not read.
    others : sequence of str
        Content words (``terms``) of the contacts that the group is held against.

    Returns
    -------
    Matter

    Raises
    ------
    ValueError
        If texts, terms and langs differ in length.

    Examples
    --------
    >>> texts = ["QR決済の画面が真っ白です", "QR決済の画面が真っ白で固まる", "The QR screen is blank"]
    >>> terms = ["qr 決済 画面 真っ白", "qr 決済 画面 真っ白 固まる", "qr screen blank"]
    >>> found = matter_names(texts, terms, ["ja", "ja", "en"], ["請求書 届く_ない", "料金 高い", "late parcel"])
    >>> found.name_ja, found.name_en
    ('QR決済の画面が真っ白', 'QR screen is blank')
    >>> found.quotes[0]
    'QR決済の画面が真っ白で固まる'
    """
    if not len(texts) == len(terms) == len(langs):
        raise ValueError(f"texts, terms and langs must be of one length. Got {len(texts)}, {len(terms)}, {len(langs)}.")
    if not len(texts):
        return Matter("", "", (), ())
    chosen = np.unique(np.linspace(0, len(texts) - 1, min(_READ, len(texts))).astype(int)).tolist()
    chosen = [i for i in chosen if langs[i] != "other"]
    shown = [texts[i] for i in chosen]
    readings = [read(texts[i], terms[i]) for i in chosen]
    usual = ContrastCounts(others)
    weights: dict[str, dict[str, float]] = {}
    names = {JAPANESE: "", ENGLISH: ""}
    for lang in names:
        own = [reading[lang] for reading in readings if lang in reading]
        weight = gains(own, partial(usual.share, lang=lang))
        if len(own) >= _LEAST or (own and any(langs[i] == lang for i in chosen)):
            names[lang] = completed(said_of(own, weight), own)
        part = len(own) / max(len(chosen), 1)  # what is said in few of the texts tells less of them
        weights[lang] = {key: w * part for key, w in weight.items()}
    words = _words(shown, readings, weights)
    return Matter(names[JAPANESE], names[ENGLISH], words, typical_quotes(shown, weights))


def _words(
    texts: Sequence[str], readings: Sequence[Mapping[str, TextRead]], weights: Mapping[str, Mapping[str, float]]
) -> tuple[str, ...]:
    """Rank the words of both languages by their weight, written as the texts have them."""
    written = how_written(p for text in texts if has_japanese(text) for p in spellings(text))
    clauses = [c for r in readings for reading in r.values() for c in reading.clauses if c.done]
    done = how_written((c.keys[-1], c.done) for c in clauses if c.keys[-1].endswith(MARKS))
    ranked: list[tuple[float, str]] = []
    for lang, weight in weights.items():
        own = [r[lang] for r in readings if lang in r]
        counts = Counter(k for r in own for k in r.keys)
        ranked += [(w, k) for k, w in weight.items() if w > 0 and k != NOT and counts[k] >= _LEAST_WORD * len(own)]
    out: list[str] = []
    for _, key in sorted(ranked, key=lambda pair: (-round(pair[0], 9), pair[1])):
        word = done.get(key) or readable(key, written)
        if not any(is_redundant(word, known) for known in out):
            out.append(word)
    return tuple(out[:_WORDS])


def typical_quotes(
    texts: Sequence[str], weights: Mapping[str, Mapping[str, float]], top: int = _QUOTES
) -> tuple[str, ...]:
    """Give quotes that begin with the matter, the most typical first, no wording twice.

    Parameters
    ----------
    texts : sequence of str
        Masked.
    weights : mapping of str to (mapping of str to float)
        By language, how much a word tells of the matter.
    top : int

    Examples
    --------
    >>> weights = {"ja": {"画面": 1.0, "真っ白": 1.0}, "en": {}}
    >>> typical_quotes(["PWを忘れました。画面が真っ白です。", "請求書の件"], weights)
    ('…画面が真っ白です。',)
    """
    told: dict[frozenset[str], list[str]] = {}
    for text in texts:
        keys, start = _best_sentence(text, weights)
        if keys:
            told.setdefault(keys, []).append(("…" if start else "") + text[start:])
    known = {key: w for weight in weights.values() for key, w in weight.items()}
    n = max(len(texts), 1)

    def typical(keys: frozenset[str]) -> float:
        return float(sum(known[k] for k in keys) * (len(told[keys]) / n) ** _TOLD / len(keys) ** _LONG)

    out: list[frozenset[str]] = []
    for keys in sorted(told, key=lambda k: (-round(typical(k), 9), sorted(k))):
        if len(out) < top and not any(len(keys & old) > _ALIKE * min(len(keys), len(old)) for old in out):
            out.append(keys)
    return tuple(quote(min(told[keys], key=lambda text: (text[0] == "…", len(text), text))) for keys in out)


def _best_sentence(text: str, weights: Mapping[str, Mapping[str, float]]) -> tuple[frozenset[str], int]:
    """Give the telling words of the sentence that tells most of the matter, and where a quote of it begins."""
    spans = sentences(text)
    scored: list[tuple[float, frozenset[str]]] = []
    telling = []
    for start, end in spans:
        lang = JAPANESE if has_japanese(text[start:end]) else ENGLISH
        clauses = [c for reading in read(text[start:end], "").values() for c in reading.clauses]
        keys = frozenset(k for c in clauses for k in c.keys if weights[lang].get(k, 0.0) > 0)
        scored.append((sum(weights[lang][k] for k in keys), keys))
        telling.append(any(c.told or (c.text.isascii() and len(c.keys) > 1) for c in clauses))
    weight, keys = max(scored, key=lambda pair: pair[0], default=(0.0, frozenset[str]()))
    if weight <= 0:
        return frozenset(), 0
    first = next(i for i, (w, _) in enumerate(scored) if w == weight)
    while first and scored[first - 1][0] >= _ALSO * weight:
        first -= 1
    return keys, spans[first][0] if any(telling[:first]) or spans[first][0] > _GREETING else 0
