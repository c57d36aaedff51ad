"""Whose an id is: the system, or the family of files, that it comes from. The same number of two systems is two things.

An id belongs to its source. The source is the system that the mapping names, else the system whose export was
recognised, else the *family* of the file: its name without dates, numbers, and what marks a copy or a correction.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.reading import Notes
from vocmine.contacts.seen import SeenIds
from vocmine.contacts.shown_names import shown_word

SYSTEM = "source_system"
_ENDING = re.compile(
    r"(?:\.(?:csv|tsv|tab|txt|xlsx?|xlsm|xlsb|jsonl|ndjson|json|parquet|pq|gz|zip|bz2|xz|zst|vtt|srt|js|log|db"
    r"|sqlite3?|duckdb))+$"
)
_STAMP = re.compile(
    r"\d+t\d+z?|(?:令和|平成)?\d+ ?(?:年度?|月分?|日分?|週目?|時|分|秒|回目)"
    r"|(?<![a-z])(?:[rh]\d{1,2}(?=[._-])|[wq]\d{1,2}(?![a-z\d]))|\d+"
)
_COPY = re.compile(r"(?:の)?コピー|修正版?|訂正版?|最新版?|最終版?|再送|再出力|差し?替え?")
_CUT = re.compile(r"[\s_.()\[\]{}【】「」・,、~〜&+=#@:/-]+")
_MARKS = frozenset({
    "copy", "of", "final", "fixed", "corrected", "new", "latest", "v", "ver", "rev", "version", "から", "まで", "分",
    "fy", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january",
    "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
})
_TABLE = re.compile(r"\bfrom\s+([\w.\"`\[\]]+)", re.IGNORECASE)


def file_family(name: str) -> str:
    """Give the name of a file without dates, numbers and marks of a copy or correction; empty if nothing is left.

    Examples
    --------
    >>> [file_family(name) for name in ("calls_0401.csv", "Calls 2026-04-02 (1).csv.gz", "calls - コピー.xlsx")]
    ['calls', 'calls', 'calls']
    >>> file_family("問い合わせ一覧_令和8年4月分_修正版.csv"), file_family("2026-04-01.csv")
    ('問い合わせ一覧', '')
    """
    plain = _ENDING.sub("", unicodedata.normalize("NFKC", name).strip().casefold())
    words = _CUT.split(_COPY.sub(" ", _STAMP.sub(" ", plain)))
    return "_".join(word for word in words if word and word not in _MARKS)


def system_key(name: str) -> str:
    """Write the name of a system as it stands in front of an id: folded, without spaces.

    Examples
    --------
    >>> system_key("Zendesk Support"), system_key("ＣＲＭ")
    ('zendesk_support', 'crm')
    """
    return re.sub(r"[\s:]+", "_", unicodedata.normalize("NFKC", name).strip().casefold()).strip("_")


def system_name(told: str | None, adapter: str | None, place: Any, query: str | None = None) -> str:
    """Give the system that ids of a source belong to.

    Parameters
    ----------
    told : str or None
        The mapping's ``system``.
    adapter : str or None
        Name of the adapter that reads it.
    place : path, address or any
        The file, an SQLAlchemy address or web address, or a table in memory.
    query : str, optional
        The query of a database: its first table is part of the name.

    Returns
    -------
    str
        Lower case, without spaces. A file whose name is nothing but a date belongs to its folder's family.

    Examples
    --------
    >>> system_name("CRM", "zendesk", "a.json"), system_name(None, "zendesk", "a.json")
    ('crm', 'zendesk')
    >>> system_name(None, None, "chats/2026-04-01.csv"), system_name(None, None, "calls_0401.csv")
    ('chats', 'calls')
    >>> system_name(None, None, "sqlite:///crm.db", "SELECT * FROM notes WHERE day > 3")
    'crm.notes'
    """
    if told or adapter:
        return system_key(str(told or adapter))
    if not isinstance(place, str | os.PathLike):
        return "frame"
    path = PurePath(os.fspath(place).split("?")[0])
    family = shown_word(file_family(path.name) or file_family(path.parent.name) or "file")
    table = _TABLE.search(query or "")
    return family + ("." + system_key(re.sub(r"[\"`\[\]]", "", table[1])) if table else "")


def with_system(contacts: pd.DataFrame, system: str) -> pd.DataFrame:
    """Give the contacts with the system their ids belong to, where no other is told already.

    Examples
    --------
    >>> with_system(pd.DataFrame({"contact_id": ["1"]}), "crm")["source_system"].tolist()
    ['crm']
    """
    if SYSTEM not in contacts:
        return contacts.assign(**{SYSTEM: pd.Series(system, index=contacts.index, dtype="str")})
    told = contacts[SYSTEM]
    distinct = {name: system_key(str(name)) for name in told.dropna().unique()}
    return contacts.assign(**{SYSTEM: told.map(distinct).fillna(system).astype("str")})


def content_hashes(ids: np.ndarray, created_at: Any, channel: np.ndarray, text: np.ndarray) -> np.ndarray:
    """Hash what makes a contact the same contact wherever it stands: id, time, channel and text.

    Parameters
    ----------
    ids, channel, text : ndarray of object, shape (n,)
        Texts.
    created_at : DatetimeIndex of length n
        Times.

    Returns
    -------
    ndarray of uint64, shape (n,)
    """
    out = np.asarray(pd.DatetimeIndex(created_at).as_unit("us").asi8).astype(np.uint64)
    for cells in (ids, channel, text):
        hashes = pd.util.hash_array(np.asarray(cells, dtype=object), categorize=False)
        out = (out * np.uint64(0x9E3779B97F4A7C15)) ^ (out >> np.uint64(29)) ^ hashes
    return out


class CallIds:
    """The ids of all sources of one call, by the system they belong to.

    An id that another system brought before is kept apart: it is written ``system:id``. A row that another system
    brought before with the same id, time, channel and text is the same contact under another name: a duplicate.

    Parameters
    ----------
    several : bool
        Whether the call has several sources; with one there is nothing to keep apart, and nothing more is kept.

    Examples
    --------
    >>> ids = CallIds()
    >>> one = np.array(["1", "2"], dtype=object)
    >>> ids.of("calls").add(one).tolist(), ids.of("calls").add(one).tolist(), ids.of("chats").add(one).tolist()
    ([False, False], [True, True], [False, False])
    >>> notes, contacts = Notes(), pd.DataFrame({"contact_id": ["1", "2"]})
    >>> ids.of("calls").apart(contacts, notes)["contact_id"].tolist()
    ['1', '2']
    >>> ids.of("chats").apart(contacts, notes)["contact_id"].tolist(), notes.doubts[0].rows
    (['chats:1', 'chats:2'], 2)
    """

    def __init__(self, several: bool = True) -> None:
        self.several = several
        self.seen: dict[str, SeenIds] = {}
        self.contents: dict[str, SeenIds] = {}
        self.given = SeenIds()

    def of(self, system: str) -> SystemIds:
        """Give the ids of one system."""
        return SystemIds(self, system)


class SystemIds:
    """The ids of one system in a call (see `CallIds`)."""

    def __init__(self, call: CallIds | None = None, system: str = "") -> None:
        self._call, self._system = CallIds(several=False) if call is None else call, system
        self._own = self._call.seen.setdefault(system, SeenIds())
        self._contents = self._call.contents.setdefault(system, SeenIds())

    @property
    def wants_contents(self) -> bool:
        """Whether `add` has a use for the hashes of contents."""
        return self._call.several

    def add(self, ids: np.ndarray, contents: np.ndarray | None = None) -> np.ndarray:
        """Add ids; tell for each whether it is a duplicate.

        Parameters
        ----------
        ids : ndarray of object, shape (n,)
            As the source has them.
        contents : ndarray of uint64, shape (n,), optional
            As `content_hashes` gives them.
        """
        again = self._own.add(ids)
        if contents is not None and self._call.several:
            for system, other in self._call.contents.items():
                if system != self._system:
                    again |= other.has_hashes(contents)
            self._contents.add_hashes(contents)
        return again

    def apart(self, contacts: pd.DataFrame, notes: Notes | None = None) -> pd.DataFrame:
        """Give the accepted contacts of this system with their ids kept apart from those of systems before it."""
        if not self._call.several or not len(contacts):
            return contacts
        ids = contacts["contact_id"].to_numpy(dtype=object).copy()
        taken = self._call.given.has(ids)
        n_apart = int(taken.sum())
        while taken.any():  # more than once only where an id looks like one that was kept apart
            ids[taken] = f"{self._system}:" + ids[taken]
            taken &= self._call.given.has(ids)
        self._call.given.add(ids)
        if not n_apart:
            return contacts
        if notes is not None:
            line = f"system: {self._system}"
            notes.doubt("ids_kept_apart", "contact_id", rows=n_apart, shown=self._system, line=line)
        return contacts.assign(contact_id=pd.Series(ids, index=contacts.index, dtype=contacts["contact_id"].dtype))
