"""Damaged files of every kind end in a frame with its rejects or in one sentence, within seconds: `make fuzz` tries more.

A finding is repeated by its seed: ``VOCMINE_FUZZ_SEED=7 VOCMINE_FUZZ=5000 pytest tests/fuzz``.
"""

from __future__ import annotations

import os
import signal

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import YAML_READERS, contact_seeds, yaml_seeds
from tests.fuzz.trial import read_once, run

INPUTS = int(os.environ.get("VOCMINE_FUZZ", "4500"))
SEED = int(os.environ.get("VOCMINE_FUZZ_SEED", "20261201"))
PARTS = 6  # of the inputs, each a test, so that the workers share them
GIVEN = settings(max_examples=125, deadline=None, derandomize=True, database=None,
                 suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

needs_alarm = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="inputs are timed by a signal")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10) | st.integers(), inner, max_size=4), max_leaves=12,
)
cells = st.text(st.characters(exclude_categories=()), max_size=20)


@needs_alarm
@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_files(part, tmp_path):
    found = run(tmp_path, INPUTS // PARTS, SEED * 100 + part)
    assert not found, "\n".join(f"{one.name} {one.seed}: {one.problem}" for one in found[:30])


def test_the_seeds_themselves_are_sound(tmp_path):
    for name, data in {**contact_seeds(), **yaml_seeds()}.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert read_once(path) == ""


def test_what_ends_in_neither_is_found(tmp_path, monkeypatch):
    def broken(path):
        raise KeyError("x")

    monkeypatch.setitem(YAML_READERS, "settings", broken)
    found = run(tmp_path, 40, 1)
    assert {one.name for one in found} == {"settings.yaml"} and "KeyError" in found[0].problem


@GIVEN
@given(kind=st.sampled_from(sorted(YAML_READERS)), value=values, key=st.sampled_from(["columns", "reasons", "fixes", "currency", "units", "code_mapping", "lang"]))
def test_any_values_in_a_yaml_file(kind, value, key, tmp_path):
    path = tmp_path / f"{kind}.yaml"
    for whole in (value, {key: value}):
        path.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8", errors="surrogatepass")
        assert read_once(path) == ""


@GIVEN
@given(rows=st.lists(st.lists(cells, min_size=4, max_size=5), max_size=4), ending=st.sampled_from(["csv", "tsv"]))
def test_any_cells_in_a_table(rows, ending, tmp_path):
    mark = {"csv": ",", "tsv": "\t"}[ending]
    text = "\n".join([mark.join(["id", "日時", "チャネル", "本文"]), *(mark.join(row) for row in rows)])
    path = tmp_path / f"a.{ending}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert read_once(path) == ""
