"""What the contacts of one part say, with its costs cut out of those of the whole."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch import measures
from vocmine.batch.analysis import Analysis
from vocmine.batch.audited_months import AuditedDays
from vocmine.batch.costing import CUSTOMER_KEYS, cost_contacts, rounded_ledger
from vocmine.batch.part_ranges import widened
from vocmine.batch.parts import MARK, ContactPart, PartSource, cut
from vocmine.batch.period import WATCHED_DAYS, Period, period_of
from vocmine.frames import UNKNOWN
from vocmine.results import IssueCosts, ListFit, Note
from vocmine.topics.tracking.incident import Incident

if TYPE_CHECKING:
    from vocmine.audits import Audit, AuditRecord
    from vocmine.topics import TopicRegistry

_PLACES = 6  # decimal places of differences
_MOSTLY = 0.5  # share of an incident's or alert's contacts that must be of the part for its page to tell of it
# Notes that count over all contacts: of a part they are counted anew, or not said.
_OF_ALL = frozenset({
    "imputed", "payouts_absurd", "repeats_unseen", "shared_ids", "checked_gone", "open_tabs", "open_tabs_minutes",
    "open_tabs_channel", "reasons_by_codes",
})
_FLAT = ("growth", "growth_low", "growth_high")


@dataclass(frozen=True)
class PartShare:
    """How large a part is.

    Parameters
    ----------
    part : ContactPart
    whole, own : IssueCosts
        Costs of the whole and of the part.
    n, n_own : int
        Contacts of the whole and of the part.
    """

    part: ContactPart
    whole: IssueCosts
    own: IssueCosts
    n: int
    n_own: int

    @property
    def table(self) -> pd.DataFrame:
        """Contacts, cost (hours where there are no rates) and payouts of ``part``, ``rest`` and ``whole``."""
        size = "handle_hours" if self.whole.numerator == "hours" else "cost"
        sums = [
            (float(n), float(costs.table[size].fillna(0.0).sum()), float(costs.table["payout"].fillna(0.0).sum()))
            for n, costs in ((self.n_own, self.own), (self.n, self.whole))
        ]
        rest = tuple(round(whole - own, _PLACES) for own, whole in zip(*sums, strict=True))
        rows = [("part", *sums[0]), ("rest", *rest), ("whole", *sums[1])]
        return pd.DataFrame(rows, columns=["what", "n_contacts", "size", "payout"])

    def title(self, lang: str) -> str:
        """Say what the page is about, and what part of the whole that is."""
        from vocmine.report.sections.part import part_title
        from vocmine.report.words import Words

        own, _, whole = self.table[["n_contacts", "size"]].to_numpy(dtype=float)
        share = {name: own[i] / whole[i] if whole[i] else math.nan for i, name in enumerate(("n", "size"))}
        timed = bool(whole[1] > 0)
        measure = "counts" if not timed else "hours" if self.whole.numerator == "hours" else "money"
        return part_title(self.part.values, share, measure, Words(lang, self.whole.currency))


class PartAnalysis(Analysis):
    """What the contacts of a part say.

    Topics and alerts were watched over all contacts: those are told of here whose contacts are mostly of the part.

    Parameters
    ----------
    whole : Analysis
        Of all contacts.
    part : ContactPart
        Which of them.
    """

    def __init__(self, whole: Analysis, part: ContactPart) -> None:
        source = PartSource(whole.source, part, whole.settings)
        settings = whole.settings.model_copy(update={"units": {}})  # orders and users are those of the whole
        super().__init__(source, settings, whole.inputs, {}, whole.tagger)
        self.whole, self.part = whole, part

    @cached_property
    def period(self) -> Period:
        """The contacts of the part in the days of the whole."""
        found = self.whole.period
        return period_of(self.source, self.settings.period_days, found.names, older_days=WATCHED_DAYS)

    @cached_property
    def audited(self) -> tuple[Audit | None, tuple[AuditRecord, ...]]:
        """The audit of the whole."""
        return self.whole.audited

    @cached_property
    def issue_costs(self) -> IssueCosts:
        """What each issue costs in the part: lines of the table of the whole by part."""
        period, settings = self.whole.period, self.whole.settings
        costs = cost_contacts(
            self._marked(period.contacts), period.tags, settings, self.inputs.model, audit=self.audited[0], by=MARK,
            names=period.names, ledger=True,
        )
        ledger = None if costs.ledger is None else cut(costs.ledger, self.part)
        own = widened(costs.with_table(_shared(cut(costs.table, self.part))))
        own = dataclasses.replace(own, ledger=ledger, open_tabs=None)
        notes = [note for note in own.notes if note.code not in _OF_ALL]
        if ledger is not None:
            contacts = ledger.drop_duplicates("contact_id")
            n = int(contacts["imputed"].sum())
            notes += [Note.of("imputed", n=n, of=len(contacts))] if n else []
        return dataclasses.replace(own, notes=tuple(notes))

    @cached_property
    def audited_daily(self) -> AuditedDays:
        """Costs by day, moved as a checked sample moves those of the whole."""
        tagged, whole = self.tagged_daily, self.whole.audited_daily
        return AuditedDays(whole.corrected(tagged) if whole.is_corrected else tagged, tagged)

    @cached_property
    def costs_by(self) -> dict[str, IssueCosts]:
        """The same by segment and plan."""
        period, settings = self.whole.period, self.whole.settings
        marked = self._marked(period.contacts)
        here = [key for key in CUSTOMER_KEYS if key in self.period.contacts and self.period.contacts[key].notna().any()]
        made = {}
        for key in here:
            costs = cost_contacts(
                marked, period.tags, settings, self.inputs.model, audit=self.audited[0], by=[key, MARK],
                names=period.names,
            )
            made[key] = widened(costs.with_table(_shared(cut(costs.table, self.part))), key)
        return made

    @cached_property
    def share(self) -> PartShare:
        """How large the part is."""
        n, own = len(self.whole.period.contacts), len(self.period.contacts)
        return PartShare(self.part, self.whole.issue_costs, self.issue_costs, n, own)

    @cached_property
    def narrowing(self) -> pd.DataFrame | None:
        """What checking contacts does is known of the whole: in a part more stays open."""
        return None

    @cached_property
    def codes(self) -> dict[str, Any] | None:
        """Agents' codes are looked at for all contacts alone."""
        return None

    @cached_property
    def registry(self) -> TopicRegistry | None:
        """Topics are counted over all contacts: a part has none of its own."""
        return None

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """Alerts whose contacts are mostly of the part."""
        alerts = self.whole.alerts
        kept = [self._is_own(ids) for ids in alerts["contact_ids"]]
        return alerts.loc[kept].reset_index(drop=True)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents whose contacts are mostly of the part, with all their contacts."""
        return tuple(each for each in self.whole.incidents if self._is_own(each.contact_ids))

    @cached_property
    def incident_days(self) -> pd.DataFrame:
        """Days of these incidents."""
        days = self.whole.incident_days
        return days.loc[days["incident_id"].isin({each.incident_id for each in self.incidents})].reset_index(drop=True)

    @cached_property
    def topics(self) -> tuple[pd.DataFrame, pd.DataFrame] | None:
        """Topics that were discovered in all contacts."""
        return self.whole.topics

    @cached_property
    def discovered(self) -> pd.DataFrame | None:
        """These topics with the contacts and the cost of the part; how they grow is known of the whole alone."""
        if self.topics is None:
            return None
        ledger = self.issue_costs.ledger
        costs = None if ledger is None else rounded_ledger(ledger)
        found = measures.discovered_table(*self.topics, self.timed.tags, costs, self.settings.lang)
        return None if found is None else found.assign(**dict.fromkeys(_FLAT, float("nan")))

    @cached_property
    def draft(self) -> pd.DataFrame | None:
        """A list of reasons is one for all contacts: none is drafted for a part of them."""
        return None

    @cached_property
    def reliability(self) -> dict[str, Any] | None:
        """As of the whole."""
        return self.whole.reliability

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """As of the whole: a file that is missing is missing for all."""
        return self.whole.gaps

    @cached_property
    def fit(self) -> ListFit | None:
        """How the list of reasons fits the part."""
        found = self.whole.fit
        if found is None:
            return None
        reasons = self.period.tags.loc[self.period.tags["kind"] == "reason"]
        known = reasons.loc[reasons["label"] != UNKNOWN, "contact_id"].nunique()
        n = reasons["contact_id"].nunique()
        return dataclasses.replace(found, n=int(n), n_unknown=int(n - known))

    @cached_property
    def sections(self) -> dict[str, Any]:
        """As of any contacts, with the size of the part."""
        return {**super().sections, "n_wanted": None, "part": self.share.table}

    @property
    def title(self) -> str | None:
        """The title of the page: what part it is about."""
        return self.share.title(self.settings.lang)

    def _is_own(self, contact_ids: Any) -> bool:
        ids = set(contact_ids)
        return bool(ids) and len(ids & self._ids) >= _MOSTLY * len(ids)

    @cached_property
    def _ids(self) -> set[str]:
        older = self.period.older
        more = set() if older is None else set(older[0]["contact_id"])
        return set(self.period.contacts["contact_id"]) | more

    def _marked(self, contacts: pd.DataFrame) -> pd.DataFrame:
        return contacts.assign(**{MARK: self.part.marks(contacts)})


def _shared(table: pd.DataFrame) -> pd.DataFrame:
    """Give each line's share of the part."""
    whole = table["cost"].sum(skipna=False)
    return table.assign(share=table["cost"] / whole if whole > 0 else float("nan"))
