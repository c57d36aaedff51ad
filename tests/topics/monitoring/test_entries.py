from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from vocmine.topics.monitoring.counts import Ledger
from vocmine.topics.monitoring.entries import TOPIC_COLUMNS, Entry, make_entries, renewed, topics_frame
from vocmine.topics.monitoring.recluster import Reclustering
from vocmine.topics.monitoring.window import Memory


def memory_of(remembered: Callable[..., Memory]) -> Memory:
    texts = [("返金はまだ", "返金"), ("画面が暗い", "画面 暗い"), ("配達が遅い", "配達 遅い")]
    return remembered([(day, topic, *texts[topic]) for day in range(4) for topic in range(3)], "ja")


def test_a_new_entry_has_the_next_id_and_a_name_of_its_own(remembered: Callable[..., Memory]) -> None:
    memory = memory_of(remembered)
    label = np.where(memory.topic == 1, 0, 1)
    [first] = make_entries(memory, label, [], 3, "emerged", ())
    assert (first.topic_id, first.first_day, first.origin, first.quotes) == (0, 3, "emerged", ["画面が暗い"])
    [second] = make_entries(memory, label, [first], 3, "emerged", (0,))
    assert second.topic_id == 1 and second.name != first.name and second.parents == [0]


def test_a_closed_entry_frees_its_name_and_stays_as_it_is() -> None:
    entry = Entry(4, "返金", 0, "first", [], ["返金"], ["返金は?"])
    closed = entry.close((5, 6))
    assert (closed.name, closed.into, closed.is_open, closed.is_kept) == ("返金 #4", [5, 6], False, True)
    assert entry.is_open and not entry.is_kept
    assert replace(entry, is_pinned=True).is_kept and replace(entry, origin="emerged").is_kept
    assert Entry(**closed.to_dict()) == closed


def test_after_a_reclustering_old_ids_stay_and_new_ones_know_their_parents(remembered: Callable[..., Memory]) -> None:
    memory = memory_of(remembered)
    old = [Entry(0, "返金", 0, "first", [], [], []), Entry(1, "画面と配達", 0, "first", [], [], [])]
    target = np.array([0, 2, 3])[memory.topic]
    change = Reclustering(target, {2: (1,), 3: (1,)}, {1: (2, 3)}, frozenset({1}))
    entries = renewed(old, memory, change, 9)
    assert [e.topic_id for e in entries] == [0, 1, 2, 3]
    assert entries[0] == old[0] and entries[1].into == [2, 3] and not entries[1].is_open
    assert all((e.origin, e.parents, e.first_day) == ("split", [1], 9) for e in entries[2:])
    assert len({e.name for e in entries}) == 4 and entries[3].quotes == ["配達が遅い"]
    table = topics_frame(entries, Ledger())
    assert tuple(table.columns) == TOPIC_COLUMNS and (table["n"] == 0).all() and table["into"].tolist()[1] == (2, 3)
