"""Make vocmine/classify/data/student/sentiment.npz from the project's own example sentences; deterministic.

Run from the root of the project: ``python scripts/build_sentiment_student.py``. For each script (Japanese, other) it
fits a linear model of sentences (rule features and character n-grams; sentiment in three classes), and over what that
says of the sentences of a text and the text's own features a second one (sentiment, complaint, praise). The second
learns from sentences that the first had not seen (stacking), as written and in chains, so that texts of several
sentences, notes with what the agent did among them, are known too. ``--measure`` says how well sentences that were left
out are judged, and writes nothing.
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
from sklearn.metrics import f1_score

from vocmine.classify.sentiment.polarity import Readings, read_texts, without_courtesy
from vocmine.classify.sentiment.polarity_features import FEATURES
from vocmine.classify.sentiment.pretrained import PretrainedModel, judge, text_matrix
from vocmine.classify.sentiment.sentence_model import SentenceModel, gram_text, unit_rows
from vocmine.contacts import simulate
from vocmine.frames import SENTIMENTS
from vocmine.text import as_analysed
from vocmine.text.known_strings import KnownStrings

HOME = Path(__file__).resolve().parents[1] / "vocmine" / "classify" / "data"
N, M, P = SENTIMENTS
A = "action"  # what the agent did
# (sentiment of the chain, sentiments of its sentences, how many chains)
PLANS = (
    (N, (N, N), 120), (N, (N, N, N), 80), (N, (M, N), 120), (N, (N, M), 120), (N, (M, N, N, M), 80), (N, (P, N, N), 40),
    (N, (P, N), 30), (P, (P, P), 60), (P, (P, P, P), 40), (P, (M, P), 60), (P, (P, M), 60), (P, (M, P, P, M), 40),
    (P, (P, N, P, P), 40), (P, (N, P, P), 40), (M, (M, M), 75), (M, (P, N), 36), (M, (N, P), 36), (M, (M, M, M), 35),
    (M, (P, M, N), 12), (M, (N, M, P), 12), (M, (P, N, N, P), 12), (M, (N, P, P, N), 12),
)
# the same for agents' notes
NOTE_PLANS = (
    (N, (N, A), 80), (N, (A, N, A), 40), (N, (N, A, A), 60), (N, (A, N), 30), (N, (N, N, A), 30), (N, (A, N, A, A), 20),
    (M, (M, A), 100), (M, (A, M, A), 40), (M, (M, A, A), 80), (M, (M, M, A), 30), (M, (A, A), 30), (M, (A, A, A), 20),
    (P, (P, A), 60), (P, (A, P), 30), (P, (P, A, A), 30),
)
TURNS = {"ja": ("けど", "が、", "のに"), "en": (", but ", " but ", ", however ")}
TURN_COUNT = 20  # pairs on either side of a turn, each way: the later clause decides
FOLDS = 5
C_SENTENCE, C_TEXT, FEWEST = 2.0, 0.05, 3
LOUD = 0.25  # share of examples that are also learned from with exclamation marks, which mark no mood by themselves
RULES_WEIGHT = 0.4  # scale of the standardised rule features
NGRAMS = (1, 5)  # characters
GRAMS_WEIGHT = {"ja": 0.8, "en": 1.6}  # length of an n-gram row beside them; chosen on sentences that were left out
HEADS = ("complaint", "praise")


class Example(NamedTuple):
    """A text, its sentiment, its signals, and whether it is from an agent's note."""

    text: str
    sentiment: str
    signals: frozenset[str]
    note: bool


def load_examples(lang: str) -> list[Example]:
    """Read the example files of a language."""
    found: list[Example] = []
    for path in sorted((HOME / "examples").glob(f"{lang}_*.txt")):
        head: list[str] = []
        note = "desk" in path.name or "notes" in path.name
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                head = line.strip("[]").split()
            elif line.strip() and not line.startswith("#"):
                text = without_courtesy(unicodedata.normalize("NFKC", line.strip())).strip()
                found.append(Example(text, head[0], frozenset(head[1:]), note))
    return found


def loud(examples: list[Example]) -> list[Example]:
    """Give some of the examples of each mood again, ending in exclamation marks instead of a full stop."""
    rng = random.Random(0)
    return [
        e._replace(text=e.text.rstrip("。.") + rng.choice(("!", "!", "!!", "!!!")))
        for e in examples
        if e.text[-1] not in "!?" and A not in e.signals and not e.note and rng.random() < LOUD
    ]


def chains(examples: list[Example], lang: str, share: float = 1.0) -> list[Example]:
    """Put sentences together as the plans say, a share of each number of chains."""
    rng = random.Random(0)
    by = {name: [e for e in examples if e.sentiment == name and A not in e.signals] for name in SENTIMENTS}
    by[A] = [e for e in examples if A in e.signals]
    notes = {name: [e for e in found if e.note] for name, found in by.items()}
    made = []
    for plans, pools in ((PLANS, by), (NOTE_PLANS, notes)):
        for sentiment, plan, count in plans:
            for _ in range(round(count * share)):
                made.append(_joined([rng.choice(pools[name]) for name in plan], sentiment, lang))
    for sentiment, plan in ((N, (P, N)), (P, (N, P))):
        for i in range(round(TURN_COUNT * share)):
            first, second = (rng.choice(by[name]) for name in plan)
            turn = TURNS[lang][i % 3]
            made.append(Example(first.text + turn + second.text, sentiment, first.signals | second.signals, False))
    return made


