"""How often ranges of a part's costs hold the truth: ``python scripts/check_parts.py [seeds]``.

Contacts are made up, so that the true minutes of each reason are known. Each product, team and channel is a part, as
`vocmine report --product` cuts it; a line counts where it is one of the eight dearest of its part or bears 2 % of it.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

import vocmine as vm
from vocmine.batch.part_ranges import widened
from vocmine.cost import CostModel

MODEL = CostModel(
    rate_per_minute={"call": 65.7, "chat": 52.0, "email": 58.0, "social": 58.0, "survey": 20.0, "bot": 5.0},
    currency="JPY",
)
KEYS = ("product", "team", "channel")


def true_costs(truth: pd.DataFrame, contacts: pd.DataFrame, key: str) -> pd.Series:
    """Give the true cost of each reason in each part."""
    at = contacts.set_index("contact_id").reindex(truth.index)
    rate = at["channel"].astype(str).map(MODEL.rate_per_minute).to_numpy() / 60
    rate = rate / at["concurrency"].fillna(1.0).to_numpy()
    part = at[key].astype(object).where(at[key].notna(), "").astype(str)
    both = truth["true_reasons"].str.split("|", expand=True).reindex(columns=[0, 1])
    first = truth["true_primary_seconds"] * rate
    other = (truth["true_handle_seconds"] - truth["true_primary_seconds"]) * rate
    rows = [pd.DataFrame({"part": part, "issue": both[i], "cost": cost}) for i, cost in ((0, first), (1, other))]
    return pd.concat(rows).dropna().groupby(["part", "issue"])["cost"].sum()


def audit_of(tags: pd.DataFrame, truth: pd.DataFrame, n: int) -> pd.DataFrame:
    """Let the truth check some contacts."""
    drawn = vm.sample_audit(tags, n, seed=1).rename(columns={"label": "label_tag"})
    right = truth["true_reasons"].str.split("|").explode().rename("label")
    return drawn.merge(right, left_on="contact_id", right_index=True)


def lines_of(seed: int, per_day: int = 80) -> pd.DataFrame:
    """Hold the lines of each part of one made-up centre against the truth."""
    centre = vm.simulate(days=30, per_day=per_day, seed=seed)
    truth = centre.set_index("contact_id").filter(like="true_")
    contacts = vm.analyze(centre.drop(columns=list(truth)))
    tags = vm.Tagger().tag(contacts)
    found = []
    for audited in (False, True):
        audit = audit_of(tags, truth, 300) if audited else None
        for key in KEYS:
            table = widened(vm.issue_costs(contacts, tags, MODEL, audit=audit, by=key), key).table
            table = table[~table["issue"].isin(["unknown", "unallocated"])]
            rank = table.groupby(key)["cost"].rank(ascending=False, method="first")
            share = table["cost"] / table.groupby(key)["cost"].transform("sum")
            table = table[(rank <= 8) | (share >= 0.02)]
            place = pd.MultiIndex.from_arrays([table[key].astype(str), table["issue"]])
            true = true_costs(truth, contacts, key).reindex(place).fillna(0.0).to_numpy()
            inside = (true >= table["cost_low"].to_numpy()) & (true <= table["cost_high"].to_numpy())
            found.append(pd.DataFrame({
                "audited": audited, "key": key, "inside": inside, "n": table["n_contacts"].to_numpy(), "seed": seed,
                "true": true, **{name: table[name].to_numpy() for name in ("cost", "cost_low", "cost_high")},
                "width": np.log((table["cost_high"].to_numpy() + 1) / (table["cost_low"].to_numpy() + 1)),
            }))
    return pd.concat(found, ignore_index=True)


def main() -> None:
    """Print how often the truth is inside, by key and size."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    rows = pd.concat([lines_of(seed) for seed in range(seeds)], ignore_index=True)
    size = pd.cut(rows["n"], [0, 5, 15, 50, np.inf], labels=["to 5", "to 15", "to 50", "more"])
    for by in (["audited"], ["audited", "key"], ["audited", size.rename("contacts")]):
        groups = rows.groupby(by, observed=True)
        told = groups.agg(lines=("inside", "size"), inside=("inside", "mean"), width=("width", "median"))
        sys.stdout.write(f"{told.round(3).to_string()}\n\n")


if __name__ == "__main__":
    main()
