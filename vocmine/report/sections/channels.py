"""Where customers get in touch, and which issues come through which channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetCell, SheetColumn, SheetTable
from vocmine.report.summary import IssueLine

_CLASSES = tuple(f"k{i}" for i in range(6))


def _values(view: ReportView) -> Mapping[str, Any]:
    s, w = view.summary, view.words

    def label(line: IssueLine) -> str:
        pairs = zip(s.channels, line.channels, strict=False)
        return ", ".join(f"{w.name(channel.channel, 'channel')} {n}" for channel, n in pairs)

    return {"channel_label": label, "channel_classes": _CLASSES, "has_times": any(c.n_timed for c in s.channels)}


def _sheet(view: ReportView) -> Sheet:
    s, w = view.summary, view.words
    channels = [w.name(c.channel, "channel") for c in s.channels]
    columns = (SheetColumn(w("col_issue"), width=34), *(SheetColumn(head, "whole", 12) for head in channels))
    table = SheetTable(columns, tuple((view.name(x.issue), *x.channels) for x in s.issues if sum(x.channels)))
    end, timed = table.end, any(c.n_timed for c in s.channels)
    cells = [SheetCell(end + 1, 0, w("trend_all"), "total_text")]
    for i, channel in enumerate(s.channels, 1):
        cells += [SheetCell(end + 1, i, channel.n, "total_whole"), SheetCell(end + 2, i, channel.share, "percent")]
        cells += [SheetCell(end + 3, i, channel.median_minutes, "number")] if timed else []
    cells.append(SheetCell(end + 2, 0, w("col_share")))
    if timed:
        cells.append(SheetCell(end + 3, 0, f"{w('col_minutes')} ({w('minutes', n='').strip()})"))
    return Sheet(w("sheet_channels"), columns, (table, *cells))


SECTION = SectionType(
    "channels", page=PageLayout(130, listed=True, template="section_channels.html.j2", values=_values),
    sheet=SheetLayout(60, _sheet),
)
