"""Files of patterns in ``data/lexicons``: lists of regular expressions by name, with shared groups of words."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from vocmine.classify.sentiment.script_patterns import ByScript

GAP = "\u2028"  # stands for a near miss that was taken out; no pattern matches across it
_GROUP = re.compile(r"<([a-z_]+)>")


@lru_cache(maxsize=8)
def pattern_file(name: str) -> dict[str, dict[str, ByScript]]:
    """Read a file of patterns: section, then list, then the patterns by script.

    ``<word>`` in a pattern stands for the group of that name in the file's section ``words``, where a group may use the
    groups before it.

    Parameters
    ----------
    name : str
        File in ``vocmine/classify/data/lexicons``, without its ending.

    Examples
    --------
    >>> sorted(pattern_file("signals")["churn"])
    ['not', 'strong', 'weak']
    """
    source = files("vocmine.classify").joinpath("data", "lexicons", f"{name}.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(source)
    words: dict[str, str] = {}
    for key, group in (table.pop("words", None) or {}).items():
        words[key] = f"(?:{_filled(group, words)})"
    return {
        section: {part: ByScript([_filled(row, words) for row in rows or []]) for part, rows in lists.items()}
        for section, lists in table.items()
    }


def _filled(row: str, words: dict[str, str]) -> str:
    return _GROUP.sub(lambda found: words[found[1]], row)


class Found(NamedTuple):
    """What matched in a text: the words of strong patterns and of weak ones."""

    strong: list[str]
    weak: list[str]


NOTHING = Found([], [])


def find(lists: dict[str, ByScript], text: str, script: int) -> Found:
    """Find what the patterns ``strong`` and ``weak`` match where those of ``not`` do not.

    Parameters
    ----------
    lists : dict of str to ByScript
        A section of a file of patterns.
    text : str
        Normalised text.
    script : int
        See `vocmine.classify.sentiment.script_patterns.script_of`.

    Examples
    --------
    >>> find(pattern_file("signals")["churn"], "解約したいです", 1).strong
    ['解約したい']
    """
    strong, weak = lists["strong"][script], lists["weak"][script]
    if strong.search(text) is None and weak.search(text) is None:
        return NOTHING
    rest = lists["not"][script].sub(GAP, text)
    return Found([m.group() for m in strong.finditer(rest)], [m.group() for m in weak.finditer(rest)])
