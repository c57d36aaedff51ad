"""What a reason classifier predicts with, and the parameters it is made from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vocmine.classify import Taxonomy
from vocmine.classify.reasons.stage import StageParameters, encode_with
from vocmine.classify.reasons.training import stage_from_taxonomy
from vocmine.embed import CharacterEncoder, PrecomputedEncoder
from vocmine.errors import SettingsError
from vocmine.text import as_analysed

NAMES = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "返金"}, {"id": "b", "name": "ログイン"}]})
ENGINE = CharacterEncoder(64)
GIVEN = StageParameters(NAMES, ENGINE, "fast", 0.2, 0.8, 0.02, 2)


@pytest.mark.parametrize("change", [
    {"taxonomy": None}, {"taxonomy": Taxonomy.default()}, {"encoder": None}, {"encoder": CharacterEncoder(64)},
    {"serve": "best"}, {"reread": 0.4}, {"precision": 0.9}, {"unknown_share": 0.1}, {"min_examples": 3},
])
def test_each_parameter_makes_another_stage(change):
    assert GIVEN.same_as(replace(GIVEN)) and GIVEN.same_as(replace(GIVEN, taxonomy=Taxonomy.from_dict(NAMES.to_dict())))
    assert not GIVEN.same_as(replace(GIVEN, **change))


def test_plain_values_and_back():
    again = StageParameters.from_dict(GIVEN.to_dict())
    assert again.encoder.spec == ENGINE.spec and again.same_as(replace(GIVEN, encoder=again.encoder))
    shipped = replace(GIVEN, taxonomy=None, encoder=None)
    assert StageParameters.from_dict(shipped.to_dict()).same_as(shipped)
    own = replace(GIVEN, encoder=PrecomputedEncoder(["x"], np.ones((1, 2))))
    with pytest.raises(SettingsError, match="give the encoder to load"):
        StageParameters.from_dict(own.to_dict())
    assert StageParameters.from_dict(own.to_dict(), own.encoder).same_as(own)


@pytest.mark.parametrize(("change", "words"), [({"serve": "quick"}, "fast, best, cascade, student"), ({"precision": 1}, "between 0 and 1"), ({"reread": 1}, "between 0 and 1"),
                                               ({"unknown_share": 1}, "between 0 and 1")])
def test_wrong_parameters(change, words):
    with pytest.raises(SettingsError, match=words):
        replace(GIVEN, **change).check()


def test_a_stage_of_names_reads_words_and_needs_vectors():
    encode = encode_with(ENGINE)
    stage = stage_from_taxonomy(GIVEN, encode, ENGINE.spec)
    texts = as_analysed(["返金して", "ログインできない"])
    found = stage.rules.find(texts["text_clean"].tolist())
    assert stage.reads_terms and not stage.uses_student and stage.figures == {}
    assert stage.probabilities(texts, found, encode).argmax(axis=1).tolist() == [0, 1]
    with pytest.raises(SettingsError, match="need sentence vectors"):
        stage.blended(texts, None, found, encode)


def test_the_shipped_stage_skips_courtesies():
    shipped = replace(GIVEN, taxonomy=Taxonomy.default())
    stage = stage_from_taxonomy(shipped, encode_with(ENGINE), ENGINE.spec)
    assert stage.prepare(["お世話になっております。返金"])[0].strip() == "。返金" and stage.uses_student and stage.basis == "examples"
    assert not stage.reads_terms
