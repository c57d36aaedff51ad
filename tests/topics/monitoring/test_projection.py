from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError, SettingsError
from vocmine.topics.monitoring.projection import forecast, outlook


@pytest.mark.parametrize("growth", [0.0, 0.05, -0.05])
def test_the_range_holds_what_comes(growth: float) -> None:
    rng = np.random.default_rng(0)
    inside, errors = 0, []
    for _ in range(200):
        mean = 12 * np.exp(growth * np.arange(24))
        counts = rng.poisson(mean)
        n, low, high = forecast(counts[:14].astype(float), 10)
        inside += bool(low <= counts[14:].sum() <= high)
        errors.append(np.log(n / mean[14:].sum()))
    assert inside / 200 >= 0.9
    assert abs(np.mean(errors)) < 0.2


def test_days_to_come_and_costs_add_up() -> None:
    days = pd.date_range("2026-03-01", "2026-03-21", tz="UTC")
    line = pd.DataFrame({"topic_id": 3, "day": days, "n": 5})
    alerts = pd.DataFrame({"topic_id": [3, 3, 9], "day": [days[-1]] * 3, "status": ["growing", "ended", "new"]})
    told = outlook(alerts, line, (100.0, 80.0, 130.0))
    assert told["topic_id"].tolist() == [3, 9]
    first, unknown = told.iloc[0], told.iloc[1]
    assert first["n_so_far"] == 105 and first["cost"] == pytest.approx(100 * (105 + first["n_to_come"]))
    assert first["cost_low"] < first["cost"] < first["cost_high"]
    assert unknown["cost"] == 0 and unknown["n_to_come"] == 0
    last = outlook(alerts.assign(day=pd.Timestamp("2026-03-31", tz="UTC")), line, (100.0, 80.0, 130.0)).iloc[0]
    assert last["n_to_come"] == 0 and last["n_so_far"] == 105


def test_wider_costs_give_a_wider_range() -> None:
    line = pd.DataFrame({"topic_id": 0, "day": pd.date_range("2026-03-01", periods=9, tz="UTC"), "n": 4})
    alerts = pd.DataFrame({"topic_id": [0], "day": [line["day"].max()], "status": ["new"]})
    narrow, wide = (outlook(alerts, line, c).iloc[0] for c in ((10.0, 10.0, 10.0), (10.0, 5.0, 20.0)))
    assert wide["cost_low"] < narrow["cost_low"] <= narrow["cost"] <= narrow["cost_high"] < wide["cost_high"]


def test_wrong_input_is_named() -> None:
    frame = pd.DataFrame({"topic_id": [0], "day": [pd.Timestamp("2026-03-01", tz="UTC")], "status": ["new"], "n": [1]})
    with pytest.raises(SettingsError, match="out of order"):
        outlook(frame, frame, (1.0, 2.0, 3.0))
    with pytest.raises(ContactError, match="status"):
        outlook(frame.drop(columns="status"), frame, (1.0, 1.0, 1.0))
