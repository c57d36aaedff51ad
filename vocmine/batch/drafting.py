"""A draft list of reasons from the contacts of a period, where the list in use does not fit them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from vocmine.batch.state import fingerprint, write_json
from vocmine.csvfile import read_csv, write_csv
from vocmine.errors import ContactError
from vocmine.results import ListFit
from vocmine.settings import Settings

NAME = "reasons_draft.csv"
_MADE = ".reasons_draft.json"
_FORMAT = 1  # of the table: a change makes it anew
_READ = 2_000  # contacts a draft is made of: twenty seconds or so, however many there are
_TEXTS = 1_500  # distinct texts that its groups are found in
_FEWEST = 30  # contacts
_LANGS = ("ja", "en")
_NUMBERS = ("n", "share", "low", "high", "n_read")
_TEXT = ("name_ja", "name_en", "group_ja", "group_en", "quote")


def wants_draft(settings: Settings, fit: ListFit | None, n: int) -> bool:
    """Whether a draft is made: where most contacts have no reason, and topics are wanted at all.

    Examples
    --------
    >>> wants_draft(Settings(), ListFit(100, 90), 100), wants_draft(Settings(), ListFit(100, 10), 100)
    (True, False)
    """
    return settings.topics and fit is not None and not fit.fits and n >= _FEWEST


def draft_reasons(contacts: pd.DataFrame) -> pd.DataFrame | None:
    """Draft reasons from contacts; of very many, from an even sample.

    Parameters
    ----------
    contacts : DataFrame
        Analysed contacts (masked texts).

    Returns
    -------
    DataFrame or None
        ``name_ja, name_en, group_ja, group_en, n, share, low, high, quote, n_read`` by reason, the largest first; a
        name that the draft has in one language stands for both. None where the contacts are too few or too much alike.
    """
    from vocmine.proposals import propose

    read = sample_of(contacts)
    try:
        proposed = propose(read, max_texts=_TEXTS)
    except ContactError:
        return None
    reasons = {reason.id: reason for reason in proposed.reasons}
    rows = []
    for row in proposed.figures.to_dict("records"):
        reason = reasons[str(row["id"])]
        group = reasons.get(reason.parent or "")
        texts = [text for examples in reason.examples.values() for text in examples]
        names = {f"name_{lang}": _named(reason.names, lang) for lang in _LANGS}
        groups = {f"group_{lang}": _named(group.names, lang) if group else "" for lang in _LANGS}
        figures = {"n": int(row["n"]), **{name: round(float(row[name]), 6) for name in ("share", "low", "high")}}
        rows.append({**names, **groups, **figures, "quote": texts[0] if texts else "", "n_read": len(read)})
    table = pd.DataFrame(rows, columns=[*_TEXT[:4], *_NUMBERS[:4], "quote", "n_read"])
    order = table.sort_values(["n", "name_ja", "name_en"], ascending=[False, True, True], kind="stable")
    return order.reset_index(drop=True) if len(table) else None


def _named(names: dict[str, str], lang: str) -> str:
    return str(names.get(lang) or next(iter(names.values()), ""))


def sample_of(contacts: pd.DataFrame, most: int = _READ) -> pd.DataFrame:
    """Draw contacts by a hash of their ids, so that the same ones are read in every order of rows.

    Examples
    --------
    >>> frame = pd.DataFrame({"contact_id": [f"c{i}" for i in range(9)]})
    >>> len(sample_of(frame, 4)), len(sample_of(frame, 20))
    (4, 9)
    """
    ordered = contacts.sort_values("contact_id", kind="stable")
    if len(ordered) <= most:
        return ordered.reset_index(drop=True)
    place = pd.util.hash_array(ordered["contact_id"].to_numpy(dtype=object))
    return ordered.iloc[np.sort(np.argsort(place, kind="stable")[:most])].reset_index(drop=True)


def draft_in(table: pd.DataFrame | None, lang: str) -> pd.DataFrame | None:
    """Give a draft as the report reads it, named in a language; None without one.

    Examples
    --------
    >>> table = pd.DataFrame({"name_ja": ["送料"], "name_en": ["Postage"], "group_ja": "", "group_en": "", "n": 3})
    >>> draft_in(table, "en").columns.tolist(), draft_in(table, "en")["name"].tolist()
    (['n', 'name', 'group'], ['Postage'])
    """
    if table is None:
        return None
    kept = table.drop(columns=[f"{key}_{each}" for key in ("name", "group") for each in _LANGS])
    return kept.assign(name=table[f"name_{lang}"], group=table[f"group_{lang}"])


def update_draft(home: Path, contacts: pd.DataFrame) -> pd.DataFrame | None:
    """Bring ``reasons_draft.csv`` up to date, made anew only where the contacts it is made of changed.

    Parameters
    ----------
    home : Path
        The results folder.
    contacts : DataFrame
        Analysed contacts of the period.
    """
    read = sample_of(contacts)
    texts = read[["contact_id", "text_clean"]].astype(str)
    made = fingerprint(_FORMAT, _READ, _TEXTS, pd.util.hash_pandas_object(texts, index=False).tolist())
    path = home / _MADE
    if path.exists() and json.loads(path.read_text(encoding="utf-8")).get("made") == made:
        table = read_csv(home / NAME, (*_TEXT, *_NUMBERS))
        table = table.assign(**{name: pd.to_numeric(table[name]) for name in _NUMBERS})
        return table if len(table) else None
    found = draft_reasons(contacts)
    table = pd.DataFrame(columns=[*_TEXT[:4], *_NUMBERS[:4], "quote", "n_read"]) if found is None else found
    write_csv(home / NAME, table)
    write_json(path, {"made": made})
    return found


def drop_draft(home: Path) -> None:
    """Take the draft of a folder away: its list fits now."""
    for name in (NAME, _MADE):
        (home / name).unlink(missing_ok=True)
