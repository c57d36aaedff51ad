from __future__ import annotations

import numpy as np

from vocmine.proposals.examples import as_example, typical_rows


def test_examples_are_typical_and_unlike_each_other() -> None:
    rng = np.random.default_rng(0)
    x = np.eye(8)[0] + 0.2 * rng.normal(size=(40, 8))
    x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    rows = typical_rows(x, np.arange(10, 40), 8)
    assert len(set(rows)) == 8
    assert set(rows) <= set(range(10, 40))
    chosen, alike = x[rows], x[10:40] @ x[10:40].T
    assert np.triu(chosen @ chosen.T, 1).sum() / 28 < np.triu(alike, 1).sum() / (30 * 29 / 2)


def test_a_small_group_gives_all() -> None:
    x = np.eye(3, dtype=np.float32)
    assert sorted(typical_rows(x, np.arange(3), 9)) == [0, 1, 2]


def test_long_texts_are_cut_and_masks_alone_are_nothing() -> None:
    assert len(as_example("返金を" * 200)) == 200
    assert as_example("[電話番号] [氏名]") == ""
