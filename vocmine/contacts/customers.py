"""A table of customers: links the contacts of several systems to one person, by exact keys only."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.cells import as_strings, fold
from vocmine.contacts.dates import DEFAULT_TIMEZONE, parse_dates
from vocmine.contacts.headers import fold_header
from vocmine.contacts.identity import SYSTEM, system_key
from vocmine.contacts.opening import raw_table
from vocmine.contacts.reading import Notes
from vocmine.contacts.shipped import shipped_table
from vocmine.contacts.values import by_distinct, missing_words, parse_numbers
from vocmine.errors import ContactError, SettingsError
from vocmine.yamlfile import read_mapping

ATTRIBUTES = ("segment", "plan", "revenue", "customer_since")
_PEOPLE = ("email", "phone")
_SYSTEM_ID = re.compile(r"([a-z0-9_]+?)_id")
_ID_NAME = re.compile(
    r"(.+?)(?:の)?(?:user|requester|contact|customer|client|member|account|ユーザー?|会員|顧客)?(?:id|no|番号)"
)
_EMAIL = re.compile(r"[^\s<>\"',;、，；@]+@[^\s<>\"',;、，；@]+\.[^\s<>\"',;、，；@.]+")
_PARTS = re.compile(r"[;,/、，；\n|]+")
_PHONE_LIKE = re.compile(r"(?:\+|0)[\d()\- ]{9,16}")
_CHUNK_ROWS = 100_000


def email_keys(cell: str) -> tuple[str, ...]:
    """Give the e-mail addresses in a cell, folded in width and case; what stands behind a plus is kept.

    Examples
    --------
    >>> email_keys("Hanako <Ｈａｎａ.ko+vip@Example.JP>; x@example.com"), email_keys("なし")
    (('hana.ko+vip@example.jp', 'x@example.com'), ())
    """
    return tuple(dict.fromkeys(_EMAIL.findall(unicodedata.normalize("NFKC", cell).casefold())))


def phone_keys(cell: str, region: str = "JP") -> tuple[str, ...]:
    """Give the phone numbers in a cell with their country; numbers without one are those of the region.

    Examples
    --------
    >>> phone_keys("０９０－１２３４－５６７８"), phone_keys("+81 90-1234-5678"), phone_keys("9012345678")
    (('+819012345678',), ('+819012345678',), ('+819012345678',))
    >>> phone_keys("03-1234-5678 / 非通知"), phone_keys("110")
    (('+81312345678',), ())
    """
    import phonenumbers

    found = []
    for part in _PARTS.split(unicodedata.normalize("NFKC", cell)):
        try:
            number = phonenumbers.parse(re.sub(r"[‐‑‒–—−ー]", "-", part), region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            found.append(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Customers:
    """People, and the keys they are known by; made by `read_customers`.

    Parameters
    ----------
    people : DataFrame
        A row a person, indexed by the person's id: ``segment, plan, revenue, customer_since``.
    keys : dict of str to dict of str to str
        Kind of key (``email``, ``phone``, ``customer_id``, or ``id:SYSTEM``) -> key -> the person's id. A key that two
        people have is no key.
    notes : Notes
        What was left out and what is in doubt.
    """

    people: pd.DataFrame
    keys: Mapping[str, Mapping[str, str]]
    notes: Notes = field(default_factory=Notes)

    def __len__(self) -> int:
        return len(self.people)

    def link(self, contacts: pd.DataFrame, notes: Notes | None = None) -> pd.DataFrame:
        """Give the contacts with each person's one id as `customer_id`, and what the table knows of the person.

        Parameters
        ----------
        contacts : DataFrame
            Contacts. Read are ``customer_id`` (an id of the contact's `source_system`), and columns of e-mail and
            phone under any of their usual names.
        notes : Notes, optional
            Where doubts go: contacts whose keys point to two people (``customer_conflict``) are linked to neither.

        Returns
        -------
        DataFrame
            The same rows without the columns of e-mail and phone. `segment`, `plan`, `revenue` and `customer_since` are
            filled where the contact has none of its own. Whom the table does not know keeps the id; that of a system
            which numbers its people itself is written ``system:id``, as it may be another person's in the table.

        Examples
        --------
        >>> customers = read_customers(pd.DataFrame({
        ...     "顧客番号": ["P1", "P2"], "LINE ID": ["U11", "U22"], "メール": ["a@x.jp", "b@x.jp"],
        ...     "プラン": ["S", "M"]}))
        >>> contacts = pd.DataFrame({"contact_id": ["1", "2", "3"], "source_system": ["line", "mails", "line"],
        ...                          "customer_id": ["U11", None, "P2"], "email": ["", "B@x.jp", ""]})
        >>> customers.link(contacts)[["customer_id", "plan"]].values.tolist()
        [['P1', 'S'], ['P2', 'M'], ['line:P2', nan]]
        """
        person, conflict = self._persons(contacts)
        out = contacts.drop(columns=[name for name in contacts.columns if _people_column(str(name))])
        if conflict.any() and notes is not None:
            notes.doubt("customer_conflict", "customer_id", rows=int(conflict.sum()))
        known = pd.notna(person)
        own = pd.Series(self._own_ids(contacts), index=contacts.index, dtype="str")
        out["customer_id"] = own.mask(known, pd.Series(person, index=contacts.index, dtype="str"))
        for name in self.people.columns:
            found = self.people[name].reindex(pd.Index(person)).set_axis(contacts.index)
            out[name] = out[name].where(out[name].notna(), found) if name in out else found
        return out

    def _persons(self, contacts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Give the person of each contact (None where not known), and where keys point to two."""
        person = np.full(len(contacts), None, dtype=object)
        conflict = np.zeros(len(contacts), dtype=bool)
        for found in self._found(contacts):
            there = pd.notna(found)
            conflict |= there & pd.notna(person) & (found != person)
            person = np.where(pd.isna(person) & there, found, person)
        person[conflict] = None
        return person, conflict

    def _found(self, contacts: pd.DataFrame) -> Iterator[np.ndarray]:
        """Give what each key column of the contacts says, one person or None a contact."""
        if "customer_id" in contacts:
            ids = pd.Series(as_strings(contacts["customer_id"]), dtype=object).map(_id_key)
            kinds = self._id_kinds(contacts)
            for kind in set(kinds):
                said = ids.map(self.keys.get(kind, {})).to_numpy(dtype=object)
                yield np.where(np.array(kinds, dtype=object) == kind, said, np.array(None, dtype=object))
            yield from self._people(ids.where(ids.str.contains("@"), "").to_numpy(dtype=object), "email")
            yield from self._people(ids.where(ids.str.fullmatch(_PHONE_LIKE), "").to_numpy(dtype=object), "phone")
        for name in contacts.columns:
            if people := _people_column(str(name)):
                yield from self._people(as_strings(contacts[name]), people)

    def _people(self, cells: np.ndarray, kind: str) -> Iterator[np.ndarray]:
        """Give the people that addresses or numbers in cells point to: the first of each cell, then the next."""
        table, keys = self.keys.get(kind, {}), email_keys if kind == "email" else phone_keys
        lists = by_distinct(cells, lambda cell: [table[key] for key in keys(cell) if key in table])
        for place in range(max((len(found) for found in lists), default=0)):
            yield np.array([found[place] if len(found) > place else None for found in lists], dtype=object)

    def _id_kinds(self, contacts: pd.DataFrame) -> list[str]:
        """Tell which ids of the table the contacts' ids are: those of their system, else the table's own.

        A known system (Zendesk, LINE) numbers its people itself, whether or not the table has these numbers.
        """
        systems = contacts[SYSTEM] if SYSTEM in contacts else pd.Series("", index=contacts.index)
        apart = {*self.keys, *(f"id:{name}" for name in customer_names()["systems"])}
        kinds = {name: f"id:{name}" if f"id:{name}" in apart else "customer_id" for name in systems.dropna().unique()}
        return [kinds.get(name, "customer_id") for name in systems]

    def _own_ids(self, contacts: pd.DataFrame) -> np.ndarray:
        if "customer_id" not in contacts:
            return np.full(len(contacts), None, dtype=object)
        own = contacts["customer_id"].astype(object)
        system = pd.Series(self._id_kinds(contacts), index=contacts.index).str.removeprefix("id:")
        named = own.where(own.isna() | (system == "customer_id"), system + ":" + own.astype(str))
        return named.where(own.notna(), None).to_numpy(dtype=object)


def read_customers(source: Any, mapping: Any = None, *, timezone: str = DEFAULT_TIMEZONE) -> Customers:
    """Read a table of customers.

    Parameters
    ----------
    source : path or DataFrame
        A row a customer: an id, ids of other systems (``zendesk_id``, ``LINE ID``), e-mail, phone, segment, plan,
        since when, revenue; names in Japanese and English are recognised. Cells may hold several addresses or numbers.
    mapping : path or mapping of str to str, optional
        Column of the table -> ``customer_id, email, phone, name, segment, plan, revenue, customer_since``, or
        ``SYSTEM_id`` for ids of a system, named as in the mapping of its contacts (``system: SYSTEM``).
    timezone : str
        Zone of ``customer_since``.

    Returns
    -------
    Customers
        Its `notes` tell of columns left out, keys that two people share, and rows without any key.

    Raises
    ------
    ContactError
        If there is no column that a customer could be known by.
    SettingsError
        If the mapping names columns that are not there, or unknown targets.

    Examples
    --------
    >>> table = pd.DataFrame({"会員番号": ["1", "2"], "電話": ["090-1234-5678", "090 1234 5678"], "ランク": ["A", "B"]})
    >>> customers = read_customers(table)
    >>> customers.people["segment"].to_dict(), [doubt.code for doubt in customers.notes.doubts]
    ({'1': 'A', '2': 'B'}, ['customer_key_shared'])
    """
    frame, notes = _raw_table(source), Notes()
    columns = customer_columns(frame, mapping, notes)
    keyed = {target: name for target, name in columns.items() if _key_kind(target)}
    if not keyed:
        raise ContactError(
            "no column that a customer is known by", where="customers", got=", ".join(map(str, frame.columns))[:400],
            expected="an id, an e-mail address or a phone number", hint="name it in a mapping (会員番号: customer_id)",
        )
    keys = pd.concat([_keys_of(frame[name], str(_key_kind(target))) for target, name in keyed.items()])
    person = _person_ids(keys, len(frame))
    without = sum(name is None for name in person)
    if without:
        notes.doubt("customer_without_key", rows=without)
    return Customers(_attributes(frame, columns, person, timezone), _key_table(keys, person, notes), notes)


def customer_columns(frame: pd.DataFrame, mapping: Any = None, notes: Notes | None = None) -> dict[str, str]:
    """Give the column of a customer table for each target that it has; what is left out is noted.

    Examples
    --------
    >>> customer_columns(pd.DataFrame(columns=["顧客ID", "Zendesk ID", "氏名", "備考"]))
    {'customer_id': '顧客ID', 'name': '氏名', 'zendesk_id': 'Zendesk ID'}
    """
    told = read_mapping(mapping, "customers").value if isinstance(mapping, str | os.PathLike) else dict(mapping or {})
    told = told.get("columns", told) if isinstance(told.get("columns", told), Mapping) else told
    known = _targets()
    wrong = [f"{name}: {target}" for name, target in told.items()
             if name not in frame.columns or not (target in known or _SYSTEM_ID.fullmatch(str(target)))]
    if wrong:
        raise SettingsError(
            "wrong lines in the mapping of customers", where="customers", got="; ".join(wrong)[:400],
            expected=f"a column of the table: one of {', '.join(sorted(known))}, or SYSTEM_id",
        )
    out = {str(target): str(name) for name, target in told.items()}
    free = {fold_header(str(name)): str(name) for name in reversed(list(frame.columns)) if name not in told}
    for target in _targets():
        for word in () if target in out else customer_names()[target]:
            if fold_header(word) in free:
                out[target] = free.pop(fold_header(word))
                break
    for folded in list(free):
        system = _system_of(folded)
        if system and f"{system}_id" not in out:
            out[f"{system}_id"] = free.pop(folded)
    left = [str(name) for name in frame.columns if str(name) in free.values()]
    if left and notes is not None:
        notes.doubt("customer_columns_left_out", shown=", ".join(left), line=f"{left[0]}: SYSTEM_id")
    return out


@cache
def customer_names() -> dict[str, Any]:
    """Give the shipped names of columns of customer tables (``data/customers.yaml``)."""
    table: dict[str, Any] = shipped_table("customers")
    return table


def _targets() -> list[str]:
    return [name for name in customer_names() if name != "systems"]


def _system_of(folded: str) -> str | None:
    match = _ID_NAME.fullmatch(folded)
    names = customer_names()["systems"].items()
    return next((system for system, words in names if match and match[1] in words), None)


@cache
def _people_column(name: str) -> str | None:
    """Tell whether a column of contacts is an e-mail address or a phone number."""
    folded = fold_header(name)
    return next((kind for kind in _PEOPLE if any(folded == fold_header(word) for word in customer_names()[kind])), None)


def _key_kind(target: str) -> str | None:
    if target in ("customer_id", *_PEOPLE):
        return target
    match = _SYSTEM_ID.fullmatch(target)
    return f"id:{system_key(match[1])}" if match else None


def _id_key(cell: str) -> str:
    return "" if fold(cell) in missing_words() else unicodedata.normalize("NFKC", cell).strip()


def _raw_table(source: Any) -> pd.DataFrame:
    if isinstance(source, pd.DataFrame):
        return source.reset_index(drop=True)
    return raw_table(source, _CHUNK_ROWS)


def _keys_of(column: pd.Series, kind: str) -> pd.DataFrame:
    """Give the keys of a column: ``row, kind, key``."""
    read = {"email": email_keys, "phone": phone_keys}.get(kind, lambda cell: (_id_key(cell),))
    lists = pd.Series(by_distinct(as_strings(column), read)).explode()
    keys = pd.DataFrame({"row": lists.index, "kind": kind, "key": lists.to_numpy(dtype=object)})
    return keys[keys["key"].notna() & (keys["key"] != "")]


def _person_ids(keys: pd.DataFrame, n: int) -> list[str | None]:
    """Give the id of each row's person: its own id, else made of its first key; rows with one own id are one person."""
    out: list[str | None] = [None] * n
    for row, kind, key in keys.drop_duplicates("row").itertuples(index=False):
        made = hashlib.sha256(f"{kind}:{key}".encode()).hexdigest()[:16]
        out[row] = key if kind == "customer_id" else f"person:{made}"
    return out


def _key_table(keys: pd.DataFrame, person: list[str | None], notes: Notes) -> dict[str, dict[str, str]]:
    pairs = keys.assign(person=[person[row] for row in keys["row"]]).drop_duplicates(["kind", "key", "person"])
    shared = pairs.duplicated(["kind", "key"], keep=False)
    for kind, rows in pairs[shared].groupby("kind"):
        notes.doubt("customer_key_shared", str(kind), rows=rows["key"].nunique(), shown=str(kind))
    good = pairs[~shared]
    kinds: dict[str, dict[str, str]] = {kind: {} for kind in keys["kind"].unique()}  # without a good key too
    return kinds | {str(k): dict(zip(rows["key"], rows["person"], strict=True)) for k, rows in good.groupby("kind")}


def _attributes(
    frame: pd.DataFrame, columns: Mapping[str, str], person: list[str | None], timezone: str
) -> pd.DataFrame:
    out = pd.DataFrame({"person": person})
    for name in ATTRIBUTES:
        if name not in columns:
            continue
        raw = frame[columns[name]].reset_index(drop=True)
        if name == "revenue":
            out[name] = parse_numbers(raw)
        elif name == "customer_since":
            out[name] = pd.Series(parse_dates(raw, timezone))
        else:
            out[name] = pd.Series([_id_key(cell) or None for cell in as_strings(raw)], dtype="str")
    return out.dropna(subset="person").groupby("person", sort=True).first()
