"""The outcomes as numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.drivers.outcomes import numbers, outcome_values
from vocmine.errors import ContactError, SettingsError


def test_the_mean_of_the_marks_is_the_figure_of_the_field():
    marks = [10, 9, 8, 7, 6, 0, None]
    score = outcome_values(pd.DataFrame({"nps": marks}), "nps")
    assert np.nanmean(score) == pytest.approx(100 * (2 - 2) / 6)
    assert outcome_values(pd.DataFrame({"csat": ["4", None]}), "csat").tolist()[0] == 4.0
    assert outcome_values(pd.DataFrame({"came_back": [True, False, None]}), "repeat")[:2].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(("frame", "outcome"), [({"csat": [0.5]}, "csat"), ({"csat": [6]}, "csat"), ({"nps": [11]}, "nps"), ({"came_back": [2]}, "repeat"), ({"text": ["a"]}, "nps")])
def test_marks_off_their_scale_and_missing_columns_are_refused(frame, outcome):
    with pytest.raises(ContactError):
        outcome_values(pd.DataFrame(frame), outcome)


def test_an_outcome_that_there_is_not_is_refused():
    with pytest.raises(SettingsError, match="csat, nps, repeat"):
        outcome_values(pd.DataFrame({"csat": [1]}), "mood")


def test_the_hint_says_where_repeats_come_from():
    with pytest.raises(ContactError, match="came_back"):
        outcome_values(pd.DataFrame({"csat": [1]}), "repeat")


def test_numbers_of_any_cells():
    assert numbers(pd.Series(["1", None, True], dtype=object)).tolist()[0::2] == [1.0, 1.0]
