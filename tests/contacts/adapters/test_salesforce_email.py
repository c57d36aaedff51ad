"""E-mail messages of Salesforce cases."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.salesforce_email import ADAPTER, tidy_emails
from vocmine.contacts.adapters.systems import adapter_of
from vocmine.contacts.check import check_contacts
from vocmine.contacts.reading import Notes

MAILS = pd.DataFrame({
    "Id": ["02s1", "02s2", "02s3"], "ParentId": ["500A"] * 3, "TextBody": ["遅い", "", "早く"], "HtmlBody": ["<p>x</p>", "<p>お詫び</p>", ""],
    "Incoming": ["true", "false", "true"], "FromAddress": ["a@example.com", "help@example.com", "a@example.com"],
    "MessageDate": ["2026-05-01T00:00:00Z", "2026-05-01T00:05:00Z", "2026-05-01T00:06:00Z"],
})


def test_incoming_mails_are_the_customers():
    row = check_contacts(MAILS).contacts.to_dict("records")[0]
    assert (row["contact_id"], row["channel"], row["text"], row["agent_text"]) == ("500A", "email", "遅い\n早く", "お詫び")
    assert pd.isna(row["handle_seconds"]) and row["customer_id"] == "a@example.com"  # mails in six minutes are no effort told


def test_words_and_sides():
    tidy = tidy_emails(MAILS, Notes())
    assert tidy[["speaker", "text"]].values.tolist() == [["customer", "遅い"], ["agent", "お詫び"], ["customer", "早く"]]
    assert "speaker" not in tidy_emails(MAILS.drop(columns="Incoming"), Notes())


@pytest.mark.parametrize(("columns", "is_one"), [
    (tuple(MAILS), True), (("PARENTID", "INCOMING", "HTMLBODY"), True), (("ParentId", "CommentBody"), False), (("Incoming", "TextBody"), False),
])
def test_what_is_recognised(columns, is_one):
    assert (adapter_of(Probe("a.csv", "table", columns)) is ADAPTER) is is_one
