"""What stands behind the numbers: names and masked quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

_JAPANESE = re.compile("[ぁ-んァ-ヶｦ-ﾟ一-龠]")


@dataclass(frozen=True)
class Quote:
    """A masked sentence of a customer, with the contact it comes from."""

    contact_id: str
    day: date
    channel: str
    text: str

    @property
    def lang(self) -> str:
        """Language of the words, by their letters."""
        return "ja" if _JAPANESE.search(self.text) else "en"


@dataclass(frozen=True)
class MarkedQuote:
    """A masked sentence of a customer in three parts: the middle one is what a tag rests on, empty where none is."""

    before: str
    evidence: str
    after: str
    contact_id: str
    day: date
    channel: str
    lang: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.before + self.evidence + self.after


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
    words, word_quotes : tuple of str
        In the order of ``Summary.words``; a quote is empty where there is none.
    incident_names, incident_words : dict of str to str
        By incident id, in the language of the report; words as one line.
    incident_quotes : dict of str to tuple of Quote
        By incident id.
    voices : dict of str to MarkedQuote
        By issue: one quote that holds the words its tag rests on.
    trace : tuple of (issue, contact id, day, channel, sentiment)
        The contacts behind the counts by issue, the latest 20,000; no text.
    alert_contacts : tuple of (topic id, contact id, day, channel, text)
        The contacts of each alert, with their masked text.
    unknown_contacts : tuple of (contact id, day, channel, sentiment, text)
        Contacts that got no reason, the latest 10,000, with their masked text.
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
    word_quotes: tuple[str, ...] = ()
    incident_names: Mapping[str, str] = field(default_factory=dict)
    incident_words: Mapping[str, str] = field(default_factory=dict)
    incident_quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    voices: Mapping[str, MarkedQuote] = field(default_factory=dict)
    trace: tuple[tuple[str, str, date, str, str], ...] = ()
    alert_contacts: tuple[tuple[int, str, date, str, str], ...] = ()
    unknown_contacts: tuple[tuple[str, date, str, str, str], ...] = ()
