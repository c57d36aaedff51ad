"""A mapping for a source that nobody has described: guessed from names, values and shapes, to be read by a person."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, fold
from vocmine.contacts.channels import parse_channels
from vocmine.contacts.dates import parse_dates
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.mapping_lines import is_answer, mapping_key
from vocmine.contacts.values import missing_words, parse_booleans, parse_durations, parse_numbers, parse_words
from vocmine.frames import CONTACTS

_SAMPLE = 2_000  # rows looked at
_ENOUGH = 0.9  # share of filled cells that must fit
_PROSE_CHARS = 8  # mean length of what is a text
_MOST_CHANNELS, _SOME_CHANNELS = 15, 0.5  # distinct values of what is a channel, share of them that is known
_BARE = re.compile(r"-?\d+(?:\.\d+)?")
_ID = re.compile(r"(?=.*\d)[\w\-:#/.]{1,40}")
_ANSWERS = re.compile(  # names of what the company says
    r"bot|agent|assistant|operator|reply|replies|response|オペレータ|担当者|ボット|返信", re.IGNORECASE
)
_SUBJECTS = tuple(fold_header(name) for name in ("件名", "題名", "タイトル", "表題", "subject", "title", "summary"))
_CONSTANTS = {
    "channel": "channel: call", "contact_id": 'contact_id: "{source}-{row}"', "created_at": "created_at: 2026-04-01",
}
_REQUIRED = tuple(column.name for column in CONTACTS if column.required)


@dataclass(frozen=True)
class Guess:
    """A column of a source, the column of the contacts table it may be, and why.

    Parameters
    ----------
    source, target : str
        The two names.
    why : str
        What speaks for it.
    score : float
        How much, 0 to 2: 1 for the name and 1 for the values at most.
    """

    source: str
    target: str
    why: str
    score: float


def suggest_columns(frame: pd.DataFrame, targets: Sequence[str] | None = None) -> list[Guess]:
    """Guess which column is which, by name and by what stands in it.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        Raw rows; the first 2,000 are looked at.
    targets : sequence of str, optional
        Columns of the contacts table to look for; all if None.

    Returns
    -------
    list of Guess
        At most one a column of the source and one a column of the table (a subject goes to ``text`` beside the text),
        in the order of the table.

    Examples
    --------
    >>> raw = pd.DataFrame({"key": ["a-1", "a-2"], "当日": ["2026/11/21 9:00", "2026/11/21 9:30"],
    ...                     "窓口": ["電話", "メール"], "備考欄": ["請求書が二重に届いています", "解約したいとのこと"]})
    >>> [(guess.source, guess.target) for guess in suggest_columns(raw)]
    [('key', 'contact_id'), ('当日', 'created_at'), ('窓口', 'channel'), ('備考欄', 'text')]
    """
    wanted = [column.name for column in CONTACTS] if targets is None else list(targets)
    sample = frame.head(_SAMPLE)
    guesses = [guess for name in sample for guess in _of_column(str(name), as_strings(sample[name]), wanted)]
    guesses.sort(key=lambda guess: -guess.score)  # stable: columns of the source in their order where equal
    chosen: dict[str, Guess] = {}
    taken: set[str] = set()
    for guess in guesses:
        if guess.target not in chosen and guess.source not in taken:
            chosen[guess.target] = guess
            taken.add(guess.source)
    found = [chosen[target] for target in wanted if target in chosen]
    subject = next((str(name) for name in sample if str(name) not in taken and _is_subject(str(name))), None)
    if subject is not None and "text" in chosen:
        found.insert(found.index(chosen["text"]), Guess(subject, "text", "name of a subject", 1.0))
    return found


def suggest_lines(frame: pd.DataFrame, missing: Sequence[str]) -> list[str]:
    """Give the lines of a mapping that may find columns that are missing.

    Examples
    --------
    >>> suggest_lines(pd.DataFrame({"当日": ["2026/11/21 9:00"], "備考欄": ["請求書が二重に届いています"]}),
    ...               ["created_at", "text", "channel"])
    ['当日: created_at', '備考欄: text', 'constants: {channel: call}']
    """
    found = suggest_columns(frame, missing)
    lines = [f"{mapping_key(guess.source)}: {guess.target}" for guess in found]
    there = {guess.target for guess in found}
    known = {**_CONSTANTS, "channel": f"channel: {_likely_channel(frame)}"}
    made = [known[name] for name in missing if name not in there and name in _CONSTANTS]
    return [*lines, *(["constants: {" + ", ".join(made) + "}"] if made else [])]


def _likely_channel(frame: pd.DataFrame) -> str:
    """Give the channel that the names of the columns speak of; a call where they speak of none."""
    words = " ".join(map(str, frame.columns)).casefold()
    if {"from", "to"} <= {str(name).casefold() for name in frame}:
        return "email"
    known = (("bot", ("bot", "intent", "utterance", "ボット", "queryinput")), ("email", ("mail", "メール", "宛先")),
             ("chat", ("chat", "message", "チャット", "session")))
    return next((channel for channel, names in known if any(name in words for name in names)), "call")


def mapping_text(
    source: str, frame: pd.DataFrame, used: Mapping[str, str], lines: Sequence[str] = ()
) -> str:
    """Write a mapping for a source as YAML with remarks, to be read, mended and kept.

    Parameters
    ----------
    source : str
        Name of the source.
    frame : DataFrame of shape (n, any)
        Its first rows.
    used : mapping of str to str
        Columns that are recognised without a mapping, and what they become.
    lines : sequence of str
        Lines that settle doubts; written as remarks.

    Returns
    -------
    str
        YAML that `ContactMapping.of` reads.

    Examples
    --------
    >>> print(mapping_text("a.csv", pd.DataFrame({"ID": ["1"], "当日": ["2026/11/21"]}), {"ID": "contact_id"}))
    # Suggested from the names and values of a.csv. Read it, mend it, keep it.
    columns:
      ID: contact_id  # recognised by its name
      当日: created_at  # dates in all rows
    # constants: {channel: call}  # no column says it; take the # away and set it
    # no column was found for: text
    <BLANKLINE>
    """
    rest = frame[[name for name in frame if str(name) not in used]]
    left = [column.name for column in CONTACTS if column.name not in used.values()]
    guesses = suggest_columns(rest, left)
    out = [f"# Suggested from the names and values of {_one_line(source)}. Read it, mend it, keep it.", "columns:"]
    out += [f"  {mapping_key(name)}: {target}  # recognised by its name" for name, target in used.items()]
    out += [f"  {mapping_key(guess.source)}: {guess.target}  # {guess.why}" for guess in guesses]
    there = {*used.values(), *(guess.target for guess in guesses)}
    made = suggest_lines(rest.iloc[:, :0], [name for name in ("contact_id", "channel") if name not in there])
    out += [f"# {line}  # no column says it; take the # away and set it" for line in made]
    out += [f"# {_one_line(line)}" for line in dict.fromkeys(lines)]
    absent = [name for name in _REQUIRED if name not in there and name not in ("contact_id", "channel")]
    if absent:
        out.append(f"# no column was found for: {', '.join(absent)}")
    guessed = {guess.source for guess in guesses}
    free = [str(name) for name in rest if str(name) not in guessed]
    if free:
        out.append(f"# not used: {_one_line(', '.join(free))}")
    return "\n".join(out) + "\n"


def is_prose(cells: Any) -> bool:
    """Tell whether a column holds texts that people wrote.

    Examples
    --------
    >>> is_prose(["請求書が届かないとのこと", "解約したいので手続きを知りたい"]), is_prose(["A-001", "A-002"])
    (True, False)
    """
    texts = as_strings(cells)
    return _prose(_filled(texts), texts)[0] >= _ENOUGH


def _filled(cells: np.ndarray) -> pd.Series:
    return pd.Series([cell.strip() for cell in cells if fold(cell) not in missing_words()], dtype=object)


def _of_column(name: str, cells: np.ndarray, targets: Sequence[str]) -> list[Guess]:
    filled = _filled(cells)
    found = []
    for target in targets if not _is_subject(name) else ():
        if target == "text" and _ANSWERS.search(name):
            continue
        by_name = _name_score(name, target)
        by_value, why = _SHAPES.get(target, _no_shape)(filled, cells)
        strong = target in _TELLING and by_value >= _ENOUGH and not (target == "text" and is_answer(name))
        if (by_name and (by_value < 0 or by_value >= 0.5)) or strong:
            reasons = [f"its name is like {target}"] if by_name and not strong else []
            found.append(Guess(name, target, " and ".join([*reasons, *([why] if why else [])]) or "by its name",
                               by_name + max(by_value, 0.0)))
    return found


def _name_score(name: str, target: str) -> float:
    """How much a name is like those known for a column, 0 to 1."""
    if target == "text" and is_answer(name):
        return 0.0
    word = fold_header(name)
    if not word:
        return 0.0
    best = 0.0
    for synonym in (fold_header(each) for each in header_table().get(target, [target])):
        if word == synonym:
            return 1.0
        if len(synonym) >= 2 and word.endswith(synonym):  # heads of compounds stand last in both languages
            best = max(best, 0.6 + 0.3 * len(synonym) / len(word))
        elif len(word) >= 5:
            best = max(best, ratio if (ratio := difflib.SequenceMatcher(None, word, synonym).ratio()) >= 0.8 else 0.0)
    return best


def _is_subject(name: str) -> bool:
    return fold_header(name).endswith(_SUBJECTS)


def _share(hits: np.ndarray, what: str) -> tuple[float, str]:
    share = float(hits.mean()) if len(hits) else 0.0
    return share, f"{what} in {'all' if share == 1 else f'{share:.0%} of'} rows" if share >= _ENOUGH else ""


def _dates(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    bare = filled.str.fullmatch(_BARE).to_numpy(bool) if len(filled) else np.zeros(0, bool)
    either = [parse_dates(filled, "UTC", day_first).notna() for day_first in (False, True)]
    return _share((np.asarray(either[0]) | np.asarray(either[1])) & ~bare, "dates")


def _channels(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    if filled.nunique() > _MOST_CHANNELS:
        return 0.0, ""
    share = float(np.mean(pd.notna(parse_channels(filled)))) if len(filled) else 0.0
    why = f"names of channels in {'all' if share == 1 else f'{share:.0%} of'} rows"
    return (1.0, why) if share >= _SOME_CHANNELS else (0.0, "")  # others may have names of the house


def _prose(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    """Texts are long, differ from row to row, and are not made of digits alone."""
    if filled.empty:
        return 0.0, ""
    length = float(filled.str.len().mean())
    words = filled.str.contains(r"[\u3041-\u30ff\u4e00-\u9fff]|[^\W\d_]{2}\S*\s")  # kana, kanji or words apart
    written = float((words & ~filled.str.fullmatch(r"\S+@\S+|https?://\S+")).mean())
    dated = _dates(filled, cells)[0]
    if length < _PROSE_CHARS or written < 0.5 or dated > 0.5 or filled.nunique() < 0.3 * len(filled):
        return 0.0, ""
    return min(1.0, 0.9 + length / 1000), f"texts of {length:.0f} characters on average"


def _keys(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    if len(filled) < max(len(cells), 1) or filled.duplicated().any() or _dates(filled, cells)[0] > 0.5:
        return 0.0, ""
    share, _ = _share(filled.str.fullmatch(_ID).to_numpy(bool), "")
    return (share, "a different short value in each row") if share >= _ENOUGH and len(filled) > 1 else (0.0, "")


def _numbers(low: float, high: float) -> Callable[[pd.Series, np.ndarray], tuple[float, str]]:
    def shape(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
        numbers = parse_numbers(filled)
        return _share((numbers >= low) & (numbers <= high), "numbers")
    return shape


def _durations(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    return _share(~np.isnan(parse_durations(filled)), "durations")


def _yes_no(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    return _share(np.asarray(pd.notna(parse_booleans(filled))), "yes or no")


def _languages(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    return _share(np.asarray(pd.notna(parse_words(filled, "languages"))), "languages")


def _no_shape(filled: pd.Series, cells: np.ndarray) -> tuple[float, str]:
    return -1.0, ""  # any value will do: the name alone decides


_SHAPES: dict[str, Callable[[pd.Series, np.ndarray], tuple[float, str]]] = {
    "contact_id": _keys, "created_at": _dates, "channel": _channels, "text": _prose, "lang": _languages,
    "handle_seconds": _durations, "after_call_seconds": _durations, "wait_seconds": _durations,
    "first_response_seconds": _durations,
    "concurrency": _numbers(1, 20), "cost_extra": _numbers(0, 1e9), "transfers": _numbers(0, 100),
    "csat": _numbers(0, 100), "nps": _numbers(0, 10), "resolved": _yes_no, "is_public": _yes_no,
    "reach": _numbers(0, 1e12),
}
_TELLING = ("contact_id", "created_at", "channel", "text")  # columns whose values alone tell them


def _one_line(text: str) -> str:
    return " ".join(text.split())
