"""What a report shows beside costs: how often tags are right, journeys, aspects, discovered topics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.contact_source import ContactSource
from vocmine.batch.costing import contact_values
from vocmine.batch.journey_reach import ReachOptions, reach_tables
from vocmine.batch.period import Period
from vocmine.batch.topic_figures import costs_by_topic, folder_ledger
from vocmine.csvfile import read_csv
from vocmine.errors import VocmineError
from vocmine.frames import UNKNOWN
from vocmine.results import IssueCosts, ReasonInfo
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.audits import Audit, Evaluation
    from vocmine.cost import CostModel

_PRECISION, _ASSUMED = 0.2, 0.85  # of the plan for a first audit; the report says both
_COMPARED, _PRAISE = 6, 0.4  # reasons that a rank needs; share of praise from which a reason is a pleasant one
_OF_ALL = frozenset({"standard", "times", "channels", "bots"})  # journeys that no comparison is made of
_DISCOVERED = ("topic_id", "name", "n", "quotes")


def evaluation(
    store: ContactSource, audit: Audit | None, level: float, period: Period | None = None
) -> Evaluation | None:
    """Hold the stored tags of the audited contacts against what people found; None without an audit.

    Raises
    ------
    AuditError
        If none of the audited contacts is in the folder.
    """
    if audit is None:
        return None
    from vocmine.audits import evaluate

    table = audit.table
    truth = table.assign(contact_id=table["contact_id"].astype(str), label=table["label"].astype(str).str.strip())
    several = truth.groupby("contact_id", as_index=False).agg(label=("label", tuple), prob=("prob", "first"))
    wanted = set(several["contact_id"])
    tags = store.reasons_of(wanted) if period is None else period.reasons_of(store, wanted)
    return evaluate(several, tags, level=level)


def labels_wanted(costs: IssueCosts, level: float) -> int | None:
    """Say how many contacts to check for a first audit; None where costs can't tell."""
    from vocmine.cost import plan_labels

    try:
        plan = plan_labels(costs, precision=_PRECISION, accuracy=_ASSUMED, level=level)
    except VocmineError:
        return None
    return round(plan.n, -1) or None if plan.n > 20 else None


def narrowing(
    costs: IssueCosts, period: Period, settings: Settings, model: CostModel | None
) -> pd.DataFrame | None:
    """Say what checking some contacts would do to the ranges, as `expected_narrowing` does; None without any tag."""
    from vocmine.cost.audit_plan import expected_narrowing

    if not (period.tags["kind"] == "reason").any():
        return None
    values = contact_values(period.contacts, period.tags, settings, model)
    table = expected_narrowing(costs, period.tags, values, level=settings.level)
    return table if len(table) else None


def narrowing_sentence(table: pd.DataFrame | None, costs: IssueCosts, names: ReasonInfo, lang: str) -> str:
    """Say it for the dearest issue that is not what customers wanted anyway; empty where that is not known."""
    from vocmine.report.sections.narrowing import Narrowing, narrowing_words
    from vocmine.report.words import Words

    rows = [] if table is None else table.to_dict("records")
    row = next((row for row in rows if names.demand.get(str(row["issue"])) != "value"), None)
    if row is None:
        return ""
    issue = str(row["issue"])
    found = Narrowing(issue, int(row["n"]), float(row["now"]), float(row["then"]))
    return narrowing_words(found, costs.basis, Words(lang, costs.currency), names.name(issue, lang))


