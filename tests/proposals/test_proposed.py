from __future__ import annotations

import pickle
from pathlib import Path

from vocmine.classify import Taxonomy
from vocmine.proposals import ProposedTaxonomy


def test_it_is_a_taxonomy_with_figures(proposed: ProposedTaxonomy, tmp_path: Path) -> None:
    assert isinstance(proposed, Taxonomy)
    assert proposed.to_yaml(tmp_path / "r.yaml") == (tmp_path / "r.yaml").read_text("utf-8")
    assert Taxonomy.from_yaml(tmp_path / "r.yaml").reasons == proposed.reasons
    assert pickle.loads(pickle.dumps(proposed)).reasons == proposed.reasons
    assert proposed.lines("ja") and proposed.lines("en")
