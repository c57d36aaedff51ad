"""The shipped shares of words come from the script and the project's own texts."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_word_weights.py"


@pytest.fixture(scope="module")
def build():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not beside the tests")
    spec = importlib.util.spec_from_file_location("build_word_weights", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_shares_count_each_kind_of_text_the_same(build, monkeypatch):
    monkeypatch.setattr(build, "own_texts", lambda: [["返金を返金を"], ["返金"], ["領収書", "[氏名]を。"]])
    assert build.shares() == {"を": 333_333, "返金": 500_000, "領収書": 166_667}


def test_the_three_kinds_of_texts_are_there(build):
    examples, contacts, taxonomy = build.own_texts()
    assert len(examples) > 4_000 and len(contacts) > 4_000 and len(taxonomy) > 300
    assert not any(line.startswith(("[", "#")) for line in examples)


@pytest.mark.slow
def test_the_shipped_file_is_what_the_script_makes(build):
    file = SCRIPT.parents[1] / "vocmine" / "embed" / "data" / "word_shares_ja.tsv"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    assert lines == [f"{word}\t{share}" for word, share in build.shares().items()]
