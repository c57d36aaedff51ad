"""Try values of the constants of `vocmine.topics.discovery.grouping`: how many groups, and V-measure, for each.

Usage: ``python scripts/tune_proposals.py FILE.parquet:LABEL [...] [--sizes 3000] [--labels 12]``. The constants in the
library were chosen on requests_hotel_ja:label, intents_banking_en:intent and calls_insurance_en:intent, 3,000 texts,
whole, the last two in one, and with 8 to 40 of their labels only (``--labels``). The likeness within topics of few
texts, `vocmine.topics.discovery.cohesion`, is told for sizes up to 300.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.text import as_analysed
from vocmine.topics.discovery import grouping
from vocmine.topics.discovery.cohesion import within
from vocmine.topics.discovery.sampling import distinct_texts

TRIED: list[dict[str, Any]] = [
    {}, {"_AGREEMENT": 0.4}, {"_AGREEMENT": 0.6}, {"_SCRAP": 0.25}, {"_ALIKE": 0.2}, {"_ALIKE": 0.3},
]


def main() -> None:
    """Print a line a file, size and setting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="FILE:LABEL")
    parser.add_argument("--sizes", nargs="+", type=int, default=[3000])
    parser.add_argument("--labels", type=int, default=0)
    args = parser.parse_args()
    for told in args.sets:
        path, label = told.rsplit(":", 1)
        for size in args.sizes:
            distinct, truth = read(Path(path), label, size, args.labels)
            for tried in TRIED:
                line = figures(distinct, truth, tried)
                sys.stdout.write(f"{Path(path).stem} {size} {tried or 'as it is'}: {line}\n")


def read(path: Path, label: str, size: int, labels: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Give distinct texts with their labels, some labels only where wanted."""
    frame = pd.read_parquet(path).rename(columns={label: "label"}).dropna(subset=["text", "label"])
    frame = frame.drop_duplicates("text")
    if labels:
        some = np.random.default_rng(0).choice(sorted(frame["label"].unique()), labels, replace=False)
        frame = frame[frame["label"].isin(some)]
    frame = frame.sample(min(size, len(frame)), random_state=0)
    analysed = as_analysed(frame["text"])
    distinct = distinct_texts(analysed["text_clean"].tolist(), analysed)
    of = dict(zip(analysed["text_clean"], frame["label"].astype(str), strict=True))
    return distinct, distinct["text_clean"].map(of).to_numpy()


def figures(distinct: pd.DataFrame, truth: np.ndarray, tried: dict[str, Any]) -> str:
    """Group the texts with other constants, and say how it went."""
    from sklearn.metrics import v_measure_score

    before = {name: getattr(grouping, name) for name in tried}
    for name, value in tried.items():
        setattr(grouping, name, value)
    try:
        found = grouping.group_texts(distinct)
    finally:
        for name, value in before.items():
            setattr(grouping, name, value)
    likeness = sorted(within(found.vectors[found.label == g]) for g in range(found.n))
    return (
        f"{found.n} groups of {len(set(truth))} labels, V {v_measure_score(truth, found.label):.3f}, "
        f"likeness within {likeness[0]:.2f} to {likeness[-1]:.2f}"
    )


if __name__ == "__main__":
    main()
