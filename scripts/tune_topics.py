"""Try values of the constants of `vocmine.topics.discovery.levels`: V-measure and ARI of labelled texts for each.

Usage: ``python scripts/tune_topics.py FILE.parquet:LABEL [...] [--sizes 5000 2000]``. The constants in the library were
chosen on requests_hotel_ja:label and intents_banking_en:intent, 5,000 and 2,000 texts of each, and looked at afterwards
on the insurance calls, on the three sets in one (141 reasons), and on the simulator's contacts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.embed import default_encoder
from vocmine.text import as_analysed
from vocmine.topics.discovery import _assign as rule
from vocmine.topics.discovery import levels
from vocmine.topics.discovery.sampling import by_content
from vocmine.topics.discovery.vectors import JointVectors

TRIED: list[dict[str, Any]] = [
    {},
    {"_AGREEMENT": 0.36}, {"_AGREEMENT": 0.44}, {"_AGREEMENT": 0.5},
    {"_HEIGHTS": (0.7, 0.8, 0.9)}, {"_HEIGHTS": (0.9, 1.0, 1.1)}, {"_HEIGHTS": (0.8, 0.9, 1.0, 1.1)},
    {"_NEIGHBOURS": (15,)}, {"_NEIGHBOURS": (15, 30)}, {"_NEIGHBOURS": (10, 20, 30)},
    {"_STEPS": 2}, {"_STEPS": 6},
]


def main() -> None:
    """Print a line a file, size and setting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="FILE:LABEL")
    parser.add_argument("--sizes", nargs="+", type=int, default=[5000, 2000])
    args = parser.parse_args()
    for told in args.sets:
        path, label = told.rsplit(":", 1)
        for size in args.sizes:
            vectors, joined, truth = read(Path(path), label, size)
            for setting in TRIED:
                with using(setting):
                    labels, _ = levels.cluster_levels(vectors, 5, joined)
                v, ari = quality(vectors, labels, truth)
                sys.stdout.write(f"{Path(path).stem} {len(truth)} {setting or 'as it is'}: "
                                 f"V {v:.3f} ARI {ari:.3f} topics {labels.max() + 1}\n")


def read(path: Path, label: str, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give sharpened and joined vectors and the labels of some distinct texts."""
    frame = pd.read_parquet(path).dropna(subset=["text", label])
    frame["text"] = [str(t) for t in as_analysed(frame["text"])["text_clean"]]
    frame = frame[frame["text"].str.strip() != ""].drop_duplicates("text")
    frame = frame.iloc[by_content(frame["text"], size)]
    texts = frame["text"].tolist()
    maker = JointVectors(default_encoder())
    sentence = maker.sentences(texts)
    vectors = maker.fit_transform(texts, sentence)
    return vectors, maker.joined(texts, sentence), frame[label].astype(str).to_numpy()


@contextmanager
def using(setting: dict[str, Any]) -> Iterator[None]:
    """Set constants of the library for a while."""
    before = {name: getattr(levels, name) for name in setting}
    try:
        for name, value in setting.items():
            setattr(levels, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(levels, name, value)


def quality(vectors: np.ndarray, labels: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Give V-measure and ARI after every text got the topic of its nearest examples, as in `TopicModel`."""
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    inside = labels >= 0
    topic = rule.assign(vectors, vectors[inside], labels[inside]).topic
    return float(v_measure_score(truth, topic)), float(adjusted_rand_score(truth, topic))


if __name__ == "__main__":
    main()
