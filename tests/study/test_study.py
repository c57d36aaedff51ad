"""A study is the daily job in a notebook: the same report to the byte, part by part, each worked out once."""

from __future__ import annotations

import pandas as pd
import pytest

import vocmine as vm
from vocmine.cost import CostModel, Fix
from vocmine.drivers import drivers
from vocmine.errors import SettingsError
from vocmine.settings import Settings

MODEL = CostModel(
    rate_per_minute={"call": 65.7, "chat": 52.0, "email": 58.0, "social": 58.0, "survey": 20.0, "bot": 5.0}, currency="JPY"
)
FIXES = (Fix("billing.refund", "2026-09-20"),)


@pytest.fixture(scope="module")
def contacts(tmp_path_factory):
    frame = vm.simulate(days=36, per_day=12, seed=2)
    path = tmp_path_factory.mktemp("in") / "notes.csv"
    frame.drop(columns=[name for name in frame if name.startswith("true_")]).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def study(contacts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOCMINE_HASH_KEY", "the key of this test")
        made = vm.Study(contacts, MODEL, fixes=FIXES, discover=True)
        assert len(made.contacts)
    return made


def test_the_report_is_that_of_the_daily_job_to_the_byte(study, contacts, tmp_path, monkeypatch):
    """All sections, page and workbook; the key makes the hashes of customers alike."""
    monkeypatch.setenv("VOCMINE_HASH_KEY", "the key of this test")
    list(vm.run([contacts], tmp_path / "out", model=MODEL, fixes=FIXES, settings=Settings(discover=True)))
    report = study.report()
    assert report.html == (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    report.to_xlsx(tmp_path / "mine.xlsx")
    assert (tmp_path / "mine.xlsx").read_bytes() == (tmp_path / "out" / "report.xlsx").read_bytes()
    stored = pd.read_csv(tmp_path / "out" / "issue_costs.csv")
    assert stored["cost"].sum() == pytest.approx(study.costs.table["cost"].sum())
    assert len(pd.read_csv(tmp_path / "out" / "alerts.csv")) == len(study.alerts)


def test_every_part_is_there_and_adds_up(study):
    costs = study.costs.table
    assert study.ledger["cost"].sum() == pytest.approx(costs["cost"].sum())
    assert set(study.months["month"]) == {"2026-09", "2026-10"}
    assert study.days["n_contacts"].sum() == pytest.approx(len(study.contacts))
    assert {"repeats", "transfers", "standard"} <= set(study.journeys)
    assert study.savings["issue"].tolist() == ["billing.refund"]
    assert len(study.words) and len(study.topics) and study.registry is not None
    assert study.names.name("billing.refund", "ja") == "返金"
    assert study.evaluation is None and study.rejected.empty
    assert {"incident_id", "state"} <= set(study.incidents)
    assert repr(study).startswith("Study(") and "2026-09-01" in repr(study)


def test_drivers_are_those_of_the_contacts_and_their_parts_add_up(study):
    """Each outcome has its rows, and the parts of a gap are the difference of the two months."""
    marks = 4.0 - 2.0 * (study.contacts["channel"] == "call") + study.contacts.index % 2
    rated = vm.Study(study.contacts.assign(csat=marks), tags=study.tags, topics=False, period_days=36)
    found = rated.drivers
    assert {"csat", "repeat"} == set(found["outcome"])
    csat = found[found["outcome"] == "csat"].reset_index(drop=True)
    pd.testing.assert_frame_equal(csat, drivers(rated.contacts, rated.tags))
    assert csat.loc[csat["is_sure"], "name"].tolist()[0] == "call"
    parts, size = rated.driver_gaps, rated.analysis.drivers["drivers"]["size"]
    assert set(parts["outcome"]) == set(size["outcome"])
    for outcome, value in zip(size["outcome"], size["value"], strict=True):
        assert parts.loc[parts["outcome"] == outcome, "value"].sum() == pytest.approx(value, abs=1e-7)
    assert rated.predicted.n_answers == len(marks) and study.predicted.why_not == "few"


def test_without_answers_there_is_nothing_of_drivers():
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "created_at": "2026-10-01 12:00", "channel": "call", "text": "解約したい"})
    study = vm.Study(contacts, topics=False)
    assert study.drivers.empty and study.driver_gaps.empty and study.predicted is None
    assert {"outcome", "value", "low", "high"} <= set(study.drivers) & set(study.driver_gaps)


def test_what_a_user_does_to_a_frame_does_not_change_the_study(study):
    table = study.costs.table
    table["cost"] = 0.0
    months = study.months
    months["cost"] = 0.0
    assert study.costs.table["cost"].sum() > 0 and study.months["cost"].sum() > 0


def test_tags_that_are_there_are_not_made_again(study, monkeypatch):
    monkeypatch.setattr("vocmine.tagger.Tagger._tag", lambda *_: pytest.fail("tagged again"))
    again = vm.Study(study.contacts, MODEL, tags=study.tags, topics=False)
    pd.testing.assert_series_equal(again.costs.table["cost"], study.costs.table["cost"])


def test_nothing_is_read_before_it_is_asked_for():
    study = vm.Study("no/such/file.csv", "no/costs.yaml")
    assert repr(study) == "Study(not read yet)"
    with pytest.raises(vm.VocmineError, match=r"file\.csv"):
        _ = study.tags


def test_wrong_settings_and_rates_are_said(study):
    with pytest.raises(SettingsError, match="did you mean period_days"):
        vm.Study(study.contacts, period_day=3)
    with pytest.raises(SettingsError, match="lang"):
        study.report("fr")
    with pytest.raises(vm.VocmineError, match="bogus"):
        _ = vm.Study(study.contacts, {"bogus": 1}, tags=study.tags).costs


def test_parts_of_a_study_add_up_and_have_a_report_of_their_own(study):
    products = sorted(study.contacts["product"].fillna("").unique(), reverse=True)
    parts = [study.part_costs(product=name).table for name in products]
    whole = study.costs.table.set_index("issue")["cost"].sort_index()
    added = pd.concat(parts).groupby("issue")["cost"].sum().sort_index()
    pd.testing.assert_series_equal(added[added > 0], whole[whole > 0])
    report = study.report("en", product=products[0])
    assert products[0] in report.title and report.summary.total_cost == pytest.approx(parts[0]["cost"].sum())
    with pytest.raises(SettingsError, match="no contact of the period has this product"):
        study.report(product="nothing like it")
