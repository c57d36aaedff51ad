"""The script that counts how files in 12 encodings are read."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import pytest
import yaml

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("check_encodings", SCRIPTS / "check_encodings.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_sets_are_apart_and_of_120_texts():
    table = yaml.safe_load((SCRIPTS / "encoding_texts.yaml").read_text(encoding="utf-8"))
    assert {name: len(texts) for name, texts in table.items()} == {"a": 120, "b": 120}
    assert not set(table["a"]) & set(table["b"])


def test_there_are_1440_files(script):
    sizes = Counter(bool(data) for _, _, data in script.files("b", script.ENCODINGS))
    assert sum(sizes.values()) == 1440
    assert sizes[True] > 1100


def test_no_file_is_read_wrong_in_silence(script, tmp_path):
    path = tmp_path / "notes.csv"
    wrong = []
    for encoding, rows, data in list(script.files("b", script.ENCODINGS))[::31]:  # the whole set takes minutes
        if data:
            path.write_bytes(data)
            outcome, found, seen = script.read(path, rows)
            if outcome == "wrong in silence":
                wrong.append((encoding, rows, found, seen))
    assert not wrong
