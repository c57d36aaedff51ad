"""Make vocmine/classify/data/student/sentiment.npz from the project's own example sentences; deterministic.

Run from the root of the project: ``python scripts/build_sentiment_student.py``. For each script (Japanese, other) it
fits three small linear models on rule features and character n-grams: sentiment in three classes, complaint, praise.
Beside the sentences as written it learns from short chains of them, so that texts of several sentences are known too.
"""

from __future__ import annotations

import random
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from vocmine.classify.sentiment.ngram_counts import NGRAMS
from vocmine.classify.sentiment.polarity import FEATURES, read, without_courtesy
from vocmine.classify.sentiment.pretrained import RULES_WEIGHT, judge
from vocmine.contacts import simulate
from vocmine.frames import SENTIMENTS
from vocmine.text import as_analysed

HOME = Path(__file__).resolve().parents[1] / "vocmine" / "classify" / "data"
N, M, P = SENTIMENTS
# (sentiment of the chain, sentiments of its sentences, how many chains)
PLANS = (
    (N, (N, N), 60), (N, (N, N, N), 40), (N, (M, N), 40), (N, (N, M), 40), (N, (M, N, N, M), 40), (N, (P, N, N), 40),
    (P, (P, P), 60), (P, (P, P, P), 40), (P, (M, P), 40), (P, (P, M), 40), (P, (M, P, P, M), 40), (P, (P, N, P, P), 40),
    (P, (N, P, P), 40), (M, (M, M), 75), (M, (P, N), 36), (M, (N, P), 36), (M, (M, M, M), 35),
    (M, (P, M, N), 6), (M, (N, M, P), 6), (M, (P, N, N, P), 6), (M, (N, P, P, N), 6),
)
TURNS = {"ja": ("けど", "が、", "のに"), "en": (", but ", " but ", ", however ")}
TURN_COUNT = 20  # pairs on either side of a turn, each way: the later clause decides
C, FEWEST = 0.3, 3
GRAMS_WEIGHT = 0.7  # of an n-gram row, beside the rule features


class Example(NamedTuple):
    """A sentence, its sentiment and its signals."""

    text: str
    sentiment: str
    signals: frozenset[str]


def load_examples(lang: str) -> list[Example]:
    """Read the example files of a language."""
    found: list[Example] = []
    for path in sorted((HOME / "examples").glob(f"{lang}_*.txt")):
        head: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                head = line.strip("[]").split()
            elif line.strip() and not line.startswith("#"):
                text = without_courtesy(unicodedata.normalize("NFKC", line.strip())).strip()
                found.append(Example(text, head[0], frozenset(head[1:])))
    return found


def chains(examples: list[Example], lang: str) -> list[Example]:
    """Put sentences together as `PLANS` says."""
    rng = random.Random(0)
    by = {name: [e for e in examples if e.sentiment == name] for name in SENTIMENTS}
    mark, gap = ("。", "") if lang == "ja" else (".", " ")
    made = []
    for sentiment, plan, count in PLANS:
        for _ in range(count):
            parts = [rng.choice(by[name]) for name in plan]
            text = gap.join(p.text if p.text[-1] in "。.!?♪" else p.text + mark for p in parts)
            made.append(Example(text, sentiment, frozenset().union(*(p.signals for p in parts))))
    for sentiment, plan in ((N, (P, N)), (P, (N, P))):
        for i in range(TURN_COUNT):
            first, second = (rng.choice(by[name]) for name in plan)
            turn = TURNS[lang][i % 3]
            made.append(Example(first.text + turn + second.text, sentiment, first.signals | second.signals))
    return made


def fit(lang: str) -> dict[str, np.ndarray]:
    """Fit the three models of a language and give their arrays."""
    written = load_examples(lang)
    examples = written + chains(written, lang)
    rules = np.array([read(e.text).features for e in examples])
    scale = np.maximum(rules.std(axis=0), 0.05)
    grams = TfidfVectorizer(analyzer="char", ngram_range=NGRAMS, min_df=FEWEST, use_idf=False, dtype=np.float64)
    grams.fit([e.text.lower() for e in written])
    counts = grams.transform([e.text.lower() for e in examples]) * GRAMS_WEIGHT
    x = sparse.hstack([sparse.csr_matrix(rules / scale * RULES_WEIGHT), counts]).tocsr()
    three = LogisticRegression(C=C, max_iter=3000, tol=1e-4).fit(x, [SENTIMENTS.index(e.sentiment) for e in examples])
    heads = [three.coef_, *(_signal(x, examples, name)[0] for name in ("complaint", "praise"))]
    biases = [three.intercept_, *(_signal(x, examples, name)[1] for name in ("complaint", "praise"))]
    weights = np.vstack(heads).T
    return {
        f"{lang}_rules": np.round(weights[: len(FEATURES)] / scale[:, None] * RULES_WEIGHT, 4).astype(np.float32),
        f"{lang}_grams": np.round(weights[len(FEATURES) :] * GRAMS_WEIGHT, 3).astype(np.float16),
        f"{lang}_vocabulary": np.array(sorted(grams.vocabulary_, key=lambda gram: grams.vocabulary_[gram])),
        f"{lang}_bias": np.round(np.concatenate(biases), 4).astype(np.float32),
    }


def _signal(x: sparse.csr_matrix, examples: list[Example], name: str) -> tuple[np.ndarray, np.ndarray]:
    model = LogisticRegression(C=C, max_iter=3000, tol=1e-4).fit(x, [name in e.signals for e in examples])
    return model.coef_, model.intercept_


def temperature(lang: str) -> float:
    """Find the divisor of the logits under which made-up contacts, none of them learned from, are likeliest."""
    made = simulate(days=20, per_day=70, lang=lang, seed=11)
    judged = judge(as_analysed(made["text"].fillna(""))["text_clean"].tolist())
    logits = np.log(np.clip(judged.proba, 1e-12, 1.0))
    truth = np.array([SENTIMENTS.index(name) for name in made["true_sentiment"]])

    def loss(divisor: float) -> float:
        scaled = logits / divisor
        return float((np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(truth)), truth]).mean())

    return round(float(minimize_scalar(loss, bounds=(0.5, 4.0), method="bounded").x), 2)


def main() -> int:
    """Write the arrays, at first with no temperature, which is then found with them in place."""
    arrays = {**fit("ja"), **fit("en")}
    target = HOME / "student" / "sentiment.npz"
    target.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(target, **arrays, ja_temperature=1.0, en_temperature=1.0)
    found = {f"{lang}_temperature": temperature(lang) for lang in ("ja", "en")}
    np.savez_compressed(target, **arrays, **found)
    counts = " + ".join(str(len(load_examples(lang))) for lang in ("ja", "en"))
    sys.stdout.write(f"{target.name}: {target.stat().st_size // 1024} KB, {counts} sentences, {found}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
