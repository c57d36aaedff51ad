from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel


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
