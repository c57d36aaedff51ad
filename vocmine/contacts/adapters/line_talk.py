"""LINE talk history: the text that a phone or the PC app writes of one talk."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.line_days import DAY_LINE, ordered_days
from vocmine.contacts.adapters.talks import talks_apart, without_words
from vocmine.contacts.adapters.turn_roles import HINT
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError
from vocmine.text.speakers import speaker_key, speaker_role

_HEADER = re.compile(
    r"(?:\[LINE\]\s*(?:(?P<ja>.+)とのトーク(?:履歴)?|[與与](?P<zh>.+)的聊天[記记][錄录]|(?P<group>.+)の(?:グループ)?トーク(?:履歴)?)"
    r"|(?:\[LINE\]\s*)?Chat history (?P<how>with|in) (?P<en>.+))\s*"
)
_SAVED = re.compile(r"(?:保存日時|保存日期|儲存日期|Saved on|Save date)\s*[:\uff1a]?\s*(?P<when>\S.*)", re.IGNORECASE)
_CLOCK = r"(?P<noon>午前|午後|上午|下午)?\s?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:\s?(?P<half>[AP]\.?M\.?))?"
_TABBED = re.compile(rf"{_CLOCK}\t(?:(?P<who>[^\t]*)\t)?(?P<text>.*)", re.IGNORECASE)
_SPACED = re.compile(rf"{_CLOCK} (?P<text>\S.*)", re.IGNORECASE)
_FEW = 3  # messages of one name before its next word can be told from a part of the name


@dataclass
class _Message:
    """One message: its line, day line, clock, who (None for the system's own), and text."""

    line: int
    day: str
    clock: str
    who: str | None
    text: str


def fold_line_talk(text: str, notes: Notes) -> Folded:
    r"""Fold a LINE talk history into turns.

    The partner named in the first line is the customer and the other side the agent, unless a name says otherwise;
    in a group nobody is known by the header. Stickers, pictures, calls and the system's own lines are left out and
    counted as a fact. A new conversation begins after seven days without a message.

    Parameters
    ----------
    text : str
        The whole file; Japanese, English or Chinese, of iOS, Android or PC.
    notes : Notes
        Where facts and doubts go.

    Raises
    ------
    ContactError
        If there is no message, a message before any day, or a day that fits neither order.

    Examples
    --------
    >>> text = "[LINE] 山田とのトーク履歴\n保存日時:2026/04/05 10:00\n\n"
    >>> text += "2026/04/01(水)\n午後2:05\t山田\t\"まだ\nですか\"\n"
    >>> fold_line_talk(text, Notes()).frame[["speaker", "created_at", "text"]].values.tolist()
    [['山田', '2026-04-01T14:05:00', 'まだ\nですか']]
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    header = next((_HEADER.fullmatch(line) for line in lines[:5] if line.strip()), None)
    messages = _messages(lines, _partner(header) if header else "", notes)
    bare = not any(_TABBED.fullmatch(line) for line in lines)
    said = [one for one in messages if one.who is not None and one.text and not without_words(one.text, bare)]
    if not said:
        expected = "2026/04/01(水), then 09:30<tab>name<tab>text"
        raise ContactError("no message in this LINE talk history", expected=expected)
    if len(said) < len(messages):
        notes.fact("messages without words", len(messages) - len(said))
    days = ordered_days([message.day for message in said], notes)
    frame = pd.DataFrame({
        "speaker": [message.who for message in said], "text": [message.text for message in said],
        "created_at": [f"{day}T{message.clock}" for day, message in zip(days, said, strict=True)],
        HINT: _hints([str(message.who) for message in said], header),
    })
    frame.insert(0, "conversation_id", talks_apart(pd.DatetimeIndex(frame["created_at"])))
    return Folded(frame, rows=tuple(message.line for message in said))


def _messages(lines: list[str], partner: str, notes: Notes) -> list[_Message]:
    """Gather the messages; lines that begin none go on with the one before."""
    tabbed = any(_TABBED.fullmatch(line) for line in lines)
    found: list[_Message] = []
    day, at = "", 0
    while at < len(lines):
        line, start = lines[at], at + 1
        at += 1
        mark = _TABBED.fullmatch(line) if tabbed else _SPACED.fullmatch(line)
        if mark:
            if not day:
                raise ContactError("a message before any day", where=f"line {start}", expected="2026/04/01(水)")
            who = mark["who"] if tabbed else ""
            said, at = _quoted(lines, at, mark["text"], tabbed)
            found.append(_Message(start, day, _iso_clock(mark), who or (None if tabbed else ""), said))
        elif DAY_LINE.fullmatch(line.strip()):
            day = line.strip()
        elif found and _HEADER.fullmatch(line) and _SAVED.match("".join(lines[at:at + 1])):
            raise ContactError("two talks in one file", where=f"line {start}", expected="one talk history a file")
        elif found:
            found[-1].text += "\n" + line
    for message in found:
        message.text = message.text.replace("(emoji)", "").strip()
    if not tabbed:
        _part_names(found, partner.split(), notes)
    return found


def _quoted(lines: list[str], at: int, first: str, tabbed: bool) -> tuple[str, int]:
    """Read a message in double quotes that goes on over lines; one that never closes before the next is no such."""
    opening = first if tabbed else first[first.find('"'):]
    if '"' not in opening or not opening.startswith('"') or opening.count('"') % 2 == 0:
        return first, at
    begins = _TABBED if tabbed else _SPACED
    whole, next_line = first, at
    while next_line < len(lines) and not begins.fullmatch(lines[next_line]):
        whole += "\n" + lines[next_line]
        next_line += 1
        if whole.count('"') % 2 == 0 and whole.rstrip().endswith('"'):
            before, _, quoted = whole.partition('"')
            return before + quoted.rstrip()[:-1].replace('""', '"'), next_line
    return first, at


def _part_names(messages: list[_Message], partner: list[str], notes: Notes) -> None:
    """Part names from messages that only a space stands between (the PC app); the partner's is in the first line."""
    by_first: dict[str, list[list[str]]] = defaultdict(list)
    for message in messages:
        words = message.text.split(" ")
        by_first[words[0]].append(words)
    length = {first: _name_words(rows) for first, rows in by_first.items()}
    doubtful = 0
    for message in messages:
        words = message.text.split(" ")
        is_partner = partner and words[:len(partner)] == partner
        n = len(partner) if is_partner else length[words[0]]
        doubtful += not is_partner and len(by_first[words[0]]) < _FEW and not speaker_role(words[0])
        if len(words) <= n:  # a line without a name behind: the system's own
            message.who = None
        else:
            message.who, message.text = " ".join(words[:n]), " ".join(words[n:])
    if doubtful:
        notes.doubt("names_by_space", "speaker", rows=doubtful)


def _name_words(rows: list[list[str]]) -> int:
    """How many words a name has: as many as all messages that begin with it share, of several messages."""
    n = 1
    while len(rows) >= _FEW and all(len(row) > n + 1 for row in rows) and len({row[n] for row in rows}) == 1:
        n += 1
    return n


def _hints(names: list[str], header: re.Match[str] | None) -> list[str]:
    """Roles that the first line makes evident: its partner, and the other side, in a talk of two."""
    partner = speaker_key(_partner(header)) if header else ""
    if not partner or partner not in {speaker_key(name) for name in names}:
        return [""] * len(names)
    is_agent = speaker_role(partner) in ("agent", "bot")
    theirs, ours = ("agent", "customer") if is_agent else ("customer", "agent")
    if not is_agent and any(speaker_role(name) == "customer" for name in names if speaker_key(name) != partner):
        return [""] * len(names)
    return [theirs if speaker_key(name) == partner else ours for name in names]


def _partner(header: re.Match[str]) -> str:
    if header["how"]:
        return str(header["en"]) if header["how"] == "with" else ""
    return header["ja"] or header["zh"] or ""


def _iso_clock(mark: re.Match[str]) -> str:
    hour = int(mark["hour"])
    late = (mark["noon"] or "") in ("午後", "下午") or (mark["half"] or "").upper().startswith("P")
    early = (mark["noon"] or "") in ("午前", "上午") or (mark["half"] or "").upper().startswith("A")
    hour = hour + 12 if late and hour < 12 else 0 if early and hour == 12 else hour
    return f"{hour:02d}:{mark['minute']}:00"


def _is_line_talk(probe: Probe) -> bool:
    """Tell a header of LINE's, or a day line of LINE's with messages behind it."""
    if probe.kind != "text":
        return False
    lines = [line.rstrip("\r") for line in probe.head.removeprefix("\ufeff").split("\n") if line.strip()]
    days = Counter(bool(DAY_LINE.fullmatch(line.strip())) for line in lines[:4])
    messages = any(_TABBED.fullmatch(line) or _SPACED.fullmatch(line) for line in lines[1:])
    if lines and _HEADER.fullmatch(lines[0]):
        return messages or any(_SAVED.match(line) for line in lines[1:3])
    return bool(days[True]) and messages


ADAPTER = Adapter(
    name="line_talk", title="LINE talk history (.txt)",
    example=(
        "LINE app: the talk's menu > settings > export chat history (トーク履歴を送信), saved as .txt\n"
        "vocmine run --contacts \"[LINE] talk.txt\" --out out\n"
        "The partner in the first line is the customer; of a group, say: `speakers: {Shop: agent, \"*\": customer}`"
    ),
    recognises=_is_line_talk, constants={"channel": "chat", "is_public": False}, fold=fold_line_talk, turns=True,
)
