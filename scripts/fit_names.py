"""Fit how texts are compared with names (`vocmine.classify.reasons.names`), for the sentence vectors of each view.

Run from the root of the project: ``python scripts/fit_names.py en FILE...`` (view ``shared``, ``ja`` or ``en``; some
minutes). A file is a parquet with ``text`` and ``label`` (or ``intent``); rows whose ``split`` says test are left out.
Simulated contacts of the language with the names of the shipped taxonomy are a further set. Each draw of a set takes
two thirds of its reasons and 700 of their texts, so that nothing is fitted to one list of names; all sets count the
same. The weights are those with the best mean accuracy on a coarse grid, which tells much less than its second digit:
of values within a standard error those nearest to the other views are taken. Then, given the weights, the temperature
is that of the least log loss, and the confidence a logistic regression of "right" on similarity and lead in the ratio
they have now: the lead alone tells right from wrong better, but not what is foreign to all names.

The parameters in the code were fitted on Japanese hotel requests, English banking questions and insurance calls.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from vocmine.classify import Taxonomy
from vocmine.classify.reasons.names import NamesParameters, fit_names, parameters_for
from vocmine.classify.reasons.taxonomy_texts import analysed_reason_texts, readable
from vocmine.contacts import simulate
from vocmine.embed import BundledEncoder, Encoder, ViewEncoder, encode_distinct
from vocmine.linalg import cosines, softmax, unit_rows
from vocmine.text import as_analysed

SHARE, TEXTS = 0.65, 700  # of the reasons of a set, and texts, in each draw
FIELDS = (0.3, 0.6, 0.9)
GRID = {"ngram_weight": (0.0, 0.05, 0.1, 0.2), "coverage_weight": (0.0, 0.1, 0.25, 0.4),
        "word_weight": (0.0, 0.1, 0.25, 0.35, 0.5)}
TEMPERATURES = (0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12)


class Known:
    """An encoder that reads each text once."""

    def __init__(self, engine: Encoder) -> None:
        self.engine, self._known = engine, dict[str, np.ndarray]()

    def __call__(self, texts: list[str], words: object = None) -> np.ndarray:
        """Give the vectors of ``texts``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, encode_distinct(self.engine, new), strict=True))
        return np.stack([self._known[text] for text in texts])


class Sample(NamedTuple):
    """Analysed texts with a ``label``, and the name of each label."""

    texts: pd.DataFrame
    names: dict[str, str]


class Draw(NamedTuple):
    """What each part says of each name, so that weights can be tried fast.

    ``near`` by field weight, ``parts`` in the order of the grid: shape (n, k); ``truth`` the right column.
    """

    near: dict[float, np.ndarray]
    parts: list[np.ndarray]
    truth: np.ndarray

    def similarity(self, field: float, weights: tuple[float, ...]) -> np.ndarray:
        """Give the similarity of each text with each reason."""
        return np.asarray(self.near[field] + sum(w * part for w, part in zip(weights, self.parts, strict=True)))


def of_file(path: Path) -> Sample:
    """Read a file of labelled texts."""
    frame = pd.read_parquet(path).rename(columns={"intent": "label"}).dropna(subset=["text", "label"])
    if "split" in frame:
        frame = frame[~frame["split"].astype(str).str.contains("test")]
    frame = frame.drop_duplicates("text")
    analysed = as_analysed(frame["text"].tolist()).assign(label=frame["label"].astype(str).tolist())
    return Sample(analysed, {label: readable(label) for label in sorted(set(analysed["label"]))})


def simulated(lang: str) -> Sample:
    """Simulate contacts of one reason each."""
    shipped = Taxonomy.default()
    frame = simulate(days=20, per_day=80, lang=lang, seed=5).drop_duplicates("text")
    frame = frame[frame["true_reasons"].isin(shipped.leaves)].reset_index(drop=True)
    analysed = as_analysed(frame).assign(label=frame["true_reasons"].tolist())
    return Sample(analysed, {reason: shipped[reason].names[lang] for reason in shipped.leaves})


def draw(sample: Sample, seed: int, encode: Known) -> Draw:
    """Take some of the reasons and texts and compute the parts."""
    rng = np.random.default_rng(seed)
    some = sorted(rng.choice(sorted(sample.names), max(12, round(SHARE * len(sample.names))), replace=False).tolist())
    frame = sample.texts[sample.texts["label"].isin(some)]
    frame = frame.sample(min(TEXTS, len(frame)), random_state=seed)
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": label, "name": sample.names[label]} for label in some]})
    names, rows, _ = analysed_reason_texts(taxonomy, tuple(some))
    number = np.array(rows)
    english = (frame["lang"] == "en").to_numpy().astype(int)
    vectors, near = encode(frame["text_clean"].tolist()), {}
    nothing = NamesParameters(**dict.fromkeys(GRID, 0.0))
    for field in FIELDS:
        model = fit_names(names, number, encode, replace(nothing, field_weight=field))
        near[field] = cosines(unit_rows(vectors - model.centres[english]), model.vectors)
    parts = []
    for name in GRID:
        model = fit_names(names, number, encode, replace(nothing, **{name: 1.0}))
        parts.append(model.lexical_similarity(frame, encode) - model.lexical_means[english])
    return Draw(near, parts, np.array([some.index(label) for label in frame["label"]]))


