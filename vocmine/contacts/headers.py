"""Names of columns in real exports: the shipped table, and how names are compared."""

from __future__ import annotations

import re
from functools import cache

from vocmine.contacts.cells import fold
from vocmine.contacts.shipped import shipped_table

_NAME_CHARS = 500  # a longer one is no name of a column; brackets that stay open would take long


@cache
def header_table() -> dict[str, list[str]]:
    """Give the shipped names of columns (``data/headers.yaml``)."""
    table: dict[str, list[str]] = shipped_table("headers")
    return table


@cache
def fold_header(name: str) -> str:
    """Fold a column name for comparing: width, case, spaces, hyphens, underscores, dots, and what is in brackets.

    Examples
    --------
    >>> fold_header("Handle_Time (min)"), fold_header("受付 日時※")
    ('handletime', '受付日時')
    """
    return re.sub(r"[\s_\-.・:/※*]", "", re.sub(r"[(\[【<].*?[)\]】>]", "", fold(name[:_NAME_CHARS])))


@cache
def known_headers() -> frozenset[str]:
    """Give all shipped names, folded: a row that holds some of them is a row of column names."""
    return frozenset(fold_header(name) for names in header_table().values() for name in names)
