"""What each issue adds: planted effects are found, nothing is found where there is nothing, order does not matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.drivers import drivers
from vocmine.drivers.contributions import COLUMNS, FEWEST_ANSWERS, against_others
from vocmine.errors import ContactError, SettingsError

LABELS = np.array(["login", "bill", "plan", "points", "service.attitude"])


def made(n=1_000, seed=0, bad=-1.0, waiting=0.0):
    """Logins are rated `bad` points lower, contacts that were passed on `waiting`; two teams are alike."""
    rng = np.random.default_rng(seed)
    issue, moved = rng.integers(0, 5, n), rng.random(n) < 0.2
    mean = 3.6 + bad * (issue == 0) + waiting * moved
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:05}" for i in range(n)], "channel": rng.choice(["call", "chat"], n), "team": rng.choice(["A", "B", "C", "D"], n),
        "transfers": moved.astype(int), "csat": 1.0 + rng.binomial(4, (mean - 1) / 4),
    })
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": LABELS[issue]})
    return contacts, tags


def test_a_planted_effect_is_found_with_its_size():
    contacts, tags = made(waiting=-0.5)
    table = drivers(contacts, tags).set_index(["kind", "name"])
    login, moved = table.loc[("issue", "login")], table.loc[("served", "transferred")]
    assert login["effect_low"] < -1.0 < login["effect_high"] and login["is_sure"]
    assert moved["effect_low"] < -0.5 < moved["effect_high"] and moved["is_sure"]
    assert login["value"] == pytest.approx(login["share"] * login["effect"], abs=1e-5)
    assert login["n"] == (tags["label"] == "login").sum()
    assert not table.drop([("issue", "login"), ("served", "transferred")]).query("value < 0")["is_sure"].any()
    assert table.loc[("issue", "service.attitude"), "group"] == table.loc[("team", "A"), "group"] == "service"


def test_the_most_harmful_comes_first_and_for_repeats_that_is_the_highest():
    contacts, tags = made()
    assert drivers(contacts, tags)["name"].iloc[0] == "login"
    back = contacts.assign(came_back=(contacts["csat"] < 3).astype(float))
    assert drivers(back, tags, "repeat")["name"].iloc[0] == "login"
    nps = drivers(contacts.assign(nps=2 * contacts["csat"]), tags, "nps")
    assert nps["name"].iloc[0] == "login" and nps["value"].iloc[0] < -5


def test_without_effects_hardly_anything_is_sure():
    sure = [drivers(*made(400, seed, bad=0.0))["is_sure"].any() for seed in range(12)]
    assert sum(sure) <= 1


def test_the_order_of_rows_and_answers_that_are_missing_do_not_matter():
    contacts, tags = made(300)
    first = drivers(contacts, tags)
    silent = contacts.assign(contact_id="x" + contacts["contact_id"], csat=np.nan)
    again = drivers(pd.concat([silent, contacts]).sample(frac=1, random_state=3), tags.sample(frac=1, random_state=4))
    pd.testing.assert_frame_equal(first, again)


def test_too_few_answers_or_all_alike_tell_nothing():
    contacts, tags = made(FEWEST_ANSWERS - 1)
    assert drivers(contacts, tags).empty
    assert list(drivers(contacts, tags).columns) == list(COLUMNS)
    contacts, tags = made(200)
    assert drivers(contacts.assign(csat=4.0), tags).empty
    assert drivers(contacts.assign(csat=np.nan), tags).empty


def test_wrong_input_is_told():
    contacts, tags = made(100)
    with pytest.raises(SettingsError):
        drivers(contacts, tags, level=2)
    with pytest.raises(SettingsError):
        drivers(contacts, tags, "mood")
    with pytest.raises(ContactError):
        drivers(contacts.drop(columns="csat"), tags)


def test_weights_compare_with_all_others():
    share = np.array([0.2, 0.3, 0.5])
    weights = against_others(share, True)
    assert np.allclose(weights.sum(axis=1), 0)
    effects = np.array([1.0, 0.0, -1.0])
    assert (weights @ effects)[0] == pytest.approx(1.0 - (0.3 * 0.0 + 0.5 * -1.0) / 0.8)
    assert np.array_equal(against_others(share, False), np.eye(3))
