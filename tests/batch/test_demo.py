"""The demo: contacts and their truth as files, then the daily job on them."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch import _demo as demo_module
from vocmine.batch import demo
from vocmine.batch.events import Event
from vocmine.contacts import check_contacts, simulate


def test_the_job_gets_files_without_the_truth(tmp_path, monkeypatch):
    asked = {}

    def run(files, out, **how):
        asked.update(files=files, out=out, **how)
        yield Event("done")

    monkeypatch.setattr(demo_module, "run", run)
    events = list(demo(tmp_path, days=3, per_day=20, seed=4, lang="en"))
    assert [event.stage for event in events] == ["read", "done"]
    assert asked["out"] == tmp_path
    assert asked["settings"].lang == "en"
    made = simulate(days=3, per_day=20, seed=4)
    truth = pd.read_csv(tmp_path / "demo" / "truth.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert truth["contact_id"].tolist() == made["contact_id"].tolist()
    assert truth["true_reasons"].tolist() == made["true_reasons"].tolist()
    (file,) = asked["files"]
    checked = check_contacts(file)
    assert checked.contacts["contact_id"].tolist() == made["contact_id"].tolist()
    assert not [name for name in checked.contacts if name.startswith("true_")]
    assert set(made["channel"]) <= set(asked["model"].rate_per_minute)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_files_are_the_same_bytes_again(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(demo_module, "run", lambda *_, **__: iter(()))
    for home in ("a", "b"):
        list(demo(tmp_path / home, days=2, per_day=10, seed=seed))
    for path in (tmp_path / "a" / "demo").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / "demo" / path.name).read_bytes()
