"""Break points, differing answers, complexity, silent sources, risk, measures: planted truth is found, noise is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError, SettingsError
from vocmine.journeys import (
    answer_divergence,
    at_risk,
    break_points,
    chain_lengths,
    chains,
    channel_complexity,
    first_contact_resolution,
    guardrail,
    one_touch_share,
    reason_complexity,
    repeat_rate,
    source_gaps,
    source_lags,
    standard_measures,
)

START = pd.Timestamp("2026-09-01", tz="UTC")


def centre(rng, n=3_000, broken=None, refund=None, days=60, back_to="D"):
    """First contacts on hard and easy reasons; team B gets the hard ones; a planted team or channel breaks more."""
    reason = rng.choice(["hard", "easy"], n)
    team = np.where(rng.random(n) < np.where(reason == "hard", 0.8, 0.2), "B", rng.choice(["A", "C"], n))
    channel = rng.choice(["call", "chat", "email"], n)
    back = rng.random(n) < np.where(reason == "hard", 0.35, 0.08) + (0.2 * (team == broken) if broken else 0)
    paid = rng.random(n) < 0.2 + (0.25 * (team == refund) if refund else 0)
    first = pd.DataFrame({
        "customer_id": [f"k{i}" for i in range(n)], "day": rng.uniform(0, days, n), "reason": reason, "team": team,
        "channel": channel, "cost_extra": np.where(paid, 900.0, 0.0), "transfers": (rng.random(n) < 0.05) * 1,
        "handle_seconds": rng.lognormal(np.where(reason == "hard", 6.3, 5.0), 0.4),
        "terms": np.where(paid, "返金 確認", "案内 確認"),
    })
    again = first[back].assign(day=first["day"][back] + rng.uniform(0.1, 6.5, int(back.sum())))
    again["team"] = back_to or again["team"]
    frame = pd.concat([first, again]).query("day <= @days").reset_index(drop=True)
    frame = frame.assign(contact_id=[f"c{i:05d}" for i in range(len(frame))], created_at=START + pd.to_timedelta(frame["day"], unit="D"))
    tags = pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": frame["reason"], "score": 1.0})
    return frame.drop(columns=["reason", "day"]), tags


def test_a_team_with_hard_cases_is_not_where_it_breaks():
    frame, tags = centre(np.random.default_rng(0), broken="A", back_to=None)
    table = break_points(frame, tags, steps=("team",)).set_index("value")
    assert table.loc["A", "stands_out"] and table.loc["A", "low"] > 0.05
    # B gets the hard cases: its plain share is far above that of C, and no worse like with like.
    assert table.loc["B", "share"] > table.loc["C", "share"] + 0.1
    assert table.loc[["B", "C"], "difference"].max() < 0.0
    assert abs(table.loc["B", "difference"] - table.loc["C", "difference"]) < 0.06
    assert table["n"].sum() <= len(frame)


def test_nothing_breaks_where_nothing_is_planted():
    found = 0
    for seed in range(15):
        frame, tags = centre(np.random.default_rng(100 + seed), n=800)
        frame = frame[frame["team"] != "D"]
        found += int(break_points(frame, tags, steps=("team", "channel"))["stands_out"].any())
    assert found <= 3


def test_steps_that_are_not_there_are_left_out():
    frame, tags = centre(np.random.default_rng(1), n=200)
    table = break_points(frame, tags)
    assert set(table["step"]) == {"team", "channel", "reason"}
    one = break_points(frame.assign(team="A", channel="call"), None)
    assert len(one) == 0 and "stands_out" in one
    pd.testing.assert_frame_equal(break_points(frame.sample(frac=1, random_state=0), tags), table)


def test_a_planted_contradiction_between_teams_is_found():
    frame, tags = centre(np.random.default_rng(2), refund="C")
    table = answer_divergence(frame, tags)
    top = table[table["stands_out"]]
    paid = top[top["kind"] == "paid"]
    assert set(paid[paid["difference"] > 0]["team"]) == {"C"}
    assert set(paid[paid["difference"] > 0]["reason"]) == {"hard", "easy"}
    words = top[(top["kind"] == "word") & (top["difference"] > 0)]
    assert set(zip(words["team"], words["word"], strict=True)) == {("C", "返金"), ("A", "案内"), ("B", "案内")}
    assert (paid[paid["team"] == "C"]["low"] > 0.1).all()


def test_no_contradiction_is_made_up():
    found = []
    for seed in range(20):
        frame, tags = centre(np.random.default_rng(200 + seed), n=700)
        frame = frame[frame["team"] != "D"]
        found.append(bool(answer_divergence(frame, tags)["stands_out"].any()))
    assert sum(found) <= 3


def test_divergence_needs_teams():
    frame, tags = centre(np.random.default_rng(3), n=60)
    with pytest.raises(ContactError, match="team"):
        answer_divergence(frame.drop(columns="team"), tags)
    assert len(answer_divergence(frame.assign(team="A"), tags)) == 0


def test_hard_reasons_are_complex_and_simple_ones_candidates():
    frame, tags = centre(np.random.default_rng(4))
    table = reason_complexity(frame, tags).set_index("reason")
    assert table.loc["hard", "complexity"] > table.loc["easy", "complexity"]
    assert table["is_candidate"].to_dict() == {"easy": True, "hard": False}
    assert table.loc["hard", "handle_ratio"] > 1 > table.loc["easy", "handle_ratio"]
    slow = frame.assign(handle_seconds=frame["handle_seconds"] * np.where(frame["channel"] == "email", 5, 1))
    again = reason_complexity(slow, tags).set_index("reason")
    assert np.allclose(again["handle_ratio"], table["handle_ratio"])  # a slow channel makes no reason complex
    bots = reason_complexity(frame.assign(channel="bot"), tags)
    assert bots["complexity"].isna().all() and not bots["is_candidate"].any()


def test_channels_with_hard_matters_are_known():
    frame, tags = centre(np.random.default_rng(5))
    label = tags.set_index("contact_id")["label"].reindex(frame["contact_id"]).to_numpy()
    frame["channel"] = np.where(label == "hard", "call", np.where(np.arange(len(frame)) % 3 == 0, "call", "chat"))
    table = channel_complexity(frame, tags, reason_complexity(frame, tags))
    assert table["channel"].tolist() == ["chat", "call"]
    assert table["simple_share"].iloc[0] == 1.0 and table["low"].iloc[1] > table["complexity"].iloc[0]


def busy(rng, days=56, weekend=0.3, rate=20.0, spread=0.0):
    day = pd.date_range("2026-09-07", periods=days, freq="D", tz="UTC")
    mean = np.where(day.day_of_week < 5, rate, rate * weekend) * rng.lognormal(0, spread, days)
    return day, rng.poisson(mean)


def contacts_on(day, count, channel="call"):
    created = np.repeat(day, count)
    return pd.DataFrame({"created_at": created, "channel": channel}).assign(contact_id=lambda x: [f"{channel}{i}" for i in range(len(x))])


def test_a_silent_day_is_missing_and_a_weekend_is_not():
    rng = np.random.default_rng(6)
    day, calls = busy(rng)
    _, chats = busy(rng, rate=12)
    calls[[16, 17]] = 0  # a Wednesday and a Thursday
    chats[30] = 3
    chats[31] = 0
    frame = pd.concat([contacts_on(day, calls), contacts_on(day, chats, "chat")], ignore_index=True)
    found = source_gaps(frame)
    missing = found[found["status"] == "missing"]
    assert set(zip(missing["source"], missing["day"], strict=True)) == {
        ("call", "2026-09-23"), ("call", "2026-09-24"), ("chat", "2026-10-08"),
    }
    assert len(found) <= 4


@pytest.mark.parametrize("spread", [0.0, 0.4])
def test_usual_days_are_seldom_called_gaps(spread):
    n_found = 0
    for seed in range(30):
        day, calls = busy(np.random.default_rng(seed), spread=spread)
        n_found += len(source_gaps(contacts_on(day, calls)))
    assert n_found <= 0.004 * 30 * 56


def test_rest_days_are_those_of_the_place():
    day = pd.date_range("2026-09-07", periods=56, freq="D", tz="UTC")
    frame = contacts_on(day, np.where(np.isin(day.day_of_week, (4, 5)), 4, 40))
    assert len(source_gaps(frame, rest_days=(4, 5))) == 0
    assert len(source_gaps(frame)) == 0  # noticed, though nobody said so
    closed = frame[frame["created_at"].dt.date.astype(str) != "2026-09-23"]
    assert source_gaps(closed)[["day", "status"]].values.tolist() == [["2026-09-23", "missing"]]


def test_a_few_forgotten_posts_move_the_mean_and_not_the_median():
    frame = pd.DataFrame({"contact_id": [str(i) for i in range(101)], "created_at": START, "wait_seconds": [600.0] * 100 + [3e8]})
    table = standard_measures(frame).set_index("measure")
    assert table.loc["wait_seconds", "value"] > 2e6 and table.loc["wait_seconds", "low"] == 0
    assert table.loc["median_wait_seconds", ["value", "low", "high"]].tolist() == [600, 600, 600]


def test_a_source_that_stops_is_late():
    day, calls = busy(np.random.default_rng(7), days=28)
    chats = np.where(np.arange(28) < 22, 9, 0)
    chats[:5] = 0
    frame = pd.concat([contacts_on(day, calls), contacts_on(day, chats, "chat")], ignore_index=True)
    table = source_lags(frame).set_index("source")
    assert table.loc["chat", ["first_day", "last_day", "lag_days", "is_late"]].tolist() == ["2026-09-12", "2026-09-28", 6, True]
    assert not table.loc["call", "is_late"]
    gaps = source_gaps(frame)
    assert gaps.loc[gaps["source"] == "chat", "day"].min() > "2026-09-28"
    later = source_gaps(frame, until=pd.Timestamp("2026-10-07"))
    assert {"2026-10-05", "2026-10-06"} <= set(later.loc[later["source"] == "call", "day"])
    with pytest.raises(ContactError, match="shop"):
        source_gaps(frame, by="shop")
    assert len(source_gaps(frame.iloc[:0])) == 0 and len(source_lags(frame.iloc[:0])) == 0


def test_risk_counts_customers_once_and_reach_of_public_posts_only():
    contacts = pd.DataFrame({
        "contact_id": list("abcdef"), "created_at": START, "customer_id": ["k", "k", "m", None, None, "n"],
        "is_public": [True, False, False, False, False, True], "reach": [100.0, 50.0, None, None, None, 7.0],
    })
    tags = pd.DataFrame(
        [(c, "reason", "bill", 0.9) for c in "abcde"] + [("f", "reason", "net", 0.9), ("a", "reason", "net", 0.5)]
        + [(c, "signal", "churn", 0.9) for c in "abde"], columns=["contact_id", "kind", "label", "score"],
    )
    table = at_risk(contacts, tags, 1_000.0).set_index("reason")
    assert table.loc["bill", ["n", "n_signal", "n_customers", "reach", "value_at_risk"]].tolist() == [5, 4, 3, 100, 3_000]
    assert table.loc["net", ["n", "n_signal", "n_customers", "reach"]].tolist() == [2, 1, 1, 107]
    assert "value_at_risk" not in at_risk(contacts, tags)
    with pytest.raises(SettingsError, match="wrong value"):
        at_risk(contacts, tags, -1.0)


def test_measures_are_those_of_the_single_functions():
    frame, _tags = centre(np.random.default_rng(8), n=900)
    frame = frame.assign(csat=np.where(np.arange(len(frame)) % 5 == 0, 4.0, np.nan), resolved=True)
    table = standard_measures(frame).set_index("measure")
    for name, single in (("repeat_rate", repeat_rate), ("first_contact_resolution", first_contact_resolution), ("one_touch_share", one_touch_share)):
        row = single(frame).iloc[0]
        assert table.loc[name, ["n", "value", "low", "high"]].tolist() == pytest.approx(row[["n", "share", "low", "high"]].tolist())
    assert table.loc["handle_seconds", "value"] == pytest.approx(frame["handle_seconds"].mean())
    assert table.loc["csat_share", "value"] == 1.0 and table.loc["resolved_share", "value"] == 1.0
    assert "wait_seconds" not in table.index


def test_measures_by_team_see_repeats_that_another_team_gets():
    frame, tags = centre(np.random.default_rng(9), broken="A")
    table = standard_measures(frame, tags, by=["team", "channel"])
    assert table.columns[:3].tolist() == ["team", "channel", "measure"]
    whole = standard_measures(frame, tags).set_index("measure")
    for name in ("handle_seconds", "first_contact_resolution", "transfer_rate"):
        part = table[table["measure"] == name]
        assert part["n"].sum() == whole.loc[name, "n"]
        assert np.average(part["value"], weights=part["n"]) == pytest.approx(whole.loc[name, "value"])
    by_team = standard_measures(frame, tags, by="team").query("measure == 'first_contact_resolution'").set_index("team")
    assert by_team.loc["A", "value"] < by_team.loc["C", "value"] - 0.1
    with pytest.raises(ContactError, match="shop"):
        standard_measures(frame, tags, by="shop")


def test_a_handover_is_one_issue():
    rows = [("k", "bot", 0.0), ("k", "call", 0.1), ("m", "bot", 0.0), ("m", "call", 3.0), ("n", "bot", 1.0), ("n", "social", 1.1), ("z", "call", 40.0)]
    frame = pd.DataFrame(rows, columns=["customer_id", "channel", "day"])
    frame = frame.assign(contact_id=list("abcdefg"), created_at=START + pd.to_timedelta(frame["day"], unit="D"))
    tags = pd.DataFrame({"contact_id": list("bdf"), "kind": "reason", "label": "bill", "score": 1.0})
    assert not chains(frame, tags)["is_repeat"].any()
    found = chains(frame, tags, handover_hours=24).set_index("contact_id")
    assert found.index[found["is_repeat"]].tolist() == ["b"] and found.loc["b", "chain_id"] == "a"
    with pytest.raises(SettingsError, match="handover_hours"):
        chains(frame, tags, handover_hours=0)


def test_lengths_count_every_whole_chain_once():
    frame, tags = centre(np.random.default_rng(10), n=600)
    chained = chains(frame, tags)
    table = chain_lengths(chained, frame, tags)
    assert table["n_issues"].sum() + table["n_left_out"].sum() == chained["chain_id"].nunique()
    assert np.allclose(table[["one", "two", "more"]].sum(axis=1), 1)
    by = table.set_index("reason")["contacts_per_issue"]
    assert by["hard"] > 1.25 > by["easy"]
    shuffled = frame.sample(frac=1, random_state=0)
    pd.testing.assert_frame_equal(chain_lengths(chains(shuffled, tags), shuffled, tags), table)


def test_shorter_contacts_that_come_back_cost_more_in_the_end():
    rng = np.random.default_rng(11)
    rows = []
    for half, seconds, back, begin in (("a", 600, 0.3, 0), ("b", 480, 0.6, 40)):
        for i in range(700):
            day = begin + rng.uniform(0, 32)
            while True:  # each contact comes back with the same chance
                rows.append((f"{half}{i}", day, seconds * rng.lognormal(0, 0.3)))
                if rng.random() > back:
                    break
                day += 0.5
    frame = pd.DataFrame(rows, columns=["customer_id", "day", "handle_seconds"])
    frame = frame.assign(contact_id=frame.index.astype(str), created_at=START + pd.to_timedelta(frame["day"], unit="D"))
    row = guardrail(frame, None, START + pd.Timedelta(days=40), window_days=3).iloc[0]
    assert row["fires"] and row["handle_high"] < 1
    truth = 0.8 * (1 - 0.3) / (1 - 0.6)
    assert row["effort_low"] < truth < row["effort_high"] and row["effort_low"] > 1
