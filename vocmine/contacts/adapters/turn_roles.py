"""The role of each turn's speaker in a table of turns, and the doubts where it is not known."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, fold, masked, object_array
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import by_distinct
from vocmine.text.speakers import FOR_CUSTOMER, ROLES, speaker_key, speaker_role, told_roles

HINT = "speaker_role"
"""Column of turns with the role that a system's export makes evident, where no word of the name says otherwise."""

Names = Sequence[str] | np.ndarray
_SHOWN = 8  # names that a doubt shows


def turn_roles(
    conversations: Names, names: Names, hints: Names | None = None,
    speakers: Mapping[str, str] | None = None, notes: Notes | None = None,
) -> np.ndarray:
    """Give the role of each turn.

    What is told wins, then the words of the name, then what is told of all others (``"*"``), then the hint. Where
    exactly two people speak and one of them is known, the other is the other side, which is noted as a doubt. Turns of
    anybody else have no role, and are noted.

    Parameters
    ----------
    conversations, names : sequence of str, length n
        Conversation and speaker of each turn.
    hints : sequence of str, length n, optional
        Role that the export makes evident; empty where it does not.
    speakers : mapping of str to str, optional
        Told: name -> ``customer``, ``agent`` or ``bot``.
    notes : Notes, optional
        Where doubts go.

    Returns
    -------
    ndarray of object, shape (n,)
        ``customer``, ``agent``, ``bot`` or None.

    Examples
    --------
    >>> turn_roles(["a", "a", "b"], ["オペレーター", "山田", "山田"]).tolist()
    ['agent', 'customer', None]
    >>> turn_roles(["a", "a"], ["山田", "佐藤"], speakers={"山田": "agent", "*": "customer"}).tolist()
    ['agent', 'customer']
    """
    notes = Notes() if notes is None else notes
    codes, distinct = pd.factorize(object_array(list(names)), use_na_sentinel=False)
    told, others = told_roles(speakers or {})
    found = [told.get(speaker_key(name)) or speaker_role(name) or others for name in distinct]
    roles = object_array(found)[codes] if len(distinct) else np.empty(0, dtype=object)
    if hints is not None:
        evident = object_array([hint if hint in ROLES else "" for hint in map(fold, hints)])
        roles = np.where(roles == "", evident, roles)
    speaks_for = roles == FOR_CUSTOMER
    _note(notes, "speaker_for_customer", names, speaks_for, "customer")
    roles[speaks_for] = "customer"
    _assume_other_side(conversations, names, roles, notes)
    unknown = roles == ""
    nobody = not np.isin(roles[roles != ""].astype(str), ("agent", "bot")).any()
    _note(notes, "unknown_speaker", names, unknown, "customer", nobody_known=nobody)
    _note_no_customer(conversations, names, roles, notes)
    roles[unknown] = None
    return roles


def _assume_other_side(conversations: Names, names: Names, roles: np.ndarray, notes: Notes) -> None:
    """Where two people speak and one of them is known, take the other for the other side."""
    unknown = pd.Series(roles == "")
    if not unknown.any():
        return
    people = pd.DataFrame({
        "talk": pd.factorize(object_array(list(conversations)))[0], "role": roles,
        "name": by_distinct(object_array(list(names)), speaker_key),
    })
    people = people[(people["role"] != "bot") & people["talk"].isin(people.loc[unknown, "talk"])]
    each = people.drop_duplicates(["talk", "name"])
    nameless = each.loc[each["name"] == "", "talk"]
    pairs = each["talk"].map(each["talk"].value_counts()) == 2
    two = each[pairs & ~each["talk"].isin(nameless)]
    known = two[two["role"] != ""].drop_duplicates("talk", keep=False).set_index("talk")["role"]
    assumed = people.loc[unknown.reindex(people.index), "talk"].map(known).dropna()
    for known_role, other in (("customer", "agent"), ("agent", "customer")):
        where = np.zeros(len(roles), bool)
        where[assumed.index[assumed == known_role]] = True
        _note(notes, "speaker_assumed", names, where, other)
        roles[where] = other


def _note_no_customer(conversations: Names, names: Names, roles: np.ndarray, notes: Notes) -> None:
    talks = pd.Series(roles == "customer").groupby(np.asarray(conversations, dtype=object), sort=False).any()
    silent = talks.index[~talks]
    if len(silent):
        where = np.isin(np.asarray(conversations, dtype=object), silent.to_numpy())
        nobody = not np.isin(roles, ("agent", "bot")).any()
        _note(notes, "no_customer_turns", names, where, "customer", len(silent), nobody)


def _note(
    notes: Notes, code: str, names: Names, where: np.ndarray, role: str, rows: int | None = None,
    nobody_known: bool = False,
) -> None:
    """Note a doubt about the turns there, and the line that says who its speaker is."""
    if not where.any():
        return
    there = np.asarray(names, dtype=object)[where]
    distinct = [name.strip().replace(",", "") for name in dict.fromkeys(there)]
    shown = masked([name or "(no name)" for name in distinct[:_SHOWN]])
    line = f"speakers: {{{_told_key(distinct, shown)}: {role}}}"
    if code != "speaker_for_customer" and len(distinct) > 1 and nobody_known:
        line = f'speakers: {{{_told_key(distinct, shown)}: agent, "*": customer}}'
    notes.doubt(code, "speaker", rows=int(where.sum()) if rows is None else rows, shown=", ".join(shown), line=line)


def _told_key(names: list[str], shown: list[str]) -> str:
    """Give the name a line of the mapping says: one that is masked can't be named, so all others are, or a blank."""
    if not names[0] or (len(names) == 1 and names[0] != shown[0]):
        return '"*"'
    return "(name)" if names[0] != shown[0] else _yaml_key(names[0])


def _yaml_key(name: str) -> str:
    return name if re.fullmatch(r"[^\W\d_]\w*", name) else json.dumps(name, ensure_ascii=False)


def names_of(turns: pd.DataFrame) -> np.ndarray:
    """Give the speakers of a table of turns as texts; empty where there is no name.

    Examples
    --------
    >>> names_of(pd.DataFrame({"speaker": [" Agent ", None]})).tolist()
    ['Agent', '']
    """
    return object_array([name.strip() for name in as_strings(turns["speaker"])])
