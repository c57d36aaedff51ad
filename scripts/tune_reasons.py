"""Show how sensitive the reasons are to their parameters, family by family, on contacts whose truth is known.

Run from the root of the project: ``python scripts/tune_reasons.py`` (all families, some minutes) or with the names of
families: ``python scripts/tune_reasons.py names ridge``. The contacts are those of `vocmine.contacts.simulate`, of one
true reason each and each text once; one part is learned from, the other judged. One parameter at a time takes a few
values, all others keep their defaults (marked ``*``). The defaults were not chosen here but on development texts.
Simulated contacts are tidier than real ones: a value that is a little better here is no reason to change a default, a
value that is much worse is one to keep it. The names are those of the shipped taxonomy, so ``field_weight``, which
reads how other names differ from these, changes nothing here; ``temperature`` of names moves no best probability.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons import (
    calibration,
    names,
    pseudo_labels,
    ridge,
    self_training,
    student,
    svm,
    unsupervised,
    word_match,
)
from vocmine.contacts import simulate
from vocmine.embed import default_encoder, encode_distinct
from vocmine.text import as_analysed

COLUMNS = ["family", "parameter", "value", "default", "accuracy", "coverage", "precision", "expected"]


class Contacts(NamedTuple):
    """Analysed contacts to learn from and to judge, with the true reason of each."""

    train: pd.DataFrame
    train_labels: list[str]
    test: pd.DataFrame
    test_labels: list[str]


class CachedEncoder:
    """The bundled encoder, each text encoded once for all fits."""

    def __init__(self) -> None:
        self.spec = {"encoder": "cached"}
        self._engine, self._known = default_encoder(), dict[str, np.ndarray]()

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, encode_distinct(self._engine, new), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else np.zeros((0, 512), dtype=np.float32)


Fit = Callable[[Contacts, CachedEncoder], ReasonClassifier]


class Family(NamedTuple):
    """One family of parameters: the module that holds them, the values to try, and what is judged."""

    module: ModuleType
    grid: dict[str, tuple[Any, ...]]
    fit: Fit


def _names_only() -> Taxonomy:
    shipped = Taxonomy.default()
    return Taxonomy.from_dict({"reasons": [{"id": r, "name": dict(shipped[r].names)} for r in shipped.leaves]})


def by_names(contacts: Contacts, encoder: CachedEncoder) -> ReasonClassifier:
    """Take names alone."""
    return ReasonClassifier(_names_only(), encoder)


def by_texts(contacts: Contacts, encoder: CachedEncoder) -> ReasonClassifier:
    """Learn from names and texts without labels."""
    return ReasonClassifier(_names_only(), encoder).fit(contacts.train)


def by_labels(contacts: Contacts, encoder: CachedEncoder) -> ReasonClassifier:
    """Learn from labelled texts."""
    return ReasonClassifier(_names_only(), encoder, min_examples=1).fit(contacts.train, contacts.train_labels)


def by_few_labels(contacts: Contacts, encoder: CachedEncoder) -> ReasonClassifier:
    """Learn from every tenth label and all texts."""
    labels = [label if row % 10 == 0 else None for row, label in enumerate(contacts.train_labels)]
    return ReasonClassifier(_names_only(), encoder, serve="best", min_examples=1).fit(contacts.train, labels)


def by_student(contacts: Contacts, encoder: CachedEncoder) -> ReasonClassifier:
    """Learn from labelled texts, with the student to serve."""
    fresh = ReasonClassifier(_names_only(), encoder, serve="student", min_examples=1)
    return fresh.fit(contacts.train, contacts.train_labels)


FAMILIES = {
    "names": Family(names, {
        "temperature": (0.03, 0.06, 0.12), "ngram_weight": (0.0, 0.2, 0.4), "coverage_weight": (0.0, 0.25, 0.5),
        "word_weight": (0.0, 0.35, 0.7), "field_weight": (0.0, 0.3, 0.6),
        "confidence": ((1.5, 5.0, -2.5), (3.0, 2.5, -2.5), (3.0, 5.0, -2.5)),
    }, by_names),
    "word_match": Family(word_match, {"sharpness": (0.1, 0.2, 0.4), "length_power": (0.5, 0.75, 1.0)}, by_names),
    "unsupervised": Family(unsupervised, {
        "rounds": (1, 5, 10), "size_power": (0.0, 0.25, 0.5), "shrinkage": (0.2, 0.4, 0.8),
        "vector_weight": (0.0, 0.2, 0.4), "smoothing": (0.05, 0.1, 0.4), "background": (0.5, 2.0, 8.0),
        "min_document_frequency": (2, 3, 6), "texts_a_reason": (3, 6, 12), "names_only_penalty": (0.4, 0.8, 1.6),
        "temperature": ((1.0, 1.0), (1.5, 1.5), (2.0, 2.0)), "confidence": ((0.0, 0.5), (0.1, 0.25), (0.1, 0.5)),
    }, by_texts),
    "pseudo_labels": Family(pseudo_labels, {"weight": (0.5, 1.0, 2.0, 4.0), "max_texts": (1_000, 5_000)}, by_texts),
    "self_training": Family(self_training, {
        "surest": (0.5, 0.75, 1.0), "shares": ((0.5,), (1.0,), (0.25, 0.5, 0.75, 1.0)), "folds": (3, 5, 10),
        "least_gain": (-9.0, 0.0, 9.0),
    }, by_few_labels),
    "ridge": Family(ridge, {
        "gamma": (0.75, 1.5, 3.0), "sparse_weight": (0.25, 0.5, 1.0), "ridge": (0.1, 0.2, 0.4), "groups": (3, 5, 8),
    }, by_labels),
    "margins": Family(svm, {"c_few": (0.5, 1.0, 2.0), "spread": (0.0, 0.6, 1.2), "folds_few": (5, 10)}, by_labels),
    "calibration": Family(calibration, {
        "unknown_weight": (0.06, 0.12, 0.24), "score_prior": (1.0, 3.0, 9.0),
    }, by_labels),
    "student": Family(student, {"ridge": (0.3, 0.6, 1.2), "teacher_share": (0.0, 0.5, 0.9)}, by_student),
}


@contextmanager
def parameters(module: ModuleType, **changes: Any) -> Iterator[None]:
    """Give a module other parameters for a while."""
    before = module.PARAMETERS  # type: ignore[attr-defined]
    module.PARAMETERS = replace(before, **changes)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        module.PARAMETERS = before  # type: ignore[attr-defined]


def load(days: int, per_day: int, seed: int) -> Contacts:
    """Simulate contacts of one reason each and part them by chance: six of ten to learn from."""
    frame = simulate(days=days, per_day=per_day, lang="mixed", seed=seed).drop_duplicates("text")
    frame = frame[~frame["true_reasons"].str.contains("|", regex=False)]
    frame = frame[frame["true_reasons"].isin(Taxonomy.default().leaves)].sample(frac=1, random_state=seed)
    first = round(0.6 * len(frame))
    train, test = frame.iloc[:first], frame.iloc[first:]
    labels = [part["true_reasons"].tolist() for part in (train, test)]
    return Contacts(as_analysed(train), labels[0], as_analysed(test), labels[1])


def judge(classifier: ReasonClassifier, contacts: Contacts) -> tuple[float, float, float, float]:
    """Give accuracy without abstaining, share named, share of these that is right, and mean best probability."""
    truth = np.asarray(contacts.test_labels, dtype=object)
    probabilities = classifier.predict_proba(contacts.test)
    best, named = probabilities.max(axis=1), probabilities.max(axis=1) >= classifier.threshold_
    right = classifier.predict(contacts.test, abstain=False) == truth
    precision = float(right[named].mean()) if named.any() else float("nan")
    return float(right.mean()), float(named.mean()), precision, float(best.mean())


def sensitivity(chosen: list[str], contacts: Contacts, encoder: CachedEncoder) -> pd.DataFrame:
    """Give a row for each parameter and value of the chosen families."""
    rows = []
    for name in chosen:
        family = FAMILIES[name]
        plain = judge(family.fit(contacts, encoder), contacts)
        for parameter, values in family.grid.items():
            for value in values:
                is_default = value == getattr(family.module.PARAMETERS, parameter)  # type: ignore[attr-defined]
                with parameters(family.module, **{parameter: value}):
                    figures = plain if is_default else judge(family.fit(contacts, encoder), contacts)
                rows.append((name, parameter, str(value), "*" if is_default else "", *figures))
            sys.stderr.write(f"{name} {parameter}\n")
    return pd.DataFrame(rows, columns=COLUMNS)


def main(arguments: list[str] | None = None) -> None:
    """Print the table; see the head of the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("families", nargs="*", help=f"of {', '.join(FAMILIES)}; all where none is named")
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--per-day", type=int, default=80)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(arguments)
    unknown = sorted(set(given.families) - set(FAMILIES))
    if unknown:
        parser.error(f"no such family: {', '.join(unknown)}; choose from {', '.join(FAMILIES)}")
    contacts = load(given.days, given.per_day, given.seed)
    sys.stdout.write(f"{len(contacts.train)} contacts to learn from, {len(contacts.test)} to judge, "
                     f"simulate(days={given.days}, per_day={given.per_day}, lang='mixed', seed={given.seed})\n")
    table = sensitivity(given.families or list(FAMILIES), contacts, CachedEncoder())
    sys.stdout.write(table.round(3).to_string(index=False) + "\n")


if __name__ == "__main__":
    main()
