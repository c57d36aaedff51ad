"""How well counting tags, labels alone and the corrected estimate find the cost of each issue, and do intervals hold.

Run with ``python benchmarks/bench_cost.py``: simulated contacts with known truth, a tagger that confuses issues
unevenly, and a few hundred contacts checked by hand. Prints a line a scenario: relative errors, and how often the 95 %
interval holds, over all issues and over those below 1 % of the cost. ``--shares`` prints how far the split of contacts
with several issues is off. Some minutes in all; ``--only`` names one scenario.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.classify import sample_audit
from vocmine.cost import CostModel, CostOptions, issue_costs


@dataclass(frozen=True)
class Scenario:
    """What differs from 20,000 contacts over 12 issues, 600 labels and 85 % right tags."""

    accuracy: float = 0.85
    n: int = 20_000
    k: int = 12
    labels: int = 600
    sigma: float = 0.7
    pareto: bool = False
    missing: float = 0.0
    missing_by_issue: bool = False
    growth: float = 0.0


SCENARIOS = {
    "accuracy 95 %": Scenario(accuracy=0.95),
    "accuracy 85 %": Scenario(),
    "accuracy 75 %": Scenario(accuracy=0.75),
    "5 issues": Scenario(k=5),
    "40 issues": Scenario(k=40, labels=1_000),
    "heavy tails, sigma 1.2": Scenario(sigma=1.2),
    "Pareto tails, index 2.5": Scenario(pareto=True),
    "30 % of times missing": Scenario(missing=0.3),
    "missing, 0 to 60 % by issue": Scenario(missing=0.3, missing_by_issue=True),
    "missing, heavy, 40 issues": Scenario(k=40, labels=1_000, sigma=1.2, missing=0.3),
    "Poisson growth, 12 times": Scenario(growth=12.0),
    "2,000 contacts, 300 labels": Scenario(n=2_000, labels=300),
}


def simulate(rng: np.random.Generator, s: Scenario) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray, np.ndarray]:
    """Contacts, tags, true issues, true seconds: few large issues and many small ones."""
    names = np.array([f"reason_{i:02d}" for i in range(s.k)])
    size = 1 / np.arange(1, s.k + 1)
    if s.growth:
        # The number of each issue is a Poisson count; a fifth of the issues grew to `growth` times their size.
        size = size * np.where(np.arange(s.k) % 5 == 3, s.growth, 1.0)
        truth = np.repeat(np.arange(s.k), rng.poisson(s.n * size / size.sum()))
    else:
        truth = rng.choice(s.k, size=s.n, p=size / size.sum())
    n, centre = len(truth), rng.uniform(4.8, 6.5, size=s.k)
    noise = 0.6 * (1 + rng.pareto(2.5, n)) if s.pareto else rng.lognormal(0, s.sigma, n)
    seconds = np.exp(centre)[truth] * noise
    pull = rng.dirichlet(np.full(s.k, 0.5), size=s.k)
    np.fill_diagonal(pull, 0)
    pull = (pull + 1e-9) / (pull + 1e-9).sum(axis=1, keepdims=True)
    drawn = (rng.random(n)[:, None] > pull.cumsum(axis=1)[truth]).sum(axis=1).clip(0, s.k - 1)
    guess = np.where(rng.random(n) < s.accuracy, truth, drawn)
    score = np.where(guess == truth, rng.beta(6, 2, n), rng.beta(3, 3, n)).clip(0.01, 0.99)
    ids = np.array([f"c{i:06d}" for i in range(n)])
    lost = rng.random(n) < s.missing * (truth % 3 if s.missing_by_issue else 1)
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": np.where(lost, np.nan, seconds)})
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": names[guess], "score": score})
    return contacts, tags, names[truth], seconds


def labels_alone(cost: pd.Series, truth: pd.Series, n: int, rng: np.random.Generator) -> pd.Series:
    """Cost by issue from a simple random sample of checked contacts, without the tagger."""
    rows = rng.choice(len(cost), size=n, replace=False)
    drawn = cost.iloc[rows].groupby(truth.iloc[rows].to_numpy()).sum()
    return drawn / drawn.sum() * cost.sum()


def run_scenario(name: str, s: Scenario, runs: int) -> None:
    model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY", open_tab_sigmas=None)
    errors: dict[str, list[np.ndarray]] = {"counted": [], "labels": [], "corrected": []}
    inside, inside_small, seconds = [], [], []
    for run in range(runs):
        rng = np.random.default_rng([run, *name.encode()])
        contacts, tags, truth, spent = simulate(rng, s)
        cost = pd.Series(spent)
        true = cost.groupby(truth).sum()
        audit = sample_audit(tags, n=s.labels, seed=run).rename(columns={"label": "label_tag"})
        audit["label"] = audit["contact_id"].map(pd.Series(truth, index=contacts["contact_id"]))
        start = time.process_time()
        every = CostOptions(issues=tuple(true.index))
        table = issue_costs(contacts, tags, model, audit=audit, seed=run, options=every).table
        seconds.append(time.process_time() - start)
        table = table.set_index("issue").reindex(true.index).fillna(0)
        counted = issue_costs(contacts, tags, model).table.set_index("issue").reindex(true.index).fillna(0)
        alone = labels_alone(cost, pd.Series(truth), s.labels, rng).reindex(true.index).fillna(0)
        for kind, found in (("counted", counted.cost), ("labels", alone), ("corrected", table.cost)):
            errors[kind].append(((found - true) / true).to_numpy())
        holds = ((table.cost_low <= true) & (true <= table.cost_high)).to_numpy()
        inside.append(holds)
        inside_small.append(holds[(true / true.sum() < 0.01).to_numpy()])
    size = {kind: float(np.sqrt(np.mean(np.square(np.concatenate(each))))) for kind, each in errors.items()}
    small = np.concatenate(inside_small)
    print(
        f"{name:28} {size['counted']:8.3f} {size['labels']:8.3f} {size['corrected']:9.3f} "
        f"{np.mean(np.concatenate(inside)):9.3f} {np.mean(small) if len(small) else np.nan:9.3f} {len(small):6d} "
        f"{np.median(seconds):7.2f}",
        flush=True,
    )


def shares(runs: int, n: int = 12_000, k: int = 8) -> None:
    """How far each split of contacts with several issues is from the truth, mean over issues and runs."""
    model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")
    found: dict[str, list[float]] = {"minutes": [], "equal": [], "primary": [], "full time to each": []}
    for run in range(runs):
        rng = np.random.default_rng([run, 7])
        mean, odds = rng.uniform(90, 900, size=k), rng.dirichlet(np.full(k, 3))
        count = rng.choice([1, 2, 3], size=n, p=[0.7, 0.22, 0.08])
        order = np.argsort(rng.exponential(size=(n, k)) / odds, axis=1)
        has = np.zeros((n, k), dtype=bool)
        for i in range(3):
            has[np.flatnonzero(count > i), order[count > i, i]] = True
        spent = has * mean * rng.lognormal(-0.125, 0.5, size=(n, k))
        ids = np.array([f"c{i:05d}" for i in range(n)])
        contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": spent.sum(axis=1)})
        row, issue = np.nonzero(has)
        labels = [f"reason_{i}" for i in issue]
        tags = pd.DataFrame({"contact_id": ids[row], "label": labels, "score": rng.random(len(row))})
        true = pd.Series(spent.sum(axis=0), index=[f"reason_{i}" for i in range(k)])
        for how in ("minutes", "equal", "primary"):
            table = issue_costs(contacts, tags, model, options=CostOptions(attribution=how)).table.set_index("issue")
            found[how].append(float(((table.cost - true) / true).abs().mean()))
        full = pd.Series(spent.sum(axis=1) @ has, index=true.index)
        found["full time to each"].append(float(((full - true) / true).abs().mean()))
    for how, each in found.items():
        print(f"split {how:22} mean error {np.mean(each):6.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--only", help="a scenario, by the beginning of its name")
    parser.add_argument("--shares", action="store_true", help="only the split of contacts with several issues")
    args = parser.parse_args()
    if args.shares:
        shares(min(args.runs, 20))
        return
    print(f"{'':28} {'counted':>8} {'labels':>8} {'corrected':>9} {'coverage':>9} {'small':>9} {'n':>6} {'CPU s':>7}")
    for name, scenario in SCENARIOS.items():
        if not args.only or name.startswith(args.only):
            run_scenario(name, scenario, args.runs)


if __name__ == "__main__":
    main()
