"""Texts of people made safe to post: masked, on one line, short, and with nothing in them that a program acts on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vocmine.plaintext import plain
from vocmine.text import mask_pii

_JOINER = "\u2060"  # has no width and breaks no line: what it parts is read as text, and looks the same
# Mentions (@here), Slack's and HTML's tags (<!here>, </script>), addresses (http://, www.), hidden characters.
_HIDDEN = re.compile("[\u200b-\u200f\u2028\u2029\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_ACTIVE = re.compile(r"[@＠](?=\S)|<(?=\S)|(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)


def shorten(text: str, most: int) -> str:
    """Cut a text to a number of characters, with an ellipsis where it was cut.

    Examples
    --------
    >>> shorten("abcdef", 4), shorten("abc", 4)
    ('abc…', 'abc')
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def harmless(text: str, most: int) -> str:
    r"""Give a text on one line, cut, with mentions, tags and addresses that no program takes for such.

    Parameters
    ----------
    text : str
        Masked, or of no person.
    most : int
        Characters.

    Examples
    --------
    >>> harmless("<!channel>\n@here", 40).replace("\u2060", "~")
    '<~!channel> @~here'
    """
    line = shorten(" ".join(_HIDDEN.sub("", plain(text)).split()), most)
    return _ACTIVE.sub(lambda match: match.group() + _JOINER, line)


def masked(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """Mask what is personal, once more, then make each text harmless; empty ones are left out.

    Parameters
    ----------
    texts : sequence of str
        What people said.
    most : int
        Characters of each.

    Examples
    --------
    >>> masked(["電話は０９０－１２３４－５６７８", " "], 40)
    ('電話は[電話番号]',)
    """
    return tuple(line for text in mask_pii(list(texts)) if (line := harmless(text, most)))
