"""From the stored contacts of a period to issue costs and the report."""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch import changes, measures
from vocmine.batch import monthly as history
from vocmine.batch.audit_files import Audits, usable, with_ids
from vocmine.batch.contact_store import Ledger
from vocmine.batch.shared_ids import apart, shared_ids
from vocmine.batch.state import write_json
from vocmine.csvfile import write_csv
from vocmine.batch.units import per_unit
from vocmine.errors import ContactError
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.report.summary import IssueLine, Summary

_PLACES = {
    "n_contacts": 3,
    "n_low": 1,
    "n_high": 1,
    "handle_hours": 3,
    "share": 6,
    "imputed_share": 6,
    "repeat_share": 6,
}
_MONEY = ("cost", "cost_low", "cost_high", "cost_per_contact", "avoidable_cost", "avoidable_marginal")
_NAMES = "labels.json"

FIX_RATE = 0.5
"""Half of the failure demand: what removing a cause is taken to end. An assumption, which the page states."""

TREND_DAYS = 56
"""Eight whole weeks: how far back weekly trends and growth look, where the costing period is shorter."""

_HANDOVER_HOURS = 24  # a bot's contact and the human one after it are one issue
_PRIOR = 10
_TOP_WORDS = 100
_MOOD_LIMITS = (1 / 2, 2.0)


@dataclass(frozen=True)
class Period:
    """The contacts and tags that the costs and the report are about, first and last day included.

    Parameters
    ----------
    contacts, tags : DataFrame
        Of the period.
    first, last : str
        Its days, ``YYYY-MM-DD``.
    history : (DataFrame, DataFrame), optional
        Contacts without their texts and reasons of a longer time with the same last day, for trends.
    """

    contacts: pd.DataFrame
    tags: pd.DataFrame
    first: str
    last: str
    history: tuple[pd.DataFrame, pd.DataFrame] | None = None


def keep_names(home: Path, names: dict[str, Any]) -> None:
    """Keep the names of the reasons beside the tags, so that a report can be written again without the taxonomy."""
    write_json(home / _NAMES, names)


def read_period(home: Path, ledger: Ledger, days: int) -> Period:
    """Read the last days of a results folder.

    Raises
    ------
    ContactError
        If the folder has no contacts.
    """
    stored = ledger.days()
    if not stored:
        raise ContactError("there are no contacts to report on", where=str(home), expected="a folder of `vocmine run`")
    last = stored[-1]
    first = str((pd.Timestamp(last) - pd.Timedelta(days=days - 1)).date())
    contacts, tags = ledger.read(first, last)
    path = home / _NAMES
    tags.attrs.update(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})
    return Period(contacts, tags, max(first, stored[0]), last, _history(ledger, contacts, tags, first, last))


