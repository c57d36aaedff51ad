from __future__ import annotations

from pathlib import Path

import numpy as np

from vocmine.classify import Taxonomy
from vocmine.proposals import ProposedTaxonomy
from vocmine.proposals.known import Previous, together
from vocmine.topics.discovery.grouping import Groups


def test_groups_of_one_reason_are_one() -> None:
    groups = Groups(np.array([0, 0, 1, 2, -1]), np.zeros((5, 2)))
    made, known = together(groups, {0: "a", 2: "a", 1: "b"})
    assert made.label.tolist() == [0, 0, 1, 0, -1]
    assert known == {0: "a", 1: "b"}


def test_a_previous_list_is_read_from_anywhere(proposed: ProposedTaxonomy, tmp_path: Path) -> None:
    proposed.to_yaml(tmp_path / "r.yaml", "ja")
    assert Previous.read(Taxonomy.default()).shares == {}
    exact, read = Previous.read(proposed).shares, Previous.read(tmp_path / "r.yaml").shares
    assert set(exact) == set(read)
    assert all(abs(exact[i] - read[i]) < 0.001 for i in exact)
