"""Parts of a gap add up to it exactly, whatever the data; what was planted is found in the right part."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.drivers import gap, mean_gap
from vocmine.drivers.gaps import COLUMNS, FEWEST_EACH
from vocmine.errors import ContactError, SettingsError


def made(n=800, seed=0, share=(0.2, 0.2), login=(3.0, 3.0), others=(4.0, 4.0)):
    """Two months of contacts: share and mark of logins in each, mark of the others."""
    rng = np.random.default_rng(seed)
    late = np.arange(n) >= n // 2
    is_login = rng.random(n) < np.where(late, share[1], share[0])
    mean = np.where(is_login, np.where(late, login[1], login[0]), np.where(late, others[1], others[0]))
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:05}" for i in range(n)], "created_at": np.where(late, pd.Timestamp("2026-10-05", tz="UTC"), pd.Timestamp("2026-09-05", tz="UTC")),
        "channel": rng.choice(["call", "chat"], n), "csat": 1.0 + rng.binomial(4, (mean - 1) / 4), "customer_id": rng.integers(0, n // 2, n).astype(str),
    })
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": np.where(is_login, "login", rng.choice(["bill", "plan", "points"], n))})
    return contacts, tags, late


@given(
    st.integers(0, 2**32 - 1), st.integers(70, 400), st.sampled_from(["csat", "nps", "repeat"]), st.sampled_from(["driver", "group"]),
    st.integers(1, 12), st.integers(0, 3),
)
@settings(max_examples=40, deadline=None)
def test_parts_add_up_to_the_gap_exactly(seed, n, outcome, by, n_labels, n_teams):
    rng = np.random.default_rng(seed)
    late = np.arange(n) >= n // 2
    contacts = pd.DataFrame({
        "contact_id": [f"c{i}" for i in range(n)], "csat": rng.integers(1, 6, n).astype(float), "nps": rng.integers(0, 11, n), "came_back": rng.integers(0, 2, n).astype(float),
        "team": rng.choice([f"t{k}" for k in range(n_teams + 1)], n), "transfers": rng.integers(0, 2, n),
    })
    tags = pd.DataFrame({"contact_id": rng.choice(contacts["contact_id"], n), "kind": "reason", "label": [f"r{k}" for k in rng.integers(0, n_labels, n)]})
    table = gap(contacts, tags, ~late, late, outcome, by=by)
    size = mean_gap(contacts, ~late, late, outcome)
    total = math.fsum(table["value"])
    assert round(total, 9) == pytest.approx(size["value"].iloc[0], abs=1e-12)
    y = contacts[{"csat": "csat", "nps": "nps", "repeat": "came_back"}[outcome]].to_numpy(float)
    y = 100.0 * ((y >= 9).astype(float) - (y <= 6)) if outcome == "nps" else y
    assert round(total, 9) == round(math.fsum(y[late]) / late.sum() - math.fsum(y[~late]) / (~late).sum(), 9)
    assert (table["low"] <= table["value"] + 1e-6).all() and (table["value"] <= table["high"] + 1e-6).all()


def test_more_logins_are_a_matter_of_shares():
    contacts, tags, late = made(2_000, share=(0.2, 0.5))
    login = gap(contacts, tags, ~late, late).set_index("name").loc["login"]
    assert login["mix"] < -0.1 and abs(login["rate"]) < 0.05
    assert login["high"] < 0
    groups = gap(contacts, tags, ~late, late, by="group").set_index("group")
    assert groups.loc["product", "value"] < -0.2 and abs(groups.loc["rest", "value"]) < 0.1
    assert groups["share_of_gap"].sum() == pytest.approx(1, abs=1e-4)


def test_logins_that_are_rated_worse_are_a_matter_of_rates():
    contacts, tags, late = made(2_000, share=(0.3, 0.3), login=(3.6, 2.2))
    login = gap(contacts, tags, ~late, late).set_index("name").loc["login"]
    assert login["rate"] < -0.2 and abs(login["mix"]) < 0.05
    assert login["low"] < 0.3 * (2.2 - 3.6) < login["high"] + 0.1


def test_what_falls_for_all_is_the_rest():
    contacts, tags, late = made(2_000, login=(3.4, 2.8), others=(4.4, 3.8))
    table = gap(contacts, tags, ~late, late).set_index("kind")
    assert table.loc["rest", "value"] == pytest.approx(-0.6, abs=0.15)


def test_a_gap_that_may_be_none_has_no_shares():
    contacts, tags, late = made()
    assert gap(contacts, tags, ~late, late)["share_of_gap"].isna().all()


def test_days_name_the_sides_as_marks_do():
    contacts, tags, late = made()
    by_day = gap(contacts, tags, ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31"))
    pd.testing.assert_frame_equal(by_day, gap(contacts, tags, ~late, late))


def test_too_few_answers_on_a_side_tell_nothing():
    contacts, tags, late = made(200)
    few = np.arange(200) < FEWEST_EACH - 1
    assert gap(contacts, tags, few, late).empty and list(gap(contacts, tags, few, late)) == list(COLUMNS)
    assert mean_gap(contacts, few, late).empty


@pytest.mark.parametrize(("before", "after"), [
    (("2026-09-30", "2026-09-01"), ("2026-10-01", "2026-10-31")), (("yesterday", "today"), ("2026-10-01", "2026-10-31")), ([True, False], [False, True]),
    ("2026-09", "2026-10"), (("2026-09-01", "2026-10-31"), ("2026-10-01", "2026-10-31")),
])
def test_sides_that_cannot_be_read_or_share_contacts_are_refused(before, after):
    contacts, tags, _ = made(100)
    with pytest.raises(SettingsError):
        gap(contacts, tags, before, after)


def test_other_wrong_input_is_told():
    contacts, tags, late = made(100)
    with pytest.raises(SettingsError, match="driver or group"):
        gap(contacts, tags, ~late, late, by="team")
    with pytest.raises(ContactError):
        gap(contacts.drop(columns="created_at"), tags, ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31"))


def test_the_range_of_a_gap_counts_customers_once():
    contacts, _tags, late = made(400)
    twice = pd.concat([contacts, contacts.assign(contact_id="x" + contacts["contact_id"])], ignore_index=True)
    both = np.r_[late, late]
    widths = [float((t["high"] - t["low"]).iloc[0]) for t in (mean_gap(contacts, ~late, late), mean_gap(twice, ~both, both))]
    assert widths[1] == pytest.approx(widths[0], rel=0.05)
