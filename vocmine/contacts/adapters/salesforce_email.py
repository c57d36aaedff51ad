"""Salesforce e-mail messages (EmailMessage): the mails of a case, put together to one contact a case."""

from __future__ import annotations

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Probe
from vocmine.contacts.adapters.documents import label_of, plain_bodies
from vocmine.contacts.cells import as_strings, object_array
from vocmine.contacts.reading import Notes
from vocmine.contacts.values import parse_booleans

_ROLES = {True: "customer", False: "agent"}


def tidy_emails(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Say who wrote each mail by ``Incoming``; a mail without plain text has the words of its HTML.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        Columns as Data Loader writes them.
    notes : Notes
        Where facts go.

    Returns
    -------
    DataFrame
        With ``speaker`` and ``text``.

    Examples
    --------
    >>> frame = pd.DataFrame({"TEXTBODY": [""], "HTMLBODY": ["<p>遅い</p>"], "INCOMING": ["true"]})
    >>> tidy_emails(frame, Notes())[["speaker", "text"]].values.tolist()
    [['customer', '遅い']]
    """
    frame = plain_bodies(frame, "htmlbody")
    incoming, plain, html = (label_of(frame, name) for name in ("incoming", "textbody", "htmlbody"))
    if incoming is None:
        return frame
    sides = [_ROLES.get(side, "") for side in parse_booleans(frame[incoming])]
    empty = object_array([""] * len(frame))
    words = as_strings(frame[plain]) if plain else empty
    marked = as_strings(frame[html]) if html else empty
    said = [word if word.strip() else other for word, other in zip(words, marked, strict=True)]
    return frame.assign(speaker=object_array(sides), text=object_array(said))


def _is_emails(probe: Probe) -> bool:
    return probe.has("parentid", "incoming") and (probe.has("textbody") or probe.has("htmlbody"))


ADAPTER = Adapter(
    name="salesforce_email", title="Salesforce e-mail messages (EmailMessage)",
    example=(
        "Data Loader > Export > EmailMessage (ParentId, Incoming, TextBody, HtmlBody, MessageDate, FromAddress)\n"
        "vocmine run --contacts emailmessage.csv --out results\n"
        "The contact is the case (ParentId); incoming mails are the customer's text, the others the agents'."
    ),
    recognises=_is_emails,
    columns={
        "parentid": "conversation_id", "messagedate": "created_at", "createddate": "", "id": "", "subject": "",
        "fromaddress": "customer_id", "toaddress": "", "textbody": "", "htmlbody": "", "status": "", "incoming": "",
        "createdbyid": "agent_id", "relatedtoid": "",
    },
    constants={"channel": "email", "is_public": False}, tidy=tidy_emails, turns=True,
)
