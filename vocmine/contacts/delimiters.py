"""Which character stands between the fields of a text file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from vocmine.contacts.header_rows import HeadRow, known_names

DELIMITERS = (",", "\t", ";", "|")
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?[,;\t|]*\r?\n?\r?", re.IGNORECASE)


def told_delimiter(line: str) -> str | None:
    r"""Give the delimiter that Excel's own first line tells.

    Examples
    --------
    >>> told_delimiter("sep=;\r\n"), told_delimiter("id;text\r\n")
    (';', None)
    """
    match = _SEP_LINE.fullmatch(line)
    return match[1] if match else None


def choose_delimiter(head_of: Callable[[str], Sequence[HeadRow]], known: frozenset[str]) -> str:
    """Choose by the first rows as each delimiter cuts them: most known names, else most fields in the most rows."""
    return max(DELIMITERS, key=lambda mark: (*_evidence(head_of(mark), known), -DELIMITERS.index(mark)))


def _evidence(head: Sequence[HeadRow], known: frozenset[str]) -> tuple[int, float]:
    if not head:
        return 0, 0.0
    hits = max(known_names(row.cells, known) for row in head)
    # a cell with half of a pair of quotes was cut within them
    widths = Counter(1 if any(cell.count('"') % 2 for cell in row.cells) else len(row.cells) for row in head)
    width, rows = max(widths.items(), key=lambda item: (item[0] - 1) * item[1])
    return (hits if hits > 1 else 0), (width - 1) * (rows / len(head)) ** 2
