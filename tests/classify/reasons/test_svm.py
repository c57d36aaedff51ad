from __future__ import annotations

import numpy as np
import pytest

from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.ridge import fit_head, sparse_kernel
from vocmine.classify.reasons.svm import fit_margins, rescaled
from vocmine.embed import CharacterEncoder


@pytest.fixture(scope="module")
def rows(reason_texts):
    texts, labels = reason_texts
    given = np.unique(labels, return_inverse=True)[1]
    return texts, CharacterEncoder().encode(texts), SparseFeatures().fit(texts).transform(texts), given


def test_margins_do_not_depend_on_the_order_of_rows(rows):
    texts, vectors, sparse, given = rows
    first = fit_margins(sparse, vectors, texts, given, 3)
    order = np.random.default_rng(1).permutation(len(texts))
    again = fit_margins(sparse[order], vectors[order], [texts[i] for i in order], given[order], 3)
    np.testing.assert_allclose(again.weights, first.weights, atol=1e-6)
    np.testing.assert_allclose(again.left_out, first.left_out[order], atol=1e-6)


def test_left_out_margins_have_not_seen_the_row(rows):
    texts, vectors, sparse, given = rows
    margins = fit_margins(sparse, vectors, texts, given, 3)
    whole = np.asarray(sparse @ margins.weights[: sparse.shape[1]] + vectors @ margins.weights[sparse.shape[1]:])
    whole += margins.offset
    own = np.arange(len(given)), given
    assert (whole.argmax(axis=1) == given).all() and (whole[own] > margins.left_out[own]).all()
    assert (margins.unknown[own] == -1).all() and (margins.unknown.argmax(axis=1) != given).all()


def test_two_reasons_and_a_reason_without_rows(rows):
    texts, vectors, sparse, given = rows
    two = given < 2
    margins = fit_margins(sparse[two], vectors[two], [t for t, x in zip(texts, two, strict=True) if x], given[two], 3)
    assert np.isfinite(margins.left_out).all() and (margins.weights[:, 2] == 0).all() and margins.offset[2] == 0
    assert (margins.left_out.argmax(axis=1) == given[two]).mean() >= 0.75


def test_the_head_adds_its_margins_and_keeps_its_confidence_features(rows):
    texts, vectors, sparse, given = rows
    head, left = fit_head(vectors, sparse, sparse_kernel(sparse), np.eye(3)[given], given)
    margins = rescaled(fit_margins(sparse, vectors, texts, given, 3), left.scores)
    plain, features = head.scores(vectors, sparse)
    scores, same = head.joined(margins).scores(vectors, sparse)
    added = sparse @ margins.weights[: sparse.shape[1]] + vectors @ margins.weights[sparse.shape[1]:] + margins.offset
    np.testing.assert_allclose(scores - plain, added, atol=1e-4)
    assert (features == same).all()
    assert margins.left_out.std(axis=1).mean() == pytest.approx(0.6 * left.scores.std(axis=1).mean(), rel=1e-3)
