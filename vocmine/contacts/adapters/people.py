"""Whose number is it: an id of a person, such as Freshdesk's Contact ID, is no id of a contact."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vocmine.contacts.cells import fold

# names of a ticket, a case or a conversation: the first that is there is the contact
_CONTACTS = (
    "ticketid", "ticketnumber", "ticketno", "casenumber", "caseno", "caseid", "conversationid", "チケットid",
    "チケット番号",
    "ケース番号", "ケースid", "会話id", "requestnumber", "incidentnumber",
)
# names of a person beside them; the last two wherever they stand
_PEOPLE = ("contactid", "contactids", "contactnumber", "コンタクトid", "連絡先id", "取引先責任者id")


def person_columns(names: Sequence[str]) -> dict[str, str]:
    """Tell the contact from the person where a table has a ticket, case or conversation id beside a "Contact ID".

    In Freshdesk, Salesforce, HubSpot, Intercom and most ticket systems a contact is somebody in the address book. A
    column named exactly ``contact_id``, as the contacts table names it, stays what it is.

    Parameters
    ----------
    names : sequence of str
        Names of the columns of a table.

    Returns
    -------
    dict of str to str
        Column -> ``contact_id`` or ``customer_id``; empty where the rule does not apply.

    Examples
    --------
    >>> person_columns(["Ticket ID", "Subject", "Contact ID"])
    {'Ticket ID': 'contact_id', 'Contact ID': 'customer_id'}
    >>> person_columns(["Contact ID", "Text"])
    {}
    """
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(_folded(name), name)
    person = next((folded[key] for key in _PEOPLE if key in folded), None)
    contact = next((folded[key] for key in _CONTACTS if key in folded), None)
    if person is None or contact is None or person == "contact_id":
        return {}
    return {contact: "contact_id", person: "customer_id"}


def _folded(name: str) -> str:
    return re.sub(r"[\s_\-.・:/#]", "", fold(str(name)))
