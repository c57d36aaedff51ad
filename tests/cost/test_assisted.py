"""Does the 95 % interval hold where the usual simulation is kind: few and many issues, tails, gaps, growth?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, CostOptions, issue_costs

MODEL = CostModel({"call": 60.0}, "JPY", open_tab_sigmas=None)


def world(seed, k=8, n=5_000, sigma=0.7, missing=0.0, growth=1.0, accuracy=0.85):
    """Contacts of k issues of very different size; the tagger pulls mistakes towards some issues."""
    rng = np.random.default_rng([seed, k])
    size = (1 / np.arange(1, k + 1)) * np.where(np.arange(k) % 4 == 3, growth, 1.0)
    counts = rng.poisson(n * size / size.sum())
    truth = np.repeat(np.arange(k), counts)
    n = len(truth)
    seconds = np.exp(rng.uniform(4.8, 6.5, k))[truth] * rng.lognormal(0, sigma, n)
    pull = rng.dirichlet(np.full(k, 0.5), size=k) + 1e-6
    np.fill_diagonal(pull, 0)
    pull = (pull / pull.sum(axis=1, keepdims=True)).cumsum(axis=1)
    other = (rng.random(n)[:, None] > pull[truth]).sum(axis=1).clip(0, k - 1)
    guess = np.where(rng.random(n) < accuracy, truth, other)
    score = np.where(guess == truth, rng.beta(6, 2, n), rng.beta(3, 3, n)).clip(0.01, 0.99)
    names = np.array([f"reason_{i:02d}" for i in range(k)])
    ids = np.array([f"c{i:05d}" for i in range(n)])
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": np.where(rng.random(n) < missing, np.nan, seconds)})
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": names[guess], "score": score})
    return contacts, tags, names[truth], seconds


def audit_of(tags, truth, n, seed):
    """Draw by predicted label with chances as the square root of its size, as a careful audit does."""
    frame = tags.assign(truth=truth)
    size = frame["label"].value_counts()
    each = np.minimum(np.maximum(np.sqrt(size) / np.sqrt(size).sum() * n, 5).round(), size).astype(int)
    rows = pd.concat([part.sample(n=each[label], random_state=seed) for label, part in frame.groupby("label")])
    return pd.DataFrame({
        "contact_id": rows["contact_id"], "label_tag": rows["label"], "label": rows["truth"],
        "prob": rows["label"].map(each / size).astype(float),
    })


def run(seed, labels, **changed):
    contacts, tags, truth, seconds = world(seed, **changed)
    true = pd.Series(seconds).groupby(truth).sum()
    options = CostOptions(issues=tuple(true.index))
    table = issue_costs(contacts, tags, MODEL, audit=audit_of(tags, truth, labels, seed), seed=seed, options=options).table
    table = table.set_index("issue").reindex(true.index).fillna(0)
    return table, true


CASES = {
    "5 issues": ({"k": 5}, 300, 12),
    "heavy tails": ({"sigma": 1.2}, 400, 12),
    "a third of the times missing": ({"missing": 0.33}, 400, 12),
    "growth": ({"growth": 12.0}, 400, 10),
    "all at once": ({"sigma": 1.0, "missing": 0.3, "growth": 6.0}, 400, 12),
}


@pytest.mark.parametrize("case", CASES)
def test_intervals_hold(case):
    changed, labels, runs = CASES[case]
    inside, error = [], []
    for seed in range(runs):
        table, true = run(seed, labels, **changed)
        inside.append(((table.cost_low <= true) & (true <= table.cost_high)).to_numpy())
        error.append(((table.cost - true) / true).to_numpy())
    assert 0.88 <= np.mean(inside) <= 0.995
    assert abs(np.mean(error)) < 0.06


@pytest.mark.slow
def test_intervals_hold_on_the_small_ones_among_forty():
    small, inside = [], []
    for seed in range(8):
        table, true = run(seed, 900, k=40, n=16_000, sigma=0.9, missing=0.2)
        holds = ((table.cost_low <= true) & (true <= table.cost_high)).to_numpy()
        inside.append(holds)
        small.append(holds[(true / true.sum() < 0.01).to_numpy()])
    assert 0.91 <= np.mean(np.concatenate(inside)) <= 0.99
    assert np.concatenate(small).size > 100
    assert 0.90 <= np.mean(np.concatenate(small)) <= 0.995


def test_a_missing_time_goes_with_the_true_issue():
    """Half of what is tagged quick is slow and has no time: what was imputed as quick must be moved, the sum kept."""
    rng = np.random.default_rng(0)
    n = 3_000
    truth = np.where(np.arange(n) % 2 == 0, "quick", "slow")
    seconds = np.where(truth == "slow", 900.0, 60.0) * rng.lognormal(-0.02, 0.2, n)
    wrong = (truth == "slow") & (rng.random(n) < 0.4)
    ids = [f"c{i:04d}" for i in range(n)]
    tags = pd.DataFrame({"contact_id": ids, "kind": "reason", "label": np.where(wrong, "quick", truth), "score": 0.7})
    measured = np.where(rng.random(n) < 0.5, np.nan, seconds)
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": measured})
    audit = audit_of(tags, truth, 500, 1)
    table = issue_costs(contacts, tags, MODEL, audit=audit).table.set_index("issue").sort_index()
    true = pd.Series(seconds).groupby(truth).sum()
    assert ((table.cost - true) / true).abs().max() < 0.15
    assert table.cost.sum() == issue_costs(contacts, tags, MODEL).table.cost.sum()
    hours = table.handle_hours / table.handle_hours.sum()
    assert np.allclose(hours, table.cost / table.cost.sum(), atol=1e-4)
    assert table.n_contacts["slow"] == pytest.approx(n / 2, rel=0.1)


def test_payouts_that_few_checked_contacts_bear_have_wide_ranges_that_hold():
    inside = true_none = none_inside = n = 0
    for seed in range(10):
        contacts, tags, truth, _ = world(seed, k=8, n=3_000)
        rng = np.random.default_rng([seed, 9])
        names = np.unique(truth)
        chance = pd.Series(rng.choice([0.0, 0.02, 0.1, 0.3], len(names)), index=names)
        paid = np.where(rng.random(len(truth)) < chance[truth].to_numpy(), rng.lognormal(8, 1, len(truth)), 0.0)
        true = pd.Series(paid).groupby(truth).sum()
        options = CostOptions(issues=tuple(names))
        audit = audit_of(tags, truth, 200, seed)
        table = issue_costs(contacts.assign(cost_extra=paid), tags, MODEL, audit=audit, seed=seed, options=options).table
        assert table["payout"].sum() == round(paid.sum())
        table = table.set_index("issue").reindex(true.index).fillna(0)
        holds = (table["payout_low"] <= true) & (true <= table["payout_high"])
        n, inside = n + int((true > 0).sum()), inside + int(holds[true > 0].sum())
        true_none, none_inside = true_none + int((true == 0).sum()), none_inside + int(holds[true == 0].sum())
    assert inside / n >= 0.88
    assert none_inside / true_none >= 0.88
