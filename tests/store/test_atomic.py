"""Writing in one step: the old file or the new one, and nothing left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vocmine.errors import StoreError
from vocmine.store import atomic, write_atomic


def test_a_file_is_replaced_and_nothing_else_stays(tmp_path):
    for text in (b"one", b"two"):
        write_atomic(tmp_path / "a" / "b.txt", text)
        assert (tmp_path / "a" / "b.txt").read_bytes() == text
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_a_file_that_is_held_open_is_tried_again_and_then_told(tmp_path, monkeypatch):
    def held(self, target):
        raise PermissionError

    monkeypatch.setattr(atomic, "_WAITS", (0.0,))
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(StoreError, match="can't be replaced"):
        write_atomic(tmp_path / "b.txt", b"x")
    assert not list(tmp_path.iterdir())
