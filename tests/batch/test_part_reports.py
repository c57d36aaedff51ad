"""Pages of parts are written beside a folder's results, which stay as they are."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import CostInputs, report_parts
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.report_inputs import cost_and_report
from vocmine.cost import CostModel
from vocmine.errors import SettingsError
from vocmine.settings import Settings

INPUTS = CostInputs(CostModel(rate_per_minute={"call": 60.0}, currency="JPY"))
SETTINGS = Settings(topics=False, lang="en")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    rng = np.random.default_rng(4)
    n = 300
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{i:03d}" for i in range(n)], "text": "text", "terms": "text", "lang": "en", "channel": "call",
            "created_at": pd.Timestamp("2026-10-01 01:00", tz="UTC") + pd.to_timedelta(np.arange(n) // 10, unit="D"),
            "product": rng.choice(["App", "../x", "<i>x", None], n), "team": rng.choice(["A", "B"], n), "handle_seconds": 300.0,
        }
    )
    tags = pd.DataFrame({"contact_id": contacts.contact_id, "kind": "reason", "label": rng.choice(["bill", "login"], n), "score": 0.9, "source": "model", "evidence": ""})
    folder = tmp_path_factory.mktemp("home")
    store = ContactStore(folder, "Asia/Tokyo")
    store.upsert(contacts, tags)
    cost_and_report(folder, store, SETTINGS, INPUTS, {"read": n, "accepted": n, "rejected": {}})
    return folder


def digests(home):
    return {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in home.rglob("*") if p.is_file() and "reports" not in p.parts and p.name != ".lock"}


def test_a_page_for_each_value_adds_up_and_nothing_else_is_touched(home):
    before = digests(home)
    made = report_parts(home, SETTINGS, INPUTS, each="product")
    assert digests(home) == before
    pages = [(path, report) for path, report in made if path.suffix == ".html"]
    assert len(made) == 3 * len(pages) == 12 and all(path.parent == home / "reports" for path, _ in made)
    whole = pd.read_csv(home / "issue_costs.csv")["cost"].sum()
    assert sum(report.summary.total_cost for _, report in pages) == pytest.approx(whole)
    hostile = next(path for path, report in pages if "<i>x" in report.title)
    page = hostile.read_text(encoding="utf-8")
    assert "<i>x" not in page and "&lt;i&gt;x" in page
    assert {path.name for path in home.iterdir()} >= {"reports", "report.html"} and not (home.parent / "x.html").exists()


def test_one_file_of_one_part(home, tmp_path):
    made = report_parts(home, SETTINGS, INPUTS, {"product": ["app"], "team": ["A", "B"]}, to=tmp_path / "a" / "app.html")
    assert [path for path, _ in made] == [tmp_path / "a" / "app.html"] and made[0][0].exists()
    assert "App" in made[0][1].title and "of all handling cost" in made[0][1].title
    assert report_parts(home, SETTINGS, INPUTS, to=tmp_path / "all.xlsx")[0][1].title is None
    report_parts(home, SETTINGS, INPUTS, {"team": ["B"]}, to=tmp_path / "b.md")
    assert "Team “B”" in (tmp_path / "b.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "more", "told"),
    [
        ({"product": ["Ap"]}, {}, "did you mean App"), ({}, {"each": "plan"}, "no contact of the period has a plan"),
        ({}, {"each": "colour"}, "not cut by this"), ({"product": ["App"]}, {"each": "product"}, "a page for each value"),
        ({"product": ["App"]}, {"to": "x.pdf"}, "unknown format"),
    ],
)
def test_what_can_not_be_is_said(home, tmp_path, asked, more, told):
    more = {name: tmp_path / value if name == "to" else value for name, value in more.items()}
    with pytest.raises(SettingsError, match=told):
        report_parts(home, SETTINGS, INPUTS, asked, **more)
