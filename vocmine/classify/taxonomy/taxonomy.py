"""The list of contact reasons: names, descriptions, examples and patterns, as YAML or dict, checked as a whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any, cast

import pandas as pd

from vocmine.classify.taxonomy.core import core_data, with_core
from vocmine.classify.taxonomy.masked_words import with_masked_words
from vocmine.classify.taxonomy.trades import DEFAULT_TRADE, shipped_trades, trade_data, trade_named
from vocmine.classify.taxonomy.validation import check
from vocmine.errors import SettingsError
from vocmine.yamlfile import read_yaml

LANGUAGES = ("ja", "en")


@dataclass(frozen=True)
class Reason:
    """One contact reason.

    Parameters
    ----------
    id : str
        Key that lasts; what tags hold.
    names, descriptions : dict of str to str
        By language (``ja``, ``en``); the key ``""`` where the language was not said.
    parent : str or None
        Id of the reason it belongs to.
    examples : dict of str to tuple of str
        What customers or agents write, by language.
    patterns : tuple of str
        Regular expressions on the normalised text.
    hints : tuple of str
        Wider ones, less sure: they count only where no pattern of any reason matches.
    demand : str or None
        ``value`` (the customer wants something) or ``failure`` (something went wrong).
    team : str or None
        Who owns it.
    """

    id: str
    names: dict[str, str]
    parent: str | None = None
    descriptions: dict[str, str] = field(default_factory=dict)
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    demand: str | None = None
    team: str | None = None

    def name(self, lang: str = "ja") -> str:
        """Give the name in ``lang``, or the one it has."""
        return self.names.get(lang) or next(iter(self.names.values()))


@dataclass(frozen=True)
class Taxonomy:
    """A tree of contact reasons. Make it with `from_yaml`, `from_dict` or `default`.

    Parameters
    ----------
    reasons : tuple of Reason
        All reasons, groups too, in the order given.
    version : str
        Free; shown in reports.
    trade : str
        The trade whose shipped list it is; empty for the default list and for your own.

    See Also
    --------
    vocmine.classify.diff : What changed between two taxonomies.
    vocmine.classify.gaps : Where a taxonomy does not fit the contacts.

    Examples
    --------
    >>> taxonomy = Taxonomy.from_dict({"reasons": [
    ...     {"id": "bill", "name": {"ja": "請求", "en": "Billing"}},
    ...     {"id": "bill.refund", "name": "返金", "parent": "bill", "demand": "failure"}]})
    >>> taxonomy.leaves, taxonomy.names("en")
    (('bill.refund',), {'bill': 'Billing', 'bill.refund': '返金'})
    """

    reasons: tuple[Reason, ...]
    version: str = ""
    trade: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: str = "taxonomy") -> Taxonomy:
        """Make a taxonomy from plain values.

        Parameters
        ----------
        data : mapping
            ``reasons``: a list of mappings with ``id`` and ``name``, and where you like ``parent``, ``description``,
            ``examples``, ``patterns``, ``hints``, ``demand``, ``team``; names, descriptions and examples may be given
            by language.
            ``words``: named parts of patterns, written ``{name}`` in them. ``version``: any text. ``uses``: ids of the
            default list's reasons to take as they are, so that figures can be compared; ``more``: a list of such ids
            with ``examples``, ``patterns`` and ``hints`` to add.
            Personal data in names, descriptions, examples and teams is masked, as in the contacts.
        where : str
            Named in messages, for instance the file.

        Raises
        ------
        SettingsError
            With every mistake at once: unknown keys (and the nearest right one), ids missing, double or in a circle,
            patterns that are no regular expression.
        """
        check(data, where)
        return _made(with_masked_words(data))

    @classmethod
    def from_yaml(cls, path: str | os.PathLike[str]) -> Taxonomy:
        """Read a YAML file in UTF-8; see `from_dict` for its keys and errors.

        A key that is given twice is a mistake too: YAML alone would silently keep the last.
        """
        file = read_yaml(path, "taxonomy")
        check(file.value, file.path, file)
        return cls.from_dict(file.value, where=file.path)

    @classmethod
    def default(cls, lang: str | None = None) -> Taxonomy:
        """Give the taxonomy that comes with vocmine: 34 reasons of a support desk in 6 groups, Japanese and English.

        Parameters
        ----------
        lang : {'ja', 'en'}, optional
            Keep the names, descriptions and examples of one language only.

        Examples
        --------
        >>> len(Taxonomy.default().leaves), Taxonomy.default().names("en")["billing.refund"]
        (34, 'Refund')
        """
        _known_language(lang, "Taxonomy.default")
        return _in_language(_shipped(DEFAULT_TRADE), lang)

    @classmethod
    def for_trade(cls, trade: str, lang: str | None = None) -> Taxonomy:
        """Give the list of reasons that comes with vocmine for a trade.

        It shares ids with the default list where a reason is the same (billing, account, delivery, service).

        Parameters
        ----------
        trade : str
            Id or name of a trade (see `trades`), or another word for it, such as ``hotel`` or ``銀行``.
        lang : {'ja', 'en'}, optional
            Keep the names, descriptions and examples of one language only.

        Raises
        ------
        SettingsError
            If there is no list for the trade; with the nearest one.

        See Also
        --------
        vocmine.classify.suggest_trade : Which list fits some contacts.

        Examples
        --------
        >>> hotel = Taxonomy.for_trade("hotel", "en")
        >>> hotel.trade, hotel["stay.noise"].name("en"), "billing.refund" in hotel
        ('travel_hotel', 'Noise', True)
        """
        _known_language(lang, "Taxonomy.for_trade")
        return _in_language(_shipped(trade_named(trade).id), lang)

    @classmethod
    def trades(cls) -> pd.DataFrame:
        """List the trades that have a list: ``trade``, ``name_ja``, ``name_en``, ``n_reasons``.

        Examples
        --------
        >>> Taxonomy.trades().set_index("trade").loc["bank_card", "name_en"]
        'Banks and cards'
        """
        rows = [(t.id, t.names["ja"], t.names["en"], len(_shipped(t.id).leaves)) for t in shipped_trades()]
        return pd.DataFrame(rows, columns=["trade", "name_ja", "name_en", "n_reasons"])

    @classmethod
    def propose(
        cls, texts: Any, *, previous: Taxonomy | str | os.PathLike[str] | None = None, **options: Any
    ) -> Taxonomy:
        """Draft a list of reasons from contacts: see `vocmine.proposals.propose`.

        Parameters
        ----------
        texts : list of str, Series, contacts frame or analysed frame
        previous : Taxonomy or path, optional
            An earlier list, whose ids are kept.
        **options
            As `vocmine.proposals.propose` takes them.

        Returns
        -------
        ProposedTaxonomy
            With ``to_yaml`` and the figures it rests on.
        """
        # named, not imported: a proposal needs topics, which this package must not know
        propose = import_module("vocmine.proposals").propose
        return cast("Taxonomy", propose(texts, previous=previous, **options))

    @property
    def leaves(self) -> tuple[str, ...]:
        """Ids of the reasons that have no reasons below them: what a contact is tagged with."""
        parents = {r.parent for r in self.reasons}
        return tuple(r.id for r in self.reasons if r.id not in parents)

    def __getitem__(self, reason_id: str) -> Reason:
        for reason in self.reasons:
            if reason.id == reason_id:
                return reason
        raise KeyError(reason_id)

    def __contains__(self, reason_id: object) -> bool:
        return any(r.id == reason_id for r in self.reasons)

    def __len__(self) -> int:
        return len(self.reasons)

    def names(self, lang: str = "ja") -> dict[str, str]:
        """Give the name of each reason, groups too, in ``lang`` (or the one it has)."""
        return {r.id: r.name(lang) for r in self.reasons}

    def demand(self) -> dict[str, str]:
        """Give ``value`` or ``failure`` for each reason that says so."""
        return {r.id: r.demand for r in self.reasons if r.demand}

    def teams(self) -> dict[str, str]:
        """Give the owner team of each reason that has one."""
        return {r.id: r.team for r in self.reasons if r.team}

    def path(self, reason_id: str) -> tuple[str, ...]:
        """Give the ids from the topmost group down to a reason.

        Examples
        --------
        >>> Taxonomy.default().path("billing.refund")
        ('billing', 'billing.refund')
        """
        out, at = [reason_id], self[reason_id].parent
        while at is not None:
            out.append(at)
            at = self[at].parent
        return tuple(reversed(out))

    def to_dict(self) -> dict[str, Any]:
        """Give plain values from which `from_dict` makes the same taxonomy."""
        trade = {"trade": self.trade} if self.trade else {}
        return {"version": self.version, **trade, "reasons": [_plain(r) for r in self.reasons]}

    def to_frame(self) -> pd.DataFrame:
        """Give a row a reason: id, parent, name_ja, name_en, demand, team, n_examples, n_patterns."""
        rows = [
            {"id": r.id, "parent": r.parent, "name_ja": r.name("ja"), "name_en": r.name("en"), "demand": r.demand,
             "team": r.team, "n_examples": sum(map(len, r.examples.values())), "n_patterns": len(r.patterns)}
            for r in self.reasons
        ]
        return pd.DataFrame(rows)


@lru_cache(maxsize=16)
def _shipped(trade: str) -> Taxonomy:
    data = core_data() if trade == DEFAULT_TRADE else trade_data(trade_named(trade))
    check(data, f"shipped list {trade}")
    return _made(data)


def _made(data: Mapping[str, Any]) -> Taxonomy:
    whole = with_core(data)
    words, version, trade = whole.get("words") or {}, str(data.get("version") or ""), str(data.get("trade") or "")
    return Taxonomy(tuple(_reason(item, words) for item in whole["reasons"]), version, trade)


def _known_language(lang: str | None, where: str) -> None:
    if lang is not None and lang not in LANGUAGES:
        raise SettingsError("unknown language", where=where, got=repr(lang), expected="ja, en or None")


def _in_language(whole: Taxonomy, lang: str | None) -> Taxonomy:
    if lang is None:
        return whole
    return Taxonomy(tuple(_only(r, lang) for r in whole.reasons), whole.version, whole.trade)


def _reason(item: Mapping[str, Any], words: Mapping[str, str]) -> Reason:
    from vocmine.classify.taxonomy.patterns import expand

    examples = item.get("examples") or {}
    by_lang = examples if isinstance(examples, Mapping) else {"": examples}
    return Reason(
        id=item["id"],
        names=_by_language(item["name"]),
        parent=item.get("parent"),
        descriptions=_by_language(item.get("description")),
        examples={lang: tuple(texts) for lang, texts in by_lang.items() if texts},
        patterns=tuple(expand(p, words) for p in item.get("patterns") or ()),
        hints=tuple(expand(p, words) for p in item.get("hints") or ()),
        demand=item.get("demand"),
        team=item.get("team"),
    )


def _by_language(value: Any) -> dict[str, str]:
    if not value:
        return {}
    return dict(value) if isinstance(value, Mapping) else {"": str(value)}


def _only(reason: Reason, lang: str) -> Reason:
    def pick(values: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in values.items() if key in {lang, ""}}

    return Reason(**{
        **{f: getattr(reason, f) for f in reason.__dataclass_fields__},
        "names": pick(reason.names), "descriptions": pick(reason.descriptions), "examples": pick(reason.examples),
    })


def _plain(reason: Reason) -> dict[str, Any]:
    plain = asdict(reason)
    plain["name"], plain["description"] = plain.pop("names"), plain.pop("descriptions")
    plain["examples"] = {lang: list(texts) for lang, texts in plain["examples"].items()}
    plain["patterns"], plain["hints"] = list(plain["patterns"]), list(plain["hints"])
    return {key: value for key, value in plain.items() if value not in (None, {}, [])}
