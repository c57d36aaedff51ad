from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from vocmine.classify.reasons import ridge
from vocmine.classify.reasons.ngrams import SparseFeatures
from vocmine.classify.reasons.ridge import fit_head, fits_one, groups_of_reasons, sparse_kernel, without_groups
from vocmine.embed import CharacterEncoder


@pytest.fixture(scope="module")
def rows(reason_texts):
    texts, labels = reason_texts
    given = np.unique(labels, return_inverse=True)[1]
    return CharacterEncoder().encode(texts), SparseFeatures().fit(texts).transform(texts), given


def test_left_out_predictions_are_those_of_a_refit(rows):
    vectors, ngrams, given = rows
    targets = np.eye(3)[given]
    shift = targets.mean(axis=0)
    _, left = fit_head(vectors, ngrams, sparse_kernel(ngrams), targets, given)

    def refit(keep, out):
        kernel = np.exp(2 * ridge.PARAMETERS.gamma * (vectors @ vectors.T - 1)) + ridge.PARAMETERS.sparse_weight * (ngrams @ ngrams.T).toarray()
        solve = np.linalg.solve(kernel[np.ix_(keep, keep)] + ridge.PARAMETERS.ridge * np.eye(len(keep)), (targets - shift)[keep])
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
    vectors, ngrams, given = rows
    targets = np.eye(3)[given]
    wanted = targets - targets.mean(axis=0)
    kernel = vectors @ vectors.T + (ngrams @ ngrams.T).toarray() + np.eye(30)
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
    vectors, ngrams, given = rows
    head, _ = fit_head(vectors, ngrams, sparse_kernel(ngrams), np.eye(3)[given], given)
    scores, features = head.scores(vectors, sparse.csr_matrix(ngrams))
    assert (scores.argmax(axis=1) == given).all() and features[:, 0] == pytest.approx(np.ones(30), abs=1e-4)


def test_what_fits_one_reason_alone():
    scores = np.array([[1.0, 0.0, 0.0], [0.9, 0.1, 0.1], [0.6, 0.6, 0.0], [0.2, 0.2, 0.2]])
    assert (np.diff(fits_one(scores)) < 0).all() and fits_one(scores)[0] == 0
