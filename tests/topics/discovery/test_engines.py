"""Which engine discovers: up to the texts that are read by default, nothing may start numba."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vocmine.topics import TopicModel
from vocmine.topics.discovery import bertopic_engines, engines

COMPILED = "{'numba', 'llvmlite', 'bertopic', 'evoc', 'umap', 'hdbscan', 'pynndescent', 'torch'}"
TOLD = f"import json, sys; print(json.dumps([sorted({COMPILED} & set(sys.modules)), seen]))"


def alone(code: str) -> tuple[list[str], list[float]]:
    """Run code in a process of its own; give the compiled modules that it loaded, and what it left in ``seen``."""
    done = subprocess.run([sys.executable, "-c", f"{code}\n{TOLD}"], capture_output=True, text=True, check=True)
    loaded, seen = json.loads(done.stdout.strip().splitlines()[-1])
    return loaded, seen


def test_what_compiles_says_so(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(bertopic_engines, "discover", lambda vectors, terms, engine: np.zeros(len(vectors), dtype=np.int64))
    monkeypatch.setattr(engines, "_NO_COMPILER", 50)
    monkeypatch.setattr(engines, "_SMALL", 40)
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    x = np.random.default_rng(0).normal(size=(60, 24)).astype(np.float32)
    engines.find_clusters("auto", x[:50], [""] * 50, 5, 0, None)
    assert not caplog.records
    engines.find_clusters("auto", x, [""] * 60, 5, 0, None)
    assert "numba compiles the engine evoc" in caplog.text


def test_the_texts_read_by_default_need_no_compiler() -> None:
    assert engines.engine_for("auto", TopicModel().max_texts) == "levels"


@pytest.mark.slow
def test_thousands_of_texts_start_no_compiler() -> None:
    code = """
from vocmine.contacts import simulate
from vocmine.embed import CharacterEncoder
from vocmine.topics import TopicModel
contacts = simulate(days=40, per_day=100, seed=3)
model = TopicModel(encoder=CharacterEncoder(64)).fit(contacts)
seen = [int(contacts["text"].nunique()), len(model.topics_)]
"""
    loaded, (distinct, topics) = alone(code)
    assert loaded == []
    assert distinct > 1500
    assert topics > 10


@pytest.mark.slow
def test_a_registry_starts_no_compiler() -> None:
    code = """
from vocmine.contacts import simulate
from vocmine.embed import CharacterEncoder
from vocmine.topics import TopicRegistry
registry = TopicRegistry(encoder=CharacterEncoder(64))
registry.update(simulate(days=31, per_day=80, seed=3))
seen = [len(registry._reclustered), len(registry.topics)]
"""
    loaded, (reclustered, topics) = alone(code)
    assert loaded == []
    assert reclustered >= 2
    assert topics > 5


@pytest.mark.slow
def test_the_demo_starts_no_compiler(tmp_path: Path) -> None:
    code = f"""
from vocmine.batch import demo
for event in demo({str(tmp_path / "out")!r}, days=31, per_day=60):
    pass
seen = [len(event.result.findings)]
"""
    loaded, (findings,) = alone(code)
    assert loaded == []
    assert findings > 0
