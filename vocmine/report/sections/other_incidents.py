"""Incidents that are not on the first screen: those that go on beside the largest, and those that are over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.report.sections.incident_records import IncidentRecord, apart_text, people_text
from vocmine.report.sections.incidents import CARDS, alert_names
from vocmine.report.sections.protocol import PageLayout, ReportView, SectionType


def _rest(view: ReportView) -> tuple[IncidentRecord, ...]:
    """Give those without a card: what goes on first, then the latest."""
    shown = set(view.summary.open_incidents[:CARDS])
    rest = [incident for incident in view.summary.incidents if incident not in shown]
    rest.sort(key=lambda x: (not x.is_open, -x.last_day.toordinal(), x.incident_id))
    return tuple(rest)


def _values(view: ReportView) -> Mapping[str, Any]:
    return {
        "rest": _rest(view), "alert_names": lambda incident: alert_names(incident, view),
        "apart_text": lambda line: apart_text(line, view.words),
        "people_text": lambda n: people_text(n, view.words),
    }


def _is_shown(view: ReportView) -> bool:
    return bool(_rest(view))


SECTION = SectionType(
    "other_incidents",
    page=PageLayout(95, listed=True, shown=_is_shown, template="section_other_incidents.html.j2", values=_values),
)
