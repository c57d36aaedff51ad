"""Sentences on incidents: what goes on, what other findings leave out for it, and what grew because of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vocmine.report.amounts import MOST_NAMED
from vocmine.report.evidence import Evidence
from vocmine.report.sections.incident_records import IncidentRecord, apart_text, count_range, people_text
from vocmine.report.summary import AsidePart, IssueLine, Summary
from vocmine.report.words import Words
from vocmine.stats import Estimate


@dataclass(frozen=True)
class Finding:
    """A plain sentence, and the ids of the incidents it speaks of."""

    text: str
    incidents: tuple[str, ...] = ()

    def and_then(self, other: Finding, w: Words) -> Finding:
        """Give both sentences as one; the first is not empty."""
        if not other.text:
            return self
        return Finding(self.text.rstrip() + w("between_sentences") + other.text, self.incidents + other.incidents)


NOTHING = Finding("")
"""Where there is nothing to say."""


def open_incidents(s: Summary, e: Evidence, w: Words) -> Finding:
    """Say which incidents go on: of one all that is known, of several the days and numbers."""
    going = s.open_incidents
    if not going:
        return NOTHING
    ids = tuple(x.incident_id for x in going[:MOST_NAMED])
    if len(going) == 1:
        return Finding(_one(going[0], s, e, w), ids)
    parts = w("parts_join").join(
        w("find_incident_part", name=e.incident_names[x.incident_id], day=w.day(x.first_day), n=w.count(x.n_contacts))
        for x in going[:MOST_NAMED]
    )
    more = len(going) - MOST_NAMED
    return Finding(w("find_incidents", k=len(going), parts=parts, more=w("find_more", k=more) if more > 0 else ""), ids)


def _one(x: IncidentRecord, s: Summary, e: Evidence, w: Words) -> str:
    people = people_text(x.n_people, w)
    apart = w("parts_join").join(apart_text(line, w) for line in x.shown_apart[:2])
    end = cost = ""
    if x.n_month_end.known and x.until:
        spread = x.n_month_end
        told = _bracket(count_range(spread, w), w)
        end = w("find_incident_end", day=w.day(x.until), n=w.count(spread.value), range=told)
    if s.in_money and x.cost.known:
        spread_cost = w.money_range(x.cost)
        cost = w("find_incident_cost", amount=w.short_money(x.cost.value), range=_bracket(spread_cost, w))
    return w(
        "find_incident", name=e.incident_names[x.incident_id], day=w.day(x.first_day), n=w.count(x.n_contacts),
        people=_sized(x, people, w),
        apart=w("find_incident_apart", apart=apart) if apart else "", end=end, cost=cost,
    )


def _sized(x: IncidentRecord, people: str, w: Words) -> str:
    """Give the range of its contacts, and the people behind them, in brackets; empty where neither is known."""
    spread = x.n_range(w)
    if not spread:
        return w("find_incident_people", people=people) if people else ""
    return w("find_incident_n_people" if people else "find_incident_n", range=spread, people=people)


def _bracket(spread: str, w: Words) -> str:
    return w("part_range", range=spread) if spread else ""


def left_out(aside: Sequence[AsidePart], e: Evidence, w: Words, key: str = "aside_said") -> Finding:
    """Say that the figures before leave out contacts of incidents; nothing where they leave out none."""
    if not aside:
        return NOTHING
    n = sum(part.n for part in aside)
    text = w(key, names=names_of_incidents([part.incident_id for part in aside], e, w), n=w.count(n))
    return Finding(text, tuple(part.incident_id for part in aside))


def rise_due(line: IssueLine, e: Evidence, w: Words) -> Finding:
    """Say that the growth of an issue is mostly that of incidents; nothing where it is not, or growth is not clear."""
    if not line.is_risen_by_incident or w.direction(line.growth) != "up":
        return NOTHING
    ids = tuple(part.incident_id for part in line.aside)
    more, of_incidents = line.risen
    key = "rise_due_all" if of_incidents >= more else "rise_due"
    names = names_of_incidents(ids, e, w)
    return Finding(w(key, more=w.whole(more), part=w.whole(of_incidents), names=names), ids)


def grown_by_incident(s: Summary, e: Evidence, w: Words, name: str, line: IssueLine) -> Finding:
    """Say of an issue that grew because of an incident that it did, and by how much."""
    text = w("find_grown", name=name, days=s.growth_days, times=w.times(line.growth.value))
    return Finding(text).and_then(rise_due(line, e, w), w)


def cost_left_out(rest: Estimate, part: float, aside: Sequence[AsidePart], e: Evidence, w: Words) -> Finding:
    """Say how much of a change of cost is that of incidents, and what is left without it."""
    if not aside:
        return NOTHING
    ids = tuple(one.incident_id for one in aside)
    low, high = (w.signed(end, w.short_money) for end in (rest.low, rest.high))
    spread = w("find_cost_range", range=w.spoken_range(low, high)) if rest.ranged else ""
    text = w(
        "find_cost_aside", part=w.signed(part, w.short_money), n=w.count(sum(one.n for one in aside)),
        names=names_of_incidents(ids, e, w), rest=w.signed(rest.value, w.short_money), range=spread,
    )
    return Finding(text, ids)


def names_of_incidents(ids: Sequence[str], e: Evidence, w: Words) -> str:
    """Write the names of incidents, to stand within quotes."""
    return w("names_join").join(e.incident_names.get(key, key) for key in dict.fromkeys(ids))
