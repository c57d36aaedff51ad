"""The address that incidents are posted to. It is a secret: whoever has it can post, so only its host is ever shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from vocmine.errors import SettingsError

FORMATS = ("slack", "teams", "generic")
_HOSTS = {  # ends of host names by the shape of message they take
    "slack": ("hooks.slack.com", "hooks.slack-gov.com"),
    "teams": ("webhook.office.com", "logic.azure.com", "powerautomate.com", "api.powerplatform.com"),
}
_EXPECTED = "http:// or https:// with a host, no blanks, no name and password"


@dataclass(frozen=True, repr=False)
class Address:
    """A webhook.

    Parameters
    ----------
    url : str
        The secret.
    host : str
        What may be shown of it.
    format : {"slack", "teams", "generic"}
        Shape of the messages it takes.
    """

    url: str
    host: str
    format: str

    @property
    def fingerprint(self) -> str:
        """A name for the address that does not tell it."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        """Show no secret, not even in a traceback."""
        return f"Address(host={self.host!r}, format={self.format!r})"


def read_address(text: str, form: str | None = None) -> Address:
    """Check a webhook's address and see what shape of message it takes.

    Parameters
    ----------
    text : str
        As the user wrote it.
    form : {"slack", "teams", "generic"}, optional
        Seen from the host if None.

    Raises
    ------
    SettingsError
        If it is no http(s) address, or there is no such format. The address is not in the message.

    Examples
    --------
    >>> read_address("https://hooks.slack.com/services/T0/B0/secret")
    Address(host='hooks.slack.com', format='slack')
    >>> read_address("https://prod-1.westeurope.logic.azure.com:443/workflows/secret").format
    'teams'
    >>> read_address("ftp://example.com/secret")
    Traceback (most recent call last):
    vocmine.errors.SettingsError: not an address to post to; where: notify; expected: http:// or https:// with a host...
    """
    if form is not None and form not in FORMATS:
        raise SettingsError("unknown format", where="notify_format", got=repr(form), expected=", ".join(FORMATS))
    url = text.strip()
    host = _host(url)
    if not host:
        raise SettingsError("not an address to post to", where="notify", expected=_EXPECTED)
    seen = next((name for name, ends in _HOSTS.items() if any(_within(host, end) for end in ends)), "generic")
    return Address(url, host, form or seen)


def _host(url: str) -> str:
    """Give the host; empty where it is no address that can be posted to."""
    if not url.isascii() or any(character <= " " or character == "\x7f" for character in url):
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.port != 0 and "@" not in parts.netloc
        (parts.hostname or "").encode("idna")  # an empty or endless part of a name is none
    except ValueError:
        return ""
    return (parts.hostname or "") if usable else ""


def _within(host: str, end: str) -> bool:
    return host == end or host.endswith(f".{end}")
