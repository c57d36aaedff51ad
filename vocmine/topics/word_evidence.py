"""What stands behind a hot word: the contacts that have it, and masked quotes in which it can be read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vocmine.text import as_analysed, sentences
from vocmine.topics.naming.names import quote

CONTACTS = 50  # the newest: enough to follow a word up, whatever the volume
_QUOTES = 3
_TRIED = 12  # texts in which a readable quote is looked for
_SHORT, _LONG = 8, 80  # characters of a text that says its matter in a line


def newest(rows: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Order contacts by how many came later.

    Examples
    --------
    >>> newest(np.array([0, 1, 2]), np.array([2, 0, 1])).tolist()
    [1, 2, 0]
    """
    return np.asarray(rows[np.argsort(later[rows], kind="stable")])


def contact_ids(contacts: object) -> list[str] | None:
    """Give the ids of contacts; None where they have none."""
    if not isinstance(contacts, pd.DataFrame) or "contact_id" not in contacts.columns:
        return None
    return [str(i) for i in contacts["contact_id"].tolist()]


def word_quotes(term: str, word: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Choose up to three quotes in which a word can be read, the texts that come first before later ones.

    Parameters
    ----------
    term, word : str
        The word as it stands in ``terms``, and as people write it.
    texts : sequence of str
        Masked texts that have the word, the newest first.

    Returns
    -------
    tuple of str
        One line each, none twice; of a long text the sentence with the word. Texts of a line come first.

    Examples
    --------
    >>> long = "昨日届きました。" * 12 + "QR決済で返金してください。"
    >>> word_quotes("返金", "返金", ["返金", long, "返金はまだですか"])
    ('返金はまだですか', 'QR決済で返金してください。', '返金')
    """
    tried = sorted(list(dict.fromkeys(texts))[:_TRIED], key=_readability)
    chosen: dict[str, None] = {}
    for text in tried:
        line = quote(_sentence(term, word, text))
        if line:
            chosen.setdefault(line)
        if len(chosen) == _QUOTES:
            break
    return tuple(chosen)


def _readability(text: str) -> int:
    return 0 if _SHORT <= len(text) <= _LONG else 1 if len(text) > _LONG else 2


def _sentence(term: str, word: str, text: str) -> str:
    """Give a short text, or the first sentence of a long one that has the word, from near the word on."""
    if len(text) <= _LONG:
        return text
    parts = [text[a:b] for a, b in sentences(text)]
    place = next((i for i, part in enumerate(parts) if word.lower() in part.lower()), None)
    if place is None:  # bent: 届かない stands as 届きません
        read = as_analysed(parts)["terms"].str.split()
        place = next((i for i, terms in enumerate(read) if term in terms), 0)
    part = parts[place] if parts else text
    at = part.lower().find(word.lower())
    return "…" + part[at - _LONG // 4 :] if at > _LONG // 2 else part
