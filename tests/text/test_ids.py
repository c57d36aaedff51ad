"""Keyed hashes of ids."""

from __future__ import annotations

from vocmine.text import hash_id


def test_hash_id():
    assert hash_id("C-1", "k") == hash_id("C-1", "k") != hash_id("C-1", "other")
    assert hash_id("C-1", "k") != hash_id("C-2", "k")
    assert "C-1" not in hash_id("C-1", "k")
