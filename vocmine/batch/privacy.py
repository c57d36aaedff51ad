"""The door between what was read and what is stored: past it there is no personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.contacts.shown_names import shown_name, shown_word
from vocmine.frames import CONTACT_COLUMNS
from vocmine.settings import Settings

if TYPE_CHECKING:
    from vocmine.cost import CostModel

HASHED = ("customer_id", "agent_id")
AGENT_COLUMNS = ("agent_text", "agent_terms")
"""What agents say in talks, masked by `vocmine.text.analyze`, and its words."""

_KEYED = frozenset(["name", "phone", "email", "card", "address", "birth_date", "url", "ip"])
_KEYED_SCORE = 0.85  # rules less sure take numbers of orders for those of people
# letters and a number of up to eight digits, or a UUID
_PLAIN_ID = re.compile(r"[A-Za-z]{0,12}[-_:#]?\d{1,8}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|", re.ASCII)

_MASKED = ("product", "product_version", "team", "url", "source_system", "segment", "plan", "agent_code")


def for_storage(analysed: pd.DataFrame, key: str, keep_columns: tuple[str, ...] = ()) -> pd.DataFrame:
    """Give the contacts as they may be stored.

    Parameters
    ----------
    analysed : DataFrame
        Contacts with `text_clean`, `lang`, `terms`.
    key : str
        Key of the hashes: the same customer gets the same hash in every run with this key.
    keep_columns : tuple of str
        Further columns to keep; their texts are masked.

    Returns
    -------
    DataFrame
        `text` is the masked text, ids of people are keyed hashes, every other text column is masked, columns beyond
        the contact table that nobody asked for are gone.
    """
    keep_columns = kept_names(keep_columns)
    masked = AGENT_COLUMNS if set(AGENT_COLUMNS) <= set(analysed.columns) else ()  # `analyze` masks it
    wanted = dict.fromkeys([*CONTACT_COLUMNS, "text_clean", "terms", *masked, *keep_columns])
    stored = analysed[[name for name in wanted if name in analysed]].copy()
    stored["text"] = stored["text_clean"]
    for name in HASHED:
        if name in stored:
            stored[name] = hash_values(stored[name], key)
    for name in (*_MASKED, *keep_columns):
        if name in stored and not pd.api.types.is_numeric_dtype(stored[name].dtype):
            stored[name] = mask_values(stored[name])
    return stored.rename(columns=stored_names(keep_columns))


def stored_names(keep_columns: Iterable[str]) -> dict[str, str]:
    """Give under which name each kept column is stored: its own, masked.

    Examples
    --------
    >>> stored_names(["reason", "備考 090-1234-5678"])
    {'reason': 'reason', '備考 090-1234-5678': '備考 [電話番号]~34ef'}
    """
    return {name: shown_name(name) for name in kept_names(keep_columns)}


def kept_names(keep_columns: Iterable[str]) -> tuple[str, ...]:
    """Give the columns that are kept beside those of the contact table, which are stored anyway, each once.

    Examples
    --------
    >>> kept_names(["reason", "team", "reason", "text_clean"])
    ('reason',)
    """
    return tuple(name for name in dict.fromkeys(keep_columns) if name not in (*CONTACT_COLUMNS, "text_clean", "terms"))


def with_keyed_ids(contacts: pd.DataFrame, key: str) -> pd.DataFrame:
    """Give contacts whose ids hold no personal data: an id that is a phone number, an address or a name is hashed.

    It stays one id a contact, the same in every run with this key. All others stay as they are, to be found again.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["C-12", "090-1234-5678", "2026-1234-5678"]})
    >>> ids = with_keyed_ids(contacts, "k")["contact_id"]
    >>> ids[0], len(ids[1]), ids[2]
    ('C-12', 32, '2026-1234-5678')
    """
    from vocmine.text import hash_id

    ids = contacts["contact_id"].astype(str)
    doubtful = [value for value in ids.unique() if _PLAIN_ID.fullmatch(value) is None]
    keyed = {value: hash_id(value, key) for value in doubtful if _is_personal(value)}
    return contacts.assign(contact_id=ids.map(lambda value: keyed.get(value, value))) if keyed else contacts


def _is_personal(value: str) -> bool:
    """Tell an id that is somebody's address or number; a card only with its check digit, as 16 digits are common."""
    from vocmine.text import find_pii

    return any(
        span.kind in _KEYED and span.score >= _KEYED_SCORE and span.rule != "name_prose"
        for span in find_pii(value.replace("_", " "))
    )


def with_masked_words(settings: Settings) -> Settings:
    """Give settings whose words for readers, the title and what is counted, hold no personal data."""
    words = {"title": settings.title, "unit_name": settings.unit_name}
    masked = {name: shown_word(word) for name, word in words.items() if word is not None}
    return settings.model_copy(update=masked)


def with_masked_teams(model: CostModel) -> CostModel:
    """Give rates whose teams are called as those of the stored contacts are: masked.

    Examples
    --------
    >>> from vocmine.cost import CostModel
    >>> sorted(with_masked_teams(CostModel({"call": 50, "call/佐藤様 班": 60}, "JPY")).rate_per_minute)
    ['call', 'call/[氏名]様 班']
    """
    from vocmine.text import mask_pii

    rates, parts = dict(model.rate_per_minute), dict(model.built_up)
    teams = {key: key.partition("/") for key in (*rates, *parts) if "/" in str(key)}
    names = dict(zip(teams, mask_pii([team for _, _, team in teams.values()]), strict=True))
    shown = {key: f"{teams[key][0]}/{name}" for key, name in names.items()}
    if all(key == name for key, name in shown.items()):
        return model
    return replace(
        model, rate_per_minute={shown.get(key, key): value for key, value in rates.items()},
        built_up={shown.get(key, key): value for key, value in parts.items()},
    )


def masked_values(value: Any) -> Any:
    """Give plain values, as they are written down, with the texts in them masked.

    Examples
    --------
    >>> masked_values({"query": "select 1 -- 090-1234-5678", "n": 3})
    {'query': 'select 1 -- [PHONE]', 'n': 3}
    """
    if isinstance(value, str):
        return shown_word(value)
    if isinstance(value, Mapping):
        return {name: masked_values(part) for name, part in value.items()}
    return [masked_values(part) for part in value] if isinstance(value, list | tuple) else value


def hash_values(values: pd.Series, key: str) -> pd.Series:
    """Hash each distinct value once with the key; missing stays missing."""
    from vocmine.text import hash_id

    distinct = values.dropna().astype(str).unique()
    return values.map({value: hash_id(value, key) for value in distinct})


def mask_values(values: pd.Series) -> pd.Series:
    """Mask each distinct text once; missing stays missing."""
    from vocmine.text import mask_pii

    distinct = values.dropna().astype(str).unique().tolist()
    return values.where(values.isna(), values.astype(str)).map(dict(zip(distinct, mask_pii(distinct), strict=True)))
