"""What is explained: satisfaction, recommendation or coming back, as numbers whose mean is the figure of the field."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from vocmine.errors import ContactError, SettingsError
from vocmine.frames import require_columns
from vocmine.stats import Floats

Outcome = Literal["csat", "nps", "repeat"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
COLUMN_OF = {"csat": "csat", "nps": "nps", "repeat": "came_back"}
"""Column of the contacts that holds an outcome."""

HIGHER_IS_BETTER = {"csat": True, "nps": True, "repeat": False}
SCALE = {"csat": (1.0, 5.0), "nps": (-100.0, 100.0), "repeat": (0.0, 1.0)}

_PROMOTES, _DETRACTS = 9, 6  # marks from and up to which a customer counts (Reichheld 2003)


def outcome_values(contacts: pd.DataFrame, outcome: str) -> Floats:
    """Give the outcome of each contact as a number, NaN where it is not known.

    Parameters
    ----------
    contacts : DataFrame
        ``csat`` (1 to 5), ``nps`` (0 to 10) or ``came_back`` (whether the customer came again about the same).
    outcome : {"csat", "nps", "repeat"}
        A promoter (9 and 10) is 100, a detractor (0 to 6) -100, the others 0: their mean is the net promoter score.

    Returns
    -------
    ndarray of shape (n,)

    Raises
    ------
    SettingsError
        If there is no such outcome.
    ContactError
        If its column is missing, or a mark is off its scale.

    Examples
    --------
    >>> outcome_values(pd.DataFrame({"nps": [10, 9, 8, 6, None]}), "nps").tolist()
    [100.0, 100.0, 0.0, -100.0, nan]
    """
    if outcome not in OUTCOMES:
        raise SettingsError("no such outcome", where="outcome", got=repr(outcome), expected=", ".join(OUTCOMES))
    column = COLUMN_OF[outcome]
    hint = "make it with vocmine.journeys.came_back(contacts, tags)" if outcome == "repeat" else ""
    require_columns(contacts, (column,), "contacts", ContactError, hint)
    marks = numbers(contacts[column])
    if outcome != "nps":
        _check_scale(marks, column, *SCALE[outcome])
        return marks
    _check_scale(marks, column, 0.0, 10.0)
    score = 100.0 * ((marks >= _PROMOTES).astype(float) - (marks <= _DETRACTS))
    return np.where(np.isnan(marks), np.nan, score)


def numbers(values: Any) -> Floats:
    """Give a column as numbers; NaN where it is none.

    Examples
    --------
    >>> numbers(pd.Series([True, None, "2", "x"], dtype=object)).tolist()
    [1.0, nan, 2.0, nan]
    """
    series = pd.Series(values)
    return np.asarray(pd.to_numeric(series.astype(object), errors="coerce"), dtype=np.float64)


def _check_scale(marks: Floats, column: str, low: float, high: float) -> None:
    off = (marks < low) | (marks > high)
    if off.any():
        raise ContactError(
            "marks off their scale", where=f"contacts, column {column}", got=f"{int(off.sum())} of them",
            expected=f"{low:g} to {high:g}", hint="read the contacts with vocmine.read_contacts",
        )
