"""Post a message to a webhook: retried where that may help, for a bounded time, never sent to another host.

Nothing that is raised, returned or logged here has the address in it.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
import urllib.request
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from vocmine import __version__

if TYPE_CHECKING:
    from vocmine.notify.address import Address

_AGAIN = frozenset({408, 425, 429})  # and all from 500 on
_SAME_METHOD = (307, 308)  # a redirect by any other code turns a post into a get, and loses what was posted
_HERE_ALONE = frozenset({400, 413, 422})  # says something of this message, and nothing of the next
_PEEK = 2_000  # bytes of an answer that are looked at
# How connectors of Teams say that they took nothing, with a status of 200.
_REFUSED = re.compile(rb"Webhook message delivery failed with error(?:.*?HTTP error (\d{3}))?", re.DOTALL)


@dataclass(frozen=True)
class Limits:
    """How long a run waits for a webhook, in seconds.

    Parameters
    ----------
    timeout : float
        For a connection, and for each answer.
    budget : float
        For all messages of a run together, with what is waited between tries.
    tries : int
        Of a message.
    first_wait : float
        Before the second try; doubled before each further one.
    """

    timeout: float = 10.0
    budget: float = 90.0
    tries: int = 5
    first_wait: float = 1.0


@dataclass(frozen=True)
class Outcome:
    """What became of a message.

    Parameters
    ----------
    sent : bool
        Whether the other side took it.
    problem : str
        Otherwise a code: ``status``, ``redirect``, ``timeout``, ``name``, ``certificate``, ``connection``, ``busy``.
    status : int
        HTTP status; 0 where there was no answer.
    tries : int
        How often it was tried.
    """

    sent: bool
    problem: str = ""
    status: int = 0
    tries: int = 0

    @property
    def ends(self) -> bool:
        """Whether there is no use in trying the next message."""
        return not self.sent and self.status not in _HERE_ALONE


@dataclass(frozen=True)
class _Answer:
    status: int = 0
    problem: str = ""
    wait: float | None = None

    @property
    def again(self) -> bool:
        return self.status in _AGAIN or self.status >= 500 or self.problem in ("timeout", "name", "connection")


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follow a redirect that stays on the host and keeps the method; leave any other as the answer it is."""

    http_error_308 = urllib.request.HTTPRedirectHandler.http_error_302  # Python 3.10 does not know it

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Give the request to make instead; None for none."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if code not in _SAME_METHOD or (old.scheme, old.netloc) != (new.scheme, new.netloc):
            return None
        return urllib.request.Request(newurl, data=req.data, headers=req.headers, method=req.get_method())  # noqa: S310


@dataclass
class Sender:
    """Posts messages to one address.

    Proxies are those of the environment (``HTTPS_PROXY``, ``NO_PROXY``).

    Parameters
    ----------
    address : Address
        Where to.
    limits : Limits
        How long it may take.

    Examples
    --------
    >>> from vocmine.notify import read_address
    >>> sender = Sender(read_address("http://127.0.0.1:9/nobody-listens"), Limits(tries=1))
    >>> sender.post(b"{}", "key").problem
    'connection'
    """

    address: Address
    limits: Limits = field(default_factory=Limits)
    _ends_at: float | None = field(default=None, init=False, repr=False)

    def post(self, body: bytes, key: str) -> Outcome:
        """Post a message, again where the other side is busy, broken or not there.

        Parameters
        ----------
        body : bytes
            JSON.
        key : str
            The same for the same message: who takes it can leave out what was sent twice (``Idempotency-Key``).
        """
        if self._ends_at is None:
            self._ends_at = time.monotonic() + self.limits.budget
        answer, tries = _Answer(problem="timeout"), 0
        while tries < self.limits.tries and (left := self._ends_at - time.monotonic()) > 0:
            answer = self._try(body, key, min(self.limits.timeout, left))
            tries += 1
            if not answer.again:
                break
            wait = self.limits.first_wait * 2 ** (tries - 1) if answer.wait is None else answer.wait
            if time.monotonic() + wait >= self._ends_at:
                return Outcome(False, "busy" if answer.wait is not None else answer.problem, answer.status, tries)
            if tries < self.limits.tries:
                time.sleep(wait)
        return Outcome(not answer.problem, answer.problem, answer.status, tries)

    def _try(self, body: bytes, key: str, timeout: float) -> _Answer:
        request = urllib.request.Request(self.address.url, data=body, method="POST", headers={  # noqa: S310 (checked)
            "Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key,
            "User-Agent": f"vocmine/{__version__}",
        })
        opener = urllib.request.build_opener(_SameHost)
        try:
            with opener.open(request, timeout=timeout) as reply:
                return _read(reply, reply.status)
        except HTTPError as error:
            with error:
                problem = "redirect" if 300 <= error.code < 400 else "status"
                return _Answer(error.code, problem, _seconds(error.headers.get("Retry-After")))
        except URLError as error:
            return _Answer(problem=_problem(error.reason))
        except (OSError, HTTPException, ValueError) as error:  # the last of a proxy that is no address
            return _Answer(problem=_problem(error))


def _read(reply: IO[bytes], status: int) -> _Answer:
    """See whether a message was refused in spite of its status; it was taken where no more can be read."""
    try:
        refused = _REFUSED.match(reply.read(_PEEK))
    except (OSError, HTTPException):
        return _Answer(status)
    return _Answer(int(refused[1] or status), "status") if refused else _Answer(status)


def _problem(reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(reason, TimeoutError):
        return "timeout"
    return "name" if isinstance(reason, socket.gaierror) else "connection"


def _seconds(value: str | None) -> float | None:
    """Read ``Retry-After``, in seconds or as a date; None where it says nothing.

    Examples
    --------
    >>> _seconds("3"), _seconds("soon"), _seconds("Thu, 01 Jan 1970 00:00:00 GMT")
    (3.0, None, 0.0)
    """
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except ValueError:
        return None
