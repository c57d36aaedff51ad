"""Render the numbers as one HTML page that needs nothing else: no font, no address, readable without its scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from vocmine.plaintext import plain
from vocmine.report.amounts import amount_of, period_of, spread_of
from vocmine.report.explore import ExploreSource, PageOptions, explore_payload
from vocmine.report.explore.encode import encode
from vocmine.report.headline import headline
from vocmine.report.names import incident_anchor
from vocmine.report.render import svg
from vocmine.report.render.cells import CellWriter
from vocmine.report.render.scripts import WebFiles, policy, web_files
from vocmine.report.sections.grid import Grid
from vocmine.report.sections.incidents import word_incidents
from vocmine.report.sections.protocol import ReportView, SectionType
from vocmine.report.sections.registry import ordered_for
from vocmine.report.trust_notes import unfounded_sentences
from vocmine.stats import Estimate

if TYPE_CHECKING:
    from jinja2 import Environment

# Line breaks in the source of the page that say nothing; they stay so that the page keeps its bytes.
_BLANK_LINE_AFTER = frozenset({"months", "risk", "watch", "discovered", "journeys"})
_BREAK_AFTER_LINK = frozenset({"channels", "trust"})

_CSAT_ANSWERS = 5  # that a mean satisfaction needs to be shown


def render(view: ReportView, source: ExploreSource | None = None, options: PageOptions | None = None) -> str:
    """Write the page: its head, and all sections that have something to show, in the order of the registry.

    Parameters
    ----------
    view : ReportView
        Numbers, names and masked quotes; escaped here, whatever they hold.
    source : ExploreSource, optional
        What the data that the page's script answers from is made of; without it, the page has no script.
    options : PageOptions, optional
        Whether contacts stand in that data.

    Returns
    -------
    str
        A whole HTML document.
    """
    web = WebFiles() if source is None else web_files()
    css, context = "\n".join(filter(None, (_style(), web.styles))), _context(view)
    sections = ordered_for(view)
    shown = [section for section in sections if section.is_shown(view)]
    page = environment().get_template("page.html.j2").render(
        # Our own style sheet, the one thing that is not escaped.
        css=Markup(css),  # noqa: S704
        csp=policy(css, web.scripts), version=_version(), title=view.title, answers=source is not None,
        first=_joined(sections, view, context, in_head=True), body=_joined(sections, view, context, in_head=False),
        links=[(each, each.title(view), _anchor(each, view)) for each in shown if each.page and each.page.listed],
        break_after=_BREAK_AFTER_LINK, head=headline(view), **context,
    )
    if source is None:
        return plain(page)
    return _with_data(plain(page), encode(explore_payload(view, source, options or PageOptions())), web.scripts)


def frame(page: str, height: int = 760) -> str:
    """Wrap a page for a notebook: in a frame of its own, so that its style stays inside.

    Its scripts run as those of a page from nowhere: they can't reach the notebook, its address or what it stores.

    Examples
    --------
    >>> frame("<p>a</p>").startswith("<iframe")
    True
    """
    rights = "allow-scripts allow-downloads"
    look = Markup('sandbox="{}" title="vocmine" width="100%" height="{}" style="border:0"').format(rights, height)
    return str(Markup('<iframe srcdoc="{}" {}></iframe>').format(page, look))


def _with_data(page: str, block: str, scripts: Sequence[str]) -> str:
    """Put the data (letters of base64 alone) and our own scripts before the end of the body."""
    data = f'<script type="application/octet-stream" id="vm-data" data-encoding="gzip-base64">{block}</script>\n'
    code = "".join(f"<script>{text}</script>\n" for text in scripts)
    body, end, rest = page.rpartition("</body>")
    return "".join((body, data, code, end, rest))


def _context(view: ReportView) -> Mapping[str, Any]:
    """Give what all templates may use."""
    s, e, w = view.summary, view.evidence, view.words
    writer = CellWriter(w, e)
    return {
        "s": s, "e": e, "w": w, "lang": w.lang, "name": view.name, "svg": svg, "writer": writer,
        "share_bar": _share_bar, "level": w("level", n=round(s.level * 100)), "period": period_of(s, w),
        "amount": lambda line: amount_of(line, s, w), "spread": lambda line: spread_of(line, s, w),
        "has_moods": sum(s.moods) > 0, "has_csat": s.csat.n >= _CSAT_ANSWERS,
        "anchor": incident_anchor, "marks": writer.marks, "word_incidents": word_incidents(view),
        "unfounded": unfounded_sentences(s, w),
    }


def _joined(sections: Sequence[SectionType], view: ReportView, context: Mapping[str, Any], *, in_head: bool) -> Markup:
    mine = (each for each in sections if each.page is not None and each.page.in_head == in_head)
    return Markup("").join(_section(each, view, context) for each in mine)


def _section(section: SectionType, view: ReportView, context: Mapping[str, Any]) -> Markup:
    """Write a section; nothing (but its blank line) where it has nothing to show."""
    after = "\n" if section.key in _BLANK_LINE_AFTER else ""
    if section.page is None or not section.is_shown(view):
        return Markup(after)  # noqa: S704
    values = {} if section.page.values is None else section.page.values(view)
    counted = view.summary.section(section.key)
    template = environment().get_template(section.page.template or "section_grids.html.j2")
    gist = _gist(section, view) if section.page.is_folded(view) else None
    text = template.render(section=counted, title_key=section.title(view), gist=gist, **context, **values)
    # What a template gives is escaped already.
    return Markup(text.rstrip("\n") + "\n" + after)  # noqa: S704


def _gist(section: SectionType, view: ReportView) -> str:
    """Give what a folded section says in a line: the first sentence that tells of its figures, where it has one."""
    counted = view.summary.section(section.key)
    told = [] if counted is None else [each for each in counted.sentences if not each.ground]
    return CellWriter(view.words, view.evidence).sentence(told[0]) if told else ""


def _anchor(section: SectionType, view: ReportView) -> str:
    """Give where a link to a section leads: inside of a folded one, since browsers open what they are led into."""
    folded = section.page is not None and section.page.is_folded(view)
    return f"in-{section.key}" if folded else section.key


def _share_bar(grid: Grid, column: int, value: Any) -> Markup:
    """Draw a share, to the scale of its column."""
    cells = [cell if isinstance(cell, Estimate) else Estimate(cell) for cell in (row[column] for row in grid.rows)]
    ends = [cell.high if cell.ranged else cell.value for cell in cells if cell.known]
    return svg.interval_bar(value if isinstance(value, Estimate) else Estimate(value), max(ends, default=1.0))


@lru_cache(maxsize=1)
def _style() -> str:
    return files("vocmine.report").joinpath("templates", "style.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Give the templates, which escape what they are given."""
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
