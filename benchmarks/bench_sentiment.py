"""Sentiment side by side: vocmine, oseti, asari and pymlask on Japanese, vocmine, VADER and TextBlob on English.

Run ``python benchmarks/bench_sentiment.py`` for the stress sentences of the tests, or give a labelled file of your own:
``--data FILE --text COLUMN --label COLUMN --lang ja`` (CSV or Parquet; labels negative, neutral, positive or -1, 0, 1).
Names (@...) and links are taken out of a file's texts first, for all alike.
A peer that is not installed is named with what it needs, and left out. ``--site FOLDER`` adds the site-packages of
another environment, where peers live whose needs would not fit beside the package's own.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from vocmine.classify import SentimentClassifier

ORDER = ["negative", "neutral", "positive"]
MENTION = re.compile(r"(?<!\w)@\w+|https?://\S+")  # VADER takes the name @united for a good word
NAMES = {"1": "positive", "0": "neutral", "-1": "negative"}
TESTS = Path(__file__).resolve().parents[1] / "tests" / "classify"
Predict = Callable[[list[str]], list[str]]


def by_sign(scores: list[float], margin: float) -> list[str]:
    return ["positive" if s > margin else "negative" if s < -margin else "neutral" for s in scores]


def vocmine() -> Predict:
    return lambda texts: SentimentClassifier().predict(texts).tolist()


def oseti() -> Predict:
    import oseti as package

    analyzer = package.Analyzer()
    return lambda texts: by_sign([float(np.mean(analyzer.analyze(t) or [0.0])) for t in texts], 0.0)


def asari() -> Predict:
    from asari.api import Sonar

    sonar = Sonar()
    return lambda texts: [sonar.ping(text=t)["top_class"] for t in texts]


def pymlask() -> Predict:
    from mlask import MLAsk

    analyzer = MLAsk()
    table = {"POSITIVE": "positive", "NEGATIVE": "negative"}

    def orientation(text: str) -> str:
        found = str(analyzer.analyze(text).get("orientation", "")).removeprefix("mostly_")
        return table.get(found, "neutral")

    return lambda texts: [orientation(text) for text in texts]


def vader() -> Predict:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda texts: by_sign([analyzer.polarity_scores(t)["compound"] for t in texts], 0.05)


def textblob() -> Predict:
    from textblob import TextBlob

    return lambda texts: by_sign([TextBlob(t).sentiment.polarity for t in texts], 0.0)


SYSTEM = "apt-get install mecab libmecab-dev mecab-ipadic-utf8"
# name: (module, how to install, maker)
PEERS = {
    "ja": {
        "vocmine": ("vocmine", "pip install vocmine", vocmine),
        "oseti": ("oseti", f"{SYSTEM}; pip install oseti", oseti),
        "asari": ("asari", "apt-get install locales && locale-gen en_US.UTF-8; pip install asari", asari),
        "pymlask": ("mlask", f"{SYSTEM}; pip install pymlask; export MECABRC=/etc/mecabrc", pymlask),
    },
    "en": {
        "vocmine": ("vocmine", "pip install vocmine", vocmine),
        "VADER": ("vaderSentiment", "pip install vaderSentiment", vader),
        "TextBlob": ("textblob", "pip install textblob", textblob),
    },
}


def stress(lang: str) -> pd.DataFrame:
    rows = []
    for name in {"ja": ("stress_ja", "stress_more"), "en": ("stress_en",)}[lang]:
        path = TESTS / f"test_sentiment_{name}.py"
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        rows += [row[-2:] for row in module.rows()]
    return pd.DataFrame(rows, columns=["label", "text"])


def measure(name: str, predict: Predict, frame: pd.DataFrame) -> None:
    predict(frame["text"].head(2).tolist())
    started = time.process_time()
    guess = np.array(predict(frame["text"].tolist()))
    seconds = time.process_time() - started
    truth = frame["label"].to_numpy()
    macro = f1_score(truth, guess, average="macro", labels=ORDER, zero_division=0)
    polar = truth != "neutral"
    sides = f1_score(truth[polar], guess[polar], average="macro", labels=[ORDER[0], ORDER[2]], zero_division=0)
    right, speed = np.mean(guess == truth), len(frame) / seconds
    print(f"{name:10s} accuracy {right:.3f}  macro-F1 {macro:.3f}  polar {sides:.3f}  {speed:8.0f} texts/s of CPU")


def run(lang: str, frame: pd.DataFrame) -> None:
    print(f"\n{lang}: {len(frame)} texts")
    for name, (module, how, make) in PEERS[lang].items():
        if importlib.util.find_spec(module) is None:
            print(f"{name:10s} not installed; {how}")
            continue
        try:
            measure(name, make(), frame)
        except (RuntimeError, OSError, ImportError, LookupError) as error:
            why = " ".join(str(error).split())[:80] or type(error).__name__
            print(f"{name:10s} failed to start: {why}; {how}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", default="label")
    parser.add_argument("--lang", choices=["ja", "en"], default="ja")
    parser.add_argument("--site", type=Path)
    args = parser.parse_args()
    if args.site:
        sys.path.append(str(args.site))
    if args.data is None:
        for lang in ("ja", "en"):
            run(lang, stress(lang))
        return
    raw = pd.read_parquet(args.data) if args.data.suffix == ".parquet" else pd.read_csv(args.data)
    raw = raw.dropna(subset=[args.text, args.label])
    labels = raw[args.label].astype(str).str.lower().map(lambda value: NAMES.get(value, value))
    texts = raw[args.text].astype(str).str.replace(MENTION, "", regex=True)
    run(args.lang, pd.DataFrame({"label": labels, "text": texts}))


if __name__ == "__main__":
    main()
