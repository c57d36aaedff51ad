"""What checking contacts would bring: said where it brings something."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report
from vocmine.report.sections.narrowing import Narrowing, narrowing_words
from vocmine.report.words import Words


@pytest.mark.parametrize(("basis", "now", "said"), [
    ("prior", 0.45, "from ±45% to about ±15%"), ("labels", 0.45, "Checking 100 contacts"), ("audit", 0.45, "Another 100 contacts"),
    ("counted", float("nan"), "within about ±15%, mistakes included"),
])
def test_it_is_said_by_what_is_known_now(basis, now, said):
    assert said in narrowing_words(Narrowing("a", 100, now, 0.15), basis, Words("en"), "A")
    assert "「A」" in narrowing_words(Narrowing("a", 100, now, 0.15), basis, Words("ja"), "A")


def test_nothing_is_said_where_nothing_is_won(centre):
    for row in (Narrowing("a", 100, 0.10, 0.095), Narrowing("a", 100, 0.10, 0.0), Narrowing("a", 100, float("nan"), 0.0)):
        assert narrowing_words(row, "audit", Words("en"), "A") == ""
    assert build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(narrowing=pd.DataFrame())).narrowing == ""


def test_columns_that_are_missing_are_named(centre):
    with pytest.raises(SettingsError, match="columns are missing"):
        build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(narrowing=pd.DataFrame({"issue": ["a"]})))