def journey_tables(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    window_days: float = 7,
    level: float = 0.95,
    demand: Mapping[str, str] | None = None,
    aside: Collection[str] = (),
    reach: ReachOptions | None = None,
) -> dict[str, pd.DataFrame]:
    """Make every table of journeys that the contacts allow: a column that is missing or empty leaves its tables out.

    Parameters
    ----------
    contacts, tags : DataFrame
        Contacts and their tags.
    window_days : float
        A contact of the same customer about the same reason within so many days is a repeat.
    level : float
        Level of the intervals.
    demand : mapping of str to str, optional
        ``value`` or ``failure`` by reason: what failed is no candidate for self-service.
    aside : collection of str
        Contacts, of incidents that go on, that tables which compare teams, reasons or products leave out; `standard`,
        `times`, `channels` and `bots` are of all contacts.
    reach : ReachOptions, optional
        Rates of labour for what transfers take, and whether agents are shown.

    Returns
    -------
    dict of str to DataFrame
        Any of ``standard, times, breaks, repeats, first_contact, one_touch, channels, bots, transfers, transfer_total,
        teams, answers, self_service``, and those of `vocmine.batch.journey_reach.reach_tables`.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "created_at": pd.Timestamp("2026-11-01", tz="UTC"),
    ...     "channel": "call", "team": "T1", "transfers": [0, 0, 1]})
    >>> tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "label": "bill", "score": 1.0})
    >>> sorted(journey_tables(contacts, tags))
    ['standard', 'transfer_total', 'transfers']
    """
    from vocmine import journeys as j

    options = replace(reach or ReachOptions(), demand=demand)
    calm, kept = (frame.loc[~frame["contact_id"].isin(aside)] if aside else frame for frame in (contacts, tags))
    makers: dict[str, tuple[tuple[str, ...], Callable[[], pd.DataFrame]]] = {
        "repeats": (("customer_id",), lambda: j.repeat_rate(calm, kept, window_days, level)),
        "first_contact": (("customer_id",), lambda: j.first_contact_resolution(calm, kept, window_days, level)),
        "one_touch": (("customer_id", "transfers"), lambda: j.one_touch_share(calm, kept, window_days, level)),
        "channels": (("customer_id",), lambda: j.channel_transitions(contacts, window_days, level)),
        "bots": (("customer_id",), lambda: j.bot_handover(contacts, tags, level=level)),
        "standard": (("contact_id",), lambda: _not_times(j.standard_measures(contacts, tags, (), window_days, level))),
        "times": (("channel",), lambda: _times(j.standard_measures(contacts, tags, by="channel", level=level))),
        "breaks": (("customer_id",), lambda: j.break_points(calm, kept)),
        "transfers": (("team", "transfers"), lambda: j.transfer_matrix(calm, kept, level, options.rates)),
        "transfer_total": (("team", "transfers"), lambda: j.transfer_matrix(calm, kept, level, options.rates, ())),
        "teams": (("team", "csat"), lambda: j.csat_by_team(calm, kept, level)),
        "answers": (("team",), lambda: _divergent(j.answer_divergence(calm, kept, window_days, level, False))),
        "self_service": (("handle_seconds",), lambda: _self_service(
            j.reason_complexity(calm, kept, window_days), kept, demand or {}
        )),
    }
    there, here = ({name for name in frame if frame[name].notna().any()} for frame in (contacts, calm))
    filled = {name: there if name in _OF_ALL else here for name in makers}
    made = {name: make() for name, (needed, make) in makers.items() if filled[name].issuperset(needed)}
    made |= reach_tables(contacts, tags, window_days=window_days, level=level, aside=aside, options=options)
    return {name: table for name, table in made.items() if len(table)}


def _times(table: pd.DataFrame) -> pd.DataFrame:
    """Keep times by channel; a bot handles nothing that a person would be paid for."""
    from vocmine.journeys.measures import TIMES

    is_bot = (table["channel"] == "bot") & table["measure"].str.contains("handle")
    return table.loc[table["measure"].isin(TIMES) & ~is_bot].reset_index(drop=True)


def _not_times(table: pd.DataFrame) -> pd.DataFrame:
    from vocmine.journeys.measures import TIMES

    return table.loc[~table["measure"].isin(TIMES)].reset_index(drop=True)


def _divergent(answers: pd.DataFrame) -> pd.DataFrame:
    """Keep what a team does clearly more often than the others."""
    return answers.loc[answers["stands_out"].astype(bool) & (answers["excess"] > 0) & (answers["reason"] != UNKNOWN)]


def _self_service(table: pd.DataFrame, tags: pd.DataFrame, demand: Mapping[str, str]) -> pd.DataFrame:
    """Keep the candidates for self-service; none where too few reasons can be compared.

    Thanks and praise want no answer, and what went wrong should be mended, not explained by a bot.
    """
    if table["complexity"].notna().sum() < _COMPARED:
        return table.iloc[:0]
    moods = tags.loc[tags["kind"] == "sentiment"].drop_duplicates("contact_id").set_index("contact_id")["label"]
    reasons = tags.loc[tags["kind"] == "reason", ["contact_id", "label"]]
    happy = (reasons["contact_id"].map(moods) == "positive").groupby(reasons["label"]).mean()
    glad = table["reason"].map(happy).fillna(0.0) > _PRAISE
    failed = table["reason"].map(dict(demand)) == "failure"
    return table.loc[table["is_candidate"].astype(bool) & (table["reason"] != UNKNOWN) & ~glad & ~failed]


