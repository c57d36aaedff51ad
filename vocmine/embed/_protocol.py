"""What an encoder is, and how texts and threads are prepared for one."""

from __future__ import annotations

import os
from typing import Any, Protocol, runtime_checkable

import numpy as np

_MAX_CHARACTERS = 2_000  # the bundled encoder has no limit of its own and takes 2 s for 20,000 characters


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors.

    ``encode`` takes a list of str and gives float32 of shape (n, d), each row of length 1 and depending on its own
    text alone. ``spec`` is a plain dict from which `encoder_from_spec` makes the same encoder again.
    """

    spec: dict[str, Any]

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``, shape (n, d), float32."""
        ...


def readable(text: str) -> str:
    r"""Give the part of a text that is read, without what is no letter in any writing.

    Examples
    --------
    >>> readable("\ud83d折電"), len(readable("長" * 3_000))
    ('?折電', 2000)
    """
    return text[:_MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def cores() -> int:
    """Count the cores that are really available, fewer where the environment limits the threads."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    told = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(count, int(told))) if told.isdigit() else count
