"""One touch by team and agent: shrunk, adjusted, only with enough contacts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError, SettingsError
from vocmine.journeys import one_touch_by, one_touch_cells, one_touch_share, standard_measures


def made(rng, n=1200, skills=(0.6,) * 12, sizes=None):
    """First contacts of agents with known shares that are settled at once."""
    agent = rng.choice(len(skills), n, p=sizes)
    done = rng.random(n) < np.asarray(skills)[agent]
    frame = pd.DataFrame({
        "customer_id": [f"k{i}" for i in range(n)], "agent_id": [f"a{i:02d}" for i in agent], "team": np.where(agent % 2, "B", "A"),
        "channel": "call", "transfers": (~done).astype(int), "created_at": pd.Timestamp("2026-09-10", tz="UTC"),
    })
    ends = pd.DataFrame({"customer_id": ["x", "y"], "created_at": pd.to_datetime(["2026-09-01", "2026-09-30"], utc=True), "channel": "call"})
    frame = pd.concat([frame, ends], ignore_index=True)
    frame = frame.assign(contact_id=[f"c{i}" for i in range(len(frame))])
    return frame, pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": "bill", "score": 1.0})


def test_teams_have_the_contacts_of_the_usual_measure():
    frame, tags = made(np.random.default_rng(1))
    table = one_touch_by(frame, tags).set_index("team")
    usual = standard_measures(frame, tags, by="team").query("measure == 'one_touch_share'").set_index("team")
    for team in "AB":
        assert table.loc[team, "n"] == usual.loc[team, "n"]
        assert table.loc[team, ["share", "low", "high"]].tolist() == pytest.approx(usual.loc[team, ["value", "low", "high"]].tolist())
    assert table["n"].sum() == one_touch_share(frame, tags)["n"].sum()


def test_agents_alike_are_not_told_apart():
    """Twelve agents with the same skill: the plain shares differ by chance, the shrunk ones hardly."""
    frame, tags = made(np.random.default_rng(2))
    table = one_touch_by(frame, tags, "agent_id", least=30)
    assert len(table) == 12
    assert np.ptp(table["adjusted"]) < 0.5 * np.ptp(table["share"])
    assert ((table["adjusted_low"] <= 0.6) & (table["adjusted_high"] >= 0.6)).mean() >= 0.9


def test_a_much_better_agent_is_seen():
    frame, tags = made(np.random.default_rng(3), 2400, (0.9, *(0.5,) * 11))
    table = one_touch_by(frame, tags, "agent_id", least=30)
    assert table["agent_id"].iloc[0] == "a00" and table["adjusted_low"].iloc[0] > table["adjusted_high"].iloc[1:].median()


def test_few_contacts_are_left_out_and_ends_stay_within_shares():
    sizes = np.array([0.01, *(0.99 / 11,) * 11])
    frame, tags = made(np.random.default_rng(4), 900, (1.0,) * 12, sizes / sizes.sum())
    table = one_touch_by(frame, tags, "agent_id", least=30)
    assert "a00" not in set(table["agent_id"]) and (table["n"] >= 30).all()
    assert table[["adjusted", "adjusted_low", "adjusted_high"]].max().max() <= 1.0


def test_order_of_rows_does_not_matter():
    frame, tags = made(np.random.default_rng(5))
    mixed = frame.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(one_touch_by(frame, tags, "agent_id"), one_touch_by(mixed, tags, "agent_id"))


def test_wrong_keys_are_said():
    frame, tags = made(np.random.default_rng(6), 50)
    with pytest.raises(SettingsError, match="unknown key"):
        one_touch_by(frame, tags, "customer_id")
    with pytest.raises(SettingsError, match="least"):
        one_touch_by(frame, tags, least=0)
    with pytest.raises(ContactError):
        one_touch_by(frame.drop(columns="agent_id"), tags, "agent_id")


def test_cells_add_up_to_the_teams_and_are_the_usual_measure():
    frame, tags = made(np.random.default_rng(7))
    cells = one_touch_cells(frame, tags, least=1)
    usual = standard_measures(frame, tags, by=["team", "reason"]).query("measure == 'one_touch_share'").set_index(["team", "reason"])
    assert cells.set_index(["team", "reason"])["share"].to_dict() == pytest.approx(usual["value"].to_dict())
    assert cells["n"].sum() == one_touch_by(frame, tags)["n"].sum()
    assert one_touch_cells(frame, tags, least=10_000).empty


def test_without_any_known_outcome_the_tables_are_empty():
    frame, tags = made(np.random.default_rng(8), 40)
    frame = frame.assign(customer_id=None)
    assert one_touch_by(frame, tags).empty and one_touch_cells(frame, tags).empty
