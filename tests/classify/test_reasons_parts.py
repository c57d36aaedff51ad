from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from vocmine.audits import drift, evaluate
from vocmine.classify import ReasonClassifier, find_label_errors, suggest_labels
from vocmine.classify.reasons import ridge as head_module
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.patterns import Rules
from vocmine.classify.reasons.ridge import fit_head, groups_of_reasons, sparse_kernel, without_groups
from vocmine.classify.reasons.shipped_vectors import shipped_vectors
from vocmine.classify.reasons.stage import raw_said
from vocmine.classify.taxonomy.patterns import compiled
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.embed import CharacterEncoder, default_encoder
from vocmine.errors import AuditError, SettingsError


@pytest.fixture(scope="module")
def rows(reason_texts):
    texts, labels = reason_texts
    given = np.unique(labels, return_inverse=True)[1]
    return CharacterEncoder().encode(texts), SparseFeatures().fit(texts).transform(texts), given


def test_left_out_predictions_are_those_of_a_refit(rows):
    vectors, pieces, given = rows
    targets = np.eye(3)[given]
    shift = targets.mean(axis=0)
    _, left = fit_head(vectors, pieces, sparse_kernel(pieces), targets, given)

    def refit(keep, out):
        kernel = np.exp(2 * head_module.GAMMA * (vectors @ vectors.T - 1)) + head_module.SPARSE * (pieces @ pieces.T).toarray()
        solve = np.linalg.solve(kernel[np.ix_(keep, keep)] + head_module.RIDGE * np.eye(len(keep)), (targets - shift)[keep])
        return kernel[np.ix_(out, keep)] @ solve

    for row in (0, 7, 29):
        keep = np.setdiff1d(np.arange(30), [row])
        np.testing.assert_allclose(left.scores[[row]], refit(keep, [row]), atol=1e-3)
    mine = np.flatnonzero(given == 1)
    expected = refit(np.flatnonzero(given != 1), mine)
    single = left.unknown[0]
    np.testing.assert_allclose(single.scores[mine][:, [0, 2]], expected[:, [0, 2]], atol=1e-3)
    assert (single.left == np.eye(3, dtype=bool)[given]).all() and (single.scores[single.left] == -1).all()


def test_groups_of_reasons_are_left_out_together(rows):
    vectors, pieces, given = rows
    targets = np.eye(3)[given]
    wanted = targets - targets.mean(axis=0)
    kernel = vectors @ vectors.T + (pieces @ pieces.T).toarray() + np.eye(30)
    inverse = np.linalg.inv(kernel)
    scores, left = without_groups(inverse, inverse @ wanted, wanted, given, np.array([0, 1, 0]))
    mine, others = np.flatnonzero(given != 1), np.flatnonzero(given == 1)
    expected = kernel[np.ix_(mine, others)] @ np.linalg.solve(kernel[np.ix_(others, others)], wanted[others])
    np.testing.assert_allclose(scores[mine][:, 1], expected[:, 1], atol=1e-6)
    assert left[mine].tolist() == [[True, False, True]] * len(mine) and (scores[left] == -1).all()


def test_reasons_that_are_alike_stand_in_one_group():
    axes = np.repeat(np.eye(6), 2, axis=0) + 0.05 * np.random.default_rng(0).normal(size=(12, 6))
    groups = groups_of_reasons(np.repeat(axes, 4, axis=0), np.repeat(np.arange(12), 4), 12)
    assert (groups[::2] == groups[1::2]).all() and len(set(groups.tolist())) == 5
    assert groups_of_reasons(axes[:3], np.arange(3), 3).tolist() == [0, 1, 2]


def test_head_scores_its_rows(rows):
    vectors, pieces, given = rows
    head, _ = fit_head(vectors, pieces, sparse_kernel(pieces), np.eye(3)[given], given)
    scores, signs = head.scores(vectors, sparse.csr_matrix(pieces))
    assert (scores.argmax(axis=1) == given).all() and signs[:, 0] == pytest.approx(np.ones(30), abs=1e-4)


def test_rules_find_what_the_expressions_find():
    taxonomy = Taxonomy.default()
    texts = [t for leaf in taxonomy.leaves for texts in taxonomy[leaf].examples.values() for t in texts]
    texts += [t.upper() for t in texts[:100]] + ["", "\n返金\n", "İstanbul refund"]
    found = Rules(taxonomy, taxonomy.leaves).find(texts)
    for row, text in enumerate(texts):
        plain = {n for n, leaf in enumerate(taxonomy.leaves) if compiled(taxonomy[leaf].patterns).search(text)}
        if not plain:  # hints count only here
            plain = {n for n, leaf in enumerate(taxonomy.leaves) if compiled(taxonomy[leaf].hints).search(text)}
        assert {number for at, number in found if at == row} == plain, text


def test_features_come_back_the_same(reason_texts):
    texts, _ = reason_texts
    made = SparseFeatures().fit([*texts, "改行\nと\t\u3000空白", "a\u2028b"])
    again = SparseFeatures.from_arrays(made.arrays())
    assert (made.transform(texts) != again.transform(texts)).nnz == 0


