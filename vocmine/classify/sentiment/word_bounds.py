"""Whether a polarity word found in a Japanese text is a word there, and not a piece of a longer one.

Texts are split into words once, before; here only the text is left. Runs of one script tell most: 正確 in 訂正確認 lies
askew of words of two kanji, エラー in エラーログ is no whole run.
"""

from __future__ import annotations

import re

from vocmine.classify.sentiment.lexicon import rule

_PREFIXES = frozenset("超大激全最不無未非再新各毎皆即神鬼爆低高過要被同当御絶")  # stand alone before a kanji word
_SUFFIXES = frozenset("感度性的点者面度級中後時品気部化所様達等人店系具物味心力員率量色")  # and after one
_KANJI = re.compile(r"[一-鿿々]*")
_NAME = rule("name_after")
_HEAD = rule("term_after")


def whole(text: str, start: int, end: int) -> bool:
    """Say whether the kanji or katakana word at a place is a word of its own.

    Examples
    --------
    >>> whole("訂正確認", 1, 3), whole("説明が正確", 3, 5), whole("エラーログ", 0, 3), whole("対応不満", 2, 4)
    (False, True, False, True)
    """
    first, last = text[start], text[end - 1]
    if "ァ" <= first <= "ヶ" and ("ァ" <= last <= "ー"):
        return not (end < len(text) and "ァ" <= text[end] <= "ー")
    if end - start != 2 or not ("一" <= first <= "鿿" and "一" <= last <= "鿿"):
        return True
    before = start
    while before and "一" <= text[before - 1] <= "鿿":
        before -= 1
    if not (start - before) % 2:
        return True
    after = _KANJI.match(text, end).end() - end  # type: ignore[union-attr]
    if not after % 2:
        return True
    return text[start - 1] in _PREFIXES or text[end] in _SUFFIXES


def part_of_name(text: str, end: int) -> bool:
    """Say whether the good word that ends here begins a name or a term (くつろぎプラン, 最高気温).

    Examples
    --------
    >>> part_of_name("安心パックの料金", 2), part_of_name("安心でした", 2)
    (True, False)
    """
    return _NAME.match(text, end) is not None


def heads_compound(text: str, end: int) -> bool:
    """Say whether the bad noun that ends here only tells which thing another noun names (紛失届, 故障率, 切断砥石).

    Examples
    --------
    >>> heads_compound("紛失届の書式", 2), heads_compound("故障中", 2)
    (True, False)
    """
    return _HEAD.match(text, end) is not None
