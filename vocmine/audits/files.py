"""Audits as files: a CSV or Excel file that people fill in, or a folder of plain values."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pandas as pd

from vocmine import store
from vocmine.csvfile import read_csv, write_csv
from vocmine.errors import AuditError, StoreError
from vocmine.frames import require_columns

FOLDER_KIND = "Audit"
FOLDER_COLUMNS = ("contact_id", "label_tag", "prob", "label", "drawn_on")
SHEET_COLUMNS = ("contact_id", "label_tag", "prob", "label", "text", "drawn_on")


def read_audit_table(path: Path) -> pd.DataFrame:
    """Read what people have checked: rows whose ``label`` is still empty are left out.

    Raises
    ------
    AuditError
        If the file is missing, lacks a column, has no checked row or a probability that can't be read.
    StoreError
        If a folder is damaged or holds something else.
    """
    if path.is_dir():
        return read_audit_folder(path)
    if not path.is_file():
        raise AuditError("no such file", where=str(path), hint="draw one with: vocmine audit")
    table = _read_excel(path) if path.suffix == ".xlsx" else read_csv(path, SHEET_COLUMNS)
    require_columns(table, ("contact_id", "label_tag", "prob", "label"), str(path), AuditError)
    table = table[table["label"].str.strip() != ""].reset_index(drop=True)
    if table.empty:
        raise AuditError(
            "no contact has been checked", where=f"{path}, column label", expected="the right reason of each"
        )
    table["prob"] = pd.to_numeric(table["prob"], errors="coerce")
    if table["prob"].isna().any():
        raise AuditError("a probability can't be read", where=f"{path}, column prob", expected="the numbers as drawn")
    return table


def read_audit_folder(folder: Path) -> pd.DataFrame:
    """Read the table that `vocmine.audits.save_audit` wrote.

    Raises
    ------
    StoreError
        If the folder is missing, damaged or holds something else.
    """
    params = store.load(folder, FOLDER_KIND).params
    try:
        return pd.DataFrame({**params["columns"], "drawn_on": params["drawn_on"]})[list(FOLDER_COLUMNS)]
    except (KeyError, TypeError, ValueError):
        raise StoreError("the audit is damaged", where=str(folder)) from None


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


def _read_excel(path: Path) -> pd.DataFrame:
    return pd.read_excel(path, dtype="str", keep_default_na=False, na_filter=False)
