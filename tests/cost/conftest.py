from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel
from vocmine.cost.quantify import PARAMETERS, Chances


@pytest.fixture
def yen() -> CostModel:
    return CostModel(rate_per_minute={"call": 60.0, "chat": 30.0, "bot": 0.0}, currency="JPY")


@pytest.fixture
def make_ledger():
    """Contacts over k issues, log-normal handle times, a tagger that confuses some issues more than others."""

    def make(seed: int, n: int = 4_000, k: int = 6, accuracy: float = 0.85):
        rng = np.random.default_rng(seed)
        names = np.array([f"reason_{i}" for i in range(k)])
        size = 1 / np.arange(1, k + 1)
        truth = rng.choice(k, size=n, p=size / size.sum())
        seconds = rng.lognormal(rng.uniform(5, 6.3, size=k)[truth], 0.6)
        shift = rng.integers(1, k, size=n)
        guess = np.where(rng.random(n) < accuracy, truth, (truth + shift) % k)
        score = np.where(guess == truth, rng.beta(6, 2, n), rng.beta(3, 3, n)).clip(0.01, 0.99)
        ids = np.array([f"c{i:05d}" for i in range(n)])
        contacts = pd.DataFrame({
            "contact_id": ids,
            "created_at": pd.Timestamp("2026-01-05", tz="UTC") + pd.to_timedelta(rng.integers(0, 28 * 86400, n), unit="s"),
            "channel": "call",
            "handle_seconds": seconds,
        })
        tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": names[guess], "score": score})
        return contacts, tags, names[truth]

    return make


@pytest.fixture
def draw_audit():
    """Check the same number of contacts of each predicted label."""

    def draw(tags: pd.DataFrame, truth: np.ndarray, each: int = 50, seed: int = 0) -> pd.DataFrame:
        frame = tags.assign(truth=truth)
        size = frame.groupby("label")["contact_id"].transform("size")
        frame["prob"] = np.minimum(each / size, 1.0)
        drawn = frame.groupby("label", group_keys=False).sample(n=each, random_state=seed)
        return pd.DataFrame({
            "contact_id": drawn["contact_id"], "label_tag": drawn["label"], "prob": drawn["prob"], "label": drawn["truth"],
        })

    return draw


@pytest.fixture
def make_chances():
    """Chances that are wrong in a known way: each issue's contacts look like some others too, the broad name of the
    first issue attracts all, and some contacts are foreign.
    """

    def make(seed: int, n: int = 1_500, k: int = 20, foreign: float = 0.1, broad: float = 2.0):
        rng = np.random.default_rng(seed)
        truth = rng.choice(k, size=n, p=rng.dirichlet(np.full(k, 2.0)))
        alien = rng.random(n) < foreign
        looks = rng.normal(0, 0.7, size=(k, k))
        looks[np.arange(k), np.arange(k)] = 2.0
        scores = rng.normal(0, 0.7, size=(n, k)) + np.where(alien[:, None], 0, looks[truth])
        scores[:, 0] += broad
        closed = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        (middle, spread), (at_place, slope), expected = PARAMETERS.known, PARAMETERS.none_ratio, PARAMETERS.expected_none
        away = np.where(alien, rng.gumbel(size=n), rng.normal(middle, spread, size=n))
        none = 1 / (1 + np.exp(-np.clip(at_place - slope * away + np.log(expected / (1 - expected)), -20, 20)))
        chance = np.column_stack([closed * (1 - none)[:, None], none])
        row, issue = np.nonzero(np.column_stack([chance[:, :k] >= 0.005, np.ones(n, dtype=bool)]))
        return Chances(row, issue, chance[row, issue], k + 1, k).normalised(), np.where(alien, k, truth)

    return make


@pytest.fixture
def make_candidates(make_chances):
    """The same as contacts and tags: a reason each, its candidates, and the true issue."""

    def make(seed: int, n: int = 600, k: int = 6, **how):
        chances, truth = make_chances(seed, n, k, **how)
        rng = np.random.default_rng(seed + 1_000)
        names = np.array([*(f"reason_{i}" for i in range(k)), "unknown"], dtype=object)
        ids = np.array([f"c{i:05d}" for i in range(n)], dtype=object)
        contacts = pd.DataFrame({
            "contact_id": ids, "channel": np.where(rng.random(n) < 0.5, "call", "chat"),
            "created_at": pd.Timestamp("2026-01-05", tz="UTC") + pd.to_timedelta(rng.integers(0, 28 * 86400, n), unit="s"),
            "handle_seconds": rng.lognormal(rng.uniform(5, 6.3, size=k + 1)[truth], 0.6),
        })
        rows = pd.DataFrame({"contact_id": ids[chances.row], "kind": "candidate", "label": names[chances.issue], "score": chances.chance, "evidence": "names"})
        best = rows.sort_values("score", ascending=False, kind="stable").drop_duplicates("contact_id").sort_index()
        tags = pd.concat([best.assign(kind="reason", evidence=""), rows], ignore_index=True)
        return contacts, tags, names[truth]

    return make
