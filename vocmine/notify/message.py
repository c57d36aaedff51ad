"""What is said of an incident: a headline, facts with their ranges, and what customers say, in one language."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vocmine.notify.harmless import harmless, masked
from vocmine.notify.wording import column_name, say
from vocmine.report.words import Words

if TYPE_CHECKING:
    from vocmine.stats import Estimate
    from vocmine.topics.tracking.incident import Apart, Incident

_NAME, _VALUE, _QUOTE = 120, 60, 300  # characters: a message is read on a phone, and Teams takes 28 KB
_APARTS, _QUOTES = 3, 2
_FIRST = ("product", "product_version")  # what is asked first: where is it broken?
_IMPUTED = 0.005  # share of the cost from which it is said


@dataclass(frozen=True)
class Message:
    """An incident in words; whatever came from people is masked and harmless.

    Parameters
    ----------
    incident_id, moment, lang : str
        What it tells of, see `vocmine.notify.moments`, in which language.
    headline : str
        What broke.
    facts : tuple of (str, str)
        Label and value.
    quotes : tuple of str
        What customers say.
    footer : str
        Where it comes from.
    """

    incident_id: str
    moment: str
    lang: str
    headline: str
    facts: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]
    footer: str

    @property
    def quotes_label(self) -> str:
        """What stands above the quotes."""
        return say(self.lang, "label_quotes")

    @property
    def lines(self) -> tuple[str, ...]:
        """Facts and quotes as lines of plain text."""
        facts = tuple(say(self.lang, "fact", label=label, value=value) for label, value in self.facts)
        return (*facts, *(say(self.lang, "quote", quote=quote) for quote in self.quotes))


def message_of(incident: Incident, moment: str, lang: str, currency: str = "") -> Message:
    """Put an incident into words.

    A range that is not known is not shown, nor is money without a currency.

    Parameters
    ----------
    incident : Incident
        What happened.
    moment : {"new", "growing", "easing", "over", "back", "issue"}
        Why it is told; ``issue`` is for issue trackers.
    lang : {"ja", "en"}
        Language.
    currency : str
        Of its costs, such as ``JPY``; empty where there are no rates.

    Raises
    ------
    SettingsError
        If there are no words for the language.
    """
    words = Words(lang, currency)
    name = masked([incident.name(lang) or incident.name_ja or incident.name_en or incident.incident_id], _NAME)
    return Message(
        incident_id=incident.incident_id,
        moment=moment,
        lang=lang,
        headline=say(lang, "headline", moment=say(lang, f"moment_{moment}"), name="".join(name)),
        facts=tuple(_facts(incident, words)),
        quotes=masked(incident.quotes[:_QUOTES], _QUOTE),
        footer=say(lang, "footer", incident_id=harmless(incident.incident_id, _VALUE)),
    )


def _facts(incident: Incident, words: Words) -> Iterator[tuple[str, str]]:
    lang = words.lang
    yield say(lang, "label_state"), say(lang, f"state_{incident.state}")
    first, as_of = words.full_day(incident.first_day.date()), words.full_day(incident.as_of.date())
    yield say(lang, "label_since"), say(lang, "since", first=first, as_of=as_of)
    for apart in sorted(incident.apart, key=lambda a: a.column not in _FIRST)[:_APARTS]:
        yield say(lang, "label_apart"), _apart(apart, words)
    yield say(lang, "label_contacts"), _contacts(incident, words)
    if incident.is_open and incident.growth.known:
        yield say(lang, "label_growth"), words.times_with_range(incident.growth)
    yield from _costs(incident, words)
    if incident.is_open and incident.until is not None and incident.until > incident.as_of:
        yield from _month_end(incident, words, words.day(incident.until.date()))


def _apart(apart: Apart, words: Words) -> str:
    value = words.name(apart.value, "channel") if apart.column == "channel" else harmless(apart.value, _VALUE)
    column = harmless(column_name(words.lang, apart.column), _VALUE)
    n, of = words.whole(apart.n), words.whole(apart.of)
    return say(words.lang, "apart", n=n, of=of, column=column, value=value, usual=words.percent(apart.usual))


def _contacts(incident: Incident, words: Words) -> str:
    key = "people_one" if incident.n_people == 1 else "people_many"
    people = say(words.lang, key, n=words.whole(incident.n_people))
    expected = words.whole(incident.expected) if incident.expected >= 1 else words.decimal(incident.expected)
    size = incident.n
    spread = words.spoken_range(words.whole(size.low), words.whole(size.high)) if size.ranged else ""
    key = "contacts_ranged" if spread else "contacts"
    return say(words.lang, key, n=words.count(size.value), range=spread, people=people, expected=expected)


def _costs(incident: Incident, words: Words) -> Iterator[tuple[str, str]]:
    if words.currency and incident.cost.known:
        yield say(words.lang, "label_cost"), _money(incident.cost, words, incident.imputed_share)
    if words.currency and incident.payout.known and incident.payout.value > 0:
        yield say(words.lang, "label_payout"), _money(incident.payout, words)


def _month_end(incident: Incident, words: Words, until: str) -> Iterator[tuple[str, str]]:
    expected, cost = incident.n_month_end, incident.cost_month_end
    if expected.known:
        n = words.count(expected.value)
        key = "month_end_ranged" if expected.ranged else "month_end"
        spread = words.spoken_range(words.whole(expected.low), words.whole(expected.high)) if expected.ranged else ""
        yield say(words.lang, "label_month_end", until=until), say(words.lang, key, n=n, range=spread)
    if words.currency and cost.known:
        yield say(words.lang, "label_cost_month_end", until=until), _money(cost, words, incident.imputed_share)


def _money(cost: Estimate, words: Words, imputed: float = 0.0) -> str:
    amount, spread = words.short_money(cost.value), words.money_range(cost)
    text = say(words.lang, "money_ranged", amount=amount, range=spread) if spread else amount
    if math.isnan(imputed) or imputed < _IMPUTED:
        return text
    return say(words.lang, "imputed", text=text, share=words.percent(imputed))
