"""What contacts are filtered and grouped by: channel, product, version, segment, plan, team, mood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.report.explore.encode import shown
from vocmine.report.words import Words

KEYS = ("channel", "product", "version", "segment", "plan", "team", "mood")
_CODED = ("channel", "mood")  # whose values are codes with names
_LONGEST = 80  # characters of a value's name


@dataclass(frozen=True, eq=False)
class Dimension:
    """One thing that contacts are told apart by.

    Parameters
    ----------
    key : str
        One of `KEYS`.
    values : tuple of str
        Names as people read them, the most common first.
    index : ndarray of int
        Place of each contact's value among them, -1 where it is not known.
    """

    key: str
    values: tuple[str, ...]
    index: NDArray[np.int64]


def dimensions(contacts: pd.DataFrame, words: Words) -> tuple[Dimension, ...]:
    """Give the dimensions that any contact fills.

    Parameters
    ----------
    contacts : DataFrame
        As `vocmine.report.explore.source.ExploreSource` keeps them.
    words : Words
        Names of channels and moods.

    Examples
    --------
    >>> table = pd.DataFrame({"channel": ["call", "chat", "call"], "product": ["A", "", "A"],
    ...     "product_version": ["1.2", "1.3", ""], "segment": "", "plan": "", "team": "", "mood": None})
    >>> [(each.key, each.values, each.index.tolist()) for each in dimensions(table, Words("en"))]
    [('channel', ('Phone', 'Chat'), [0, 1, 0]), ('product', ('A',), [0, -1, 0]),
     ('version', ('1.3', 'A 1.2'), [1, 0, -1])]
    """
    version = (contacts["product"] + " " + contacts["product_version"]).str.strip()
    columns = {
        **{key: contacts[key] for key in KEYS if key != "version"},
        "version": version.where(contacts["product_version"] != "", ""),
    }
    made = (_dimension(key, columns[key], words) for key in KEYS)
    return tuple(each for each in made if len(each.values))


def without_rare(dimension: Dimension, fold_below: int) -> Dimension:
    """Give the dimension without the values of fewer contacts; these have the place behind the last value.

    Examples
    --------
    >>> found = without_rare(Dimension("team", ("A", "B"), np.array([0, 0, 1, -1])), 2)
    >>> found.values, found.index.tolist()
    (('A',), [0, 0, 1, -1])
    """
    sizes = np.bincount(dimension.index[dimension.index >= 0], minlength=len(dimension.values))
    kept = int((sizes >= fold_below).sum())  # the common ones come first
    return Dimension(dimension.key, dimension.values[:kept], np.minimum(dimension.index, kept))


def _dimension(key: str, column: pd.Series, words: Words) -> Dimension:
    texts = column.astype("object").where(column.notna(), "").astype(str)
    # "unknown" is what a channel is called that was not given.
    texts = texts.where(~((key == "channel") & (texts == "unknown")), "")
    counts = texts[texts != ""].value_counts()
    order = sorted(counts.index, key=lambda text: (-int(counts[text]), text))
    place = {text: i for i, text in enumerate(order)}
    names = [words.name(text, key) if key in _CODED else text for text in order]
    index = texts.map(place).fillna(-1).to_numpy(dtype=np.int64)
    return Dimension(key, tuple(shown(name, _LONGEST) for name in names), index)
