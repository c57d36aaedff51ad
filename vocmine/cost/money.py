"""Money in whole smallest units, so that parts add up to the ledger exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# ISO 4217: currencies whose smallest unit is not a hundredth (https://www.iso.org/iso-4217-currency-codes.html).
_NO_DECIMALS = frozenset(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    )
)
_THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def decimals(currency: str) -> int:
    """Tell how many decimals the smallest unit of a currency has (ISO 4217).

    Examples
    --------
    >>> decimals("JPY"), decimals("USD"), decimals("KWD")
    (0, 2, 3)
    """
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def whole_units(amount: Floats, currency: str) -> Floats:
    """Round amounts to the smallest unit of the currency."""
    return np.round(amount, decimals(currency))


def split_exactly(amount: Floats, currency: str) -> Floats:
    """Round parts to the smallest unit so that they add up to the rounded whole (largest remainder).

    Parameters
    ----------
    amount : ndarray of shape (n,)
        Parts of a whole, in the currency.
    currency : str
        ISO 4217 code.

    Returns
    -------
    ndarray of shape (n,)
        Each part within one smallest unit of what it was; their sum is the whole, rounded once.

    Examples
    --------
    >>> split_exactly(np.array([33.4, 33.3, 33.3]), "JPY").tolist()
    [34.0, 33.0, 33.0]
    """
    scale = 10 ** decimals(currency)
    exact = _cleaned(amount * scale)
    floor = np.floor(exact)
    # Of the parts as they are, not cleaned: so rows and columns of a table agree on the whole.
    left = int(np.round(_cleaned(np.sum(amount * scale))) - floor.sum())
    # A stable sort keeps equal remainders in the order of the rows.
    order = np.argsort(-(exact - floor), kind="stable")
    floor[order[:left]] += 1
    return np.asarray(floor / scale, dtype=float)


def split_table_exactly(amount: Floats, currency: str) -> Floats:
    """Round a table to the smallest unit so that its rows, its columns and the whole add up exactly.

    Row and column sums are rounded as `split_exactly` does; each cell then goes to the unit below or above it, chosen
    by a flow from the rows to the columns (controlled rounding: Cox, J. American Statistical Association 82, 1987).

    Parameters
    ----------
    amount : ndarray of shape (n, k)
        Parts of a whole, not negative, in the currency.
    currency : str
        ISO 4217 code.

    Returns
    -------
    ndarray of shape (n, k)

    Examples
    --------
    >>> table = split_table_exactly(np.array([[0.5, 0.5], [0.5, 0.5]]), "JPY")
    >>> table.sum(axis=0).tolist(), table.sum(axis=1).tolist()
    ([1.0, 1.0], [1.0, 1.0])
    """
    scale = 10 ** decimals(currency)
    exact = _cleaned(amount * scale)
    units = np.floor(exact)
    rows, columns = (np.round(split_exactly(amount.sum(axis=axis), currency) * scale) for axis in (1, 0))
    never = np.zeros(units.shape, dtype=bool)
    units += _flow(exact > units, never, rows - units.sum(axis=1), columns - units.sum(axis=0))
    # Where no such rounding hits all sums at once, a few cells go one unit further; what is nothing stays nothing.
    units += _flow(exact > 0, units > 0, rows - units.sum(axis=1), columns - units.sum(axis=0))
    # Where even that has no way, the last units go to the largest cells of their rows.
    for row in np.flatnonzero(rows > units.sum(axis=1)):
        while rows[row] > units[row].sum():
            open_columns = columns > units.sum(axis=0)
            units[row, int(np.argmax(np.where(open_columns, exact[row], -1)))] += 1
    return np.asarray(units / scale, dtype=float)


def _cleaned(exact: Floats | np.floating[Any]) -> Floats:
    """Drop the noise of sums, so that it decides no remainder."""
    return np.asarray(np.round(exact, 6), dtype=float)


def _flow(up: NDArray[np.bool_], down: NDArray[np.bool_], rows: Floats, columns: Floats) -> Floats:
    """Give a unit more or less for cells that may take it, with the wanted sums as far as there is a way."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_flow

    n, k = up.shape
    if not rows.any():
        return np.zeros((n, k))
    (row, column), (from_row, from_column) = np.nonzero(up), np.nonzero(down)
    source, sink = n + k, n + k + 1
    tail = np.concatenate([np.full(n, source), row, n + from_column, n + np.arange(k)])
    head = np.concatenate([np.arange(n), n + column, from_row, np.full(k, sink)])
    capacity = np.concatenate([rows, np.ones(len(row) + len(from_row)), columns]).astype(np.int32)
    graph = coo_array((capacity, (tail, head)), shape=(sink + 1, sink + 1)).tocsr()
    flow = maximum_flow(graph, source, sink).flow
    return np.asarray(flow[:n, n : n + k].toarray(), dtype=float)
