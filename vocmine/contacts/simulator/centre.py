"""Read the made-up centre's numbers and sentences from the data files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

STYLES = ("note", "say", "post", "short")
_SENTENCE_FILES = ("billing", "delivery", "account", "technical", "contract", "service")


@dataclass(frozen=True)
class Centre:
    """The centre as plain data.

    Parameters
    ----------
    numbers : mapping
        The content of ``centre.yaml``.
    patterns : mapping
        ``patterns[reason][lang][style]`` is a tuple of sentence patterns; the key ``planted`` holds the new issue.
    phrases, slots, people : mapping
        What is put around the patterns, into their slots, and the made-up people.
    swaps : mapping
        By language, groups of wordings that can stand for one another.
    """

    numbers: Mapping[str, Any]
    patterns: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    phrases: Mapping[str, Any]
    slots: Mapping[str, Mapping[str, list[str]]]
    people: Mapping[str, Any]
    swaps: Mapping[str, list[list[str]]]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reason ids, in the order of the data file."""
        return tuple(self.numbers["reasons"])

    def column(self, field: str) -> np.ndarray:
        """One number of each reason, as an array in the order of `reasons`."""
        return np.array([reason[field] for reason in self.numbers["reasons"].values()])


@lru_cache(maxsize=1)
def load_centre() -> Centre:
    """Read the data files once.

    Examples
    --------
    >>> len(load_centre().reasons)
    34
    """
    patterns: dict[str, Any] = {}
    for name in _SENTENCE_FILES:
        patterns.update(_lines(_read(f"sentences/{name}.yaml")))
    issue = _read("sentences/issues.yaml")
    patterns["planted"] = _lines({lang: issue[lang] for lang in ("ja", "en")})
    return Centre(
        numbers=_read("centre.yaml"), patterns=patterns, phrases=_lines(_read("phrases.yaml")),
        slots=_read("slots.yaml"), people=_read("people.yaml"), swaps=_read("swaps.yaml"),
    )


def _read(name: str) -> Any:
    return yaml.safe_load(files("vocmine.contacts.simulator").joinpath("data", name).read_text(encoding="utf-8"))


def _lines(tree: Any) -> Any:
    """Cut each block of text of a tree into its lines."""
    if isinstance(tree, str):
        return tuple(line for line in tree.splitlines() if line.strip())
    return {key: _lines(branch) for key, branch in tree.items()}
