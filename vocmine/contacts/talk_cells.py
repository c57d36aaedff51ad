"""Tables whose texts are whole talks: customer and agent in one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from vocmine.contacts.adapters.split_turns import share_of_talks
from vocmine.contacts.cells import as_strings
from vocmine.contacts.found import find_columns
from vocmine.contacts.mapping import ContactMapping
from vocmine.text.turns import said_by, split_turns

_LOOKED_AT = 200  # texts
NEARLY_ALL = 0.9
"""Share of talks from which on all texts of a table are read as such."""

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


def with_talks_split(frame: pd.DataFrame, speakers: Mapping[str, str]) -> pd.DataFrame:
    r"""Give contacts whose text is a whole talk the customer's turns as their text, and put the others' beside them.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        Raw rows with the columns of the contacts table.
    speakers : mapping of str to str
        Told: name of a speaker -> role.

    Returns
    -------
    DataFrame
        The same frame where no text is a talk. Else ``agent_text`` has what agents and bots say, and
        ``customer_turns`` the number of the customer's turns; both are empty for other texts.

    Examples
    --------
    >>> frame = pd.DataFrame({"text": ["客：届きません\nOP：お調べします\n客：はい", "届かない"]})
    >>> with_talks_split(frame, {}).values.tolist()
    [['届きません\nはい', 'お調べします', '2'], ['届かない', '', '']]
    """
    if "text" not in frame:
        return frame
    texts = as_strings(frame["text"])
    talks = {row: turns for row, text in enumerate(texts) if (turns := split_turns(text, speakers))}
    if not talks:
        return frame
    columns = {
        name: as_strings(frame[name]) if name in frame else as_strings([None] * len(frame))
        for name in ("agent_text", "customer_turns")
    }
    for row, turns in talks.items():
        texts[row] = said_by(turns, "customer")
        answers = said_by(turns, "agent", "bot")
        columns["agent_text"][row] = "\n".join(filter(None, (answers, columns["agent_text"][row])))
        columns["customer_turns"][row] = str(sum(turn.role == "customer" for turn in turns))
    made = {"text": texts, **columns}
    return frame.assign(**{name: pd.Series(cells, frame.index, dtype=object) for name, cells in made.items()})
