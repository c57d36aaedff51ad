"""A message as the body of the call that makes an issue: Jira Cloud (REST v3, Atlassian document format) and GitHub."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vocmine.notify.harmless import shorten

if TYPE_CHECKING:
    from vocmine.notify.message import Message

_SUMMARY, _TITLE = 255, 256  # characters that Jira and GitHub take
_LABELS = ("vocmine", "incident")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$&#])")
_REFERENCE = re.compile(r"(#|\bGH-)(?=\d)", re.IGNORECASE)
_JOINER = "\u2060"


def jira_issue(message: Message) -> dict[str, Any]:
    """Give the body of ``POST /rest/api/3/issue``; the project is yours to add.

    Parameters
    ----------
    message : Message
        What is told.

    Examples
    --------
    >>> from vocmine.notify import Message
    >>> body = jira_issue(Message("i-1", "issue", "en", "Incident: blank", (("State", "open"),), (), "vocmine i-1"))
    >>> body["fields"]["summary"], body["fields"]["description"]["type"]
    ('Incident: blank', 'doc')
    """
    facts = [{"type": "listItem", "content": [_paragraph(_strong(label), _node(f" {value}"))]}
             for label, value in message.facts]
    content: list[dict[str, Any]] = [{"type": "bulletList", "content": facts}] if facts else []
    if message.quotes:
        content.append(_paragraph(_strong(message.quotes_label)))
        content += [{"type": "blockquote", "content": [_paragraph(_node(quote))]} for quote in message.quotes]
    content.append(_paragraph(_node(message.footer)))
    return {
        "fields": {
            "summary": shorten(message.headline, _SUMMARY),
            "issuetype": {"name": "Task"},
            "labels": list(_LABELS),
            "description": {"type": "doc", "version": 1, "content": content},
        }
    }


def _node(text: str, *marks: str) -> dict[str, Any]:
    node: dict[str, Any] = {"type": "text", "text": text}
    return {**node, "marks": [{"type": mark} for mark in marks]} if marks else node


def _strong(text: str) -> dict[str, Any]:
    return _node(text, "strong")


def _paragraph(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(nodes)}


def github_issue(message: Message) -> dict[str, Any]:
    r"""Give the body of ``POST /repos/OWNER/REPO/issues``.

    Parameters
    ----------
    message : Message
        What is told.

    Examples
    --------
    >>> from vocmine.notify import Message
    >>> body = github_issue(Message("i-1", "issue", "en", "Incident: blank", (("State", "*open*"),), (), "vocmine i-1"))
    >>> print(body["body"].splitlines()[0])
    - **State** \*open\*
    """
    lines = [f"- **{_escaped(label)}** {_escaped(value)}" for label, value in message.facts]
    if message.quotes:
        fence = "`" * max(3, 1 + max(len(run) for quote in message.quotes for run in re.findall("`*", quote)))
        lines += ["", f"**{_escaped(message.quotes_label)}**", ""]
        for quote in message.quotes:  # in a code block nobody is mentioned and nothing is linked
            lines += [f"{fence}text", quote, fence]
    lines += ["", _escaped(message.footer)]
    return {"title": shorten(message.headline, _TITLE), "body": "\n".join(lines) + "\n", "labels": list(_LABELS)}


def _escaped(text: str) -> str:
    """Escape Markdown, and part what GitHub links even then: numbers of issues."""
    return _MARKDOWN.sub(r"\\\1", _REFERENCE.sub(lambda match: match.group() + _JOINER, text))
