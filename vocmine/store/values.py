"""The values of a manifest: each has a type and a range, and nothing else may stand beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vocmine.errors import StoreError

HINT = "the folder was changed, or something else wrote it: take it from where it was saved, or fit and save again"

Count = Annotated[int, Field(ge=0, le=2**53)]
Day = Annotated[int, Field(ge=-100_000, le=100_000)]  # since 1970-01-01; what dates in nanoseconds can hold
Topic = Annotated[int, Field(ge=0, le=10_000_000)]
Share = Annotated[float, Field(ge=0, le=1)]
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,40}")


class Saved(BaseModel):
    """Values of a saved thing: exact types, no number that is none, no key beside those that are named."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


_Values = TypeVar("_Values", bound=Saved)


def checked(kind: type[_Values], values: Mapping[str, Any], where: str) -> _Values:
    """Give values as what they must be.

    Parameters
    ----------
    kind : type of Saved
        What is known of them.
    values : mapping
        As JSON gives them.
    where : str
        Named in the message, for instance the folder.

    Raises
    ------
    StoreError
        If a value is missing, of another type, out of its range or unknown; it never shows a text.

    Examples
    --------
    >>> class Thing(Saved):
    ...     days: Count
    >>> checked(Thing, {"days": 3}, "folder").days
    3
    >>> checked(Thing, {"days": -3}, "folder")
    Traceback (most recent call last):
    vocmine.errors.StoreError: a value of the manifest is wrong; where: folder, days; got: -3; ...
    """
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(_shown_key(key) for key in first["loc"])
        raise StoreError(
            "a value of the manifest is wrong", where=f"{where}, {place}" if place else where,
            got=_shown(first["input"]), expected=first["msg"], hint=HINT,
        ) from None
    except RecursionError:
        raise StoreError("a value of the manifest is nested too deeply", where=where, hint=HINT) from None


def _shown_key(key: int | str) -> str:
    """Name a place; a key that is no plain name may be a text of a customer."""
    return str(key) if isinstance(key, int) or _PLAIN.fullmatch(key) else "(a key)"


def _shown(value: object) -> str:
    """Show a number, and of all else only what it is."""
    if value is None or isinstance(value, bool | float):
        return repr(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 2**63 else "a number beyond all bounds"
    named = {str: "a text", list: "a list", dict: "a mapping"}
    return next((name for kind, name in named.items() if isinstance(value, kind)), type(value).__name__)
