"""What stands behind the numbers, names and masked quotes, and the further frames a report may be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from vocmine.report.sections.trust import Checked


@dataclass(frozen=True)
class Quote:
    """A masked sentence of a customer, with the contact it comes from."""

    contact_id: str
    day: date
    channel: str
    text: str


@dataclass(frozen=True)
class Evidence:
    """The words behind the numbers: names and masked quotes. Data, never markup.

    Parameters
    ----------
    names : dict of str to dict of str to str
        Display names of labels by language.
    teams : dict of str to str
        Who owns an issue.
    quotes : dict of str to tuple of Quote
        By issue.
    alert_names, topic_names : dict of int to str
        By topic id.
    alert_quotes, topic_quotes : dict of int to tuple of Quote
        By topic id.
    alert_words : dict of int to str
        By topic id: words that changed.
    topic_terms : dict of int to str
        By topic id.
    words : tuple of str
        In the order of ``Summary.words``.
    trace : tuple of (issue, contact id, day, channel, sentiment)
        The contacts behind the counts by issue, the latest 20,000; no text.
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    alert_names: Mapping[int, str] = field(default_factory=dict)
    alert_quotes: Mapping[int, tuple[Quote, ...]] = field(default_factory=dict)
    alert_words: Mapping[int, str] = field(default_factory=dict)
    topic_names: Mapping[int, str] = field(default_factory=dict)
    topic_quotes: Mapping[int, tuple[Quote, ...]] = field(default_factory=dict)
    topic_terms: Mapping[int, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    trace: tuple[tuple[str, str, date, str, str], ...] = ()


@dataclass(frozen=True)
class Extras:
    """What a report may also show.

    Parameters
    ----------
    topics, alerts, hot_words : DataFrame, optional
        As `build_report` takes them too.
    timeline : DataFrame, optional
        ``topic_id, day, n, expected, low, high``: the days behind the alerts.
    run : mapping, optional
        What was read and rejected, as ``run.json`` has it: ``read``, ``rejected``, ``rejected_by_code``, ``sources``.
    title : str, optional
        Title of the page.
    ranking : DataFrame, optional
        Order of the issues by what fixing them is worth: ``issue`` and any of ``rank, rank_low, rank_high``.
    fixes : DataFrame, optional
        What fixes have saved so far, one row a fix: ``issue, fixed_at, saving, low, high`` and, where known, ``change,
        change_low, change_high`` (-0.4 for 40 % less).
    history : (DataFrame, DataFrame), optional
        Contacts (``contact_id, created_at, channel``) and tags of a longer time that ends with the contacts of the
        report and holds them: weeks and growth are then shown over this time, all else over the contacts.
    timezone : str
        Where a day begins and ends.
    evaluation : Evaluation, optional
        Tags against hand-checked labels, as `vocmine.audits._evaluate` gives it: fills the part on trust.
    audits : sequence of mapping, optional
        What became of each of several audits: ``drawn_on, n, status`` and, where known, ``p``, as
        `vocmine.audits.pool_audits` gives them as ``records``.
    n_wanted : int, optional
        How many contacts to check by hand, shown where there is no `evaluation`; see `vocmine.cost.plan_labels`.
    months, forecast : DataFrame, optional
        Issue costs with ``by="month"``, and `vocmine.cost.forecast_costs` of costs by week or month.
    changes : DataFrame, optional
        Why issues grew or fell between two months: `vocmine.cost.decompose_change` by channel, with columns
        ``month_before, month_after, value`` (``cost``, ``handle_hours`` or ``n_contacts``).
    units : DataFrame, optional
        Contacts per order, user or device: `vocmine.cost.contact_rates` by ``issue, month``, where issue ``all`` is all
        of them; a column ``unit_name`` may say what the units are.
    journeys : mapping of str to DataFrame, optional
        Any of ``standard, repeats, first_contact, one_touch, breaks, transfers, teams, bots, channels, answers,
        self_service``, of `vocmine.journeys`; of the last two only what stands out, and only the candidates.
    aspects : DataFrame, optional
        ``aspect, negative, positive`` and any of ``product, month``.
    discovered : DataFrame, optional
        Topics of a `TopicModel`: ``topic_id, name, n`` and, where known, ``n_unknown`` (without a reason), ``quote``.
    risk, gaps : DataFrame, optional
        As `vocmine.journeys.at_risk` and `vocmine.journeys.source_gaps` give them.
    outlook : DataFrame, optional
        What alerts may come to by the end of the month, as `vocmine.topics.monitoring.projection.outlook` gives it.
    watch : DataFrame, optional
        Reasons, and reasons of a product, that suddenly rise or end, as `vocmine.topics.watch` gives them.

    Examples
    --------
    >>> Extras(title="Support in October").timezone
    'UTC'
    """

    topics: pd.DataFrame | None = None
    alerts: pd.DataFrame | None = None
    hot_words: pd.DataFrame | None = None
    timeline: pd.DataFrame | None = None
    run: Mapping[str, Any] | None = None
    title: str | None = None
    ranking: pd.DataFrame | None = None
    fixes: pd.DataFrame | None = None
    history: tuple[pd.DataFrame, pd.DataFrame] | None = None
    timezone: str = "UTC"
    evaluation: Checked | None = None
    audits: Sequence[Mapping[str, Any]] = ()
    n_wanted: int | None = None
    months: pd.DataFrame | None = None
    forecast: pd.DataFrame | None = None
    changes: pd.DataFrame | None = None
    units: pd.DataFrame | None = None
    journeys: Mapping[str, pd.DataFrame] | None = None
    aspects: pd.DataFrame | None = None
    discovered: pd.DataFrame | None = None
    risk: pd.DataFrame | None = None
    gaps: pd.DataFrame | None = None
    outlook: pd.DataFrame | None = None
    watch: pd.DataFrame | None = None
