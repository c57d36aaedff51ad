"""Which contact each row is: a new one, a newer word on a stored one, the same again, or another with a taken number.

An id belongs to its source (`vocmine.contacts.identity`). Of two rows with one id:

- of one source: the later ``updated_at`` counts. Where a row has none, equal contents are the same again; the same
  time with the same channel or text, or the same channel and text with another time, is a correction, and the later
  row counts. Anything else is another contact whose number was used twice in one source, and it is refused;
- of two sources: equal time, channel and text are one contact read under another name; everything else is kept
  apart, the later as ``source:id``. An id that was given once is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from vocmine.batch.contact_source import KnownContacts
from vocmine.batch.contact_store import system_hashes
from vocmine.contacts.identity import SYSTEM

_SAME, _NEWER, _OLDER, _OTHER = "same", "newer", "older", "other"
_DAY = 86_400_000_000  # microseconds: an update that is written as a date alone may seem to be before its contact
_DEPTH = 3  # how often a source's name may stand before an id; two is rare enough


@dataclass(frozen=True)
class Settled:
    """Rows of some chunks, settled.

    Parameters
    ----------
    contacts, tags : DataFrame
        To be stored, under the ids they are stored with; each id once.
    refused : DataFrame
        ``chunk`` (number) and ``contact_id`` of rows whose id is another contact's of the same source.
    n_new, n_replaced, n_unchanged : int
        Accepted rows that brought a contact, changed a known one, or said what is known.
    n_apart : int
        Contacts among them that stand under ``source:id``.
    """

    contacts: pd.DataFrame
    tags: pd.DataFrame
    refused: pd.DataFrame
    n_new: int = 0
    n_replaced: int = 0
    n_unchanged: int = 0
    n_apart: int = 0


@dataclass
class _Row:
    """What decides about a contact: a stored one (``place`` -1) or the row at a place; times in microseconds."""

    system: str | None
    created: int
    updated: int | None
    channel: str
    text: str
    content: int
    place: int = -1


@dataclass
class _Held:
    """What is known of one stored id while rows are settled."""

    now: _Row
    stored: _Row | None
    rows: int = 0
    changes: int = 0


@dataclass
class _Desk:
    """The rows of some chunks, what is held under each id, and what was refused."""

    store: KnownContacts
    held: dict[str, _Held | None] = field(default_factory=dict)  # None: another source's contact, not read
    plain: set[str] = field(default_factory=set)
    refused: list[int] = field(default_factory=list)


def settle(store: KnownContacts, chunks: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> Settled:
    """Settle the rows of chunks, in their order, against what is stored and against each other.

    Parameters
    ----------
    store : KnownContacts
        What is stored; nothing is written.
    chunks : sequence of (DataFrame, DataFrame)
        Storable contacts, each id once in a chunk, and their tags.
    """
    rows = pd.concat([contacts for contacts, _ in chunks], ignore_index=True)
    chunk = np.repeat(np.arange(len(chunks)), [len(contacts) for contacts, _ in chunks])
    if SYSTEM not in rows:
        rows[SYSTEM] = None
    ids = rows["contact_id"].to_numpy(dtype=object)
    contested = rows["contact_id"].duplicated(keep=False).to_numpy() | store.known(ids)["day"].notna().to_numpy()
    named = rows[SYSTEM].astype(object).fillna("").astype(str) + ":" + rows["contact_id"].astype(str)
    contested |= store.known(named.to_numpy(dtype=object))["day"].notna().to_numpy()
    bases = [_base(contact_id, system) for contact_id, system in zip(ids.tolist(), _systems(rows), strict=True)]
    apart = np.array([base is not None for base in bases], dtype=bool)
    contested |= apart | np.isin(ids, [base for base in bases if base is not None])
    public = ids.copy()
    desk = _Desk(store, plain=set(ids[~contested]))
    if contested.any():
        _read_held(desk, rows[contested])
        for row in _as_rows(rows[contested], np.flatnonzero(contested)):
            public[row.place] = _place(desk, str(ids[row.place]), row)
    keep, systems = ~contested, rows[SYSTEM].to_numpy(dtype=object)
    for held in desk.held.values():
        if held is not None and held.now.place >= 0:
            keep[held.now.place], systems[held.now.place] = True, held.now.system
    own = {name: pd.Series(cells, dtype="str") for name, cells in (("contact_id", public), (SYSTEM, systems))}
    contacts = rows.assign(**own)[keep].reset_index(drop=True)
    new, replaced, unchanged = _counts(desk, int((~contested).sum()))
    return Settled(
        contacts, _kept_tags(chunks, chunk[keep], ids[keep], public[keep]),
        pd.DataFrame({"chunk": chunk[desk.refused], "contact_id": ids[desk.refused]}),
        new, replaced, unchanged, n_apart=_count_apart(contacts[((public != ids) | apart)[keep]]),
    )


def _count_apart(contacts: pd.DataFrame) -> int:
    pairs = zip(contacts["contact_id"].tolist(), _systems(contacts), strict=True)
    return sum(_base(contact_id, system) is not None for contact_id, system in pairs)


def _counts(desk: _Desk, new: int) -> tuple[int, int, int]:
    """Count new, replaced and unchanged rows, those that nobody contested being new."""
    replaced, unchanged = 0, 0
    for held in desk.held.values():
        if held is None or not held.rows:
            continue
        if held.stored is None:
            new, replaced, unchanged = new + 1, replaced + held.changes, unchanged + held.rows - held.changes - 1
        elif held.now.content == held.stored.content:  # the same files again: whatever came between, nothing changed
            unchanged += held.rows
        else:
            replaced, unchanged = replaced + held.changes, unchanged + held.rows - held.changes
    return new, replaced, unchanged


def _base(contact_id: str, system: str | None) -> str | None:
    """Give the id that was kept apart by the reader of several files (``system:id``); None where it was not."""
    base = contact_id.removeprefix(f"{system}:") if system else contact_id
    return base if base != contact_id else None


def _candidates(contact_id: str, system: str | None) -> list[str]:
    """Give the ids that a contact may be stored under, in the order they are tried."""
    return [f"{system}:" * depth + contact_id for depth in range(_DEPTH if system else 1)]


def _place(desk: _Desk, contact_id: str, row: _Row) -> str:
    """Find the id that a row is stored under and note what it does there; its own id where it is refused."""
    base = _base(contact_id, row.system)
    names = [*([] if base is None else [base]), *_candidates(contact_id, row.system)]
    own = [public for public in names if (there := desk.held.get(public)) and there.now.system == row.system]
    for public in (*own, *_candidates(contact_id, row.system)):
        if public not in desk.held:
            if public in desk.plain:
                continue
            desk.held[public] = _Held(row, None, rows=1)
            return public
        held = desk.held[public]
        if held is None:
            continue
        found = _compare(held.now, row)
        if held.now.system in (row.system, None) and (found != _OTHER or held.now.system is not None):
            if found == _OTHER:
                break
        elif not _is_twin(held.now, row):
            continue
        _update(held, row, found)
        return public
    desk.refused.append(row.place)
    return contact_id


def _update(held: _Held, row: _Row, found: str) -> None:
    held.rows += 1
    if found == _OLDER:
        return
    held.changes += found == _NEWER
    row.system = held.now.system or row.system
    held.now = row


def _compare(held: _Row, row: _Row) -> str:
    """Tell what a row of the same id and source is to the contact that is held."""
    if held.content == row.content:
        return _SAME
    if held.updated is not None and row.updated is not None:
        if held.updated + _DAY < row.created or row.updated + _DAY < held.created:
            return _OTHER  # nothing is changed before it begins
        if held.updated != row.updated:
            return _NEWER if row.updated > held.updated else _OLDER
    same_channel, same_text = held.channel == row.channel, held.text == row.text
    if held.created == row.created:
        return _NEWER if same_channel or same_text else _OTHER
    return _NEWER if same_channel and same_text else _OTHER


def _is_twin(held: _Row, row: _Row) -> bool:
    """Tell whether a row of another source is the very contact that is held."""
    return bool(held.created == row.created and held.channel == row.channel and held.text == row.text)


def _read_held(desk: _Desk, rows: pd.DataFrame) -> None:
    """Look up what is stored under the ids that rows may be stored under; read no more of it than decides."""
    asked = pd.DataFrame({"public": rows["contact_id"].tolist(), "system": _systems(rows), "created": _times(rows)})
    found, own = _look_up(desk, asked)
    more = asked[~own]  # an id that is its own system's is the row's: no other need be tried
    deeper = [
        (public, system, created)
        for contact_id, system, created in zip(*(more[name].tolist() for name in asked), strict=True)
        for public in (_base(contact_id, system), *_candidates(contact_id, system)[1:])
        if public is not None
    ]
    further, _ = _look_up(desk, pd.DataFrame(deeper, columns=list(asked)))
    stored = desk.store.read_ids(found | further)
    places = np.full(len(stored), -1)
    for name, row in zip(stored["contact_id"].tolist(), _as_rows(stored, places), strict=True):
        desk.held[name] = _Held(row, row)


def _look_up(desk: _Desk, asked: pd.DataFrame) -> tuple[dict[str, str], np.ndarray]:
    """Note which ids are stored; give the day of those worth reading, and which rows found one of their own system."""
    found = desk.store.known(asked["public"].to_numpy(dtype=object))
    there = found["day"].notna().to_numpy()
    desk.held.update(dict.fromkeys(asked["public"][there]))
    own = there & (found["system"].to_numpy() == system_hashes(asked["system"])) & asked["system"].notna().to_numpy()
    wanted = own | (there & (found["system"].to_numpy() == 0))
    wanted |= there & (found["created"].to_numpy() == asked["created"].to_numpy())
    return dict(zip(asked["public"][wanted], found["day"][wanted], strict=True)), own


def _systems(rows: pd.DataFrame) -> list[str | None]:
    return rows[SYSTEM].astype(object).where(rows[SYSTEM].notna(), None).tolist()


def _times(rows: pd.DataFrame, name: str = "created_at") -> np.ndarray:
    return np.asarray(pd.DatetimeIndex(rows[name]).as_unit("us").asi8)


def _as_rows(frame: pd.DataFrame, places: np.ndarray) -> Iterable[_Row]:
    updated: list[int | None] = [None] * len(frame)
    if "updated_at" in frame:
        times = zip(_times(frame, "updated_at").tolist(), frame["updated_at"].notna(), strict=True)
        updated = [time if known else None for time, known in times]
    columns = (
        _systems(frame), _times(frame).tolist(), updated, frame["channel"].astype(str).tolist(),
        frame["text"].astype(str).tolist(), _contents(frame).tolist(), places.tolist(),
    )
    return [_Row(*values) for values in zip(*columns, strict=True)]


def _contents(frame: pd.DataFrame) -> np.ndarray:
    """Hash all that is known of each contact, but its id and source; a column without values counts as not there."""
    out = np.zeros(len(frame), dtype=np.uint64)
    for name in sorted(frame.columns):
        if name in ("contact_id", SYSTEM):
            continue
        column = frame[name]
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            texts = column.dt.as_unit("us").astype("int64").astype(str)
        elif pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_bool_dtype(column.dtype):
            texts = column.astype("float64").astype(str)
        else:
            texts = column.astype(str)
        hashes = pd.util.hash_array(texts.to_numpy(dtype=object)) ^ pd.util.hash_array(np.array([name], dtype=object))
        out += np.where(column.notna().to_numpy(), hashes * np.uint64(0x9E3779B97F4A7C15), np.uint64(0))
    return out


def _kept_tags(
    chunks: Sequence[tuple[pd.DataFrame, pd.DataFrame]], chunk: np.ndarray, ids: np.ndarray, public: np.ndarray
) -> pd.DataFrame:
    """Give the tags of the rows that are kept, under the ids they are stored with."""
    parts = []
    for number, (_, tags) in enumerate(chunks):
        here = chunk == number
        names = tags["contact_id"].map(pd.Series(public[here], index=ids[here], dtype=object))
        parts.append(tags.assign(contact_id=names)[names.notna().to_numpy()])
    return pd.concat(parts, ignore_index=True)
