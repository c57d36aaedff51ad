"""How fast are normalising, masking and splitting, against SudachiPy's splitting alone? Same texts, one process.

Rates are per second of CPU time, the best of three runs, so that a busy machine matters less.

    python benchmarks/bench_text.py [--texts FILE] [--rows N] [--lang ja|en] [--flat N]

Without --texts the texts come from the demo simulator. FILE is a CSV or Parquet file with a column `text`. Texts are
distinct: nothing is gained by keeping what was analysed before. --flat N analyses N texts more, each a new one, and
prints the peak memory on the way: it should not grow.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from sudachipy import Dictionary

from vocmine.text import as_analysed, find_pii, mask_pii, normalize_text


def read_texts(path: Path | None, rows: int, lang: str) -> list[str]:
    if path is None:
        from vocmine.contacts import simulate

        frame = simulate(days=30, per_day=max(1, 2 * rows // 30), lang=lang, seed=0)
    else:
        frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    return list(dict.fromkeys(frame["text"].astype(str)))[:rows]


def rate(work: Callable[[], object], n: int, repeat: int = 3) -> float:
    best = float("inf")
    for _ in range(repeat):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return n / best


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


MARKS = (30_000, 100_000, 200_000, 400_000, 700_000, 1_000_000)
STEP = 1_000


def stream(texts: list[str], total: int) -> None:
    """Analyse new texts, made by joining the halves of two, and say how much memory that took at its peak."""
    for done in range(0, total, STEP):
        batch = []
        for i in range(done, min(done + STEP, total)):
            one, other = texts[i % len(texts)], texts[(i // len(texts) + 7 * i + 1) % len(texts)]
            batch.append(f"{one[: len(one) // 2]}{other[len(other) // 2 :]} {i}")
        as_analysed(batch)
        if done + STEP in MARKS:
            print(f"{done + STEP} texts: peak memory {memory_mb():.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--lang", choices=("ja", "en"), default="ja")
    parser.add_argument("--flat", type=int, default=0, metavar="N", help="analyse N more texts, print the memory")
    args = parser.parse_args()
    texts = read_texts(args.texts, args.rows, args.lang)
    n = len(texts)
    splitter = Dictionary().create()
    as_analysed(texts[:200])
    figures = {
        "texts": n,
        "characters_per_text": sum(map(len, texts)) / n,
        "sudachipy_per_s": rate(lambda: [[m.surface() for m in splitter.tokenize(t)] for t in texts], n),
        "analyse_per_s": rate(lambda: as_analysed(texts), n),
        "normalize_per_s": rate(lambda: [normalize_text(t) for t in texts], n),
        "find_pii_per_s": rate(lambda: [find_pii(t) for t in texts], n),
        "mask_pii_per_s": rate(lambda: mask_pii(texts), n),
    }
    figures["analyse_over_sudachipy"] = figures["analyse_per_s"] / figures["sudachipy_per_s"]
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))
    stream(texts, args.flat)


if __name__ == "__main__":
    main()
