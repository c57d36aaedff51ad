"""All words of a Japanese text as they are written, without signs: what sums of word vectors read."""

from __future__ import annotations

from typing import Any

from vocmine.text.language import has_japanese
from vocmine.text.pii.spans import mark_pattern
from vocmine.text.splitter import KAOMOJI, MARK, SPACE, split_japanese, sudachi_chunks

_SIGNS = frozenset([KAOMOJI, MARK, SPACE])


def surface_words(text: str) -> str:
    """Give the words of a clean text as written, joined by blanks; none of a text without Japanese letters.

    Marks of masked data are no words. `vocmine.text.as_analysed` gives the same in its column ``words`` where its own
    splitting serves, so that no text need be split twice.

    Examples
    --------
    >>> surface_words("[氏名]です。返金は、まだですか?"), surface_words("Where is it?")
    ('です 返金 は まだ です か', '')
    """
    if not has_japanese(text):
        return ""
    if "[" in text:
        text = mark_pattern().sub(" ", text)
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(joined for _, piece in sudachi_chunks(text) if (joined := joined_surfaces(*split_japanese(piece))))


def joined_surfaces(morphemes: list[Any], kinds: list[int]) -> str:
    """Give the surfaces of one piece of text, without signs, joined by blanks; parameters as `split_japanese` gives."""
    return " ".join([m.surface() for m, kind in zip(morphemes, kinds, strict=True) if kind not in _SIGNS])
