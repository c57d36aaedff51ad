"""What can be wrong with a row, as data, and the frame that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import VALUE_CHARS, masked, masked_ids
from vocmine.contacts.reading import Reading
from vocmine.contacts.shown_names import shown_name
from vocmine.errors import ContactError
from vocmine.frames import REJECTED_COLUMNS

WHOLE_ROW, WHOLE_SOURCE = "(row)", "(source)"


@dataclass(frozen=True)
class Code:
    """A reason to reject a row, or to leave a cell of a kept row empty (``cell``)."""

    code: str
    en: str
    ja: str
    cell: bool = False


CODES: tuple[Code, ...] = (
    Code("wrong_encoding", "bytes that are not in the encoding of the source", "文字コードに合わないバイトがある"),
    Code("wrong_column_count", "too many or too few fields, or a quote never closed", "列数や引用符の誤り"),
    Code("line_too_long", "a line or a cell over 1,048,576 characters", "1,048,576文字を超える行またはセル"),
    Code("total_row", "a row of totals, which is no contact", "合計行(問い合わせではない)"),
    Code("repeated_header", "the column names once more, which are no contact", "列名の繰り返し(問い合わせではない)"),
    Code("bad_json", "a line that is no JSON object", "JSONとして読めない行"),
    Code("missing_id", "no contact id", "IDがない"),
    Code("destroyed_id", "an id that a spreadsheet wrote as a rounded number",
         "表計算ソフトが丸めたID(1.23457E+15など)"),
    Code("bad_date", "no date, an unreadable one, or outside 1950 to 2100", "受付日時がない、または読めない"),
    Code("doubtful_date", "a date far from all others of its source: a year mistyped, or a blank written as a date",
         "ほかの行から大きく離れた受付日時(年の誤記や、空欄の代わりの日付)"),
    Code("unknown_channel", "no channel, or one that is not known", "チャネルがない、または未知"),
    Code("empty_text", "no text", "本文が空"),
    Code("deleted_ticket", "a ticket that was deleted, its text scrubbed", "削除されたチケット(本文は消去済み)"),
    Code("text_too_long", "text over the limit", "本文が長すぎる"),
    Code("mojibake", "text decoded with the wrong encoding before it came here", "本文が文字化けしている"),
    Code("negative_handle_time", "handle time below zero", "処理時間が負"),
    Code("absurd_handle_time", "handle time over 24 hours", "処理時間が24時間を超える"),
    Code("duplicate_id", "id of a contact accepted before", "IDが重複している"),
    Code("bad_number", "no number; left empty", "数値として読めない(空欄にした)", cell=True),
    Code("bad_time", "no time; left empty", "日時として読めない(空欄にした)", cell=True),
    Code("bad_boolean", "neither yes nor no; left empty", "はい/いいえとして読めない(空欄にした)", cell=True),
    Code("unknown_language", "a language that is not known; left empty", "未知の言語(空欄にした)", cell=True),
    Code("out_of_range", "outside the allowed range; left empty", "許容範囲外(空欄にした)", cell=True),
    Code("negative_amount", "an amount below zero; left empty", "金額が負(空欄にした)", cell=True),
    Code("handle_time_added_up", "handle time is talk + hold + after-call work, added up (said once a file or chunk)",
         "処理時間は通話・保留・後処理の合計として計算(ファイルごとに1回)", cell=True),
    Code("after_call_included", "after-call work is taken to be in the handle time (said once a file or chunk)",
         "後処理時間は処理時間に含まれているものとして扱う(ファイルごとに1回)", cell=True),
    Code("after_call_added", "after-call work was added to the handle time, as the mapping says (once a file or chunk)",
         "マッピングの指定により処理時間に後処理時間を加算(ファイルごとに1回)", cell=True),
    Code("damaged_text", "some characters were lost before; kept", "一部の文字が失われている(そのまま採用)", cell=True),
)


def no_rejects() -> pd.DataFrame:
    """Give an empty frame of rejects."""
    empty = pd.DataFrame({name: pd.Series([], dtype="str") for name in REJECTED_COLUMNS})
    return empty.astype({"row": "int64"})


@dataclass(frozen=True)
class Checked:
    """Contacts that passed, rows that did not, and cells that were left empty.

    Every row read is in `contacts` or in `rejected`, never in both and never lost.

    Parameters
    ----------
    contacts : DataFrame
        The contacts table: known columns first, then all others of the source.
    rejected : DataFrame
        One line a rejected row: ``source, row, contact_id, column, code, value``.
    warnings : DataFrame
        Same columns, one line a cell that was left empty in a row that was kept; and lines at the first row of a file
        that say how handle time was made of its parts, and what is doubtful about the file (``(source)``).
    reading : Reading, optional
        Which column became what and why, what was left out, and what may be wrong with the source.

    Examples
    --------
    >>> Checked(pd.DataFrame({"contact_id": ["a"]})).n_read
    1
    """

    contacts: pd.DataFrame
    rejected: pd.DataFrame = field(default_factory=no_rejects)
    warnings: pd.DataFrame = field(default_factory=no_rejects)
    reading: Reading | None = None

    @property
    def n_read(self) -> int:
        """Rows read: accepted + rejected."""
        return len(self.contacts) + len(self.rejected)

    def raise_if_rejected(self) -> Checked:
        """Give the same object, or raise ContactError with the counts by code and the first rows at fault."""
        if len(self.rejected):
            raise ContactError(
                f"{len(self.rejected):,} of {self.n_read:,} rows can't be used",
                where=", ".join(dict.fromkeys(self.rejected["source"].head(3))), got=describe(self.rejected),
                hint="mend the rows, give a mapping, or use check_contacts to go on without them",
            )
        return self


def reject_frame(
    source: str, rows: Any, ids: Sequence[str], column: Sequence[str], code: Sequence[str], value: Sequence[str]
) -> pd.DataFrame:
    """Make a frame of rejects; ids and values are masked and cut here, and nowhere else."""
    if not len(rows):
        return no_rejects()
    is_id = [name == "contact_id" for name in column]
    texts = masked(["" if key else text for text, key in zip(value, is_id, strict=True)])
    keys = masked_ids([text if key else "" for text, key in zip(value, is_id, strict=True)])
    frame = pd.DataFrame({
        "source": shown_name(source), "row": np.asarray(rows, dtype="int64"), "contact_id": masked_ids(ids),
        "column": list(column), "code": list(code), "value": np.where(is_id, keys, texts),
    })
    frame["contact_id"] = frame["contact_id"].where(frame["contact_id"] != "")
    return frame.sort_values("row", kind="stable", ignore_index=True)


def doubt_warnings(reading: Reading, rows: np.ndarray) -> pd.DataFrame:
    """Give a line of warnings for each doubt about a source, at its first row."""
    doubts = reading.doubts
    if not doubts:
        return no_rejects()
    first = int(rows[0]) if len(rows) else 1
    return pd.DataFrame({
        "source": reading.source, "row": np.full(len(doubts), first, dtype="int64"), "contact_id": None,
        "column": [doubt.column or WHOLE_SOURCE for doubt in doubts], "code": [doubt.code for doubt in doubts],
        "value": [doubt.shown[:VALUE_CHARS] for doubt in doubts],
    })


def join_rejects(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of rejects one under the other."""
    full = [frame for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else no_rejects()


def describe(rejected: pd.DataFrame, rows: int = 3) -> str:
    """Say in one line what was rejected: counts by code, and the first rows (masked).

    Examples
    --------
    >>> describe(reject_frame("a.csv", [3], ["x"], ["channel"], ["unknown_channel"], ["鳩"]))
    '1 unknown_channel; first: row 3 channel unknown_channel [鳩]'
    """
    counts = rejected["code"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    first = [
        f"row {row} {column} {code} [{value[:40]}]"
        for row, column, code, value in rejected[["row", "column", "code", "value"]].head(rows).itertuples(index=False)
    ]
    return ", ".join(f"{n:,} {code}" for code, n in counts.items()) + "; first: " + "; ".join(first)
