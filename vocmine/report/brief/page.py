"""The brief as one page: static, without a link, a script or anything to load; it prints on one sheet of A4."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from vocmine.plaintext import plain
from vocmine.report.brief.content import Brief
from vocmine.report.render.html import environment
from vocmine.report.render.scripts import policy
from vocmine.report.words import Words


def brief_page(brief: Brief, words: Words) -> str:
    """Write the page.

    Parameters
    ----------
    brief : Brief
        What it says; escaped here, whatever it holds.
    words : Words
        Language.

    Returns
    -------
    str
        A whole HTML document.
    """
    css = files("vocmine.report").joinpath("templates", "brief.css").read_text(encoding="utf-8")
    return plain(environment().get_template("brief.html.j2").render(
        # Our own style sheet, the one thing that is not escaped.
        css=Markup(css),  # noqa: S704
        csp=policy(css, ()), brief=brief, w=words, lang=words.lang,
    ))
