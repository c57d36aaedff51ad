"""A new incident and each turn of it are told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vocmine.notify import MOMENTS, moment_of


@pytest.mark.parametrize(("state", "told", "moment"), [
    ("open", [], "new"), ("growing", [], "new"), ("easing", [], "new"), ("over", [], None),
    ("open", ["open"], None), ("growing", ["open"], "growing"), ("growing", ["growing"], None), ("open", ["growing"], None),
    ("easing", ["open", "growing"], "easing"), ("over", ["open"], "over"), ("over", ["open", "over"], None),
    ("open", ["open", "over"], "back"), ("growing", ["growing", "over"], "back"), ("growing", ["open", "over", "back"], "growing"), ("over", ["over", "back"], None),
])
def test_turns(full, state, told, moment):
    told = [(full.incident_id, s) for s in told] + [("another", "over")]
    assert moment_of(replace(full, state=state), told) == moment


def test_what_could_not_be_told_while_it_went_on_is_told_when_it_is_over(full):
    over = replace(full, state="over")
    assert moment_of(over, [], waiting=[full.incident_id]) == "over"
    assert moment_of(over, [], waiting=["another"]) is None


def test_an_incident_that_took_in_one_that_was_told_is_not_new(full):
    one = replace(full, state="open", merged=("i-old",))
    assert moment_of(one, [("i-old", "open")]) is None
    assert moment_of(replace(one, state="growing"), [("i-old", "open")]) == "growing"
    assert moment_of(replace(one, state="growing"), [("i-old", "growing")]) is None


def test_only_what_is_wanted(full):
    assert moment_of(full, [], wanted=["over"]) is None
    assert moment_of(full, [], wanted=["growing"]) == "growing"
    assert moment_of(replace(full, state="over"), [], waiting=[full.incident_id], wanted=["over"]) == "over"
    assert moment_of(replace(full, state="over"), [(full.incident_id, "open")], wanted=["new", "growing"]) is None
    assert moment_of(full, [(full.incident_id, "over")], wanted=["new", "growing"]) == "growing"


@pytest.mark.parametrize("state", ["open", "growing", "easing", "over"])
def test_whatever_is_told_is_told_once(full, state):
    one = replace(full, state=state)
    assert moment_of(one, [(one.incident_id, state)], [one.incident_id], MOMENTS) is None
