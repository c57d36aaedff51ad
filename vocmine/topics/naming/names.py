"""Names, words and quotes of topics: class-based TF-IDF over terms and the phrases customers use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from vocmine.linalg import cosines
from vocmine.topics.naming.phrases import names_nothing
from vocmine.topics.naming.surface_forms import surface_form
from vocmine.topics.naming.typical import is_redundant, is_usual, whole_text
from vocmine.topics.naming.wording import usual_wording

_QUOTE_CHARACTERS = 80  # one line
_HANDLE = re.compile(r"@(\w+)", re.ASCII)
_AMOUNT = re.compile(r"\d+[ぁ-んァ-ヶ一-龥]{1,2}")  # 1日, 3ヶ月
_TELLING = 3  # words that may stand beside a single one
_SHARE = 0.1  # of a topic's texts must have the second word of its name
_FEW = 2  # texts a word must stand in to be one of a topic's words
_SINGLE = 6  # characters of a Japanese phrase that is more than a bare word, as パスワード再設定


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


def choose_names(
    candidates: list[list[str]], terms: list[list[str]], sizes: Any, used: Iterable[str] = (),
    texts: Sequence[Sequence[str]] = (),
) -> list[str]:
    """Give each topic its best name that is not used; a single word gets a second one that says what about it.

    Parameters
    ----------
    candidates, terms : list of lists of str
        Phrases and words of each topic, best first.
    sizes : sequence of int
        The largest topic chooses first.
    used : iterable of str
        Names that are taken.
    texts : sequence of sequences of str, optional
        Some texts of each topic: two words are put together as they say it, where they do.

    Examples
    --------
    >>> choose_names([["返金"], ["返金", "返金の遅れ"]], [["返金"], ["返金"]], [5, 3])
    ['返金', '返金の遅れ']
    >>> choose_names([["荷物"], ["app"]], [["荷物", "届かない"], ["app", "apps", "crash"]], [5, 3])
    ['荷物・届かない', 'app, crash']
    >>> choose_names([["QR決済"]], [["qr", "固まる"]], [5], texts=[["QR決済が固まる", "昨日もQR決済が固まるのを見た"]])
    ['QR決済が固まる']
    """
    names: list[str] = [""] * len(candidates)
    taken = Counter(used)
    for t in sorted(range(len(candidates)), key=lambda i: (-sizes[i], i)):
        own = texts[t] if len(texts) else ()
        options = candidates[t] or terms[t] or ["その他"]
        pairs = [_pair(options[0], w, own) for w in [*options[1:], *terms[t]] if not is_redundant(w, options[0])]
        options = [*_specified(options[0], terms[t], own), *options]
        numbered = (f"{options[0]} {i}" for i in range(2, len(candidates) + len(taken) + 3))
        names[t] = next(o for o in chain(options, pairs, numbered) if not taken[o])
        taken[names[t]] += 1
    return names


def _specified(phrase: str, terms: list[str], texts: Sequence[str]) -> list[str]:
    """Join a single word, which says what but not what about it, with a telling word; phrases stand alone.

    A word that the texts put beside it comes before the most telling one, if it is among the first.
    """
    if " " in phrase or "の" in phrase or (not phrase.isascii() and len(phrase) > _SINGLE):
        return []
    if any(whole_text(text) == phrase for text in texts):
        return []
    start = phrase[:4].lower()
    telling = (w for w in terms if not names_nothing(w) and not is_redundant(w, phrase))
    other = [w for w in telling if not w.lower().startswith(start)]
    wordings = (usual_wording(phrase, w, texts) for w in other[:_TELLING])
    worded = (w for w in other if len(w) > 1 and not _AMOUNT.fullmatch(w))
    whole = [w for w in worded if not texts or is_usual(w, texts, _SHARE)]
    return [wording for wording in wordings if wording][:1] or [_pair(phrase, w, ()) for w in whole][:1]


def _pair(first: str, second: str, texts: Sequence[str]) -> str:
    loose = f"{first}, {second}" if (first + second).isascii() else f"{first}・{second}"
    return usual_wording(first, second, texts) or loose
