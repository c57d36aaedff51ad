"""Vectors are made once in the length of a job, and are the same as without a memory."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from vocmine.embed import BundledEncoder, VectorMemory, ViewEncoder, remembered_vectors


class Counted:
    """Makes vectors of texts and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(t), hash(t) % 7] for t in texts], dtype=np.float32).reshape(len(texts), 2)


def test_each_text_is_made_once_in_its_order() -> None:
    memory, make = VectorMemory(), Counted()
    first = memory.encode("a", ["x", "yy", "x"], make)
    second = memory.encode("a", ["zzz", "yy"], make)
    assert make.asked == ["x", "yy", "zzz"]
    assert first[:, 0].tolist() == [1, 2, 1] and second[:, 0].tolist() == [3, 2]
    assert first.dtype == np.float32 and len(memory) == 3


def test_encoders_are_kept_apart() -> None:
    memory, make = VectorMemory(), Counted()
    memory.encode("a", ["x"], make)
    memory.encode("b", ["x"], make)
    assert make.asked == ["x", "x"]


def test_a_full_memory_keeps_what_it_has() -> None:
    memory, make = VectorMemory(2), Counted()
    memory.encode("a", ["x", "yy", "zzz"], make)
    assert len(memory) == 2
    assert memory.encode("a", ["zzz", "x", "yy"], make)[:, 0].tolist() == [3, 1, 2]
    assert make.asked == ["x", "yy", "zzz", "zzz"]


def test_what_is_given_may_be_changed() -> None:
    memory, make = VectorMemory(), Counted()
    memory.encode("a", ["x"], make)[:] = 99
    memory.encode("a", ["x"], make)[:] = 99
    assert memory.encode("a", ["x"], make)[0, 0] == 1


def test_no_text_is_no_error() -> None:
    with remembered_vectors():
        assert BundledEncoder(1).encode([]).shape == (0, 512)


def test_vectors_are_the_same_with_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["返金してほしい", "Where is my order?", "", "返金してほしい"]
    plain = BundledEncoder(1).encode(texts), ViewEncoder("ja", 1).encode(texts)
    with remembered_vectors() as memory:
        half = BundledEncoder(1).encode(texts[1:])
        assert (half == plain[0][1:]).all()
        monkeypatch.setattr(BundledEncoder, "_made", None)  # nothing is made from here on
        assert (ViewEncoder("ja", 1).encode(texts) == plain[1]).all()
        assert (BundledEncoder(1).encode(texts) == plain[0]).all()
        assert len(memory) == 3


def test_jobs_beside_each_other_and_their_end() -> None:
    make = Counted()
    with remembered_vectors() as outer:
        with remembered_vectors() as inner:
            outer.encode("a", ["x"], make)
            assert len(inner) == 0
        with pytest.raises(RuntimeError), remembered_vectors():
            raise RuntimeError
        BundledEncoder(1).encode(["あ"])
        assert len(outer) == 2
    BundledEncoder(1).encode(["い"])
    assert len(outer) == 2


def test_threads_may_share_it() -> None:
    memory, make = VectorMemory(50), Counted()
    texts = [f"{i}" for i in range(40)]
    threads = [threading.Thread(target=memory.encode, args=("a", texts, make)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(memory) <= 50 and memory.encode("a", ["7"], make)[0, 0] == 1
