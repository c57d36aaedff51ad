"""A word's line: counts of each day, and an expectation that a rise does not teach."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.topics import hot_word_timeline, hot_words
from vocmine.topics.word_timeline import TIMELINE_COLUMNS

START = pd.Timestamp("2026-09-01", tz="UTC")


def daily(word: str, with_word: list[int], others: list[int], channel: str = "call") -> pd.DataFrame:
    days = np.repeat(np.arange(len(with_word)), with_word)
    rest = np.repeat(np.arange(len(others)), others)
    texts = [word] * len(days) + ["荷物 が 遅い"] * len(rest)
    when = START + pd.to_timedelta(np.concatenate([days, rest]) * 86_400 + 3_600, unit="s")
    return pd.DataFrame({"text": texts, "created_at": when, "channel": channel})


def test_a_steady_word_is_expected_as_it_is() -> None:
    line = hot_word_timeline(daily("返金", [5] * 30, [45] * 30), ["返金"], days=20)
    assert tuple(line.columns) == TIMELINE_COLUMNS and line["n"].tolist() == [5] * 20
    assert line["day"].tolist() == [START + pd.Timedelta(days=d) for d in range(10, 30)]
    assert line["expected"].between(4.5, 5.5).all() and (line["low"] < 5).all() and (line["high"] > 5).all()


@pytest.mark.parametrize("rise", [[4, 8, 12, 20, 30, 40, 40, 40, 40, 40, 40, 40, 40, 40], [25] * 14])
@pytest.mark.parametrize("usual", [0, 3])
def test_a_rise_teaches_nothing(rise: list[int], usual: int) -> None:
    counts = [usual] * 30 + [usual + n for n in rise]
    line = hot_word_timeline(daily("ボイラー", counts, [60] * len(counts)), "ボイラー", days=14)
    ratio = (60 + usual + np.array(rise)) / (60 + usual)  # all volume, the rise's own too
    assert (line["expected"] <= (usual + 0.5) * ratio * 1.3).all()
    assert (line["n"] > line["high"]).to_numpy()[4:].all()


def test_after_a_rise_the_usual_is_learnt_again() -> None:
    counts = [3] * 20 + [30] * 5 + [3] * 15
    line = hot_word_timeline(daily("ボイラー", counts, [60] * 40), "ボイラー", days=10)
    assert line["expected"].between(2, 4.5).all() and (line["n"] <= line["high"]).all()


def test_more_volume_is_more_expected() -> None:
    counts, others = [5] * 29 + [10], [45] * 29 + [90]
    line = hot_word_timeline(daily("返金", counts, others), "返金", days=1)
    assert line["expected"].iloc[0] == pytest.approx(10, rel=0.1)


def test_words_as_written_and_as_terms_are_the_same_word() -> None:
    frame = daily("荷物が届かない", [4] * 15, [10] * 15)
    line = hot_word_timeline(frame, ["届かない", "届く_ない", "無い言葉"], days=5)
    assert line["word"].tolist() == ["届かない"] * 5 + ["届く_ない"] * 5 + ["無い言葉"] * 5
    assert line["n"].tolist() == [4] * 10 + [0] * 5


def test_the_line_adds_up_to_the_hot_words_counts() -> None:
    frame = daily("もこもこ枕DXが破れた", [2] * 20, [30] * 20)
    table = hot_words(frame).set_index("word")["n_contacts"]
    line = hot_word_timeline(frame, table.index, days=7)
    assert "もこもこ枕DX" in table.index and line.groupby("word")["n"].sum().to_dict() == table.to_dict()


def test_days_without_contacts_are_there_and_the_first_days_are_not_told() -> None:
    counts = [2, 0] * 12
    line = hot_word_timeline(daily("返金", counts, [5, 0] * 12), "返金")
    assert line["n"].tolist() == counts[:-1]
    assert line["expected"].isna().sum() == 19 and (line["expected"].iloc[19::2] == 0).sum() == 0
    assert line.loc[21, "expected"] < 0.01


def test_wrong_input() -> None:
    frame = daily("返金", [1], [1])
    for asked, days, given in ((["返金"], 0, frame), ([], 5, frame), ("返金", 5, frame.drop(columns="created_at"))):
        with pytest.raises(SettingsError, match="no words"):
            hot_word_timeline(given, asked, days=days)
    assert len(hot_word_timeline(frame.iloc[:0], "返金")) == 0
