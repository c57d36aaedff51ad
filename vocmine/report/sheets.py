"""The first sheets: summary, costs, weekly trend, reasons by sentiment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from vocmine.report.evidence import Evidence
from vocmine.report.findings import Namer, amount_of, findings, period_of
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.xlsx import Book, Column

Writer = Callable[[Book, Summary, Evidence, str, str], None]
_CHARTED = 10


def _summary(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w = book.words
    columns = [Column(w("x_item"), width=34), Column(w("x_value"), width=90)]
    sheet = book.sheet(w("sheet_summary"), columns, top=2)
    book.cell(sheet, 0, 0, title, "title")
    total = w.money(s.total_cost) if s.in_money else w.hours(s.total_hours)
    rows = [
        (w("x_period"), f"{w.span(s.first_day, s.last_day)} ({timezone})"),
        (w("total_contacts"), w.whole(s.n_contacts)),
        (w("total_cost") if s.in_money else w("total_hours"), total),
        (w("unknown_tile"), w.percent(s.n_tagged / s.n_contacts)),
        (w("negative_share"), w.percent(s.negative.value)),
        (w("csat"), w.decimal(s.csat.value, 2)),
        (w("x_level"), w.percent(s.level)),
        (w("x_currency"), s.currency or "–"),
    ]
    rows += [(f"{w('sec_findings')} {i}", text) for i, text in enumerate(findings(s, e, w), 1)]
    name = Namer(w, e)
    rows += [
        (f"{w('sec_digest')} {i}", f"{name(x.issue)}: {period_of(s, w)} {amount_of(x, s, w)} "
         f"{w('card_range', range=w.money_range(x.cost, s.monthly)) if x.cost.ranged and s.in_money else ''}".strip())
        for i, x in enumerate(s.focus[:5], 1)
    ]
    book.table(sheet, columns, rows, top=2)


def _costs(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w, name = book.words, Namer(book.words, e)
    columns = _cost_columns(book, s)
    sheet = book.sheet(w("sheet_costs"), columns)
    rows = [_cost_row(line, name(line.issue), book) for line in s.lines]
    end = book.table(sheet, columns, rows)
    _cost_total(book, sheet, s, end)
    if not s.issues:
        return
    size = 5 if s.in_money else 4
    chart = book.book.add_chart({"type": "bar"})
    last = min(len(s.issues), _CHARTED)
    tab = w("sheet_costs")
    series: dict[str, Any] = {
        "name": columns[size].head, "categories": [tab, 1, 0, last, 0], "values": [tab, 1, size, last, size],
        "fill": {"color": "#4F93AD"}, "gap": 60,
    }
    if s.in_money and all(x.cost.ranged for x in s.issues[:last]):
        series["y_error_bars"] = {
            "type": "custom", "plus_values": [x.cost.high - x.cost.value for x in s.issues[:last]],
            "minus_values": [x.cost.value - x.cost.low for x in s.issues[:last]],
        }
    chart.add_series(series)
    chart.set_title({"name": w("x_chart_cost" if s.in_money else "x_chart_hours"), "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
    chart.set_size({"width": 760, "height": 80 + 34 * last})
    sheet.insert_chart(end + 2, 0, chart)


def _cost_columns(book: Book, s: Summary) -> list[Column]:
    w = book.words
    unit = f" ({s.currency})" if s.currency else ""
    return [
        Column(w("col_issue"), width=34), Column(w("col_n"), "number", 10),
        Column(w("x_n_low"), "number", 12), Column(w("x_n_high"), "number", 12), Column(w("col_hours"), "number", 11),
        Column(w("col_cost") + unit, "money", 15),
        Column(w("col_low"), "money", 14), Column(w("col_high"), "money", 14), Column(w("col_per"), "money", 12),
        Column(w("col_share"), "percent", 9), Column(w("col_imputed"), "percent", 14),
        Column(w("col_repeat"), "percent", 12), Column(w("col_avoid"), "money", 14),
        Column(w("col_growth"), "ratio", 9),
        Column(w("col_method"), width=44),
    ]


def _cost_row(x: IssueLine, name: str, book: Book) -> Sequence[Any]:
    return (
        name, x.contacts.value, x.contacts.low, x.contacts.high, x.hours, x.cost.value, x.cost.low, x.cost.high,
        x.per_contact, x.share, x.imputed_share, x.repeat_share, x.avoidable, x.growth.value, book.words.note(x.method),
    )


def _cost_total(book: Book, sheet: Any, s: Summary, end: int) -> None:
    book.cell(sheet, end, 0, book.words("col_total"), "total_text")
    if not s.lines:
        return
    book.total(sheet, end, 1, sum(x.contacts.value for x in s.lines), "number")
    book.total(sheet, end, 4, s.total_hours, "number")
    if s.in_money:
        book.total(sheet, end, 5, s.total_cost, "money")
        book.total(sheet, end, 9, 1.0, "percent")


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