def aspect_counts(contacts: pd.DataFrame, n: int, timezone: str = "UTC") -> pd.DataFrame | None:
    """Read some contacts, drawn by their ids, for aspects; ``n_read`` says how many. None for ``n`` 0."""
    if n <= 0 or contacts.empty:
        return None
    from vocmine.classify._aspects import aspects
    from vocmine.classify.aspect_table import aspect_table

    # by a hash of the id: the same contacts in every run, and no order of rows or days matters
    place = pd.Series(pd.util.hash_array(contacts["contact_id"].to_numpy(dtype=object)), index=contacts.index)
    drawn = contacts.loc[place.nsmallest(n).index].sort_values("contact_id").reset_index(drop=True)
    table = aspect_table(aspects(drawn), drawn, by=("product", "month"), timezone=timezone)
    return table.assign(n_read=len(drawn))


def watch_alarms(period: Period) -> pd.DataFrame | None:
    """Watch reasons, and reasons of each product, over half a year; alarms of the period's days. None for none."""
    from vocmine.topics.monitoring._watch import daily_counts, watch

    contacts, tags = period.watched()
    known = tags.loc[tags["label"] != UNKNOWN].groupby("contact_id")["label"].agg(tuple)
    frame = contacts.assign(reason=contacts["contact_id"].map(known))
    frame = frame.loc[frame["reason"].notna()]
    days = (pd.Timestamp(period.last) - pd.Timestamp(period.first)).days + 1
    keys = [["reason"]] + ([["reason", "product"]] if frame["product"].notna().any() else [])
    found = [watch(daily_counts(frame.dropna(subset=by), by, period.timezone), by, last_days=days) for by in keys]
    tables = [table for table in found if len(table)]
    return pd.concat(tables, ignore_index=True) if tables else None


def month_end(alerts: pd.DataFrame, timeline: pd.DataFrame | None, costs: IssueCosts) -> pd.DataFrame | None:
    """Say what alerts come to by the end of their month, at what a contact costs on average; None without alerts."""
    from vocmine.topics.monitoring.projection import outlook

    if alerts.empty or timeline is None or timeline.empty:
        return None
    table = costs.table
    n = float(table["n_contacts"].sum())
    each = tuple(float(table[name].fillna(0.0).sum()) / n if n else 0.0 for name in ("cost", "cost_low", "cost_high"))
    low, high = min(each), max(each)
    return outlook(alerts, timeline, (each[0], low, high))


def discovered(home: Path, tags: pd.DataFrame, lang: str = "") -> pd.DataFrame | None:
    """Give the topics that `vocmine topics` found, named in a language, with how many have no known reason.

    Growth is as it was found; cost is by the ledger as it is now.
    """
    table = read_csv(home / "topics" / "discovered.csv", _DISCOVERED)
    assigned = read_csv(home / "topics" / "assigned.csv", ("contact_id", "topic_id"))
    return discovered_table(table, assigned, tags, folder_ledger(home), lang)


def discovered_table(
    table: pd.DataFrame, assigned: pd.DataFrame, tags: pd.DataFrame, ledger: pd.DataFrame | None, lang: str = ""
) -> pd.DataFrame | None:
    """Give what `discovered` gives, from the tables of topics as they are stored and a ledger."""
    if table.empty or assigned.empty:
        return None
    reasons = tags.loc[tags["kind"] == "reason"]
    known = set(reasons.loc[reasons["label"] != UNKNOWN, "contact_id"])
    here = assigned.loc[assigned["contact_id"].isin(set(reasons["contact_id"]))]
    bare = ~here["contact_id"].isin(known)
    counts = pd.DataFrame({"n": here.groupby("topic_id").size(), "n_unknown": bare.groupby(here["topic_id"]).sum()})
    counts = counts.reindex(table["topic_id"]).fillna(0).astype(int).reset_index(drop=True)
    quote = table["quotes"].str.split(" / ").str[0] if "quotes" in table else ""
    name = table[f"name_{lang}"] if f"name_{lang}" in table else table["name"]
    ids = pd.to_numeric(table["topic_id"])
    out = pd.DataFrame({"topic_id": ids, "name": name, "quote": quote})
    of = pd.to_numeric(assigned["topic_id"]).set_axis(assigned["contact_id"])
    out["cost"] = costs_by_topic(ledger, ids, of)
    for column in ("growth", "growth_low", "growth_high"):
        out[column] = pd.to_numeric(table[column]) if column in table else float("nan")
    return pd.concat([out, counts], axis=1).query("n > 0").reset_index(drop=True)