def test_kept_vectors_are_those_of_the_shipped_taxonomy():
    taxonomy, encoder = Taxonomy.default(), default_encoder()
    texts = [text for text, _ in raw_said(taxonomy, taxonomy.leaves)]
    kept = shipped_vectors(texts, encoder.spec)
    assert kept is not None, "run python -m vocmine.classify.reasons.shipped_vectors"
    np.testing.assert_allclose(kept[:3], encoder.encode(texts[:3]), atol=1e-3)
    assert shipped_vectors(texts, CharacterEncoder().spec) is None


def test_evaluate_by_hand():
    tags = pd.DataFrame({"contact_id": list("abcdef"), "kind": "reason", "label": ["x", "x", "y", "y", "unknown", "x"],
                         "score": [0.9, 0.8, 0.7, 0.6, 0.3, 0.2]})
    truth = pd.Series({"a": "x", "b": "y", "c": "y", "d": ["y", "x"], "e": "x", "zz": "x"})
    result = evaluate(truth, tags)
    overall = result.overall.set_index("figure")
    assert overall.loc["accuracy", "value"] == pytest.approx(3 / 5) and overall.loc["coverage", "value"] == pytest.approx(4 / 5)
    row = result.reasons.set_index("label").loc["x"]
    assert (row.precision, row.recall, row.n_true) == (0.5, 0.5, 2)
    assert (result.reasons.f1_low <= result.reasons.f1).all() and (result.reasons.f1 <= result.reasons.f1_high).all()
    assert result.confused().iloc[0].tolist()[2] == 1
    assert result.coverage.precision.iloc[0] == 1 and result.coverage.coverage.is_monotonic_increasing
    assert set(result.figures()) == {"calibration", "coverage", "reasons", "confusion"}


def test_evaluate_weighs_a_drawn_sample():
    tags = pd.DataFrame({"contact_id": ["a", "b"], "label": ["x", "y"], "score": 0.9})
    checked = pd.DataFrame({"contact_id": ["a", "b"], "label": ["x", "x"], "prob": [1.0, 0.25]})
    assert evaluate(checked, tags).overall.set_index("figure").loc["accuracy", "value"] == pytest.approx(0.2)


@pytest.mark.parametrize(("y", "tags"), [
    (["x"], pd.DataFrame({"contact_id": ["a"], "label": ["x"], "score": [1.0]})),
    (pd.Series({"b": "x"}), pd.DataFrame({"contact_id": ["a"], "label": ["x"], "score": [1.0]})),
    (pd.Series({"a": "x"}), pd.DataFrame({"contact_id": ["a"]})),
])
def test_evaluate_wrong_use(y, tags):
    with pytest.raises(AuditError):
        evaluate(y, tags)


def test_suggests_doubtful_and_different(small_classifier):
    texts = ["返金してほしい", "よくわからない件", "よくわからない件", "xyz", "ログインできない"]
    picked = suggest_labels(texts, small_classifier, n=2)
    assert set(picked.row) == {1, 3} and picked.row.is_unique
    frame = pd.DataFrame({"contact_id": list("abcde"), "text": texts})
    assert set(suggest_labels(frame, small_classifier, 2).contact_id) == {"b", "d"}
    with pytest.raises(SettingsError):
        suggest_labels(texts, small_classifier, 0)


def test_finds_planted_label_errors(reason_texts):
    texts, labels = reason_texts
    wrong = list(labels)
    wrong[2], wrong[15] = "late", "refund"
    found = find_label_errors(texts, wrong)
    assert {2, 15} <= set(found.row) and len(found) <= 5
    assert found.set_index("row").loc[15, "suggested"] == "login"


def test_drift_speaks_up_only_when_something_changed():
    rng = np.random.default_rng(0)
    loud = []
    for _ in range(12):
        label = rng.choice(["a", "b", "c"], size=400, p=[0.6, 0.3, 0.1])
        old, new = (pd.DataFrame({"label": label[i::2], "score": rng.beta(5, 2, 200), "terms": "料金 確認"}) for i in (0, 1))
        loud.append(drift(old, new).changed.any())
    assert sum(loud) <= 1
    changed = new.assign(label="b", score=new.score / 2, terms="遅い 荷物")
    table = drift(old, changed).set_index("what")
    assert table.changed.all() and "b" in table.loc["reasons", "en"] and "遅い" in table.loc["words", "ja"]
    with pytest.raises(SettingsError):
        drift(old[[]], new)


def test_first_labels_are_typical_ones_of_each_group():
    """With names alone nothing is known of doubt: one text of each group, none of the odd ones."""
    groups = [[f"{start}{end}" for end in ("ください", "お願いします", "したいです", "希望です", "できますか")]
              for start in ("返金を", "ログインを", "予約の変更を")]
    texts = [text for group in groups for text in group]
    names = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "支払い"}, {"id": "b", "name": "その他"}]})
    rows = suggest_labels(texts, ReasonClassifier(names), n=3)["row"].to_numpy()
    assert sorted(rows // 5) == [0, 1, 2]
