"""The brief as Markdown for a ticket: what customers wrote is text there too, no markup, no mention, no link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vocmine.plaintext import plain
from vocmine.report.brief.content import Brief
from vocmine.report.first_screen.answer import Answer, AnswerLine
from vocmine.report.words import Words

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$^!&]|^[-+=](?=\s|$|[-=])|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)")
_BREAK = "\u200b"  # no width: it parts what a tracker would link or notify
_LEADS = re.compile(r"(?<![A-Za-z0-9])#(?=\w)|@")
# An address, a name of a site (not of a file such as reasons.yaml), a key of a ticket, a short name of an emoji.
_ADDRESS = re.compile(
    r"(?i)\b(https?|ftp|mailto|www)(?=[:.])|(?<=\w)\.(?=[a-z]{2,})(?!(?:yaml|xlsx|csv|json)\b)|(?<=[a-z])-(?=\d)|:(?=\w+:)"
)


def escaped(text: str) -> str:
    r"""Write any text so that Markdown shows it as it is: no markup, no mention, no link, no reference to a ticket.

    Examples
    --------
    >>> escaped("*a* <b> [x](y)")
    '\\*a\\* \\<b\\> \\[x\\](y)'
    >>> escaped("@team").encode("unicode_escape").decode()
    '@\\u200bteam'
    """
    parted = _ADDRESS.sub(lambda found: found.group(0) + _BREAK, " ".join(text.split()))
    parted = _LEADS.sub(lambda found: found.group(0) + _BREAK, parted)
    return _MARKUP.sub(lambda found: "\\" + found.group(0), parted)


def brief_markdown(brief: Brief, words: Words) -> str:
    """Write the brief as Markdown.

    Parameters
    ----------
    brief : Brief
        What it says.
    words : Words
        Language.
    """
    w = words
    out = [f"# {escaped(brief.title)}", "", escaped(brief.subtitle), ""]
    if brief.incidents:
        out += [f"## {w('brief_incidents')}", "", *_items(brief.incidents)]
        out += [f"- {escaped(brief.more_incidents)}"] if brief.more_incidents else []
        out.append("")
    for answer in brief.answers:
        out += _answer(answer)
    if brief.top:
        out += [f"## {brief.top_title}", "", *(f"{i}. {_item(line)}" for i, line in enumerate(brief.top, 1)), ""]
    for title, texts in ((w("brief_left_out"), brief.left_out), (w("brief_how"), brief.how)):
        out += [f"## {title}", "", *(f"- {escaped(text)}" for text in texts), ""]
    return plain("\n".join(out).rstrip() + "\n")


def _answer(answer: Answer) -> list[str]:
    out = [f"## {answer.question}", ""]
    quote = answer.quote
    if quote is None:
        out += [f"**{escaped(answer.text)}**", ""]
    else:
        marked = f"**{escaped(quote.evidence)}**" if quote.evidence.strip() else ""
        # Emphasis needs a space around it where letters without spaces stand on both sides.
        said = " ".join(part for part in (escaped(quote.before), marked, escaped(quote.after)) if part)
        out += [f"> {said}", ""]
    out += _spaced(_items(answer.lines)) + _spaced([" · ".join(map(escaped, answer.notes))] if answer.notes else [])
    for command in answer.commands:
        out += [f"    {command}", ""]  # an indented block: nothing in it is markup
    return out


def _spaced(lines: Sequence[str]) -> list[str]:
    return [*lines, ""] if lines else []


def _items(lines: Iterable[AnswerLine]) -> list[str]:
    return [f"- {_item(line)}" for line in lines]


def _item(line: AnswerLine) -> str:
    return " · ".join([f"**{escaped(line.name)}** {escaped(line.value)}", *map(escaped, line.notes)])
