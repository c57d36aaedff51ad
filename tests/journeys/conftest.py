"""Contacts made with a known truth; each fixture gives the function that makes them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

START = pd.Timestamp("2026-09-01", tz="UTC")


def make_centre(rng, n=3_000, broken=None, refund=None, days=60, back_to="D"):
    """First contacts on hard and easy reasons; team B gets the hard ones; a planted team or channel breaks more."""
    reason = rng.choice(["hard", "easy"], n)
    team = np.where(rng.random(n) < np.where(reason == "hard", 0.8, 0.2), "B", rng.choice(["A", "C"], n))
    channel = rng.choice(["call", "chat", "email"], n)
    back = rng.random(n) < np.where(reason == "hard", 0.35, 0.08) + (0.2 * (team == broken) if broken else 0)
    paid = rng.random(n) < 0.2 + (0.25 * (team == refund) if refund else 0)
    first = pd.DataFrame({
        "customer_id": [f"k{i}" for i in range(n)], "day": rng.uniform(0, days, n), "reason": reason, "team": team,
        "channel": channel, "cost_extra": np.where(paid, 900.0, 0.0), "transfers": (rng.random(n) < 0.05) * 1,
        "handle_seconds": rng.lognormal(np.where(reason == "hard", 6.3, 5.0), 0.4),
        "terms": np.where(paid, "返金 確認", "案内 確認"),
    })
    again = first[back].assign(day=first["day"][back] + rng.uniform(0.1, 6.5, int(back.sum())))
    again["team"] = back_to or again["team"]
    frame = pd.concat([first, again]).query("day <= @days").reset_index(drop=True)
    frame = frame.assign(contact_id=[f"c{i:05d}" for i in range(len(frame))], created_at=START + pd.to_timedelta(frame["day"], unit="D"))
    tags = pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": frame["reason"], "score": 1.0})
    return frame.drop(columns=["reason", "day"]), tags


def make_busy(rng, days=56, weekend=0.3, rate=20.0, spread=0.0):
    day = pd.date_range("2026-09-07", periods=days, freq="D", tz="UTC")
    mean = np.where(day.day_of_week < 5, rate, rate * weekend) * rng.lognormal(0, spread, days)
    return day, rng.poisson(mean)


def make_contacts_on(day, count, channel="call"):
    created = np.repeat(day, count)
    return pd.DataFrame({"created_at": created, "channel": channel}).assign(contact_id=lambda x: [f"{channel}{i}" for i in range(len(x))])


def make_frame_of(rows, columns=("customer_id", "day", "channel")):
    frame = pd.DataFrame(rows, columns=list(columns))
    created = START + pd.to_timedelta(frame["day"] * 86_400, unit="s")
    return frame.assign(contact_id=[f"c{i}" for i in range(len(frame))], created_at=created)


def make_tags_of(frame, labels):
    return pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": labels, "score": 1.0})


def make_simulated(rng, n, p_return, days=60, seconds=600.0, prefix="k"):
    """N first contacts over the days; each comes back once within a week with probability p_return."""
    first = rng.uniform(0, days, n)
    back = rng.random(n) < p_return
    rows = [(f"{prefix}{i}", first[i]) for i in range(n)]
    rows += [(f"{prefix}{i}", first[i] + rng.uniform(0.1, 6.9)) for i in np.flatnonzero(back)]
    frame = make_frame_of([row for row in rows if row[1] <= days], ("customer_id", "day"))
    return frame.assign(handle_seconds=seconds * rng.lognormal(0, 0.5, len(frame)))


@pytest.fixture
def centre():
    return make_centre


@pytest.fixture
def busy():
    return make_busy


@pytest.fixture
def contacts_on():
    return make_contacts_on


@pytest.fixture
def frame_of():
    return make_frame_of


@pytest.fixture
def tags_of():
    return make_tags_of


@pytest.fixture
def simulated():
    return make_simulated
