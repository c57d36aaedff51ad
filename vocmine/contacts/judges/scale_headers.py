"""The scale of satisfaction that the name of a column tells: （10段階）, (1-10), /100, NPS, 1=大変満足."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vocmine.contacts.cells import fold
from vocmine.contacts.values import lookup

_RANGE = re.compile(r"(?<![\d.])(\d{1,3}) ?(?:点|=[^\d]{1,12}?)?(?:[-–—~〜～…]|to|から|,?\.\.\.?) ?(\d{1,3})(?![\d.])")
_STEPS = re.compile(r"(\d{1,3}) ?(?:段階|件法|択|つ星|[- ]?point(?!s? (?:earned|used))|[- ]?stars?)")
_FULL = re.compile(
    r"(\d{1,3}) ?点? ?(?:満点|中)|満点 ?[:=]? ?(\d{1,3})"
    r"|(?:(?<!\d)(?<!\d )/|out of|max(?:imum)?\.? ?[:=]?|最高) ?(\d{1,3}) ?点?(?![\d/年月])"
)
_NPS = re.compile(r"(?<![a-z])e?nps(?![a-z])|推奨度|推奨意向|おすすめ度|お勧め度|likelihood to recommend|net promoter")
_PERCENT = re.compile(r"%|percent|パーセント|百分率|百点")
_MEANING = re.compile(
    r"(?<![\d.])(\d{1,3}) ?(?:点)? ?(?:[=:：→は(]|が|is|being|equals?|means?|meaning|denotes?) ?(?:the )?"
    r"([^\d,、;；/|~〜～()\[\]]+)"
)
_MEANING_FIRST = re.compile(
    r"(大変満足|最高|最良|best|highest|very satisfied|大変不満|最低|最悪|worst|lowest|very dissatisfied)"
    r" ?(?:評価)? ?(?:[=:：→は]|が|is)? ?(\d{1,3})(?!\d)"
)
_BACKWARDS = re.compile(r"(?:低い|小さい|少ない)ほど(?:良い|よい|満足|高評価)|lower is better|逆転|reversed?(?![a-z])")
_WORST = re.compile(
    r"最低|最悪|悪|低い|低評価|不満|不良|worst|lowest|low|negative|bottom|dissatisf|unsatisf|unhappy|poor|bad"
)
_BEST = re.compile(
    r"最高|最良|良|高い|高評価|よい|満足|best|highest|high|great|top|positive|satisf|happy|good|excellent"
)
_TOLD = re.compile(r"(\d{1,3}) ?[-–~〜] ?(\d{1,3})")
_HIGHEST = (3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 50, 100)


@dataclass(frozen=True)
class HeaderScale:
    """A scale that a name tells.

    Parameters
    ----------
    low : float or None
        Its worst mark; None where it may be 0 or 1.
    high : float or None
        Its best mark; None where the name tells no scale.
    reversed : bool
        Whether the lowest number is the best mark.
    recommends : bool
        Whether it asks for recommendation (NPS), not satisfaction.
    """

    low: float | None = None
    high: float | None = None
    reversed: bool = False
    recommends: bool = False


@cache
def header_scale(header: str) -> HeaderScale:
    """Find the scale that the name of a column tells.

    Examples
    --------
    >>> [header_scale(name).high for name in ("満足度（10段階）", "CSAT (1-5)", "score /100", "NPS", "満足度")]
    [10.0, 5.0, 100.0, 10.0, None]
    >>> header_scale("評価（1=大変満足 5=大変不満）").reversed
    True
    """
    name = re.sub(r"[\s_]+", " ", fold(header))
    recommends = _NPS.search(name) is not None
    low, high = _limits(name)
    backwards, ends = _meanings(name)
    if high is None and len(ends) > 1:
        low, high = min(ends), max(ends)
    if recommends and high is None:
        low, high = 0.0, 10.0
    if high is None and ends and max(ends) in _HIGHEST:
        high = max(ends)
    return HeaderScale(low, high, backwards, recommends)


def told_scale(words: str) -> tuple[float, float] | None:
    """Read a scale that a mapping tells: worst and best mark; None where it is none.

    Examples
    --------
    >>> told_scale("1-10"), told_scale("5-1"), told_scale("分")
    ((1.0, 10.0), (5.0, 1.0), None)
    """
    match = _TOLD.fullmatch(fold(words))
    return (float(match[1]), float(match[2])) if match and match[1] != match[2] else None


def _limits(name: str) -> tuple[float | None, float | None]:
    for match in _RANGE.finditer(name):
        one, other = float(match[1]), float(match[2])
        low, high = min(one, other), max(one, other)
        if low in (0, 1) and high in _HIGHEST:
            return low, high
    if (steps := _STEPS.search(name)) and float(steps[1]) in _HIGHEST:
        high = float(steps[1])
        return (0.0, 10.0) if high == 11 else (1.0, high)
    if full := _FULL.search(name):
        high = float(full[1] or full[2] or full[3])
        if high in _HIGHEST:
            return (0.0 if high >= 20 else None), high
    return (0.0, 100.0) if _PERCENT.search(name) else (None, None)


def _meanings(name: str) -> tuple[bool, list[float]]:
    """Tell whether the meanings of marks in a name run backwards, and which marks have one."""
    marks: dict[float, float] = {}
    words = lookup("satisfaction")
    said = [(match[1], match[2]) for match in _MEANING.finditer(name)]
    said += [(match[2], match[1]) for match in _MEANING_FIRST.finditer(name)]
    for mark, meaning in said:
        word = re.sub(r"[ 。.→-]+$| (?:to|and)$", "", meaning.strip(" 。.-→"))
        known = words.get(word)
        if known is None:
            known = "1" if _WORST.search(word) else "5" if _BEST.search(word) else None
        if known is not None and known != "3":
            marks.setdefault(float(mark), float(known))
    if _BACKWARDS.search(name):
        return True, list(marks)
    if not marks:
        return False, []
    if len(marks) > 1:
        both = min(marks.values()) < 3 < max(marks.values())
        return marks[min(marks)] > marks[max(marks)], list(marks) if both else []
    lone, worth = next(iter(marks.items()))
    return (worth > 3) if lone <= 1 else (worth < 3), list(marks)
