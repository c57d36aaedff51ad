"""The table of topics that people read: name, words, quotes, and how each differs from its neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from vocmine.linalg import cosines
from vocmine.topics.naming.contrast import ContrastCounts
from vocmine.topics.naming.names import medoids, quote, readable, topic_terms, without_handles
from vocmine.topics.naming.phrases import noun_phrases, spellings
from vocmine.topics.naming.surface_forms import domain_stop_words
from vocmine.topics.naming.titles import titles
from vocmine.topics.naming.wording import how_written

_READ = 60  # texts a topic whose phrases are read
_NEAR = 12  # texts of which three are quoted
_SAYS = 24  # columns of a text that says more than a word or two
_RARE = 0.02  # share of texts that two topics may differ by chance

TOPIC_COLUMNS = (
    "topic_id", "name", "n", "share", "terms", "quotes", "stability", "neighbour", "differs", "name_ja", "name_en",
)


def describe(
    distinct: pd.DataFrame, vectors: np.ndarray, topic: np.ndarray, count: np.ndarray, stability: np.ndarray,
    namer: Callable[[list[str], list[str]], str] | None = None, used: Iterable[str] = (),
) -> pd.DataFrame:
    """Make the table of topics.

    Parameters
    ----------
    distinct : DataFrame
        ``text_clean, terms, lang``, one row a distinct text, and ``n``, how often it was told, where that is known.
    vectors : ndarray of float32, shape (n, d)
    topic : ndarray of int, shape (n,)
        Topic of each distinct text, -1 for none.
    count : ndarray of int, shape (n_topics,)
        Contacts of each topic.
    stability : ndarray of float, shape (n_topics,)
    namer : callable, optional
        ``namer(quotes, terms) -> str``.
    used : iterable of str
        Names that are taken.

    Returns
    -------
    DataFrame
        Columns `TOPIC_COLUMNS`; ``differs`` holds words more usual here than in the nearest other topic,
        ``name_ja`` and ``name_en`` the name from a topic's texts in that language, empty where it has none.
    """
    n_topics = len(count)
    clean, langs = distinct["text_clean"].tolist(), distinct["lang"].tolist()
    times = distinct["n"].to_numpy() if "n" in distinct else np.ones(len(distinct), dtype=np.int64)
    best = medoids(vectors, topic, n_topics, _READ, times)
    quotes = [[quote(text) for text in _quotable([clean[i] for i in rows])] for rows in best]
    best = [_told(rows, times) for rows in best]
    terms = distinct["terms"].tolist()
    written = spelled(clean, langs, best)
    words = without_handles(topic_terms(terms, topic, n_topics, written=written, times=times), clean)
    named = titles(
        [[clean[i] for i in rows] for rows in best], [[terms[i] for i in rows] for rows in best],
        ContrastCounts(terms, topic.tolist()), range(n_topics), count.tolist(), used,
    )
    names = [title.name for title in named]
    if namer is not None:
        names = _with_namer(names, namer, quotes, words)
    near = neighbours(vectors, topic, n_topics)
    differs = differences(terms, topic, near, written)
    return pd.DataFrame(
        {
            "topic_id": np.arange(n_topics), "name": names, "n": count, "share": count / max(int(count.sum()), 1),
            "terms": words, "quotes": quotes, "stability": stability, "neighbour": near, "differs": differs,
            "name_ja": [title.name_ja for title in named], "name_en": [title.name_en for title in named],
        },
        columns=list(TOPIC_COLUMNS),
    )


def _quotable(texts: list[str]) -> list[str]:
    """Choose three of the most typical texts, those first that say more than a word or two.

    Examples
    --------
    >>> _quotable(["Comcast", "Comcast took the money twice and will not refund", "bill"])[0]
    'Comcast took the money twice and will not refund'
    """
    near = texts[:_NEAR]
    return sorted(near, key=lambda text: sum(1 if c.isascii() else 2 for c in text) < _SAYS)[:3]


def _told(rows: list[int], times: np.ndarray) -> list[int]:
    """Repeat rows as often as they were told, in proportion where that is too much to read."""
    told = [int(times[i]) for i in rows]
    part = min(1.0, _READ / max(sum(told), 1))
    if max(told, default=1) == 1:
        return rows
    return [i for i, n in zip(rows, told, strict=True) for _ in range(max(1, round(part * n)))]


def spelled(texts: list[str], langs: list[str], rows: Iterable[Iterable[int]]) -> dict[str, str]:
    """Give how the chosen rows write their words; English words need no spelling."""
    return how_written(p for some in rows for i in some if langs[i] != "en" for p in spellings(texts[i]))


def neighbours(vectors: np.ndarray, topic: np.ndarray, n_topics: int) -> np.ndarray:
    """Give the topic whose mean vector is nearest to that of each topic, -1 if there is no other."""
    if n_topics < 2:
        return np.full(n_topics, -1, dtype=np.int64)
    blank = np.zeros(vectors.shape[1])
    means = np.stack([vectors[topic == t].mean(axis=0) if (topic == t).any() else blank for t in range(n_topics)])
    alike = cosines(means, means)
    np.fill_diagonal(alike, -np.inf)
    return np.asarray(alike.argmax(axis=1), dtype=np.int64)


def differences(
    terms: list[str], topic: np.ndarray, near: np.ndarray, written: Mapping[str, str] | None = None, top: int = 3
) -> list[list[str]]:
    """Give the words that tell a topic best from its neighbour: more usual here, and by a large factor.

    Examples
    --------
    >>> differences(["返金 遅い", "返金 遅い", "返金 やり方", "返金 やり方"], np.array([0, 0, 1, 1]), np.array([1, 0]))
    [['遅い'], ['やり方']]
    """
    bags = [set(t.split()) - domain_stop_words() for t in terms]
    shares: list[dict[str, float]] = [{} for _ in near]
    sizes = np.bincount(topic[topic >= 0], minlength=len(near))
    for bag, t in zip(bags, topic.tolist(), strict=True):
        if t >= 0:
            for word in bag:
                shares[t][word] = shares[t].get(word, 0.0) + 1 / sizes[t]
    out = []
    for t, other in enumerate(near.tolist()):
        rival = shares[other] if other >= 0 else {}
        more = ((share - rival.get(w, 0.0), np.log((share + _RARE) / (rival.get(w, 0.0) + _RARE)), w)
                for w, share in shares[t].items())
        gain = sorted(((-g * times, w) for g, times, w in more if g > 0.05))
        out.append([readable(w, written or {}) for _, w in gain[:top]])
    return out


def _with_namer(
    names: list[str], namer: Callable[[list[str], list[str]], str], quotes: list[list[str]], words: list[list[str]]
) -> list[str]:
    out: list[str] = []
    for own, quoted, terms in zip(names, quotes, words, strict=True):
        proposed = namer(quoted, terms).strip()
        source = " ".join([*quoted, *terms]).lower()
        parts = noun_phrases(proposed, "en" if proposed.isascii() else "ja")
        grounded = bool(parts) and all(any(w in source for w in p.lower().split()) for p in parts)
        out.append(proposed if grounded and proposed not in out and proposed not in names else own)
    return out
