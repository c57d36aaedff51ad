"""A backtest on forty made-up days with a planted fault: told as the run told it, and nothing of the folder changed."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from vocmine.batch import outputs
from vocmine.batch.backtest import BacktestPlan, backtest_plan, backtest_results, write_told
from vocmine.batch.backtest_words import backtest_lines, table_line
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.reliability import NAME, read_reliability
from vocmine.batch.replay import Sensitivity
from vocmine.contacts import simulate
from vocmine.embed import remembered_vectors
from vocmine.errors import ContactError, SettingsError, VocmineError
from vocmine.settings import Settings
from vocmine.text import analyze

ZONE = "Asia/Tokyo"
PLAN = BacktestPlan(alphas=(0.0005, 0.02), min_ratios=(2.0,))


def contacts():
    """Give forty contacts a day, and a fault from day 27 on that grows."""
    usual, more = simulate(40, 40, "ja", seed=0), simulate(40, 140, "ja", seed=1)
    fault = more[more["true_issue"] == "planted"]
    frame = pd.concat([usual[usual["true_issue"] != "planted"], fault.assign(contact_id="P" + fault["contact_id"])])
    frame = frame.reset_index(drop=True)
    analysed = analyze(frame[[name for name in frame if not name.startswith("true_")]])
    return analysed.assign(text=analysed["text_clean"])


def read_all(home):
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


def last_of(events):
    seen = list(events)
    assert all(event.result is None for event in seen[:-1])
    return seen[-1].result, seen


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Store the contacts, let the topics see each day as a run does, then backtest."""
    home = tmp_path_factory.mktemp("home")
    frame, store = contacts(), ContactStore(home, ZONE)
    tags = {"contact_id": frame["contact_id"], "kind": "reason", "label": "x", "score": 0.9, "source": "model", "evidence": ""}
    store.upsert(frame, pd.DataFrame(tags))
    days, alerts = store.days(), outputs.no_alerts()
    with remembered_vectors():
        for told in outputs.update_topics(home, store, days, Settings()):
            alerts = outputs.add_alerts(alerts, told)
    outputs.write_alerts(home, alerts, days)
    before = read_all(home)
    found, events = last_of(backtest_results(home, PLAN, Settings()))
    return home, before, found, events


def of(found, alpha):
    (result,) = (r for r in found.results if r.setting.alpha == alpha)
    return result


def test_the_setting_in_use_tells_what_the_run_told(made):
    home, _, found, _ = made
    mine = of(found, 0.02)
    assert mine.in_use and [r.in_use for r in found.results].count(True) == 1
    real = outputs.read_alerts(home)
    told = [(row.day, row.status, row.n) for row in mine.told if row.kind == "alert"]
    assert sorted(told) == sorted(zip(real["day"].dt.strftime("%Y-%m-%d"), real["status"], real["n"], strict=True))
    assert any(status == "new" for _, status, _ in told)


def test_the_fault_is_told_once_with_what_it_came_to(made):
    home, _, found, _ = made
    (row,) = of(found, 0.02).incidents
    planted = pd.concat([ContactStore(home, ZONE).read_day(day)[0].assign(day=day) for day in ContactStore(home, ZONE).days()])
    planted = planted[planted["contact_id"].str.startswith("P")]
    assert row.day >= planted["day"].min() and 0 <= row.delay_days <= 10
    assert row.n >= 5 and row.n_by_then <= row.n_contacts
    assert 0.5 * len(planted) <= row.n_contacts <= 1.3 * len(planted)
    assert row.state in ("open", "growing", "easing")


def test_a_stricter_setting_never_tells_sooner_or_more(made):
    *_, found, _ = made
    strict, loose = of(found, 0.0005), of(found, 0.02)
    assert len(strict.told) <= len(loose.told)
    days = [min((row.day for row in result.told), default="9999-12-31") for result in (strict, loose)]
    assert days[0] >= days[1]


def test_shuffled_days_are_judged_as_long_and_counted(made):
    _, _, found, events = made
    for result in found.results:
        (wrong,) = result.shuffled
        assert wrong.days == result.days == 26
        assert wrong.incidents <= wrong.alarms <= 3  # nothing is news
    assert 0 <= found.n_fixed < 0.05 * found.n_contacts
    texts = [event.text for event in events[:-1]]
    assert texts == ["replaying the days as they came"] * 40 + ["replaying shuffled days, 1 of 1"] * 40
    assert [(event.n, event.of) for event in events[:40]] == [(n, 40) for n in range(1, 41)]


