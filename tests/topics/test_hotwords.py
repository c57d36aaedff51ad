from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.topics import hot_word_history, hot_words
from vocmine.topics.hotwords import COLUMNS


def analysed(now: list[str], before: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame({"terms": now + before})
    frame["text_clean"], frame["lang"] = frame["terms"], "ja"
    frame["created_at"] = pd.to_datetime(["2026-03-14"] * len(now) + ["2026-03-05"] * len(before), utc=True)
    return frame


def test_counts_contacts_not_occurrences() -> None:
    table = hot_words(analysed(["返金 返金 返金", "返金 画面"], ["画面"]), min_contacts=1)
    assert tuple(table.columns) == COLUMNS
    assert dict(zip(table["word"], table["n_contacts"], strict=True)) == {"返金": 2, "画面": 1}
    assert table["share"].tolist() == [1.0, 0.5]


def test_growth_is_found_and_chance_is_not() -> None:
    rng = np.random.default_rng(0)
    noise = [f"語{i}" for i in range(60)]

    def contact(extra: float) -> str:
        words = [w for w in noise if rng.random() < 0.1]
        return " ".join([*words, *(["障害"] if rng.random() < extra else [])]) or "他"

    table = hot_words(analysed([contact(0.15) for _ in range(400)], [contact(0.03) for _ in range(400)]))
    sure = table[table["p_adjusted"] < 0.05]
    assert sure["word"].tolist() == ["障害"]
    row = sure.iloc[0]
    assert 1 < row["growth_low"] < row["growth"] < 10


def test_without_dates_there_is_no_growth() -> None:
    table = hot_words(["返金してほしい"] * 5)
    assert table["growth"].isna().all() and (table["n_contacts"] == 5).all()


def test_empty_and_wrong_input() -> None:
    assert len(hot_words([])) == 0
    assert len(hot_words(["", "  "])) == 0
    with pytest.raises(SettingsError, match="wrong top"):
        hot_words(["a"], top=0)


def test_history_is_what_was_hot_then() -> None:
    frame = analysed(["障害 s"] * 6, ["返金"] * 5)
    past = hot_word_history(frame, periods=3)
    assert past.columns.tolist() == ["as_of", "rank", *COLUMNS]
    assert past[["rank", "word", "n_contacts"]].to_numpy().tolist() == [[1, "障害", 6], [1, "返金", 5]]
    assert past["as_of"].dt.strftime("%m-%d").tolist() == ["03-14", "03-07"]
    last = past[past["as_of"] == past["as_of"].max()][list(COLUMNS)]
    pd.testing.assert_frame_equal(last.reset_index(drop=True), hot_words(frame))
    earlier = frame[frame["created_at"] < "2026-03-08"].assign(created_at=pd.Timestamp("2026-03-07", tz="UTC"))
    then = past[past["as_of"] < past["as_of"].max()][["word", "n_contacts"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(then, hot_words(earlier)[["word", "n_contacts"]])
    with pytest.raises(SettingsError, match="no dates"):
        hot_word_history(frame.drop(columns="created_at"))


def test_days_begin_where_the_timezone_says() -> None:
    frame = analysed(["障害"] * 3, ["返金"] * 3)
    frame["created_at"] = pd.to_datetime(["2026-03-14 10:00"] * 3 + ["2026-03-07 16:00"] * 3, utc=True)
    assert hot_words(frame)["n_contacts"].tolist() == [3]
    assert hot_words(frame, timezone="Asia/Tokyo")["n_contacts"].tolist() == [3, 3]


def test_hot_words_have_no_marks_and_no_words_of_every_contact():
    texts = ["ログインできません。至急ご対応お願いします。", "荷物が届かない。折り返し連絡先を教えてください", "ticket: package did not arrive, please help"] * 3
    words = set(hot_words(texts)["word"])
    assert {"ログイン", "できない", "荷物", "届かない", "not arrive", "package"} <= words
    assert not {"対応", "願う", "連絡先", "ticket", "help"} & words
    assert not [word for word in words if "_" in word]


def test_hot_words_leave_out_what_is_no_longer_said():
    frame = pd.DataFrame({"text": ["返金"] * 6 + ["故障"] * 6, "created_at": pd.to_datetime(["2026-11-10"] * 6 + ["2026-11-19"] * 6, utc=True)})
    assert hot_words(frame)["word"].tolist() == ["故障"]


@pytest.mark.parametrize(("n_before", "n_now", "k"), [(100, 80, 10), (1000, 1000, 30), (567, 567, 60)])
def test_a_new_word_is_surely_new(n_before: int, n_now: int, k: int) -> None:
    others = ["返金はまだですか", "荷物が届かない", "解約したい", "料金が高い", "領収書がほしい", "住所を変更したい"]
    now = [others[i % 6] for i in range(n_now - k)] + ["ボイラーが動かない"] * k
    frame = pd.DataFrame({"text": [others[i % 6] for i in range(n_before)] + now})
    days = [i % 7 for i in range(n_before)] + [7 + i % 7 for i in range(n_now)]
    frame["created_at"] = pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(days, unit="D")
    table = hot_words(frame).set_index("word")
    assert table.loc["ボイラー", "p_adjusted"] < 0.05 and table.loc["ボイラー", "growth_low"] > 1
    assert (table["p_adjusted"].drop(["ボイラー", "動かない"]) > 0.05).all()
