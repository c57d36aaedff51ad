"""Measure what `vocmine.drivers` says on answers whose truth is known: coverage, false finds, planted effects, sums.

Run ``python scripts/check_drivers.py [runs]``. Answers are drawn so that their mean is exactly the sum of the effects:
1 + Binomial(4, p) for satisfaction, three marks for NPS, yes or no for coming back; a part of the contacts of one
customer share their luck. What is measured: the share of ranges that hold the truth (level .95), of the contributions
and of the parts of a gap; how often a driver without effect is called sure; how often one that takes 0.6 points from 60
of 1,500 answers is found; by how much parts miss the gap they add up to; and how far predicted chances are off where
half of the angry do not answer.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.drivers import drivers, gap, net_promoters, predicted_satisfaction
from vocmine.drivers.calibration_error import calibration
from vocmine.drivers.contributions import against_others
from vocmine.drivers.outcomes import COLUMN_OF, outcome_values

ISSUES, TEAMS, CHANNELS = 24, 6, np.array(["call", "chat", "email", "survey"])
LEVEL = {"csat": 3.4, "nps": 5.0, "repeat": 0.3}
SPREAD = {"csat": 0.35, "nps": 14.0, "repeat": 0.06}
BOUNDS = {"csat": (1.05, 4.95), "nps": (-68.0, 68.0), "repeat": (0.01, 0.99)}
NEUTRAL = 0.3  # share of those who neither promote nor detract


@dataclass(frozen=True)
class Truth:
    """Made-up contacts with the effects they were drawn from."""

    contacts: pd.DataFrame
    tags: pd.DataFrame
    codes: dict[str, np.ndarray]
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
        "issue": size * rng.normal(size=ISSUES), "moves": shift * size * rng.normal(size=ISSUES),
        "team": size * 0.5 * rng.normal(size=TEAMS), "channel": size * 0.5 * rng.normal(size=len(CHANNELS)),
    }
    mean = LEVEL[outcome] + effects["issue"][issue] + np.where(late, 0.5, -0.5) * effects["moves"][issue]
    mean = np.clip(mean + effects["team"][team] + effects["channel"][channel] - size * moved, *BOUNDS[outcome])
    customer = rng.integers(0, int(n * 0.7), n)
    luck = np.where(rng.random(n) < 0.5, rng.random(n)[customer], rng.random(n))
    ids = np.array([f"c{i:06}" for i in range(n)])
    contacts = pd.DataFrame({
        "contact_id": ids, "channel": CHANNELS[channel], "team": [f"team {t}" for t in team],
        "transfers": moved.astype(int), "customer_id": [f"k{c}" for c in customer],
        COLUMN_OF[outcome]: answers(mean, luck, outcome),
    })
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": [f"issue {k}" for k in issue]})
    return Truth(contacts, tags, {"issue": issue, "team": team}, {**effects, "served": np.array([-size])}, late)


def answers(mean: np.ndarray, luck: np.ndarray, outcome: str) -> np.ndarray:
    """Draw answers that have these means, by quantiles."""
    from scipy.stats import binom

    if outcome == "csat":
        return np.asarray(1.0 + binom.ppf(luck, 4, (mean - 1) / 4))
    if outcome == "nps":
        promotes = (1 - NEUTRAL + mean / 100) / 2
        return np.where(luck > 1 - promotes, 10.0, np.where(luck < 1 - NEUTRAL - promotes, 3.0, 8.0))
    return (luck > 1 - mean).astype(float)


def true_contributions(truth: Truth) -> pd.Series:
    """Give what each driver adds to the mean, by the effects that were drawn."""
    out = {("served", "transferred"): truth.contacts["transfers"].mean() * truth.effects["served"][0]}
    for kind, codes in truth.codes.items():
        base, moves = truth.effects[kind], truth.effects["moves"] if kind == "issue" else np.zeros(TEAMS)
        counts = np.stack([np.bincount(codes[side], minlength=len(base)) for side in (~truth.late, truth.late)])
        mean = base + (counts[1] - counts[0]) / np.maximum(counts.sum(axis=0), 1) * moves / 2
        there = np.flatnonzero(counts.sum(axis=0))
        share = counts.sum(axis=0)[there] / len(codes)
        value = share * (against_others(share, sums_to_one=True) @ mean[there])
        out.update({(kind, f"{kind} {k}"): v for k, v in zip(there, value, strict=True)})
    return pd.Series(out)


def true_parts(truth: Truth) -> pd.Series:
    """Give the parts of the gap by the effects that were drawn."""
    sides, moved = (~truth.late, truth.late), truth.contacts["transfers"].to_numpy()
    moves = moved[truth.late].mean() - moved[~truth.late].mean()
    out = {("served", "transferred"): moves * truth.effects["served"][0]}
    for kind, codes in truth.codes.items():
        base, change = truth.effects[kind], truth.effects["moves"] if kind == "issue" else np.zeros(TEAMS)
        share = np.stack([np.bincount(codes[side], minlength=len(base)) / side.sum() for side in sides])
        middle = share.mean(axis=0)
        value = (share[1] - share[0]) * (base - (middle * base).sum()) + middle * change
        out.update({(kind, f"{kind} {k}"): value[k] for k in np.flatnonzero(share.sum(axis=0))})
    return pd.Series(out)


def held(table: pd.DataFrame, true: pd.Series) -> np.ndarray:
    """Tell of each driver whether its range holds the truth."""
    keys = pd.MultiIndex.from_frame(table[["kind", "name"]])
    rows, at = table.loc[keys.isin(true.index)], true[keys[keys.isin(true.index)]].to_numpy()
    return np.asarray((rows["low"] <= at) & (at <= rows["high"]))


def coverage(runs: int, outcome: str, n: int, shift: float = 0.0, strength: float = 1.0) -> tuple[float, float, float]:
    """Give how many ranges of contributions and of parts of gaps hold the truth, and by how much sums are off."""
    inside: list[np.ndarray] = []
    parts: list[np.ndarray] = []
    off = 0.0
    for seed in range(runs):
        truth = draw(seed, n, outcome, strength, shift)
        inside.append(held(drivers(truth.contacts, truth.tags, outcome), true_contributions(truth)))
        table = gap(truth.contacts, truth.tags, ~truth.late, truth.late, outcome)
        parts.append(held(table, true_parts(truth)))
        y = outcome_values(truth.contacts, outcome)
        off = max(off, abs(table["value"].sum() - (y[truth.late].mean() - y[~truth.late].mean())))
    return float(np.concatenate(inside).mean()), float(np.concatenate(parts).mean()), off


def false_finds(runs: int, n: int = 1_500) -> tuple[float, float]:
    """Give the share of runs without any effect in which a driver is called sure, and of ranges that leave 0 out."""
    sure, outside = [], []
    for seed in range(runs):
        truth = draw(seed, n, strength=0.0)
        table = drivers(truth.contacts, truth.tags)
        sure.append(bool(table["is_sure"].any()))
        outside.append(((table["low"] > 0) | (table["high"] < 0)).mean())
    return float(np.mean(sure)), float(np.mean(outside))


def planted(runs: int, n: int = 1_500, n_bad: int = 60, effect: float = -0.6) -> tuple[float, float]:
    """Give how often one bad issue among equal ones is found surely, and its mean effect."""
    found, effects = [], []
    for seed in range(runs):
        truth, rng = draw(seed, n, strength=0.0), np.random.default_rng(seed + 10_000)
        bad = rng.choice(n, n_bad, replace=False)
        marks, labels = truth.contacts["csat"].to_numpy().copy(), truth.tags["label"].to_numpy(object).copy()
        marks[bad] = 1.0 + rng.binomial(4, (LEVEL["csat"] + effect - 1) / 4, n_bad)
        labels[bad] = "planted"
        table = drivers(truth.contacts.assign(csat=marks), truth.tags.assign(label=labels)).set_index("name")
        found.append(bool(table.loc["planted", "is_sure"]))
        effects.append(table.loc["planted", "effect"])
    return float(np.mean(found)), float(np.mean(effects))


def predictions(runs: int, n: int = 6_000, answered: float = 0.2) -> tuple[float, float, float]:
    """Give the calibration error of those who did not answer, how often their mean is held, and by how much it is off.

    Angry people (a tag says so) are 1.2 points less satisfied, and half as likely to answer.
    """
    errors, inside, off = [], [], []
    for seed in range(runs):
        truth, rng = draw(seed, n), np.random.default_rng(seed + 20_000)
        angry = rng.random(n) < 0.4
        calm = truth.contacts["csat"].to_numpy()
        marks = np.where(angry, np.maximum(calm - rng.choice([1, 1, 1, 1, 2], n), 1.0), calm)
        silent = rng.random(n) > answered * np.where(angry, 0.65, 1.3)
        moods = pd.DataFrame({"contact_id": truth.contacts["contact_id"], "kind": "sentiment"})
        moods = moods.assign(label=np.where(angry, "negative", "neutral"))
        tags = pd.concat([truth.tags, moods], ignore_index=True)
        found = predicted_satisfaction(truth.contacts.assign(csat=np.where(silent, np.nan, marks)), tags)
        if found.why_not:
            continue
        chance = found.table["satisfied"].to_numpy()[silent]
        errors.append(calibration(chance, (marks[silent] >= 4).astype(int))[0])
        value, low, high = found.unanswered
        inside.append(low <= marks[silent].mean() <= high)
        off.append(abs(value - marks[silent].mean()))
    return float(np.mean(errors)), float(np.mean(inside)), float(np.mean(off))


def promoter_coverage(n: int, p: tuple[float, float, float], runs: int = 4_000) -> float:
    """Give how many ranges of the net promoter score hold the truth."""
    draws = np.random.default_rng(1).multinomial(n, p, runs)
    marks = np.concatenate([np.repeat([3, 8, 10], row) for row in draws])
    contacts = pd.DataFrame({"nps": marks, "run": np.repeat(np.arange(runs), n)})
    table = net_promoters(contacts.assign(contact_id=np.arange(len(marks)).astype(str)), by="run").iloc[1:]
    truth = 100 * (p[2] - p[0])
    return float(((table["low"] <= truth) & (truth <= table["high"])).mean())


def main(runs: int = 40) -> None:
    """Print what was measured."""
    say = sys.stdout.write
    for outcome in LEVEL:
        for n in (300, 1_500, 6_000):
            for shift, strength in ((0.0, 1.0), (0.5, 1.0), (0.0, 0.2)):
                inside, parts, off = coverage(runs, outcome, n, shift, strength)
                case = f"{outcome:7}n {n:5} shift {shift} strength {strength}"
                say(f"{case}: contributions {inside:.3f}, parts of the gap {parts:.3f}, sum off by {off:.0e}\n")
                sys.stdout.flush()
    sure, outside = false_finds(runs * 2)
    say(f"no effects: runs with a sure driver {sure:.3f}, ranges that leave 0 out {outside:.3f}\n")
    for n_bad in (60, 120, 240):
        found, effect = planted(runs, n_bad=n_bad)
        say(f"planted -0.6 in {n_bad} of 1,500 answers: found {found:.2f}, mean effect {effect:.2f}\n")
    error, inside, off = predictions(runs)
    say(f"predicted: calibration error {error:.3f}, mean held {inside:.2f}, mean off by {off:.3f}\n")
    for n, p in ((10, (0.2, 0.3, 0.5)), (30, (0.1, 0.2, 0.7)), (100, (0.5, 0.3, 0.2)), (400, (0.3, 0.4, 0.3))):
        say(f"NPS of {n} answers: {promoter_coverage(n, p):.3f}\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