def accuracies(draws: dict[str, list[Draw]], field: float, weights: tuple[float, ...]) -> pd.DataFrame:
    """Give the accuracy of each draw (rows) of each set (columns)."""
    return pd.DataFrame({
        name: [float((one.similarity(field, weights).argmax(axis=1) == one.truth).mean()) for one in some]
        for name, some in draws.items()
    })


def table(draws: dict[str, list[Draw]], now: NamesParameters) -> pd.DataFrame:
    """Give a row for each set of weights: accuracy by set, the mean, and how far it is from now with its error."""
    standing = accuracies(draws, now.field_weight, tuple(getattr(now, name) for name in GRID)).mean(axis=1)
    rows = []
    for field, weights in itertools.product(FIELDS, itertools.product(*GRID.values())):
        found = accuracies(draws, field, weights)
        gain = found.mean(axis=1) - standing
        error = float(gain.std(ddof=1) / len(gain) ** 0.5) if len(gain) > 1 else float("nan")
        rows.append({"field_weight": field, **dict(zip(GRID, weights, strict=True)), **found.mean().to_dict(),
                     "mean": float(found.mean().mean()), "gain": float(gain.mean()), "error": error})
    return pd.DataFrame(rows).sort_values("mean", ascending=False, kind="stable")


def temperature(near: list[tuple[np.ndarray, np.ndarray, float]]) -> float:
    """Give the temperature of the least log loss; each draw is similarities, truth and its weight."""
    loss = [sum(-weight * np.log(np.maximum(softmax(similar / at)[np.arange(len(truth)), truth], 1e-9)).mean()
                for similar, truth, weight in near) for at in TEMPERATURES]
    return TEMPERATURES[int(np.argmin(loss))]


def confidence(near: list[tuple[np.ndarray, np.ndarray, float]], now: NamesParameters) -> tuple[float, ...]:
    """Give the log odds of "right" by the highest similarity, its lead, and for all; the first two in their ratio."""
    from sklearn.linear_model import LogisticRegression

    top = np.vstack([np.sort(similar, axis=1)[:, -2:] for similar, _, _ in near])
    right = np.concatenate([similar.argmax(axis=1) == truth for similar, truth, _ in near])
    weight = np.concatenate([np.full(len(truth), weight / len(truth)) for _, truth, weight in near])
    by_similarity, by_lead, _ = now.confidence
    seen = by_similarity * top[:, 1:] + by_lead * (top[:, 1:] - top[:, :1])
    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(seen, right, sample_weight=weight * len(right))
    slope, for_all = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    return round(slope * by_similarity, 2), round(slope * by_lead, 2), round(for_all, 2)


def main(arguments: list[str] | None = None) -> None:
    """Print what fits a view; see the head of the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("view", choices=["shared", "ja", "en"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=0)
    given = parser.parse_args(arguments)
    encode = Known(BundledEncoder() if given.view == "shared" else ViewEncoder(given.view))
    samples = {path.stem: of_file(path) for path in given.files}
    for lang in ("ja", "en") if given.view == "shared" else (given.view,):
        samples[f"simulated_{lang}"] = simulated(lang)
    draws = {name: [draw(sample, given.first_seed + i, encode) for i in range(given.draws)]
             for name, sample in samples.items()}
    now = parameters_for(encode.engine.spec)
    found = table(draws, now)
    sys.stdout.write(f"now {now}\n{found.head(15).round(4).to_string(index=False)}\n")
    for title, field, weights in (
        ("now", now.field_weight, tuple(getattr(now, name) for name in GRID)),
        ("best", float(found["field_weight"].iloc[0]), tuple(float(found[name].iloc[0]) for name in GRID)),
    ):
        near = [(one.similarity(field, weights), one.truth, 1 / len(some)) for some in draws.values() for one in some]
        accuracy = accuracies(draws, field, weights).mean().round(4).to_dict()
        sys.stdout.write(f"{title}: {accuracy}, temperature {temperature(near)}, confidence {confidence(near, now)}\n")


if __name__ == "__main__":
    main()
