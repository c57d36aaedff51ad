"""Presidio's recognisers beside ours, and ours inside Presidio. presidio-analyzer is not among the dependencies.

It brings tldextract, which asks the network for a list of domains on first use, and needs Python 3.11: install it
yourself (``pip install presidio-analyzer``) where its recognisers of other countries' numbers are wanted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from vocmine.errors import MissingExtraError
from vocmine.text.pii.masking import find_pii
from vocmine.text.pii.spans import PiiSpan, without_overlaps

# our kind, Presidio's entity; a kind of Presidio's that is not here is a national number
_ENTITIES = {
    "name": "PERSON", "phone": "PHONE_NUMBER", "email": "EMAIL_ADDRESS", "card": "CREDIT_CARD", "address": "LOCATION",
    "postal_code": "JP_POSTAL_CODE", "my_number": "JP_MY_NUMBER", "account": "BANK_ACCOUNT", "url": "URL",
    "ip": "IP_ADDRESS", "birth_date": "DATE_OF_BIRTH",
}
_KINDS = {entity: kind for kind, entity in _ENTITIES.items()} | {
    "IBAN_CODE": "account", "US_BANK_NUMBER": "account", "CRYPTO": "account", "MAC_ADDRESS": "ip",
}


class Recognizer(Protocol):
    """What is needed of a Presidio recogniser (``presidio_analyzer.EntityRecognizer``)."""

    supported_entities: list[str]

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> Iterable[Any]:
        """Give results with ``entity_type``, ``start``, ``end`` and ``score``."""


def find_with(text: str, recognizers: Iterable[Recognizer], lang: str | None = None) -> list[PiiSpan]:
    """Find personal data by our rules joined with recognisers of Presidio.

    Parameters
    ----------
    text : str
        Any text; recognisers see it as given.
    recognizers : iterable of EntityRecognizer
        Those that work on the text alone, as `PatternRecognizer` does: no spaCy artefacts are passed.
    lang : str, optional
        See `find_pii`.

    Returns
    -------
    list of PiiSpan
        In order and apart; ``rule`` has ``presidio:`` and the recogniser's class for theirs. Entities that we have no
        kind for become ``my_number`` (a national number).

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> class Badge:
    ...     supported_entities = ["STAFF_BADGE"]
    ...     def analyze(self, text, entities, nlp_artifacts=None):
    ...         return [SimpleNamespace(entity_type="STAFF_BADGE", start=text.index("B-"), end=len(text), score=0.9)]
    >>> [(s.kind, s.rule) for s in find_with("社員証は B-771", [Badge()])]
    [('my_number', 'presidio:Badge')]
    """
    spans = find_pii(text, lang)
    for recognizer in recognizers:
        for found in recognizer.analyze(text, list(recognizer.supported_entities), None) or ():
            kind = _KINDS.get(found.entity_type, "my_number")
            rule = f"presidio:{type(recognizer).__name__}"
            spans.append(PiiSpan(int(found.start), int(found.end), kind, float(found.score), rule))
    return without_overlaps(spans)


def presidio_recognizers(lang: str = "ja") -> list[Any]:
    """Give our rules as Presidio recognisers, one a kind, to be added to Presidio's registry.

    Parameters
    ----------
    lang : {"ja", "en"}
        The language they say they support.

    Returns
    -------
    list of EntityRecognizer
        Of classes that derive from `presidio_analyzer.EntityRecognizer`; a text is read once for all of them.

    Raises
    ------
    MissingExtraError
        If presidio-analyzer is not installed.
    """
    try:
        from presidio_analyzer import (  # type: ignore[import-not-found, unused-ignore]
            EntityRecognizer,
            RecognizerResult,
        )
    except ImportError as error:
        raise MissingExtraError(
            "recognisers for Presidio need the package 'presidio-analyzer', which is not installed",
            hint="run: pip install presidio-analyzer",
        ) from error
    last: dict[str, list[PiiSpan]] = {}
    return [_make(kind, lang, (EntityRecognizer, RecognizerResult), last) for kind in _ENTITIES]


def _make(kind: str, lang: str, base: tuple[Any, Any], last: dict[str, list[PiiSpan]]) -> Any:
    """Make the recogniser of one kind."""
    parent, result = base
    entity = _ENTITIES[kind]

    def load(self: Any) -> None:
        """Nothing to load: rules are ready on import."""

    def analyze(self: Any, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
        if entity not in entities:
            return []
        if text not in last:
            spans = find_pii(text, lang)
            last.clear()
            last[text] = spans
        return [result(entity, s.start, s.end, s.score) for s in last[text] if s.kind == kind]

    name = "Vocmine" + "".join(part.title() for part in kind.split("_")) + "Recognizer"
    made = type(name, (parent,), {"load": load, "analyze": analyze, "__doc__": f"Finds {kind} by vocmine's rules."})
    return made(supported_entities=[entity], name=name, supported_language=lang)
