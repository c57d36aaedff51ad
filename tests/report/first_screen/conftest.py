"""A report with ranges of a given width, and the view and answers of a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vocmine.report import Extras, build_report
from vocmine.report.sections.protocol import ReportView
from vocmine.report.words import Words


@pytest.fixture(scope="session")
def view_of():
    def make(report):
        return ReportView(report.summary, report.evidence, Words(report.lang, report.summary.currency), "T")

    return make


@pytest.fixture(scope="session")
def words_of():
    """Write all that an answer says."""
    def write(answer):
        lines = [f"{line.name} {line.value} {' '.join(line.notes)}" for line in answer.lines]
        quote = "" if answer.quote is None else answer.quote.text
        return " | ".join([answer.question, answer.text, quote, *lines, *answer.notes, *answer.commands])

    return write


@pytest.fixture(scope="session")
def wide_report(centre):
    """Make a report whose ranges are so wide, with columns of the cost table changed."""
    def make(width, lang="ja", basis="prior", n_checked=0, fix_rate=None, columns=None, **extras):
        table = centre.costs.table
        wide = table.assign(cost_low=table.cost / (1 + width), cost_high=table.cost * (1 + width), **(columns or {}))
        costs = replace(centre.costs, table=wide, basis=basis, n_checked=n_checked, fix_rate=fix_rate)
        return build_report(centre.contacts, centre.tags, costs, lang, extras=Extras(**extras))

    return make
