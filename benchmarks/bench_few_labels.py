"""What 25, 50, 100 and 300 labels give beside the names alone, on labelled texts of your own.

    python benchmarks/bench_few_labels.py FILE.parquet --text text --label label [--seeds 3]

Prints macro-F1 by number of labels, drawn at random: always naming a reason, and with ``unknown``; mean and lowest of
the draws, with the labelled texts alone and with all others as texts without labels. Three tenths of each reason, 1,000
at most, are the test set.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from vocmine.classify import ReasonClassifier, Taxonomy


def macro_f1(model: ReasonClassifier, test: pd.DataFrame) -> tuple[float, float]:
    """Give macro-F1 always naming a reason, and with abstaining."""
    probabilities = model.predict_proba(test["text"].tolist())
    best = model.classes_[probabilities.argmax(axis=1)]
    careful = np.where(probabilities.max(axis=1) < model.threshold_, "unknown", best)
    labels = sorted(test["label"].unique())
    always, abstaining = (f1_score(test["label"], g, average="macro", labels=labels) for g in (best, careful))
    return float(always), float(abstaining)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", default="label")
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    frame = pd.read_parquet(args.path).rename(columns={args.text: "text", args.label: "label"})[["text", "label"]]
    frame = frame.dropna().drop_duplicates("text").astype({"label": str})
    test = frame.groupby("label").sample(frac=0.3, random_state=0)
    train, test = frame.drop(test.index), test.sample(min(len(test), 1_000), random_state=1)
    names = sorted(train["label"].unique())
    taxonomy = Taxonomy.from_dict(
        {"reasons": [{"id": n, "name": n.replace("::", " ").replace("_", " ")} for n in names]})
    alone, texts = ReasonClassifier(taxonomy), ReasonClassifier(taxonomy).fit(train["text"].tolist())
    rows = [("0", others, *macro_f1(model, test), np.nan, np.nan) for others, model in (("", alone), ("all", texts))]
    for n, others in product((25, 50, 100, 300), ("", "all")):
        made = []
        for seed in range(args.seeds):
            few = train.sample(n, random_state=100 + seed)
            more = train.drop(few.index)["text"].tolist() if others else None
            fresh = ReasonClassifier(taxonomy)
            made.append(macro_f1(fresh.fit(few["text"].tolist(), few["label"].tolist(), unlabeled=more), test))
        mean, least = np.mean(made, axis=0), np.min(made, axis=0)
        rows.append((str(n), others, *mean, *least))
    columns = ["labels", "unlabeled", "macro_f1", "abstaining", "lowest", "lowest_abstaining"]
    print(pd.DataFrame(rows, columns=columns).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
