"""A proposed list of reasons: a taxonomy like any other, with the figures it rests on."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.store import write_atomic

FIGURES = ("id", "status", "n", "share", "low", "high", "demand_evidence", "demand_is_sure", "previous_share")


@dataclass(frozen=True)
class ProposedTaxonomy(Taxonomy):
    """A list of reasons drafted from contacts, to be edited by a person and used at once.

    Parameters
    ----------
    figures : DataFrame
        A row a reason: ``id``; ``status`` (``new``, ``shipped`` for one of the shipped list; against a previous list
        ``kept``, ``grown``, ``shrunk``, ``gone``); ``n`` contacts, their ``share`` of all with its interval ``low`` to
        ``high``; ``demand_evidence``, in words, and ``demand_is_sure``; ``previous_share``.
    n : int
        Contacts read.
    n_left : int
        Of these without a reason.

    Examples
    --------
    >>> proposed = ProposedTaxonomy(Taxonomy.default().reasons)
    >>> proposed.figures.empty, proposed.leaves == Taxonomy.default().leaves
    (True, True)
    """

    figures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(FIGURES)), compare=False)
    n: int = field(default=0, compare=False)
    n_left: int = field(default=0, compare=False)

    def to_yaml(self, path: str | os.PathLike[str] | None = None, lang: str = "en") -> str:
        """Give the list as YAML with comments, as `Taxonomy.from_yaml` reads it; write it where a path is given."""
        from vocmine.proposals.yaml_text import yaml_text

        text = yaml_text(self, lang)
        if path is not None:
            write_atomic(Path(path), text.encode("utf-8"))
        return text

    def lines(self, lang: str = "en") -> list[str]:
        """Say in lines what was found: how many reasons, the largest, and what changed."""
        from vocmine.proposals.yaml_text import summary_lines

        return summary_lines(self, lang)
