"""Topics and alarms against BERTopic's own recipe, on made-up contacts or on a table of your own.

``python benchmarks/bench_topics.py [--texts FILE.parquet] [--days 60] [--peer]
[--parts topics alarms]``

Two parts, one JSON line each at the end:

- topics: V-measure, ARI, share left out, seconds, agreement with another seed, agreement of a row alone with the batch;
- alarms: days until a new issue is named, purity, false alarms before it, seconds;

What it costs as contacts grow is measured by ``bench_topics_cost.py``.

The peer is BERTopic with UMAP and HDBSCAN on the same sentence vectors (fit, transform, and a z-score of 3 on daily
topic counts of five or more, since ``topics_over_time`` fails on pandas 3). For alarms it is run three ways: topics of
all days at once, later ones too; topics of the first 14 days; topics made anew each day of what is known then. It takes
minutes of compiling: ask for it with ``--peer``.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score, v_measure_score

from vocmine.contacts import simulate
from vocmine.embed import default_encoder, encode_distinct
from vocmine.topics import TopicModel, TopicRegistry

SETTLED, QUIET_DAYS = 14, 7
TIMEZONE = "Asia/Tokyo"
PARTS = ("alarms", "topics")


class Ours:
    """TopicModel behind the calls this benchmark makes."""

    def __init__(self, seed: int) -> None:
        self.model = TopicModel(seed=seed)

    def fit(self, texts: list[str]) -> Ours:
        self.model.fit(texts)
        return self

    def assign(self, texts: list[str]) -> np.ndarray:
        return self.model.assign(texts)


class Peer:
    """BERTopic's own recipe: UMAP, HDBSCAN, transform."""

    def __init__(self, seed: int) -> None:
        from bertopic import BERTopic
        from hdbscan import HDBSCAN
        from sklearn.feature_extraction.text import CountVectorizer
        from umap import UMAP

        self.encoder = default_encoder()
        self.model = BERTopic(
            language=None, umap_model=UMAP(15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed),
            hdbscan_model=HDBSCAN(min_cluster_size=10, prediction_data=True),
            vectorizer_model=CountVectorizer(analyzer="char", ngram_range=(2, 3)),
        )

    def fit(self, texts: list[str]) -> Peer:
        self.model.fit(texts, embeddings=encode_distinct(self.encoder, texts))
        return self

    def assign(self, texts: list[str]) -> np.ndarray:
        return np.asarray(self.model.transform(texts, embeddings=encode_distinct(self.encoder, texts))[0])


