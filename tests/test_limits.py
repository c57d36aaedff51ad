"""Limits of a source: strict, with defaults, in the settings of a run."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from vocmine.errors import SettingsError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits
from vocmine.settings import load_settings


def test_defaults_are_wide():
    assert DEFAULT_LIMITS.rows >= 10_000_000 and DEFAULT_LIMITS.columns >= 1_000 and DEFAULT_LIMITS.depth >= 50


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"columns": 1}, {"cell_chars": 1 << 21}, {"unpack_ratio": 1}, {"depth": 1_000}, {"seconds": 0}, {"row": 5}])
def test_wrong_limits_are_refused(wrong):
    with pytest.raises(ValidationError):
        ReadingLimits(**wrong)


def test_they_are_settings_and_a_wrong_one_has_its_line(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("lang: ja\nlimits:\n  rows: 500\n")
    assert load_settings(path).limits == ReadingLimits(rows=500)
    path.write_text("lang: ja\nlimits:\n  rowz: 500\n")
    with pytest.raises(SettingsError, match=r"line 3: limits\.rowz: unknown"):
        load_settings(path)
