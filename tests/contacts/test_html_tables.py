"""Tables of HTML pages."""

from __future__ import annotations

import pytest

from vocmine.border import Border
from vocmine.contacts import html_tables
from vocmine.contacts.header_rows import Span
from vocmine.contacts.html_tables import html_pages
from vocmine.errors import ContactError


def pages(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    with html_pages(path, Border(ContactError, "no workbook")) as found:
        return [(page.name, list(page.rows()), page.parts.spans) for page in found]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.xls"


def test_tables_in_their_order_without_those_for_layout(path):
    text = "<table><tr><td><table><tr><th>ID<td> a  b </table></td></tr></table><p>x</p><table><tr><td>1<td>2<tr><td></table>"
    assert pages(path, text) == [("table 1", [(1, ["ID", "a b"])], []), ("table 2", [(1, ["1", "2"]), (2, [None])], [])]


def test_merged_cells(path):
    text = "<table><tr><td rowspan=2>a</td><td colspan='2'>b</td><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>"
    assert pages(path, text) == [("table 1", [(1, ["a", "b", None, "c"]), (2, [None, "d", "e", "f"])], [Span(1, 1, 2, 1), Span(1, 2, 1, 3)])]


@pytest.mark.parametrize(("encoding", "charset"), [("cp932", "Shift_JIS"), ("utf-8", "utf-8"), ("euc_jp", "EUC-JP"), ("utf-8", "")])
def test_encodings(path, encoding, charset):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    ((_, rows, _),) = pages(path, f"<html>{meta}<table><tr><td>返品&amp;解約<br/>したい</td></tr></table>", encoding)
    assert rows == [(1, ["返品&解約\nしたい"])]


def test_a_page_too_large(path, monkeypatch):
    monkeypatch.setattr(html_tables, "MAX_BYTES", 10)
    with pytest.raises(ContactError, match="too large"):
        pages(path, "<table><tr><td>1</td></tr></table>")


def test_odd_spans_are_one(path):
    assert pages(path, "<table><tr><td colspan='0'>a</td><td rowspan='x'>b</td></tr></table>") == [("table 1", [(1, ["a", "b"])], [])]
