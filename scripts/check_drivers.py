"""Measure what `vocmine.drivers` says on answers whose truth is known: coverage, false finds, planted effects, sums.

Run ``python scripts/check_drivers.py [runs]``. Answers are drawn so that their mean is exactly the sum of the effects:
1 + Binomial(4, p) for satisfaction, three marks for NPS, yes or no for coming back; a part of the contacts of one
customer share their luck. What is measured: the share of ranges that hold the truth (level .95), of the contributions
and of the parts of a gap; how often a driver without effect is called sure; how often one of half a point with 60
answers is found; by how much parts miss the gap they add up to.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.drivers import drivers, gap
from vocmine.drivers.contributions import against_others

ISSUES, TEAMS, CHANNELS = 24, 6, ("call", "chat", "email", "survey")
SPREAD = {"csat": 0.35, "nps": 14.0, "repeat": 0.06}
LEVEL = {"csat": 3.4, "nps": 5.0, "repeat": 0.2}
BOUNDS = {"csat": (1.05, 4.95), "nps": (-68.0, 68.0), "repeat": (0.01, 0.99)}


@dataclass(frozen=True)
class Truth:
    """Made-up contacts with the effects they were drawn from."""

    contacts: pd.DataFrame
    tags: pd.DataFrame
    issue: np.ndarray
    effects: dict[str, np.ndarray]
    late: np.ndarray


def draw(seed: int, n: int = 1_500, outcome: str = "csat", strength: float = 1.0, shift: float = 0.0) -> Truth:
    """Draw contacts; `strength` 0 gives no effects at all, `shift` is how much they move between the two sides."""
    rng = np.random.default_rng(seed)
    late = np.arange(n) >= n // 2
    weight = rng.dirichlet(np.full(ISSUES, 0.8), 2)
    weight = 0.7 * weight[:1] + 0.3 * weight
    issue = np.where(late, rng.choice(ISSUES, n, p=weight[1]), rng.choice(ISSUES, n, p=weight[0]))
    team, channel = (issue // 4 + rng.integers(0, 2, n)) % TEAMS, rng.integers(0, len(CHANNELS), n)
    moved = rng.random(n) < 0.15
    size = strength * SPREAD[outcome]
    effects = {
        "issue": size * rng.normal(size=ISSUES), "moves": shift * size * rng.normal(size=ISSUES), "team": size * 0.5 * rng.normal(size=TEAMS),
        "channel": size * 0.5 * rng.normal(size=len(CHANNELS)), "served": np.array([-size]),
    }
    mean = LEVEL[outcome] + effects["issue"][issue] + np.where(late, 0.5, -0.5) * effects["moves"][issue] + effects["team"][team] + effects["channel"][channel] + moved * effects["served"][0]
    mean = np.clip(mean, *BOUNDS[outcome])
    customer = rng.integers(0, int(n * 0.7), n)
    luck = np.where(rng.random(n) < 0.5, rng.random(n)[customer], rng.random(n))
    ids = np.array([f"c{i:06}" for i in range(n)])
    contacts = pd.DataFrame({
        "contact_id": ids, "channel": np.array(CHANNELS)[channel], "team": [f"team {t}" for t in team], "transfers": moved.astype(int),
        "customer_id": [f"k{c}" for c in customer], "mean": mean, **_answers(mean, luck, outcome),
    })
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": [f"issue.{k:02}" for k in issue]})
    return Truth(contacts, tags, issue, effects, late)


def _answers(mean: np.ndarray, luck: np.ndarray, outcome: str) -> dict[str, np.ndarray]:
    from scipy.stats import binom

    if outcome == "csat":
        return {"csat": 1.0 + binom.ppf(luck, 4, (mean - 1) / 4)}
    if outcome == "nps":
        promotes = (0.7 + mean / 100) / 2
        return {"nps": np.where(luck > 1 - promotes, 10.0, np.where(luck < 0.7 - promotes, 3.0, 8.0))}
    return {"came_back": (luck > 1 - mean).astype(float)}


def true_contributions(truth: Truth) -> pd.Series:
    """Give what each issue and team adds to the mean, by the effects that were drawn."""
    n = len(truth.contacts)
    out = {}
    average = truth.effects["issue"][None] + np.array([[-0.5], [0.5]]) * truth.effects["moves"][None]
    for kind, codes, sizes in (("issue", truth.issue, average), ("team", truth.contacts["team"].str[5:].astype(int).to_numpy(), truth.effects["team"][None].repeat(2, 0))):
        share = np.bincount(codes, minlength=sizes.shape[1]) / n
        counts = np.stack([np.bincount(codes[side], minlength=sizes.shape[1]) for side in (~truth.late, truth.late)])
        mean = (counts * sizes).sum(axis=0) / np.maximum(counts.sum(axis=0), 1)
        there = np.flatnonzero(share)
        value = share[there] * (against_others(share[there], True) @ mean[there])
        out.update({(kind, f"issue.{k:02}" if kind == "issue" else f"team {k}"): v for k, v in zip(there, value, strict=True)})
    out["served", "transferred"] = truth.contacts["transfers"].mean() * truth.effects["served"][0]
    return pd.Series(out)


def true_parts(truth: Truth) -> pd.Series:
    """Give the parts of the gap by the effects that were drawn."""
    out = {}
    sides = (~truth.late, truth.late)
    for kind, codes, base, moves in (
        ("issue", truth.issue, truth.effects["issue"], truth.effects["moves"]),
        ("team", truth.contacts["team"].str[5:].astype(int).to_numpy(), truth.effects["team"], np.zeros(TEAMS)),
    ):
        share = np.stack([np.bincount(codes[side], minlength=len(base)) / side.sum() for side in sides])
        middle = share.mean(axis=0)
        value = (share[1] - share[0]) * (base - (middle * base).sum()) + middle * moves
        out.update({(kind, f"issue.{k:02}" if kind == "issue" else f"team {k}"): value[k] for k in np.flatnonzero(share.sum(axis=0))})
    moved = truth.contacts["transfers"].to_numpy()
    out["served", "transferred"] = (moved[sides[1]].mean() - moved[sides[0]].mean()) * truth.effects["served"][0]
    return pd.Series(out)


def held(table: pd.DataFrame, true: pd.Series, fewest: int = 1) -> np.ndarray:
    """Tell of each driver whether its range holds the truth."""
    n = table["n"] if "n" in table else table[["n_before", "n_after"]].min(axis=1)
    rows = table.loc[(n >= fewest) & pd.MultiIndex.from_frame(table[["kind", "name"]]).isin(true.index)]
    at = true[pd.MultiIndex.from_frame(rows[["kind", "name"]])].to_numpy()
    return np.asarray((rows["low"] <= at) & (at <= rows["high"]))


def coverage(runs: int, outcome: str, n: int, shift: float = 0.0, strength: float = 1.0) -> tuple[float, float, float]:
    """Give how many ranges of contributions, of effects of rare issues and of parts of gaps hold the truth."""
    inside: list[np.ndarray] = []
    parts: list[np.ndarray] = []
    widest = 0.0
    for seed in range(runs):
        truth = draw(seed, n, outcome, strength, shift)
        inside.append(held(drivers(truth.contacts, truth.tags, outcome), true_contributions(truth)))
        table = gap(truth.contacts, truth.tags, ~truth.late, truth.late, outcome)
        parts.append(held(table, true_parts(truth)))
        y = truth.contacts[{"csat": "csat", "nps": "nps", "repeat": "came_back"}[outcome]].to_numpy()
        y = 100.0 * ((y >= 9).astype(float) - (y <= 6)) if outcome == "nps" else y
        widest = max(widest, abs(table["value"].sum() - (y[truth.late].mean() - y[~truth.late].mean())))
    return float(np.concatenate(inside).mean()), float(np.concatenate(parts).mean()), widest


def false_finds(runs: int, n: int = 1_500) -> tuple[float, float]:
    """Give the share of runs without any effect in which a driver is called sure, and of ranges that leave 0 out."""
    sure, outside = [], []
    for seed in range(runs):
        truth = draw(seed, n, strength=0.0)
        table = drivers(truth.contacts, truth.tags)
        sure.append(bool(table["is_sure"].any()))
        outside.append(((table["low"] > 0) | (table["high"] < 0)).mean())
    return float(np.mean(sure)), float(np.mean(outside))


def planted(runs: int, n: int = 1_500, n_issue: int = 60, effect: float = -0.6) -> tuple[float, float]:
    """Give how often one bad issue among equal ones is found surely, and its mean effect."""
    found, effects = [], []
    for seed in range(runs):
        truth = draw(seed, n, strength=0.0)
        rng = np.random.default_rng(seed + 10_000)
        bad = rng.choice(n, n_issue, replace=False)
        marks = truth.contacts["csat"].to_numpy().copy()
        marks[bad] = 1.0 + rng.binomial(4, (LEVEL["csat"] + effect - 1) / 4, n_issue)
        labels = truth.tags["label"].to_numpy(object).copy()
        labels[bad] = "planted"
        table = drivers(truth.contacts.assign(csat=marks), truth.tags.assign(label=labels)).set_index("name")
        found.append(bool(table.loc["planted", "is_sure"]))
        effects.append(table.loc["planted", "effect"])
    return float(np.mean(found)), float(np.mean(effects))


def main(runs: int = 40) -> None:
    """Print what was measured."""
    for outcome in ("csat", "nps", "repeat"):
        for n in (300, 1_500, 6_000):
            for shift, strength in ((0.0, 1.0), (0.5, 1.0), (0.0, 0.2)):
                inside, parts, miss = coverage(runs, outcome, n, shift, strength)
                print(f"{outcome:7} n {n:5} shift {shift} strength {strength}: contributions {inside:.3f}, parts of the gap {parts:.3f}, sum off by {miss:.1e}")
    print("false finds: runs %.3f, ranges that leave 0 out %.3f" % false_finds(runs * 2))
    print("planted -0.6 with 60 of 1,500 answers: found %.2f, effect %.2f" % planted(runs))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
