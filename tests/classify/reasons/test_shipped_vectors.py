"""The vectors kept with the shipped taxonomy."""

from __future__ import annotations

import numpy as np

from vocmine.classify.reasons.shipped_vectors import stored_vectors
from vocmine.classify.reasons.taxonomy_texts import reason_texts
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.embed import CharacterEncoder, default_encoder


def test_kept_vectors_are_those_of_the_shipped_taxonomy():
    taxonomy, encoder = Taxonomy.default(), default_encoder()
    texts = [text for text, _ in reason_texts(taxonomy, taxonomy.leaves)]
    kept = stored_vectors(texts, encoder.spec)
    assert kept is not None, "run python -m vocmine.classify.reasons.shipped_vectors"
    np.testing.assert_allclose(kept[:3], encoder.encode(texts[:3]), atol=1e-3)
    assert stored_vectors(texts, CharacterEncoder().spec) is None
