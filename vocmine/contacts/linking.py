"""People who stand in several customer tables without a common key: found by likeness, with a stated precision."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings
from vocmine.contacts.customers import (
    ATTRIBUTES,
    Customers,
    customer_columns,
    email_keys,
    phone_keys,
    read_customers,
)
from vocmine.contacts.identity import system_key
from vocmine.contacts.values import by_distinct
from vocmine.errors import ContactError, SettingsError, missing_extra

_LEAST = 0.5  # a pair that is more likely two people than one is never linked
_PAIRS = 1e6  # random pairs that chance agreement is estimated on
_FOUND = 0.8  # share of the true pairs that agree in phone or e-mail to the letter: sets where the estimate begins
_PLACES = 6


@dataclass(frozen=True)
class PeopleLinks:
    """Who of several customer tables is one person.

    Parameters
    ----------
    people : DataFrame
        A row a row of the tables that has an id: ``system, id, person``.
    n_links : int
        Pairs that were accepted.
    expected_precision : float
        Mean probability of the accepted pairs to be one person each, as the model estimates it; NaN without any.
    threshold : float
        The lowest probability that was accepted.
    table : DataFrame
        A row a person: ``customer_id``, ``SYSTEM_id`` of each
        system, ``email, phone, segment, plan, revenue, customer_since`` where the tables have them.
    """

    people: pd.DataFrame
    n_links: int
    expected_precision: float
    threshold: float
    table: pd.DataFrame

    def customers(self) -> Customers:
        """Give the people as customers that contacts can be linked to."""
        ids = [str(name) for name in self.table.columns if str(name).endswith("_id")]
        return read_customers(self.table, dict(zip(ids, ids, strict=True)))


def link_people(tables: Mapping[str, pd.DataFrame], *, precision: float = 0.99, seed: int = 0) -> PeopleLinks:
    """Link the rows of customer tables of several systems that are probably one person each.

    A Fellegi-Sunter model (splink on DuckDB) compares name, reading, e-mail, phone and postcode, allows for slips of
    the pen, and is fitted by expectation maximisation; nothing needs to be labelled. Of the pairs that agree in one of
    them to the letter the likeliest are accepted for as long as their mean probability is not below `precision`. A
    person has one row of each table at most; where two rows are equally good neither is taken.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        System -> its customers, with an id and two or more of name, reading, e-mail and phone; names of columns as for
        `vocmine.contacts.customers.read_customers`.
    precision : float
        Share of the accepted pairs that should be one person each. The model's own estimate: check some by hand.
    seed : int
        Of the random pairs.

    Returns
    -------
    PeopleLinks

    Raises
    ------
    MissingExtraError
        If splink is not installed (``pip install 'vocmine[linking]'``).
    SettingsError
        If `precision` is no share.
    ContactError
        If there are fewer than two tables, one has no id, or they have too little in common.

    Examples
    --------
    >>> link_people({"crm": pd.DataFrame({"顧客ID": ["1"], "氏名": ["見本 花子"]})})
    Traceback (most recent call last):
    vocmine.errors.ContactError: people are linked between two or more tables; where: tables; got: crm
    """
    if not _LEAST <= precision < 1:
        raise SettingsError("wrong precision", where="precision", got=str(precision), expected="0.5 to below 1")
    if len(tables) < 2:
        raise ContactError("people are linked between two or more tables", where="tables", got=", ".join(tables))
    rows = {system_key(system): _comparable(frame, system) for system, frame in tables.items()}
    everyone = pd.concat(rows.values(), keys=rows.keys(), names=["system", None]).reset_index("system")
    used = [name for name in _READERS if _common(everyone, name)]
    keys = [name for name in used if name != "postcode"]
    if len(keys) < 2:
        raise ContactError(
            "the tables have too little in common", where="tables", got=", ".join(used) or "nothing",
            expected="two or more of name, kana, email, phone in two tables or more",
        )
    pairs, person = _matched({system: frame[["id", *used]] for system, frame in rows.items()}, used, precision, seed)
    people = everyone[["system", "id"]].reset_index(drop=True)
    names = pd.MultiIndex.from_frame(people).map(person)
    people["person"] = [name or f"{s}:{i}" for name, s, i in zip(names, people["system"], people["id"], strict=True)]
    accepted = pairs["match_probability"]
    return PeopleLinks(
        people, len(pairs), float(accepted.mean()), float(accepted.min()), _table(everyone, people["person"])
    )


def _name_key(cell: str) -> str:
    """Write a name so that two ways of writing it are one: width, case, spaces; order of words in Latin letters."""
    folded = unicodedata.normalize("NFKC", cell).casefold()
    folded = re.sub(r"(様|さま|さん|殿|御中)$", "", folded.strip())
    words = [word for word in re.split(r"[\s,.・･]+", folded) if word]
    return " ".join(sorted(words)) if folded.isascii() else "".join(words)


def _kana_key(cell: str) -> str:
    """Write a reading in katakana without spaces, whatever kana it was in."""
    folded = _name_key(cell)
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in folded)


_READERS: dict[str, Callable[[str], str]] = {
    "name": _name_key,
    "kana": _kana_key,
    "email": lambda cell: next(iter(email_keys(cell)), ""),
    "phone": lambda cell: next(iter(phone_keys(cell)), ""),
    "postcode": lambda cell: re.sub(r"\D", "", unicodedata.normalize("NFKC", cell)),
}


def _comparable(frame: pd.DataFrame, system: str) -> pd.DataFrame:
    """Give the rows of a table that have an id, once each, with what is compared, in the order of the ids."""
    columns = customer_columns(frame)
    own = columns.get("customer_id") or columns.get(f"{system_key(system)}_id")
    if own is None:
        got = ", ".join(map(str, frame.columns))[:300]
        raise ContactError("a table without ids", where=system, got=got, expected="a column such as customer_id")
    out = pd.DataFrame({"id": [text.strip() for text in as_strings(frame[own])]})
    for name, read in _READERS.items():
        cells = by_distinct(as_strings(frame[columns[name]]), read) if name in columns else np.full(len(frame), "")
        out[name] = pd.Series(cells, dtype=object).where(cells != "", None)
    for name in ATTRIBUTES:
        if name in columns:
            out[name] = frame[columns[name]].to_numpy()
    return out[out["id"] != ""].drop_duplicates("id").sort_values("id", kind="stable", ignore_index=True)


def _common(everyone: pd.DataFrame, name: str) -> bool:
    return len(set(everyone.loc[everyone[name].notna(), "system"])) > 1


def _matched(
    rows: dict[str, pd.DataFrame], used: list[str], precision: float, seed: int
) -> tuple[pd.DataFrame, dict[tuple[str, str], str]]:
    """Give the accepted pairs, and the person of each (system, id) that is in one."""
    linker = _trained(rows, used, seed)
    predicted = linker.inference.predict(threshold_match_probability=_LEAST)
    found = predicted.as_pandas_dataframe().assign(match_probability=lambda t: t["match_probability"].round(_PLACES))
    ordered = found.sort_values("match_probability", ascending=False, kind="stable", ignore_index=True)
    mean = ordered["match_probability"].expanding().mean().to_numpy()
    if not (mean >= precision).any():
        return ordered.iloc[:0], {}
    lowest = float(ordered["match_probability"].iloc[np.flatnonzero(mean >= precision)[-1]])
    accepted = ordered[ordered["match_probability"] >= lowest]
    clusters = linker.clustering.cluster_using_single_best_links(
        predicted, duplicate_free_datasets=list(rows), ties_method="drop",
        threshold_match_probability=max(lowest - 10.0**-_PLACES, _LEAST),
    ).as_pandas_dataframe()
    order = {system: place for place, system in enumerate(rows)}
    members = clusters.assign(place=clusters["source_dataset"].map(order)).sort_values(["place", "unique_id"])
    first = members.groupby("cluster_id")[["source_dataset", "unique_id"]].transform("first")
    names = first["source_dataset"] + ":" + first["unique_id"]
    return accepted, dict(zip(zip(members["source_dataset"], members["unique_id"], strict=True), names, strict=True))


def _trained(rows: dict[str, pd.DataFrame], used: list[str], seed: int) -> Any:
    """Fit the model: chance agreement on random pairs, true agreement on the pairs that share one value."""
    try:
        import duckdb
        import splink.comparison_library as compare
        from splink import Linker, SettingsCreator, block_on
        from splink.backends.duckdb import DuckDBAPI
    except ImportError:
        raise missing_extra("splink", "linking", "linking people by likeness") from None
    likeness = {
        "name": compare.JaroWinklerAtThresholds("name", [0.92, 0.8]),
        "kana": compare.JaroWinklerAtThresholds("kana", [0.92, 0.8]),
        "email": compare.LevenshteinAtThresholds("email", [2]),
        "phone": compare.LevenshteinAtThresholds("phone", [1, 2]),
        "postcode": compare.ExactMatch("postcode"),
    }
    keys = [name for name in used if name != "postcode"]
    settings = SettingsCreator(
        link_type="link_only", comparisons=[likeness[name] for name in used],
        blocking_rules_to_generate_predictions=[block_on(name) for name in keys],
    )
    api = DuckDBAPI(duckdb.connect(":memory:", config={"threads": 1}))  # one thread adds up in one order
    tables = [
        api.register(frame.rename(columns={"id": "unique_id"}), dataset_display_name=system)
        for system, frame in rows.items()
    ]
    linker = Linker(tables, settings, log_level=logging.ERROR)
    sure: list[Any] = [block_on(name) for name in keys if name in ("email", "phone")] or [block_on(*keys)]
    linker.training.estimate_probability_two_random_records_match(sure, recall=_FOUND)
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=seed + 1)
    for name in keys:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(name), record_sample_proportion=1.0)
    return linker


def _table(everyone: pd.DataFrame, person: pd.Series) -> pd.DataFrame:
    """Give a row a person, with the ids of the systems and what the tables know; the first table that knows it wins."""
    rows = everyone.reset_index(drop=True).assign(customer_id=person)
    grouped = rows.groupby("customer_id", sort=True)
    out = grouped[[name for name in ATTRIBUTES if name in rows]].first()
    for name in ("email", "phone"):
        out[name] = grouped[name].agg(lambda cells: "; ".join(dict.fromkeys(cells.dropna())))
    for system in dict.fromkeys(rows["system"]):
        here = rows[rows["system"] == system].drop_duplicates("customer_id").set_index("customer_id")["id"]
        out[f"{system}_id"] = here.reindex(out.index)
    return out.reset_index()
