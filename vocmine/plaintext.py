"""Text made safe to show: customer text is data, and some characters are no text at all."""

from __future__ import annotations

import re

# Control characters, lone surrogates, non-characters, and marks that turn the direction of what stands beside them.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    r"""Take out what can't be shown or stored; the words stay.

    Examples
    --------
    >>> plain("a\x00b\ud800c\u202ed")
    'abcd'
    """
    return _NO_TEXT.sub("", text)
