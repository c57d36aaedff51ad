"""Audits as files: a CSV or Excel file that people fill in, or a folder of plain values."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import Field

from vocmine import store
from vocmine.audits.answers import AS_PROPOSED, AnswerBook, Names, answer_key
from vocmine.audits.cells import ROW, FilledTable, read_filled
from vocmine.csvfile import write_csv
from vocmine.errors import AuditError, StoreError
from vocmine.frames import UNKNOWN, require_columns

FOLDER_KIND = "Audit"
FOLDER_COLUMNS = ("contact_id", "label_tag", "prob", "label", "drawn_on")
SHEET_COLUMNS = ("contact_id", "label_tag", "prob", "label", "text", "drawn_on")

_MORE = ("label_2", "label_3")
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%d.%m.%Y", "%Y年%m月%d日")
_TWO_PEOPLE = 0.5  # share of contacts in several rows above which nobody has meant several reasons


class SavedColumns(store.Saved):
    """The columns of a saved audit, a value a contact and true reason each."""

    contact_id: list[str]
    label_tag: list[str]
    label: list[str]
    prob: list[Annotated[float, Field(gt=0, le=1)]]


class SavedAudit(store.Saved):
    """What is saved of an audit."""

    drawn_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    columns: SavedColumns


@dataclass(frozen=True, eq=False)
class CheckedFile:
    """What a file holds.

    Parameters
    ----------
    table : DataFrame
        Checked rows only, a row a contact and true reason.
    n_drawn, n_empty : int
        Contacts in the file, and how many of them nobody has answered yet.
    """

    table: pd.DataFrame
    n_drawn: int
    n_empty: int = 0


def read_audit_file(path: Path) -> CheckedFile:
    """Read what people have checked: contacts whose ``label`` is still empty are left out, and counted.

    The rows of a file stand in random order, so that the checked ones were drawn with `prob` times the share of the
    file that was checked: this is the probability given.

    Raises
    ------
    AuditError
        If the file is missing or can't be read, lacks a column, has no checked row, a probability or date that can't
        be read, a reason nobody knows, a contact twice.
    StoreError
        If a folder is damaged or holds something else.
    """
    if path.is_dir():
        table = read_audit_folder(path)
        return CheckedFile(table, int(table["contact_id"].nunique()))
    if not path.is_file():
        raise AuditError("no such file", where=str(path), hint="draw one with: vocmine audit")
    filled = read_filled(path)
    frame, where = filled.frame, str(path)
    require_columns(frame, ("contact_id", "label_tag", "prob", "label"), where, AuditError)
    frame = frame.assign(prob=_probabilities(frame, where))
    if "drawn_on" in frame:
        dated = (frame["drawn_on"].str.strip() != "").any()
        frame = frame.assign(drawn_on=frame["drawn_on"].map(_day)) if dated else frame.drop(columns="drawn_on")
    table = _one_reason_a_row(frame)
    _check_twice(table, where, several_rows=not set(_MORE) <= set(frame.columns))
    n_drawn, n_checked = int(frame["contact_id"].nunique()), int(table["contact_id"].nunique())
    if not n_checked:
        raise AuditError(
            "no contact has been checked", where=f"{path}, column label", expected="the right reason of each"
        )
    table = _resolved(table, filled, where)
    return CheckedFile(table.assign(prob=table["prob"] * (n_checked / n_drawn)), n_drawn, n_drawn - n_checked)


def understood(table: pd.DataFrame, names: Names, where: str, *, strict: bool) -> pd.DataFrame:
    """Give an audit whose answers are ids of reasons, whatever spelling they came in.

    Parameters
    ----------
    table : DataFrame
        ``label``, and where they exist ``label_tag``, whose ids are known too, and the row of the file.
    names : mapping
        Names of reasons by language.
    where : str
        Named in the message.
    strict : bool
        Whether an answer that is not understood is a mistake; else it stays as it is.

    Raises
    ------
    AuditError
        If an answer is not known, or is the name of several reasons; with its row and the nearest name.
    """
    tags = table["label_tag"].astype(str) if "label_tag" in table else pd.Series("", index=table.index)
    book = AnswerBook.of(names, [*sorted(set(tags) - {""}), UNKNOWN])
    given = table["label"].fillna("").astype(str)
    read = {text: book.read(text) if text.strip() else "" for text in given.unique()}
    lost = [text for text, found in read.items() if found is None]
    if lost and strict:
        first = table.index[given == lost[0]][0]
        row = f", row {table.loc[first, ROW]}" if ROW in table else ""
        near = book.near(lost[0])
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise AuditError("a reason that nobody knows", where=f"{where}{row}", got=f"{lost[0].strip()[:40]!r}{more}",
                         expected=f"a name or id of the list{f', perhaps {near}' if near else ''}")
    labels = [read[text] or text.strip() for text in given]
    mine = [tag if label == AS_PROPOSED else label for label, tag in zip(labels, tags, strict=True)]
    return table.assign(label=pd.Series(mine, index=table.index, dtype="str"))


def read_audit_folder(folder: Path) -> pd.DataFrame:
    """Read the table that `vocmine.audits.save_audit` wrote.

    Raises
    ------
    StoreError
        If the folder is missing, damaged or holds something else.
    """
    stored = store.load(folder, FOLDER_KIND)
    values = store.checked(SavedAudit, stored.params, str(folder))
    store.check_arrays(stored.arrays, {}, str(folder))
    columns = values.columns.model_dump()
    if len({len(column) for column in columns.values()}) != 1:
        raise StoreError("the audit is damaged", where=str(folder), got="columns of different length",
                         expected="a value a contact in each")
    return pd.DataFrame({**columns, "drawn_on": f"{values.drawn_on}"})[list(FOLDER_COLUMNS)]


def write_audit_table(table: pd.DataFrame, path: Path) -> None:
    """Write an audit as CSV or Excel file by the ending of its name.

    Raises
    ------
    AuditError
        If the ending is another.
    """
    if path.suffix == ".csv":
        write_csv(path, table)
    elif path.suffix == ".xlsx":
        store.write_atomic(path, _excel_bytes(table))
    else:
        raise AuditError("unknown format", where=str(path), got=path.suffix or "no ending", expected=".csv or .xlsx")


def _excel_bytes(table: pd.DataFrame) -> bytes:
    """Write texts as texts, never as formulas or addresses; the same table gives the same bytes."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        table.to_excel(writer, index=False)
    return buffer.getvalue()


