from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from read_topic_names import lines


def test_a_name_stands_above_its_own_texts() -> None:
    topics = pd.DataFrame({"topic_id": [0, 1], "name": ["a", "b"], "n": [2, 1], "name_ja": ["a", ""], "name_en": ["", "b"]})
    told = list(lines(pd.Series(["x\ny", "z", "w"]), topics, np.array([0, 1, 0]), np.array([1, 0])))
    assert told == ["\nb  (n=1, ja: , en: b)", "  - z", "\na  (n=2, ja: a, en: )", "  - x y", "  - w"]
