"""Cases of Salesforce."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.salesforce import ADAPTER
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.reading import Notes


@pytest.mark.parametrize("columns", [
    ("ID", "CASENUMBER", "ORIGIN", "SUBJECT", "CREATEDDATE"), ("Id", "ContactId", "IsClosed", "CreatedDate", "Subject"),
    ("Case Number", "Case Origin", "Subject", "Date/Time Opened"), ("ケース 番号", "ケース発生源", "件名", "作成日時"),
])
def test_cases_are_recognised(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is ADAPTER


@pytest.mark.parametrize("columns", [("Case Number", "Subject", "Created"), ("CaseNumber", "Text", "CreatedDate"), ("Id", "ContactId", "Text"), ("ケース番号", "件名", "作成日時")])
def test_plain_tables_are_not(columns):
    assert adapter_of(Probe("a.csv", "table", columns)) is None


def test_the_case_is_the_contact():
    taken = {ADAPTER.columns[name]: name for name in ("casenumber", "origin", "createddate", "contactid", "isclosed")}
    assert taken == {"contact_id": "casenumber", "channel": "origin", "created_at": "createddate", "customer_id": "contactid", "resolved": "isclosed"}


def test_a_status_says_whether_it_is_closed_where_nothing_else_does():
    assert ADAPTER.tidy is not None
    frame = pd.DataFrame({"Case Number": ["1", "2", "3"], "Status": ["Closed", "New", "顧客待ち"]})
    assert ADAPTER.tidy(frame, Notes())["IsClosed"].tolist() == [True, False, None]
    assert "IsClosed" not in ADAPTER.tidy(frame.assign(Closed=["1", "0", "0"]), Notes())


def test_deleted_cases_are_dropped_and_counted():
    notes = Notes()
    assert ADAPTER.tidy is not None
    frame = ADAPTER.tidy(pd.DataFrame({"CASENUMBER": ["1", "2"], "ISDELETED": ["true", "false"]}), notes)
    assert frame["CASENUMBER"].tolist() == ["2"]
    assert notes.facts == {"deleted cases left out": "1"} and notes.doubts == ()


def test_records_of_a_query():
    case = {"attributes": {"type": "Case", "url": "/x"}, "Id": "500A", "CaseNumber": "00007", "Origin": "Phone", "Subject": "鍵", "Description": "開かない",
            "CreatedDate": "2026-05-01T10:00:00.000+0000", "Contact": {"attributes": {"type": "Contact"}, "Id": "003B"}, "Status": "Closed"}
    document = {"totalSize": 2, "done": True, "records": [case, {**case, "CaseNumber": "00008", "IsDeleted": True}]}
    assert adapter_of(Probe("a.json", "json", document=document)) is ADAPTER
    assert adapter_of(Probe("a.json", "json", document={"records": [{"attributes": {"type": "Account"}, "Id": "1"}]})) is None
    assert ADAPTER.fold is not None
    out = ADAPTER.fold(document, Notes())
    row = out.frame.to_dict("records")[0]
    assert (row["contact_id"], row["customer_id"], row["text"], row["channel"], row["resolved"]) == ("00007", "003B", "鍵\n開かない", "Phone", True)
    assert out.broken == [(2, "deleted_ticket", "IsDeleted")]
