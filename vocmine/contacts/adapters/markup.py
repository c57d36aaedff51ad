"""Marks in the words of exports made plain: HTML bodies, entities, and what Slack writes for people and links."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_NAMES = (
    "a|b|blockquote|body|code|div|em|font|h[1-6]|head|html|i|li|ol|p|pre|s|span|strong|style|table|tbody|td|th|thead|"
    "title|tr|u|ul"
)
# an opening tag alone, such as `<i>`, may be anything; one that is closed, has an attribute or needs no end is HTML
_TAG = re.compile(
    rf"</(?:{_NAMES})\s*>|<(?:{_NAMES}|img|meta)\s+[a-z-]+\s*=|<(?:br|hr|p|div|li)\s*/?>|<!--|<!doctype", re.IGNORECASE
)
_SECTION = re.compile(r"<!\[(?:if|else|endif)[^\]>]*\]>|<!\[CDATA\[|\]\]>|<\?[^>]*>", re.IGNORECASE)
_BLOCKS = frozenset((
    "p", "div", "li", "tr", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "br",
))
_UNSEEN = frozenset(("script", "style", "title"))
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_SLACK = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")


def html_text(body: str) -> str:
    r"""Give the words of a body that may be HTML: a line each block, entities decoded, styles and comments left out.

    Only known tags count as HTML: ``<担当>`` and ``a < b`` stay as they are.

    Parameters
    ----------
    body : str
        A body as an export gives it.

    Returns
    -------
    str
        Without outer spaces; at most one empty line between two lines.

    Examples
    --------
    >>> html_text("<div>荷物が<b>まだ</b>届きません。</div><div>いつ&nbsp;届きますか<br>至急 &amp; 必ず</div>")
    '荷物がまだ届きません。\nいつ 届きますか\n至急 & 必ず'
    >>> html_text("a < b <担当> &lt;x&gt;")
    'a < b <担当> <x>'
    """
    if "<" not in body or not _TAG.search(body):
        words = html.unescape(body) if _ENTITY.search(body) else body
        return words.replace("\xa0", " ").strip()
    reader = _WordReader()
    reader.feed(_SECTION.sub("", body).replace("<![", "&lt;!["))  # a section that is none would stop the parser
    reader.close()
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(reader.words).split("\n")]
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


class _WordReader(HTMLParser):
    """Gathers the words of HTML, a line break before and behind each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0
        self._as_it_is = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block; leave out what nobody sees."""
        self._unseen += tag in _UNSEEN
        self._as_it_is += tag == "pre"
        if tag in _BLOCKS:
            self.words.append("\n")
        elif tag in ("td", "th"):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a line at a block."""
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        self._as_it_is = max(self._as_it_is - (tag == "pre"), 0)
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words; a line break in the source is a space."""
        if not self._unseen:
            self.words.append(data if self._as_it_is else re.sub(r"\s*\n\s*", " ", data))


def slack_text(text: str, names: dict[str, str] | None = None) -> str:
    """Give a Slack message as people see it: people and channels by name, the words of links, entities decoded.

    Parameters
    ----------
    text : str
        A message as Slack exports it.
    names : dict of str to str, optional
        Names of people by id; ids stay where there is none.

    Examples
    --------
    >>> slack_text("<@U012AB> failed &amp; see <https://ex.com|link> in <#C1|help> <!here>", {"U012AB": "Sato"})
    '@Sato failed & see link in #help @here'
    """
    known = names or {}

    def plain(mark: re.Match[str]) -> str:
        kind, target, label = mark[1], mark[2], mark[3]
        if kind == "@":
            return "@" + (label or known.get(target, target)).removeprefix("@")
        if kind == "#":
            return "#" + (label or target).removeprefix("#")
        if kind == "!":
            return label or "@" + target.partition("^")[0]
        return label or target.removeprefix("mailto:")

    words = _SLACK.sub(plain, text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
