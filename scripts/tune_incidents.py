"""How well the rule of incidents finds their contacts, by its ridge.

``python -m scripts.tune_incidents [--table FILE]``. Streams whose new issue is known: those of
`vocmine.contacts.simulate`, and, with ``--table``, labelled texts of your own (Parquet: ``text``, ``label``), of
which one label begins on a day. A registry sees each stream day by day; then the rule is learned from its first alert
of the issue with each ridge, and held against the truth on the last day. Printed: precision, recall, and the logarithm
of counted over true contacts, whose spread is `_COUNT_SD` of ``vocmine.topics.tracking.account``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.contacts import simulate
from vocmine.topics import TopicRegistry
from vocmine.topics.monitoring.window import Memory
from vocmine.topics.tracking import rule
from vocmine.topics.tracking.onset import find_onset

RIDGES = (0.0003, 0.001, 0.003, 0.01, 0.03)
DAYS, ONSET, A_DAY = 40, 28, 120
START, GROWTH = 2.5, 1.2  # contacts of the planted label on its first day, and times each day


@dataclass(frozen=True)
class Stream:
    """What a registry remembers of a stream, which of it is the issue, and the first alert of the issue."""

    name: str
    memory: Memory
    is_new: np.ndarray
    seeds: np.ndarray


def watched(name: str, contacts: pd.DataFrame, new: set[str]) -> Stream | None:
    """Let a registry see a stream; None where it told nothing of the issue."""
    registry = TopicRegistry(seed=0, timezone="Asia/Tokyo")
    alerts = registry.update(contacts)
    memory = registry._memory
    for ids in alerts["contact_ids"]:
        if memory is not None and len(set(ids) & new) >= 0.5 * len(ids) > 0:
            seeds = np.flatnonzero(np.isin(memory.contact_id, ids))
            return Stream(name, memory, np.isin(memory.contact_id, list(new)), seeds)
    return None


def simulated(seeds: int) -> Iterator[Stream]:
    """Make streams of the made-up centre."""
    for seed in range(seeds):
        frame = simulate(days=60, per_day=100, seed=seed)
        new = set(frame.loc[frame["true_issue"] == "planted", "contact_id"])
        made = watched(f"simulated {seed}", frame, new)
        if made is not None:
            yield made


def planted(table: pd.DataFrame, seeds: int) -> Iterator[Stream]:
    """Make streams of labelled texts: one label begins late and grows."""
    sizes = table["label"].value_counts()
    names = sizes[sizes >= 60].index.tolist()
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        label = names[int(rng.integers(len(names)))]
        usual = table[table["label"] != label].sample(frac=1, random_state=seed)
        issue = table[table["label"] == label].sample(frac=1, random_state=seed)
        days = [np.full(int(rng.poisson(A_DAY)), day) for day in range(DAYS)]
        late = [np.full(int(rng.poisson(START * GROWTH ** (day - ONSET))), day) for day in range(ONSET, DAYS)]
        day, new_day = np.concatenate(days), np.concatenate(late)
        sizes_of = ((usual, len(day)), (issue, len(new_day)))
        text = [part["text"].to_numpy()[np.arange(n) % len(part)] for part, n in sizes_of]
        frame = pd.DataFrame({"text": np.concatenate(text), "day": np.concatenate([day, new_day])})
        frame["contact_id"] = [f"c{i:06d}" for i in range(len(frame))]
        frame["created_at"] = pd.Timestamp("2026-03-01", tz="UTC") + pd.to_timedelta(frame["day"], unit="D")
        made = watched(f"{label} {seed}", frame, set(frame["contact_id"].iloc[len(day) :]))
        if made is not None:
            yield made


def found_with(stream: Stream, ridge: float) -> tuple[int, int, int]:
    """Give contacts counted, those of them that are of the issue, and all that are."""
    rule._RIDGE = ridge
    found = find_onset(stream.memory, stream.seeds, np.ones(len(stream.memory), dtype=bool))
    rows = found.rows if found is not None else np.empty(0, dtype=np.int64)
    return len(rows), int(stream.is_new[rows].sum()), int(stream.is_new.sum())


def main(args: list[str] | None = None) -> None:
    """Print a line a stream and ridge, then the spread of counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table")
    parser.add_argument("--seeds", type=int, default=6)
    given = parser.parse_args(args)
    streams = list(simulated(given.seeds))
    if given.table:
        table = pd.read_parquet(given.table).dropna(subset=["text", "label"]).drop_duplicates("text")
        streams += list(planted(table, given.seeds))
    for ridge in RIDGES:
        errors = []
        for stream in streams:
            n, hits, true = found_with(stream, ridge)
            errors.append(np.log(max(n, 0.5) / true))
            told = f"n {n}, precision {hits / max(n, 1):.2f}, recall {hits / true:.2f}"
            sys.stdout.write(f"ridge {ridge}  {stream.name}: {told}\n")
        spread = np.sqrt(np.mean(np.square(errors)))
        told = f"mean {np.mean(errors):.3f}, root mean square {spread:.3f}"
        sys.stdout.write(f"ridge {ridge}  log of counted over true: {told}\n")


if __name__ == "__main__":
    main()
