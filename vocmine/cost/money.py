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
    exact = amount * scale
    floor = np.floor(exact)
    left = int(np.round(exact.sum()) - floor.sum())
    # A stable sort keeps equal remainders in the order of the rows.
    order = np.argsort(-(exact - floor), kind="stable")
    floor[order[:left]] += 1
    return np.asarray(floor / scale, dtype=float)
