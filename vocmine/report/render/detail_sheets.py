"""The other sheets: channels, alerts, hot words, topics, quotes, definitions and notes."""

from __future__ import annotations

from itertools import zip_longest

from vocmine.report.evidence import Evidence, Quote
from vocmine.report.findings import Namer, avoid_head
from vocmine.report.render.grid_view import Teller
from vocmine.report.render.sheets import Writer
from vocmine.report.render.xlsx import Book, Column
from vocmine.report.summary import Summary
from vocmine.report.trust_notes import trust_sentences


def _channels(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w, name = book.words, Namer(book.words, e)
    channels = [w.name(c.channel, "channel") for c in s.channels]
    columns = [Column(w("col_issue"), width=34), *(Column(head, "whole", 12) for head in channels)]
    sheet = book.sheet(w("sheet_channels"), columns)
    rows = [(name(x.issue), *x.channels) for x in s.issues if sum(x.channels)]
    end, timed = book.table(sheet, columns, rows), any(c.n_timed for c in s.channels)
    book.cell(sheet, end + 1, 0, w("trend_all"), "total_text")
    for i, channel in enumerate(s.channels, 1):
        book.cell(sheet, end + 1, i, channel.n, "total_whole")
        book.cell(sheet, end + 2, i, channel.share, "percent")
        if timed:
            book.cell(sheet, end + 3, i, channel.median_minutes, "number")
    book.cell(sheet, end + 2, 0, w("col_share"), "text")
    if timed:
        book.cell(sheet, end + 3, 0, f"{w('col_minutes')} ({w('minutes', n='').strip()})", "text")


def _alerts(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    if not s.alerts:
        return
    w = book.words
    columns = [
        Column(w("col_topic"), width=36), Column(w("x_status"), width=14), Column(w("x_first_day"), "day", 13),
        Column(w("x_day"), "day", 13), Column(w("x_n"), "whole", 9), Column(w("x_expected"), "number", 10),
        Column(w("x_ratio"), "ratio", 9), Column(w("col_low"), "ratio", 9), Column(w("col_high"), "ratio", 9),
        Column(w("x_p"), "p", 13), Column(w("x_by_end"), "number", 13),
        Column(w("x_cost_by_end"), "money", 15), Column(w("x_words"), width=36), Column(w("col_quote"), width=70),
    ]
    rows = [
        (
            e.alert_names.get(a.topic_id, str(a.topic_id)), w(f"status_{a.status}"), a.first_day, a.day, a.n,
            a.expected, a.ratio, a.growth.low, a.growth.high, a.p_adjusted, a.by_end.value, a.cost_by_end.value,
            e.alert_words.get(a.topic_id, ""),
            "\n".join(q.text for q in e.alert_quotes.get(a.topic_id, ())),
        )
        for a in s.alerts
    ]
    book.table(book.sheet(w("sheet_alerts"), columns), columns, rows)


def _words(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    if not s.words:
        return
    w = book.words
    columns = [
        Column(w("col_word"), width=26), Column(w("col_word_n"), "whole", 12), Column(w("col_share"), "percent", 10),
        Column(w("col_word_growth"), "ratio", 10), Column(w("col_word_low"), "ratio", 12), Column(w("x_p"), "p", 14),
    ]
    rows = [
        (word, x.n_contacts, x.share, x.growth, x.growth_low, x.p_adjusted)
        for word, x in zip(e.words, s.words, strict=True)
    ]
    book.table(book.sheet(w("sheet_words"), columns), columns, rows)


def _topics(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    if not s.topics:
        return
    w = book.words
    columns = [
        Column(w("col_topic"), width=36), Column(w("x_n"), "whole", 10), Column(w("col_terms"), width=40),
        Column(w("col_quote"), width=70),
    ]

    def quotes(topic: int) -> tuple[Quote, ...]:
        return e.topic_quotes.get(topic, ())

    rows = [
        (e.topic_names.get(t, str(t)), n, e.topic_terms.get(t, ""), "\n".join(q.text for q in quotes(t)))
        for t, n in s.topics
    ]
    book.table(book.sheet(w("sheet_topics"), columns), columns, rows)


def _fixes(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    if not s.fixes:
        return
    w, name = book.words, Namer(book.words, e)
    columns = [
        Column(w("col_issue"), width=34), Column(w("col_fixed"), "day", 14), Column(w("col_saving"), "money", 16),
        Column(w("col_low"), "money", 14), Column(w("col_high"), "money", 14), Column(w("col_change"), "percent", 12),
        Column(w("col_low"), "percent", 10), Column(w("col_high"), "percent", 10),
    ]
    rows = [
        (
            name(x.issue), x.day, x.saving.value, x.saving.low, x.saving.high, x.change.value, x.change.low,
            x.change.high,
        )
        for x in s.fixes
    ]
    book.table(book.sheet(w("sheet_fixes"), columns), columns, rows)


def _quotes(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w, name = book.words, Namer(book.words, e)
    columns = [
        Column(w("col_issue"), width=30), Column(w("x_quote"), width=80), Column(w("x_contact"), width=18),
        Column(w("x_day"), "day", 13), Column(w("col_channel"), width=14),
    ]
    rows = [
        (name(x.issue), q.text, q.contact_id, q.day, w.name(q.channel, "channel"))
        for x in s.issues
        for q in e.quotes.get(x.issue, ())
    ]
    if rows:
        book.table(book.sheet(w("sheet_quotes"), columns), columns, rows)


def _trace(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    if not e.trace:
        return
    w, name = book.words, Namer(book.words, e)
    columns = [
        Column(w("col_issue"), width=34), Column(w("x_contact"), width=20), Column(w("x_day"), "day", 13),
        Column(w("col_channel"), width=16), Column(w("x_mood"), width=14),
    ]
    rows = [
        (name(issue), contact, day, w.name(channel, "channel"), w.name(mood, "mood"))
        for issue, contact, day, channel, mood in e.trace
    ]
    book.table(book.sheet(w("sheet_trace"), columns), columns, rows)


def _sections(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    """Write each further part on a sheet of its own, its tables one below the other, its sentences on top."""
    w, teller = book.words, Teller(book.words, e)
    for part in s.sections:
        made = [(grid, *teller.sheet(grid)) for grid in part.grids]
        widths = [max(sizes) for sizes in zip_longest(*([c[2] for c in cols] for _, cols, _ in made), fillvalue=0.0)]
        sheet = book.sheet(w(f"sheet_{part.key}"), [Column("", width=width) for width in widths or [60.0]], top=0)
        row = 0
        for text in [w(f"sec_{part.key}_lead"), *(teller.say(said) for said in part.said)]:
            book.cell(sheet, row, 0, text, "note")
            row += 1
        for grid, cols, rows in made:
            book.cell(sheet, row + 1, 0, w(f"grid_{grid.key}"), "total_text")
            columns = [Column(head, kind, width) for head, kind, width in cols]
            row = book.table(sheet, columns, rows, top=row + 2, filtered=len(made) == 1)


def _notes(book: Book, s: Summary, e: Evidence, title: str, timezone: str) -> None:
    w = book.words
    columns = [Column(w("x_term"), width=30), Column(w("x_meaning"), width=110)]
    terms = {
        "money": ("n", "money", "hours", "range", "per", "share", "imputed", "repeat", "growth"),
        "hours": ("n", "hours", "range", "share", "repeat", "growth"),
        "counts": ("n", "range", "share", "repeat", "growth"),
    }[s.measure]
    rows = [(w(f"col_{term}"), w(f"def_{term}")) for term in terms]
    if s.in_money:
        text = w("def_avoid_part", part=w.part(s.fix_rate)) if s.fix_rate < 1 else w("def_avoid")
        rows.append((avoid_head(s, w), text))
        rows += [(w("col_marginal"), w("def_marginal"))] if any(x.marginal == x.marginal for x in s.issues) else []
    rows += [(w("sec_trust"), sentence) for sentence in trust_sentences(s, w, timezone)]
    if s.run:
        rows += [(w("run_read"), w.whole(s.run.read)), (w("run_accepted"), w.whole(s.run.accepted))]
        rows += [(w("run_rejected"), w.whole(s.run.rejected))]
        rows += [(w.name(code, "code"), w.whole(n)) for code, n in s.run.codes]
    book.table(book.sheet(w("sheet_notes"), columns), columns, rows)


MORE_SHEETS: tuple[Writer, ...] = (_fixes, _channels, _alerts, _words, _topics, _sections, _quotes, _trace, _notes)
