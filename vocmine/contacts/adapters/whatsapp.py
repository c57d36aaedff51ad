"""WhatsApp chats: the text that a phone writes of one chat."""

from __future__ import annotations

import re

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe
from vocmine.contacts.adapters.talks import talks_apart, without_words
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DAY = r"(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{2,4})"
_CLOCK = r"(?P<clock>(?:午前|午後)?\s?\d{1,2}:\d{2}(?::\d{2})?\s?(?:[AaPp]\.?\s?[Mm]\.?)?)"
_BOXED = re.compile(rf"\[{_DAY},?\s+{_CLOCK}\]\s(?P<rest>.*)")  # iOS
_DASHED = re.compile(rf"{_DAY},?\s+{_CLOCK}\s-\s(?P<rest>.*)")  # Android
_NAMED = re.compile(r"(?P<who>[^:\n]{1,60}?): (?P<said>.*)", re.DOTALL)
_MEDIA = re.compile(
    r"<?(?:media omitted|メディアは含まれていません|メディアなし)>?|<attached: .*>|<添付ファイル[::].*>"
    r"|(?:image|video|audio|sticker|gif|document|contact card|画像|動画|音声|ステッカー|スタンプ|連絡先カード)"
    r"(?: omitted|は含まれていません|が省略されました)"
    r"|.{1,100}\.\w{2,5} \((?:file attached|添付ファイル)\)"
    r"|(?:this message was deleted|you deleted this message)\.?"
    r"|(?:このメッセージは削除され|メッセージを削除し)ました。?"
    r"|(?:missed )?(?:voice|video) call.*",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<(?:This message was edited|このメッセージは編集されました)>$")


def fold_whatsapp(text: str, notes: Notes) -> Folded:
    r"""Fold a WhatsApp chat into turns.

    Pictures, deleted messages and the app's own lines are left out and counted. Names are those of the phone's address
    book: who is who must be told, unless a name says it. A new conversation begins after seven days without a message.

    Parameters
    ----------
    text : str
        The whole file, of iOS or Android. In which order day and month stand is judged by the whole of it.
    notes : Notes
        Where facts go.

    Raises
    ------
    ContactError
        If there is no message.

    Examples
    --------
    >>> text = "13/04/2026, 09:30 - Ann: It broke\nagain\n13/04/2026, 09:31 - Ann: <Media omitted>"
    >>> fold_whatsapp(text, Notes()).frame[["speaker", "created_at", "text"]].values.tolist()
    [['Ann', '13/04/2026 09:30', 'It broke\nagain']]
    """
    found: list[tuple[int, str, str]] = []
    for number, line in enumerate(_UNSEEN.sub("", text).replace("\u202f", " ").splitlines(), 1):
        mark = _BOXED.fullmatch(line) or _DASHED.fullmatch(line)
        if mark:
            found.append((number, f"{mark['day']} {mark['clock'].strip()}", mark["rest"]))
        elif found:
            at, when, rest = found[-1]
            found[-1] = (at, when, f"{rest}\n{line}")
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    for number, when, rest in found:
        named = _NAMED.fullmatch(rest)
        said = _EDITED.sub("", named["said"].strip()) if named else ""
        if named is None or not said or _MEDIA.fullmatch(said) or without_words(said):
            notes.count("messages without words", 1)
            continue
        rows.append({"speaker": named["who"].strip(), "text": said, "created_at": when})
        numbers.append(number)
    if not rows:
        raise ContactError("no message in this WhatsApp chat", expected="13/04/2026, 09:30 - name: text")
    frame = pd.DataFrame(rows)
    frame.insert(0, "conversation_id", _talks(frame["created_at"]))
    return Folded(frame, rows=tuple(numbers))


def _talks(written: pd.Series) -> list[str]:
    """Give the numbers of the talks; where day and month could stand in either order, a gap must be one in both."""
    days = [pd.to_datetime(written.str.split(" ").str[0], dayfirst=first, errors="coerce", format="mixed")
            for first in (True, False)]
    sure = [times for times in days if times.notna().all() and times.is_monotonic_increasing]
    if not sure:
        return [""] * len(written)
    gaps = pd.concat([times.diff() for times in sure], axis=1).min(axis=1).fillna(pd.Timedelta(0))
    return list(talks_apart(pd.DatetimeIndex(pd.Timestamp("2000-01-01") + gaps.cumsum())))


def _is_whatsapp(probe: Probe) -> bool:
    lines = [line for line in _UNSEEN.sub("", probe.head).replace("\u202f", " ").splitlines() if line.strip()][:20]
    begun = [line for line in lines if _BOXED.fullmatch(line) or _DASHED.fullmatch(line)]
    return probe.kind == "text" and bool(lines) and lines[0] in begun and len(begun) * 3 >= len(lines)


ADAPTER = Adapter(
    name="whatsapp", title="WhatsApp chat (.txt)",
    example=(
        "WhatsApp: the chat's menu > more > export chat > without media, saved as .txt\n"
        'vocmine run --contacts "WhatsApp Chat with Ann.txt" --mapping m.yaml --out out\n'
        'Say who is who: `speakers: {Shop: agent, "*": customer}`; `day_first: true` where days are 12 at most'
    ),
    recognises=_is_whatsapp, constants={"channel": "chat", "is_public": False}, fold=fold_whatsapp, turns=True,
)
