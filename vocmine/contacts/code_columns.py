"""Columns of an agent's codes: levels that belong together by their names, and what is no code by its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from vocmine.contacts.cells import as_strings
from vocmine.contacts.headers import fold_header

_WORD = r"分類|区分|カテゴリー?|項目|種別|コード|category|reason|disposition|code|topic|issue|type"
# Each gives the stem (what all levels share) and the level: 対応大分類; 分類1, Category Level 2; L1 reason.
_SIZES = re.compile(r"(?P<before>.*?)(?P<level>[大中小細])(?P<after>分類|区分|カテゴリー?|項目)(?P<rest>.*)")
_NUMBERED = re.compile(rf"(?P<before>.*?(?:{_WORD}))(?:level|lv|l|レベル|第)?(?P<level>[1-5])(?P<rest>階層|次|段階)?")
_FIRST = re.compile(rf"(?P<before>.*?)(?:level|lv|l|tier|第)(?P<level>[1-5])(?:次|階層)?(?P<rest>(?:{_WORD})?)")
_BELOW = re.compile(rf"(?P<before>.*?)(?:sub|サブ)(?P<rest>(?:{_WORD}).*)")
_GOODS = re.compile(
    r"商品|製品|品目|機種|顧客|会員|業種|product|goods|item|customer|account|industry|payment"
)
_ORDER = {mark: str(i) for i, mark in enumerate("大中小細", 1)}

_LONG = 60  # characters of a cell that no drop-down has
_MANY, _ENOUGH = 0.5, 30  # share of the cells that differ, of so many cells, from which they are free text


def code_levels(names: Sequence[str]) -> tuple[str, ...]:
    """Give the columns that are levels of one code, the widest first; none where there are fewer than two.

    Parameters
    ----------
    names : sequence of str
        Columns of a source.

    Examples
    --------
    >>> code_levels(["受付日時", "小分類", "大分類", "中分類"])
    ('大分類', '中分類', '小分類')
    >>> code_levels(["Category", "Sub-category"]), code_levels(["商品大分類", "商品中分類"])
    (('Category', 'Sub-category'), ())
    """
    families: dict[tuple[str, str], dict[str, str]] = {}
    folded = {fold_header(name): name for name in reversed(names)}
    for key, name in folded.items():
        if _GOODS.search(key) is not None:
            continue
        if match := _SIZES.fullmatch(key):
            level = _ORDER[match["level"]]
            families.setdefault((match["before"] + match["after"], match["rest"]), {})[level] = name
        elif match := _NUMBERED.fullmatch(key) or _FIRST.fullmatch(key):
            families.setdefault((match["before"], match["rest"] or ""), {})[match["level"]] = name
        elif (match := _BELOW.fullmatch(key)) and (above := match["before"] + match["rest"]) in folded:
            families.setdefault((above, "below"), {}).update({"1": folded[above], "2": name})
    whole = [family for family in families.values() if len(family) > 1 and "1" in family]
    best = max(whole, key=len, default={})
    return tuple(best[level] for level in sorted(best))


class CodeJudge:
    """Tell from all cells of a column whether they are codes, of which there are few, or free text.

    Examples
    --------
    >>> judge = CodeJudge()
    >>> judge.add(pd.Series(["01 料金", "02 解約", None] * 20))
    >>> judge.free_text
    False
    """

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._n = self._long = 0

    def add(self, cells: pd.Series) -> None:
        """Look at the cells of one chunk."""
        texts = [text for cell in as_strings(cells) if (text := cell.strip())]
        self._n += len(texts)
        self._long += sum(len(text) > _LONG for text in texts)
        if len(self._seen) <= self._n * _MANY or self._n < _ENOUGH:
            self._seen.update(texts)

    @property
    def how(self) -> str:
        """Say how many codes there are."""
        return f"{len(self._seen):,} codes" if self._seen else ""

    @property
    def free_text(self) -> bool:
        """Whether most cells are long, or of many cells most differ."""
        differ = self._n >= _ENOUGH and len(self._seen) > self._n * _MANY
        return differ or self._long * 2 > self._n
