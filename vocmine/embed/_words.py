"""Mean vectors of the words of Japanese texts, the rarer words weighing more (smooth inverse frequency).

The word vectors are those that come with ``ja_ginza`` (chiVe, Apache-2.0): 480,000 words share 20,000 rows. Of that
package two files are read and nothing is imported: spaCy's own vocabulary would take a second and 100 MB.

Arora, Liang and Ma 2017, A simple but tough-to-beat baseline for sentence embeddings.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from vocmine import linalg
from vocmine.embed._words_hash import word_key
from vocmine.errors import SettingsError
from vocmine.text.surfaces import surface_words

WIDTH = 300
_PACKAGE = "ja_ginza"
_CHECKSUM = 0x9A230217, 0x05E1E288  # of its vectors and of its table of words, the same in 5.2.0 and 5.3.0
SMOOTHING = 5e-4  # `a` of a / (a + p): the share of words at which one weighs half; scripts/build_word_weights.py
_UNKNOWN = 1e-6  # share of a word that is on no list
_DIGITS = 30  # weighted values are below 2**5: sums of 10,000 of them on this grid are exact
_KEPT = 50_000  # words whose row and weight are remembered
_GATHERED = 8_192  # words summed at once, which bounds the memory
_READ = 1 << 20  # bytes


class WordVectors:
    """Sums of weighted word vectors, which depend on each text alone, to the last bit.

    Parameters
    ----------
    folder : Path
        With the files ``vectors`` and ``key2row`` of a spaCy model.
    shares : dict of str to float
        The share that each known word has among all words.

    Raises
    ------
    SettingsError
        If the files are missing, or are others than those that saved models were fitted with.
    """

    def __init__(self, folder: Path, shares: dict[str, float]) -> None:
        found = tuple(_checksum(folder / name) for name in ("vectors", "key2row"))
        if found != _CHECKSUM:
            raise SettingsError(
                "these are other word vectors than the Japanese view is made of", where=str(folder),
                got=" ".join(f"{value:08x}" for value in found), expected=" ".join(f"{v:08x}" for v in _CHECKSUM),
                hint=f"install {_PACKAGE.replace('_', '-')} 5.2 or 5.3",
            )
        self._vectors: np.ndarray = np.load(folder / "vectors", mmap_mode="r")
        self._keys, self._rows = _table(folder / "key2row")
        self._weights = {word: _weight(share) for word, share in shares.items()}
        self._known: dict[str, tuple[int, float]] = {}
        self._middle = self._common(shares)

    def encode(self, texts: Sequence[str], words: Sequence[str | None] | None = None) -> np.ndarray:
        """Give the vectors of texts, float32 of shape (n, 300); rows of length 1, or 0 where no word is known.

        Parameters
        ----------
        texts : sequence of str
            Clean texts.
        words : sequence of str or None, optional
            Their words as `vocmine.text.surfaces.surface_words` gives them, where they are known already.
        """
        given = [None] * len(texts) if words is None else words
        read = [said if isinstance(said, str) else surface_words(text) for text, said in zip(texts, given, strict=True)]
        found = [self._found(text.split()) for text in read]
        out = np.zeros((len(texts), WIDTH), dtype=np.float32)
        ends = np.cumsum([len(some) for some in found])
        first = 0
        while first < len(found):
            done = ends[first] - len(found[first])
            last = max(first + 1, int(np.searchsorted(ends, done + _GATHERED, side="right")))
            out[first:last] = self._mean(found[first:last])
            first = last
        return out

    def _mean(self, found: Sequence[list[tuple[int, float]]]) -> np.ndarray:
        flat = [pair for some in found for pair in some]
        out = np.zeros((len(found), WIDTH))
        if flat:
            rows, weights = np.array([row for row, _ in flat]), np.array([weight for _, weight in flat])
            even = linalg.on_fixed_grid((self._vectors[rows] - self._middle) * weights[:, None], _DIGITS)
            some = [i for i, pairs in enumerate(found) if pairs]
            lengths = np.array([len(found[i]) for i in some])
            out[some] = np.add.reduceat(even, np.cumsum(lengths) - lengths, axis=0)
        return np.asarray(linalg.unit_rows(out), dtype=np.float32)

    def _common(self, shares: dict[str, float]) -> np.ndarray:
        """Give the weighted mean of all listed words, which no text is about: it is taken from each word's vector."""
        found = self._found(sorted(shares))
        rows = np.array([row for row, _ in found])
        counts = SMOOTHING * (1 - np.array([weight for _, weight in found]))  # is share times weight, a p / (a + p)
        even = linalg.on_fixed_grid(self._vectors[rows] * counts[:, None], _DIGITS)
        return np.asarray(even.sum(axis=0) / linalg.on_fixed_grid(counts, _DIGITS).sum())

    def _found(self, words: list[str]) -> list[tuple[int, float]]:
        """Give row and weight of each word that has a vector."""
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            if len(known) + len(new) > _KEPT:  # a fresh one: another thread may be reading this
                known, new = {}, list(dict.fromkeys(words))
            keys = np.array([word_key(word) for word in new], dtype=np.uint64)
            at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            rows = np.where(self._keys[at] == keys, self._rows[at].astype(np.int64), -1)
            least = _weight(_UNKNOWN)
            known.update((w, (int(row), self._weights.get(w, least))) for w, row in zip(new, rows, strict=True))
            self._known = known
        return [pair for word in words if (pair := known[word])[0] >= 0]


@lru_cache(maxsize=1)
def japanese_words() -> WordVectors:
    """Give the word vectors of ``ja_ginza``, read once a process.

    Raises
    ------
    SettingsError
        If the package or its files are missing or of another version.
    """
    spec = find_spec(_PACKAGE)
    folders = [] if spec is None or not spec.origin else sorted(Path(spec.origin).parent.glob(f"{_PACKAGE}-*/vocab"))
    if not folders or not all((folders[-1] / name).is_file() for name in ("vectors", "key2row")):
        raise SettingsError(
            "the word vectors of the Japanese view are missing", where=_PACKAGE,
            got=str(folders[-1]) if folders else "no such package", expected="vocab/vectors and vocab/key2row",
            hint=f"run: pip install --force-reinstall {_PACKAGE.replace('_', '-')}",
        )
    return WordVectors(folders[-1], word_shares())


def word_shares() -> dict[str, float]:
    """Give the share that each listed word has among all words.

    Examples
    --------
    >>> shares = word_shares()
    >>> shares["の"] > 0.05 > shares["返金"]
    True
    """
    text = resources.files("vocmine.embed").joinpath("data", "word_shares_ja.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("# ")]
    return {word: int(share) * 1e-6 for word, share in lines}


def _weight(share: float) -> float:
    return SMOOTHING / (SMOOTHING + share)


def _table(file: Path) -> tuple[np.ndarray, np.ndarray]:
    """Give the keys of all words in order, and the row of each; read piece by piece, for a dict would take 70 MB."""
    from srsly.msgpack import Unpacker

    with file.open("rb") as opened:
        pieces = Unpacker(opened)
        size = pieces.read_map_header()
        keys, rows = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.uint16)
        for i in range(size):
            keys[i], rows[i] = pieces.unpack(), pieces.unpack()
    order = np.argsort(keys, kind="stable")
    return keys[order], rows[order]


def _checksum(file: Path) -> int:
    value = 0
    with file.open("rb") as opened:
        while piece := opened.read(_READ):
            value = zlib.crc32(piece, value)
    return value
