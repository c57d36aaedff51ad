"""The sheet of the contacts behind each alert, so that a person can read them."""

from __future__ import annotations

from dataclasses import replace

from vocmine.report.sections.protocol import ReportView, SectionType, SheetLayout
from vocmine.report.sections.sheet import Sheet, SheetColumn, table_sheet


def _sheet(view: ReportView) -> Sheet | None:
    """List contact ids and masked texts by alert, those of the alerts that stand out most first."""
    s, e, w = view.summary, view.evidence, view.words
    place = {alert.topic_id: i for i, alert in enumerate(s.alerts)}
    incident = {alert.topic_id: e.incident_names.get(alert.incident_id, "") for alert in s.alerts}
    listed = sorted((row for row in e.alert_contacts if row[0] in place), key=lambda row: place[row[0]])
    if not listed:
        return None
    named = any(incident.values())
    columns = (
        SheetColumn(w("col_topic"), width=34), *((SheetColumn(w("col_incident"), width=34),) if named else ()),
        SheetColumn(w("x_contact"), width=24), SheetColumn(w("x_day"), "day", 13),
        SheetColumn(w("col_channel"), width=14), SheetColumn(w("x_text"), width=90),
    )
    rows = tuple(
        (e.alert_names.get(topic, str(topic)), *((incident[topic],) if named else ()), contact, day,
         w.name(channel, "channel"), text)
        for topic, contact, day, channel, text in listed
    )
    return replace(table_sheet(w("sheet_alert_contacts"), columns, rows), lists_contacts=True)


SECTION = SectionType("alert_contacts", sheet=SheetLayout(72, _sheet))
