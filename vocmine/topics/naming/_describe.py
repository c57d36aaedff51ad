"""The table of topics that people read: name, words, quotes, and how each differs from its neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from vocmine.linalg import cosines
from vocmine.topics.naming.names import (
    choose_names,
    class_tfidf,
    medoids,
    quote,
    readable,
    topic_terms,
    without_handles,
)
from vocmine.topics.naming.phrases import noun_phrases, spellings
from vocmine.topics.naming.surface_forms import domain_stop_words
from vocmine.topics.naming.typical import typical_texts
from vocmine.topics.naming.wording import how_written

_READ = 60  # texts a topic whose phrases are read
_RARE = 0.02  # share of texts that two topics may differ by chance
_COVER = 0.08  # least share of those texts that have the phrase

TOPIC_COLUMNS = ("topic_id", "name", "n", "share", "terms", "quotes", "stability", "neighbour", "differs")


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
        Columns `TOPIC_COLUMNS`; ``differs`` holds words more usual here than in the nearest other topic.
    """
    n_topics = len(count)
    clean, langs = distinct["text_clean"].tolist(), distinct["lang"].tolist()
    times = distinct["n"].to_numpy() if "n" in distinct else np.ones(len(distinct), dtype=np.int64)
    best = medoids(vectors, topic, n_topics, _READ, times)
    quotes = [[quote(clean[i]) for i in rows[:3]] for rows in best]
    best = [_told(rows, times) for rows in best]
    written = spelled(clean, langs, best)
    terms = topic_terms(distinct["terms"].tolist(), topic, n_topics, written=written, times=times)
    words = without_handles(terms, clean)
    read = [[clean[i] for i in rows] for rows in best]
    names = choose_names(phrase_names(clean, langs, best), words, count, used, read)
    if namer is not None:
        names = _with_namer(names, namer, quotes, words)
    near = neighbours(vectors, topic, n_topics)
    differs = differences(distinct["terms"].tolist(), topic, near, written)
    return pd.DataFrame(
        {
            "topic_id": np.arange(n_topics), "name": names, "n": count, "share": count / max(int(count.sum()), 1),
            "terms": words, "quotes": quotes, "stability": stability, "neighbour": near, "differs": differs,
        },
        columns=list(TOPIC_COLUMNS),
    )


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


def phrase_names(clean: list[str], langs: list[str], best: list[list[int]]) -> list[list[str]]:
    """Rank the noun phrases of each topic, best first, longer ones preferred among equals."""
    bags: list[set[str]] = []
    topics: list[int] = []
    for t, rows in enumerate(best):
        bags += [set(noun_phrases(clean[i], langs[i])) for i in rows]
        topics += [t] * len(rows)
    scores, phrases = class_tfidf(bags, np.array(topics, dtype=np.int64), len(best))
    if not len(phrases):
        return [[] for _ in best]
    bonus = np.array([_telling(str(p)) for p in phrases])
    out = []
    for t, row in enumerate(scores * bonus):
        covered = _cover(bags, topics, t)
        order = [str(phrases[i]) for i in np.lexsort((phrases, -row))[:30] if row[i] > 0]
        usual = [p for p in order if covered.get(p, 0) >= max(_COVER, 1.5 / max(len(best[t]), 1))][:8]
        out.append(usual or [*typical_texts([clean[i] for i in best[t]]), *order[:3]])
    return out


def _telling(phrase: str) -> float:
    """Prefer phrases that say which, to single words that say what."""
    if phrase.isascii():
        return 1.6 if " " in phrase else 0.6 if phrase.endswith(("ed", "ing", "ly")) else 1.0
    if any(c.isdigit() for c in phrase):  # one product, where the topic may be of several
        return 0.8
    return 1.3 if len(phrase) > 3 else 1.0 if len(phrase) > 1 else 0.6


def _cover(bags: list[set[str]], topics: list[int], t: int) -> dict[str, float]:
    own = [bag for bag, topic in zip(bags, topics, strict=True) if topic == t]
    counts: dict[str, float] = {}
    for bag in own:
        for phrase in bag:
            counts[phrase] = counts.get(phrase, 0) + 1 / len(own)
    return counts


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
