"""How many people does it take? Erlang's formula, for the question whether a channel can be kept up."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vocmine.errors import SettingsError

_MOST_AGENTS = 100_000  # the search ends there, with an error


@dataclass(frozen=True)
class Staffing:
    """People needed for a stream of contacts.

    Parameters
    ----------
    agents : int
        Agents at work at the same time.
    paid : int
        Agents to pay for that, leave and training included.
    service_level : float
        Share of contacts answered in time.
    waiting_share : float
        Share of contacts that wait at all.
    wait_seconds : float
        Mean wait over all contacts (s).
    occupancy : float
        Share of their time that agents spend on contacts.
    """

    agents: int
    paid: int
    service_level: float
    waiting_share: float
    wait_seconds: float
    occupancy: float


def agents_needed(
    contacts_per_hour: float,
    handle_seconds: float,
    service_level: float = 0.8,
    within_seconds: float = 20.0,
    shrinkage: float = 0.0,
    concurrency: float = 1.0,
) -> Staffing:
    """Work out how many agents answer a share of contacts in time.

    Erlang C (Erlang 1917): contacts come at random, wait in one line and don't give up. Real customers do give up, so
    it asks for rather too many. An agent who handles several chats at once counts as so many agents; the handle time is
    that at this concurrency.

    Parameters
    ----------
    contacts_per_hour : float
        Contacts in the hour to staff for, not a mean over the day.
    handle_seconds : float
        Mean handle time (s).
    service_level : float
        Share to be answered in time, above 0 and below 1.
    within_seconds : float
        What "in time" is (s).
    shrinkage : float
        Share of paid time that is not available for contacts, 0 to below 1.
    concurrency : float
        Contacts an agent handles at once, at least 1.

    Returns
    -------
    Staffing

    Raises
    ------
    SettingsError
        If a number is out of its range.

    Examples
    --------
    100 calls in half an hour of 3 minutes each, 80 % within 20 seconds, shrinkage of 30 % (the worked example of Call
    Centre Helper, "Erlang C Formula - Made Simple With an Easy Worked Example"):

    >>> found = agents_needed(200, 180, 0.80, 20, shrinkage=0.30)
    >>> found.agents, found.paid, round(found.service_level, 3), round(found.waiting_share, 3)
    (14, 20, 0.888, 0.174)
    >>> round(found.wait_seconds, 1), round(found.occupancy, 3)
    (7.8, 0.714)
    """
    _check(contacts_per_hour, handle_seconds, within_seconds, concurrency)
    if not 0 < service_level < 1 or not 0 <= shrinkage < 1:
        raise SettingsError("wrong share", where="service_level, shrinkage", expected="between 0 and 1")
    traffic = contacts_per_hour * handle_seconds / 3600
    low, high = int(traffic / concurrency), int(traffic / concurrency) + 1
    while (
        high < _MOST_AGENTS
        and _answered(traffic, int(high * concurrency), handle_seconds, within_seconds) < service_level
    ):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        enough = _answered(traffic, int(middle * concurrency), handle_seconds, within_seconds) >= service_level
        low, high = (low, middle) if enough else (middle, high)
    lines = int(high * concurrency)
    wait = erlang_c(traffic, lines)
    return Staffing(
        high,
        math.ceil(high / (1 - shrinkage) - 1e-9),
        _answered(traffic, lines, handle_seconds, within_seconds),
        wait,
        wait * handle_seconds / (lines - traffic),
        traffic / lines,
    )


def erlang_c(traffic: float, lines: int) -> float:
    """Give the chance that a contact has to wait.

    Parameters
    ----------
    traffic : float
        Contacts a second x seconds of handling (Erlang).
    lines : int
        Contacts that can be handled at once.

    Returns
    -------
    float
        1 where there are fewer lines than traffic.

    Examples
    --------
    By hand: with one line it is the traffic itself.

    >>> round(erlang_c(0.6, 1), 6), erlang_c(2.0, 2)
    (0.6, 1.0)
    """
    if lines <= traffic:
        return 1.0
    blocked = 1.0
    for n in range(1, lines + 1):
        blocked = traffic * blocked / (n + traffic * blocked)
    return blocked / (1 - traffic / lines * (1 - blocked))


def _answered(traffic: float, lines: int, handle_seconds: float, within_seconds: float) -> float:
    if lines <= traffic:
        return 0.0
    return 1 - erlang_c(traffic, lines) * math.exp(-(lines - traffic) * within_seconds / handle_seconds)


def _check(contacts_per_hour: float, handle_seconds: float, within_seconds: float, concurrency: float) -> None:
    named = {"contacts_per_hour": contacts_per_hour, "handle_seconds": handle_seconds}
    for name, value in named.items():
        if not 0 < value < math.inf:
            raise SettingsError("wrong number", where=name, got=repr(value)[:20], expected="above 0")
    if not 0 <= within_seconds < math.inf:
        raise SettingsError("wrong number", where="within_seconds", got=repr(within_seconds)[:20], expected="0 or more")
    if not 1 <= concurrency <= 20:
        raise SettingsError("wrong number", where="concurrency", got=repr(concurrency)[:20], expected="1 to 20")
    if contacts_per_hour * handle_seconds / 3600 > _MOST_AGENTS / 2:
        raise SettingsError("more contacts than the formula is for", where="contacts_per_hour")
