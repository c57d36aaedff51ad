"""Topics that were discovered among the contacts: those that the list of reasons lacks come first."""

from __future__ import annotations

from vocmine.report.findings import mostly_unknown
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate, share_interval

_GAP = 0.5  # a topic of which more is without a reason is one the list of reasons lacks


def _count(data: SectionData) -> Section | None:
    """Show discovered topics, those the list of reasons lacks first.

    It reads ``discovered``, the topics of a `TopicModel`: ``topic_id, name, n`` and, where known, ``n_unknown``
    (contacts of it without a reason), ``quote``.
    """
    discovered = data.get("discovered")
    if discovered is None or len(discovered) == 0:
        return None
    need(discovered, ("topic_id", "name", "n"), "discovered")
    table = discovered.loc[discovered["topic_id"].astype(int) >= 0]
    known = "n_unknown" in table
    lines = []
    for row in table.to_dict("records"):
        n = int(row["n"])
        gap = share_interval(int(row["n_unknown"]), n, data.level) if known else Estimate()
        lines.append((str(row["name"]), n, gap, str(row.get("quote") or "")))
    lines.sort(key=lambda line: (not _is_gap(line[2]), -line[1], line[0]))
    cols = (Col("col_topic"), Col("col_topic_n", "whole"), Col("col_gap", "percent", drawn=True), Col("col_quote"))
    gaps = sum(_is_gap(line[2]) for line in lines)
    sentences = (Sentence("topics_gap", (("k", "whole", gaps), ("share", "percent", _GAP))),) if gaps else ()
    return grid_section("discovered", (Grid("discovered", cols, tuple(lines), most=10),), sentences)


def _is_gap(share: Estimate) -> bool:
    return share.known and share.low > _GAP


def _leads(view: ReportView) -> bool:
    return mostly_unknown(view.summary)


SECTION = SectionType(
    "discovered", ("discovered",), _count, PageLayout(120, listed=True, leads=_leads), SheetLayout(150)
)
