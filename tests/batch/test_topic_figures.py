from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.batch import topic_figures
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import cost_period, write_costs
from vocmine.batch.period import Period, read_period
from vocmine.batch.topic_figures import price_topics, topic_costs, topic_lines, with_growth, with_names, write_topics
from vocmine.cost import CostModel
from vocmine.results import ReasonInfo
from vocmine.settings import Settings

NAMES = ReasonInfo(names={"ja": {"bill": "請求"}, "en": {"bill": "Bill"}})
MODEL = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")


@pytest.fixture
def home(tmp_path):
    """Eight days, a bill and a login contact each of five minutes; a third matter on the last four."""
    day = [*range(8), *range(8), *range(4, 8)]
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:02d}" for i in range(20)], "text": "本文", "terms": "本文", "lang": "ja", "channel": "call", "handle_seconds": 300.0,
        "created_at": pd.Timestamp("2026-11-01 01:00", tz="UTC") + pd.to_timedelta(day, unit="D"),
    })
    labels = ["bill"] * 8 + ["login"] * 8 + ["unknown"] * 4
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": labels, "score": 0.9, "source": "model", "evidence": ""})
    ContactStore(tmp_path, "Asia/Tokyo").upsert(contacts, tags)
    return tmp_path


@pytest.fixture
def period(home) -> Period:
    return read_period(home, ContactStore(home, "Asia/Tokyo"), 8)


@pytest.fixture
def assigned(period) -> pd.Series:
    """The second matter has half of its contacts in no topic."""
    number = period.contacts["contact_id"].str[1:].astype(int).to_numpy()
    topic = np.select([number < 8, (number < 16) & (number % 2 == 0), number >= 16], [0, 1, 2], -1)
    return pd.Series(topic, index=period.contacts["contact_id"], name="topic_id")


def topics_of() -> pd.DataFrame:
    return pd.DataFrame({
        "topic_id": [0, 1, 2], "name": ["請求が高い", "cannot log in", "=画面"], "n": [8, 4, 4], "share": [0.5, 0.25, 0.25],
        "quotes": [["q1", "q2"], ["q3"], []], "name_ja": ["請求が高い", "", "=画面"], "name_en": ["", "cannot log in", ""],
    })


def test_growth_is_of_equal_halves_with_its_range(period, assigned):
    found = with_growth(topics_of(), assigned, period, 0.95)
    assert found["growth"].tolist() == [1.0, 1.0, np.inf]
    assert (found["growth_low"] < 1).tolist()[:2] == [True, True] and found["growth_low"][2] > 0.5
    odd = with_growth(topics_of(), assigned, Period(period.contacts, period.tags, "2026-11-02", period.last, "Asia/Tokyo"), 0.95)
    assert odd["growth"].tolist() == pytest.approx([1.0, 0.5, 3.0])  # of seven days the first is left out


def test_costs_are_those_of_the_ledger_and_blank_without_money(home, period, assigned):
    ids = topics_of()["topic_id"]
    assert topic_costs(home, ids, assigned).isna().all()
    write_costs(home, cost_period(period, Settings(), None), period)
    assert topic_costs(home, ids, assigned).isna().all()
    write_costs(home, cost_period(period, Settings(), MODEL), period)
    assert topic_costs(home, ids, assigned).tolist() == pytest.approx([8 * 300.0, 4 * 300.0, 4 * 300.0])


def test_the_other_language_has_the_reason_that_most_bear_and_the_name(period, assigned):
    found = with_names(topics_of(), assigned, period.tags, NAMES)
    assert found["name_en"].tolist() == ['Bill ("請求が高い")', "cannot log in", "=画面"]
    assert found["name_ja"].tolist() == ["請求が高い", "cannot log in", "=画面"]  # no one knows a name of that reason


def test_the_table_is_priced_again_and_keeps_everything_else(home, period, assigned):
    table = with_growth(topics_of(), assigned, period, 0.95).assign(cost=np.nan, neighbour=-1)
    price_topics(home)
    assert not (home / "topics").exists()
    (home / "topics").mkdir()
    write_topics(home, table)
    pd.DataFrame({"contact_id": assigned.index, "topic_id": assigned.to_numpy()}).to_csv(home / "topics" / "assigned.csv", index=False)
    write_costs(home, cost_period(period, Settings(), MODEL), period)
    before = pd.read_csv(home / "topics" / "discovered.csv")
    price_topics(home)
    after = pd.read_csv(home / "topics" / "discovered.csv")
    pd.testing.assert_frame_equal(before.drop(columns="cost"), after.drop(columns="cost"))
    assert after["cost"].tolist() == [2400.0, 1200.0, 1200.0] and after["name"][2] == "'=画面"
    assert after["neighbour"].tolist() == [-1] * 3 and np.isnan(after["growth"][2])  # from none: no factor


@pytest.mark.parametrize(("lang", "head", "line"), [
    ("en", "3 topics, 80% of 20 contacts", '  8  Bill ("請求が高い") (50% of all, 1.00× (0.'),
    ("ja", "話題 3個、20件の80%", "  8件  請求が高い(全体の50%、前半から後半で1.00倍"),
])
def test_lines_are_in_the_language_of_the_reader(home, period, assigned, lang, head, line):
    write_costs(home, cost_period(period, Settings(), MODEL), period)
    table = with_growth(with_names(topics_of(), assigned, period.tags, NAMES), assigned, period, 0.95)
    table = table.assign(cost=topic_costs(home, table["topic_id"], assigned))
    lines = topic_lines(home, table, assigned, Settings(lang=lang))
    assert lines[0].startswith(head) and lines[1].startswith(line)
    assert "2,400" in lines[1] or "2.40K" in lines[1]
    assert len(topic_figures._sentences()) and len(lines) == 4


def test_topics_are_found_written_and_read_back(home, period):
    topics, assigned = topic_figures.find_topics(home, period, Settings())
    flat = pd.read_csv(home / "topics" / "discovered.csv")
    assert flat["topic_id"].tolist() == topics["topic_id"].tolist() and {"growth", "cost", "name_ja", "name_en"} <= set(flat)
    assert len(pd.read_csv(home / "topics" / "assigned.csv")) == len(assigned) == 20
