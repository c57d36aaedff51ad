"""How well counting tags, labels alone and the corrected estimate find the cost of each issue.

Run with ``python benchmarks/bench_cost.py``: simulated contacts with known truth, a tagger that confuses issues
unevenly, and a few hundred contacts checked by hand. Prints a line an accuracy; takes about two minutes.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from vocmine.classify import sample_audit
from vocmine.cost import CostModel, issue_costs


def simulate(
    rng: np.random.Generator, n: int, k: int, accuracy: float
) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Contacts, tags and true issues: few large issues and many small ones, log-normal handle times."""
    names = np.array([f"reason_{i:02d}" for i in range(k)])
    size = 1 / np.arange(1, k + 1)
    truth = rng.choice(k, size=n, p=size / size.sum())
    seconds = rng.lognormal(rng.uniform(4.8, 6.5, size=k)[truth], 0.7)
    pull = rng.dirichlet(np.full(k, 0.5), size=k)
    np.fill_diagonal(pull, 0)
    pull = (pull + 1e-9) / (pull + 1e-9).sum(axis=1, keepdims=True)
    drawn = (rng.random(n)[:, None] > pull.cumsum(axis=1)[truth]).sum(axis=1).clip(0, k - 1)
    guess = np.where(rng.random(n) < accuracy, truth, drawn)
    score = np.where(guess == truth, rng.beta(6, 2, n), rng.beta(3, 3, n)).clip(0.01, 0.99)
    ids = np.array([f"c{i:06d}" for i in range(n)])
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": seconds})
    return (
        contacts,
        pd.DataFrame({"contact_id": ids, "kind": "reason", "label": names[guess], "score": score}),
        names[truth],
    )


def labels_alone(contacts: pd.DataFrame, truth: pd.Series, n: int, rng: np.random.Generator) -> pd.Series:
    """Cost by issue from a simple random sample of checked contacts, without the tagger."""
    rows = rng.choice(len(contacts), size=n, replace=False)
    cost = contacts["handle_seconds"].iloc[rows].groupby(truth.iloc[rows]).sum()
    return cost / cost.sum() * contacts["handle_seconds"].sum()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--labels", type=int, default=600)
    args = parser.parse_args()
    model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")
    print(f"{'accuracy':>8} {'counted':>9} {'labels':>9} {'corrected':>9} {'coverage':>9} {'s a call':>9}")
    for accuracy in (0.95, 0.85, 0.75):
        errors: dict[str, list[np.ndarray]] = {"counted": [], "labels": [], "corrected": []}
        inside, seconds = [], []
        for run in range(args.runs):
            rng = np.random.default_rng([run, int(100 * accuracy)])
            contacts, tags, truth = simulate(rng, 20_000, 12, accuracy)
            true = contacts["handle_seconds"].groupby(truth).sum()
            audit = sample_audit(tags, n=args.labels, seed=run).rename(columns={"label": "label_tag"})
            audit["label"] = audit["contact_id"].map(pd.Series(truth, index=contacts["contact_id"]))
            start = time.perf_counter()
            table = issue_costs(contacts, tags, model, audit=audit, seed=run).set_index("issue").reindex(true.index)
            seconds.append(time.perf_counter() - start)
            counted = issue_costs(contacts, tags, model).set_index("issue").reindex(true.index)
            labels = labels_alone(contacts, pd.Series(truth), args.labels, rng).reindex(true.index).fillna(0)
            for name, cost in (("counted", counted.cost), ("labels", labels), ("corrected", table.cost)):
                errors[name].append(((cost - true) / true).to_numpy())
            inside.append(((table.cost_low <= true) & (true <= table.cost_high)).mean())
        size = {name: float(np.sqrt(np.nanmean(np.square(each)))) for name, each in errors.items()}
        print(
            f"{accuracy:8.2f} {size['counted']:9.3f} {size['labels']:9.3f} {size['corrected']:9.3f} "
            f"{np.mean(inside):9.3f} {np.median(seconds):9.2f}"
        )


if __name__ == "__main__":
    main()