def _probabilities(frame: pd.DataFrame, where: str) -> pd.Series[float]:
    prob = pd.to_numeric(frame["prob"].str.strip().str.replace(",", ".", regex=False), errors="coerce")
    if prob.isna().any():
        row = frame.loc[prob.isna(), ROW].iloc[0]
        raise AuditError("a probability can't be read", where=f"{where}, row {row}, column prob",
                         expected="the numbers as drawn")
    return prob


def _day(text: str) -> str:
    """Give a date as it was written, whatever a spreadsheet made of it; what can't be read stays."""
    plain = text.strip()
    if plain.isdigit() and len(plain) == 5:
        return f"{pd.Timestamp('1899-12-30') + pd.Timedelta(days=int(plain)):%Y-%m-%d}"
    for form in _DAYS:
        day = pd.to_datetime(plain.split(" ")[0].split("T")[0], format=form, errors="coerce")
        if pd.notna(day):
            return f"{day:%Y-%m-%d}"
    return text


def _one_reason_a_row(frame: pd.DataFrame) -> pd.DataFrame:
    """Give second and third reasons a row of their own; empty answers are left out."""
    more = [name for name in _MORE if name in frame]
    rest = frame.drop(columns=more)
    parts = [rest] + [rest.assign(label=frame[name]) for name in more]
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["label"].str.strip() != ""].sort_values(ROW, kind="stable", ignore_index=True)


def _check_twice(table: pd.DataFrame, where: str, several_rows: bool) -> None:
    """Refuse a contact that was answered twice; several rows of a plain CSV may be several reasons."""
    rows = table.groupby("contact_id")[ROW].agg(["min", "max", "nunique"])
    several = rows[rows["nunique"] > 1]
    if (len(several) > 1 and len(several) > _TWO_PEOPLE * len(rows)) or (len(several) and not several_rows):
        first = several.sort_values("min").iloc[0]
        raise AuditError("contacts stand in two rows with answers",
                         where=f"{where}, rows {first['min']} and {first['max']}",
                         got=f"{len(several)} contacts", expected="the answers of one person, a row a contact",
                         hint="give the answers of a second person as a file of its own, or take one out")
    spelling = table["label"].map(answer_key)
    double = table[table.assign(label=spelling).duplicated(["contact_id", "label"])]
    if len(double):
        raise AuditError("a contact has the same reason twice", where=f"{where}, row {double[ROW].iloc[0]}",
                         got=f"{len(double)} such answers", expected="each reason of a contact once")


def _resolved(table: pd.DataFrame, filled: FilledTable, where: str) -> pd.DataFrame:
    """Read answers by the list of reasons that the file brings; without one, names wait for those who have it."""
    return understood(table, filled.names, where, strict=bool(filled.names))
