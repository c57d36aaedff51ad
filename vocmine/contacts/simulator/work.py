"""What a contact takes: handle time and its gaps, waits, transfers, teams, satisfaction, refunds, reach."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.contacts.simulator.centre import Centre
from vocmine.contacts.simulator.outcome import is_failure

TRANSFER_SECONDS = 0.30  # each transfer adds this share of the handle time
OPEN_TAB_LIMIT_SECONDS = 28_800.0  # a shift: who leaves a tab open closes it then


def add_work(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add all numbers of a contact, seen and true."""
    draft = _add_people(centre, draft, rng)
    draft = _add_handle_time(centre, draft, rng)
    draft = draft.assign(wait_seconds=_wait(centre, draft, rng), concurrency=_concurrency(draft, rng))
    draft = draft.assign(cost_extra=_extra(centre, draft, rng), csat=_csat(centre, draft, rng))
    return _add_reach(draft, rng)


def _channel(centre: Centre, draft: pd.DataFrame, field: str) -> np.ndarray:
    return draft["channel"].map({name: row[field] for name, row in centre.numbers["channels"].items()}).to_numpy(float)


def _reason(centre: Centre, names: pd.Series, field: str) -> np.ndarray:
    return names.map({name: row[field] for name, row in centre.numbers["reasons"].items()}).to_numpy()


def _add_people(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give each contact its team, an agent of that team, and the transfers before it got there."""
    group = draft["reason"].str.split(".").str[0].to_numpy()
    agent = rng.integers(0, centre.numbers["agents_per_team"], size=len(draft))
    hard = np.isin(draft["reason"], ["account.security", "service.attitude", "billing.unexpected_charge"])
    chance = _channel(centre, draft, "misroute") * np.where(hard, 1.6, 1.0)
    u = rng.random(len(draft))
    transfers = (u < chance).astype(np.int64) + (u < chance * 0.18)
    return draft.assign(group=group, agent=agent, transfers=transfers)


def _add_handle_time(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Lognormal per reason and channel; two reasons take the sum of their parts; seen with gaps and open tabs."""
    teams = sorted(centre.numbers["teams"])
    pace = np.exp(rng.normal(0, 0.10, size=(len(teams), centre.numbers["agents_per_team"])))
    factor = pace[np.searchsorted(teams, draft["group"].to_numpy(dtype=str)), draft["agent"]]
    factor = factor * _channel(centre, draft, "time") * (1 + TRANSFER_SECONDS * draft["transfers"].to_numpy())
    spread = _channel(centre, draft, "spread")
    minutes = _reason(centre, draft["reason"], "minutes").astype(float)
    second = np.nan_to_num(_reason(centre, draft["second"], "minutes").astype(float))
    noise = np.exp(rng.normal(size=(2, len(draft))) * spread)
    primary, extra = np.round(60 * factor * minutes * noise[0]), np.round(60 * factor * second * noise[1])
    total = primary + extra
    return draft.assign(
        true_primary_seconds=primary, true_handle_seconds=total, handle_seconds=_seen(centre, draft, total, rng)
    )


def _seen(centre: Centre, draft: pd.DataFrame, total: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Lose some handle times, long ones more often, and let some tabs stay open."""
    median = float(np.median(total[total > 0])) if (total > 0).any() else 1.0
    usual = median * np.maximum(_channel(centre, draft, "time"), 0.01)
    base = _channel(centre, draft, "missing")
    odds = np.log(np.clip(base, 1e-12, None) / (1 - base))
    growth = _channel(centre, draft, "missing_growth") * np.log(np.maximum(total, 1.0) / usual)
    missing = (rng.random(len(draft)) < 1 / (1 + np.exp(-odds - growth))) & (base > 0)
    left_open = rng.random(len(draft)) < _channel(centre, draft, "open_tab")
    stretched = np.minimum(np.round(total * rng.uniform(8, 40, len(draft))), np.maximum(OPEN_TAB_LIMIT_SECONDS, total))
    return np.where(missing, np.nan, np.where(left_open, stretched, total))


def _wait(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Exponential waits, longer on Mondays and at noon; none known for surveys."""
    clock = pd.DatetimeIndex(draft["local"])
    load = np.where(clock.day_of_week == 0, 1.8, 1.0) * np.where(np.isin(clock.hour, [10, 11, 12]), 1.4, 1.0)
    load = load * np.where(draft["reason"] == "service.waiting", 3.0, 1.0)
    wait = np.round(rng.exponential(1.0, len(draft)) * load * _channel(centre, draft, "wait"))
    return np.where(draft["channel"] == "survey", np.nan, np.minimum(wait, 604_800))


def _concurrency(draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    at_once = rng.choice([1.0, 2.0, 3.0, 4.0], size=len(draft), p=[0.35, 0.40, 0.20, 0.05])
    return np.where(draft["channel"] == "chat", at_once, np.where(draft["channel"] == "call", 1.0, np.nan))


def _extra(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Refunds, parts, goodwill, in yen, tens of yen."""
    plan = np.array(list(_reason(centre, draft["reason"], "extra")), dtype=float).reshape(len(draft), 2)
    paid = (rng.random(len(draft)) < plan[:, 0]) & (draft["again"] == 0) & ~draft["channel"].isin(["survey", "bot"])
    amount = np.round(plan[:, 1] * np.exp(rng.normal(0, 0.5, len(draft))), -1)
    return np.where(paid, amount, 0.0)


def _csat(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Mostly missing; lower after failures, long waits and no solution."""
    feeling = draft["feeling"].map({"negative": -0.4, "neutral": 0.1, "positive": 0.8}).to_numpy(float)
    wait = np.log1p(np.nan_to_num(draft["wait_seconds"]) / np.maximum(_channel(centre, draft, "wait"), 1.0))
    level = 4.25 - 0.7 * is_failure(centre, draft) - 0.9 * ~draft["resolved"] - 0.25 * wait + feeling
    skill = rng.normal(0, 0.15, size=centre.numbers["agents_per_team"])[draft["agent"].to_numpy()]
    score = np.clip(np.round(level + skill + rng.normal(0, 0.8, len(draft))), 1, 5)
    return np.where(rng.random(len(draft)) < _channel(centre, draft, "csat"), score, np.nan)


def _add_reach(draft: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Followers of the writer plus those of the reposts; angry posts travel further."""
    social = (draft["channel"] == "social").to_numpy()
    followers = np.exp(rng.normal(np.log(220), 1.5, len(draft)))
    anger = np.where(draft["feeling"] == "negative", 1.2, 0.4)
    reposts = np.where(social, rng.poisson(rng.gamma(0.4, anger / 0.4)), 0)
    reach = np.where(social, np.round(followers + reposts * 150), np.nan)
    return draft.assign(reach=reach, reposts=reposts.astype(np.int64), is_public=social)
