"""Satisfaction of those who did not answer: near the truth, apart from the answers, held back where it does not hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.drivers import predict_csat, predicted_satisfaction
from vocmine.drivers.calibration_error import calibration
from vocmine.drivers.prediction import COLUMNS, FEWEST_TO_PREDICT


def made(n=4_000, seed=0, answered=0.3):
    """Angry people are less satisfied, and answer less; all of it is in the tags."""
    rng = np.random.default_rng(seed)
    angry, issue, chat = rng.random(n) < 0.4, rng.integers(0, 6, n), rng.random(n) < 0.5
    mean = 4.2 - 1.4 * angry - 0.25 * issue * 0.5 + 0.2 * chat
    truth = 1.0 + rng.binomial(4, (mean - 1) / 4)
    told = rng.random(n) < np.where(angry, 0.5, 1.3) * answered
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:05}" for i in range(n)], "channel": np.where(chat, "chat", "call"), "csat": np.where(told, truth, np.nan),
        "customer_id": rng.integers(0, n // 2, n).astype(str),
    })
    kinds = {"reason": np.array([f"r{k}" for k in range(6)])[issue], "sentiment": np.where(angry, "negative", "neutral")}
    tags = pd.concat([pd.DataFrame({"contact_id": contacts["contact_id"], "kind": kind, "label": label, "score": 0.9}) for kind, label in kinds.items()])
    return contacts, tags, truth


def test_predictions_are_calibrated_and_see_that_the_angry_are_silent():
    contacts, tags, truth = made()
    found = predicted_satisfaction(contacts, tags)
    silent = contacts["csat"].isna().to_numpy()
    assert found.why_not == "" and found.calibration_error <= 0.03
    table = found.table.set_index("contact_id").loc[contacts["contact_id"]]
    error, _, _ = calibration(table["satisfied"].to_numpy()[silent], (truth[silent] >= 4).astype(int))
    assert error <= 0.03
    value, low, high = found.unanswered
    assert low <= truth[silent].mean() <= high
    assert found.answered[0] == pytest.approx(contacts["csat"].mean(), abs=1e-3)
    assert value < found.answered[1]
    assert table["is_answered"].tolist() == (~silent).tolist()


def test_the_chance_of_one_who_answered_does_not_know_the_answer():
    contacts, tags, _ = made(1_500)
    table = predict_csat(contacts, tags).set_index("contact_id")
    one = contacts.index[contacts["csat"].notna()][0]
    other = contacts.assign(csat=contacts["csat"].mask(contacts.index == one, 6 - contacts["csat"]))
    again = predict_csat(other, tags).set_index("contact_id")
    name = contacts.loc[one, "contact_id"]
    assert table.loc[name, "satisfied"] == pytest.approx(again.loc[name, "satisfied"], abs=2e-4)


def test_the_order_of_rows_does_not_matter():
    contacts, tags, _ = made(900)
    first = predict_csat(contacts, tags)
    again = predict_csat(contacts.sample(frac=1, random_state=1), tags.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(first, again)


def test_too_few_or_equal_answers_predict_nothing():
    contacts, tags, _ = made(900)
    few = contacts.assign(csat=contacts["csat"].where(contacts["csat"].notna().cumsum() < FEWEST_TO_PREDICT))
    found = predicted_satisfaction(few, tags)
    assert found.why_not == "few" and found.table.empty and list(found.table) == list(COLUMNS)
    alike = contacts.assign(csat=contacts["csat"].where(contacts["csat"].isna(), 5.0))
    assert predicted_satisfaction(alike, tags).why_not == "alike"
    assert predict_csat(alike, tags).empty


def test_predictions_that_do_not_hold_are_held_back(monkeypatch):
    contacts, tags, _ = made(1_500)
    monkeypatch.setattr("vocmine.drivers.prediction.calibration", lambda chance, hits: (0.2, 1e-9, pd.DataFrame()))
    found = predicted_satisfaction(contacts, tags)
    assert found.why_not == "calibrated" and found.table.empty
