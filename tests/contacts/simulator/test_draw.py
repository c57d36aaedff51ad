"""Who contacts the centre when, where and why."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts import simulate
from vocmine.contacts.simulator.centre import load_centre
from vocmine.contacts.simulator.draw import draw_contacts, emerging_day, fix_day, local_times, pick


def days_since_start(frame: pd.DataFrame, start: str = "2026-09-01") -> pd.Series:
    local = frame["created_at"].dt.tz_convert("Asia/Tokyo").dt.normalize()
    return (local - pd.Timestamp(start, tz="Asia/Tokyo")).dt.days


def main_reason(frame: pd.DataFrame) -> pd.Series:
    return frame["true_reasons"].str.split("|").str[0]


def test_weekdays_and_opening_hours(demo: pd.DataFrame) -> None:
    local = demo["created_at"].dt.tz_convert("Asia/Tokyo")
    per_day = demo.groupby(local.dt.normalize()).size()
    assert per_day[per_day.index.day_of_week == 0].mean() > 1.2 * per_day[per_day.index.day_of_week == 6].mean()
    assert local[demo["channel"] == "call"].dt.hour.between(9, 19).all()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_planted_issue_starts_late_and_grows(seed: int) -> None:
    contacts = simulate(seed=seed)
    planted = contacts["true_issue"] == "planted"
    day = days_since_start(contacts)[planted]
    assert day.min() >= 40
    assert (day >= 50).sum() > 1.5 * (day < 50).sum()
    assert (contacts.loc[planted, "product_version"] == "5.2.0").all()
    assert set(main_reason(contacts[planted])) == {"technical.app_crash"}
    assert 80 <= planted.sum() <= 200


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_fix_in_the_middle_drops_missing_points(seed: int) -> None:
    contacts = simulate(seed=seed)
    fixed = contacts["true_issue"] == "fixed"
    assert (main_reason(contacts) == "billing.points").equals(fixed)
    before = (fixed & (days_since_start(contacts) < 30)).sum()
    after = (fixed & (days_since_start(contacts) >= 30)).sum()
    assert after < 0.4 * before


def test_keys_are_drawn_as_often_as_their_field_says():
    drawn = pick({"a": {"w": 1.0}, "b": {"w": 3.0}, "c": {"w": 0.0}}, "w", 20_000, np.random.default_rng(0))
    share = pd.Series(drawn).value_counts(normalize=True)
    assert set(share.index) == {"a", "b"}
    assert share["b"] == pytest.approx(0.75, abs=0.02)


def test_days_of_the_planted_issue_and_of_the_fix_scale_with_the_period():
    centre = load_centre()
    for day in (emerging_day, fix_day):
        assert day(centre, 0) == 0
        assert day(centre, 120) == pytest.approx(2 * day(centre, 60), abs=1)
        assert 0 < day(centre, 60) < 60


def test_times_lie_on_their_day_within_the_hours_of_their_channel():
    centre, calendar = load_centre(), pd.date_range("2026-09-01", periods=7)
    draft = pd.DataFrame({"day": np.arange(700) % 7, "channel": np.resize(["call", "email", "social"], 700)})
    local = pd.DatetimeIndex(local_times(centre, calendar, draft, np.random.default_rng(1)))
    assert (local.normalize() == calendar[draft["day"]]).all()
    for channel, hours in centre.numbers["hours"].items():
        assert set(local.hour[draft["channel"] == channel]) <= {hour for hour, load in enumerate(hours) if load > 0}


def test_second_reasons_differ_and_praise_stands_by_itself():
    draft = draw_contacts(load_centre(), pd.date_range("2026-09-01", periods=30), 200, "ja", np.random.default_rng(2))
    two = draft["second"] != ""
    assert 0 < two.mean() < 0.2
    assert (draft.loc[two, "second"] != draft.loc[two, "reason"]).all()
    single = {"service.praise", "service.suggestion", "service.attitude"}
    assert not single & set(draft.loc[two, "reason"])
    assert not single & set(draft["second"])
    assert set(draft["lang"]) == {"ja"}
    assert (draft.loc[draft["customer"] == "", "channel"] == "social").all()
