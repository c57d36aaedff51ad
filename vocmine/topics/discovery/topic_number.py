"""How many topics a set of texts has: the number at which texts stand clearest in their own topic.

A tree cut into few topics puts texts of several matters together, a tree cut into many leaves next to each text a
second topic that is as near as its own. In between lies the number at which the distance to the nearest other topic
exceeds that to the text's own by most: the silhouette (P. Rousseeuw, J. Comput. Appl. Math. 20 (1987)), with the mean
of a topic in place of its members. What this gives does not depend on how many texts there are of a topic.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Chosen by scripts/tune_topics.py on subsets and mixtures of the hotel, banking and insurance sets, 10 to 141 reasons
# of even and uneven sizes: 1, the silhouette itself, finds too many topics where there are few, 0 too few.
_NORMED = 0.75  # power of the larger of both distances by which their difference is divided
_FEWEST, _MOST, _LEAST_SIZE = 2, 300, 6  # topics that are tried, and texts a topic of the most
_STEP = 1.2  # between the numbers that are tried
_PLACES = 5  # decimal places that are compared: the last digits differ between processors


def topic_number(vectors: np.ndarray, trees: Sequence[np.ndarray]) -> float:
    """Give the number of topics that trees of the same texts are cut best at.

    It is the geometric mean of all trees, each with the weight of how clear its topics are at best.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        Rows of length 1 or 0.
    trees : sequence of ndarray
        As scipy's ``linkage`` gives them; Ward's, whose cuts leave no text alone.

    Examples
    --------
    >>> from scipy.cluster.hierarchy import linkage
    >>> x = np.eye(8)[np.repeat([0, 1, 2, 3], 30)] + 0.1 * np.random.default_rng(0).normal(size=(120, 8))
    >>> x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    >>> round(topic_number(x, [linkage(x, "ward")]))
    4
    """
    number, clear = np.array([_best_number(vectors, tree) for tree in trees]).T
    weight = np.maximum(clear, 0) if (clear > 0).any() else np.ones(len(trees))
    return float(np.exp(np.average(np.log(number), weights=weight)))


def height_for(tree: np.ndarray, number: float, min_size: int) -> float:
    """Give the height at which a tree of average linkage has about a number of clusters that are large enough.

    Of the heights on both sides of that with most such clusters the upper one: below it most texts are in none.

    Examples
    --------
    >>> from scipy.cluster.hierarchy import linkage
    >>> tree = linkage(np.array([[0.0], [0.1], [1.0], [1.1], [5.0], [5.1]]), "average")
    >>> [round(height_for(tree, number, 2), 3) for number in (3, 2, 1)]
    [0.1, 1.0, 4.5]
    """
    size = np.concatenate([np.ones(len(tree) + 1), tree[:, 3]])
    large = (size >= min_size).astype(np.int64)
    children = tree[:, :2].astype(np.intp)
    count = np.cumsum(large[len(tree) + 1 :] - large[children[:, 0]] - large[children[:, 1]])
    top = int(count.argmax())
    return float(tree[top + int(np.abs(count[top:] - number).argmin()), 2])


def _best_number(vectors: np.ndarray, tree: np.ndarray) -> tuple[int, float]:
    """Give the number of topics that are clearest, and how clear they are."""
    numbers = _numbers(len(vectors))
    finest = _cut(tree, numbers[-1])
    sums = np.zeros((int(finest.max()) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, finest, vectors)
    with_sums, between = vectors @ sums.T, sums @ sums.T  # of coarser cuts these are sums of columns
    clear = []
    for number in numbers:
        labels = _cut(tree, number)
        part_of = np.zeros((len(sums), int(labels.max()) + 1), dtype=np.float32)
        part_of[finest, labels] = 1
        squared = np.einsum("ij,ij->j", part_of, between @ part_of)
        clear.append(_clearness(with_sums @ part_of, squared, labels))
    even = np.convolve(np.pad(clear, 1, mode="edge"), [0.25, 0.5, 0.25], "valid")  # no peak of one number
    best = int(even.round(_PLACES).argmax())
    return numbers[best], round(float(even[best]), _PLACES)


def _clearness(with_sums: np.ndarray, squared: np.ndarray, labels: np.ndarray) -> float:
    """Give the mean over texts of how much nearer their own topic's mean is, itself left out, than any other's.

    Parameters
    ----------
    with_sums : ndarray, shape (n, k)
        Products of the texts with the sums of the topics.
    squared : ndarray, shape (k,)
        Squared lengths of those sums.
    labels : ndarray of int, shape (n,)
    """
    if squared.size < 2:
        return 0.0
    row = np.arange(len(labels))
    own = with_sums[row, labels]
    own = (own - 1) / np.sqrt(np.maximum(squared[labels] - 2 * own + 1, 1e-12))
    others = with_sums / np.sqrt(np.maximum(squared, 1e-12))
    others[row, labels] = -np.inf
    other = others.max(axis=1)
    distance = np.maximum(1 - np.minimum(own, other), 1e-6)
    alone = np.bincount(labels)[labels] == 1
    return float(np.where(alone, 0, (own - other) / distance**_NORMED).mean())


def _numbers(n: int) -> list[int]:
    most = max(_FEWEST + 1, min(n // _LEAST_SIZE, _MOST))
    steps = int(np.ceil(np.log(most / _FEWEST) / np.log(_STEP))) + 1
    return sorted({round(float(number)) for number in np.geomspace(_FEWEST, most, steps)})


def _cut(tree: np.ndarray, number: int) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster

    return np.asarray(np.unique(fcluster(tree, number, "maxclust"), return_inverse=True)[1])
