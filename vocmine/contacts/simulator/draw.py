"""Draw who contacts the centre when, where and why, as whole columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts.simulator.centre import Centre

TIMEZONE = "Asia/Tokyo"
BASE_SHARE = 0.92  # the rest of the volume are repeats, hand-overs and the planted issue
PLANTED_REASON = "technical.app_crash"
_NO_SECOND = ("service.praise", "service.suggestion", "service.attitude")
_CHANNEL_LEANING = {  # how much more often a group of reasons comes through a channel than elsewhere
    "survey": {"service.": 4.0, "account.": 0.4, "contract.": 0.5},
    "social": {"service.": 2.2, "technical.": 1.4, "account.": 0.7, "contract.": 0.6},
    "bot": {"service.": 0.15, "account.": 1.6, "billing.": 1.2},
    "email": {"billing.": 1.2, "delivery.": 1.2},
}


def emerging_day(centre: Centre, days: int) -> int:
    """Give the first day of the planted issue, counted from 0."""
    return round(days * float(centre.numbers["emerging"]["from_share_of_days"]))


def fix_day(centre: Centre, days: int) -> int:
    """Give the day from which on the fixed issue is rare, counted from 0."""
    return round(days * float(centre.numbers["fix"]["from_share_of_days"]))


def draw_contacts(
    centre: Centre, calendar: pd.DatetimeIndex, per_day: int, lang: str, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the first contact of each matter; returns and hand-overs are added later."""
    ordinary = _ordinary_days(centre, calendar, per_day, rng)
    planted = _planted_days(centre, len(calendar), per_day, rng)
    draft = pd.DataFrame({"day": np.concatenate([ordinary, planted])})
    draft["planted"] = np.arange(len(draft)) >= len(ordinary)
    draft["channel"] = pick(centre.numbers["channels"], "share", len(draft), rng)
    draft["reason"] = _draw_reason(centre, draft, rng)
    draft = _after_fix(centre, draft, len(calendar), rng)
    draft["local"] = local_times(centre, calendar, draft, rng)
    draft["second"] = _draw_second(centre, draft, rng)
    draft["product"] = _draw_product(centre, draft, rng)
    draft["version"] = _draw_version(centre, draft, len(calendar), rng)
    draft["customer"], draft["lang"] = _draw_customer(centre, draft, lang, rng)
    return draft


def pick(table: dict[str, Any], field: str, n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw n keys of a table, each as often as its field says."""
    share = np.array([row[field] for row in table.values()], dtype=float)
    return np.array(list(table), dtype=object)[rng.choice(len(table), size=n, p=share / share.sum())]


def local_times(
    centre: Centre, calendar: pd.DatetimeIndex, draft: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    """Draw the local time of day of each row, after the hours of its channel."""
    hour = np.zeros(len(draft), dtype=np.int64)
    for channel, load in centre.numbers["hours"].items():
        rows = np.flatnonzero(draft["channel"].to_numpy() == channel)
        hour[rows] = rng.choice(24, size=len(rows), p=np.array(load) / np.sum(load))
    second = rng.integers(0, 3600, size=len(draft))
    midnight = calendar.to_numpy().astype("datetime64[s]")[draft["day"].to_numpy()]
    local: np.ndarray = midnight + (hour * 3600 + second).astype("timedelta64[s]")
    return local


def _ordinary_days(centre: Centre, calendar: pd.DatetimeIndex, per_day: int, rng: np.random.Generator) -> np.ndarray:
    rhythm = np.array(centre.numbers["weekdays"])[calendar.day_of_week]
    return np.repeat(np.arange(len(calendar)), rng.poisson(per_day * BASE_SHARE * rhythm))


def _planted_days(centre: Centre, days: int, per_day: int, rng: np.random.Generator) -> np.ndarray:
    plan, first = centre.numbers["emerging"], emerging_day(centre, days)
    age = np.arange(max(days - first, 0))
    return np.repeat(first + age, rng.poisson(per_day * plan["first_day_share"] * plan["growth_per_day"] ** age))


def _draw_reason(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    reasons, weight = np.array(centre.reasons, dtype=object), centre.column("weight").astype(float)
    drawn = np.full(len(draft), PLANTED_REASON, dtype=object)
    for channel in centre.numbers["channels"]:
        leaning = _CHANNEL_LEANING.get(channel, {})
        share = weight * [leaning.get(reason.split(".")[0] + ".", 1.0) for reason in reasons]
        rows = np.flatnonzero((draft["channel"] == channel) & ~draft["planted"])
        drawn[rows] = reasons[rng.choice(len(reasons), size=len(rows), p=share / share.sum())]
    return drawn


def _after_fix(centre: Centre, draft: pd.DataFrame, days: int, rng: np.random.Generator) -> pd.DataFrame:
    """Drop the contacts that the fix made needless."""
    fix = centre.numbers["fix"]
    spared = (draft["reason"] == fix["reason"]) & (draft["day"] >= fix_day(centre, days))
    kept: pd.DataFrame = draft[~(spared & (rng.random(len(draft)) < fix["drop"]))]
    return kept.reset_index(drop=True)


def _draw_second(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Draw a second reason for some contacts; empty for the others."""
    allowed = {reason: row for reason, row in centre.numbers["reasons"].items() if reason not in _NO_SECOND}
    second = pick(allowed, "weight", len(draft), rng)
    chance = draft["channel"].map(centre.numbers["second_reason"]).to_numpy(dtype=float)
    has = (rng.random(len(draft)) < chance) & (second != draft["reason"].to_numpy())
    return np.where(has & ~draft["reason"].isin(_NO_SECOND).to_numpy(), second, "")


def _draw_product(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    drawn = np.full(len(draft), "app", dtype=object)
    for reason, row in centre.numbers["reasons"].items():
        rows = np.flatnonzero((draft["reason"] == reason) & ~draft["planted"])
        choices = {name: centre.numbers["products"][name] for name in row["products"]}
        drawn[rows] = pick(choices, "weight", len(rows), rng)
    return drawn


def _draw_version(centre: Centre, draft: pd.DataFrame, days: int, rng: np.random.Generator) -> np.ndarray:
    """Give each product's version: older ones early, newer ones late, the planted one from its first day."""
    when = draft["day"].to_numpy() / max(days, 1) + rng.normal(0, 0.15, len(draft))
    version = np.full(len(draft), "", dtype=object)
    for name, product in centre.numbers["products"].items():
        if product["versions"]:
            rows = np.flatnonzero(draft["product"] == name)
            steps = np.clip((when[rows] * len(product["versions"])).astype(int), 0, len(product["versions"]) - 1)
            version[rows] = np.array(product["versions"], dtype=object)[steps]
    adopted = (draft["day"] > emerging_day(centre, days)) & (rng.random(len(draft)) < 0.5)
    new = draft["planted"] | ((draft["product"] == "app") & adopted)
    return np.where(new, centre.numbers["emerging"]["version"], version)


def _draw_customer(
    centre: Centre, draft: pd.DataFrame, lang: str, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw customers, each writing one language; a few bilingual texts in the mixed centre."""
    shares = centre.numbers["languages"][lang]
    number = rng.integers(0, max(2 * len(draft), 1), size=len(draft))
    bound = np.cumsum(list(shares.values()))
    mother = np.array(list(shares), dtype=object)[np.searchsorted(bound, (number * 0.6180339887) % 1.0 * bound[-1])]
    customer = np.array([f"C{n:07d}" for n in number], dtype=object)
    anonymous = (draft["channel"] == "social").to_numpy() & (rng.random(len(draft)) < 0.7)
    return np.where(anonymous, "", customer), mother
