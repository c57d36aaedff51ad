"""Which share of a contact belongs to which issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.errors import ContactError, SettingsError
from vocmine.frames import UNALLOCATED, UNKNOWN, require_columns, rows_of_kind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Attribution = Literal["minutes", "equal", "primary"]
ATTRIBUTIONS: tuple[Attribution, ...] = ("minutes", "equal", "primary")
_ROUNDS = 6  # of reweighting by the fitted mean
_NO_TIME = 1e-9  # seconds a contact: below it there is nothing to share


@dataclass(frozen=True)
class Pairs:
    """Pairs of contact and issue, with the share of the contact that the issue bears.

    Parameters
    ----------
    row : ndarray of int, shape (p,)
        Place of the contact.
    issue : ndarray of int, shape (p,)
        Place of the issue in `issues`.
    share : ndarray of shape (p,)
        Share; the shares of a contact add up to 1.
    score : ndarray of shape (p,)
        How sure the tag is, 0 to 1.
    main : ndarray of int, shape (n,)
        Issue with the highest score of each contact.
    issues : tuple of str
        Names of the issues, sorted.
    """

    row: Ints
    issue: Ints
    share: Floats
    score: Floats
    main: Ints
    issues: tuple[str, ...]


def pair_reasons(
    contact_ids: pd.Series[Any], tags: pd.DataFrame, extra: tuple[str, ...] = (), kind: str = "reason"
) -> Pairs:
    """Match contacts with their reasons, an equal share each; a contact without any has `unknown`.

    Parameters
    ----------
    contact_ids : Series of shape (n,)
        Ids of the contacts, unique.
    tags : DataFrame
        Tags: ``contact_id, label``, and where they exist ``kind`` and ``score``.
    extra : tuple of str
        Issues to keep a place for, beside those in the tags.
    kind : str
        Kind of tag that names the issue: ``"reason"`` or ``"topic"``.

    Returns
    -------
    Pairs

    Raises
    ------
    ContactError
        If ids are not unique, tags belong to other contacts, or a label is the reserved ``unallocated``.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a", "a"], "label": ["bill", "login"], "score": [0.9, 0.8]})
    >>> pairs = pair_reasons(pd.Series(["a", "b"]), tags)
    >>> [(int(r), pairs.issues[i], float(s)) for r, i, s in zip(pairs.row, pairs.issue, pairs.share)]
    [(0, 'bill', 0.5), (0, 'login', 0.5), (1, 'unknown', 1.0)]
    """
    index = pd.Index(contact_ids.astype(str))
    if not index.is_unique:
        raise ContactError(
            "contact ids are not unique", where="contact_id", got=f"{int(index.duplicated().sum())} repeated"
        )
    chosen = _chosen(tags, kind)
    row = index.get_indexer(pd.Index(chosen["contact_id"]))
    if (row < 0).any():
        raise ContactError(
            "tags of contacts that are not in the contacts",
            where="tags.contact_id",
            got=f"{int((row < 0).sum())} tags",
            hint="cut the tags to the same period as the contacts",
        )
    bare = np.setdiff1d(np.arange(len(index)), row)
    frame = pd.DataFrame(
        {
            "row": np.concatenate([row, bare]),
            "label": np.concatenate(
                [chosen["label"].to_numpy(dtype=object), np.full(len(bare), UNKNOWN, dtype=object)]
            ),
            "score": np.concatenate([chosen["score"].to_numpy(dtype=float), np.full(len(bare), 0.5)]),
        }
    ).sort_values(["row", "score", "label"], ascending=[True, False, True], kind="stable")
    issues = tuple(sorted({*frame["label"].unique(), *extra}))
    code = pd.Index(issues).get_indexer(pd.Index(frame["label"])).astype(np.int64)
    place = frame["row"].to_numpy(dtype=np.int64)
    main = code[np.flatnonzero(np.r_[True, place[1:] != place[:-1]])] if len(place) else code
    share = 1.0 / np.bincount(place, minlength=len(index))[place]
    return Pairs(place, code, share, frame["score"].to_numpy(dtype=float), main, issues)


def share_out(pairs: Pairs, effort: Floats, how: Attribution = "minutes") -> Pairs:
    """Set the share of each issue of a contact.

    Parameters
    ----------
    pairs : Pairs
        From `pair_reasons`.
    effort : ndarray of shape (n,)
        Handle time of each contact; NaN where it was not measured.
    how : {"minutes", "equal", "primary"}
        In proportion to the minutes that each issue takes as estimated by `issue_minutes`; equally; or all to the
        issue with the highest score.

    Returns
    -------
    Pairs
        The same pairs with other shares.

    Raises
    ------
    SettingsError
        If `how` is unknown.
    """
    if how not in ATTRIBUTIONS:
        raise SettingsError(
            "unknown attribution", where="attribution", got=repr(how)[:20], expected=", ".join(ATTRIBUTIONS)
        )
    n = len(pairs.main)
    if how == "equal" or len(pairs.row) == n:
        weight = np.ones(len(pairs.row))
    elif how == "primary":
        weight = (pairs.issue == pairs.main[pairs.row]).astype(float)
    else:
        weight = issue_minutes(pairs, effort)[pairs.issue]
    total = np.bincount(pairs.row, weights=weight, minlength=n)
    share = weight / total[pairs.row]
    return Pairs(pairs.row, pairs.issue, share, pairs.score, pairs.main, pairs.issues)


def issue_minutes(pairs: Pairs, effort: Floats) -> Floats:
    """Estimate how much effort each issue takes, from contacts with one and with several issues.

    The mean effort of a contact is taken as the sum over its issues: a regression without a constant and with no
    negative part (Lawson and Hanson, Solving Least Squares Problems, 1974), over the sets of issues that occur, each
    weighted by its contacts over the square of its fitted mean, as the spread of handle times grows with their mean.

    Parameters
    ----------
    pairs : Pairs
        From `pair_reasons`.
    effort : ndarray of shape (n,)
        Handle time of each contact; NaN is left out.

    Returns
    -------
    ndarray of shape (n_issues,)
        Effort by issue in the unit of `effort`, above 0.

    Examples
    --------
    One contact each is little evidence, so both are drawn to the average:

    >>> tags = pd.DataFrame({"contact_id": list("abcc"), "kind": "reason", "label": list("xyxy"), "score": 0.9})
    >>> pairs = pair_reasons(pd.Series(list("abc")), tags)
    >>> issue_minutes(pairs, np.array([2.0, 6.0, 8.0])).round(1).tolist()
    [2.6, 5.6]
    """
    from scipy.optimize import nnls

    design, mean, count = _sets(pairs, effort)
    overall = float(np.average(mean, weights=count)) if len(mean) else 1.0
    if not overall > _NO_TIME:
        return np.ones(len(pairs.issues))
    fitted = np.maximum(mean, 0.05 * overall)
    # One contact's worth of evidence that an issue takes the average effort keeps rare issues away from 0.
    anchor = np.eye(len(pairs.issues))
    minutes = np.full(len(pairs.issues), overall)
    for _ in range(_ROUNDS):
        weight = np.concatenate([np.sqrt(count) / fitted, np.full(len(anchor), 1 / overall)])
        left = np.vstack([design, anchor]) * weight[:, None]
        minutes, _residual = nnls(left, np.concatenate([mean, np.full(len(anchor), overall)]) * weight)
        fitted = np.maximum(design @ minutes, 0.05 * overall)
    return np.asarray(np.maximum(minutes, 0.01 * overall), dtype=float)


def _chosen(tags: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Tags of one kind, one row a contact and label, the highest score kept."""
    require_columns(tags, ("contact_id", "label"), "tags")
    part = rows_of_kind(tags, kind)
    frame = pd.DataFrame(
        {
            "contact_id": part["contact_id"].astype(str).to_numpy(dtype=object),
            "label": part["label"].astype(str).to_numpy(dtype=object),
            "score": part["score"].to_numpy(dtype=float, na_value=0.5) if "score" in part else 0.5,
        }
    )
    frame["score"] = frame["score"].astype(float).fillna(0.5).clip(0.0, 1.0)
    if (frame["label"] == UNALLOCATED).any():
        raise ContactError("a reserved label", where="tags.label", got=UNALLOCATED, hint="rename this reason")
    frame = frame.sort_values(["contact_id", "label", "score"], kind="stable")
    return frame.drop_duplicates(["contact_id", "label"], keep="last")


def _sets(pairs: Pairs, effort: Floats) -> tuple[Floats, Floats, Floats]:
    """Distinct sets of issues as rows of 0 and 1, with their mean effort and number of contacts."""
    from scipy.sparse import csr_array

    n, k = len(pairs.main), len(pairs.issues)
    # Each set of issues gets a random but fixed 62-bit sum as its key: equal sets, equal keys.
    key_of_issue = np.random.default_rng(0).integers(1, 2**55, size=k)
    key = np.zeros(n, dtype=np.int64)
    np.add.at(key, pairs.row, key_of_issue[pairs.issue])
    seen = np.isfinite(effort)
    _keys, first, code = np.unique(key[seen], return_index=True, return_inverse=True)
    count = np.bincount(code).astype(float)
    mean = np.bincount(code, weights=effort[seen]) / count
    member = csr_array((np.ones(len(pairs.row)), (pairs.row, pairs.issue)), shape=(n, k))
    design = member[np.flatnonzero(seen)[first]].toarray()
    return np.asarray(design, dtype=float), mean, count
