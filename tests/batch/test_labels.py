"""Labels of a person: what looks wrong is named, names of reasons do as well as ids, the most telling come first."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch import labels
from vocmine.batch.audit_files import labels_to_ids
from vocmine.batch.contact_store import ContactStore
from vocmine.errors import AuditError, ContactError, SettingsError
from vocmine.settings import Settings
from vocmine.tagger import Tagger

PAIRS = [
    ("返金して", "返金"), ("返金希望です", "返金"), ("お金を返して", "返金"), ("返金まだ?", "返金"), ("返金はいつですか", "返金"), ("返金の手続き", "返金"),
    ("退会したい", "解約"), ("解約希望", "解約"), ("解約したい", "解約"), ("解約の手続き", "解約"), ("退会の方法", "解約"), ("返金をお願いします", "解約"),
]


@pytest.fixture
def labelled():
    frame = pd.DataFrame(PAIRS, columns=["text", "dropdown"])
    return frame.assign(
        contact_id=[f"c{i}" for i in range(len(frame))], created_at=pd.Timestamp("2026-11-20", tz="UTC"), channel="call"
    )


def test_a_label_that_looks_wrong_is_named(labelled, tmp_path):
    lines = labels.learn(labelled, "dropdown", tmp_path / "m", None, Settings())
    assert lines[0].startswith("learned 2 reasons from 12 contacts")
    assert "c11: 解約 -> 返金?" in "\n".join(lines)
    table = pd.read_csv(tmp_path / "m" / labels.DOUBTS, encoding="utf-8-sig")
    assert table["contact_id"].iloc[0] == "c11"
    assert set(Tagger.load(tmp_path / "m").taxonomy().leaves) == {"返金", "解約"}


def test_one_label_and_none(labelled, tmp_path):
    with pytest.raises(ContactError, match=r"columns are missing: reason; where: --label"):
        labels.learn(labelled, "reason", tmp_path / "m", None, Settings())
    with pytest.raises(ContactError, match="no contact has a label"):
        labels.learn(labelled.assign(dropdown=" "), "dropdown", tmp_path / "m", None, Settings())
    with pytest.raises(ContactError, match="one contact only"):
        labels.learn(labelled.assign(dropdown=labelled["contact_id"]), "dropdown", tmp_path / "m", None, Settings())


def test_a_label_on_one_contact_is_left_out_and_named(labelled, tmp_path):
    labelled.loc[0, "dropdown"] = "まれ"
    lines = labels.learn(labelled, "dropdown", tmp_path / "m", None, Settings())
    assert lines[0].startswith("learned 2 reasons from 11 contacts")
    assert lines[1].endswith("only one contact has it: まれ")


def test_a_half_filled_column_teaches_without_its_marks(labelled, tmp_path):
    more = labelled.assign(
        text=[f"{text}{i}" for i, text in enumerate(labelled["text"])], dropdown=["-", "未分類", None, "N/A"] * 3)
    bare = pd.concat([more.assign(text=more["text"] + end) for end in ("。", "!", "よ")], ignore_index=True)
    none = labelled.head(2).assign(text="ああ", dropdown=["不明", "unknown"])
    both = pd.concat([labelled, bare, none], ignore_index=True)
    lines = labels.learn(both, "dropdown", tmp_path / "m", None, Settings())
    assert lines[0].startswith("learned 2 reasons from 12 contacts")
    assert lines[1] == "  2 marked as none of the reasons: left out"
    assert lines[2].startswith("  36 without a label (36 texts read): ")
    assert lines[3] == "  taken as no label: '-' 9, 'N/A' 9, '未分類' 9"
    assert set(Tagger.load(tmp_path / "m").taxonomy().leaves) == {"返金", "解約"}


@pytest.mark.parametrize(("figures", "told"), [
    ({}, "not read"), ({"share_new": 0.134}, "about 13% of them seem to have a reason that no label has"),
    ({"unlabeled": 50.0, "unlabeled_kept": 0.0, "accuracy_labels_alone": 0.8, "accuracy": 0.8}, "left out"),
    ({"unlabeled": 50.0, "unlabeled_kept": 1.0, "accuracy_labels_alone": 0.8, "accuracy": 0.85}, "85% of labels held back"),
])
def test_what_texts_without_labels_gave_is_said(figures, told):
    (line,) = labels._unlabelled_lines(60, 0, figures)
    assert line.startswith("  60 without a label") and told in line


def test_names_of_the_taxonomy_are_ids(labelled, tmp_path):
    (tmp_path / "t.yaml").write_text("reasons: [{id: r, name: 返金}, {id: l, name: {ja: 解約, en: Leaving}}]", "utf-8")
    labels.learn(labelled, "dropdown", tmp_path / "m", tmp_path / "t.yaml", Settings())
    assert set(Tagger.load(tmp_path / "m").taxonomy().leaves) == {"r", "l"}
    english = labelled.assign(dropdown=labelled["dropdown"].replace({"解約": "Leaving", "返金": "r"}))
    lines = labels.learn(english, "dropdown", tmp_path / "m", tmp_path / "t.yaml", Settings())
    assert lines[0].startswith("learned 2 reasons")


NAMES = {"ja": {"a": "返金", "b": "その他", "c": "その他"}, "en": {"a": "Refund"}}


def test_answers_become_ids_however_they_are_spelled():
    audit = pd.DataFrame({"contact_id": list("abcdef"), "prob": 0.5, "label": ["返金", "ｒｅｆｕｎｄ", " a ", "その他 (c)", "不明", ""]})
    assert labels_to_ids(audit, NAMES).table["label"].tolist() == ["a", "a", "a", "c", "unknown", ""]
    assert labels_to_ids((audit.head(1), audit.head(1)), {"en": {"x": "返金"}})[1].table["label"].tolist() == ["x"]
    assert labels_to_ids(None, {"en": {}}) is None
    assert labels_to_ids(audit.assign(label="x"), {"en": {}}).labels == ("x",)


@pytest.mark.parametrize(("label", "says"), [
    ("その他", r"a reason that nobody knows.*got: 'その他'.*perhaps b or c"),
    ("返品金", r"got: '返品金'.*perhaps 返金"),
    ("qqq", r"got: 'qqq'; expected: a name or id of the list$"),
])
def test_an_answer_that_nobody_knows_is_told_with_the_nearest(label, says):
    audit = pd.DataFrame({"contact_id": ["a"], "prob": 0.5, "label": label})
    with pytest.raises(AuditError, match=says):
        labels_to_ids(audit, NAMES)


def test_suggestions_can_be_filled_in_and_learned_from(labelled, tmp_path):
    home = tmp_path / "home"
    stored = labelled.assign(text_clean=labelled["text"], terms="", lang="ja")
    tags = pd.DataFrame({"contact_id": stored["contact_id"], "kind": "reason", "label": "unknown", "score": 0.0})
    ContactStore(home, "Asia/Tokyo").upsert(stored, tags)
    said = labels.suggest(home, 8, tmp_path / "label.csv", Settings(), Tagger())
    assert "8 contacts" in said
    table = pd.read_csv(tmp_path / "label.csv", encoding="utf-8-sig", dtype=str)
    assert table["contact_id"].nunique() == 8
    assert table["label"].isna().all()
    truth = dict(zip(labelled["contact_id"], labelled["dropdown"], strict=True))
    table.assign(label=table["contact_id"].map(truth)).to_csv(tmp_path / "label.csv", index=False)
    from vocmine.batch import fit_files

    assert "contacts; saved in" in fit_files([tmp_path / "label.csv"], "label", tmp_path / "m2", None, None, Settings())
    with pytest.raises(SettingsError):
        labels.suggest(home, 0, tmp_path / "label.csv", Settings(), Tagger())


def test_rows_that_were_rejected_are_said(labelled, tmp_path):
    from vocmine.batch import fit_files

    labelled.assign(created_at="2026-10-01").to_csv(tmp_path / "all.csv", index=False)
    with (tmp_path / "all.csv").open("a", encoding="utf-8") as file:
        file.write("壊れた行\n")
    said = fit_files([tmp_path / "all.csv"], "dropdown", tmp_path / "m", None, None, Settings())
    assert said.splitlines()[-1] == "  1 of 13 rows rejected, not learned from: wrong_column_count 1"
