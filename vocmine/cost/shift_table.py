"""What a shift to another channel saves in labour, reason by reason, from the handle times of both channels."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.cost.avoidable import share_of_one
from vocmine.cost.ledger import rates_of
from vocmine.cost.model import CostModel
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN, main_reasons, require_columns
from vocmine.stats import normal_quantile

COLUMNS = (
    "issue", "source", "target", "n", "n_source_timed", "n_target_timed", "cost_source", "cost_target", "returned",
    "n_returned", "saving_each", "saving_each_low", "saving_each_high", "n_moved", "saving", "saving_low",
    "saving_high", "hours_saved",
)


def channel_gains(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    model: CostModel,
    route: tuple[str, str] = ("call", "chat"),
    *,
    returns: pd.DataFrame | None = None,
    share: float = 0.1,
    level: float = 0.95,
    least: int = 20,
) -> pd.DataFrame:
    """Compare what a contact of each reason costs in two channels, and say what moving some of them saves.

    Labour alone: what is paid out (``cost_extra``) is paid through any channel, and a shift saves none of it. A moved
    contact costs what the contacts of its reason in the new channel cost on average, and those that come back through
    the old channel cost an average contact there on top, as in `shift_channel`. Who calls may have the harder matters
    of a reason: read the saving as the most that a shift brings.

    Parameters
    ----------
    contacts : DataFrame
        Contacts with ``contact_id, channel, handle_seconds``; ``team`` and ``concurrency`` count where they exist.
    tags : DataFrame
        Tags; a contact counts for its best reason.
    model : CostModel
        Rates.
    route : tuple of str
        From which channel to which.
    returns : DataFrame, optional
        ``reason, n, n_back`` of the new channel, as `vocmine.journeys.channel_returns` gives them; reasons without
        count half a return in the contacts that were timed, and their range is wide for it.
    share : float
        Share of the contacts that moves, 0 to 1.
    level : float
        Level of the ranges (normal): of both means, and of the share that comes back.
    least : int
        Timed contacts that a reason needs in each channel.

    Returns
    -------
    DataFrame
        ``issue, source, target, n`` (contacts in the old channel), ``n_source_timed, n_target_timed, cost_source,
        cost_target`` (labour of a contact), ``returned`` (share), ``n_returned`` (contacts it is taken of),
        ``saving_each`` of a moved contact with range, ``n_moved, saving`` with range, ``hours_saved``. Largest lower
        bound first.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, a channel has no rate, or a number is out of its range.

    Examples
    --------
    Calls of 10 minutes, chats of 8 minutes two at a time, at 60 a minute; nobody of 99 comes back:

    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(200)], "channel": ["call", "chat"] * 100,
    ...     "handle_seconds": [590.0, 470.0, 610.0, 490.0] * 50, "concurrency": [None, 2.0] * 100})
    >>> tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": "bill", "score": 1.0})
    >>> back = pd.DataFrame({"reason": ["bill"], "n": [99], "n_back": [0]})
    >>> model = CostModel({"call": 60, "chat": 60}, "JPY")
    >>> table = channel_gains(contacts, tags, model, returns=back)
    >>> table[["issue", "n", "cost_source", "cost_target", "saving_each", "saving"]].values.tolist()
    [['bill', 100, 600.0, 240.0, 357.0, 3570.0]]
    """
    share, z = share_of_one("share", share), normal_quantile(level)
    source, target = route
    if source == target:
        raise SettingsError("the same channel twice", where="route", got=source, expected="two channels")
    require_columns(contacts, ("contact_id", "channel", "handle_seconds"), "contacts")
    frame = contacts[contacts["channel"].isin(route)].reset_index(drop=True)
    frame = frame.assign(issue=frame["contact_id"].map(main_reasons(tags)).astype(object), **_labour(frame, model))
    frame = frame[frame["issue"].notna() & (frame["issue"] != UNKNOWN)]
    sides = [_means(frame[frame["channel"] == name]) for name in route]
    table = sides[0].add_suffix("_source").join(sides[1].add_suffix("_target"), how="inner")
    table = table[(table["timed_source"] >= least) & (table["timed_target"] >= least)]
    if table.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    known = pd.DataFrame({"reason": [], "n": [], "n_back": []}) if returns is None else returns
    known = known.set_index("reason")[["n", "n_back"]].astype(float).reindex(table.index).fillna(0.0)
    # half a return each way: that none of few came back does not mean that none ever will
    returned = (known["n_back"] + 0.5) / (known["n"] + 1)
    error = returned * (1 - returned) / (known["n"] + 2)
    before, after = table["cost_source"], table["cost_target"]
    each = before - after - returned * before
    variance = (1 - returned) ** 2 * table["error_source"] + table["error_target"] + before**2 * error
    half, moved = z * np.sqrt(variance), share * table["n_source"]
    out = pd.DataFrame({
        "issue": table.index, "source": source, "target": target, "n": table["n_source"],
        "n_source_timed": table["timed_source"], "n_target_timed": table["timed_target"], "cost_source": before,
        "cost_target": after, "returned": returned, "n_returned": known["n"].astype("int64"), "saving_each": each,
        "saving_each_low": each - half, "saving_each_high": each + half, "n_moved": moved, "saving": moved * each,
        "saving_low": moved * (each - half), "saving_high": moved * (each + half),
        "hours_saved": moved * (table["hours_source"] * (1 - returned) - table["hours_target"]),
    }).reset_index(drop=True)
    return out.sort_values(["saving_low", "issue"], ascending=[False, True], ignore_index=True)


def _labour(frame: pd.DataFrame, model: CostModel) -> dict[str, pd.Series]:
    """Effort (h) and labour of each contact; NaN where nobody timed it."""
    numbers = {
        name: pd.to_numeric(frame[name], errors="coerce").astype(float)
        if name in frame else pd.Series(np.nan, index=frame.index)
        for name in ("handle_seconds", "concurrency")
    }
    channel = frame["channel"].astype(str)
    usual = channel.map({str(name): float(n) for name, n in model.concurrency.items()}).astype(float)
    at_once = numbers["concurrency"].fillna(usual).fillna(1.0).clip(lower=1.0)
    hours = numbers["handle_seconds"].where(numbers["handle_seconds"] > 0) / 3600 / at_once
    rate = rates_of(frame, channel.to_numpy(dtype=object), model)
    fixed = {} if model.numerator == "labour" else {str(name): float(x) for name, x in model.fixed_per_contact.items()}
    return {"hours": hours, "labour": hours * 60 * rate + channel.map(fixed).astype(float).fillna(0.0)}


def _means(frame: pd.DataFrame) -> pd.DataFrame:
    """Contacts, mean effort and mean labour by reason, with the variance of the mean."""
    by = frame.groupby("issue")
    timed = by["labour"].count()
    return pd.DataFrame({
        "n": by.size(), "timed": timed, "hours": by["hours"].mean(), "cost": by["labour"].mean(),
        "error": by["labour"].var() / timed.clip(lower=1),
    })
