"""The sets on which constants of topics are chosen, and that trying values leaves none behind."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from vocmine.topics.discovery import levels, topic_number

SCRIPT = Path(__file__).parents[2] / "scripts" / "tune_topics.py"


@pytest.fixture(scope="module")
def tune():
    spec = importlib.util.spec_from_file_location("tune_topics", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reasons_are_drawn_even_and_uneven(tune):
    frame = pd.DataFrame({"text": [f"t{i}" for i in range(1200)], "lang": "ja", "label": [f"r{i % 12}" for i in range(1200)]})
    even, uneven = (tune.drawn(frame, 6, 300, told, seed=0) for told in (False, True))
    assert even["label"].nunique() == uneven["label"].nunique() == 6
    assert len(even) == 300 and even["label"].value_counts().min() > 30
    assert uneven["label"].value_counts().max() > 4 * uneven["label"].value_counts().min()
    assert not uneven["text"].duplicated().any()
    assert even["text"].tolist() == tune.drawn(frame, 6, 300, False, seed=0)["text"].tolist()


def test_tried_values_are_put_back(tune):
    before = levels._AGREEMENT, topic_number._FAR
    for setting in tune.TRIED:
        with pytest.raises(RuntimeError), tune.using(setting):
            raise RuntimeError
    with tune.using({"_FAR": 0.1}):
        assert topic_number._FAR == 0.1
    assert before == (levels._AGREEMENT, topic_number._FAR)
