"""What is kept of an incident: counts, what is expected of a volume, and the way to a file and back."""

from __future__ import annotations

import json

import numpy as np

from vocmine.topics.tracking.record import Record
from vocmine.topics.tracking.rule import MemberRule

ONE = Record(
    "inc-20261016-1", 105, MemberRule(np.array([1.0, 2.0], np.float32), 0.5), 101, {"": 0.1, "call": 0.2},
    {"a": (101, "call"), "b": (103, "chat"), "c": (103, "call")}, [4], ["a"], [105],
)


def test_counts_begin_with_the_first_day_and_end_with_the_last_one_asked_for():
    assert ONE.counts(104).tolist() == [1, 0, 2, 0]
    assert ONE.counts(102).tolist() == [1, 0]
    assert ONE.last_day == 103


def test_what_is_expected_follows_the_volume_of_each_channel():
    volume = {100: {"call": 99}, 101: {"call": 10, "chat": 20}, 102: {"mail": 10}, 103: {"call": 50}}
    assert ONE.expected(volume, 101, 102) == 10 * 0.2 + 20 * 0.1 + 10 * 0.1


def test_it_is_the_same_after_a_file():
    again = Record.from_dict(json.loads(json.dumps(ONE.to_dict())), ONE.rule.weights)
    assert again == ONE
