"""What may move an outcome: the issues of a contact, its product, team and channel, and how it was served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from vocmine.drivers.outcomes import numbers
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import UNKNOWN, require_columns, rows_of_kind
from vocmine.stats import Floats

SERVICE_MARKS = ("transferred", "long_wait", "slow_first_response", "unsolved")
GROUPS = ("product", "service", "other")
"""What customers had trouble with; how they were served; where they came in, and contacts without a known reason."""

_SERVICE = "service."  # reasons of the shipped list that are about the service itself begin with it
_LONG = 2.0  # times the median of the channel, from which a wait is long
_FEWEST_ROWS = 5  # answers that a product or a team needs to be told apart
_KNOWN = 0.5  # share of contacts of which it must be known how they were served
_REST = ""  # level of a block: not known, or too few to be told apart


@dataclass(frozen=True)
class DriverBlock:
    """Features of one kind, whose sizes are alike.

    Parameters
    ----------
    kind : {"issue", "product", "team", "channel", "served"}
        What the features are.
    names : tuple of str
        A name for each column; empty for what is not told apart.
    matrix : ndarray of shape (n, p)
        Shares that add up to 1 in each row; of ``served``, marks of 0 or 1.
    """

    kind: str
    names: tuple[str, ...]
    matrix: Floats

    @property
    def sums_to_one(self) -> bool:
        """Whether a contact has just one of them, or shares of several."""
        return self.kind != "served"

    def take(self, rows: np.ndarray) -> DriverBlock:
        """Give the same for some rows, without features that none of them has."""
        matrix = self.matrix[rows]
        there = np.flatnonzero((matrix != 0).any(axis=0))
        return replace(self, names=tuple(self.names[i] for i in there), matrix=matrix[:, there])


@dataclass(frozen=True)
class DriverDesign:
    """All features of some contacts, and who wrote them.

    Parameters
    ----------
    blocks : tuple of DriverBlock
        Features.
    people : ndarray of int, shape (n,)
        A number for each customer; contacts of nobody known have one of their own.
    service_reasons : frozenset of str
        Reasons that are about the service.
    """

    blocks: tuple[DriverBlock, ...]
    people: np.ndarray
    service_reasons: frozenset[str] = frozenset()

    def take(self, rows: np.ndarray) -> DriverDesign:
        """Give the same for some rows: products and teams that few of them have are put together."""
        blocks = (_fold(block.take(rows)) for block in self.blocks)
        return replace(self, blocks=tuple(b for b in blocks if _tells(b)), people=self.people[rows])

    def group(self, kind: str, name: str) -> str:
        """Tell to which of `GROUPS` a feature belongs."""
        if kind in ("team", "served") or (kind == "issue" and name in self.service_reasons):
            return "service"
        return "product" if kind in ("issue", "product") and name not in ("", UNKNOWN) else "other"


def driver_design(
    contacts: pd.DataFrame, tags: pd.DataFrame, service_reasons: Callable[[str], bool] | None = None
) -> DriverDesign:
    """Turn contacts and tags into features.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id``, and of ``channel, product, team, transfers, wait_seconds, first_response_seconds, resolved,
        customer_id`` what is there.
    tags : DataFrame
        Their tags; several reasons share a contact.
    service_reasons : callable, optional
        Whether a reason is about the service, not the product; by default those whose id begins with ``service.``.

    Returns
    -------
    DriverDesign

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or an id stands twice.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a", "b"], "channel": ["call", "chat"], "transfers": [0, 2]})
    >>> tags = pd.DataFrame({"contact_id": ["a", "a"], "kind": "reason", "label": ["x", "y"]})
    >>> [(block.kind, block.names, block.matrix.tolist()) for block in driver_design(contacts, tags).blocks]
    [('issue', ('unknown', 'x', 'y'), [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]]), ('served', ('transferred',), [[0.0], [1.0]]),
     ('channel', ('call', 'chat'), [[1.0, 0.0], [0.0, 1.0]])]
    """
    require_columns(contacts, ("contact_id",), "contacts", ContactError)
    require_columns(tags, ("contact_id", "kind", "label"), "tags", SettingsError)
    ids = contacts["contact_id"].astype(str)
    if ids.duplicated().any():
        raise ContactError("contact ids that stand twice", where="contacts", expected="each id once")
    issues = _issues(ids, tags)
    about_service = service_reasons or (lambda name: name.startswith(_SERVICE))
    blocks = [issues, *(_levels(contacts, kind) for kind in ("product", "team")), _served(contacts)]
    blocks.append(_levels(contacts, "channel"))
    about = frozenset(name for name in issues.names if about_service(name))
    return DriverDesign(tuple(b for b in blocks if len(b.names)), customers_of(contacts), about)


def _issues(ids: pd.Series, tags: pd.DataFrame) -> DriverBlock:
    rows = rows_of_kind(tags, "reason")[["contact_id", "label"]].astype(str).drop_duplicates()
    rows = rows.loc[rows["label"] != UNKNOWN]
    place = pd.Series(np.arange(len(ids)), index=ids.to_numpy(object))
    at = rows["contact_id"].map(place)
    rows, places = rows.loc[at.notna()], at.dropna().to_numpy(dtype=np.intp)
    names = (UNKNOWN, *sorted(rows["label"].unique()))
    column = pd.Index(names).get_indexer(rows["label"].to_numpy(object))
    matrix = np.zeros((len(ids), len(names)))
    matrix[places, column] = 1.0
    n = matrix.sum(axis=1)
    matrix[n == 0, 0] = 1.0
    return DriverBlock("issue", names, matrix / np.maximum(n, 1.0)[:, None])


def _levels(contacts: pd.DataFrame, kind: str) -> DriverBlock:
    """Give a column for each value; none where the column is missing or empty."""
    if kind not in contacts or not contacts[kind].notna().any():
        return DriverBlock(kind, (), np.empty((len(contacts), 0)))
    cells = contacts[kind].astype(object).where(contacts[kind].notna(), _REST).astype(str)
    names = tuple(sorted(cells.unique()))
    matrix = (pd.Index(names).get_indexer(cells.to_numpy(object))[:, None] == np.arange(len(names))).astype(float)
    return DriverBlock(kind, names, matrix)


def _served(contacts: pd.DataFrame) -> DriverBlock:
    """Mark contacts that were passed on, waited long, got a late answer, or stayed unsolved, as far as it is known."""
    found: dict[str, Floats] = {}
    if "transfers" in contacts:
        found["transferred"] = _marks(numbers(contacts["transfers"]), 0.0)
    for name, column in (("long_wait", "wait_seconds"), ("slow_first_response", "first_response_seconds")):
        if column in contacts:
            times = pd.Series(numbers(contacts[column]), index=contacts.index)
            channel = contacts["channel"].astype(str) if "channel" in contacts else pd.Series("", contacts.index)
            usual = times.groupby(channel.to_numpy(object)).transform("median").to_numpy(np.float64)
            found[name] = _marks(times.to_numpy(np.float64), _LONG * usual)
    if "resolved" in contacts:
        solved = numbers(contacts["resolved"])
        found["unsolved"] = np.where(np.isnan(solved), np.nan, (solved == 0).astype(float))
    known = {name: marks for name, marks in found.items() if len(marks) and np.mean(~np.isnan(marks)) >= _KNOWN}
    names = tuple(name for name in SERVICE_MARKS if name in known)
    columns = [np.nan_to_num(known[name]) for name in names]
    return DriverBlock("served", names, np.column_stack(columns) if columns else np.empty((len(contacts), 0)))


def _marks(values: np.ndarray, above: np.ndarray | float) -> Floats:
    return np.where(np.isnan(values), np.nan, (values > above).astype(float))


def customers_of(contacts: pd.DataFrame) -> np.ndarray:
    """Give each customer a number, in the order of their ids; a contact of nobody known is a customer of its own."""
    own = "contact " + contacts["contact_id"].astype(str)
    if "customer_id" in contacts:
        known = contacts["customer_id"].notna()
        own = own.where(~known, "customer " + contacts["customer_id"].astype(str))
    return np.asarray(pd.factorize(own.to_numpy(object), sort=True)[0])


def _fold(block: DriverBlock) -> DriverBlock:
    """Put products and teams that few contacts have together."""
    if block.kind not in ("product", "team", "channel"):
        return block
    rare = (block.matrix.sum(axis=0) < _FEWEST_ROWS) | np.array([name == _REST for name in block.names], dtype=bool)
    if not rare.any():
        return block
    rest = block.matrix[:, rare].sum(axis=1, keepdims=True)
    names = (_REST, *(name for name, few in zip(block.names, rare, strict=True) if not few))
    return replace(block, names=names, matrix=np.hstack([rest, block.matrix[:, ~rare]]))


def _tells(block: DriverBlock) -> bool:
    """Whether the contacts differ in it at all."""
    return len(block.names) > 0 and bool((block.matrix != block.matrix[:1]).any())
