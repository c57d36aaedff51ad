"""Both languages say the same things with the same gaps."""

from __future__ import annotations

import string
from importlib.resources import files

import pytest
import yaml

from vocmine.notify import MOMENTS, say
from vocmine.notify.wording import column_name
from vocmine.topics.tracking.incident import STATES

WORDS = yaml.safe_load(files("vocmine.notify").joinpath("data", "notify.yaml").read_text(encoding="utf-8"))


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_languages_have_the_same_keys_and_gaps():
    assert list(WORDS["ja"]) == list(WORDS["en"])
    assert {key: gaps(text) for key, text in WORDS["ja"].items()} == {key: gaps(text) for key, text in WORDS["en"].items()}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_state_moment_and_problem_has_words(lang):
    keys = [f"state_{s}" for s in STATES] + [f"moment_{m}" for m in (*MOMENTS, "issue")]
    keys += [f"problem_{p}" for p in ("status", "redirect", "timeout", "name", "certificate", "connection", "busy", "unsent")]
    assert all(say(lang, key, status=1) for key in keys)


def test_a_column_without_words_stands_as_it_is():
    assert (column_name("ja", "product"), column_name("en", "店舗")) == ("製品", "店舗")
