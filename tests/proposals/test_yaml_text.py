from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.classify import Reason, Taxonomy
from vocmine.plaintext import plain
from vocmine.proposals import ProposedTaxonomy
from vocmine.proposals.yaml_text import previous_shares, summary_lines, yaml_text

TEXT = st.text(min_size=1, max_size=60).filter(lambda t: bool(plain(t).strip()))


@given(TEXT, TEXT, TEXT)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, name: str, example: str, team: str) -> None:
    reasons = (Reason("a", {"ja": name}, examples={"ja": (example, "- id: b")}, team=team, patterns=("(?:a|b)\\d",)), Reason("b", {"": "b"}, "a"))
    path = tmp_path_factory.mktemp("y") / "r.yaml"
    ProposedTaxonomy(reasons, "1").to_yaml(path)
    first = Reason("a", {"ja": plain(name)}, examples={"ja": (plain(example), "- id: b")}, team=plain(team), patterns=("(?:a|b)\\d",))
    assert Taxonomy.from_yaml(path).reasons == (first, reasons[1])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_comments_and_lines(proposed: ProposedTaxonomy, lang: str, tmp_path: Path) -> None:
    text = yaml_text(proposed, lang)
    assert text.count("# share ") == len(proposed.leaves)
    assert len(summary_lines(proposed, lang)) > 3
    (tmp_path / "r.yaml").write_text(text, encoding="utf-8")
    assert set(previous_shares(tmp_path / "r.yaml")) == set(proposed.leaves)


@pytest.mark.parametrize("key", ["yes", "1", "a b", "null", "はい"])
def test_ids_that_yaml_would_read_otherwise_are_quoted(key: str, tmp_path: Path) -> None:
    ProposedTaxonomy((Reason(key, {"ja": "い"}),)).to_yaml(tmp_path / "r.yaml")
    assert Taxonomy.from_yaml(tmp_path / "r.yaml").leaves == (key,)
