"""What an incident is called, in both languages, and what customers say of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vocmine.topics.monitoring.window import Memory
from vocmine.topics.naming.matter import matter_names

_OTHERS = 1_500  # contacts that its texts are told apart from


@dataclass(frozen=True)
class Described:
    """What is told of the contacts of an incident.

    Parameters
    ----------
    names : dict of str to str
        By language, ``ja`` and ``en``; the other language's name, in quotes, where no contact is in one of them.
    words, quotes : list of str
    """

    names: dict[str, str]
    words: list[str]
    quotes: list[str]


def describe(memory: Memory, rows: np.ndarray) -> Described:
    """Name the contacts of an incident against the others in memory.

    Parameters
    ----------
    memory : Memory
    rows : ndarray of int
        Its contacts; one or more.
    """
    others = np.setdiff1d(np.arange(len(memory)), rows)
    others = others[:: max(1, -(-len(others) // _OTHERS))]
    found = matter_names(
        memory.text[rows].tolist(), memory.terms[rows].tolist(), memory.lang[rows].tolist(),
        memory.terms[others].tolist(),
    )
    known = {"ja": found.name_ja, "en": found.name_en}
    words = " ".join(found.words[:2])
    names = {
        "ja": known["ja"] or (f"「{known['en']}」" if known["en"] else words or "名前のない事象"),
        "en": known["en"] or (f'"{known["ja"]}"' if known["ja"] else words or "Unnamed issue"),
    }
    return Described(names, list(found.words), list(found.quotes))
