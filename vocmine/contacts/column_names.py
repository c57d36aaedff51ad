"""Names of columns, each of them once."""

from __future__ import annotations

from collections.abc import Sequence


def distinct_names(names: Sequence[str]) -> list[str]:
    """Give each column a name of its own: blank ones are numbered by place, those that come again by their turn.

    Examples
    --------
    >>> distinct_names(["Source", "Text", "Source", " "])
    ['Source', 'Text', 'Source (2)', 'column_4']
    """
    tidy = [str(name).lstrip("\ufeff").strip() or f"column_{i}" for i, name in enumerate(names, 1)]
    taken, out = set(tidy), list[str]()
    turn: dict[str, int] = {}
    for name in tidy:
        turn[name] = turn.get(name, 0) + 1
        new = name
        while turn[name] > 1 and new in taken:
            new = f"{name} ({turn[name]})"
            turn[name] += new in taken
        taken.add(new)
        out.append(new)
    return out
