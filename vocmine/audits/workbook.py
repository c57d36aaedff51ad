"""A workbook for a person who checks contacts: a list to choose from, and nothing that can be broken."""

from __future__ import annotations

import datetime
import io
from typing import Any

from vocmine.audits.cells import REASON_ID
from vocmine.audits.sheet import ANSWER_COLUMNS, KEPT_COLUMNS, CheckSheet
from vocmine.audits.words import LANGS
from vocmine.frames import UNKNOWN
from vocmine.plaintext import plain

_LONGEST_CELL = 32_000  # characters; Excel's limit is 32,767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LIST = "vocmine_list"
_SHOWN = (("number", 6), ("text", 72), ("proposed", 26), ("label", 28), ("label_2", 24), ("label_3", 24), ("notes", 30))
_FIRST_ANSWER, _HEAD = 3, 1  # column of the first answer, row of the names of columns
_ALLOWED = {"autofilter": True, "format_rows": True}  # a filter and higher rows break nothing


def workbook_bytes(sheet: CheckSheet, file: str = "audit.xlsx") -> bytes:
    """Write the workbook: the sheet to fill in, how to, and the hidden list of reasons.

    Parameters
    ----------
    sheet : CheckSheet
        What is to be checked.
    file : str
        Its name, for the instructions.

    Returns
    -------
    bytes
        An XLSX file; the same sheet gives the same bytes.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    title = sheet.words("title")
    book.set_properties({"title": title, "created": datetime.datetime(2000, 1, 1)})
    looks = {name: book.add_format(look) for name, look in _looks(sheet).items()}
    tab = book.add_worksheet(title)
    _contacts(tab, sheet, looks)
    _progress(tab, sheet, looks["progress"])
    _choices(tab, sheet, _list(book.add_worksheet, sheet))
    _how_to(book, sheet, looks, file)
    tab.activate()
    book.close()
    return buffer.getvalue()


def _looks(sheet: CheckSheet) -> dict[str, dict[str, Any]]:
    wrapped = {"text_wrap": True, "valign": "top"}
    before, after = sheet.words("progress").replace("{of}", str(len(sheet.rows))).split("{n}")
    return {
        "head": {"bold": True, "bg_color": "#0B5C7A", "font_color": "#FFFFFF", **wrapped},
        "locked": wrapped,
        "answer": {**wrapped, "locked": False, "bg_color": "#FFF8E1", "border": 1, "border_color": "#D9D3C0"},
        "progress": {"bold": True, "align": "left", "num_format": f'"{before}"0"{after}"'},
        "title": {"bold": True, "font_size": 14},
    }


def _contacts(tab: Any, sheet: CheckSheet, looks: dict[str, Any]) -> None:
    heads = sheet.words("columns")
    for column, (name, width) in enumerate(_SHOWN):
        answer = column >= _FIRST_ANSWER
        tab.set_column(column, column, width)
        tab.write_string(_HEAD, column, heads[name], looks["head"])
        for row, record in enumerate(sheet.rows.to_dict("records"), _HEAD + 1):
            look = looks["answer" if answer else "locked"]
            text = _cell(sheet, name, record, row - _HEAD)
            tab.write_string(row, column, text, look) if text else tab.write_blank(row, column, None, look)
    first = len(_SHOWN)
    for column, name in enumerate(KEPT_COLUMNS, first):
        tab.write_string(_HEAD, column, name)
        for row, value in enumerate(sheet.rows[name], _HEAD + 1):
            # as text: a number in a cell would lose its zeros, or its last digits
            tab.write_string(row, column, repr(float(value)) if name == "prob" else plain(str(value)))
    tab.set_column(first, first + len(KEPT_COLUMNS) - 1, 12, None, {"hidden": True})
    tab.autofilter(_HEAD, 0, _HEAD + len(sheet.rows), len(_SHOWN) - 1)
    tab.freeze_panes(_HEAD + 1, 0)
    tab.set_landscape()
    tab.set_paper(9)
    tab.fit_to_pages(1, 0)
    tab.repeat_rows(_HEAD)
    tab.set_selection(_HEAD + 1, _FIRST_ANSWER, _HEAD + 1, _FIRST_ANSWER)
    tab.protect("", _ALLOWED)


def _cell(sheet: CheckSheet, name: str, record: dict[Any, Any], number: int) -> str:
    if name == "number":
        return str(number)
    if name == "proposed":
        return sheet.proposed(record["label_tag"])
    if name in ANSWER_COLUMNS:
        return sheet.proposed(record[name]) if record[name] else ""
    text = str(record.get(name, ""))
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _progress(tab: Any, sheet: CheckSheet, look: Any) -> None:
    first, last = _HEAD + 2, _HEAD + 1 + len(sheet.rows)
    done = int((sheet.rows["label"] != "").sum())
    tab.write_formula(0, 1, f"=COUNTA(D{first}:D{last})", look, done)


def _list(add_worksheet: Any, sheet: CheckSheet) -> int:
    """Write the hidden list: id and names for reading back, and what the drop-down shows; give its last row."""
    tab = add_worksheet(_LIST)
    for column, name in enumerate((REASON_ID, *LANGS, "shown")):
        tab.write_string(0, column, name)
    ours = [("", sheet.words("as_proposed")), (UNKNOWN, sheet.words("none"))]
    for row, (reason, shown) in enumerate([*ours, *sheet.reasons.items()], 1):
        tab.write_string(row, 0, reason)
        for column, lang in enumerate(LANGS, 1):
            tab.write_string(row, column, plain(sheet.names.get(lang, {}).get(reason, reason)))
        tab.write_string(row, len(LANGS) + 1, shown)
    tab.hide()
    tab.protect()
    return len(sheet.reasons) + len(ours) + 1


def _choices(tab: Any, sheet: CheckSheet, last: int) -> None:
    rule = {
        "validate": "list", "source": f"={_LIST}!$D$2:$D${last}", "error_title": sheet.words("title"),
        "error_message": sheet.words("refused"),
    }
    end = _FIRST_ANSWER + len(ANSWER_COLUMNS) - 1
    tab.data_validation(_HEAD + 1, _FIRST_ANSWER, _HEAD + len(sheet.rows), end, rule)


def _how_to(book: Any, sheet: CheckSheet, looks: dict[str, Any], file: str) -> None:
    tab = book.add_worksheet(sheet.words("help_name"))
    tab.set_column(0, 0, 100)
    tab.write_string(0, 0, sheet.words("title"), looks["title"])
    for row, line in enumerate(sheet.words("help"), 1):
        tab.write_string(row, 0, f"{row}. {line.replace('{file}', plain(file))}", looks["locked"])
    tab.hide_gridlines(2)
    tab.protect()
