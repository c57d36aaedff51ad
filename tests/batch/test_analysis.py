"""An analysis needs no folder, works each part out once, and gives what the folder's analysis gives."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch.analysis import Analysis
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.report_inputs import FolderAnalysis
from vocmine.cost import CostModel
from vocmine.errors import SettingsError
from vocmine.settings import Settings

MODEL = CostModel(rate_per_minute={"call": 60.0, "social": 30.0}, currency="JPY")
SETTINGS = Settings(topics=False, lang="en")
RUN = {"read": 1400, "accepted": 1400, "rejected": {}}


@pytest.fixture(scope="module")
def pair(folder):
    store = ContactStore(folder, "Asia/Tokyo")
    inputs = CostInputs(MODEL)
    return Analysis(store, SETTINGS, inputs, RUN), FolderAnalysis(folder, store, SETTINGS, inputs, RUN)


@pytest.mark.parametrize("part", ["daily", "months", "changes", "bridge", "forecast", "gaps", "alerts", "incident_days"])
def test_without_a_folder_each_part_is_what_the_folder_gives(pair, part):
    bare, kept = (getattr(each, part) for each in pair)
    assert (bare is None) == (kept is None)
    if bare is not None:
        pd.testing.assert_frame_equal(bare, kept, check_dtype=False)


def test_the_same_sections_are_filled(pair):
    bare, kept = (each.sections for each in pair)
    assert list(bare) == list(kept)
    filled = {name for name, value in bare.items() if value is not None}
    assert filled == {name for name, value in kept.items() if value is not None} >= {"ledger", "months", "forecast"}


def test_a_part_is_worked_out_once(pair):
    bare, _ = pair
    assert bare.issue_costs is bare.issue_costs
    assert bare.daily is bare.daily


def test_another_language_keeps_what_does_not_depend_on_it(pair):
    bare, _ = pair
    english, japanese = bare.built(), bare.in_language("ja").built()
    assert english.summary.total_cost == japanese.summary.total_cost
    assert japanese.lang == "ja" and english.findings != japanese.findings
    assert bare.in_language("ja").issue_costs is bare.issue_costs
    assert bare.settings.lang == "en"
    with pytest.raises(SettingsError, match="lang"):
        bare.in_language("fr")
