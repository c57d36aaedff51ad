from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import v_measure_score

from tests.proposals.conftest import LATER, contacts
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.errors import ContactError, SettingsError
from vocmine.proposals import ProposedTaxonomy, propose


def test_contacts_are_tagged_as_they_belong_together(told: pd.DataFrame, proposed: ProposedTaxonomy) -> None:
    labels = ReasonClassifier(proposed).predict(told["text"].tolist(), abstain=False)
    assert v_measure_score(told["label"], labels) > 0.8
    assert 0.7 <= len(proposed.leaves) / told["label"].nunique() <= 2


def test_two_levels_masked_examples_and_figures(proposed: ProposedTaxonomy, told: pd.DataFrame) -> None:
    for leaf in proposed.leaves:
        reason = proposed[leaf]
        assert len(proposed.path(leaf)) == 2
        assert reason.demand in ("failure", "value")
        assert sum(map(len, reason.examples.values())) >= 5
    figures = proposed.figures.set_index("id")
    assert set(figures.index) == set(proposed.leaves)
    assert ((figures["low"] <= figures["share"]) & (figures["share"] <= figures["high"])).all()
    assert figures["n"].sum() + proposed.n_left == len(told)


def test_names_say_what_happened_in_both_languages(proposed: ProposedTaxonomy) -> None:
    japanese, english = set(proposed.names("ja").values()), set(proposed.names("en").values())
    assert any("荷物" in name for name in japanese)
    assert any("アプリが落ちる" in name for name in japanese)
    assert {"Parcel not arrived", "App crashing"} & english


def test_the_shipped_taxonomy_of_a_contact_centre_keeps_its_ids(proposed: ProposedTaxonomy) -> None:
    shipped = Taxonomy.default()
    for row in proposed.figures[proposed.figures["status"] == "shipped"].itertuples():
        assert proposed[row.id].names == shipped[row.id].names
        assert proposed[row.id].parent == shipped[row.id].parent


def test_the_same_contacts_in_any_order_give_the_same_list(told: pd.DataFrame, proposed: ProposedTaxonomy) -> None:
    again = propose(told["text"].sample(frac=1, random_state=1).tolist())
    assert again.to_yaml() == proposed.to_yaml()


def test_a_later_list_keeps_ids_and_says_what_is_new_and_gone(proposed: ProposedTaxonomy, tmp_path: Path) -> None:
    proposed.to_yaml(tmp_path / "reasons.yaml")
    later = contacts(leave_out=("app",), more=tuple(LATER))
    for previous in (proposed, tmp_path / "reasons.yaml"):
        found = propose(later["text"].tolist(), previous=previous)
        status = found.figures.set_index("id")["status"]
        assert set(proposed.leaves) <= set(found.leaves)
        assert {found[leaf].name("ja") for leaf in proposed.leaves} == {proposed[leaf].name("ja") for leaf in proposed.leaves}
        new = [found[i].name("ja") for i in status.index[status == "new"]]
        assert any("点検" in name for name in new)
        assert any("アプリ" in found[i].name("ja") for i in status.index[status == "gone"])
        assert status.isin(["kept", "grown", "shrunk"]).sum() >= 4


def test_a_list_edited_by_a_person_is_kept_as_edited(told: pd.DataFrame, proposed: ProposedTaxonomy) -> None:
    data = proposed.to_dict()
    first = next(r for r in data["reasons"] if r["id"] in proposed.leaves)
    first["name"], first["demand"], first["team"] = {"ja": "人が付けた名前"}, "value", "物流"
    found = propose(told["text"].tolist(), previous=Taxonomy.from_dict(data))
    assert (found[first["id"]].name("ja"), found[first["id"]].team) == ("人が付けた名前", "物流")


def test_personal_data_is_masked_and_markup_stays_text(told: pd.DataFrame, tmp_path: Path) -> None:
    nasty = [f"荷物が届かない。電話は090-1234-56{i:02d}です <script>alert('{i}')</script>: \"{{x}}\" # {i}\n- id: evil" for i in range(20)]
    found = propose([*told["text"], *nasty])
    text = found.to_yaml(tmp_path / "reasons.yaml")
    assert "1234-56" not in text
    again = Taxonomy.from_yaml(tmp_path / "reasons.yaml")
    assert again.reasons == found.reasons
    assert "evil" not in again


@pytest.mark.parametrize(
    ("texts", "error"),
    [([], "too few texts"), (["荷物が届かない"] * 50, "too few texts"), (["返金", "画面"] * 50, "too few texts")],
)
def test_too_few_texts_are_said(texts: list[str], error: str) -> None:
    with pytest.raises(ContactError, match=error):
        propose(texts)


def test_wrong_use_is_said(told: pd.DataFrame) -> None:
    with pytest.raises(SettingsError, match="too few examples"):
        propose(told["text"].tolist(), examples=2)


def test_the_taxonomy_proposes_too(told: pd.DataFrame, proposed: ProposedTaxonomy) -> None:
    assert Taxonomy.propose(told["text"].tolist()).leaves == proposed.leaves
