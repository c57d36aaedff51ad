"""Proposals of what codes mean: by name, by texts, by both; what is not sure stays open; the file is one to be used."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from vocmine.audits.codes import CodeMapping, guesses_to_yaml, suggest_codes
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.code_names import name_codes

REASONS = Taxonomy.from_dict({"reasons": [
    {"id": "bill", "name": "料金"}, {"id": "bill.refund", "name": "返金", "parent": "bill"},
    {"id": "bill.double", "name": "二重請求", "parent": "bill"}, {"id": "login", "name": "ログイン"},
]})
LISTS = yaml.safe_load((Path(__file__).parent / "code_lists.yaml").read_text(encoding="utf-8"))


def guess(code, texts, names, make_tags):
    contacts = pd.DataFrame({"contact_id": [f"{i}" for i in range(max(len(texts), 1))], "agent_code": code})
    tags = make_tags([(f"{i}", "reason", label, 0.9) for i, label in enumerate(texts)])
    named = pd.DataFrame([(code, reason, score) for reason, score in names], columns=["code", "reason", "score"])
    (found,) = suggest_codes(contacts, tags, named, REASONS)
    return found.meaning, found.why


@pytest.mark.parametrize(("code", "texts", "names", "meaning", "why"), [
    ("01:返金", [], [("bill.refund", 0.9)], ("bill.refund",), "name"),
    ("01:返金", ["login"] * 20, [("bill.refund", 0.9)], "open", "contradiction"),
    ("01:返金", ["login"] * 5, [("bill.refund", 0.9)], ("bill.refund",), "name"),
    ("払い戻しなど", ["bill.refund"] * 6 + ["login"] * 2, [("bill.refund", 0.4)], ("bill.refund",), "both"),
    ("払い戻しなど", ["login"] * 6 + ["bill.refund"] * 2, [("bill.refund", 0.4)], "open", "unsure"),
    ("払い戻しなど", [], [("bill.refund", 0.4)], "open", "unsure"),
    ("カタログ", ["bill.refund"] * 30, [], "open", "unsure"),
    ("料金関連", [], [("bill", 1.0)], ("bill.refund", "bill.double"), "name"),
    ("1001", ["login"] * 19 + ["bill.refund"], [], ("login",), "texts"),
    ("1001", ["login"] * 3, [], "open", "unsure"),
    ("1001", ["login"] * 14 + ["bill.refund", "bill.double"] * 3, [], ("login",), "texts"),
    ("1001", ["login"] * 12 + ["bill.refund"] * 8, [], "open", "unsure"),
    ("1001", ["login"] * 14 + ["unknown"] * 20, [], "open", "unsure"),
    ("1001", ["bill.refund"] * 16 + ["bill.double"] * 14, [], ("bill.refund", "bill.double"), "texts"),
    ("1001", ["unknown"] * 30, [], "open", "unsure"),
    ("その他", ["login"] * 30, [("login", 1.0)], "read_anew", "other"),
    ("間違い電話", ["login"] * 30, [("login", 1.0)], "ignore", "nothing"),
])
def test_decisions(make_tags, code, texts, names, meaning, why):
    assert guess(code, texts, names, make_tags) == (meaning, why)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_file_can_be_read_back(tmp_path, make_tags, lang):
    codes = ["01:返金", "料金", 'a "quoted": #code', "その他", "間違い電話", "=1+2", "謎\n謎"]
    contacts = pd.DataFrame({"contact_id": [f"{i}" for i in range(len(codes))], "agent_code": codes})
    names = pd.DataFrame({"code": ["01:返金", "料金"], "reason": ["bill.refund", "bill"], "score": 0.95})
    guesses = suggest_codes(contacts, make_tags([("0", "reason", "bill.refund", 0.9)]), names, REASONS)
    path = tmp_path / "codes.yaml"
    path.write_text(guesses_to_yaml(guesses, REASONS.names(lang), REASONS, lang), encoding="utf-8")
    mapping = CodeMapping.of(path, REASONS)
    assert mapping.meanings == {item.code: item.meaning for item in guesses}
    assert mapping.meaning("料金") == ("bill.refund", "bill.double") and "料金\": bill  #" in path.read_text(encoding="utf-8")


def test_no_code_at_all():
    none = pd.DataFrame({"contact_id": ["a"], "agent_code": [None]})
    assert suggest_codes(none, pd.DataFrame(columns=["contact_id", "kind", "label", "score", "source", "evidence"]), pd.DataFrame(columns=["code", "reason", "score"]), REASONS) == ()
    assert yaml.safe_load(guesses_to_yaml([], {}, REASONS)) == {"code_mapping": {}}


@pytest.mark.parametrize(("held", "right", "share"), [(False, 0.95, 0.7), (True, 0.95, 0.75)])
def test_lists_of_many_trades(held, right, share):
    """Of the codes that are mapped nearly all are right, and most that have a meaning are mapped; by names alone."""
    none = pd.DataFrame(columns=["contact_id", "kind", "label", "score", "source", "evidence"])
    n_said = n_right = n_possible = 0
    classifier = ReasonClassifier()
    for each in (each for each in LISTS if bool(each.get("held")) == held):
        codes = list(each["codes"])
        contacts = pd.DataFrame({"contact_id": [f"{i}" for i in range(len(codes))], "agent_code": codes})
        for item in suggest_codes(contacts, none, name_codes(codes, classifier), Taxonomy.default()):
            truth = each["codes"][item.code]
            n_possible += truth is not None
            if item.meaning == "open":
                continue
            meant = item.meaning if isinstance(item.meaning, tuple) else (item.meaning,)
            n_said += 1
            n_right += set(meant) == set(truth) if isinstance(truth, list) else len(meant) == 1 and meant[0] in str(truth).split("|")
    assert n_right / n_said >= right and n_said / n_possible >= share
