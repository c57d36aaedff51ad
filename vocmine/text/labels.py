"""Labels in a text that may name who speaks: ``客：``, ``【お客様】``, ``[10:23] Agent Bo:``, ``お客様「…」``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vocmine.text.pii.spans import marks
from vocmine.text.speakers import is_form_key, may_be_name, names_a_speaker, speaker_key, speaker_role

# what ends a label, or stands before one that is alone in its line
_DELIMITERS = re.compile(r"[:：」』】〕>＞≫》）)\]］|｜\t●■◆▼▶○◎□◇]")
_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]?[ \t]*)?"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d{1,3})?[ ]?(?:[AaPp]\.?[Mm]\.?)?"
_BLANK = r"[ \t\u3000]*"
_LINE = re.compile(
    rf"^{_BLANK}(?:[-・>●■◆▼▶○◎□◇*＊#]{{1,3}}{_BLANK})?"
    rf"(?:[\[(（［【<]?{_DAY}(?P<clock>{_CLOCK})[\])）］】>]?[ \t\u3000,|-]*)?"
    r"(?:"
    # [name] <name> 【name】, with a colon or without
    rf"(?P<open>[【\[［<＜≪《〈〔])(?P<box>[^\n\[\]【】［］<>＜＞≪≫《》〈〉〔〕:：「」]{{1,20}})[】\]］>＞≫》〉〕]{_BLANK}[:：]?"
    # name 10:23, alone in its line
    rf"|(?P<timed>[^\n\t:：()（）「」。、]{{1,20}}?)[ \t\u3000,|(（\[]+(?P<last>{_CLOCK})[)）\]]?{_BLANK}(?=\n)"
    # name: or name (10:23): or name> or name|
    rf"|(?P<who>[^\n\t:：「」『』【】<>＜＞|｜。、]{{1,30}}?)\*{{0,2}}{_BLANK}"
    rf"(?:[\[(（]{_DAY}(?P<later>{_CLOCK})[\])）])?{_BLANK}(?:[:：](?!//)|[>＞|｜](?![>＞|｜]))\*{{0,2}}"
    # name「words」
    rf"|(?P<quoted>[^\n\t:：「」『』【】<>。、 ]{{1,20}}){_BLANK}[「『]"
    # 10:23<tab>name<tab>words
    r"|(?<=\t)(?P<tabbed>[^\n\t:：]{1,20})\t"
    # 客）
    r"|(?P<halved>[^\n\t:：()（）「」。、 ]{1,8})[)）]"
    # name alone in its line, behind a clock or a bullet
    rf"|(?P<alone>[^\n\t:：()（）「」。、]{{1,20}}?){_BLANK}(?=\n)"
    rf"){_BLANK}",
    re.MULTILINE,
)
# within a line: behind the end of a sentence, a stroke or a blank
_INLINE = re.compile(
    r"(?P<gap>[。．.!！?？」』/／|｜)）][ \t\u3000]*|[ \t\u3000]+)(?P<who>[^\s:：「」『』。、!！?？/／|｜]{1,16})[ \t]?"
    r"(?:[:：](?!//)|(?P<quote>[「『]))[ \t\u3000]*"
)
_QUOTED_ALONE = re.compile(r"[」』][ \t\u3000。、]*(?=\n|$)")
_SENTENCE_END = "。．.!！?？」』/／|｜)）"
_STYLES = ("box", "timed", "who", "quoted", "tabbed", "halved", "alone")
_ONLY_KNOWN = frozenset(("timed", "quoted", "tabbed", "halved", "alone"))  # labels that need a word that is known


@dataclass(frozen=True)
class Label:
    """A label and where it stands.

    Parameters
    ----------
    who : str
        The name in it.
    clock : str
        The time beside it; empty where there is none.
    start, end : int
        Where it begins, and where the words behind it do.
    stop : int
        Where quoted words end; 0 where nothing tells.
    inline : bool
        Whether it stands within a line.
    """

    who: str
    clock: str
    start: int
    end: int
    stop: int = 0
    inline: bool = False


def speaker_labels(text: str, least: int = 2) -> list[Label]:
    r"""Find the labels of a text that may name who speaks, in order.

    Parameters
    ----------
    text : str
        As written, or normalised.
    least : int
        Of texts with fewer marks that could end a label, as most texts are, nothing is looked at.

    Returns
    -------
    list of Label
        With a colon any label a line begins with, known or not; other shapes, and labels within a line, only where a
        word is known as a speaker.

    Examples
    --------
    >>> [label.who for label in speaker_labels("【お客様】届きません\n担当：確認します 客：はい")]
    ['お客様', '担当', '客']
    >>> speaker_labels("届きません")
    []
    """
    first = _DELIMITERS.search(text)
    if first is None or (least > 1 and _DELIMITERS.search(text, first.end()) is None):
        return []
    found = [label for match in _LINE.finditer(text) if (label := _of_line(text, match))]
    if found or ":" in text or "：" in text:
        found += _within_lines(text, found)
    return sorted(found, key=lambda label: label.start)


def _of_line(text: str, match: re.Match[str]) -> Label | None:
    style = next(name for name in _STYLES if match[name] is not None)
    who = match[style].strip(" \t\u3000*")
    clock = match["clock"] or match["later"] or match["last"] or ""
    if not who or not may_be_name(who) or (style == "box" and who in _masked()):
        return None
    if style in _ONLY_KNOWN and not (names_a_speaker(who) or (style == "halved" and _is_letter(who))):
        return None
    if style == "alone" and not clock and match.group().lstrip()[:1] == who[:1]:
        return None
    stop = 0
    if style == "quoted":
        stop = _end_of_quote(text, match.end())
        if not stop:
            return None
    return Label(who, clock, match.start(), match.end(), stop)


@cache
def _masked() -> frozenset[str]:
    """Give what stands in the marks of masked data: 氏名, PHONE."""
    return frozenset(mark[1:-1] for by_kind in marks().values() for mark in by_kind.values())


def _is_letter(who: str) -> bool:
    return len(who) == 1 and who.isascii() and who.isalpha()


def _end_of_quote(text: str, start: int) -> int:
    """Give where the quote that begins at a place ends, if nothing but the next speaker follows it; 0 if not."""
    end = min((at for mark in "」』" if (at := text.find(mark, start)) >= 0), default=-1)
    if end < 0:
        return 0
    rest = text[end + 1:].lstrip(" \t\u3000。、")
    following = _INLINE.match("。" + rest)
    next_speaks = following is not None and following["quote"] is not None and names_a_speaker(following["who"])
    return end if not rest or rest[0] in "\r\n" or next_speaks else 0


def _within_lines(text: str, lines: list[Label]) -> list[Label]:
    """Find labels of known speakers within lines, where it is clear that another turn begins."""
    begins = {speaker_key(label.who) for label in lines}
    taken = [(label.start, label.end) for label in lines]
    found = []
    at = 0
    while match := _INLINE.search(text, at):
        at = match.start("who")
        who = match["who"].strip("*")
        start = match.start("who")
        if any(a <= start < b for a, b in taken) or not _is_known(who, lines):
            continue
        if match["gap"][0] not in _SENTENCE_END and is_form_key(who) and speaker_key(who) not in begins:
            continue
        stop = _end_of_quote(text, match.end()) if match["quote"] else 0
        if match["quote"] and not stop:
            continue
        found.append(Label(who, "", start, match.end(), stop, inline=True))
        at = match.end() - 1
    return found


def _is_known(who: str, lines: list[Label]) -> bool:
    if _is_letter(who):
        return any(_is_letter(label.who) or speaker_role(label.who) for label in lines)
    return names_a_speaker(who)
