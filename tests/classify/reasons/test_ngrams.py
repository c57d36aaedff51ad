"""Character n-grams as sparse features."""

from __future__ import annotations

from vocmine.classify.reasons.ngrams import SparseFeatures


def test_features_come_back_the_same(reason_texts):
    texts, _ = reason_texts
    made = SparseFeatures().fit([*texts, "改行\nと\t\u3000空白", "a\u2028b"])
    again = SparseFeatures.from_arrays(made.arrays())
    assert (made.transform(texts) != again.transform(texts)).nnz == 0
