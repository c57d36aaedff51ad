"""How often an alarm of an incident is false, and how that was checked; the section on trust says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vocmine.errors import SettingsError
from vocmine.report.sections.grid import Section, record_section
from vocmine.report.sections.protocol import SectionData, SectionType
from vocmine.stats import Estimate

CHECKS = ("replay", "shipped")
"""Checked on the history of the folder itself, or when vocmine was made."""

_MONTH = 30.0  # days


@dataclass(frozen=True)
class Reliability:
    """False alerts and false incidents in 30 days, over how many days, and how that was checked: of `CHECKS`."""

    how: str
    days: int
    alerts: Estimate
    incidents: Estimate = Estimate()


def _count(data: SectionData) -> Section | None:
    """Give one record.

    It reads ``reliability``: a mapping of ``false_alarms_per_30_days``, ``days`` that were looked at, and ``how``:
    ``replay`` or ``shipped``; perhaps ``low`` and ``high``, worked out where they are not given, and ``incidents``: a
    mapping of ``per_30_days, low, high``.
    """
    given: Mapping[str, Any] | None = data.get("reliability")
    if not given:
        return None
    missing = sorted({"false_alarms_per_30_days", "days", "how"} - set(given))
    if missing or given["how"] not in CHECKS:
        got = f"without {', '.join(missing)}" if missing else str(given["how"])
        raise SettingsError(
            "reliability can't be read", where="reliability", got=got,
            expected=f"false_alarms_per_30_days, days, and how: {' or '.join(CHECKS)}",
        )
    days = int(given["days"])
    alerts = _rate(given, "false_alarms_per_30_days", days, data.level)
    incidents = _rate(given.get("incidents") or {}, "per_30_days", days, data.level)
    return record_section("reliability", (Reliability(str(given["how"]), days, alerts, incidents),))


def _rate(given: Mapping[str, Any], name: str, days: int, level: float) -> Estimate:
    """Read a rate with its interval; nothing where it is not given."""
    if given.get(name) is None:
        return Estimate()
    if given.get("low") is None or given.get("high") is None:
        return alarm_rate(float(given[name]), days, level)
    return Estimate(float(given[name]), float(given["low"]), float(given["high"]), days)


def alarm_rate(per_30_days: float, days: int, level: float) -> Estimate:
    """Give a rate of alarms with the exact interval of a Poisson count over so many days.

    Examples
    --------
    >>> alarm_rate(0.0, 90, 0.95)
    Estimate(value=0.0, low=0.0, high=1.2296, n=90, imputed=0.0)
    """
    from scipy.special import gammaincinv

    if days <= 0:
        return Estimate(per_30_days)
    seen, tail = per_30_days * days / _MONTH, (1 - level) / 2
    low = float(gammaincinv(seen, tail)) if seen > 0 else 0.0
    high = float(gammaincinv(seen + 1, 1 - tail))
    scale = _MONTH / days
    return Estimate(per_30_days, round(low * scale, 4), round(high * scale, 4), days)


SECTION = SectionType("reliability", ("reliability",), _count)
