"""Make vocmine/embed/data/word_shares_ja.tsv: how often each Japanese word stands in the project's own texts.

Run from the root of the project: ``python scripts/build_word_weights.py``. The texts are the sentences of
``vocmine/classify/data/examples``, simulated contacts and the shipped taxonomy; each of the three counts the same. A
word's share weighs its vector in the Japanese view of `vocmine.embed` (Arora, Liang and Ma 2017). Shares are rounded to
millionths; words below one are left out, as unknown ones they weigh nearly as much.

``--measure FILE`` (parquet with ``text`` and ``label``) writes nothing and says how well a ridge regression learns the
labels from ten texts each, for some weights of the words in the view (0: the bundled encoder alone) and some values of
the smoothing. Weight .6 and smoothing 5e-4 were chosen on Japanese hotel requests, where more weight and less
smoothing are a little better, and on simulated contacts and names alone, where they are a little worse.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from vocmine.classify import Taxonomy
from vocmine.contacts import simulate
from vocmine.embed import BundledEncoder, _words
from vocmine.text import as_analysed, normalize_text
from vocmine.text.surfaces import surface_words

HOME = Path(__file__).resolve().parents[1] / "vocmine"
WEIGHTS, SMOOTHINGS = (0.0, 0.4, 0.6, 0.8), (1e-4, 5e-4, 1e-3)
HEAD = """\
# Words of the project's own Japanese texts and their share among all words, in millionths, by script
# scripts/build_word_weights.py. Licence: Apache-2.0, as the project.
"""


def own_texts() -> list[list[str]]:
    """Give the three kinds of texts."""
    files = sorted((HOME / "classify" / "data" / "examples").glob("ja_*.txt"))
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    examples = [line for line in lines if line and not line.startswith(("#", "["))]
    contacts = list(dict.fromkeys(simulate(days=60, per_day=100, lang="ja", seed=1)["text"]))
    taxonomy = []
    for reason in Taxonomy.default().reasons:
        taxonomy += [reason.names.get("ja", ""), reason.descriptions.get("ja", ""), *reason.examples.get("ja", ())]
    return [examples, contacts, taxonomy]


def shares() -> dict[str, int]:
    """Give the share of each word in millionths."""
    total: Counter[str] = Counter()
    for texts in own_texts():
        counts = Counter(word for text in texts for word in surface_words(normalize_text(text)).split())
        n = counts.total()
        for word, count in counts.items():
            total[word] += 1e6 * count / n / 3
    return {word: round(share) for word, share in sorted(total.items()) if round(share) >= 1}


def measure(file: str) -> None:
    """Print accuracy from ten texts a label, mean and standard error over draws."""
    from sklearn.linear_model import RidgeClassifier

    frame = pd.read_parquet(file).dropna(subset=["text", "label"]).drop_duplicates("text").reset_index(drop=True)
    clean = as_analysed(frame["text"])["text_clean"].tolist()
    bundled, label, kept = BundledEncoder().encode(clean), frame["label"].astype(str), _words.SMOOTHING
    for weight, smoothing in product(WEIGHTS, SMOOTHINGS):
        _words.SMOOTHING = smoothing
        words = _words.japanese_words.__wrapped__().encode(clean)
        joined = np.hstack([bundled, weight * words]) / np.sqrt(1 + weight**2)
        right = []
        for seed in range(6):
            few = label.groupby(label).sample(10, random_state=seed, replace=True).index.unique()
            rest = label.index.difference(few)
            model = RidgeClassifier(alpha=0.3).fit(joined[few], label[few])
            right.append(float((model.predict(joined[rest]) == label[rest]).mean()))
        figures = f"{np.mean(right):.4f} +- {np.std(right, ddof=1) / len(right) ** 0.5:.4f}"
        print(f"weight {weight:.1f}, smoothing {smoothing:.0e}: {figures}")  # noqa: T201
    _words.SMOOTHING = kept


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2])
    else:
        lines = [f"{word}\t{share}" for word, share in shares().items()]
        (HOME / "embed" / "data").mkdir(exist_ok=True)
        (HOME / "embed" / "data" / "word_shares_ja.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
