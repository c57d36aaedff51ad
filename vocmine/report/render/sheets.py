"""The first sheets: summary, costs, weekly trend, reasons by sentiment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vocmine.report.evidence import Evidence
from vocmine.report.findings import Namer, amount_of, avoid_head, findings, period_of, spread_of
from vocmine.report.render.xlsx import Book, Column
from vocmine.report.summary import IssueLine, Summary

Writer = Callable[[Book, Summary, Evidence, str, str], None]
_CHARTED = 10


def _summary(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w = book.words
    columns = [Column(w("x_item"), width=34), Column(w("x_value"), width=90)]
    sheet = book.sheet(w("sheet_summary"), columns, top=2)
    book.cell(sheet, 0, 0, title, "title")
    rows = [
        (w("x_period"), f"{w.span(s.first_day, s.last_day)} ({timezone})"),
        (w("total_voices" if s.measure == "counts" else "total_contacts"), w.whole(s.n_contacts)),
    ]
    if s.measure != "counts":
        total = w.money(s.total_cost) if s.in_money else w.hours(s.total_hours)
        rows.append((w("total_cost") if s.in_money else w("total_hours"), total))
    rows += [
        (w("unknown_tile"), w.percent(s.n_tagged / s.n_contacts)),
        (w("negative_share"), w.percent(s.negative.value)),
        (w("x_level"), w.percent(s.level)),
    ]
    rows += [(w("csat"), w.decimal(s.csat.value, 2))] if s.csat.known else []
    rows += [(w("x_currency"), s.currency)] if s.in_money else []
    rows += [(f"{w('sec_findings')} {i}", text) for i, text in enumerate(findings(s, e, w), 1)]
    name = Namer(w, e)
    rows += [
        (f"{w('sec_digest')} {i}", f"{name(x.issue)}: {period_of(s, w)} {amount_of(x, s, w)} "
         f"{w('card_range', range=spread_of(x, s, w)) if spread_of(x, s, w) else ''}".strip())
        for i, x in enumerate(s.focus[:5], 1)
    ]
    book.table(sheet, columns, rows, top=2)


def _costs(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w, name, tab = book.words, Namer(book.words, e), _tab(book, s)
    fields = _cost_fields(book, s)
    columns = [field.column for field in fields]
    sheet = book.sheet(tab, columns)
    rows = [(name(line.issue), *(field.read(line) for field in fields[1:])) for line in s.lines]
    end = book.table(sheet, columns, rows)
    _cost_total(book, sheet, s, end, fields)
    if s.issues:
        size = next(i for i, field in enumerate(fields) if field.key == s.measure)
        _cost_chart(book, sheet, s, (tab, w(f"x_chart_{s.measure}")), size, end)


@dataclass(frozen=True)
class _Field:
    """A column of the cost sheet: what it reads from a line, and its sum where it has one."""

    key: str
    column: Column
    read: Callable[[IssueLine], Any]
    total: float | None = None


def _tab(book: Book, s: Summary) -> str:
    return book.words("sheet_costs" if s.in_money else f"sheet_costs_{s.measure}")


def _cost_fields(book: Book, s: Summary) -> list[_Field]:
    """Give the columns that this report can fill: money, hours, or neither."""
    w = book.words
    n = sum(x.contacts.value for x in s.lines if x.contacts.known)
    fields = [
        _Field("", Column(w("col_issue"), width=34), lambda x: x.issue),
        _Field("counts", Column(w("col_n"), "number", 10), lambda x: x.contacts.value, n),
        _Field("", Column(w("x_n_low"), "number", 12), lambda x: x.contacts.low),
        _Field("", Column(w("x_n_high"), "number", 12), lambda x: x.contacts.high),
    ]
    if s.measure != "counts":
        fields += [_Field("hours", Column(w("col_hours"), "number", 11), lambda x: x.hours, s.total_hours)]
    if s.in_money:
        fields += _money_fields(book, s)
    fields += [_Field("", Column(w("col_share"), "percent", 9), lambda x: x.share, 1.0)]
    if s.measure != "counts":
        fields += [_Field("", Column(w("col_imputed"), "percent", 14), lambda x: x.imputed_share)]
    if any(x.repeat_share == x.repeat_share for x in s.lines):
        fields += [_Field("", Column(w("col_repeat"), "percent", 12), lambda x: x.repeat_share)]
    if s.in_money:
        fields += [_Field("", Column(avoid_head(s, w), "money", 14), lambda x: x.avoidable)]
    if s.in_money and any(x.marginal == x.marginal for x in s.issues):
        fields += [_Field("", Column(w("col_marginal"), "money", 14), lambda x: x.marginal)]
    fields += [_Field("", Column(w("col_growth"), "ratio", 9), lambda x: x.growth.value)]
    if s.measure == "counts":
        return fields
    return [*fields, _Field("", Column(w("col_method"), width=44), lambda x: w.note(x.method) if x.method else "")]


def _money_fields(book: Book, s: Summary) -> list[_Field]:
    w = book.words
    return [
        _Field("money", Column(f"{w('col_money')} ({s.currency})", "money", 15), lambda x: x.cost.value, s.total_cost),
        _Field("", Column(w("col_low"), "money", 14), lambda x: x.cost.low),
        _Field("", Column(w("col_high"), "money", 14), lambda x: x.cost.high),
        _Field("", Column(w("col_per"), "money", 12), lambda x: x.per_contact),
    ]


def _cost_total(book: Book, sheet: Any, s: Summary, end: int, fields: Sequence[_Field]) -> None:
    book.cell(sheet, end, 0, book.words("col_total"), "total_text")
    for i, field in enumerate(fields):
        if s.lines and field.total is not None:
            book.total(sheet, end, i, field.total, field.column.kind)


def _cost_chart(book: Book, sheet: Any, s: Summary, names: tuple[str, str], size: int, end: int) -> None:
    """Draw the first issues as bars, with their ranges where all have one; `names` are of the sheet and the chart."""
    tab, title = names
    last = min(len(s.issues), _CHARTED)
    sizes = [s.size(x) for x in s.issues[:last]]
    series: dict[str, Any] = {
        "name": title, "categories": [tab, 1, 0, last, 0], "values": [tab, 1, size, last, size],
        "fill": {"color": "#4F93AD"}, "gap": 60,
    }
    if all(x.ranged for x in sizes):
        series["y_error_bars"] = {
            "type": "custom", "plus_values": [x.high - x.value for x in sizes],
            "minus_values": [x.value - x.low for x in sizes],
        }
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series(series)
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
    chart.set_size({"width": 760, "height": 80 + 34 * last})
    sheet.insert_chart(end + 2, 0, chart)


def _trend(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    if not s.weeks:
        return
    w, name, tab = book.words, Namer(book.words, e), book.words("sheet_trend")
    lines = [x for x in s.issues if sum(x.weekly)]
    columns = [Column(w("x_week"), "day", 14), Column(w("x_all"), "whole", 10)]
    columns += [Column(name(x.issue), "whole", 13) for x in lines]
    sheet = book.sheet(tab, columns)
    rows = [(day, s.weekly[i], *(x.weekly[i] for x in lines)) for i, day in enumerate(s.weeks)]
    end = book.table(sheet, columns, rows)
    chart = book.book.add_chart({"type": "line"})
    for i in range(min(len(lines), 5)):
        chart.add_series(
            {"name": [tab, 0, i + 2], "categories": [tab, 1, 0, end - 1, 0], "values": [tab, 1, i + 2, end - 1, i + 2]}
        )
    if lines:
        chart.set_title({"name": w("x_chart_trend"), "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
        chart.set_size({"width": 820, "height": 360})
        sheet.insert_chart(end + 1, 0, chart)


def _mood(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w, name = book.words, Namer(book.words, e)
    heads = [w(f"mood_{key}") for key in ("negative", "neutral", "positive")]
    columns = [Column(w("col_issue"), width=34), *(Column(head, "whole", 11) for head in heads)]
    columns += [
        Column(w("x_no_mood"), "whole", 11), Column(w("x_n"), "whole", 10), Column(w("col_negative"), "percent", 11),
        Column(w("col_low"), "percent", 9), Column(w("col_high"), "percent", 9), Column(w("col_csat"), "ratio", 11),
        Column(w("x_csat_n"), "whole", 10), Column(w("col_churn"), "whole", 11),
        Column(w("col_escalation"), "whole", 13),
    ]
    sheet = book.sheet(w("sheet_mood"), columns)
    rows = [_mood_row(x, name(x.issue)) for x in s.issues if sum(x.channels)]
    seen = [sum(row[i] for row in rows) for i in range(1, 6)]
    whole = [*s.moods, s.n_contacts - sum(s.moods), s.n_contacts]
    # Contacts without a reason, less those that stand under several: with this line the columns add up to all contacts.
    rest = [a - b for a, b in zip(whole, seen, strict=True)]
    rows.append((w("x_rest"), *rest, *(None,) * 7))
    end = book.table(sheet, columns, rows)
    book.cell(sheet, end, 0, w("col_total"), "total_text")
    for i, value in enumerate(whole, 1):
        book.total(sheet, end, i, value, "whole")


def _mood_row(x: IssueLine, name: str) -> tuple[Any, ...]:
    n, signals = sum(x.channels), dict(x.signals)
    return (
        name, *x.moods, n - sum(x.moods), n, x.negative.value, x.negative.low, x.negative.high, x.csat.value, x.csat.n,
        signals.get("churn", 0), signals.get("escalation", 0),
    )


SHEETS: tuple[Writer, ...] = (_summary, _costs, _trend, _mood)