def timed(call: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    return call(), round(time.perf_counter() - began, 2)


def told(name: str, figures: Any) -> Any:
    print(name, figures, flush=True)
    return figures


def topics(kind: type, frame: pd.DataFrame) -> dict[str, float]:
    texts = frame["text"].tolist()
    model, fit_seconds = timed(lambda: kind(0).fit(texts))
    found, assign_seconds = timed(lambda: model.assign(texts))
    other = kind(1).fit(texts).assign(texts)
    alone = np.array([model.assign([t])[0] for t in texts[:100]])
    return {
        "texts": len(texts), "topics": len(set(found.tolist()) - {-1}), "left_out": float((found < 0).mean()),
        "v_measure": v_measure_score(frame["label"], found), "ari": adjusted_rand_score(frame["label"], found),
        "ari_other_seed": adjusted_rand_score(found, other), "alone_equals_batch": float((alone == found[:100]).mean()),
        "fit_seconds": fit_seconds, "assign_seconds": assign_seconds,
    }


def alarms_ours(stream: pd.DataFrame) -> list[tuple[int, list[str]]]:
    registry = TopicRegistry(timezone=TIMEZONE)
    out = []
    for day, contacts in stream.groupby("day_number"):
        out += [(int(day), list(ids)) for ids in registry.update(contacts)["contact_ids"]]
    return out


def alarms_peer(stream: pd.DataFrame) -> list[tuple[int, list[str]]]:
    """Topics of all days at once, later ones too: what the recipe tells afterwards."""
    return _told_once(Peer(0).fit(stream["text"].tolist()).assign(stream["text"].tolist()), stream)


def alarms_peer_first(stream: pd.DataFrame) -> list[tuple[int, list[str]]]:
    """Topics of the first days, kept: a daily job with ids that last."""
    model = Peer(0).fit(stream.loc[stream["day_number"] <= SETTLED, "text"].tolist())
    return _told_once(model.assign(stream["text"].tolist()), stream)


def _told_once(topic: np.ndarray, stream: pd.DataFrame) -> list[tuple[int, list[str]]]:
    """Alarms of topics whose ids last, a topic once in a week as ours are."""
    told: dict[int, int] = {}
    out = []
    for day in range(SETTLED + 1, int(stream["day_number"].max()) + 1):
        for own, ids in _z_scores(stream, topic, day):
            if day - told.get(own, -QUIET_DAYS) >= QUIET_DAYS:
                told[own] = day
                out.append((day, ids))
    return out


def alarms_peer_daily(stream: pd.DataFrame) -> list[tuple[int, list[str]]]:
    """Topics made anew each day of all that is known then; its ids do not last, so nothing is told once only."""
    vectors = encode_distinct(default_encoder(), stream["text"].tolist())
    out = []
    for day in range(SETTLED + 1, int(stream["day_number"].max()) + 1):
        known = (stream["day_number"] <= day).to_numpy()
        model = Peer(0).model
        topic = np.asarray(model.fit_transform(stream.loc[known, "text"].tolist(), embeddings=vectors[known])[0])
        out += [(day, ids) for _, ids in _z_scores(stream[known], topic, day)]
    return out


def _z_scores(stream: pd.DataFrame, topic: np.ndarray, day: int) -> list[tuple[int, list[str]]]:
    """Topics that have five contacts or more on a day, and three deviations more than on the days before."""
    table = pd.crosstab(stream["day_number"], topic).drop(columns=-1, errors="ignore")
    past = table.loc[table.index < day]
    z = (table.loc[day] - past.mean()) / past.std().clip(lower=0.5)
    rows = {own: (stream["day_number"] == day).to_numpy() & (topic == own) for own in z.index[z > 3]}
    return [(own, stream.loc[mask, "contact_id"].tolist()) for own, mask in rows.items() if mask.sum() >= 5]


PEERS = {"bertopic": alarms_peer, "bertopic_first_days": alarms_peer_first, "bertopic_daily": alarms_peer_daily}


def alarms(call: Any, stream: pd.DataFrame, onset: int) -> dict[str, float | None]:
    found, seconds = timed(lambda: call(stream))
    truth = stream.set_index("contact_id")["planted"]
    day_of = stream.set_index("contact_id")["day_number"]
    purity = [(day, float(truth.reindex(ids).mean())) for day, ids in found]
    hits = [(day, share) for day, share in purity if day >= onset and share >= 0.5]
    before = onset - SETTLED - 1
    return {
        "delay_days": hits[0][0] - onset if hits else None, "purity": hits[0][1] if hits else None,
        "contacts_needed": int(truth[day_of <= hits[0][0]].sum()) if hits else None,
        "false_alarms_per_30_days": sum(SETTLED < day < onset for day, _ in found) * 30 / max(before, 1),
        "alarms_after": sum(day >= onset for day, _ in found), "alarms_after_right": len(hits), "seconds": seconds,
    }


def made_stream(days: int, per_day: int, lang: str = "ja", seed: int = 0) -> tuple[pd.DataFrame, int]:
    frame = simulate(days, per_day, lang, seed=seed)
    local = frame["created_at"].dt.tz_convert(TIMEZONE).dt.floor("D")
    frame["day_number"] = (local - local.min()).dt.days + 1
    frame["label"] = frame["true_reasons"].str.split("|").str[0]
    frame["planted"] = frame["true_issue"] == "planted"
    return frame, int(frame.loc[frame["planted"], "day_number"].min())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", help="Parquet with text and label, in place of made-up contacts for the first part")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--per-day", type=int, default=100)
    parser.add_argument("--lang", default="ja", choices=("ja", "en"))
    parser.add_argument("--seed", type=int, default=0, help="of the made-up contacts")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    args = parser.parse_args()
    stream, onset = made_stream(args.days, args.per_day, args.lang, args.seed)
    result: dict[str, Any] = {}
    if "alarms" in args.parts:
        peers = PEERS if args.peer else {}
        calls = {"ours": alarms_ours, **peers}
        result["alarms"] = {name: told(name, alarms(call, stream, onset)) for name, call in calls.items()}
    if "topics" in args.parts:
        labelled = pd.read_parquet(args.texts) if args.texts else stream
        labelled = labelled.dropna(subset=["text", "label"]).drop_duplicates("text").head(5000)
        kinds = {"ours": Ours, **({"bertopic": Peer} if args.peer else {})}
        result["topics"] = {name: told(name, topics(kind, labelled)) for name, kind in kinds.items()}
    for part, figures in result.items():
        print(json.dumps({part: figures}))


if __name__ == "__main__":
    main()
