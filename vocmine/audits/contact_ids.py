"""Ids of contacts that a spreadsheet took for numbers, given back what they were."""

from __future__ import annotations

import re
from decimal import Context, Decimal

import pandas as pd

from vocmine.audits.answers import answer_key
from vocmine.errors import AuditError

_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


def restored_ids(table: pd.DataFrame, contact_ids: pd.Series[str]) -> pd.DataFrame:
    """Give an audit whose ids are those of the contacts again: leading zeros, width, case and spaces may be lost.

    Parameters
    ----------
    table : DataFrame
        ``contact_id`` is read.
    contact_ids : Series
        Ids of the contacts; one that is among them stays as it is.

    Returns
    -------
    DataFrame
        The table itself where nothing had to be changed.

    Raises
    ------
    AuditError
        If an id was shortened (1.23E+15) and fits several contacts.

    Examples
    --------
    >>> restored_ids(pd.DataFrame({"contact_id": ["7", "b"]}), pd.Series(["007", "B "]))["contact_id"].tolist()
    ['007', 'B ']
    """
    ids = table["contact_id"].astype(str)
    known = contact_ids.astype(str)
    lost = ids[~ids.isin(set(known))].unique()
    if not len(lost):
        return table
    keys = pd.Series(known.to_numpy(), index=known.map(answer_key).to_numpy())
    keys = keys[~keys.index.duplicated(keep=False)]
    digits = known[known.str.fullmatch(r"\d+")]
    found = {each: _restored(each, keys, digits) for each in lost}
    changed = {each: now for each, now in found.items() if now is not None}
    return table.assign(contact_id=ids.map(lambda each: changed.get(each, each))) if changed else table


def _restored(lost: str, keys: pd.Series[str], digits: pd.Series[str]) -> str | None:
    if _SHORTENED.fullmatch(lost.strip()):
        return _lengthened(lost.strip(), digits)
    key = answer_key(lost)
    return str(keys[key]) if key in keys.index else None


def _lengthened(lost: str, digits: pd.Series[str]) -> str | None:
    """Find the one id that a number such as 1.23457E+15 was made of."""
    number = Decimal(lost.replace(",", "."))
    context = Context(prec=len(number.as_tuple().digits))
    long = digits[digits.str.lstrip("0").str.len() == number.adjusted() + 1]
    fitting = [each for each in long if context.create_decimal(each) == number]
    if len(fitting) > 1:
        raise AuditError("a spreadsheet has shortened ids of contacts", where="audit.contact_id",
                         got=f"{lost}, which fits {len(fitting)} contacts", hint="draw it as .xlsx, which keeps them")
    return fitting[0] if fitting else None
