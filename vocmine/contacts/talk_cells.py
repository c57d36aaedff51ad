"""Tables whose texts are whole talks: customer and agent in one cell."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from vocmine.contacts.adapters.split_turns import share_of_talks
from vocmine.contacts.cells import as_strings
from vocmine.contacts.found import find_columns
from vocmine.contacts.mapping import ContactMapping

_LOOKED_AT = 200  # texts
NEARLY_ALL = 0.9
"""Share of talks from which on all texts of a table are read as such."""

SOME = 1 / 3
"""Share of talks from which on it is told."""

_REQUIRED = ("contact_id", "created_at", "channel", "text")


def talks_in(texts: pd.Series, mapping: ContactMapping) -> float:
    r"""Give the share of the first texts that are talks.

    Examples
    --------
    >>> talks_in(pd.Series(["Agent: Hello\nCustomer: It broke", "It broke"]), ContactMapping())
    0.5
    """
    return share_of_talks(as_strings(texts.head(_LOOKED_AT)), mapping.speakers)


def holds_talks(frame: pd.DataFrame, source: str, mapping: ContactMapping) -> bool:
    r"""Tell whether the texts of a table are whole talks, with the names of customer and agent before their words.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        The first rows.
    source : str
        Name of the source.
    mapping : ContactMapping
        What is told; a format that is told says what the rows are.

    Examples
    --------
    >>> frame = pd.DataFrame({"id": ["1"], "transcript": ["Agent: Hello\nCustomer: It broke"]})
    >>> holds_talks(frame, "a.csv", ContactMapping())
    True
    """
    names = [str(name) for name in frame.columns]
    if not set(mapping.columns) <= set(names) or mapping.format is not None:
        return False
    told = replace(mapping, units={}, ignore=tuple(name for name in mapping.ignore if name in names))
    found = find_columns(names, told, _REQUIRED, source).sources.get("text", ())
    return len(found) == 1 and talks_in(frame[found[0]], mapping) >= NEARLY_ALL
