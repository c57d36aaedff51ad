"""The hand-checked sample, placed on the contacts; one that does not fit is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.audits.audit import GONE_SHARE, Audit
from vocmine.cost.attribution import Pairs
from vocmine.errors import AuditError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A predicted label nobody checked may bear this share of the ledger before the audit is refused.
UNCHECKED_SHARE = 0.01


@dataclass(frozen=True)
class CheckedSample:
    """A checked sample on the rows of the contacts.

    Parameters
    ----------
    row : ndarray of int, shape (m,)
        Place of each checked contact.
    weight : ndarray of shape (m,)
        One over its probability to be drawn.
    truth : ndarray of shape (m, n_issues)
        True shares of the issues; rows add up to 1.
    n_gone : int
        CheckedSample contacts left out because they are no longer among the contacts.
    """

    row: Ints
    weight: Floats
    truth: Floats
    n_gone: int = 0


def place_audit(
    audit: Audit,
    contact_ids: pd.Series[Any],
    pairs: Pairs,
    cost: Floats,
    known: tuple[str, ...] = (),
    effort: Floats | None = None,
    *,
    all_labels: bool = True,
) -> CheckedSample:
    """Place a checked sample on the contacts and refuse one that does not fit.

    Parameters
    ----------
    audit : Audit
        ``contact_id``, ``prob`` (probability to be drawn), ``label`` (true reason; several rows for several reasons)
        and, where it exists, ``label_tag`` (the label it was drawn by).
    contact_ids : Series of shape (n,)
        Ids of the contacts.
    pairs : Pairs
        Their predicted reasons, with a place for every label of the audit.
    cost : ndarray of shape (n,)
        Cost of each contact.
    known : tuple of str
        Labels that may be true although the tagger never gave them.
    effort : ndarray of shape (n_issues,), optional
        Effort by issue: several true reasons share a contact in proportion to it; equally if None.
    all_labels : bool
        Whether to refuse a sample that leaves out a predicted label; where something is known of such labels without
        it, it need not.

    Returns
    -------
    CheckedSample

    Raises
    ------
    AuditError
        If most of its contacts are not among the contacts, it holds labels that are not known, was drawn for other
        tags, or leaves out a predicted label.
    """
    table = audit.table
    row = pd.Index(contact_ids.astype(str)).get_indexer(pd.Index(table["contact_id"].astype(str)))
    here = row >= 0
    n_gone = int(table["contact_id"][~here].nunique())
    if (~here).mean() > GONE_SHARE:
        raise AuditError(
            "checked contacts that are not in the contacts",
            where="audit.contact_id",
            got=f"{n_gone} contacts",
            hint="use the contacts the audit was drawn from, or draw a new one with sample_audit",
        )
    table, row = table[here], row[here]
    truth = table["label"].astype(str)
    predicted = {pairs.issues[i] for i in np.unique(pairs.issue)} | {"unknown", *known}
    foreign = sorted(set(truth) - predicted)
    if foreign:
        raise AuditError(
            "labels the tags don't know",
            where="audit.label",
            got=", ".join(foreign[:5]),
            expected="labels of the taxonomy",
            hint="mend the spelling, or name them in CostOptions(issues=...) if the tagger never gives them",
        )
    _check_drawn_for(table, row, pairs)
    prob = np.minimum(pd.to_numeric(table["prob"]).to_numpy(dtype=float), 1.0)
    rows, first, code = np.unique(row, return_index=True, return_inverse=True)
    shares = np.zeros((len(rows), len(pairs.issues)))
    place = pd.Index(pairs.issues).get_indexer(pd.Index(truth))
    shares[code, place] = 1.0 if effort is None else effort[place]
    if all_labels:
        _check_strata(rows, pairs, cost)
    return CheckedSample(rows.astype(np.int64), 1.0 / prob[first], shares / shares.sum(axis=1, keepdims=True), n_gone)


def _check_drawn_for(audit: pd.DataFrame, row: Ints, pairs: Pairs) -> None:
    if "label_tag" not in audit:
        return
    now = np.array(pairs.issues, dtype=object)[pairs.main[row]]
    other = audit["label_tag"].astype(str).to_numpy(dtype=object) != now
    if other.any():
        raise AuditError(
            "the audit was drawn for other tags",
            where="audit.label_tag",
            got=f"{int(other.sum())} of {len(audit)} differ",
            hint="give the tags the audit was drawn from, or draw a new one with sample_audit",
        )


def _check_strata(rows: Ints, pairs: Pairs, cost: Floats) -> None:
    k = len(pairs.issues)
    by_label = np.bincount(pairs.main, weights=cost, minlength=k)
    unchecked = (np.bincount(pairs.main[rows], minlength=k) == 0) & (by_label > UNCHECKED_SHARE * by_label.sum())
    if unchecked.any():
        names = [pairs.issues[i] for i in np.flatnonzero(unchecked)]
        raise AuditError(
            "predicted labels nobody checked",
            where="audit",
            got=", ".join(names[:5]),
            expected="checked contacts of every label",
            hint="draw with sample_audit and check all of it",
        )