def _history(
    ledger: Ledger, contacts: pd.DataFrame, tags: pd.DataFrame, first: str, last: str
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Put the days before the period in front of it; None where the period is long enough or nothing is older."""
    start = str((pd.Timestamp(last) - pd.Timedelta(days=TREND_DAYS - 1)).date())
    if start >= first or ledger.days()[0] >= first:
        return None
    older = ledger.read(start, str((pd.Timestamp(first) - pd.Timedelta(days=1)).date()))
    columns = ["contact_id", "created_at", "channel"]
    both = zip(older, (contacts, tags), strict=True)
    seen, labels = (pd.concat(pair, ignore_index=True) for pair in both)
    return seen[columns], labels.loc[labels["kind"] == "reason", ["contact_id", "kind", "label"]]


def cost_period(period: Period, settings: Settings, costs: Any, audit: pd.DataFrame | None) -> pd.DataFrame:
    """Cost the issues of a period, with the share of repeats and what could be avoided."""
    return priced(period.contacts, period.tags, settings, costs, audit)


def priced(
    contacts: pd.DataFrame, tags: pd.DataFrame, settings: Settings, costs: Any, audit: pd.DataFrame | None = None,
    by: str | None = None,
) -> pd.DataFrame:
    """Cost the issues of some contacts; channels that nobody ever timed count as no hours, and are named.

    Parameters
    ----------
    costs : CostModel or None
        Hours only if None.
    by : str, optional
        A further key, as for `vocmine.cost.issue_costs`.
    """
    from vocmine.cost import CostModel, CostOptions, issue_costs
    from vocmine.journeys import chains

    shared = shared_ids(contacts)
    contacts = apart(contacts, shared)
    model = costs if costs is not None else CostModel.hours_only()
    model = dataclasses.replace(model, timezone=settings.timezone)  # days as they are filed
    untimed = _untimed(contacts, model)
    if untimed:
        assumed = {**model.assumed_handle_seconds, **dict.fromkeys(untimed, 0.0)}
        model = dataclasses.replace(model, assumed_handle_seconds=assumed)
    linked = None
    if "customer_id" in contacts and contacts["customer_id"].notna().any():
        linked = chains(contacts, tags, window_days=settings.repeat_days, handover_hours=_HANDOVER_HOURS)
        linked = _people_first(linked, contacts["channel"] == "bot")
    table = issue_costs(
        contacts,
        tags,
        model,
        audit=audit,
        level=settings.level,
        by=by,
        seed=settings.seed,
        options=CostOptions(
            chains=linked, demand=tags.attrs.get("demand"), fix_rate=FIX_RATE, marginal_share=settings.marginal_share
        ),
    )
    if tags.attrs.get("demand"):
        table.attrs["fix_rate"] = FIX_RATE
    if untimed:
        table.attrs["untimed_channels"] = untimed
        _add_note(table, f"no handle time was ever measured for {', '.join(untimed)}: these contacts count as 0 hours")
    if len(shared):
        note = f"{len(shared)} customer ids stand for many people ({shared.sum()} contacts): no repeats are counted"
        _add_note(table, note)
    if set(untimed) >= set(contacts["channel"].dropna().unique()):
        table["handle_hours"] = float("nan")
    return table


def _people_first(linked: pd.DataFrame, is_bot: pd.Series) -> pd.DataFrame:
    """Let a person's contact head a chain that began with the bot: bots often get no reason, or a wrong one."""
    if not is_bot.any():
        return linked
    order = linked.assign(is_bot=is_bot.to_numpy()).sort_values(["chain_id", "is_bot", "position"], kind="stable")
    position = (order.groupby("chain_id", sort=False).cumcount() + 1).reindex(linked.index)
    return linked.assign(position=position, is_repeat=position > 1)


def _add_note(table: pd.DataFrame, note: str) -> None:
    table.attrs["note"] = "; ".join(filter(None, (table.attrs.get("note"), note)))


def rank_issues_of(summary: Summary, table: pd.DataFrame, seed: int) -> pd.DataFrame | None:
    """Order the issues by avoidable cost, mood and growth, with the uncertainty of each place; None without money.

    Parameters
    ----------
    summary : Summary
        Numbers of the report: moods and growth of each issue.
    table : DataFrame
        Costs of the period; `attrs` gets a note that says what the order rests on.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame or None
        As `vocmine.cost.rank_issues` gives it. Mood is the share of negative contacts against that of all contacts,
        kept within 1/2 to 2; growth the contacts of the latest weeks against those of the weeks before.
    """
    from vocmine.cost import rank_issues

    if not summary.in_money:
        return None
    severity = {line.issue: _mood_factor(line, summary) for line in summary.issues}
    growth = {line.issue: _growth_factor(line, summary.level) for line in summary.issues}
    ranking = rank_issues(table, severity, growth, seed=seed)
    if ranking.empty:
        return None
    basis = "avoidable cost" if "avoidable_cost" in table else "cost"
    ranking.attrs["note"] = f"order: {basis} x negative share x growth"
    return ranking


def _mood_factor(line: IssueLine, summary: Summary) -> tuple[float, float, float]:
    """Compare an issue's share of negative contacts with that of all; few contacts are drawn towards it."""
    from vocmine.report.intervals import share_interval

    usual = summary.negative.value
    if not usual > 0:
        return 1.0, 1.0, 1.0
    found = share_interval(line.moods[0] + round(_PRIOR * usual), sum(line.moods) + _PRIOR, summary.level)
    least, most = _MOOD_LIMITS
    value, low, high = (min(max(x / usual, least), most) for x in (found.value, found.low, found.high))
    return value, low, high


def _growth_factor(line: IssueLine, level: float) -> tuple[float, float, float]:
    """Give growth with its interval; few contacts are drawn towards no growth."""
    from vocmine.report.intervals import ratio_interval

    if not line.growth.known:
        return 1.0, 1.0, 1.0
    n, ratio = line.growth.n, line.growth.value
    now = n if math.isinf(ratio) else round(n * ratio / (1 + ratio))
    found = ratio_interval(now + _PRIOR, n - now + _PRIOR, level)
    return found.value, found.low, found.high


def _untimed(contacts: pd.DataFrame, model: Any) -> list[str]:
    """Name the channels whose handle time nobody knows: they must not stop the daily job, and are said."""
    timed = set(contacts.loc[contacts["handle_seconds"].notna(), "channel"]) | set(model.assumed_handle_seconds)
    return sorted(set(contacts["channel"].dropna().unique()) - timed)


def write_costs(home: Path, table: pd.DataFrame, period: Period) -> None:
    """Write the issue costs with the period they are about."""
    flat = table.round({k: v for k, v in _PLACES.items() if k in table})
    money = [name for name in _MONEY if name in table]
    flat[money] = flat[money].round(2)
    write_csv(home / "issue_costs.csv", flat.assign(first_day=period.first, last_day=period.last))


def write_report(
    home: Path, period: Period, costs: pd.DataFrame, settings: Settings, further: dict[str, Any]
) -> list[str]:
    """Write ``report.html`` and ``report.xlsx`` and give the findings as sentences.

    Parameters
    ----------
    further : dict
        Further fields of `vocmine.report.Extras`, by name.
    """
    from vocmine.batch.outputs import read_alerts, read_topics, write_hot_words
    from vocmine.journeys import at_risk, source_gaps
    from vocmine.report import Extras, build_report
    from vocmine.topics import hot_words

    alerts, topics = read_alerts(home), read_topics(home)
    people = apart(period.contacts)
    first = pd.Timestamp(period.first, tz="UTC")
    words = hot_words(period.contacts, top=_TOP_WORDS) if len(period.contacts) else None
    write_hot_words(home, words, period.last)
    recent = alerts[alerts["day"] >= first].reset_index(drop=True)
    extras = Extras(
        alerts=recent if len(recent) else None,
        outlook=measures.month_end(recent, topics.get("timeline"), costs),
        hot_words=words,
        title=settings.title,
        timezone=settings.timezone,
        history=period.history,
        topics=topics.get("topics"),
        timeline=topics.get("timeline"),
        journeys=measures.journey_tables(people, period.tags, settings.repeat_days, settings.level),
        aspects=measures.aspect_counts(period.contacts, settings.aspect_contacts),
        discovered=measures.discovered(home, period.tags),
        risk=at_risk(people, period.tags, level=settings.level),
        gaps=source_gaps(period.contacts, timezone=settings.timezone),
        **further,
    )
    report = build_report(period.contacts, period.tags, costs, lang=settings.lang, extras=extras)
    ranking = rank_issues_of(report.summary, costs, settings.seed)
    report = report if ranking is None else report.ranked(ranking)
    report.to_html(home / "report.html")
    report.to_xlsx(home / "report.xlsx")
    return list(report.findings)


@dataclass(frozen=True)
class Given:
    """What a person gives a run beside the contacts, all optional: rates, a checked sample, a list of fixes.

    Parameters
    ----------
    costs : CostModel, optional
        Hours only if None.
    audit : DataFrame or sequence of DataFrame, optional
        Hand-checked contacts; several audits, each with its date, are pooled.
    fixes : tuple of Fix, optional
        As `vocmine.cost.read_fixes` reads them.
    """

    costs: Any = None
    audit: Audits = None
    fixes: Any = ()


def cost_and_report(home: Path, ledger: Ledger, settings: Settings, given: Given, run: dict[str, Any]) -> list[str]:
    """Cost the issues of the last days, write the tables and the report, and give the findings.

    Parameters
    ----------
    run : dict
        What the run read, accepted and rejected by code, for the page that says how far to trust the figures.
    """
    period = read_period(home, ledger, settings.period_days)
    told = with_ids(given.audit, period.tags.attrs.get("label_names", {}))
    audit, audits = usable(told, period.contacts, period.tags)
    table = cost_period(period, settings, given.costs, audit)
    write_costs(home, table, period)
    daily = history.update_daily(home, ledger, settings, given.costs)
    months = history.months_of(daily)
    value = measures.value_of(given.costs)
    further = {
        "run": run,
        "evaluation": measures.evaluation(ledger, audit, settings.level),
        "audits": audits,
        "n_wanted": measures.labels_wanted(table, settings.level) if audit is None else None,
        "months": months,
        "changes": changes.update_changes(home, ledger, settings, given.costs, months),
        "units": per_unit(months, settings.units, settings.level, settings.unit_name),
        "forecast": history.forecast(daily, value, settings.level),
        "watch": measures.sudden(ledger, period.first, period.last),
        "fixes": history.savings(daily, given.fixes, value, settings.level),
    }
    return write_report(home, period, table, settings, further)
