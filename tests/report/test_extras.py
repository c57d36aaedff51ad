"""Inputs of sections are accepted by keyword, and names that no section reads are refused."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report
from vocmine.report.sections.registry import input_names


def test_every_input_of_a_section_is_accepted_by_keyword():
    for name in input_names():
        assert Extras(**{name: 1}).inputs == {name: 1}
    assert Extras(title="a", n_wanted=3) == Extras(title="a", inputs={"n_wanted": 3})


def test_none_is_as_good_as_not_passed():
    assert Extras(months=None, audits=None) == Extras()


def test_a_name_that_no_section_reads_is_refused_with_the_nearest():
    with pytest.raises(SettingsError, match=r"got: journey; .*did you mean journeys\?"):
        Extras(journey={})
    with pytest.raises(SettingsError, match="got: weather"):
        Extras(inputs={"weather": 1})


def test_further_inputs_come_by_replace_and_nothing_changes_in_place():
    extras = Extras(run={"read": 1})
    assert replace(extras, n_wanted=5).inputs == {"run": {"read": 1}, "n_wanted": 5}
    assert extras.inputs == {"run": {"read": 1}}
    with pytest.raises(FrozenInstanceError):
        extras.title = "a"
    assert pickle.loads(pickle.dumps(extras)) == extras


def test_frames_in_the_call_go_before_those_of_the_extras(centre):
    first = centre.topics.head(1)
    report = build_report(centre.contacts, centre.tags, centre.costs, topics=first, extras=Extras(topics=centre.topics))
    assert report.summary.topics == ((0, 210),)
    report = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(topics=centre.topics))
    assert len(report.summary.topics) == 3
