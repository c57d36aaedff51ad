"""What each issue, and the way contacts are served, adds to satisfaction, recommendation or coming back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.drivers.design import DriverBlock, DriverDesign, driver_design
from vocmine.drivers.outcomes import HIGHER_IS_BETTER, outcome_values
from vocmine.drivers.shrinkage import ShrunkFit, fit_shrunk
from vocmine.stats import Floats, normal_quantile

FEWEST_ANSWERS = 60
"""Answers below which nothing is told of what moves an outcome."""

PLACES = 6  # of what is given: later digits may differ between processors
_TEXT = ("outcome", "group", "kind", "name")
COLUMNS = (
    *_TEXT, "n", "share", "effect", "effect_low", "effect_high", "value", "low", "high", "is_sure",
)


@dataclass(frozen=True, eq=False)
class AnsweredContacts:
    """Contacts whose outcome is known, in the order of their ids, with what may have moved it.

    Parameters
    ----------
    design : DriverDesign
        Features.
    y : ndarray of shape (n,)
        Outcome.
    rows : ndarray of int, shape (n,)
        Their places among the contacts.
    """

    design: DriverDesign
    y: Floats
    rows: np.ndarray

    @classmethod
    def of(
        cls, contacts: pd.DataFrame, tags: pd.DataFrame, outcome: str,
        service_reasons: Callable[[str], bool] | None = None,
    ) -> AnsweredContacts:
        """Find them; the order of the rows does not matter."""
        y = outcome_values(contacts, outcome)
        design = driver_design(contacts, tags, service_reasons)
        order = np.argsort(contacts["contact_id"].astype(str).to_numpy(object), kind="stable")
        rows = order[~np.isnan(y[order])]
        return cls(design.take(rows), y[rows], rows)

    @property
    def can_be_told(self) -> bool:
        """Whether there are answers enough, and they differ."""
        return len(self.y) >= FEWEST_ANSWERS and bool((self.y != self.y[0]).any()) and bool(self.design.blocks)


def drivers(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    outcome: str = "csat",
    level: float = 0.95,
    service_reasons: Callable[[str], bool] | None = None,
) -> pd.DataFrame:
    """Say how much each issue, team and way of being served raises or lowers an outcome.

    A regression explains the answers by the reasons of a contact (several share it), its product, team and channel,
    and by how it was served; effects are shrunk by how much effects of their kind differ (`fit_shrunk`). These are
    differences between contacts that are alike in all of this: nobody drew lots, so they need not be causes.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id``, the column of the outcome, and what there is of ``channel, product, team, transfers,
        wait_seconds, first_response_seconds, resolved, customer_id``.
    tags : DataFrame
        Tags with reasons.
    outcome : {"csat", "nps", "repeat"}
        ``csat``: points of satisfaction; ``nps``: points of the net promoter score; ``repeat``: share of contacts
        after which the customer came again (column ``came_back``, see `vocmine.journeys.came_back`).
    level : float
        Level of the intervals.
    service_reasons : callable, optional
        Whether a reason is about the service, not the product; by default those whose id begins with ``service.``.

    Returns
    -------
    DataFrame
        One row a driver, the most harmful first: ``outcome, group`` (``product``, ``service``, ``other``), ``kind``
        (``issue, product, team, channel, served``), ``name, n`` (answers with it), ``share`` (of the answers),
        ``effect`` with ``effect_low, effect_high`` (against contacts without it, all else alike), ``value`` with
        ``low, high`` (how far it moves the mean of all answers: share x effect), and ``is_sure`` (not by chance, at a
        level that holds for all drivers of a kind at once). Empty below `FEWEST_ANSWERS` answers.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, a mark is off its scale, or the outcome or level is wrong.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> label = np.tile(["login", "invoice", "plan", "points"], 200)
    >>> contacts = pd.DataFrame({"contact_id": [f"c{i}" for i in range(800)]})
    >>> contacts["csat"] = np.where(label == "login", 3.0, 4.0) + rng.choice([-1, 0, 1], 800)
    >>> tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": label})
    >>> drivers(contacts, tags)[["name", "n", "value", "is_sure"]].round(1).values.tolist()[0]
    ['login', 200, -0.2, True]
    """
    normal_quantile(level)
    found = AnsweredContacts.of(contacts, tags, outcome, service_reasons)
    if not found.can_be_told:
        return pd.DataFrame(columns=list(COLUMNS))
    blocks = found.design.blocks
    fit = fit_shrunk(np.ones((len(found.y), 1)), [b.matrix for b in blocks], found.y, found.design.people)
    first = 1 + np.cumsum([0, *(len(block.names) for block in blocks)])
    tables = [
        _table(block, fit, int(at), level).assign(group=[found.design.group(block.kind, name) for name in block.names])
        for block, at in zip(blocks, first, strict=False)
    ]
    table = pd.concat(tables, ignore_index=True).assign(outcome=outcome)
    table = table.loc[table["name"] != "", list(COLUMNS)]
    harm = table["value"] if HIGHER_IS_BETTER[outcome] else -table["value"]
    order = table.assign(_harm=harm).sort_values(["_harm", "kind", "name"], kind="stable")
    return order.drop(columns="_harm").reset_index(drop=True)


def _table(block: DriverBlock, fit: ShrunkFit, first: int, level: float) -> pd.DataFrame:
    p, share = len(block.names), block.matrix.mean(axis=0)
    weights = np.zeros((p, len(fit.effects)))
    weights[:, first : first + p] = against_others(share, block.sums_to_one)
    effect = fit.figures(weights, level)
    strict = fit.figures(weights, 1 - (1 - level) / p)
    numbers = dict(zip(("effect", "effect_low", "effect_high"), effect, strict=True))
    numbers |= {name: share * values for name, values in zip(("value", "low", "high"), effect, strict=True)}
    table = pd.DataFrame({
        "kind": block.kind, "name": list(block.names), "n": (block.matrix > 0).sum(axis=0), "share": share, **numbers,
        "is_sure": (strict[1] > 0) | (strict[2] < 0),
    })
    return table.round(dict.fromkeys(("share", *numbers), PLACES))


def against_others(share: Floats, sums_to_one: bool) -> Floats:
    """Give the weights of effects that compare each feature with contacts without it.

    Examples
    --------
    >>> against_others(np.array([0.5, 0.25, 0.25]), True).round(2).tolist()
    [[1.0, -0.5, -0.5], [-0.67, 1.0, -0.33], [-0.67, -0.33, 1.0]]
    """
    p = len(share)
    if not sums_to_one:
        return np.eye(p)
    others = np.maximum(1 - share, 1e-9)[:, None]
    weights = -np.tile(share, (p, 1)) / others
    np.fill_diagonal(weights, 1.0)
    return np.asarray(weights)
