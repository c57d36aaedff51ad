"""Telling people of incidents: messages for Slack, Teams and any webhook, bodies of issues for Jira and GitHub.

A message is made once (`message`), from numbers and masked texts; `webhooks` and `issues` put it into the shapes of the
programs that take it. `moments` says what is to be told, `told` keeps what was told, `delivery` posts. The network is
used only where the user named an address.
"""

from __future__ import annotations

from vocmine.notify.address import FORMATS, Address, read_address
from vocmine.notify.delivery import Limits, Outcome, Sender
from vocmine.notify.issues import github_issue, jira_issue
from vocmine.notify.message import Message, message_of
from vocmine.notify.moments import MOMENTS, moment_of
from vocmine.notify.told import Told
from vocmine.notify.webhooks import webhook_body
from vocmine.notify.wording import say

__all__ = [
    "FORMATS",
    "MOMENTS",
    "Address",
    "Limits",
    "Message",
    "Outcome",
    "Sender",
    "Told",
    "github_issue",
    "jira_issue",
    "message_of",
    "moment_of",
    "read_address",
    "say",
    "webhook_body",
]
