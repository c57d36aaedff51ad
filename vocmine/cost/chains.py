"""Repeats: a chain of contacts about one issue is costed to its first contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.errors import ContactError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHAIN_COLUMNS = ("contact_id", "chain_id", "position", "is_repeat", "is_censored")


@dataclass(frozen=True)
class FoldedChains:
    """Chains on the rows of the contacts.

    Parameters
    ----------
    first : ndarray of int, shape (n,)
        Place of the first contact of each contact's chain; itself where it is in none.
    repeat : ndarray of shape (n,)
        1 where a contact repeats an earlier one.
    n_censored : int
        Contacts so late that a repeat could not have been seen yet.
    chained : bool
        Whether chains were handed in.
    """

    first: Ints
    repeat: Floats
    n_censored: int
    chained: bool

    def gather(self, values: Floats) -> Floats:
        """Move what the contacts of a chain have to its first contact, shape (n_values, n) kept."""
        if not self.chained:
            return values
        n = values.shape[1]
        return np.stack([np.bincount(self.first, weights=value, minlength=n) for value in values])


def fold_chains(contact_ids: pd.Series[Any], chains: pd.DataFrame | None) -> FoldedChains:
    """Place chains on the contacts.

    Parameters
    ----------
    contact_ids : Series of shape (n,)
        Ids of the contacts.
    chains : DataFrame or None
        ``contact_id, chain_id, position`` (0 or 1 for the first), and where they exist ``is_repeat, is_censored``.
        Chains whose first contact is not among the contacts go to the earliest that is.

    Returns
    -------
    FoldedChains

    Raises
    ------
    ContactError
        If a column is missing or a contact is in two chains.

    Examples
    --------
    >>> chains = pd.DataFrame({"contact_id": ["a", "c"], "chain_id": [7, 7], "position": [1, 2]})
    >>> fold_chains(pd.Series(["a", "b", "c"]), chains).first.tolist()
    [0, 1, 0]
    """
    n = len(contact_ids)
    first, repeat = np.arange(n), np.zeros(n)
    if chains is None:
        return FoldedChains(first, repeat, 0, False)
    absent = [name for name in CHAIN_COLUMNS[:3] if name not in chains]
    if absent:
        raise ContactError(
            "not a frame of chains", where="chains", got=f"no {', '.join(absent)}", expected=", ".join(CHAIN_COLUMNS)
        )
    row = pd.Index(contact_ids.astype(str)).get_indexer(pd.Index(chains["contact_id"].astype(str)))
    part = chains.assign(row=row)[row >= 0].sort_values(["chain_id", "position", "contact_id"], kind="stable")
    if part["contact_id"].duplicated().any():
        raise ContactError("a contact is in two chains", where="chains.contact_id")
    place = part["row"].to_numpy(dtype=np.int64)
    head = part.groupby("chain_id", sort=False)["row"].transform("first").to_numpy(dtype=np.int64)
    first[place] = head
    repeat[place] = part["is_repeat"].to_numpy(dtype=float) if "is_repeat" in part else (place != head)
    censored = int(part["is_censored"].astype(bool).sum()) if "is_censored" in part else 0
    return FoldedChains(first, repeat, censored, True)
