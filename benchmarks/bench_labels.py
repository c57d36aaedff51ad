"""Which contacts to label next, and which labels are wrong: suggestions against chance, found errors scored.

    python benchmarks/bench_labels.py FILE.parquet --text text --label label

One table: accuracy on texts kept aside after 100, 200 and 400 labels, ours against random choice, mean of several
seeds. With --noise a share of the labels is put wrong, at random and to a reason that is alike, and what of that is
found again is told, beside cleanlab's own choice (`pip install cleanlab`) on the same probabilities. --budgets without
a number leaves the first table out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from vocmine.classify import ReasonClassifier, Taxonomy, find_label_errors, suggest_labels
from vocmine.classify.reasons.active_learning import left_out_probabilities
from vocmine.embed import default_encoder
from vocmine.text import as_analysed


def load(path: Path, text: str, label: str) -> pd.DataFrame:
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    frame = frame[[text, label]].set_axis(["text", "label"], axis=1).dropna().drop_duplicates("text")
    frame["label"] = frame["label"].astype(str)
    return frame[frame["label"].map(frame["label"].value_counts()) >= 10].reset_index(drop=True)


def taxonomy_of(labels: pd.Series) -> Taxonomy:
    names = sorted(labels.unique())
    reasons = [{"id": n, "name": n.replace("::", " ").replace("_", " ")} for n in names]
    return Taxonomy.from_dict({"reasons": reasons})


def curve(frame: pd.DataFrame, budgets: list[int], seed: int, ours: bool, pool: int) -> list[float]:
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(frame))
    test, train = frame.iloc[order[:800]], frame.iloc[order[800 : 800 + pool]]
    texts, truth = as_analysed(train["text"].tolist()), train["label"].to_numpy()
    aside = as_analysed(test["text"].tolist())
    model = ReasonClassifier(taxonomy_of(frame["label"]), min_examples=1)
    have: list[int] = []
    out = []
    for budget in budgets:
        left = np.setdiff1d(np.arange(len(train)), have)
        n = budget - len(have)
        if ours:
            picked = left[suggest_labels(texts.iloc[left], model, n)["row"].to_numpy()]
        else:
            picked = rng.choice(left, n, replace=False)
        have += picked.tolist()
        model = ReasonClassifier(taxonomy_of(frame["label"]), min_examples=1)
        model.fit(texts.iloc[have], truth[have].tolist())
        out.append(float(np.mean(np.asarray(model.predict(aside, abstain=False)) == test["label"].to_numpy())))
    return out


def neighbours(part: pd.DataFrame, code: np.ndarray) -> np.ndarray:
    """Give the two reasons most like each, by the means of their sentence vectors, shape (k, 2)."""
    vectors = default_encoder().encode(as_analysed(part["text"].tolist())["text_clean"].tolist())
    means = pd.DataFrame(vectors).groupby(code).mean().to_numpy()
    means = means / np.linalg.norm(means, axis=1, keepdims=True)
    alike = means @ means.T
    np.fill_diagonal(alike, -1)
    return np.argsort(-alike, axis=1)[:, :2]


def wrong_labels(frame: pd.DataFrame, share: float, seed: int, rows: int, near: bool) -> pd.DataFrame:
    """Put labels wrong, at random or to one of the two reasons most alike; say what is found again."""
    rng = np.random.default_rng(seed)
    part = frame.sample(min(rows, len(frame)), random_state=seed).reset_index(drop=True)
    part = part[part["label"].map(part["label"].value_counts()) >= 5].reset_index(drop=True)
    names, code = np.unique(part["label"], return_inverse=True)
    flipped = rng.random(len(part)) < share
    other = (code + rng.integers(1, len(names), len(part))) % len(names)
    if near:
        other = neighbours(part, code)[code, rng.integers(0, 2, len(part))]
    given = np.where(flipped, other, code)
    texts = part["text"].tolist()
    found = {"vocmine": find_label_errors(texts, names[given].tolist())["row"].to_numpy()}
    peer = by_cleanlab(texts, given)
    if peer is not None:
        found["cleanlab"] = peer
    return pd.DataFrame([
        {"who": who, "wrong": "alike" if near else "at random", "named": len(rows), "precision": flipped[rows].mean(),
         "recall": flipped[rows].sum() / flipped.sum(), "first": flipped[rows[: flipped.sum()]].sum() / flipped.sum()}
        for who, rows in found.items()
    ])


def by_cleanlab(texts: list[str], given: np.ndarray) -> np.ndarray | None:
    """Give the rows that cleanlab doubts on the same left-out probabilities; None where it is not installed."""
    try:
        from cleanlab.filter import find_label_issues
    except ImportError:
        return None
    clean = as_analysed(texts)["text_clean"].tolist()
    probabilities = left_out_probabilities(clean, given, int(given.max()) + 1, None)
    return find_label_issues(given, probabilities, return_indices_ranked_by="normalized_margin")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", default="label")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--pool", type=int, default=2_000)
    parser.add_argument("--budgets", type=int, nargs="*", default=[100, 200, 400])
    parser.add_argument("--noise", type=float, default=0.1)
    args = parser.parse_args()
    frame = load(args.file, args.text, args.label)
    if args.budgets:
        rows = {
            name: np.mean([curve(frame, args.budgets, seed, name == "suggest_labels", args.pool)
                           for seed in range(args.seeds)], axis=0)
            for name in ("random", "suggest_labels")
        }
        table = pd.DataFrame(rows, index=pd.Index(args.budgets, name="labels"))
        table["gain"] = table["suggest_labels"] - table["random"]
        print(table.round(4).to_string())
    if args.noise > 0:
        marks = pd.concat([wrong_labels(frame, args.noise, seed, args.pool, near)
                           for near in (False, True) for seed in range(args.seeds)])
        print(f"\n{args.noise:.0%} of the labels put wrong; first: share of them among as many rows named first")
        print(marks.groupby(["wrong", "who"]).mean().round(3).to_string())


if __name__ == "__main__":
    main()
