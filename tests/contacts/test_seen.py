"""Ids seen before."""

from __future__ import annotations

import numpy as np

from vocmine.contacts.seen import SeenIds


def test_seen_ids_are_a_set():
    rng = np.random.default_rng(0)
    seen, known = SeenIds(), set()
    for _ in range(40):
        ids = rng.integers(0, 3000, 100).astype(str).astype(object)
        found = []
        for i in ids:
            found.append(i in known)
            known.add(i)
        assert seen.add(ids).tolist() == found
    assert len(seen) == len(known)
