"""Sentence vectors of the shipped taxonomy, kept beside it: a worker that needs no labels starts without the encoder.

Make them again after a change of ``data/taxonomy.yaml``: ``python -m vocmine.classify.reasons.shipped_vectors``.
"""

from __future__ import annotations

import hashlib
import io
import json
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from vocmine import store

_FILE = "taxonomy_vectors.npz"


def stored_vectors(texts: list[str], spec: dict[str, Any]) -> np.ndarray | None:
    """Give the kept vectors of ``texts`` (as written), None if they are of other texts or another encoder.

    Examples
    --------
    >>> stored_vectors(["another text"], {"encoder": "bundled", "dimensions": 512}) is None
    True
    """
    file = resources.files("vocmine.classify").joinpath("data", _FILE)
    if not file.is_file():
        return None
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as kept:
        if kept["digest"].tobytes() != digest(texts, spec):
            return None
        return np.asarray(kept["vectors"], dtype=np.float32)


def rounded(vectors: np.ndarray) -> np.ndarray:
    """Round vectors as they are kept, so that kept and fresh ones give the same model."""
    return np.asarray(vectors.astype(np.float16), dtype=np.float32)


def digest(texts: list[str], spec: dict[str, Any]) -> bytes:
    """Give what tells one list of texts and encoder from another."""
    return hashlib.sha256(json.dumps([texts, spec], ensure_ascii=False, sort_keys=True).encode()).digest()


def build(folder: Path) -> None:
    """Write the vectors of the shipped taxonomy into a folder."""
    from vocmine.classify.reasons.taxonomy_texts import analysed_reason_texts, reason_texts
    from vocmine.classify.taxonomy.taxonomy import Taxonomy
    from vocmine.embed import default_encoder

    taxonomy, encoder = Taxonomy.default(), default_encoder()
    texts = analysed_reason_texts(taxonomy, taxonomy.leaves)[0]["text_clean"].tolist()
    buffer = io.BytesIO()
    written = [text for text, _ in reason_texts(taxonomy, taxonomy.leaves)]
    key = np.frombuffer(digest(written, encoder.spec), dtype=np.uint8)
    np.savez_compressed(buffer, digest=key, vectors=encoder.encode(texts).astype(np.float16))
    store.write_atomic(folder / _FILE, buffer.getvalue())


if __name__ == "__main__":
    build(Path(__file__).parents[1] / "data")
