"""How many topics a set of texts has: the number at which two halves of the texts agree best.

The halves are clustered each by itself. Cut into as many topics as there are, both find the same ones, and a text's
topic in its own half is the one that its nearest texts of the other half have. Cut into fewer, they put different
matters together; cut into more, they split the same matters differently. Agreement is mutual information adjusted for
chance (N. Vinh, J. Epps and J. Bailey, JMLR 11 (2010)), which many small topics don't raise; the idea is that of
prediction strength (R. Tibshirani and G. Walther, J. Comput. Graph. Statist. 14 (2005)).
"""

from __future__ import annotations

import numpy as np

from vocmine import linalg
from vocmine.linalg import Factor
from vocmine.topics.discovery._assign import product_blocks
from vocmine.topics.discovery.consensus import diffusion, neighbour_graph, tree_of

# Chosen on subsets and mixtures of the hotel, banking and insurance sets and public ones of 64 and 75 English intents,
# 10 to 120 reasons of even and uneven sizes (scripts/tune_topics.py shows what values around these give): the logarithm
# of found over true numbers has a standard deviation of .2, where that of the silhouette of the whole is .5.
_STEPS = 4  # of the diffusion, see `vocmine.topics.discovery.consensus`
_SPLITS = 2  # into halves
_VOTERS = 5  # nearest texts of the other half
_FEWEST = 0.2  # topics that are tried at least, as a share of the root of the number of texts: else a few heaps win
_MOST, _LEAST_SIZE = 400, 6  # topics that are tried at most, and texts a topic of the most
_STEP = 1.17  # between the numbers that are tried
_SMOOTH = 0.12  # of the logarithm of the number: no peak of one number, where they are close
_FAR = 0.03  # weight of the squared logarithm of the number to the root of the number of texts, where all else is equal
_EQUAL = 0.01  # difference in the logarithm of agreement that says little: numbers that near the best share the say
_UNSEEN = 0.8  # power of the agreement: where halves agree less, they show fewer topics than all the texts have
_LEAST = 0.6  # agreement below which halves don't tell what they miss
_PLACES = 5  # decimal places that are compared: the last digits differ between processors


def topic_number(vectors: np.ndarray) -> float:
    """Give the number of topics at which halves of the texts agree best, the geometric mean where several do.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        Rows of length 1 or 0. Every other row is in the first half, so that rows in the order of a hash of their texts
        are halved whatever order they came in.

    Examples
    --------
    >>> x = np.eye(8)[np.repeat([0, 1, 2, 3], 30)] + 0.1 * np.random.default_rng(0).normal(size=(120, 8))
    >>> round(topic_number((x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)))
    4
    """
    numbers = _numbers(len(vectors))
    row = np.arange(len(vectors))
    told = [_agreement(vectors, (row >> split) % 2 == 1, numbers) for split in range(_SPLITS)]
    log = np.log(numbers)
    kernel = linalg.exp(-(((log[:, None] - log) / _SMOOTH) ** 2))
    even = (kernel * np.mean(told, axis=0)).sum(axis=1) / kernel.sum(axis=1)
    if even.max() <= 0:  # chance
        return numbers[0]
    far = (log - np.log(len(vectors)) / 2) ** 2
    worth = (np.log(np.maximum(even, 10.0**-_PLACES)) - _FAR * far).round(_PLACES)
    best = int(worth.argmax())
    weight = linalg.exp((worth - worth[best]) / _EQUAL)
    seen: float = max(float(even[best]), _LEAST) ** _UNSEEN
    return round(float(np.exp(np.average(log, weights=weight))) / seen, _PLACES)


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


def _agreement(vectors: np.ndarray, second: np.ndarray, numbers: list[int]) -> list[float]:
    """Give the agreement of the two halves for each number of topics; ``second`` marks the rows of the second half."""
    one, other = vectors[~second], vectors[second]
    trees = _ward_tree(one), _ward_tree(other)
    voters = _nearest(one, other), _nearest(other, one)
    told = []
    for number in numbers:
        cuts = _cut(trees[0], number), _cut(trees[1], number)
        elected = _elected(cuts[1], voters[0]), _elected(cuts[0], voters[1])
        told.append((_agrees(cuts[0], elected[0]) + _agrees(cuts[1], elected[1])) / 2)
    return told


def _ward_tree(vectors: np.ndarray) -> np.ndarray:
    return tree_of(*diffusion(neighbour_graph(vectors)), _STEPS, "ward")


def _nearest(vectors: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Give the nearest of the others to each row, shape (n, voters)."""
    k = min(_VOTERS, len(others))
    return np.concatenate([linalg.nearest(block, k) for _, block in product_blocks(vectors, Factor(others))])


def _elected(labels: np.ndarray, voters: np.ndarray) -> np.ndarray:
    """Give each row the label that most of its voters have; the lowest of those that as many have."""
    votes = np.zeros((len(voters), int(labels.max()) + 1), dtype=np.int16)
    for rank in voters.T:
        votes[np.arange(len(voters)), labels[rank]] += 1
    return np.asarray(votes.argmax(axis=1))


def _agrees(own: np.ndarray, elected: np.ndarray) -> float:
    """Give the mutual information adjusted for chance, times the root of the mean strength of the topics.

    The strength of a topic is the share of its pairs of texts that the other half puts together, too.

    Examples
    --------
    >>> round(_agrees(np.array([0, 0, 0, 1, 1, 1]), np.array([2, 2, 2, 3, 3, 3])), 6)
    1.0
    """
    from sklearn.metrics import adjusted_mutual_info_score
    from sklearn.metrics.cluster import contingency_matrix

    shared = contingency_matrix(own, elected).astype(np.float64)
    size = shared.sum(axis=1)
    strength = ((shared**2).sum(axis=1) - size) / np.maximum(size * (size - 1), 1)
    return max(0.0, float(adjusted_mutual_info_score(own, elected))) * float(np.sqrt(strength.mean()))


def _numbers(n: int) -> list[int]:
    least = max(2.0, _FEWEST * float(np.sqrt(n)))
    most = max(least + 1, min(n / _LEAST_SIZE, _MOST))
    steps = int(np.ceil(np.log(most / least) / np.log(_STEP))) + 1
    return sorted({round(float(number)) for number in np.geomspace(least, most, steps)})


def _cut(tree: np.ndarray, number: int) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster

    return np.asarray(np.unique(fcluster(tree, number, "maxclust"), return_inverse=True)[1])
