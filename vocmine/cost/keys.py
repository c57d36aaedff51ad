"""Further keys of the table: columns of the contacts, months, fiscal months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.cost.model import CostModel
from vocmine.errors import SettingsError
from vocmine.frames import TAG_KINDS, main_labels

PERIODS = ("day", "week", "month", "fiscal_month")


@dataclass(frozen=True)
class Domains:
    """Groups of contacts.

    Parameters
    ----------
    code : ndarray of int, shape (n,)
        Group of each contact.
    table : DataFrame
        Keys of each group, a row each, in order; without columns where there are no keys.
    """

    code: NDArray[np.int64]
    table: pd.DataFrame


def make_domains(
    contacts: pd.DataFrame, by: str | Sequence[str] | None, model: CostModel, tags: pd.DataFrame | None = None
) -> Domains:
    """Group contacts by keys; a missing value is the group ``""``.

    A key is a column of the contacts, a period, or a kind of tag (``"topic"``, ``"sentiment"``, ``"reason"``): then the
    label with the highest score of each contact counts, so that a contact is in one group.

    Raises
    ------
    SettingsError
        If a key is no column of the contacts, no period and no kind of tag that the tags have.

    Examples
    --------
    >>> frame = pd.DataFrame({"channel": ["call", "chat", "call"]})
    >>> model = CostModel(rate_per_minute={"call": 60}, currency="JPY")
    >>> make_domains(frame, "channel", model).code.tolist()
    [0, 1, 0]
    """
    names = [by] if isinstance(by, str) else list(by or ())
    if not names:
        return Domains(np.zeros(len(contacts), dtype=np.int64), pd.DataFrame(index=[0]))
    if len(set(names)) < len(names):
        raise SettingsError("a key stands twice", where="by", got=", ".join(names)[:80])
    keys = pd.DataFrame({name: _key(contacts, name, model, tags) for name in names})
    code = keys.groupby(names, sort=True).ngroup().to_numpy(dtype=np.int64)
    table = keys.assign(_code=code).drop_duplicates("_code").sort_values("_code").drop(columns="_code")
    return Domains(np.asarray(code, dtype=np.int64), table.reset_index(drop=True))


def period_of(created_at: pd.Series[pd.Timestamp], model: CostModel, name: str = "month") -> pd.Series[str]:
    """Name the day, week or month of each time in the zone of the model.

    Parameters
    ----------
    created_at : Series of datetime
        When contacts began.
    model : CostModel
        Its `timezone` and `fiscal_month_start`.
    name : {"day", "week", "month", "fiscal_month"}
        A day is ``2026-01-31``, a week its Monday, a month ``2026-01``. A fiscal month is named after the month in
        which it begins: with a start on the 21st, 20 February belongs to ``2026-01``.

    Returns
    -------
    Series of str
        Empty where the time is missing.

    Examples
    --------
    >>> model = CostModel(rate_per_minute={"call": 60}, currency="JPY", fiscal_month_start=21)
    >>> times = pd.Series(pd.to_datetime(["2026-01-31T16:00Z", "2026-02-20T16:00Z"]))
    >>> period_of(times, model).tolist(), period_of(times, model, "fiscal_month").tolist()
    (['2026-02', '2026-02'], ['2026-01', '2026-02'])
    """
    local = pd.to_datetime(created_at, utc=True).dt.tz_convert(model.timezone).dt.tz_localize(None)
    if name == "fiscal_month":
        local = local - pd.to_timedelta(model.fiscal_month_start - 1, unit="D")
    if name == "week":
        local = local - pd.to_timedelta(local.dt.day_of_week, unit="D")
    form = "%Y-%m-%d" if name in ("day", "week") else "%Y-%m"
    return local.dt.strftime(form).fillna("")


def _key(contacts: pd.DataFrame, name: str, model: CostModel, tags: pd.DataFrame | None) -> pd.Series[str]:
    if name in PERIODS and name not in contacts and "created_at" in contacts:
        return period_of(contacts["created_at"], model, name).astype(object)
    if name in TAG_KINDS and name not in contacts and tags is not None and "kind" in tags and name in set(tags["kind"]):
        return _main_label(contacts, tags, name)
    if name not in contacts or name in ("issue", "contact_id"):
        raise SettingsError(
            "not a key",
            where="by",
            got=str(name)[:40],
            expected="a column of the contacts, day, week, month, fiscal_month, or a kind of the tags as topic",
        )
    values = contacts[name].astype(object)
    return values.where(values.notna(), "").astype(str).astype(object)


def _main_label(contacts: pd.DataFrame, tags: pd.DataFrame, kind: str) -> pd.Series[str]:
    """Give the label of one kind with the highest score of each contact; ties in the order of the labels."""
    tags = tags.assign(contact_id=tags["contact_id"].astype(str), label=tags["label"].astype(str))
    labels = contacts["contact_id"].astype(str).map(main_labels(tags, kind))
    return labels.astype(object).where(labels.notna(), "").astype(object)
