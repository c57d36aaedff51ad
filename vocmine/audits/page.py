"""A page for a person who checks contacts: one at a time, by keyboard, alone in a file that loads nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from vocmine.audits.sheet import ANSWER_COLUMNS, KEPT_COLUMNS, CheckSheet
from vocmine.frames import UNKNOWN
from vocmine.plaintext import plain

if TYPE_CHECKING:
    from jinja2 import Template

_HEAD = ("contact_id", "label_tag", "prob", *ANSWER_COLUMNS, "notes", "drawn_on")
_LIKELY = 9  # as many as there are keys
# What could end the block that holds the data, or a line of JavaScript.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def page_text(sheet: CheckSheet, file: str = "audit.csv") -> str:
    """Write the page.

    Parameters
    ----------
    sheet : CheckSheet
        What is to be checked; texts are data in it and never markup.
    file : str
        Name of the CSV it saves.

    Returns
    -------
    str
        A whole HTML document, which may run its own script and nothing else.
    """
    from markupsafe import Markup

    style, script = _part("check.css"), _part("check.js")
    words = {**sheet.words("page"), "none": sheet.words("none"), "progress": sheet.words("progress")}
    shown = {"title": sheet.words("title"), "how": sheet.words("help_name"), "help": _help(sheet, file)}
    data = _data(sheet, words, plain(file)).translate(_ESCAPES)
    # Our own style and script, and data that holds no sign that markup is made of: all else is escaped.
    page = _template().render(
        lang=sheet.lang, w={**words, **shown}, policy=_policy(style, script), style=Markup(style),  # noqa: S704
        script=Markup(script), data=Markup(data),  # noqa: S704
    )
    return plain(page)


def _data(sheet: CheckSheet, words: dict[str, Any], file: str) -> str:
    rows = [_row(sheet, record) for record in sheet.rows.to_dict("records")]
    values = {
        "words": words, "reasons": list(sheet.reasons.items()), "rows": rows, "head": _HEAD, "unknown": UNKNOWN,
        "file": file,
    }
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
    return json.dumps({**values, "key": f"vocmine-audit-{digest}"}, ensure_ascii=False, sort_keys=True)


def _row(sheet: CheckSheet, record: dict[Any, Any]) -> dict[str, Any]:
    kept = [repr(float(record[name])) if name == "prob" else plain(str(record[name])) for name in KEPT_COLUMNS]
    tag = plain(record["label_tag"])
    return {
        "text": record["text"], "tag": tag, "kept": kept,
        "likely": _likely(sheet, tag, sheet.likely.get(record["contact_id"], ())),
        "labels": [plain(record[name]) for name in ANSWER_COLUMNS if record[name]],
    }


def _likely(sheet: CheckSheet, tag: str, likely: Sequence[str]) -> list[str]:
    """Give the reasons that get a number key: the likeliest, then those that stand near the proposed one."""
    order = list(sheet.reasons)
    at = order.index(tag) if tag in sheet.reasons else 0
    near = sorted(order, key=lambda reason: abs(order.index(reason) - at)) if not likely else []
    chosen = dict.fromkeys([*map(plain, likely), *near])
    return [reason for reason in chosen if reason in sheet.reasons and reason != tag][:_LIKELY]


def _help(sheet: CheckSheet, file: str) -> list[str]:
    return [line.replace("{file}", plain(file)) for line in sheet.words("help")]


def _policy(style: str, script: str) -> str:
    """Let the page load nothing and run nothing but its own style and script."""
    css, code = (base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script))
    return (
        f"default-src 'none'; style-src 'sha256-{css}'; script-src 'sha256-{code}'; base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=4)
def _part(name: str) -> str:
    return files("vocmine.audits").joinpath("templates", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_part("check.html.j2"))
