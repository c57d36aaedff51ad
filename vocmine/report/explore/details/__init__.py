"""What an opened issue shows: one module a kind, each gives its part of every issue at once."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.explore.details.issue_words import issue_pairs, issue_words
from vocmine.report.explore.details.journey import after, before, repeats
from vocmine.report.explore.details.over_time import marks, months, weeks
from vocmine.report.explore.details.splits import channels, products, signals
from vocmine.report.explore.details.steps import bridge
from vocmine.report.explore.details.versions import versions
from vocmine.report.explore.details.voices import voices
from vocmine.report.explore.encode import issue_key
from vocmine.report.explore.source import ExploreSource
from vocmine.report.sections.protocol import ReportView

Found = dict[str, list[dict[str, Any]]]


def all_details(
    view: ReportView, source: ExploreSource, parts: pd.DataFrame, contacts: bool, fold_below: int
) -> dict[str, dict[str, Any]]:
    """Give what each issue of the report shows when it is opened.

    Parameters
    ----------
    view : ReportView
        Numbers, names and language.
    source : ExploreSource
        Contacts and tags.
    parts : DataFrame
        The ledger, see `vocmine.report.explore.parts.ledger_parts`.
    contacts : bool
        Whether texts of customers may be shown.
    fold_below : int
        Groups of fewer contacts are left out where contacts may not be shown.
    """
    least = 1 if contacts else fold_below
    found: dict[str, Found] = {
        "months": months(view, source), "weeks": weeks(view, source), "marks": marks(view, source),
        "bridge": bridge(view, source), "versions": versions(view, source, max(least, fold_below)),
        "products": products(view, source, parts, least), "channels": channels(view, source, parts, least),
        "words": issue_words(source, max(least, 3)), "pairs": issue_pairs(source, max(least, 3)),
        "quotes": voices(view, source) if contacts else {}, "signals": signals(view, least),
        "before": before(view, source, least), "after": after(view, source, least),
    }
    again = repeats(source, least)
    return {
        issue_key(issue): {**{kind: rows.get(issue, []) for kind, rows in found.items()}, "repeats": again.get(issue)}
        for issue in (line.issue for line in view.summary.lines)
    }
