"""Words and quotes of topics: class-based TF-IDF over terms, and the texts nearest the middle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np

from vocmine.linalg import cosines
from vocmine.topics.naming.surface_forms import surface_form

_QUOTE_CHARACTERS = 80  # one line
_HANDLE = re.compile(r"@(\w+)", re.ASCII)
_FEW = 2  # texts a word must stand in to be one of a topic's words


def topic_terms(
    terms: list[str], topic: np.ndarray, n_topics: int, top: int = 10, written: Mapping[str, str] | None = None,
    times: np.ndarray | None = None,
) -> list[list[str]]:
    """Rank the words of each topic by class-based TF-IDF, counting a word once a text; words of one text come last.

    Parameters
    ----------
    terms : list of str
        Content words of each text, joined by spaces.
    topic : ndarray of int, shape (n,)
        -1 for none.
    written : mapping of str to str, optional
        How the texts write a normalised word.
    times : ndarray of int, shape (n,), optional
        How often each text was told.

    Returns
    -------
    list of n_topics lists of str
        As people write them.

    Examples
    --------
    >>> import numpy as np
    >>> topic_terms(["返金 希望", "返金 遅い", "画面 暗い"], np.array([0, 0, 1]), 2, top=1)
    [['返金'], ['暗い']]
    """
    bags = [set(t.split()) for t in terms]
    scores, words = class_tfidf(bags, topic, n_topics, times)
    counts = class_counts(bags, topic, n_topics, words, times)
    out = []
    for row, count in zip(scores, counts, strict=True):
        order = np.lexsort((words, -row, count < _FEW))[:top]
        best = [i for i in order if row[i] > 0 and _is_word(str(words[i]))]
        out.append(list(dict.fromkeys(readable(str(words[i]), written or {}) for i in best)))
    return out


def _is_word(term: str) -> bool:
    return any(c.isalnum() for c in term.partition("_")[0])


def readable(term: str, written: Mapping[str, str]) -> str:
    """Write a term as these texts do, else as people usually do.

    Examples
    --------
    >>> readable("引き落とす_ない", {"引き落とす": "引落す"}), readable("dvd", {})
    ('引落さない', 'dvd')
    """
    stem, _, mark = term.rpartition("_")
    denied = bool(stem) and mark in ("ない", "にくい")
    spelling = written.get(stem if denied else term, "")
    # よくない, since いい does not bend
    return surface_form(term, "よい" if denied and spelling == "いい" else spelling)


def without_handles(words: list[list[str]], texts: Iterable[str]) -> list[list[str]]:
    """Leave out the words of topics that are names of accounts in the texts: whom a post speaks to, not what of.

    Examples
    --------
    >>> without_handles([["flight", "skyair"]], ["@SkyAir my flight is late"])
    [['flight']]
    """
    handles = {part for text in texts for name in _HANDLE.findall(text.lower()) for part in (name, *name.split("_"))}
    return [[w for w in row if w not in handles] or row for row in words]


def class_tfidf(
    bags: list[set[str]], topic: np.ndarray, n_topics: int, times: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Give the share of a topic's texts with a word times log(1 + mean / total frequency), and the words.

    The formula is that of M. Grootendorst, BERTopic (2022), with document counts in place of occurrences.
    """
    words = np.array(sorted({w for bag, t in zip(bags, topic, strict=True) if t >= 0 for w in bag}), dtype=str)
    counts = class_counts(bags, topic, n_topics, words, times)
    if not len(words):
        return counts, words
    total = counts.sum(axis=0)
    told = None if times is None else times[topic >= 0]
    sizes = np.maximum(np.bincount(topic[topic >= 0], told, minlength=n_topics), 1)
    idf = np.log1p(total.sum() / n_topics / total)
    return counts / sizes[:, None] * idf, words


def class_counts(
    bags: list[set[str]], topic: np.ndarray, n_topics: int, words: np.ndarray, times: np.ndarray | None = None
) -> np.ndarray:
    """Give the number of texts of each topic that have each word, copies too, shape (n_topics, words)."""
    counts = np.zeros((n_topics, len(words)))
    column = {w: i for i, w in enumerate(words.tolist())}
    told = [1] * len(bags) if times is None else times.tolist()
    pairs = [(int(t), column[w], n) for bag, t, n in zip(bags, topic, told, strict=True) if t >= 0 for w in bag]
    if pairs:
        rows, columns, values = np.array(pairs).T
        np.add.at(counts, (rows, columns), values)
    return counts


def medoids(
    vectors: np.ndarray, topic: np.ndarray, n_topics: int, top: int = 3, times: np.ndarray | None = None
) -> list[list[int]]:
    """Give the rows nearest the mean of each topic, best first; a text that was told often draws the mean."""
    out: list[list[int]] = []
    for t in range(n_topics):
        rows = np.flatnonzero(topic == t)
        if not len(rows):
            out.append([])
            continue
        mean = np.average(vectors[rows], axis=0, weights=None if times is None else times[rows])
        alike = cosines(vectors[rows], mean[None].astype(vectors.dtype))[:, 0]
        out.append(rows[np.argsort(-alike, kind="stable")[:top]].tolist())
    return out


def quote(text: str) -> str:
    r"""Cut a masked text to a quote of one line.

    Examples
    --------
    >>> quote("返金  して\nください")
    '返金 して ください'
    """
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= _QUOTE_CHARACTERS else line[: _QUOTE_CHARACTERS - 1] + "…"
