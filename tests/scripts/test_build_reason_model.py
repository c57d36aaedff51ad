"""The model of the shipped reasons comes from the script and the project's own sentences."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from vocmine.classify.reasons.linear import from_arrays, shipped_model

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_reason_model.py"


@pytest.fixture(scope="module")
def build():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not beside the tests")
    spec = importlib.util.spec_from_file_location("build_reason_model", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_reason_has_sentences_in_both_languages_each_once(build):
    texts, reasons, own = build.sentences()
    count = np.bincount(reasons[own])
    assert len(count) == len(shipped_model().classes) + 1 and count.min() >= 50
    latin = np.array([text.isascii() for text in texts])
    assert np.bincount(reasons[own & latin]).min() >= 15
    assert len(set(np.array(texts, dtype=object)[own])) == own.sum()


def test_the_script_gives_the_shipped_model(build):
    texts, reasons, _ = build.sentences()
    read = build.Read(texts)
    made, shipped = from_arrays(build.fit(read, reasons)), shipped_model()
    assert made.grams.strings == shipped.grams.strings, "run python scripts/build_reason_model.py"
    some = np.arange(0, len(texts), 40)
    few = read[some]
    ours, theirs = (model.scores(few.texts, few.terms) for model in (made, shipped))
    assert (ours.argmax(axis=1) == theirs.argmax(axis=1)).mean() > 0.98
