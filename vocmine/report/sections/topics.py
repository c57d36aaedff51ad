"""Topics that the registry watches day by day."""

from __future__ import annotations

from vocmine.report.findings import mostly_unknown
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet


def count_topics(data: SectionData) -> Section | None:
    """Give topic id and number of contacts, the largest first; outliers (-1) are left out.

    It reads ``topics``: ``topic_id, name, n`` and, where known, ``terms, quotes``.
    """
    topics = data.get("topics")
    if topics is None or len(topics) == 0:
        return None
    need(topics, ("topic_id", "name", "n"), "topics")
    pairs = zip(topics["topic_id"].astype(int), topics["n"].astype(int), strict=True)
    rows = [(int(topic), int(n)) for topic, n in pairs if topic >= 0]
    return record_section("topics", tuple(sorted(rows, key=lambda row: (-row[1], row[0]))))


def _title(view: ReportView) -> str:
    """Where topics were discovered too, these are the ones that are watched."""
    return "sec_topics" if view.summary.section("discovered") is None else "sec_watched"


def _leads(view: ReportView) -> bool:
    return mostly_unknown(view.summary) and view.summary.section("discovered") is None


def _sheet(view: ReportView) -> Sheet | None:
    s, e, w = view.summary, view.evidence, view.words
    if not s.topics:
        return None
    columns = (
        SheetColumn(w("col_topic"), width=36), SheetColumn(w("x_n"), "whole", 10),
        SheetColumn(w("col_terms"), width=40), SheetColumn(w("col_quote"), width=70),
    )
    rows = tuple(
        (
            e.topic_names.get(topic, str(topic)), n, e.topic_terms.get(topic, ""),
            "\n".join(q.text for q in e.topic_quotes.get(topic, ())),
        )
        for topic, n in s.topics
    )
    return table_sheet(w("sheet_topics"), columns, rows)


SECTION = SectionType(
    "topics", ("topics",), count_topics,
    PageLayout(160, listed=True, title=_title, leads=_leads, template="section_topics.html.j2"),
    SheetLayout(90, _sheet),
)
