"""Contact or person: which id is which."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.people import person_columns


@pytest.mark.parametrize(("names", "found"), [
    (["Contact ID", "Ticket ID", "x"], {"Ticket ID": "contact_id", "Contact ID": "customer_id"}),
    (["CASENUMBER", "CONTACTID"], {"CASENUMBER": "contact_id", "CONTACTID": "customer_id"}),
    (["ケース 番号", "取引先責任者 ID"], {"ケース 番号": "contact_id", "取引先責任者 ID": "customer_id"}),
    (["ＴｉｃｋｅｔＩＤ", "Contact-ID"], {"ＴｉｃｋｅｔＩＤ": "contact_id", "Contact-ID": "customer_id"}),
    (["Conversation ID", "ContactId"], {"Conversation ID": "contact_id", "ContactId": "customer_id"}),
    (["contact_id", "ticket_id"], {}),
    (["Contact ID", "Channel"], {}),
    (["Ticket ID", "Channel"], {}),
    ([], {}),
])
def test_person_and_contact(names, found):
    assert person_columns(names) == found
