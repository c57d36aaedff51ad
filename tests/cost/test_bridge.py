"""The bridge of cost: steps that add up, and that say what was planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost import IssueCosts, compare_months, cost_bridge, issue_costs
from vocmine.errors import SettingsError, VocmineError


def month(name, cells, payout=None):
    """One row a day and cell: channel, issue, contacts a day, minutes a contact, price of a minute."""
    days = pd.date_range(f"{name}-01", periods=pd.Period(name).days_in_month).strftime("%Y-%m-%d")
    rows = [
        {"day": day, "channel": channel, "issue": issue, "n_contacts": float(n), "handle_hours": n * minutes / 60, "cost": float(n * minutes * price)}
        for day in days for channel, issue, n, minutes, price in cells
    ]
    frame = pd.DataFrame(rows)
    return frame if payout is None else frame.assign(payout=payout)


def bridge(*months, **options):
    return cost_bridge(IssueCosts(pd.concat(months, ignore_index=True), currency="JPY"), "2026-08", "2026-10", **options)


def steps(table):
    return table.set_index("step")["cost"].to_dict()


BASE = [("call", "a", 10, 5, 60), ("chat", "a", 10, 5, 60), ("call", "b", 10, 5, 60), ("chat", "b", 10, 5, 60)]  # both months have 31 days
EACH = 31 * 10 * 5 * 60


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (BASE, {}),
        ([(c, i, 2 * n, m, p) for c, i, n, m, p in BASE], {"volume": 4 * EACH}),
        ([(c, i, n, 2 * m, p) for c, i, n, m, p in BASE], {"minutes": 4 * EACH}),
        ([(c, i, n, m, 2 * p) for c, i, n, m, p in BASE], {"rate": 4 * EACH}),
        ([*BASE, ("call", "c", 10, 5, 60)], {"new": EACH}),
        (BASE[:2], {"ended": -2 * EACH}),
        ([(c, i, 15 if c == "call" else 5, m, p) for c, i, n, m, p in BASE], {}),  # a minute costs the same in both
        ([(c, i, 15 if i == "a" else 5, m, p) for c, i, n, m, p in BASE], {}),
    ],
)
def test_a_planted_change_is_its_step(after, found):
    got = steps(bridge(month("2026-08", BASE), month("2026-10", after)))
    assert got.pop("before") == 4 * EACH
    assert got.pop("after") == 4 * EACH + sum(found.values())
    assert got == found


def test_mix_moves_money_where_prices_differ():
    def cells(call_a, chat_a, call_b, chat_b):
        return [("call", "a", call_a, 5, 60), ("chat", "a", chat_a, 2, 60), ("call", "b", call_b, 9, 60), ("chat", "b", chat_b, 4, 60)]

    first = month("2026-08", cells(10, 10, 10, 10))
    assert set(steps(bridge(first, month("2026-10", cells(15, 5, 15, 5))))) == {"before", "channels", "after"}
    assert set(steps(bridge(first, month("2026-10", cells(5, 5, 15, 15))))) == {"before", "reasons", "after"}


def test_payouts_stand_beside_the_handling_cost_and_never_in_it():
    got = steps(bridge(month("2026-08", BASE, payout=10.0), month("2026-10", BASE, payout=25.0)))
    assert got == {
        "before": 4 * EACH, "after": 4 * EACH, "paid_before": 10 * 4 * 31, "paid": 15 * 4 * 31, "paid_after": 25 * 4 * 31
    }


def test_longer_months_have_more_days():
    september = month("2026-09", BASE)
    costs = IssueCosts(pd.concat([month("2026-08", BASE), september], ignore_index=True), currency="JPY")
    got = steps(cost_bridge(costs, "2026-08", "2026-09"))
    assert got["days"] == -4 * EACH / 31 and set(got) == {"before", "days", "after"}


def test_months_that_are_not_whole_are_compared_day_by_day():
    august, october = month("2026-08", BASE), month("2026-10", BASE)
    part = october[october["day"] <= "2026-10-12"]
    got = steps(bridge(august, part))
    assert got == {"before": 4 * EACH / 31 * 12, "after": 4 * EACH / 31 * 12}
    days = sorted(set(august["day"]) | set(part["day"]))
    assert compare_months(days, "2026-08", "2026-10").is_whole is False
    february = [f"2026-02-{day:02d}" for day in range(1, 29)]
    whole = compare_months([*february, *(f"2026-03-{day:02d}" for day in range(1, 32))], "2026-02", "2026-03")
    assert whole.is_whole and whole.after == ("2026-03-01", "2026-03-31") and whole.before[1] == "2026-02-28"


NUMBERS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60), st.integers(0, 90)), min_size=6, max_size=6)


@settings(max_examples=25, deadline=None)
@given(NUMBERS, NUMBERS, st.integers(0, 500))
def test_steps_add_up_whatever_the_months_hold(first, second, payout):
    names = [(channel, issue) for channel in ("call", "chat") for issue in ("a", "b", "c")]
    made = [month(name, [(*cell, *numbers) for cell, numbers in zip(names, each, strict=True)]) for name, each in (("2026-08", first), ("2026-10", second))]
    made[1] = made[1].assign(payout=float(payout))
    table = bridge(*made, issues=["a", "b", "c"])
    for _, part in table.groupby("issue"):
        got = part.set_index("step")["cost"]
        paid = got.reindex(["paid_before", "paid", "paid_after"]).fillna(0.0)
        got = got.drop(paid.index, errors="ignore")
        assert got.drop(["before", "after"]).sum() == got["after"] - got["before"]
        assert paid["paid"] == paid["paid_after"] - paid["paid_before"]
    ends = table[table["step"].isin(["before", "after"])].pivot_table(index="issue", columns="step", values="cost", aggfunc="sum")
    assert ends.loc[["a", "b", "c"]].sum().tolist() == pytest.approx(ends.loc[""].tolist(), abs=3)
    assert (table["low"] <= table["cost"]).all() and (table["cost"] <= table["high"]).all()


def test_ranges_hold_the_planted_change():
    inside = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        parts = []
        for name, rate, minutes in (("2026-08", 20, 5.0), ("2026-10", 26, 6.0)):
            frame = month(name, [("call", "a", 1, minutes, 60)])
            n = rng.poisson(rate * rng.lognormal(0, 0.15, len(frame)))
            long = np.array([rng.lognormal(np.log(minutes) - 0.125, 0.5, k).sum() for k in n])
            parts.append(frame.assign(n_contacts=n.astype(float), handle_hours=long / 60, cost=long * 60))
        table = bridge(*parts, seed=seed).set_index("step")
        wanted = {"volume": 31 * 60 * 6 * 5.5, "minutes": 31 * 60 * 23 * 1.0}
        inside += [table.loc[step, "low"] <= value * np.exp(0.15**2 / 2) <= table.loc[step, "high"] for step, value in wanted.items()]
    assert 0.88 <= np.mean(inside) <= 1.0


def test_it_reads_what_issue_costs_gives(yen):
    rng = np.random.default_rng(2)
    n = 400
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:03d}" for i in range(n)], "channel": rng.choice(["call", "chat"], n), "handle_seconds": rng.lognormal(5.5, 0.5, n),
        "created_at": pd.Timestamp("2026-09-01", tz="Asia/Tokyo") + pd.to_timedelta(rng.integers(0, 61, n), unit="D"),
    })
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "label": rng.choice(["x", "y"], n), "score": 0.9})
    costs = issue_costs(contacts, tags, yen, by=["day", "channel"])
    got = steps(cost_bridge(costs, "2026-09", "2026-10"))
    months = costs.table.groupby(costs.table["day"].astype(str).str[:7])["cost"].sum()
    assert (got["before"], got["after"]) == (months["2026-09"], months["2026-10"])


def test_wrong_input_is_one_sentence():
    with pytest.raises(SettingsError, match="no such month"):
        cost_bridge(IssueCosts(month("2026-08", BASE), currency="JPY"), "2026-07", "2026-08")
    with pytest.raises(VocmineError, match="day"):
        cost_bridge(IssueCosts(month("2026-08", BASE).drop(columns="day")), "2026-07", "2026-08")
    first, last = month("2026-08", BASE), month("2026-10", BASE)
    with pytest.raises(SettingsError, match="no days in common"):
        bridge(first[first["day"] >= "2026-08-20"], last[last["day"] <= "2026-10-05"])
