"""What the page's data is made of, kept from the frames of a report: nothing that a page must not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from vocmine.frames import LEDGER_COLUMNS, UNKNOWN
from vocmine.report.inputs import Frames, need

READS = ("bridge", "fixes", "incidents", "issue_weeks", "journeys", "ledger", "months")
"""Inputs of `vocmine.report.Extras` that the data of the page is made of."""

_TEXTS = ("product_version", "segment", "plan", "team", "terms")


@dataclass(frozen=True, eq=False)
class ExploreSource:
    """Contacts, tags and ledger behind the page's data.

    Parameters
    ----------
    contacts : DataFrame
        One row a contact, oldest first: ``contact_id, day, channel, mood, csat, handle_seconds, text, lang, product,
        product_version, segment, plan, team, terms, person`` (the same number for the same person, -1 where not known).
    reasons : DataFrame
        ``contact_id, issue, score, evidence``.
    signals : DataFrame
        ``contact_id, label``.
    ledger : DataFrame
        ``contact_id, issue, share, cost, payout_share, minutes, imputed, tagged``; cost is NaN without rates.
    inputs : mapping
        Other inputs by name, see `READS`.
    """

    contacts: pd.DataFrame
    reasons: pd.DataFrame
    signals: pd.DataFrame
    ledger: pd.DataFrame
    inputs: Mapping[str, Any] = field(default_factory=dict)


def explore_source(
    contacts: pd.DataFrame, frames: Frames, ledger: pd.DataFrame | None, inputs: Mapping[str, Any]
) -> ExploreSource:
    """Keep what the page's data is made of.

    Parameters
    ----------
    contacts : DataFrame
        As `vocmine.report.build_report` was given them.
    frames : Frames
        The same, checked.
    ledger : DataFrame or None
        What each contact bears in each issue (`vocmine.frames.LEDGER`); without one, a contact counts in equal parts
        for its reasons, and nothing is said of its cost.
    inputs : mapping
        Inputs of the report by name.
    """
    rows = _contacts(contacts, frames)
    kept = {name: inputs[name] for name in READS if inputs.get(name) is not None and name != "ledger"}
    return ExploreSource(rows, frames.reasons, frames.signals, _ledger(ledger, rows, frames.reasons), kept)


def _contacts(contacts: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    ids = contacts["contact_id"].astype(str)
    when = pd.to_datetime(contacts["created_at"], utc=True, errors="coerce")
    given = pd.DataFrame({"contact_id": ids.to_numpy(), "at": when.to_numpy()})
    for name in _TEXTS:
        given[name] = _text(contacts[name]).to_numpy() if name in contacts else ""
    given["customer"] = contacts["customer_id"].to_numpy() if "customer_id" in contacts else None
    given = given.loc[given["at"].notna()].drop_duplicates("contact_id")
    rows = frames.base.reset_index(names="contact_id").merge(given, on="contact_id", how="left")
    rows = rows.sort_values(["at", "contact_id"], kind="stable", ignore_index=True)
    # Numbers by first contact: a key of a customer, even a hashed one, never stands in a page.
    rows["person"] = pd.factorize(rows["customer"])[0]
    return rows.drop(columns=["customer", "at"])


def _text(values: pd.Series) -> pd.Series:
    return values.astype("object").where(values.notna(), "").astype(str).str.strip()


def _ledger(ledger: pd.DataFrame | None, rows: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    if ledger is None:
        return _equal_parts(rows, reasons)
    need(ledger, LEDGER_COLUMNS, "ledger")
    names = ["contact_id", "issue", "share", "cost", "payout_share", "minutes", "imputed"]
    ids = ledger["contact_id"].astype("object").fillna("").astype(str)
    kept = ledger[names].assign(
        contact_id=ids, issue=ledger["issue"].astype(str), tagged=ledger["share_tagged"].fillna(0.0) > 0
    )
    # A report may be of some of the contacts of a ledger; what belongs to no contact stays.
    return kept.loc[(ids == "") | ids.isin(rows["contact_id"])].reset_index(drop=True)


def _equal_parts(rows: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """Give each contact to its reasons in equal parts, without a cost."""
    found = rows[["contact_id", "handle_seconds"]].merge(reasons[["contact_id", "issue"]], on="contact_id", how="left")
    n = found.groupby("contact_id")["issue"].transform("size")
    nan = float("nan")
    return pd.DataFrame(
        {
            "contact_id": found["contact_id"], "issue": found["issue"].astype("object").fillna(UNKNOWN).astype(str),
            "share": 1.0 / n, "cost": nan, "payout_share": nan, "minutes": found["handle_seconds"] / 60,
            "imputed": False, "tagged": found["issue"].notna(),
        }
    )
