"""The frames a report is made of, checked once at the door and brought into one shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vocmine.errors import SettingsError
from vocmine.frames import ALERT_COLUMNS, SIGNALS, UNKNOWN, require_columns
from vocmine.results import IssueCosts, ReasonInfo, need_costs
from vocmine.stats import Estimate

_COSTS_NEED = ("issue", "n_contacts", "handle_hours", "cost", "cost_low", "cost_high", "imputed_share")
_FIRED = 0.5  # score from which a signal counts


@dataclass(frozen=True)
class Frames:
    """Contacts and tags in the shape the counting functions take.

    Parameters
    ----------
    base : DataFrame
        One row a contact, by ``contact_id``: ``day, channel, mood, csat, handle_seconds, text, lang, product``, and of
        talks ``mood_start, mood_end``.
    reasons : DataFrame
        ``contact_id, issue, score, evidence, source``: each reason of a contact once, ``unknown`` left out.
    signals : DataFrame
        ``contact_id, label``: signals that fired.
    n_unknown : int
        Contacts read but tagged with no known reason.
    unknown_ids : frozenset of str
        Their ids.
    """

    base: pd.DataFrame
    reasons: pd.DataFrame
    signals: pd.DataFrame
    n_unknown: int
    unknown_ids: frozenset[str] = frozenset()


def need(frame: pd.DataFrame, columns: Iterable[str], where: str, hint: str = "") -> None:
    """Raise a SettingsError where a frame lacks a column."""
    require_columns(frame, columns, where, SettingsError, hint)


def shape(
    contacts: pd.DataFrame, tags: pd.DataFrame, timezone: str, until: pd.Timestamp | None = None
) -> Frames:
    """Check contacts and tags and bring them into one shape; days after `until` are left out.

    Raises
    ------
    SettingsError
        If a column is missing, there is no contact, or the time zone is unknown.
    """
    need(contacts, ("contact_id", "created_at", "channel"), "contacts", "read them with vocmine.read_contacts")
    need(tags, ("contact_id", "kind", "label"), "tags", "make them with vocmine.Tagger().tag(contacts)")
    base = _base(contacts, timezone)
    if until is not None:
        base = base.loc[base["day"] <= until]
    tags = tags.assign(contact_id=tags["contact_id"].astype(str))
    tags = tags.loc[tags["contact_id"].isin(base.index)]
    reasons = _reasons(tags)
    known = reasons.loc[reasons["issue"] != UNKNOWN]
    asked = set(reasons["contact_id"])
    moods = tags.loc[tags["kind"] == "sentiment"].drop_duplicates("contact_id").set_index("contact_id")["label"]
    base = base.assign(mood=moods.reindex(base.index), **_ends(tags, base.index))
    unknown = frozenset(asked - set(known["contact_id"]))
    return Frames(base, known.reset_index(drop=True), _signals(tags), len(unknown), unknown)


def _ends(tags: pd.DataFrame, ids: pd.Index) -> dict[str, pd.Series]:
    """Give the moods at the start and at the end of talks, as they are tagged."""
    rows = tags.loc[tags["kind"] == "mood"]
    labels = pd.Series(rows["label"].astype(str).to_numpy(object), index=rows["contact_id"].to_numpy(object))
    found = {}
    for end in ("start", "end"):
        here = labels[labels.map(lambda label, end=end: label.startswith(f"{end}.")).astype(bool)]
        here = here[~here.index.duplicated()].map(lambda label: label.partition(".")[2])
        found[f"mood_{end}"] = here.reindex(ids)
    return found


def check_costs(costs: IssueCosts) -> IssueCosts:
    """Give the issue costs with one row an issue.

    Raises
    ------
    SettingsError
        If they are a bare table, columns are missing or an issue stands there twice.
    """
    table = need_costs(costs).table
    need(table, _COSTS_NEED, "costs", "make them with vocmine.issue_costs(contacts, tags, model)")
    double = table["issue"].astype(str).duplicated()
    if double.any():
        raise SettingsError(
            "an issue stands in more than one row", where="costs", got=f"{int(double.sum())} rows too many",
            expected="one row an issue", hint="call issue_costs without by=",
        )
    return costs.with_table(table.assign(issue=table["issue"].astype(str)))


def check_alerts(alerts: pd.DataFrame | None) -> pd.DataFrame | None:
    """Give the alerts, or None where there are none."""
    if alerts is None or len(alerts) == 0:
        return None
    need(alerts, [name for name in ALERT_COLUMNS if name != "contact_ids"], "alerts")
    return alerts.assign(day=_days(alerts["day"], "UTC"))


def with_ends(value: float, low: float, high: float, n: int = 0) -> Estimate:
    """Give a size with its interval; ends that are one and the same are none.

    Examples
    --------
    >>> with_ends(0.0, 0.0, 0.0).ranged, with_ends(3.0, 2.0, 5.0).ranged
    (False, True)
    """
    return Estimate(value, n=n) if low == high else Estimate(value, low, high, n)


def plain_names(names: ReasonInfo) -> dict[str, dict[str, str]]:
    """Give the display names of the reasons by language, all as text.

    Examples
    --------
    >>> plain_names(ReasonInfo(names={"en": {"billing.refund": "Refund"}}))
    {'en': {'billing.refund': 'Refund'}}
    """
    return {
        str(lang): {str(key): str(value) for key, value in table.items()} for lang, table in names.names.items()
    }


def ids_of(cell: Any) -> list[str]:
    """Read a cell of contact ids, be it a list or what is left of one in a CSV file.

    Examples
    --------
    >>> ids_of(("a", "b")), ids_of("a|b"), ids_of(None)
    (['a', 'b'], ['a', 'b'], [])
    """
    if cell is None or isinstance(cell, float):
        return []
    if isinstance(cell, str):
        return [part for part in re.split(r"[|,;\s\[\]()'\"]+", cell) if part]
    return [str(part) for part in cell]


def _base(contacts: pd.DataFrame, timezone: str) -> pd.DataFrame:
    if len(contacts) == 0:
        raise SettingsError("there is no contact to report on", where="contacts", expected="at least one row")
    frame = pd.DataFrame(
        {
            "contact_id": contacts["contact_id"].astype(str).to_numpy(),
            "day": _days(contacts["created_at"], timezone).to_numpy(),
            "channel": contacts["channel"].astype("object").fillna("unknown").astype(str).to_numpy(),
        }
    )
    for name in ("csat", "handle_seconds"):
        given = contacts[name] if name in contacts else pd.Series(float("nan"), index=contacts.index)
        frame[name] = pd.to_numeric(given, errors="coerce").to_numpy(float)
    for name, source in (("text", "text_clean"), ("lang", "lang"), ("product", "product")):
        frame[name] = contacts[source].astype("object").fillna("").astype(str).to_numpy() if source in contacts else ""
    frame = frame.loc[frame["day"].notna()].drop_duplicates("contact_id")
    if frame.empty:
        raise SettingsError("no contact has a date", where="contacts, column created_at")
    return frame.sort_values("contact_id").set_index("contact_id")


def _days(values: pd.Series, timezone: str) -> pd.Series:
    """Dates without a zone, as the people of `timezone` would write them."""
    from zoneinfo import ZoneInfoNotFoundError

    times = pd.to_datetime(values, utc=True, errors="coerce")
    try:
        local = times.dt.tz_convert(timezone)
    except (ZoneInfoNotFoundError, ValueError, KeyError, OSError):
        raise SettingsError(
            "unknown time zone", where="timezone", got=repr(timezone), expected="a name such as Asia/Tokyo"
        ) from None
    return local.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")


def _reasons(tags: pd.DataFrame) -> pd.DataFrame:
    rows = tags.loc[tags["kind"] == "reason"]
    score = pd.to_numeric(rows["score"], errors="coerce").fillna(0.0) if "score" in rows else 1.0
    evidence = rows["evidence"].astype("object").fillna("").astype(str) if "evidence" in rows else ""
    out = pd.DataFrame({"contact_id": rows["contact_id"].astype(str), "issue": rows["label"].astype(str)})
    source = rows["source"].astype("object").fillna("").astype(str) if "source" in rows else ""
    out = out.assign(score=score, evidence=evidence, source=source)
    return out.sort_values(["contact_id", "issue", "score"], ascending=[True, True, False]).drop_duplicates(
        ["contact_id", "issue"]
    )


def _signals(tags: pd.DataFrame) -> pd.DataFrame:
    rows = tags.loc[(tags["kind"] == "signal") & tags["label"].astype(str).isin(SIGNALS)]
    if "score" in rows:
        rows = rows.loc[pd.to_numeric(rows["score"], errors="coerce").fillna(1.0) >= _FIRED]
    return rows[["contact_id", "label"]].astype(str).drop_duplicates().reset_index(drop=True)
