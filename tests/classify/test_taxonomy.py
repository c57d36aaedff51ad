from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify.taxonomy.migration import diff, gaps, migrate
from vocmine.classify.taxonomy.patterns import compiled, explain, needed
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.classify.uncovered import uncovered_groups
from vocmine.errors import SettingsError

NAMES = {"id": "a", "name": "A"}


def _make(*reasons, **more):
    return Taxonomy.from_dict({"reasons": list(reasons), **more})


def test_shipped_taxonomy_is_whole():
    taxonomy = Taxonomy.default()
    assert len(taxonomy.leaves) == 34 and len(taxonomy) == 40
    assert {taxonomy.path(leaf)[0] for leaf in taxonomy.leaves} == {
        "billing", "delivery", "account", "technical", "contract", "service"}
    for leaf in taxonomy.leaves:
        reason = taxonomy[leaf]
        assert set(reason.names) == set(reason.descriptions) == set(reason.examples) == {"ja", "en"}
        assert min(map(len, reason.examples.values())) >= 6
        assert reason.patterns and reason.demand in {"value", "failure"} and reason.team
    examples = [text for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values() for text in texts]
    assert len(set(examples)) == len(examples)


def test_shipped_patterns_find_their_examples_and_few_others():
    taxonomy = Taxonomy.default()
    own = hits = 0
    total = sum(len(texts) for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values())
    for leaf in taxonomy.leaves:
        for texts in taxonomy[leaf].examples.values():
            for text in texts:
                found = [x for x in taxonomy.leaves if compiled(taxonomy[x].patterns).search(text)]
                own += leaf in found
                hits += len(found)
    assert own / total > 0.75
    assert own / hits > 0.8


def test_one_language_only():
    japanese = Taxonomy.default("ja")
    assert set(japanese["billing.refund"].examples) == {"ja"} and japanese.names("en")["billing.refund"] == "返金"
    with pytest.raises(SettingsError, match="ja, en or None"):
        Taxonomy.default("fr")


def test_round_trip_and_frame():
    taxonomy = Taxonomy.default()
    assert Taxonomy.from_dict(taxonomy.to_dict()) == taxonomy
    assert taxonomy.to_frame().set_index("id").loc["billing.refund", "demand"] == "failure"
    assert taxonomy.demand()["contract.cancel"] == "value" and "billing" not in taxonomy.demand()


@pytest.mark.parametrize(("data", "words"), [
    ({}, ["reasons", "one reason or more"]),
    ({"reasons": []}, ["one reason or more"]),
    ([], ["got list"]),
    ({"reasons": [NAMES], "reason": 1}, ["unknown key 'reason', did you mean 'reasons'?"]),
    ({"reasons": [{"id": "a"}]}, ["'name' must be a text"]),
    ({"reasons": [{"name": "A"}]}, ["reason 1", "'id' must be a text"]),
    ({"reasons": [NAMES, NAMES]}, ["'a'", "given 2 times"]),
    ({"reasons": [{**NAMES, "parent": "b"}, {"id": "bb", "name": "B"}]}, ["no parent 'b'", "did you mean 'bb'?"]),
    ({"reasons": [{**NAMES, "parent": "b"}, {"id": "b", "name": "B", "parent": "a"}]}, ["circle", "'a', 'b'"]),
    ({"reasons": [{**NAMES, "parent": "a"}]}, ["circle"]),
    ({"reasons": [{**NAMES, "exampels": []}]}, ["did you mean 'examples'?"]),
    ({"reasons": [{**NAMES, "examples": "x"}]}, ["'examples' must be a list"]),
    ({"reasons": [{**NAMES, "examples": {"fr": ["x"]}}]}, ["'examples' must be a list"]),
    ({"reasons": [{**NAMES, "demand": "valeu"}]}, ["value, failure", "did you mean 'value'?"]),
    ({"reasons": [{**NAMES, "patterns": ["("]}]}, ["can't be read"]),
    ({"reasons": [{**NAMES, "patterns": ["x*"]}]}, ["matches the empty text"]),
    ({"reasons": [{**NAMES, "patterns": ["{wrod}"]}], "words": {"word": "x"}}, ["did you mean 'word'?"]),
    ({"reasons": [{"id": "unknown", "name": "A"}]}, ["choose another"]),
    ({"reasons": ["a"]}, ["reason 1: got str"]),
])
def test_mistakes_are_named(data, words):
    with pytest.raises(SettingsError) as caught:
        Taxonomy.from_dict(data, where="mine.yaml")
    for word in [*words, "mine.yaml"]:
        assert word in str(caught.value)


def test_all_mistakes_at_once():
    with pytest.raises(SettingsError, match="3 mistakes"):
        _make({"id": "a", "nmae": "A"}, {"id": "b", "name": "B", "parent": "c"})


