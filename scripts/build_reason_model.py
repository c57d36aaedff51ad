"""Make vocmine/classify/data/reasons/model.npz from the project's own sentences; deterministic.

Run from the root of the project: ``python scripts/build_reason_model.py``. It fits two logistic regressions, one on
runs of characters and one on words, to what the shipped taxonomy says and to the sentences of ``data/reasons/*.txt``;
``--tune`` shows how left-out sentences fare with other temperatures and weights of the patterns.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from vocmine.classify.reasons import linear
from vocmine.classify.reasons.patterns import PATTERN_CONFIDENCE, Found, Rules
from vocmine.classify.reasons.taxonomy_texts import reason_texts
from vocmine.classify.taxonomy.courtesy import without_courtesy
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.linalg import softmax
from vocmine.text import as_analysed

HOME = Path(__file__).resolve().parents[1] / "vocmine" / "classify" / "data" / "reasons"
C, FOLDS = 100.0, 5
STEPS = 127  # of the weights, as whole numbers


def sentences() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Give all texts, the number of the reason of each (the last for none), and which are sentences of ``*.txt``."""
    taxonomy = Taxonomy.default()
    number = {reason: column for column, reason in enumerate((*taxonomy.leaves, "none"))}
    known = [(text, column, False) for text, column in reason_texts(taxonomy, taxonomy.leaves)]
    for path in sorted(HOME.glob("*.txt")):
        reason = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                reason = line[2:].strip()
            elif line.strip() and not line.startswith("#"):
                known.append((line.strip(), number[reason], True))
    texts, reasons, own = zip(*dict.fromkeys(known), strict=True)
    return list(texts), np.array(reasons), np.array(own)


class Read:
    """Texts as the model sees them."""

    def __init__(self, texts: list[str]) -> None:
        analysed = as_analysed(texts)
        self.texts = without_courtesy(analysed["text_clean"].tolist())
        self.terms = analysed["terms"].tolist()

    def __getitem__(self, rows: np.ndarray) -> Read:
        out = object.__new__(Read)
        out.texts, out.terms = [self.texts[i] for i in rows], [self.terms[i] for i in rows]
        return out


def fit(read: Read, reasons: np.ndarray) -> dict[str, np.ndarray]:
    """Fit both and give the arrays."""
    arrays = {"classes": packed(Taxonomy.default().leaves)}
    grams = CountVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, lowercase=False)
    words = CountVectorizer(analyzer=linear.pairs)
    counted = {"gram": (grams, grams.fit_transform(linear.readable(read.texts)), "grams"),
               "word": (words, words.fit_transform(read.terms), "words")}
    for kind, (vectorizer, counts, name) in counted.items():
        arrays[name] = packed(vectorizer.get_feature_names_out())
        seen = np.asarray((counts > 0).sum(axis=0)).ravel()
        arrays[f"{kind}_idf"] = (np.log((1 + counts.shape[0]) / (1 + seen)) + 1).astype(np.float32)
        rows = linear.weighted(counts, arrays[f"{kind}_idf"].astype(np.float64))
        model = LogisticRegression(C=C, max_iter=400, tol=1e-4).fit(rows, reasons)
        scale = np.maximum(np.abs(model.coef_).max(axis=1), 1e-6) / STEPS
        arrays[f"{kind}_scale"] = scale.astype(np.float32)
        arrays[f"{kind}_weights"] = np.round(model.coef_ / scale[:, None]).astype(np.int8).T
        arrays[f"{kind}_offset"] = np.round(model.intercept_, 4).astype(np.float32)
    return arrays


def packed(names: Any) -> np.ndarray:
    """Give names as bytes."""
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)


def left_out_scores(read: Read, reasons: np.ndarray) -> np.ndarray:
    """Give the scores of each text by models that have not seen it."""
    fold = np.array([zlib.crc32(text.encode()) % FOLDS for text in read.texts])
    scores = np.empty((len(reasons), len(Taxonomy.default().leaves) + 1))
    for each in range(FOLDS):
        inside, outside = np.flatnonzero(fold != each), np.flatnonzero(fold == each)
        model = linear.from_arrays(fit(read[inside], reasons[inside]))
        scores[outside] = model.scores(read[outside].texts, read[outside].terms)
    return scores


def with_rules(scores: np.ndarray, found: Found, temperature: float, pattern: float, hint: float) -> np.ndarray:
    """Give probabilities with the patterns."""
    times = np.zeros(scores.shape)
    for (row, column), (_, _, confidence) in found.items():
        times[row, column] = np.log(pattern if confidence >= PATTERN_CONFIDENCE else hint)
    return softmax(scores / temperature + times)


def tune(read: Read, reasons: np.ndarray, own: np.ndarray) -> None:
    """Say how left-out sentences fare with other settings."""
    rules = Rules(Taxonomy.default(), Taxonomy.default().leaves)
    scores, kept = left_out_scores(read, reasons), np.flatnonzero(own)
    found = {(int(np.searchsorted(kept, row)), column): place
             for (row, column), place in rules.find(read.texts).items() if own[row]}
    truth = reasons[kept]
    for temperature in (0.6, 0.8, 1.0, 1.3):
        for pattern, hint in ((3, 1.5), (6, 2), (10, 3), (20, 4)):
            made = with_rules(scores[kept], found, temperature, pattern, hint)
            loss = -np.log(made[np.arange(len(kept)), truth] + 1e-12).mean()
            right = np.mean(made.argmax(axis=1) == truth)
            sys.stdout.write(f"{temperature} {pattern} {hint}: log loss {loss:.3f}, right {right:.3f}\n")


def main() -> int:
    """Write the arrays."""
    texts, reasons, own = sentences()
    read = Read(texts)
    if "--tune" in sys.argv:
        tune(read, reasons, own)
    arrays = fit(read, reasons)
    target = HOME / "model.npz"
    np.savez_compressed(target, allow_pickle=False, **arrays)
    sys.stdout.write(f"{target.name}: {target.stat().st_size // 1024} KB, {len(texts)} texts\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
