"""Show how well texts of unknown reasons are told from others, with texts without a label beside, and without labels.

Run from the root of the project: ``python scripts/tune_unknown.py TEXTS.parquet`` (columns ``text`` and ``label``;
without a file on simulated contacts). In each draw a fifth of the reasons is unknown. Half of the other texts are
learned from, a quarter goes without labels, with a share of texts of unknown reasons (see ``--new``), a quarter is
judged: the area under the ROC curve of the best probability, known against unknown. One parameter at a time takes a few
values, all others keep their defaults (marked ``*``). These were chosen so on openly licensed requests to hotels,
questions to a bank and calls to an insurer.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons import calibration, neighbours, pseudo_labels
from vocmine.contacts import simulate
from vocmine.embed import remembered_vectors
from vocmine.text import as_analysed

GRID: dict[str, tuple[ModuleType, dict[str, tuple[Any, ...]], bool]] = {
    "neighbours": (neighbours, {"closeness": (5.0, 7.5, 12.5), "temperature": (0.05, 0.1, 0.2),
                                "doubt": (0.01, 0.02, 0.05), "least_new": (0.0, 0.015, 0.05)}, True),
    "calibration": (calibration, {"unknown_weight_beside": (0.12, 0.3, 0.5, 1.0)}, True),
    "pseudo_labels": (pseudo_labels, {"weight": (1.0, 2.0, 4.0), "least": (1, 2, 3)}, False),
}


@contextmanager
def parameters(module: ModuleType, **changes: Any) -> Iterator[None]:
    """Give a module other parameters for a while."""
    before = module.PARAMETERS
    module.PARAMETERS = replace(before, **changes)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        module.PARAMETERS = before  # type: ignore[attr-defined]


def load(path: str | None) -> pd.DataFrame:
    """Give analysed texts with their label, each text once."""
    if path is None:
        frame = simulate(days=14, per_day=80, lang="mixed", seed=7)
        frame = frame[~frame["true_reasons"].str.contains("|", regex=False)].assign(label=frame["true_reasons"])
    else:
        frame = pd.read_parquet(path).dropna(subset=["text", "label"])
    frame = frame.drop_duplicates("text").reset_index(drop=True)
    out: pd.DataFrame = as_analysed(frame["text"].tolist())[["text", "lang", "text_clean", "terms"]]
    return out.assign(label=frame["label"].astype(str).to_numpy())


def told(frame: pd.DataFrame, seed: int, new: float, labels: bool) -> float:
    """Give the area under the ROC curve of one draw."""
    rng = np.random.default_rng(seed)
    reasons = sorted(frame["label"].unique())
    unknown = set(rng.permutation(reasons)[: max(len(reasons) // 5, 1)])
    drawn = frame.iloc[rng.permutation(len(frame))]
    known = ~drawn["label"].isin(unknown).to_numpy()
    part = np.arange(len(drawn)) * 4 // len(drawn)
    beside = drawn[known & (part == 2)]
    others = drawn[~known & (part <= 2)].iloc[: round(new / (1 - new) * len(beside))]
    texts = pd.concat([drawn[known & (part < 2)], beside, others]) if labels else pd.concat([beside, others])
    taxonomy = Taxonomy.from_dict(
        {"reasons": [{"id": r, "name": r.replace("_", " ")} for r in reasons if r not in unknown]})
    y = [*drawn["label"][known & (part < 2)], *[None] * (len(beside) + len(others))] if labels else None
    clf = ReasonClassifier(taxonomy).fit(texts.drop(columns="label"), y)
    best = clf.predict_proba(drawn[part == 3].drop(columns="label")).max(axis=1)
    return float(roc_auc_score(known[part == 3], best))


def table(judged: Callable[[bool], list[float]], families: dict[str, Any]) -> pd.DataFrame:
    """Give mean and standard error for each parameter and value."""
    rows = []
    for module, grid, labels in families.values():
        for parameter, values in grid.items():
            for value in values:
                with parameters(module, **{parameter: value}):
                    found = judged(labels)
                star = "*" if value == getattr(module.PARAMETERS, parameter) else ""
                error = np.std(found, ddof=1) / np.sqrt(len(found)) if len(found) > 1 else np.nan
                rows.append((module.__name__.rpartition(".")[2], parameter, value, star, np.mean(found), error))
    return pd.DataFrame(rows, columns=["family", "parameter", "value", "default", "auroc", "error"])


def main(arguments: list[str] | None = None) -> None:
    """Print the table; see the head of the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="?")
    parser.add_argument("--draws", type=int, default=2)
    parser.add_argument("--new", type=float, default=0.2)
    given = parser.parse_args(arguments)
    frame = load(given.texts)

    def judged(labels: bool) -> list[float]:
        return [told(frame, seed, given.new, labels) for seed in range(given.draws)]

    with remembered_vectors(len(frame)):
        found = table(judged, GRID)
    sys.stdout.write(found.round(4).to_string(index=False) + "\n")


if __name__ == "__main__":
    main()
