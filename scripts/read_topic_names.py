"""Print names of topics beside their texts, to be read by a person who judges whether the name fits.

Run from the root of the project: ``python scripts/read_topic_names.py FILE [--column text] [--seed 0] [--topics 13]``
(half a minute). A file is a parquet with a column of texts, of which 3,000 are drawn; without a file it is simulated
contacts. Topics are drawn at random by the seed. The weights of `vocmine.topics.naming.ranking` were set this way.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from vocmine.contacts import simulate
from vocmine.text import as_analysed
from vocmine.topics import TopicModel

_DRAWN, _TEXTS = 3_000, 10


def lines(texts: pd.Series, topics: pd.DataFrame, topic: np.ndarray, chosen: np.ndarray) -> Iterator[str]:
    """Give a line a topic and a text, the texts in their order."""
    for row in topics.iloc[chosen].to_dict("records"):
        yield f"\n{row['name']}  (n={row['n']}, ja: {row['name_ja']}, en: {row['name_en']})"
        yield from (f"  - {' '.join(t.split())[:100]}" for t in texts[topic == row["topic_id"]].head(_TEXTS))


def main() -> int:
    """Fit, draw and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--column", default="text")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--topics", type=int, default=13)
    args = parser.parse_args()
    frame = simulate() if args.file is None else pd.read_parquet(args.file)
    texts = frame[args.column].dropna().drop_duplicates()
    texts = texts.sample(min(_DRAWN, len(texts)), random_state=0)
    clean = as_analysed(texts.tolist())["text_clean"]
    model = TopicModel().fit(texts.tolist())
    chosen = np.random.default_rng(args.seed).permutation(len(model.topics_))[: args.topics]
    sys.stdout.write("\n".join(lines(clean, model.topics_, model.labels_, chosen)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
