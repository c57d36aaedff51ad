"""A draft list of reasons made from the contacts, where the list in use does not fit them."""

from __future__ import annotations

from dataclasses import dataclass

from vocmine.report.findings import mostly_unknown
from vocmine.report.inputs import need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_SHOWN = 12  # reasons on the page; the workbook has all


@dataclass(frozen=True)
class DraftRecord:
    """How many reasons a draft has, and the contacts it was made of."""

    k: int
    n: int


def _count(data: SectionData) -> Section | None:
    """Show the draft, the largest reasons first.

    It reads ``draft``: ``name, group, n, share, low, high, quote`` by reason, as the batch makes it of
    `vocmine.proposals.propose`, and ``n_read``, the contacts it was made of.
    """
    draft = data.get("draft")
    if draft is None or len(draft) == 0:
        return None
    need(draft, ("name", "group", "n", "share", "low", "high", "quote", "n_read"), "draft")
    table = draft.sort_values(["n", "name"], ascending=[False, True], kind="stable")
    rows = tuple(
        (str(row["name"]), str(row["group"] or ""), int(row["n"]),
         Estimate(float(row["share"]), float(row["low"]), float(row["high"]), int(row["n_read"])),
         str(row["quote"] or ""))
        for row in table.to_dict("records")
    )
    cols = (
        Col("col_draft_name"), Col("col_draft_group"), Col("col_n", "whole"),
        Col("col_draft_share", "percent", drawn=True), Col("col_quote"),
    )
    read = int(table["n_read"].iloc[0])
    said = [Sentence("draft_found", (("n", "count", read), ("k", "whole", len(rows))))]
    n_all = len(data.frames.base)
    if read < n_all:
        said.append(Sentence("draft_sampled", (("n", "count", read), ("of", "count", n_all)), follows=True))
    return Section("draft", tuple(said), (Grid("draft", cols, rows, most=_SHOWN),), (DraftRecord(len(rows), read),))


def _is_shown(view: ReportView) -> bool:
    return view.summary.section("draft") is not None and mostly_unknown(view.summary)


SECTION = SectionType(
    "draft", ("draft",), _count, PageLayout(16, listed=True, opened=True, shown=_is_shown), SheetLayout(152)
)
