"""Chances of issues by contact, from the candidates among the tags."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.attribution import Pairs
from vocmine.cost.coded import coded_contacts
from vocmine.cost.quantify import Chances
from vocmine.errors import ContactError
from vocmine.frames import UNALLOCATED, UNKNOWN, rows_of_kind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Candidates:
    """Chances of issues, and what they rest on.

    Parameters
    ----------
    chances : Chances
        Entries of all contacts.
    basis : str
        What most contacts' chances rest on: ``names``, ``texts``, ``examples``, ``examples_texts``, ``labels``; or
        ``scores`` where the tags have no candidates.
    """

    chances: Chances
    basis: str


def read_candidates(contact_ids: pd.Index, tags: pd.DataFrame, pairs: Pairs) -> Candidates | None:
    """Read the candidates of contacts; None where the tags have none.

    Parameters
    ----------
    contact_ids : Index of shape (n,)
        Ids of the contacts, in the order of the pairs.
    tags : DataFrame
        Tags, with rows of kind ``candidate``.
    pairs : Pairs
        Reasons of the contacts, with a place for every issue that a candidate may name, and for ``unknown``.

    Returns
    -------
    Candidates or None
        A contact without candidates, or with chances of 0 alone, has the chances that its tags say.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a", "a", "a"], "kind": ["reason", "candidate", "candidate"],
    ...                      "label": ["bill", "bill", "unknown"], "score": [0.8, 0.75, 0.25], "evidence": "names"})
    >>> from vocmine.cost.attribution import pair_reasons
    >>> pairs = pair_reasons(pd.Series(["a"]), tags, ("unknown",))
    >>> read = read_candidates(pd.Index(["a"]), tags, pairs)
    >>> read.basis, read.chances.chance.tolist()
    ('names', [0.75, 0.25])
    """
    rows = _candidate_rows(tags)
    if not len(rows):
        return None
    rows = rows[~rows["contact_id"].astype(str).isin(coded_contacts(tags))]  # what their code says stands
    place = contact_ids.get_indexer(pd.Index(rows["contact_id"].astype(str)))
    issue = pd.Index(pairs.issues).get_indexer(pd.Index(rows["label"].astype(str)))
    score = rows["score"].to_numpy(dtype=float, na_value=0.0)
    kept = (place >= 0) & (issue >= 0) & (score > 0)
    score = score[kept]
    row, code = place[kept].astype(np.int64), issue[kept].astype(np.int64)
    basis = str(rows["evidence"].mode().iloc[0]) if "evidence" in rows and rows["evidence"].notna().any() else "names"
    bare = np.ones(len(contact_ids), dtype=bool)
    bare[row] = False
    own = bare[pairs.row]
    row = np.concatenate([row, pairs.row[own]])
    code = np.concatenate([code, pairs.issue[own]])
    score = np.concatenate([np.clip(score, 0.0, 1.0), pairs.share[own]])
    order = np.lexsort((code, row))
    none = pairs.issues.index(UNKNOWN)
    return Candidates(Chances(row[order], code[order], score[order], len(pairs.issues), none).normalised(), basis)


def candidate_labels(tags: pd.DataFrame) -> tuple[str, ...]:
    """Name the issues that candidates name, and ``unknown``; empty where there are none."""
    rows = _candidate_rows(tags)
    if not len(rows):
        return ()
    if (rows["label"].astype(str) == UNALLOCATED).any():
        raise ContactError("a reserved label", where="tags.label", got=UNALLOCATED, hint="rename this reason")
    return tuple(sorted({*rows["label"].astype(str), UNKNOWN}))


def _candidate_rows(tags: pd.DataFrame) -> pd.DataFrame:
    """Give the candidates; tags without a kind are reasons."""
    return rows_of_kind(tags, "candidate") if "kind" in tags else tags.iloc[:0]