def _joined(parts: list[Example], sentiment: str, lang: str) -> Example:
    mark, gap = ("。", "") if lang == "ja" else (".", " ")
    text = gap.join(p.text if p.text[-1] in "。.!?♪" else p.text + mark for p in parts)
    return Example(text, sentiment, frozenset().union(*(p.signals for p in parts)), parts[0].note)


def read_examples(examples: list[Example]) -> Readings:
    """Read the texts of examples."""
    return read_texts([e.text for e in examples])


def fit_sentences(examples: list[Example], lang: str) -> SentenceModel:
    """Fit the model of sentences on the examples that are one sentence."""
    examples = examples + loud(examples)
    read = read_examples(examples)
    single = np.bincount(read.owner, minlength=len(examples)) == 1
    examples, read = [e for e, one in zip(examples, single, strict=True) if one], read.of_texts(single)
    rules = read.sentence_features
    scale = np.maximum(rules.std(axis=0), 0.05)
    texts = [gram_text(sentence) for sentence in read.sentences]
    grams = TfidfVectorizer(analyzer="char", ngram_range=NGRAMS, min_df=FEWEST, use_idf=False, dtype=np.float64)
    grams.fit(texts)
    names = sorted(grams.vocabulary_, key=lambda gram: grams.vocabulary_[gram])
    vocabulary = KnownStrings(names)
    weight = GRAMS_WEIGHT[lang]
    counts = unit_rows(vocabulary.counts(texts)) * weight
    x = sparse.hstack([sparse.csr_matrix(rules / scale * RULES_WEIGHT), counts]).tocsr()
    labels = [SENTIMENTS.index(e.sentiment) for e in examples]
    model = LogisticRegression(C=C_SENTENCE, max_iter=3000, tol=1e-4).fit(x, labels)
    d = len(FEATURES)
    rule_weights = model.coef_.T[:d] / scale[:, None] * RULES_WEIGHT
    return SentenceModel(
        np.round(rule_weights, 4), np.round(model.coef_.T[d:] * weight, 3).astype(np.float16).astype(np.float64),
        np.round(model.intercept_, 4), vocabulary,
    )


def fit_examples(written: list[Example], lang: str) -> PretrainedModel:
    """Fit both models; the second on sentences that the first, fitted for this on the other folds, did not see."""
    matrices, texts = [], []
    for fold in range(FOLDS):
        seen = [i for i in range(len(written)) if i % FOLDS != fold]
        left = [written[i] for i in range(len(written)) if i % FOLDS == fold]
        model = fit_sentences([written[i] for i in seen], lang)
        chained = left + loud(left) + chains(left, lang, 1 / FOLDS)
        matrices.append(text_matrix(read_examples(chained), model))
        texts += chained
    x = np.vstack(matrices)
    scale = np.maximum(x.std(axis=0), 0.05)
    targets = [[SENTIMENTS.index(e.sentiment) for e in texts], *([name in e.signals for e in texts] for name in HEADS)]
    fitted = [LogisticRegression(C=C_TEXT, max_iter=3000, tol=1e-4).fit(x / scale, y) for y in targets]
    weights = np.round(np.vstack([model.coef_ for model in fitted]).T / scale[:, None], 4)
    bias = np.round(np.concatenate([model.intercept_ for model in fitted]), 4)
    return PretrainedModel(fit_sentences(written, lang), weights, bias, 1.0)


def arrays_of(model: PretrainedModel, lang: str) -> dict[str, np.ndarray]:
    """Give what is written of a model."""
    return {
        f"{lang}_sentence_rules": model.sentences.rules.astype(np.float32),
        f"{lang}_sentence_grams": model.sentences.grams.astype(np.float16),
        f"{lang}_sentence_bias": model.sentences.bias.astype(np.float32),
        f"{lang}_vocabulary": np.array(list(model.sentences.vocabulary.strings)),
        f"{lang}_weights": model.weights.astype(np.float32),
        f"{lang}_bias": model.bias.astype(np.float32),
    }


def fit(lang: str) -> dict[str, np.ndarray]:
    """Fit the models of a language and give their arrays."""
    return arrays_of(fit_examples(load_examples(lang), lang), lang)


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


def measure(lang: str) -> str:
    """Say how well every fifth sentence, and chains of such, are judged by models that were fitted on the others."""
    written = load_examples(lang)
    left = [e for i, e in enumerate(written) if i % FOLDS == 2]
    model = fit_examples([e for i, e in enumerate(written) if i % FOLDS != 2], lang)
    lines = []
    for name, texts in (("sentences", left), ("chains", chains(left, lang, 1.0))):
        logits = model.logits(text_matrix(read_examples(texts), model.sentences))
        truth = np.array([SENTIMENTS.index(e.sentiment) for e in texts])
        best = logits[:, : len(SENTIMENTS)].argmax(axis=1)
        heads = [
            f"{head} {f1_score([head in e.signals for e in texts], logits[:, len(SENTIMENTS) + i] > 0):.3f}"
            for i, head in enumerate(HEADS)
        ]
        f1 = f1_score(truth, best, average="macro")
        right = (best == truth).mean()
        lines.append(f"{lang} {name} {len(texts)}: accuracy {right:.3f} F1 {f1:.3f} " + " ".join(heads))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the arrays, at first with no temperature, which is then found with them in place."""
    if "--measure" in sys.argv:
        sys.stdout.write(measure("ja") + measure("en"))
        return 0
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
