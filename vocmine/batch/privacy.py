"""The door between what was read and what is stored: past it there is no personal data."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vocmine.frames import CONTACT_COLUMNS

HASHED = ("customer_id", "agent_id")
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
    wanted = [*CONTACT_COLUMNS, "text_clean", "terms", *keep_columns]
    stored = analysed[[name for name in wanted if name in analysed]].copy()
    stored["text"] = stored["text_clean"]
    for name in HASHED:
        if name in stored:
            stored[name] = hash_values(stored[name], key)
    for name in (*_MASKED, *keep_columns):
        if name in stored and not pd.api.types.is_numeric_dtype(stored[name].dtype):
            stored[name] = mask_values(stored[name])
    return stored


def kept_names(keep_columns: Iterable[str]) -> tuple[str, ...]:
    """Give the columns that are kept beside those of the contact table, which are stored anyway, each once.

    Examples
    --------
    >>> kept_names(["reason", "team", "reason", "text_clean"])
    ('reason',)
    """
    return tuple(name for name in dict.fromkeys(keep_columns) if name not in (*CONTACT_COLUMNS, "text_clean", "terms"))


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
