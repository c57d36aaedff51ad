"""Which groups of contacts are a reason that a list has already: the previous one, or the shipped one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from vocmine.classify.reasons.classifier import ReasonClassifier
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.embed import Encoder
from vocmine.proposals.evidence import covered, named_by
from vocmine.proposals.proposed import ProposedTaxonomy
from vocmine.proposals.yaml_text import previous_shares
from vocmine.topics.discovery.grouping import Groups

_SAME = 0.5  # of a group's contacts that a previous list names so: it is that reason
_FEWEST = 5  # contacts of a previous reason that no group is, to be still there


@dataclass(frozen=True)
class Previous:
    """An earlier list, and the shares it told.

    Examples
    --------
    >>> Previous.read(Taxonomy.default()).shares
    {}
    """

    taxonomy: Taxonomy
    shares: dict[str, float]

    @classmethod
    def read(cls, previous: Taxonomy | str | os.PathLike[str]) -> Previous:
        """Take a list, or read it from a file with the shares in its comments."""
        if isinstance(previous, ProposedTaxonomy):
            return cls(previous, dict(zip(previous.figures["id"], previous.figures["share"], strict=True)))
        if isinstance(previous, Taxonomy):
            return cls(previous, {})
        return cls(Taxonomy.from_yaml(previous), previous_shares(Path(previous)))


def match_previous(
    groups: Groups, distinct: pd.DataFrame, before: Previous, encoder: Encoder
) -> tuple[Groups, dict[int, str]]:
    """Find the reasons of the previous list among the groups; contacts of one that no group is, are a group too.

    Returns
    -------
    Groups
        Those of one reason put together.
    dict of int to str
        The id of each group that is one.
    """
    texts, times = distinct["text_clean"].tolist(), distinct["n"].to_numpy()
    classifier = ReasonClassifier(before.taxonomy, encoder)
    named = named_by(classifier, texts, groups.label, times)
    known = {g: label for g, (label, share) in enumerate(named) if share >= _SAME}
    labels = classifier.predict(texts)
    label, number = groups.label.copy(), groups.n
    open_rows = ~np.isin(label, sorted(known))
    for reason in before.taxonomy.leaves:
        rows = open_rows & (labels == reason)
        if reason not in known.values() and times[rows].sum() >= _FEWEST:
            label[rows], known[number] = number, reason
            number += 1
    return together(Groups(label, groups.vectors), known)


def match_shipped(
    groups: Groups, distinct: pd.DataFrame, known: dict[int, str], taken: set[str], encoder: Encoder
) -> tuple[Groups, dict[int, str]]:
    """Find reasons of the shipped list among the groups that are none yet, where it names them so, and surely."""
    texts, times = distinct["text_clean"].tolist(), distinct["n"].to_numpy()
    named = named_by(ReasonClassifier(encoder=encoder), texts, groups.label, times)
    asked = [("", 0.0) if g in known else pair for g, pair in enumerate(named)]
    found = covered(Taxonomy.default(), asked, encoder.encode(texts), groups.label, encoder)
    return together(groups, {**known, **{g: label for g, label in found.items() if label not in taken}})


def together(groups: Groups, known: dict[int, str]) -> tuple[Groups, dict[int, str]]:
    """Put groups of the same reason together.

    Examples
    --------
    >>> made, known = together(Groups(np.array([0, 0, 1, 2, -1]), np.zeros((5, 1))), {0: "a", 2: "a"})
    >>> made.label.tolist(), known
    ([0, 0, 1, 0, -1], {0: 'a'})
    """
    first: dict[str, int] = {}
    for g in sorted(known):
        first.setdefault(known[g], g)
    joined = groups.joined({g: first[label] for g, label in known.items()})
    moved = {int(new): int(old) for new, old in zip(joined.label, groups.label, strict=True) if new >= 0}
    return joined, {new: known[old] for new, old in sorted(moved.items()) if old in known}
