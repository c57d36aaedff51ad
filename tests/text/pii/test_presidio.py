"""Presidio's recognisers beside ours and ours inside Presidio, on doubles of its classes and on Presidio if it is there."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType

import pytest

from vocmine.errors import MissingExtraError
from vocmine.text import find_pii
from vocmine.text.pii.presidio import find_with, presidio_recognizers

TEXT = "佐藤様、090-1234-5678、taro@example.com、〒100-0001"


@dataclass
class Result:
    entity_type: str
    start: int
    end: int
    score: float


class Base:
    def __init__(self, supported_entities, name, supported_language):
        self.supported_entities, self.name, self.supported_language = supported_entities, name, supported_language
        self.load()


class Ticket(Base):
    def load(self):
        self.word = "T-99"

    def analyze(self, text, entities, nlp_artifacts=None):
        at = text.find(self.word)
        return [Result(entities[0], at, at + 4, 0.9)] if at >= 0 else []


@pytest.fixture
def presidio(monkeypatch):
    module = ModuleType("presidio_analyzer")
    module.EntityRecognizer, module.RecognizerResult = Base, Result
    monkeypatch.setitem(sys.modules, "presidio_analyzer", module)


def test_theirs_join_ours():
    ours = find_pii(TEXT)
    both = find_with(TEXT + " T-99", [Ticket(["CREDIT_CARD"], "t", "ja")])
    assert both[: len(ours)] == ours
    assert [(s.kind, s.rule) for s in both[len(ours) :]] == [("card", "presidio:Ticket")]
    assert find_with(TEXT, [Ticket(["PERSON"], "t", "ja")]) == ours


def test_ours_inside_presidio(presidio):
    made = presidio_recognizers()
    assert all(isinstance(r, Base) and r.supported_language == "ja" for r in made)
    assert len({type(r).__name__ for r in made}) == len(made) == 11
    got = [(x.entity_type, x.start, x.end) for r in made for x in r.analyze(TEXT, r.supported_entities)]
    kinds = {"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "JP_POSTAL_CODE"}
    assert {e for e, *_ in got} == kinds
    assert {(a, b) for _, a, b in got} == {(s.start, s.end) for s in find_pii(TEXT, "ja")}
    assert made[0].analyze(TEXT, ["PHONE_NUMBER"]) == []


def test_without_presidio_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(MissingExtraError, match="presidio-analyzer"):
        presidio_recognizers()
