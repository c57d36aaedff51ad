"""Money in whole smallest units, so that parts add up to the ledger exactly."""

from __future__ import annotations

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
    left = int(np.round(exact.sum()) - floor.sum())
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
    units += _flow(exact > units, rows - units.sum(axis=1), columns - units.sum(axis=0))
    # Where no such rounding hits all sums at once, the last units go to the largest cells of their rows.
    for row in np.flatnonzero(rows > units.sum(axis=1)):
        while rows[row] > units[row].sum():
            open_columns = columns > units.sum(axis=0)
            units[row, int(np.argmax(np.where(open_columns, exact[row], -1)))] += 1
    return np.asarray(units / scale, dtype=float)


def _cleaned(exact: Floats) -> Floats:
    """Drop the noise of sums, so that it decides no remainder."""
    return np.asarray(np.round(exact, 6), dtype=float)


def _flow(free: NDArray[np.bool_], rows: Floats, columns: Floats) -> Floats:
    """Give 0 or 1 for each free cell, with the wanted sums of rows and columns as far as there is a way."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_flow

    n, k = free.shape
    row, column = np.nonzero(free)
    source, sink = n + k, n + k + 1
    tail = np.concatenate([np.full(n, source), row, n + np.arange(k)])
    head = np.concatenate([np.arange(n), n + column, np.full(k, sink)])
    capacity = np.concatenate([rows, np.ones(len(row)), columns]).astype(np.int32)
    graph = coo_array((capacity, (tail, head)), shape=(sink + 1, sink + 1)).tocsr()
    flow = maximum_flow(graph, source, sink).flow
    return np.asarray(flow[:n, n : n + k].toarray(), dtype=float)
