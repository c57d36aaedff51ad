"""What topics cost as the contacts grow: CPU seconds and memory to fit and to assign, beside BERTopic's own recipe.

``python benchmarks/bench_topics_cost.py [--sizes 1000 10000 100000] [--peer] [--peer-most 10000]``

Each size runs in a process of its own, so that its peak memory is its own. The texts are made-up contacts, split into
words before the clock starts; beyond those the simulator makes, texts get a number and their vectors some noise. The
sentence vectors are made before the clock starts as well (about 800 texts a second, the same for both), so what is
measured is topics alone. Assigning is measured on the same 1,000 texts, none of them fitted, for every size.

The peer is BERTopic with UMAP and HDBSCAN on the same vectors: `fit` and `transform`, with the settings of its manual.
A size of the peer that takes more CPU than ``--peer-limit`` seconds is stopped, and said to be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vocmine.contacts import simulate
from vocmine.embed import default_encoder
from vocmine.text import as_analysed
from vocmine.topics import TopicModel
from vocmine.topics.discovery.vectors import without_masks

NEW = 1000
NOISE = 0.4


class MadeUpVectors:
    """Vectors of known texts; a text with a number after it gets those of the text with some noise of its own."""

    def __init__(self, texts: list[str], vectors: np.ndarray) -> None:
        self.spec: dict[str, Any] = {"encoder": "made-up"}
        self.row = {text: i for i, text in enumerate(texts)}
        self.vectors = vectors

    def encode(self, texts: list[str]) -> np.ndarray:
        out = np.empty((len(texts), self.vectors.shape[1]), dtype=np.float32)
        for i, text in enumerate(texts):
            base, _, number = text.rpartition(" #")
            vector = self.vectors[self.row[base if number.isdigit() and base in self.row else text]]
            if base in self.row:
                seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
                noise = np.random.default_rng(seed).normal(size=len(vector))
                vector = vector + NOISE * noise / np.linalg.norm(noise)
                vector = vector / np.linalg.norm(vector)
            out[i] = vector
        return out


def prepare(folder: Path, days: int, per_day: int) -> None:
    """Split and encode the made-up contacts once, for all sizes."""
    analysed = as_analysed(simulate(days, per_day, "ja", seed=0)["text"].tolist())
    frame = pd.DataFrame({name: list(map(str, analysed[name])) for name in ("lang", "text_clean", "terms")})
    frame["text_clean"] = [without_masks(text) for text in frame["text_clean"]]
    frame = frame[frame["text_clean"] != ""].drop_duplicates("text_clean").sample(frac=1, random_state=0)
    frame.reset_index(drop=True).to_parquet(folder / "texts.parquet")
    np.save(folder / "vectors.npy", default_encoder().encode(frame["text_clean"].tolist()))


def sample(frame: pd.DataFrame, size: int) -> pd.DataFrame:
    many = pd.concat([frame] * (size // len(frame) + 1), ignore_index=True).head(size)
    again = np.arange(size) >= len(frame)
    many["text_clean"] = np.where(again, many["text_clean"] + " #" + many.index.astype(str), many["text_clean"])
    return many


def clocked(call: Any) -> tuple[Any, float]:
    began = time.process_time()
    result = call()
    return result, round(time.process_time() - began, 2)


def ours(texts: pd.DataFrame, new: pd.DataFrame, encoder: MadeUpVectors) -> tuple[float, float, int]:
    model, fit = clocked(lambda: TopicModel(encoder=encoder).fit(texts))
    _, assign = clocked(lambda: model.assign(new))
    return fit, assign, len(model.topics_)


def peer(texts: pd.DataFrame, new: pd.DataFrame, encoder: MadeUpVectors) -> tuple[float, float, int]:
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    model = BERTopic(
        language=None, umap_model=UMAP(15, n_components=5, min_dist=0.0, metric="cosine", random_state=0),
        hdbscan_model=HDBSCAN(min_cluster_size=10, prediction_data=True),
        vectorizer_model=CountVectorizer(token_pattern=r"\S+"),
    )
    vectors, later = encoder.encode(texts["text_clean"].tolist()), encoder.encode(new["text_clean"].tolist())
    (topics, _), fit = clocked(lambda: model.fit_transform(texts["terms"].tolist(), embeddings=vectors))
    _, assign = clocked(lambda: model.transform(new["terms"].tolist(), embeddings=later))
    return fit, assign, len(set(topics) - {-1})


def measure(kind: str, size: int, folder: Path) -> dict[str, Any]:
    frame = pd.read_parquet(folder / "texts.parquet").astype(object)
    encoder = MadeUpVectors(frame["text_clean"].tolist(), np.load(folder / "vectors.npy"))
    new, known = frame.tail(NEW), frame.iloc[:-NEW]
    ours(known.head(300), new.head(10), encoder)  # engines are compiled and loaded before the clock starts
    if kind == "bertopic":
        peer(known.head(300), new.head(10), encoder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fit, assign, topics = (ours if kind == "ours" else peer)(sample(known, size), new, encoder)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "kind": kind, "texts": size, "topics": topics, "fit_cpu_s": fit, "assign_1000_cpu_s": assign,
        "peak_mb": after // 1024, "above_start_mb": (after - before) // 1024,
    }


def exponent(rows: list[dict[str, Any]], what: str) -> float | None:
    if len(rows) < 2:
        return None
    x, y = np.log([r["texts"] for r in rows]), np.log([max(r[what], 0.01) for r in rows])
    return round(float(np.polyfit(x, y, 1)[0]), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--peer-most", type=int, default=100_000, help="largest size for the peer")
    parser.add_argument("--peer-limit", type=int, default=1800, help="CPU seconds for one size of the peer")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--per-day", type=int, default=200)
    parser.add_argument("--one", nargs=3, metavar=("KIND", "SIZE", "FOLDER"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        if args.one[0] == "bertopic":
            resource.setrlimit(resource.RLIMIT_CPU, (args.peer_limit, args.peer_limit + 5))
        print(json.dumps(measure(args.one[0], int(args.one[1]), Path(args.one[2]))))
        return
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), args.days, args.per_day)
        for kind in ("ours", *(["bertopic"] if args.peer else [])):
            rows = []
            for size in [s for s in args.sizes if kind == "ours" or s <= args.peer_most]:
                limit = ["--peer-limit", str(args.peer_limit)]
                command = [sys.executable, __file__, *limit, "--one", kind, str(size), name]
                done = subprocess.run(command, check=False, capture_output=True, text=True)
                if done.returncode == -signal.SIGXCPU:
                    print({"kind": kind, "texts": size, "not_finished_in_cpu_s": args.peer_limit}, flush=True)
                    break
                done.check_returncode()
                rows.append(json.loads(done.stdout.splitlines()[-1]))
                print(rows[-1], flush=True)
            result[kind] = {
                "sizes": rows, "fit_exponent": exponent(rows, "fit_cpu_s"),
                "assign_exponent": exponent(rows, "assign_1000_cpu_s"),
            }
    print(json.dumps({"cost": result}))


if __name__ == "__main__":
    main()
