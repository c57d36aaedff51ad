"""Try values of the constants of `vocmine.topics.discovery`: V-measure and ARI of labelled texts for each.

Usage: ``python scripts/tune_topics.py FILE.parquet:LABEL [...] [--sizes 5000 2000] [--reasons 10 30 100] [--uneven]``

With ``--reasons`` the files are mixed and so many of their reasons drawn, at even or uneven sizes, for each of two
seeds: what is to be found is how many there are. The constants in the library were chosen on
requests_hotel_ja:label and intents_banking_en:intent, 5,000 and 2,000 texts of each, alone (in the view of their
language) and mixed with calls_insurance_en:intent (10 to 141 reasons); those of
`vocmine.topics.discovery.topic_number` and `vocmine.topics.discovery.merging` also on the 64 intents of
NLU-Evaluation-Data (CC BY 4.0) and on half of the 150 of clinc/oos-eval (CC BY 3.0).
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.embed import encoder_for
from vocmine.text import as_analysed
from vocmine.topics.discovery import _assign as rule
from vocmine.topics.discovery import levels, merging, topic_number, vectors
from vocmine.topics.discovery.sampling import by_content
from vocmine.topics.discovery.vectors import JointVectors

TRIED: list[dict[str, Any]] = [
    {},
    {"_FAR": 0.015}, {"_FAR": 0.04}, {"_EQUAL": 0.005}, {"_SMOOTH": 0.19}, {"_UNSEEN": 0.0}, {"_UNSEEN": 0.8},
    {"_TOGETHER": 0.15}, {"_TOGETHER": 0.35}, {"_SCRAP": 0.33},
    {"_AGREEMENT": 0.36}, {"_AGREEMENT": 0.4}, {"_AGREEMENT": 0.5},
    {"_SHARES": (1.0,)}, {"_SHARES": (1.5, 1.0, 0.67)},
    {"_NEIGHBOURS": (15,)}, {"_NEIGHBOURS": (15, 30)}, {"_NEIGHBOURS": (10, 20, 30)},
    {"_STEPS": 2}, {"_STEPS": 6},
    {"TOPIC_RIDGE": 2.0}, {"TOPIC_RIDGE": 30.0},
]
SEEDS = (0, 1)


def main() -> None:
    """Print a line a file, size and setting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="FILE:LABEL")
    parser.add_argument("--sizes", nargs="+", type=int, default=[5000, 2000])
    parser.add_argument("--reasons", nargs="+", type=int, default=[])
    parser.add_argument("--uneven", action="store_true")
    args = parser.parse_args()
    files = {told.rsplit(":", 1)[0]: read(*told.rsplit(":", 1)) for told in args.sets}
    for size in args.sizes:
        for name, frame in files.items() if not args.reasons else ():
            show(f"{Path(name).stem}", frame.iloc[by_content(frame["text"], size)])
        mixed = pd.concat(files.values(), ignore_index=True).drop_duplicates("text")
        for reasons, seed in itertools.product(args.reasons, SEEDS):
            show(f"{reasons} reasons, seed {seed}", drawn(mixed, reasons, size, args.uneven, seed))


def show(name: str, frame: pd.DataFrame) -> None:
    """Print a line a setting."""
    texts, truth = frame["text"].tolist(), frame["label"].to_numpy()
    encoder = encoder_for(frame["lang"])
    known: np.ndarray | None = None
    for setting in TRIED:
        with using(setting):
            maker = JointVectors(encoder, ridge=vectors.TOPIC_RIDGE)
            known = maker.sentences(texts) if known is None else known
            sharp = maker.fit_transform(texts, known)
            number = topic_number.topic_number(sharp)
            labels, _ = levels.cluster_levels(sharp, 5, maker.joined(texts, known))
            v, ari = quality(sharp, labels, truth)
        sys.stdout.write(f"{name}, {len(truth)} texts, {len(set(truth))} true, {setting or 'as it is'}: "
                         f"V {v:.3f} ARI {ari:.3f} topics {labels.max() + 1}, number {number:.1f}\n")


def read(path: str, label: str) -> pd.DataFrame:
    """Give the distinct texts of a file that are not empty, with their labels."""
    frame = pd.read_parquet(path).dropna(subset=["text", label])
    analysed = as_analysed(frame["text"])
    out = pd.DataFrame({"text": list(map(str, analysed["text_clean"])), "lang": list(map(str, analysed["lang"]))})
    out["label"] = [f"{Path(path).stem}: {value}" for value in frame[label]]
    return out[out["text"].str.strip() != ""].drop_duplicates("text")


def drawn(frame: pd.DataFrame, reasons: int, size: int, uneven: bool, seed: int) -> pd.DataFrame:
    """Draw texts of some of the reasons: as often as they come, or with shares that differ widely."""
    rng = np.random.default_rng(seed)
    labels = np.array(sorted(frame["label"].unique()))
    chosen = rng.choice(labels, min(reasons, len(labels)), replace=False)
    shuffled = frame[frame["label"].isin(chosen)].sample(frac=1, random_state=seed)
    if not uneven:
        return shuffled.head(size)
    wanted = dict(zip(chosen, np.maximum(8, size * rng.dirichlet(np.ones(len(chosen)))), strict=True))
    return shuffled[shuffled.groupby("label").cumcount() < shuffled["label"].map(wanted)]


@contextmanager
def using(setting: dict[str, Any]) -> Iterator[None]:
    """Set constants of the library for a while."""
    homes = {name: next(m for m in (levels, topic_number, merging, vectors) if hasattr(m, name)) for name in setting}
    before = {name: getattr(home, name) for name, home in homes.items()}
    try:
        for name, home in homes.items():
            setattr(home, name, setting[name])
        yield
    finally:
        for name, home in homes.items():
            setattr(home, name, before[name])


def quality(sharp: np.ndarray, labels: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Give V-measure and ARI after every text got the topic of its nearest examples, as in `TopicModel`."""
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    inside = labels >= 0
    topic = rule.assign(sharp, sharp[inside], labels[inside]).topic
    return float(v_measure_score(truth, topic)), float(adjusted_rand_score(truth, topic))


if __name__ == "__main__":
    main()
