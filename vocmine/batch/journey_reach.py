"""Further tables of journeys: from team to team, before and after a reason, paths, first channels, one touch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel

_COMPARED = 6  # reasons that a rank of complexity needs
_LEAST = 10  # contacts of a team and reason


@dataclass(frozen=True)
class ReachOptions:
    """What a person gives or allows for the tables of journeys.

    Parameters
    ----------
    rates : mapping of str to float, optional
        Labour a minute by channel or ``"channel/team"``; no money without.
    agent_contacts : int, optional
        Least contacts of an agent who is shown; None shows no agents: figures of persons.
    demand : mapping of str to str, optional
        ``value`` or ``failure`` by reason.
    """

    rates: Mapping[str, float] | None = None
    agent_contacts: int | None = None
    demand: Mapping[str, str] | None = None


def reach_tables(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    window_days: float = 7,
    level: float = 0.95,
    aside: Collection[str] = (),
    options: ReachOptions | None = None,
) -> dict[str, pd.DataFrame]:
    """Make the tables of journeys that the contacts allow: a column that is missing or empty leaves its tables out.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags.
    window_days : float
        A contact of the same customer within so many days follows.
    level : float
        Level of the intervals.
    aside : collection of str
        Contacts that tables which compare teams or reasons leave out; paths, flows and channels are of all contacts.
    options : ReachOptions, optional
        Rates, agents, demand.

    Returns
    -------
    dict of str to DataFrame
        Any of ``reason_flows, paths, chain_lengths, preference, complexity, channel_complexity, demand, handoffs,
        misroutes`` (the first row is of all contacts), ``one_touch_teams, one_touch_cells`` (team and reason) and
        ``one_touch_agents``, as the functions of `vocmine.journeys` give them.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "customer_id": list("kkm"), "channel": "call",
    ...     "created_at": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-12-30"], utc=True)})
    >>> tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "score": 1.0,
    ...     "label": ["bill", "refund", "bill"]})
    >>> reach_tables(contacts, tags)["reason_flows"][["from_reason", "to_reason", "n"]].values.tolist()
    [['bill', 'refund', 1], ['refund', 'none', 1]]
    """
    from vocmine import journeys as j

    options = options or ReachOptions()
    calm, kept = (frame.loc[~frame["contact_id"].isin(aside)] if aside else frame for frame in (contacts, tags))
    within, rates = (window_days, level), options.rates
    makers: dict[str, tuple[tuple[str, ...], Callable[[], pd.DataFrame]]] = {
        "reason_flows": (("customer_id",), lambda: j.reason_transitions(contacts, tags, *within)),
        "paths": (("customer_id",), lambda: j.journey_paths(contacts, tags, *within)),
        "chain_lengths": (("customer_id",), lambda: j.chain_lengths(
            j.chains(contacts, tags, window_days), contacts, tags
        )),
        "preference": (("customer_id", "channel"), lambda: j.channel_preference(contacts, *within)),
        "handoffs": (("customer_id", "team"), lambda: j.team_handoffs(calm, kept, *within, rates)),
        "misroutes": (("customer_id", "team", "transfers"), lambda: _misroutes(calm, kept, window_days, level, rates)),
        "one_touch_teams": (("customer_id", "team"), lambda: j.one_touch_by(calm, kept, "team", *within, _LEAST)),
        "one_touch_cells": (("customer_id", "team"), lambda: j.one_touch_cells(
            calm, kept, ("team", "reason"), *within, _LEAST
        )),
    }
    if options.agent_contacts is not None:
        least = options.agent_contacts
        makers["one_touch_agents"] = (("customer_id", "agent_id"), lambda: _agents(calm, kept, within, least))
    if options.demand:
        split = options.demand
        makers["demand"] = (("contact_id",), lambda: j.demand_split(contacts, tags, split, level))
    filled = {name for name in calm if calm[name].notna().any()}
    made = {name: make() for name, (needed, make) in makers.items() if filled.issuperset(needed)}
    if filled.issuperset(("handle_seconds", "channel")):
        made |= _complexity(calm, kept, window_days, level)
    return {name: table for name, table in made.items() if len(table)}


def reach_options(contacts: pd.DataFrame, settings: Settings, model: CostModel | None) -> ReachOptions:
    """Give what the settings allow and the rates of the cost model, for the channels and teams of some contacts.

    Examples
    --------
    >>> from vocmine.cost import CostModel
    >>> contacts = pd.DataFrame({"channel": ["call", "call", "bot"], "team": ["A", None, None]})
    >>> model = CostModel({"call": 60, "bot": 0}, "JPY")
    >>> reach_options(contacts, Settings(), model).rates
    {'bot': 0.0, 'call': 60.0, 'call/A': 60.0}
    """
    return ReachOptions(
        None if model is None or model.numerator == "hours" else _rates(contacts, model),
        settings.agent_contacts if settings.agents else None,
    )


def reach_contacts(contacts: pd.DataFrame, model: CostModel | None) -> pd.DataFrame:
    """Fill in how many contacts an agent handled at once, by channel, where the contact does not say.

    Examples
    --------
    >>> from vocmine.cost import CostModel
    >>> contacts = pd.DataFrame({"channel": ["chat", "chat", "call"], "concurrency": [3.0, None, None]})
    >>> reach_contacts(contacts, CostModel({"chat": 60}, "JPY", concurrency={"chat": 2}))["concurrency"].tolist()
    [3.0, 2.0, 1.0]
    """
    own = contacts["concurrency"] if "concurrency" in contacts else pd.Series(float("nan"), index=contacts.index)
    usual = contacts["channel"].astype(str).map(dict(model.concurrency) if model is not None else {})
    filled = pd.to_numeric(own, errors="coerce").fillna(usual.astype(float)).fillna(1.0)
    return contacts.assign(concurrency=filled)


def _rates(contacts: pd.DataFrame, model: CostModel) -> dict[str, float] | None:
    """Rates of all channels and teams; None where a contact would have none."""
    pairs = pd.DataFrame({"channel": contacts["channel"].astype(str), "team": ""})
    if "team" in contacts:
        pairs["team"] = contacts["team"].astype(object).where(contacts["team"].notna(), "").astype(str)
    found: dict[str, float] = {}
    for channel, name in sorted(pairs.drop_duplicates().itertuples(index=False, name=None)):
        rate = model.rate(channel, name or None)
        if rate is None:
            return None
        found[f"{channel}/{name}" if name else channel] = rate
    return found or None


def _misroutes(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float, level: float, rates: Mapping[str, float] | None
) -> pd.DataFrame:
    """All contacts in the first row, then each reason."""
    from vocmine.journeys import misroute_rate

    whole = misroute_rate(contacts, tags, (), window_days, level, rates).rename(columns={"all": "reason"})
    parts = misroute_rate(contacts, tags, "reason", window_days, level, rates)
    return pd.concat([whole, parts], ignore_index=True) if len(whole) else whole


def _agents(
    contacts: pd.DataFrame, tags: pd.DataFrame, within: tuple[float, float], least: int
) -> pd.DataFrame:
    """One touch by agent with the team of most of the agent's contacts, by team and id: no list of ranks."""
    from vocmine.journeys import one_touch_by

    table = one_touch_by(contacts, tags, "agent_id", *within, least)
    teams = contacts["team"] if "team" in contacts else pd.Series("", index=contacts.index)
    pairs = pd.DataFrame({"agent_id": contacts["agent_id"], "team": teams}).dropna().astype(str)
    counts = pairs.value_counts().rename("n").reset_index().sort_values(["n", "team"], ascending=[False, True])
    most = counts.drop_duplicates("agent_id")
    table.insert(1, "team", table["agent_id"].map(dict(zip(most["agent_id"], most["team"], strict=True))))
    return table.sort_values(["team", "agent_id"], ignore_index=True)


def _complexity(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float, level: float
) -> dict[str, pd.DataFrame]:
    from vocmine.journeys import channel_complexity, reason_complexity

    table = reason_complexity(contacts, tags, window_days, level)
    if table["complexity"].notna().sum() < _COMPARED:
        return {}
    return {"complexity": table, "channel_complexity": channel_complexity(contacts, tags, table, level)}
