"""Vectors kept for the length of a job, so that its steps encode a text once between them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import numpy as np

_MOST = 10_000  # vectors that are kept: 22 MB of the bundled encoder's

Make = Callable[[list[str]], np.ndarray]


class VectorMemory:
    """Vectors of the texts that were encoded first, up to a number; those of later texts are made each time.

    An encoder gives a text the same bytes alone and among others, so what is kept is what it would give again. Nothing
    is thrown out for a newer text: steps that read the same long list one after the other would otherwise throw out
    each vector just before it is asked for.

    Parameters
    ----------
    most : int
        Vectors that are kept, of all encoders together.

    Examples
    --------
    >>> memory, asked = VectorMemory(), []
    >>> def make(texts):
    ...     asked.extend(texts)
    ...     return np.array([[len(text)] for text in texts], dtype=np.float32)
    >>> [memory.encode("lengths", texts, make).ravel().tolist() for texts in (["a", "bb", "a"], ["bb", "ccc"])], asked
    ([[1.0, 2.0, 1.0], [2.0, 3.0]], ['a', 'bb', 'ccc'])
    """

    def __init__(self, most: int = _MOST) -> None:
        self.most = most
        self._kept: dict[tuple[str, str], np.ndarray] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def encode(self, name: str, texts: list[str], make: Make) -> np.ndarray:
        """Give the vectors of texts, made by ``make`` where they are not kept under the name of the encoder."""
        kept = {text: self._kept.get((name, text)) for text in texts}
        new = [text for text, vector in kept.items() if vector is None]
        if not texts or new == texts:  # nothing is known, and no text comes twice
            made = make(texts)
            self._keep(name, texts, made)
            return made
        if new:
            made = make(new)
            self._keep(name, new, made)
            kept.update(zip(new, made, strict=True))
        return np.stack([vector for text in texts if (vector := kept[text]) is not None])

    def _keep(self, name: str, texts: list[str], vectors: np.ndarray) -> None:
        with self._lock:
            for text, vector in zip(texts[: max(self.most - len(self._kept), 0)], vectors, strict=False):
                self._kept[name, text] = vector.copy()


_in_use: list[VectorMemory] = []  # of the jobs that are under way, the last one serves


@contextmanager
def remembered_vectors(most: int = _MOST) -> Iterator[VectorMemory]:
    """Let the encoders that are slow (bundled, English) remember their vectors inside a ``with`` statement.

    Parameters
    ----------
    most : int
        Vectors that are kept: bounds the memory.

    Examples
    --------
    >>> from vocmine.embed import BundledEncoder
    >>> with remembered_vectors() as memory:
    ...     first = BundledEncoder().encode(["返金してほしい"])
    ...     again = BundledEncoder().encode(["返金してほしい"])  # another step of the same job
    >>> len(memory), bool((first == again).all())
    (1, True)
    """
    memory = VectorMemory(most)
    _in_use.append(memory)
    try:
        yield memory
    finally:
        _in_use.remove(memory)


def remember(spec: dict[str, Any], texts: list[str], make: Make) -> np.ndarray:
    """Give the vectors that ``make`` gives, from what is remembered where a job remembers vectors.

    Parameters
    ----------
    spec : dict
        Of the encoder: one with the same spec gives the same vectors.
    texts : list of str
    make : callable
        Gives float32 of shape (n, d) for n texts.
    """
    memory = next(reversed(_in_use), None)
    if memory is None:
        return make(texts)
    return memory.encode(json.dumps(spec, sort_keys=True), texts, make)
