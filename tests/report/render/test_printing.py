"""What is printed of a sheet, and on how many pages."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from vocmine.report.render.printing import is_cut, last_row, n_columns, printed_rows, set_up_print
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetChart, SheetColumn, SheetTable, table_sheet
from vocmine.report.words import Words

COLUMN = SheetColumn("n", "whole", 20)


class Tab:
    """Keeps what it is told."""

    def __init__(self):
        self.told = {}

    def __getattr__(self, name):
        return lambda *args, **named: self.told.__setitem__(name, args or named)


def told(sheet: Sheet, title: str = "R&D") -> SimpleNamespace:
    tab = Tab()
    set_up_print(tab, sheet, Words("en"), title)
    return SimpleNamespace(**tab.told)


def test_a_long_list_is_cut_and_says_so():
    long = told(table_sheet("Contacts", (COLUMN,), tuple((i,) for i in range(900))))
    assert long.print_area == (0, 0, 200, 0)
    assert long.set_header == ("&RPrinted: the first 201 of 901 rows. The rest is in the file.",)
    short = told(table_sheet("Contacts", (COLUMN,), ((1,),)))
    assert short.print_area == (0, 0, 1, 0)
    assert not hasattr(short, "set_header")


def test_a_sheet_may_say_what_is_printed_of_it():
    table = SheetTable((COLUMN,) * 3, ((1, 2, 3),) * 50)
    sheet = Sheet("Ledger", (COLUMN,) * 3, (table,), n_printed=5, n_columns_printed=2)
    assert told(sheet).print_area == (0, 0, 4, 1)
    assert is_cut(sheet)
    assert printed_rows(sheet) == 5


def test_notes_and_charts_are_inside_of_what_is_printed():
    chart = SheetChart("bar", "t", (1,), 3, 6, (400, 200))
    sheet = Sheet("A", (COLUMN,), (SheetTable((COLUMN,), ((1,),) * 3), SheetCell(4, 0, "note", "note", span=7), chart))
    assert n_columns(sheet) == 7
    assert last_row(sheet) == 16
    assert told(sheet).print_area == (0, 0, 15, 6)


@pytest.mark.parametrize(("n", "pages"), [(4, 1), (12, 1), (13, 2), (60, 5)])
def test_a_wide_sheet_takes_as_many_pages_as_can_be_read(n, pages):
    made = told(table_sheet("Wide", (COLUMN,) * n, ((1,) * n,)))
    assert made.fit_to_pages == (pages, 0)
    assert hasattr(made, "repeat_columns") == (pages > 1)


def test_heads_come_again_only_where_one_row_heads_all():
    assert told(table_sheet("A", (COLUMN,), ((1,),))).repeat_rows == (0,)
    assert not hasattr(told(Sheet("A", (COLUMN,), (), top=None)), "repeat_rows")


def test_a_title_means_nothing_to_the_printer():
    assert told(table_sheet("A", (COLUMN,), ((1,),)), "R&D &P \x00" + "x" * 300).set_footer[0].startswith("&LR&&D &&P ")
