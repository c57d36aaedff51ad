"""Small shapes between the numbers and the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vocmine.report.summary import IssueLine, WordLine
from vocmine.stats import NAN, Estimate

_CLOUD_WORDS = 60
_SIZES = 6
_CERTAIN = 0.05


@dataclass(frozen=True)
class WordView:
    """A hot word with the size it is shown in, 1 to 6, and whether it has clearly grown."""

    word: str
    n_contacts: int
    growth: float
    growth_low: float
    size: int
    hot: bool


def cloud(lines: Sequence[WordLine], words: Sequence[str], most: int | None = _CLOUD_WORDS) -> list[WordView]:
    """Size words by the square root of the contacts that use them: more contacts never give a smaller word.

    Examples
    --------
    >>> lines = [WordLine(100, 0.1, 1.0, 0.8, 1.0), WordLine(4, 0.01, 3.0, 2.0, 0.001)]
    >>> [(v.word, v.size, v.hot) for v in cloud(lines, ["app", "QR"])]
    [('app', 6, False), ('QR', 1, True)]
    """
    pairs = sorted(zip(lines, words, strict=True), key=lambda p: (-p[0].n_contacts, p[1]))[:most]
    if not pairs:
        return []
    small, large = math.sqrt(pairs[-1][0].n_contacts), math.sqrt(pairs[0][0].n_contacts)
    span = (large - small) or 1.0
    return [
        WordView(
            word, line.n_contacts, line.growth, line.growth_low,
            1 + round((_SIZES - 1) * (math.sqrt(line.n_contacts) - small) / span),
            line.growth_low > 1 and not line.p_adjusted > _CERTAIN,
        )
        for line, word in pairs
    ]


def other_line(lines: Sequence[IssueLine]) -> IssueLine | None:
    """Fold the small issues into one line, so that the rows shown still add up; sums have no interval."""
    if not lines:
        return None
    n, cost = sum(x.contacts.value for x in lines), sum(x.cost.value for x in lines)
    size = sum(x.hours if math.isnan(cost) else x.cost.value for x in lines)
    filled = sum((x.hours if math.isnan(cost) else x.cost.value) * x.imputed_share for x in lines)
    return IssueLine(
        issue="", contacts=Estimate(n, n=round(n)), hours=sum(x.hours for x in lines), cost=Estimate(cost, n=round(n)),
        per_contact=cost / n if n else NAN, share=sum(x.share for x in lines),
        imputed_share=filled / size if size else NAN, method=None,
    )


def signal(line: IssueLine, name: str) -> int:
    """Give the contacts of an issue that show a signal."""
    return dict(line.signals).get(name, 0)
