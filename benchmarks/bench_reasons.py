"""Contact reasons against the plain recipe and the usual pipeline, on labelled texts of your own.

    python benchmarks/bench_reasons.py TEXTS.parquet --text text --label label [--rows 4000] [--json OUT]

Prints one table: accuracy with names only, ten labels each and all labels; calibration error; accuracy on the surest
80 %; how well reasons that were left out of the taxonomy are told from known ones (AUROC); how much `suggest_labels`
gains over labels drawn at random; student against teacher. Three tenths of each reason are the test set.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import time

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.svm import LinearSVC

from vocmine.classify import ReasonClassifier, Taxonomy, suggest_labels
from vocmine.embed import default_encoder


class Cache:
    """Encodes each text once for all contestants."""

    def __init__(self) -> None:
        self.inner, self.known = default_encoder(), {}
        self.spec = self.inner.spec

    def encode(self, texts: list[str]) -> np.ndarray:
        new = [t for t in dict.fromkeys(texts) if t not in self.known]
        self.known.update(zip(new, self.inner.encode(new), strict=True))
        return np.stack([self.known[t] for t in texts]) if texts else np.empty((0, 512), np.float32)


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    parts = np.array_split(np.argsort(confidence), bins)
    return float(sum(len(p) / len(right) * abs(confidence[p].mean() - right[p].mean()) for p in parts))


def svc(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache) -> tuple[np.ndarray, np.ndarray]:
    """The plain recipe: LinearSVC on character TF-IDF joined with sentence vectors."""
    tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True)
    x = sparse.hstack([tfidf.fit_transform(train.text), encoder.encode(train.text.tolist())]).tocsr()
    z = sparse.hstack([tfidf.transform(test.text), encoder.encode(test.text.tolist())]).tocsr()
    model = LinearSVC().fit(x, train.label)
    return model.predict(z), model.decision_function(z).max(axis=1)


def tfidf_lr(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache) -> tuple[np.ndarray, np.ndarray]:
    """The usual pipeline: character TF-IDF and logistic regression."""
    tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True)
    model = LogisticRegression(C=10, max_iter=300).fit(tfidf.fit_transform(train.text), train.label)
    p = model.predict_proba(tfidf.transform(test.text))
    return model.classes_[p.argmax(axis=1)], p.max(axis=1)


def vectors_lr(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache) -> tuple[np.ndarray, np.ndarray]:
    """A SetFit-like head: logistic regression on sentence vectors, the encoder not tuned."""
    model = LogisticRegression(C=30, max_iter=300).fit(encoder.encode(train.text.tolist()), train.label)
    p = model.predict_proba(encoder.encode(test.text.tolist()))
    return model.classes_[p.argmax(axis=1)], p.max(axis=1)


def adapted_lr(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache) -> tuple[np.ndarray, np.ndarray]:
    """What is possible of SetFit without torch: a linear map that pulls texts of a reason together, then its head.

    SetFit itself tunes the encoder and needs torch, which is not installed.
    """
    x, z = encoder.encode(train.text.tolist()), encoder.encode(test.text.tolist())
    middle = pd.DataFrame(x).groupby(train.label.to_numpy()).transform("mean").to_numpy()
    within = np.cov((x - middle).T)
    size = np.trace(within) / len(within)
    values, axes = np.linalg.eigh(0.5 * within + 0.5 * size * np.eye(len(within)))
    turn = axes / np.sqrt(values / size)
    model = LogisticRegression(C=30, max_iter=300).fit(x @ turn, train.label)
    p = model.predict_proba(z @ turn)
    return model.classes_[p.argmax(axis=1)], p.max(axis=1)


def vocmine(
    train: pd.DataFrame, test: pd.DataFrame, encoder: Cache, serve: str = "best"
) -> tuple[np.ndarray, np.ndarray]:
    model = ReasonClassifier(taxonomy(train), encoder, serve=serve, min_examples=1)
    model.fit(train.text.tolist(), train.label.tolist())
    p = model.predict_proba(test.text.tolist())
    return model.classes_[p.argmax(axis=1)], p.max(axis=1)


def vocmine_student(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache) -> tuple[np.ndarray, np.ndarray]:
    return vocmine(train, test, encoder, "student")


def taxonomy(train: pd.DataFrame) -> Taxonomy:
    names = sorted(train.label.unique())
    return Taxonomy.from_dict({"reasons": [{"id": n, "name": n.replace("::", " ").replace("_", " ")} for n in names]})


def compare(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache) -> pd.DataFrame:
    few = train.groupby("label").sample(10, random_state=0, replace=True).drop_duplicates("text")
    rows = []
    for name, contestant in (("vocmine", vocmine), ("vocmine student", vocmine_student),
                             ("SVC, characters + vectors", svc),
                             ("TF-IDF + logistic regression", tfidf_lr), ("vectors + logistic regression", vectors_lr),
                             ("adapted vectors + logistic regression", adapted_lr)):
        for stage, known in (("ten each", few), ("all", train)):
            began = time.perf_counter()
            guess, confidence = contestant(known, test, encoder)
            right = (guess == test.label.to_numpy()).astype(float)
            sure = confidence >= np.quantile(confidence, 0.2)
            error = calibration_error(confidence, right) if confidence.max() <= 1 else float("nan")
            rows.append((name, stage, right.mean(), error, right[sure].mean(), time.perf_counter() - began))
    return pd.DataFrame(rows, columns=["who", "labels", "accuracy", "calibration_error", "accuracy_at_80", "seconds"])


def names_only(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache) -> dict[str, float]:
    labels = sorted(train.label.unique())
    names = [n.replace("::", " ").replace("_", " ") for n in labels]
    plain = encoder.encode(test.text.tolist()) @ encoder.encode(names).T
    ours = ReasonClassifier(taxonomy(train), encoder).predict(test.text.tolist())
    return {"nearest_name": float((np.asarray(labels)[plain.argmax(axis=1)] == test.label).mean()),
            "vocmine": float((ours == test.label.to_numpy()).mean())}


def unknown_auroc(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache, draws: int = 3) -> dict[str, float]:
    """Leave a fifth of the reasons out of taxonomy and labels; are their texts told from the others? Mean of draws."""
    labels = np.array(sorted(train.label.unique()))
    result: dict[str, list[float]] = {"vocmine": [], "vectors + logistic regression": []}
    for seed in range(draws):
        out = set(np.random.default_rng(seed).permutation(labels)[: len(labels) // 5])
        known, foreign = train[~train.label.isin(out)], test.label.isin(out).to_numpy()
        for name, contestant in (("vocmine", vocmine), ("vectors + logistic regression", vectors_lr)):
            result[name].append(float(roc_auc_score(~foreign, contestant(known, test, encoder)[1])))
    return {name: float(np.mean(values)) for name, values in result.items()}


def label_gain(train: pd.DataFrame, test: pd.DataFrame, encoder: Cache, step: int = 100) -> dict[str, float]:
    """Give the accuracy after as many labels, chosen by `suggest_labels` and at random (mean of three draws)."""
    pool = train.sample(min(len(train), 2000), random_state=0).reset_index(drop=True)
    start = pool.groupby("label").head(2)
    model = ReasonClassifier(taxonomy(train), encoder, serve="best", min_examples=1)
    rest = pool.drop(start.index)
    chosen = start
    for _ in range(2):
        model.fit(chosen.text.tolist(), chosen.label.tolist())
        picked = rest.iloc[suggest_labels(rest.text.tolist(), model, step)["row"]]
        chosen, rest = pd.concat([chosen, picked]), rest.drop(picked.index)
    ours = float((vocmine(chosen, test, encoder)[0] == test.label.to_numpy()).mean())
    drawn = [pd.concat([start, pool.drop(start.index).sample(2 * step, random_state=s)]) for s in range(3)]
    random = float(np.mean([(vocmine(d, test, encoder)[0] == test.label.to_numpy()).mean() for d in drawn]))
    return {"suggested": ours, "random": random, "labels": float(len(chosen))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=pathlib.Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", default="label")
    parser.add_argument("--rows", type=int, default=4000, help="rows read at most, drawn evenly")
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()
    frame = pd.read_parquet(args.path).rename(columns={args.text: "text", args.label: "label"})[["text", "label"]]
    frame = frame.dropna().drop_duplicates("text").astype({"label": str})
    frame = frame.sample(min(args.rows, len(frame)), random_state=0)
    frame = frame[frame.groupby("label").text.transform("size") >= 10].reset_index(drop=True)
    test = frame.groupby("label").sample(frac=0.3, random_state=0)
    train, encoder = frame.drop(test.index), Cache()
    table = compare(train, test, encoder)
    print(table.round(4).to_string(index=False))
    extra = {"names_only": names_only(train, test, encoder), "unknown_auroc": unknown_auroc(train, test, encoder),
             "label_gain": label_gain(train, test, encoder)}
    print(json.dumps(extra, indent=1))
    if args.json:
        args.json.write_text(json.dumps({"table": table.to_dict("records"), **extra}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
