"""Where the column names are, in tables with titles, dates and notes above them."""

from __future__ import annotations

import pytest

from vocmine.contacts.header_rows import HeadRow, Span, TableOptions, find_header, is_total, note_header
from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

KNOWN = frozenset(fold_header(name) for names in header_table().values() for name in names)
NAMES = ("受付番号", "受付日時", "チャネル", "本文")
DATA = ("A1", "2026/04/01 09:30", "電話", "返品したい")


def head(*rows):
    return [HeadRow(n, n, tuple(cells)) for n, cells in enumerate(rows, 1)]


def found(*rows, known=KNOWN, header_row=None, spans=()):
    return find_header(head(*rows), TableOptions(header_row=header_row, known=known), "a.csv", spans)


@pytest.mark.parametrize(("rows", "number"), [
    ([NAMES, DATA], 1),
    ([("応対履歴一覧",), ("出力日時：2026/04/05 10:00",), NAMES, DATA], 3),
    ([("Report: Cases", "", "", ""), ("Case Number", "Opened", "Origin", "Description"), ("1", "4/1/2026", "Web", "x")], 2),
])
@pytest.mark.parametrize("known", [KNOWN, frozenset()])
def test_titles_before_the_names_are_passed_over(rows, number, known):
    header = found(*rows, known=known)
    assert (header.number, header.end) == (number, number)
    assert header.names == rows[number - 1]


@pytest.mark.parametrize(("rows", "number"), [
    ([("レポート", "応対履歴", "", ""), ("期間", "2026/04/01", "〜", "2026/04/30"), NAMES, DATA], 3),
    ([("問合せ", "本文", "一覧", "です"), NAMES, DATA], 2),
    ([NAMES, ("番号", "日時", "区分", "内容"), DATA], 1),
])
def test_titles_as_wide_as_the_table_are_told_by_known_names(rows, number):
    assert found(*rows).number == number


def test_names_nobody_knows_are_found_by_their_shape():
    rows = [("社外秘",), ("キー", "とき", "みち", "はなし"), ("k1", "2026-04-01", "電話", "解約"), ("k2", "2026-04-02", "電話", "返品")]
    assert found(*rows).number == 2


def test_a_row_of_words_among_data_is_no_header():
    rows = [("番号", "月日", "区分", "詳細"), ("1", "2026-04-01", "電話", "a"), ("サービス", "解決", "コメント", "評価"), ("3", "2026-04-02", "電話", "b")]
    assert found(*rows, known=frozenset({"番号"})).number == 1


@pytest.mark.parametrize("rows", [
    [DATA, ("A2", "2026/04/02 10:00", "電話", "届かない")],
    [("1", "4/1/2026", "Email", "hi"), ("2", "未定", "サービス", "解決"), ("3", "4/3/2026", "Email", "yo")],
    [("90001", "09:15", "電話", "x")],
])
def test_data_without_names_are_refused_with_the_line_to_add(rows):
    with pytest.raises(ContactError, match="header_row: 0"):
        found(*rows)


def test_a_told_row():
    assert found(("x", "y"), NAMES, DATA, header_row=2).names == NAMES
    assert found(DATA, header_row=0).names == ("column_1", "column_2", "column_3", "column_4")
    assert found(DATA, header_row=0).end == 0
    with pytest.raises(ContactError, match="such as 1, 2"):
        found(NAMES, DATA, header_row=7)


def test_nothing_at_all():
    with pytest.raises(ContactError, match="empty"):
        found()


@pytest.mark.parametrize(("rows", "spans", "names"), [
    # merged over two columns above, over two rows beside
    ([("受付番号", "受付", "", "本文"), ("", "日", "時刻", ""), ("1", "2026/04/01", "9:00", "a")],
     [Span(1, 2, 1, 3), Span(1, 1, 2, 1), Span(1, 4, 2, 4)], ("受付番号", "受付 日", "受付 時刻", "本文")),
    # the same, saved as CSV
    ([("受付番号", "受付", "", "本文"), ("", "日", "時刻", ""), ("1", "2026/04/01", "9:00", "a")],
     [], ("受付番号", "受付 日", "受付 時刻", "本文")),
    # groups over names that say all by themselves
    ([("基本情報", "", "", "内容", ""), ("受付番号", "受付日時", "チャネル", "本文", "区分"), ("1", "2026/04/01", "電話", "a", "b")],
     [Span(1, 1, 1, 3), Span(1, 4, 1, 5)], ("受付番号", "受付日時", "チャネル", "本文", "内容 区分")),
    # a title over all columns is no group
    ([("応対履歴一覧", "", "", ""), NAMES, DATA], [Span(1, 1, 1, 4)], NAMES),
    # names that come twice, told apart by what stands above
    ([("受付", "", "完了", "", "本文"), ("番号", "日", "番号", "日", ""), ("1", "2026/04/01", "2", "2026/04/02", "a")],
     [], ("受付 番号", "受付 日", "完了 番号", "完了 日", "本文")),
])
def test_headers_of_two_rows(rows, spans, names):
    header = found(*rows, spans=spans)
    assert header.names == names
    assert header.end == 2


@pytest.mark.parametrize("names", [("受付番号", "備考", "本文", "区分"), ("受付番号", "", "本文", "区分"), ("", "受付番号", "本文", "区分")])
@pytest.mark.parametrize("first", [("A", "", "解約", "x"), ("A", "x", "解約", ""), ("", "x", "解約", "x")])
def test_a_first_row_of_data_is_not_taken_for_the_second_of_the_header(names, first):
    header = found(names, first, ("B", "x", "返品", "y"))
    assert (header.names, header.end) == (names, 1)


@pytest.mark.parametrize(("cells", "total"), [
    (["合計", "", "", "2件"], True), (["", "小計", "3", "1,234円"], True), (["ＴＯＴＡＬ", "12", "-"], True),
    (["総計：", "", "00:12:30", "4.5"], True), (["Grand Total", "", ""], True), (["合計", "件数", "12"], True),
    (["Grand Totals (12 records)"], True), (["合計（３件）", ""], True),
    (["合計", "2026/04/01", "電話", "料金の合計が違う"], False), (["A1", "合計", "3"], False), (["合計金額について", "", ""], False),
    (["合計", "", "", "請求がおかしい"], False), (["", "", ""], False), (["Total", "2026/04/01", "3"], False),
])
def test_rows_of_totals(cells, total):
    assert is_total(cells) is total


def test_notes_tell_a_name_that_comes_twice_only_if_it_is_needed():
    notes = Notes()
    note_header(found(("本文", "Memo", "Memo", "本文"), known=KNOWN), TableOptions(known=KNOWN), notes)
    assert notes.facts == {"header row": "1"}
    assert [(d.code, d.column, d.shown) for d in notes.doubts] == [("column_name_twice", "本文", "本文 (2)")]
    assert "本文 (2)" in notes.doubts[0].sentence("ja")
