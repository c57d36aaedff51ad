"""Small drawings as inline SVG. Colours come from the classes of the style sheet, words stand in HTML beside them.

All stretch to the width of their place (``preserveAspectRatio="none"``), so that nothing is cut off on a phone and no
text shrinks with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from vocmine.stats import Estimate

if TYPE_CHECKING:
    from vocmine.report.words import Words

_HIDDEN = Markup('aria-hidden="true" focusable="false"')


def interval_bar(cost: Estimate, widest: float) -> Markup:
    """Draw a bar up to the value, with a band from low to high.

    Examples
    --------
    >>> "<svg" in interval_bar(Estimate(50, 40, 70), 100)
    True
    """
    if not cost.known or widest <= 0:
        return Markup("")
    scale = 100 / widest
    parts = [_rect("bar", 0, 3, max(cost.value, 0) * scale, 8)]
    if cost.ranged:
        parts.append(_rect("band", cost.low * scale, 5.5, (cost.high - cost.low) * scale, 3))
    return _svg("spark-bar", 100, 14, parts, "")


def week_bars(values: Sequence[float], label: str, titles: Sequence[str]) -> Markup:
    """Draw one bar a week with a line at the average; each bar tells its week when pointed at."""
    top = max([*values, 1])
    parts = [
        _rect("bar last" if i == len(values) - 1 else "bar", i * 10 + 1, 60 - v / top * 56, 8, v / top * 56, title)
        for i, (v, title) in enumerate(zip(values, titles, strict=True))
    ]
    mean = 60 - sum(values) / max(len(values), 1) / top * 56
    width = 10 * max(len(values), 1)
    parts.append(_line("mean", 0, mean, width, mean))
    parts.append(_line("axis", 0, 60, width, 60))
    return _svg("weeks", width, 61, parts, label)


def stacked_bar(counts: Sequence[int], classes: Sequence[str], label: str, titles: Sequence[str] = ()) -> Markup:
    """Draw the parts of a whole side by side."""
    whole = sum(counts)
    if not whole:
        return Markup("")
    parts, x = [], 0.0
    for i, (count, css) in enumerate(zip(counts, classes, strict=True)):
        width = 100 * count / whole
        if width:
            parts.append(_rect(css, x, 0, width, 12, titles[i] if titles else ""))
        x += width
    # Parts without titles of their own tell the whole when pointed at.
    whole_title = [] if titles or not label else [Markup("<title>{}</title>").format(label)]
    return _svg("stack", 100, 12, [*whole_title, *parts], label)


def day_bars(days: Sequence[tuple[date, float, float, float]], label: str, words: Words) -> Markup:
    """Draw one bar a day before the band of what is usual; each tells its day when pointed at."""
    top = max([max(n, high) for _, n, _, high in days] + [1.0])
    parts = []
    for i, (day, n, _, high) in enumerate(days):
        title = words("explore_day_bar", day=words.day(day), n=words.count(n), high=words.whole(high))
        parts.append(_rect("usual", i * 10, 60 - high / top * 56, 10, high / top * 56, title))
        parts.append(_rect("bar alarm" if n > high else "bar", i * 10 + 2, 60 - n / top * 56, 6, n / top * 56, title))
    parts.append(_line("axis", 0, 60, 10 * len(days), 60))
    return _svg("weeks", 10 * len(days), 61, parts, label)


def waterfall(bars: Sequence[tuple[str, Estimate, str, bool]], label: str, ground: float = 0.0) -> Markup:
    """Draw a bridge: whole bars at its ends, and between them steps that begin where the one before ended.

    Parameters
    ----------
    bars : sequence of (label, size, text, is_end)
        What each is, how large, its size in words, and whether it stands on the ground.
    label : str
        What the drawing shows, for those who hear it.
    ground : float
        Level that the whole bars stand on; above 0 their lower part is left out, which must be said beside.
    """
    levels = [ground]
    for _, size, _, is_end in bars:
        levels.append(size.value if is_end else levels[-1] + size.value)
    top, lowest = max([*levels, ground + 1e-9]), min([*levels, ground])
    scale = 56 / (top - lowest)
    parts = []
    for i, (name, size, text, is_end) in enumerate(bars):
        start, end = (ground if is_end else levels[i]), levels[i + 1]
        css = "bar last" if is_end else "bar alarm" if size.value > 0 else "m2"
        y, height = (top - max(start, end)) * scale + 4, abs(end - start) * scale
        parts.append(_rect(css, i * 10 + 1, y, 8, max(height, 0.4), f"{name}: {text}"))
        if i + 1 < len(bars):
            parts.append(_line("mean", i * 10 + 9, (top - end) * scale + 4, i * 10 + 11, (top - end) * scale + 4))
    floor = (top - ground) * scale + 4
    parts.append(_line("mean" if ground > 0 else "axis", 0, floor, 10 * len(bars), floor))
    return _svg("weeks", 10 * len(bars), 61, parts, label)


def _svg(css: str, width: float, height: float, parts: Sequence[Markup], label: str) -> Markup:
    says = Markup('role="img" aria-label="{}"').format(label) if label else _HIDDEN
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" {}>{}</svg>'
    ).format(css, _n(width), _n(height), says, Markup("").join(parts))


def _rect(css: str, x: float, y: float, width: float, height: float, title: str = "") -> Markup:
    inner = Markup("<title>{}</title>").format(escape(title)) if title else ""
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}">{}</rect>').format(
        css, _n(x), _n(y), _n(width), _n(height), inner
    )


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(css, _n(x1), _n(y1), _n(x2), _n(y2))


def _n(value: float) -> str:
    """Two decimals are finer than a pixel, and the same everywhere."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
