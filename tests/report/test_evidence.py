"""Evidence is frozen and starts empty."""

from __future__ import annotations

import dataclasses

import pytest

from vocmine.report import Evidence


def test_evidence_is_frozen_and_starts_empty():
    evidence = Evidence()
    assert not any(getattr(evidence, field.name) for field in dataclasses.fields(evidence))
    with pytest.raises(dataclasses.FrozenInstanceError):
        evidence.words = ("a",)


def test_names_and_quotes_behind_the_numbers_are_there(full_report):
    evidence = full_report().evidence
    assert evidence.alert_names == {3: "QR決済の白画面", 8: "ポイント未付与"}
    assert evidence.topic_names[0] == "料金の二重引き落とし"
    assert evidence.words[0] == "ログイン"
    assert {issue for issue, *_ in evidence.trace} == set(evidence.quotes)