def test_nothing_of_the_folder_changes_but_one_file(made):
    home, before, found, _ = made
    after = read_all(home)
    values = json.loads(after.pop(NAME))
    after.pop(".lock", None)
    assert after == before
    assert values["settings"] == json.loads(found.to_json())["settings"]
    assert {"schema", "vocmine", "first", "last", "days", "contacts"} <= set(values)


def test_the_rates_are_those_that_the_report_reads(made):
    home, _, found, _ = made
    stated = read_reliability(home)
    (wrong,) = of(found, 0.02).shuffled
    assert (stated["how"], stated["days"]) == ("replay", wrong.days)
    assert stated["false_alarms_per_30_days"] == pytest.approx(wrong.alarms * 30 / wrong.days, abs=1e-6)
    assert stated["incidents"]["n"] == wrong.incidents


def test_the_table_runs_nothing_and_has_a_row_each(made, tmp_path):
    *_, found, _ = made
    write_told(tmp_path / "told.csv", found, "ja")
    table = pd.read_csv(tmp_path / "told.csv")
    assert len(table) == sum(len(result.told) for result in found.results)
    assert table["alpha"].drop_duplicates().tolist() == sorted({r.setting.alpha for r in found.results if r.told})
    assert table.loc[table["kind"] == "incident", "n_contacts"].notna().all()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_is_said_in_both_languages(made, lang):
    *_, found, _ = made
    text = "\n".join(backtest_lines(found, lang))
    (row,) = of(found, 0.02).incidents
    assert row.day in text and row.name(lang) in text and "alpha 0.0005" in text
    assert "{" not in text and "None" not in text
    assert table_line("t.csv", lang).endswith("t.csv")


def test_without_shuffles_nothing_is_written_and_an_older_file_stays(tmp_path):
    rows = [(f"c{i}", pd.Timestamp("2026-09-01", tz="UTC") + pd.Timedelta(days=i // 2), "料金の件です") for i in range(40)]
    frame = analyze(pd.DataFrame(rows, columns=["contact_id", "created_at", "text"]).assign(channel="chat", customer_id=None))
    ContactStore(tmp_path, ZONE).upsert(frame, pd.DataFrame(columns=["contact_id", "kind", "label", "score", "source", "evidence"]))
    (tmp_path / NAME).write_text("older")
    found, _ = last_of(backtest_results(tmp_path, BacktestPlan(shuffles=0, days=18), Settings()))
    assert (tmp_path / NAME).read_text() == "older"
    assert (found.n_days, found.n_contacts, found.first) == (18, 36, "2026-09-03")
    assert all(result.days == 0 and not result.told for result in found.results)  # one text is no topic
    assert "判定した日はありません" in "\n".join(backtest_lines(found, "ja"))


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(ContactError, match="no contacts to replay"):
        list(backtest_results(tmp_path / "none", PLAN, Settings()))
    assert not (tmp_path / "none").exists()


def test_too_short_a_history_is_told_in_one_line(tmp_path):
    frame = analyze(pd.DataFrame({"contact_id": ["a"], "created_at": pd.Timestamp("2026-09-01", tz="UTC"), "text": ["料金"]}))
    ContactStore(tmp_path, ZONE).upsert(frame, pd.DataFrame(columns=["contact_id", "kind", "label", "score", "source", "evidence"]))
    with pytest.raises(ContactError, match=r"too few days to replay.*1 days with contacts.*more than 15") as error:
        list(backtest_results(tmp_path, PLAN, Settings()))
    assert "\n" not in str(error.value)
    assert isinstance(error.value, VocmineError)


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        (("0.02,x", "2", "14", None, 1), "no list of numbers"), (("2", "2", "14", None, 1), "--alpha is out of range"),
        (("nan", "2", "14", None, 1), "--alpha is out of range"), (("0.02", "1", "14", None, 1), "--min-ratio is out of range"),
        (("0.02", "2", "3", None, 1), "--settle-days is out of range"), (("0.02", "2", "14.5", None, 1), "days are whole"),
        (("0.02", "2", "14", 5, 1), "--days is out of range"), (("0.02", "2", "14", None, -1), "--shuffles is out of range"),
        (("", "2", "14", None, 1), "no list of numbers"),
    ],
)
def test_wrong_use_is_refused(typed, what):
    with pytest.raises(SettingsError, match=what):
        backtest_plan(*typed)


def test_a_table_of_another_kind_is_refused_before_the_work(tmp_path):
    with pytest.raises(SettingsError, match="unknown format of the table"):
        backtest_plan("0.02", "2", "14", None, 1, tmp_path / "told.xlsx")


def test_what_runs_have_is_always_tried():
    plan = backtest_plan("0.005", "3", "14,21", None, 0)
    assert len(plan.settings()) == 3 and Sensitivity.in_use() in plan.settings()
