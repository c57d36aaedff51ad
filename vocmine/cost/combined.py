"""What was expected before, and what checked contacts say: together, so that a few labels narrow the range at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vocmine.cost.totals import COST, COUNT, PAYOUT, Totals, keep_sums

Floats = NDArray[np.float64]

_NOTHING = 1e-6  # of all: what an issue has at least that was expected at all


def combine(audited: Totals, before: Totals) -> Totals:
    """Weigh both estimates of each issue by one over their variance (inverse-variance weighting: Cochran 1954).

    With few labels the estimate before them prevails, with many the audit does; neither replaces the other at once, and
    the variance is below both.

    Parameters
    ----------
    audited : Totals
        Corrected by checked contacts.
    before : Totals
        With the mistakes that were to be expected without them.

    Returns
    -------
    Totals
        Of basis ``audit``. What checked contacts hold for certain stays a lower bound; sums of groups are kept.

    References
    ----------
    Cochran 1954, The combination of estimates from different experiments, Biometrics 10.
    """
    if before.basis == "counted":
        return audited
    # Each label costs a checked contact, as mistakes were fitted on the same ones: with few the variance is too low.
    fitted = 1 + int((audited.totals[COUNT].sum(axis=0) > 0).sum()) / max(audited.n_checked, 1)
    audited = replace(audited, variance=audited.variance * fitted, whole_variance=_whole(audited) * fitted)
    weight = np.stack([_weight(audited, before, q) for q in range(len(audited.totals))])[:, None, :]
    mixed = weight * audited.totals + (1 - weight) * before.totals
    totals = np.stack([
        keep_sums(table, own, known) for table, own, known in zip(mixed, audited.totals, audited.known, strict=True)
    ])
    variance = weight**2 * audited.variance + (1 - weight) ** 2 * before.variance
    in_all = weight[:, 0] ** 2 * _whole(audited) + (1 - weight[:, 0]) ** 2 * _whole(before)
    return replace(audited, totals=totals, variance=variance, whole_variance=in_all)


def _weight(audited: Totals, before: Totals, q: int) -> Floats:
    """Give the weight of the audit for each issue: by money for all but payouts, whose error is their own.

    Of an issue that nothing spoke for before, the audit alone knows.
    """
    by = PAYOUT if q == PAYOUT else COST
    expected, seen = _whole(before)[by], _whole(audited)[by]
    total = expected + seen
    weight = np.divide(expected, total, out=np.ones_like(total), where=total > 0)
    held = before.totals[by].sum(axis=0)
    return np.where(held > _NOTHING * held.sum(), weight, 1.0)


def _whole(totals: Totals) -> Floats:
    return totals.variance.sum(axis=1) if totals.whole_variance is None else totals.whole_variance
