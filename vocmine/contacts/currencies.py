"""Amounts of money in one currency: ``"¥1,200"`` and ``"$12"`` in one column can't be added up."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import fold, text_of
from vocmine.contacts.values import by_distinct
from vocmine.errors import ContactError

_AMOUNT = "cost_extra"
_NAMED = ("currency", "currency_code", "通貨", "通貨コード")  # columns that say the currency of a row's amounts
_MARKS = (
    ("JPY", re.compile(r"[¥\\]|円|jpy|yen")),
    ("EUR", re.compile(r"€|eur|ユーロ")),
    ("GBP", re.compile(r"£|gbp|ポンド")),
    ("USD", re.compile(r"\$|usd|ドル|dollar")),
)
_CODE = re.compile(r"[a-z]{3}")


def currency_of(text: str) -> str:
    """Tell the currency that an amount or the name of one shows; empty where it shows none.

    Examples
    --------
    >>> [currency_of(text) for text in ("￥1,200", "12ドル", "$ 12", "eur", "CHF", "1200", "")]
    ['JPY', 'USD', 'USD', 'EUR', 'CHF', '', '']
    """
    word = fold(text)
    for name, mark in _MARKS:
        if mark.search(word):
            return name
    return word.upper() if _CODE.fullmatch(word) else ""


class AmountCurrency:
    """The currency of the amounts of one source, read chunk by chunk.

    Examples
    --------
    >>> seen = AmountCurrency()
    >>> seen.check(pd.DataFrame({"cost_extra": ["¥1,200", "300"]}), "a.csv")
    >>> seen.check(pd.DataFrame({"cost_extra": ["$12", "", "n/a"]}), "a.csv")
    Traceback (most recent call last):
        ...
    vocmine.errors.ContactError: amounts in more than one currency; where: a.csv, column cost_extra; got: JPY 1...
    """

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()

    def check(self, columns: pd.DataFrame, source: str) -> None:
        """Note the currencies of a chunk's amounts.

        Parameters
        ----------
        columns : DataFrame
            Raw columns under the names of the contacts table.
        source : str
            Name of the source.

        Raises
        ------
        ContactError
            If the amounts of the source are in more than one currency.
        """
        if _AMOUNT not in columns:
            return
        if pd.api.types.is_numeric_dtype(columns[_AMOUNT].dtype) and not _named(columns):
            return
        shown = by_distinct(columns[_AMOUNT], _mark)
        filled = by_distinct(columns[_AMOUNT], lambda cell: any(map(str.isdigit, fold(text_of(cell)))), "bool")
        for name in _named(columns):
            beside = by_distinct(columns[name], lambda cell: currency_of(text_of(cell)))
            shown = np.where(shown == "", beside, shown)
        self._rows.update(name for name in shown[filled] if name)
        if len(self._rows) > 1:
            got = ", ".join(f"{name} {n:,}" for name, n in sorted(self._rows.items()))
            raise ContactError(
                "amounts in more than one currency", where=f"{source}, column {_AMOUNT}", got=f"{got} rows",
                expected="that of the cost model", hint="convert them, or read each currency's contacts on their own",
            )


def _mark(cell: Any) -> str:
    return currency_of(text_of(cell))


def _named(columns: pd.DataFrame) -> list[str]:
    return [str(name) for name in columns if fold(str(name)) in _NAMED]