def test_yaml_errors_say_where(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text("reasons:\n- {id: a, name: [}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        Taxonomy.from_yaml(path)
    with pytest.raises(SettingsError, match="no such"):
        Taxonomy.from_yaml(tmp_path / "none.yaml")
    path.write_text("reasons:\n- {id: a, name: {ja: あ, en: A}}\n", encoding="utf-8")
    assert Taxonomy.from_yaml(path).names("en") == {"a": "A"}


def test_explain_says_what_is_missing():
    assert explain("返金.{0,4}まだ", "返金はまだですか").matched
    reason = explain("返金.{0,4}まだ", "返金してください")
    assert not reason.matched and reason.words.startswith("返金") and reason.missing == "まだ"
    assert explain("返金", "ヘンキン").words == ""


@pytest.mark.parametrize(("pattern", "groups"), [
    ("返金|払い戻し", (("払い戻し", "返金"),)),
    ("a?bc", (("bc",),)),
    ("(?:x|y)?", ()),
    ("(?:早い|)届く", (("届く",),)),
    ("(?<!非)常に", (("常に",),)),
    (r"\bRefund", (("refund",),)),
])
def test_needed_letters(pattern, groups):
    assert needed(pattern) == groups


OLD = _make({"id": "a", "name": "返金"}, {"id": "b", "name": "解約"}, {"id": "c", "name": "配送"}, {"id": "d", "name": "旧"})
NEW = _make({"id": "r", "name": "返金"}, {"id": "b", "name": "退会"}, {"id": "c1", "name": "遅延"}, {"id": "c2", "name": "破損"},
            {"id": "n", "name": "新"})
MAPPING = {"c": ["c1", "c2"], "d": "b"}


def test_diff_names_every_kind_of_change():
    found = {(r.change, r.old, r.new) for r in diff(OLD, NEW, MAPPING).itertuples()}
    assert found == {("renumbered", "a", "r"), ("split", "c", "c1, c2"), ("merged", "b, d", "b"), ("added", "", "n")}
    assert {(r.change, r.old) for r in diff(OLD, NEW).itertuples()} >= {("removed", "c"), ("renamed", "b")}


def test_migrate_keeps_history():
    tags = pd.DataFrame({"contact_id": list("123455"), "kind": ["reason"] * 5 + ["sentiment"],
                         "label": ["a", "b", "c", "c", "d", "negative"], "score": [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]})
    again = pd.DataFrame({"contact_id": ["3", "3"], "label": ["c2", "c1"], "score": [0.8, 0.3]})
    moved = migrate(tags, OLD, NEW, MAPPING, again)
    assert moved["label"].tolist() == ["r", "b", "c2", "unknown", "b", "negative"]
    assert tags["label"].tolist()[0] == "a"
    both = pd.DataFrame({"contact_id": ["1", "1"], "label": ["b", "d"], "score": [0.2, 0.6]})
    assert migrate(both, OLD, NEW, MAPPING)[["label", "score"]].values.tolist() == [["b", 0.6]]
    with pytest.raises(SettingsError, match="zzz"):
        migrate(tags, OLD, NEW, {"a": "zzz"})


def test_gaps():
    tags = pd.DataFrame({"contact_id": [f"c{i}" for i in range(20)] * 2, "label": ["a"] * 20 + ["b"] * 20, "score": 0.6})
    found = gaps(tags, OLD)
    assert set(found.loc[found.gap == "unused", "label"]) == {"c", "d"}
    assert found.loc[found.gap == "together", "label"].tolist() == ["a, b"]
    assert set(found.loc[found.gap == "doubtful", "label"]) == {"a", "b"}


def test_groups_of_unknown_contacts_are_named_and_masked():
    parking = ["駐車場はありますか", "駐車場がありますか", "駐車場ありますか?", "駐車場はございますか", "車で行きます。駐車場はありますか"]
    pets = ["犬と泊まれますか", "犬と一緒に泊まれますか", "犬連れで泊まれますか", "ペットの犬と泊まれますか", "犬も泊まれますか。090-1234-5678まで"]
    texts = [*parking, *pets, "画面が固まる", "駐車場はありますか"]
    ids = [f"c{i:02d}" for i in range(len(texts))]
    contacts = pd.DataFrame({"contact_id": ids, "text": texts})
    labels = ["unknown"] * 11 + ["a"]
    tags = pd.DataFrame({"contact_id": ids, "label": labels, "score": 0.3})
    found = uncovered_groups(contacts, tags, min_contacts=4)
    assert len(found) == 2
    assert {name.split(" / ")[0] for name in found["name"]} <= {"駐車場", "犬", "泊まる"}
    assert "c11" not in {i for row in found["contact_ids"] for i in row}
    assert found["cohesion"].between(0.5, 1).all()
    assert "1234" not in str(found["examples"].tolist())
    shuffled = uncovered_groups(contacts.sample(frac=1, random_state=3), tags, min_contacts=4)
    pd.testing.assert_frame_equal(shuffled, found)
    assert uncovered_groups(contacts.tail(2), tags).empty
    with pytest.raises(SettingsError, match="2 or more"):
        uncovered_groups(contacts, tags, min_contacts=1)


def test_history_and_explain_are_public():
    from vocmine import classify

    assert {"diff", "migrate", "gaps", "explain", "uncovered_groups"} <= set(classify.__all__)
    assert classify.explain("返金.{0,3}希望", "返金を希望").matched
