"""Where sentences begin and end, in Japanese and English."""

from __future__ import annotations

import re

_END = re.compile(
    r"[。｡!?！？…♪☆]+[」』)）\]\"'”’]*|\n+|(?<=[a-z0-9)\]\"'%A-Z])[.]+[\"')\]]*(?=\s+[\"'(]?[A-Z0-9]|\s*$"
    r"|[ぁ-んァ-ヶ一-鿿])|[wｗ笑]+(?=\n)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|No|approx|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep"
    r"|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_QUOTING = re.compile(r"[」』)）][とってのをはがに、]|(?<=[!?！？])[とっ](?:いう|て|の|思|言)")


def sentences(text: str) -> list[tuple[int, int]]:
    r"""Give the places of the sentences of a text.

    A sentence ends at 。！？ and closing brackets after it, at a line end, and at an English full stop that is not
    that of an abbreviation, a number or an initial. Spaces around a sentence are not part of it.

    Parameters
    ----------
    text : str
        Any text, normalised or not.

    Returns
    -------
    list of (start, end)
        In order, apart from each other; ``text[start:end]`` is never empty.

    Examples
    --------
    >>> t = "画面が固まる。返金して！\nMr. Smith paid 3.50. It failed."
    >>> [t[a:b] for a, b in sentences(t)]
    ['画面が固まる。', '返金して！', 'Mr. Smith paid 3.50.', 'It failed.']
    """
    out: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(0, match.start() - 8), match.start() + 1):
            continue
        if match.group()[-1] in "」』)）" and _QUOTING.match(text, match.end() - 1):
            continue
        _add(text, (start, match.end()), out)
        start = match.end()
    _add(text, (start, len(text)), out)
    return out


def _add(text: str, span: tuple[int, int], out: list[tuple[int, int]]) -> None:
    part = text[span[0] : span[1]]
    inner = part.strip()
    if inner:
        start = span[0] + len(part) - len(part.lstrip())
        out.append((start, start + len(inner)))
