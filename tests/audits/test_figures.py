"""Figures of an evaluation speak both languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.audits import evaluate
from vocmine.errors import SettingsError

IDS = [f"c{i}" for i in range(40)]


TRUE = pd.Series(["返金", "配送"] * 20, index=IDS)


TAGS = pd.DataFrame({"contact_id": IDS, "label": ["返金", "配送"] * 19 + ["配送", "返金"], "score": np.linspace(0.5, 1, 40)})


def test_figures_speak_both_languages():
    result = evaluate(TRUE, TAGS)
    assert result.figures("ja")["reasons"].layout.title.text == "理由ごとのF1"
    assert result.figures()["calibration"].layout.xaxis.title.text == "score"
    with pytest.raises(SettingsError, match="ja or en"):
        result.figures("fr")
