"""Ids of proposed reasons, and the level above them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from vocmine.classify.taxonomy.taxonomy import Reason
from vocmine.proposals import glossary
from vocmine.proposals.naming import Name
from vocmine.topics.naming.statements import Statement

_WORD = re.compile(r"[a-z0-9]+")
_WORDS = 4  # of an id


def slug(name: str) -> str:
    """Make the part of an id that a person can read, empty for a name without Latin letters.

    Examples
    --------
    >>> slug("Parcel not arrived"), slug("荷物が届かない")
    ('parcel_not_arrived', '')
    """
    return "_".join(_WORD.findall(name.lower())[:_WORDS]) if name.isascii() else ""


def new_id(name: Mapping[str, str], parent: str, used: set[str]) -> str:
    """Give an id that lasts and that no other reason has; it is added to those used.

    Examples
    --------
    >>> used: set[str] = set()
    >>> asked = ({"ja": "謎", "en": "Riddle"}, "play"), ({"ja": "謎"}, "play"), ({"ja": "何"}, "")
    >>> [new_id(name, above, used) for name, above in asked]
    ['play.riddle', 'play.r01', 'g01']
    """
    head = f"{parent}." if parent else ""
    stem = slug(name.get("en", ""))
    found = f"{head}{stem}"
    number = 2 if stem else 1
    while not stem or found in used:
        found = f"{head}{stem}_{number}" if stem else f"{head}{'r' if parent else 'g'}{number:02d}"
        if found not in used:
            break
        number += 1
    used.add(found)
    return found


def parents_of(
    table: pd.DataFrame, names: Sequence[Name], known_parent: Mapping[int, str | None], count: np.ndarray,
    used: set[str],
) -> tuple[list[str | None], list[Reason]]:
    """Give each group the id of the reason above it, and the new ones among these.

    Parameters
    ----------
    table : DataFrame
        ``group, group_name``, as `Groups.parents` gives them.
    names : sequence of Name
    known_parent : mapping of int to str
        What stands above the groups that a list has already. New groups beside them go there where these are most.
    count : ndarray of int
        Contacts of each group.
    used : set of str
        Ids that are used; new ones are added.
    """
    out: list[str | None] = [known_parent.get(g) for g in range(len(names))]
    made: list[Reason] = []
    taken = {name for one in names for name in one.names.values()}
    order = table.assign(n=count).groupby("group")["n"].sum().sort_values(ascending=False, kind="stable").index
    for group in order:
        members = np.flatnonzero(table["group"].to_numpy() == group).tolist()
        new = [g for g in members if g not in known_parent]
        if not new:
            continue
        above: dict[str, int] = {}
        for g in members:
            parent = known_parent.get(g)
            if parent:
                above[parent] = above.get(parent, 0) + int(count[g])
        best = max(above, key=lambda p: (above[p], p), default="")
        if not best or 2 * above[best] < count[members].sum():
            title = str(table["group_name"].iloc[members[0]])
            options = [_titled(title), *(_titled(thing) for g in new for thing in names[g].things)]
            name = next((o for o in options if not taken & set(o.values())), options[-1])
            taken |= set(name.values())
            best = new_id(name, "", used)
            made.append(Reason(best, name))
        for g in new:
            out[g] = best
    return out, made


def _titled(title: str) -> dict[str, str]:
    """Name a level above in both languages where the dictionary allows."""
    title = title.partition(": ")[0]
    if title.isascii():
        other, own, lang = glossary.to_japanese(title), title[:1].upper() + title[1:], "en"
        return {lang: own, "ja": other} if other else {lang: own}
    other = glossary.to_english(Statement(title, "", ""))
    return {"ja": title, "en": other} if other else {"ja": title}


def with_groups_first(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Order reasons so that each stands after the one above it, those of one group together.

    Examples
    --------
    >>> some = [Reason("b.x", {"": "x"}, "b"), Reason("a", {"": "a"}), Reason("b", {"": "b"})]
    >>> [reason.id for reason in with_groups_first(some)]
    ['b', 'b.x', 'a']
    """
    by_id = {r.id: r for r in reasons}
    out: dict[str, Reason] = {}

    def put(reason: Reason) -> None:
        above = by_id.get(reason.parent or "")
        if above is not None and above.id not in out:
            put(above)
        out.setdefault(reason.id, reason)

    tops: dict[str, list[Reason]] = {}
    for reason in reasons:
        tops.setdefault(reason.parent or reason.id, []).append(reason)
    for some in tops.values():
        for reason in some:
            put(reason)
    return tuple(out.values())
