"""Tell of incidents at the end of a run: post what is new, keep what was told, write the bodies of issues."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vocmine.batch.state import write_json
from vocmine.errors import StoreError
from vocmine.notify import (
    Address,
    Limits,
    Outcome,
    Sender,
    Told,
    github_issue,
    jira_issue,
    message_of,
    moment_of,
    read_address,
    say,
    webhook_body,
)
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.topics.tracking.incident import Incident

VARIABLE = "VOCMINE_NOTIFY"
FOLDER = "notify"
_ISSUES = {"jira": jira_issue, "github": github_issue}
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


@dataclass(frozen=True)
class Notified:
    """What was told of incidents.

    Parameters
    ----------
    host, format : str
        Where to and in which shape; empty where no address was given.
    n_sent, n_failed : int
        Messages that were taken, and those that were not.
    lines : tuple of str
        What the person who runs should know.
    """

    host: str = ""
    format: str = ""
    n_sent: int = 0
    n_failed: int = 0
    lines: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any] | None:
        """Give the numbers for ``run.json``; None where no address was given."""
        if not self.host:
            return None
        return {"host": self.host, "format": self.format, "sent": self.n_sent, "failed": self.n_failed}


@dataclass
class _Count:
    sent: int = 0
    failed: list[Outcome] = field(default_factory=list)


def notify_address(settings: Settings) -> Address | None:
    """Give the address of the settings, else that of the environment variable; None where there is none.

    Parameters
    ----------
    settings : Settings
        Their ``notify``; an empty one says that nothing is posted, whatever the environment has.

    Raises
    ------
    SettingsError
        If it is no address that can be posted to. It is not in the message.
    """
    text = os.environ.get(VARIABLE, "") if settings.notify is None else settings.notify
    return read_address(text, settings.notify_format) if text.strip() else None


def notify(
    home: Path, incidents: Sequence[Incident], settings: Settings, currency: str = "", limits: Limits | None = None
) -> Notified:
    """Tell what is new of incidents, and keep a body for an issue of each that goes on.

    Nothing is told twice: what was told to which address is kept in the folder. What could not be sent is told by the
    next run.

    Parameters
    ----------
    home : Path
        The results folder.
    incidents : sequence of Incident
        As they stand.
    settings : Settings
        Address, format, what is to be told, language.
    currency : str
        Of their costs; empty where there are no rates: then no money is told.
    limits : Limits, optional
        How long it may take.

    Raises
    ------
    SettingsError
        If the address is none.
    StoreError
        If a file can't be replaced.
    """
    _write_issues(home, incidents, settings.lang, currency)
    address = notify_address(settings)
    if address is None:
        return Notified()
    try:
        told = Told.read(home)
    except StoreError as error:
        return Notified(address.host, address.format, lines=(say(settings.lang, "damaged", path=error.where),))
    count = _send(incidents, told, Sender(address, limits or Limits()), settings, currency)
    known = {incident for incident, _ in told.states(address.fingerprint)}
    untold = {i.incident_id for i in incidents if known.isdisjoint((i.incident_id, *i.merged))}
    goes_on = {i.incident_id for i in incidents if i.is_open} | told.waits(address.fingerprint)
    told.keep_waiting(address.fingerprint, untold & goes_on)
    lines = _lines(count, address.host, settings.lang)
    return Notified(address.host, address.format, count.sent, len(count.failed), lines)


def _send(
    incidents: Sequence[Incident], told: Told, sender: Sender, settings: Settings, currency: str
) -> _Count:
    address, count = sender.address, _Count()
    waits = told.waits(address.fingerprint)
    for incident in incidents:
        moment = moment_of(incident, told.states(address.fingerprint), waits, settings.notify_states)
        if moment is None:
            continue
        if count.failed and count.failed[-1].ends:
            count.failed.append(Outcome(False, "unsent"))
            continue
        message = message_of(incident, moment, settings.lang, currency)
        key = _key(address.fingerprint, incident.incident_id, incident.state, moment)
        outcome = sender.post(webhook_body(message, incident, address.format, currency), key)
        if outcome.sent:
            told.mark(address.fingerprint, incident.incident_id, incident.state, *({moment} & {"back"}))
            count.sent += 1
        else:
            count.failed.append(outcome)
    return count


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _lines(count: _Count, host: str, lang: str) -> tuple[str, ...]:
    lines = [say(lang, "sent", n=count.sent, host=host)] if count.sent else []
    if count.failed:
        first = count.failed[0]
        problem = say(lang, f"problem_{first.problem}", status=first.status)
        lines.append(say(lang, "failed", n=len(count.failed), host=host, problem=problem))
    return tuple(lines)


def _write_issues(home: Path, incidents: Sequence[Incident], lang: str, currency: str) -> None:
    """Write a body for each incident that goes on, and take away those of incidents that are over."""
    messages = [message_of(incident, "issue", lang, currency) for incident in incidents if incident.is_open]
    for tracker, body in _ISSUES.items():
        folder = home / FOLDER / tracker
        made = {folder / f"{_file_name(message.incident_id)}.json": message for message in messages}
        for path, message in made.items():
            write_json(path, body(message))
        for path in folder.glob("*.json"):
            if path not in made:
                path.unlink()


def _file_name(incident_id: str) -> str:
    """Give the id where it is a plain name, else a digest: an id never leads out of the folder."""
    return incident_id if _FILE_NAME.fullmatch(incident_id) else f"incident-{_key(incident_id)[:16]}"
