"""Render the numbers as one HTML page that needs nothing else: no script, no font, no address."""

from __future__ import annotations

import base64
import hashlib
import math
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from vocmine.report.evidence import Evidence
from vocmine.report.findings import (
    Namer,
    amount_of,
    avoid_head,
    findings,
    fix_of,
    growth_sentence,
    mostly_unknown,
    period_of,
    spread_of,
    title_of,
)
from vocmine.report.render import svg
from vocmine.report.render.escaping import plain
from vocmine.report.render.grid_view import Teller
from vocmine.report.render.shapes import WordView, cloud, other_line, signal
from vocmine.report.sections.grid import SECTION_KEYS, Grid
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.trust_notes import trust_sentences, untimed_sentences
from vocmine.report.words import Words
from vocmine.stats import Estimate

if TYPE_CHECKING:
    from jinja2 import Environment

_ROWS = 15
_PANELS = 8
_MOODS = 12
_SHOWN_SHARE = 0.15


def render(summary: Summary, evidence: Evidence, words: Words, title: str | None = None, timezone: str = "UTC") -> str:
    """Write the page.

    Parameters
    ----------
    summary : Summary
        Numbers.
    evidence : Evidence
        Names and masked quotes; escaped here, whatever they hold.
    words : Words
        Language.
    title : str, optional
        Title of the page.
    timezone : str
        Where a day begins and ends.

    Returns
    -------
    str
        A whole HTML document.
    """
    css = _style()
    page = _environment().get_template("page.html.j2").render(
        s=summary, e=evidence, w=words, lang=words.lang, title=title or words(title_of(summary)), timezone=timezone,
        # Our own style sheet, the one thing that is not escaped.
        css=Markup(css),  # noqa: S704
        csp=_policy(css), version=_version(), trust=trust_sentences(summary, words, timezone),
        **_parts(summary, evidence, words),
    )
    return plain(page)


def frame(page: str, height: int = 760) -> str:
    """Wrap a page for a notebook: in a frame of its own, without scripts, so that its style stays inside.

    Examples
    --------
    >>> frame("<p>a</p>").startswith("<iframe")
    True
    """
    look = Markup('sandbox="" title="vocmine" width="100%" height="{}" style="border:0"').format(height)
    return str(Markup('<iframe srcdoc="{}" {}></iframe>').format(page, look))


def _parts(s: Summary, e: Evidence, w: Words) -> dict[str, Any]:
    """Make what the templates need beside the summary."""
    shown, folded = s.issues[:_ROWS], s.issues[_ROWS:]
    sizes = [size.high if size.ranged else size.value for size in map(s.size, s.issues)]
    widest = max([x for x in sizes if not math.isnan(x)] + [0.0])
    return {
        "name": Namer(w, e), "findings": findings(s, e, w), "period": period_of(s, w), "svg": svg,
        "amount": lambda line: amount_of(line, s, w), "signal": signal, "spread": lambda line: spread_of(line, s, w),
        "bar": lambda line: svg.interval_bar(s.size(line), widest), "when_fixed": fix_of(s, w),
        "untimed": untimed_sentences(s, w), "mostly_unknown": mostly_unknown(s), "avoid_head": avoid_head(s, w),
        "growing_of": lambda growth: growth_sentence(growth, s, w),
        "moods": [line for line in s.issues[:_MOODS] if line.negative.n],
        "shown": shown, "folded": folded, "other": other_line(folded),
        "has": {
            "imputed": s.in_money, "repeat": _any(s, "repeat_share"),
            "avoid": s.in_money and any(x.saves for x in s.lines),
            "marginal": s.in_money and any(x.saves and x.marginal == x.marginal for x in s.lines),
            "mood": sum(s.moods) > 0, "csat": s.csat.n >= 5, "churn": _fired(s, "churn"),
            "escalation": _fired(s, "escalation"), "timed": any(c.n_timed for c in s.channels),
        },
        "total_n": sum(x.contacts.value for x in s.lines if x.contacts.known),
        "trends": _trends(s, e, w), "channel_classes": tuple(f"k{i}" for i in range(6)),
        "trend_titles": lambda values: [
            w("trend_week", day=w.day(day), n=w.count(n)) for day, n in zip(s.weeks, values, strict=True)
        ],
        "mood_label": lambda m: w("mood_label", neg=w.count(m[0]), neu=w.count(m[1]), pos=w.count(m[2])),
        "products": lambda line: _products(w, line),
        "channel_label": lambda line: _channel_label(s, w, line), "cloud": cloud(s.words, e.words),
        "growing": _growing(cloud(s.words, e.words, most=None)),
        "teller": Teller(w, e), "share_bar": _share_bar,
        "parts": {**dict.fromkeys(SECTION_KEYS), **{part.key: part for part in s.sections}},
    }


def _share_bar(grid: Grid, column: int, value: Any) -> Markup:
    """Draw a share, to the scale of its column."""
    cells = [cell if isinstance(cell, Estimate) else Estimate(cell) for cell in (row[column] for row in grid.rows)]
    ends = [cell.high if cell.ranged else cell.value for cell in cells if cell.known]
    return svg.interval_bar(value if isinstance(value, Estimate) else Estimate(value), max(ends, default=1.0))


def _trends(s: Summary, e: Evidence, w: Words) -> list[tuple[str, tuple[int, ...], Estimate]]:
    """All contacts first, then the issues that take most."""
    name = Namer(w, e)
    shown = [x for x in s.issues if sum(x.weekly)][:_PANELS]
    return [(w("trend_all"), s.weekly, s.growth), *((name(x.issue), x.weekly, x.growth) for x in shown)]


def _fired(s: Summary, name: str) -> bool:
    return any(signal(line, name) for line in s.issues[:_MOODS])


def _any(s: Summary, field: str) -> bool:
    return any(not math.isnan(getattr(line, field)) for line in s.lines)


def _channel_label(s: Summary, w: Words, line: IssueLine) -> str:
    return ", ".join(f"{w.name(c.channel, 'channel')} {n}" for c, n in zip(s.channels, line.channels, strict=False))


def _products(w: Words, line: IssueLine) -> str:
    whole = sum(line.channels)
    shown = [f"{name} {w.percent(n / whole)}" for name, n in line.products if whole and n / whole >= _SHOWN_SHARE]
    return w("run_join").join(shown)


def _growing(words: list[WordView]) -> list[WordView]:
    return sorted((x for x in words if x.hot), key=lambda x: (-x.growth_low, x.word))[:12]


@lru_cache(maxsize=1)
def _style() -> str:
    return files("vocmine.report").joinpath("templates", "style.css").read_text(encoding="utf-8")


def _policy(css: str) -> str:
    """Let the page load nothing and run nothing but its own style."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def load(name: str) -> str:
        return files("vocmine.report").joinpath("templates", name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )
    environment.filters["quoted"] = lambda text: Markup("<bdi>{}</bdi>").format(escape(text))
    return environment


def _version() -> str:
    try:
        return version("vocmine")
    except PackageNotFoundError:
        return ""
