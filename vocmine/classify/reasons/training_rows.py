"""The rows that a reason model is fitted on: labelled texts, each once, and what the taxonomy says of its reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from vocmine.classify.reasons.taxonomy_texts import analysed_reason_texts
from vocmine.classify.taxonomy.taxonomy import Taxonomy

MAX_ROWS = 12_000  # the kernel takes memory by their square; of more, rare reasons stay whole, others are sampled


@dataclass(frozen=True)
class TrainingRows:
    """What a model is fitted on.

    Parameters
    ----------
    texts : list of str
        Clean texts.
    targets : ndarray, shape (n, k)
        1 where the text has the reason.
    real : ndarray of bool, shape (n,)
        False for names and descriptions, which are no texts of customers.
    """

    texts: list[str]
    targets: np.ndarray
    real: np.ndarray

    @property
    def only(self) -> np.ndarray:
        """The reason of each row, -1 where it has several or none."""
        return np.where(self.targets.sum(axis=1) == 1, self.targets.argmax(axis=1), -1)


def labelled_rows(
    texts: list[str], sets: list[tuple[str, ...]], taxonomy: Taxonomy, classes: tuple[str, ...]
) -> TrainingRows:
    """Put labelled texts, each once, before what the taxonomy says.

    Parameters
    ----------
    texts : list of str
        Clean texts, n of them.
    sets : list of tuple of str
        Labels of each; those that are no class are left out.
    taxonomy : Taxonomy
        Whose names, descriptions and examples are added.
    classes : tuple of str
        Ids of the reasons, in the order of the columns.

    Examples
    --------
    >>> taxonomy = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "返金"}, {"id": "b", "name": "解約"}]})
    >>> rows = labelled_rows(["お金を返して", "やめたい", "はい"], [("a",), ("b",), ()], taxonomy, ("a", "b"))
    >>> rows.texts, rows.real.tolist()
    (['お金を返して', 'やめたい', '返金', '解約'], [True, True, False, False])
    """
    column = {c: i for i, c in enumerate(classes)}
    several: dict[str, Counter[int]] = {}
    for text, labels in zip(texts, sets, strict=True):
        known = [column[label] for label in labels if label in column]
        if known:
            several.setdefault(text, Counter()).update(known)
    if all(len(labels) <= 1 for labels in sets):  # the same text under two labels: the more frequent one
        several = {text: Counter([max(sorted(seen), key=seen.__getitem__)]) for text, seen in several.items()}
    analysed, reasons, _ = analysed_reason_texts(taxonomy, classes)
    described = analysed["text_clean"].tolist()
    kept = _thinned(several, len(classes))
    targets = np.zeros((len(kept) + len(described), len(classes)), dtype=np.float32)
    for row, text in enumerate(kept):
        targets[row, list(several[text])] = 1
    targets[np.arange(len(kept), len(targets)), reasons] = 1
    is_real = np.r_[np.ones(len(kept), dtype=bool), np.zeros(len(described), dtype=bool)]
    return TrainingRows([*kept, *described], targets, is_real)


def _thinned(several: dict[str, Counter[int]], k: int) -> list[str]:
    """Keep at most so many texts; rare reasons whole, of the others an equal number by a fixed draw."""
    texts = list(several)
    if len(texts) <= MAX_ROWS:
        return texts
    first = np.array([next(iter(several[t])) for t in texts])
    order = np.random.default_rng(0).permutation(len(texts))
    rank = np.zeros(len(texts), dtype=int)
    for reason in range(k):
        mine = order[first[order] == reason]
        rank[mine] = np.arange(len(mine))
    return [texts[i] for i in np.sort(np.lexsort((order, rank))[:MAX_ROWS])]
