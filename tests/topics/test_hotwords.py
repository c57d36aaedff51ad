from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def stream(days: int = 35, per_day: int = 40, start: str = "2026-11-01") -> pd.DataFrame:
    others = ["返金はまだですか", "荷物が届かない", "解約したい", "料金が高い", "領収書がほしい", "住所を変更したい"]
    n = days * per_day
    frame = pd.DataFrame({"text": [others[i % 6] for i in range(n)], "channel": ["call", "chat"] * (n // 2)})
    seconds = [i // per_day * 86_400 + i for i in range(n)]
    frame["created_at"] = pd.Timestamp(start, tz="UTC") + pd.to_timedelta(seconds, unit="s")
    return frame.assign(contact_id=[f"c{i}" for i in range(n)])


def said(frame: pd.DataFrame, rows: object, text: str) -> pd.DataFrame:
    return frame.assign(text=frame["text"].where(~frame.index.isin(list(rows)), text))  # type: ignore[call-overload]


def test_a_new_word_comes_with_its_contacts_and_quotes() -> None:
    rows = range(1400 - 280, 1400, 18)
    frame = said(stream(), rows, "ボイラーが動かない。090-1234-5678へ")
    row = hot_words(frame).set_index("word").loc["ボイラー"]
    assert (row["n_contacts"], row["n_before"], row["expected"], row["is_new"]) == (16, 0, 0.0, True)
    assert row["p_adjusted"] < 0.01 and 1 < row["growth_low"] < row["growth"] < row["growth_high"]
    assert row["contact_ids"] == tuple(f"c{i}" for i in reversed(rows))
    assert row["quotes"] == ("ボイラーが動かない。[電話番号]へ",)


def test_ids_are_the_newest_fifty() -> None:
    row = hot_words(said(stream(), range(1120, 1400), "故障"), top=1).iloc[0]
    assert row["word"] == "故障" and row["n_contacts"] == 280
    assert row["contact_ids"] == tuple(f"c{i}" for i in range(1399, 1349, -1))


def test_a_word_that_grew_is_not_cut_off_by_frequent_ones() -> None:
    frame = said(stream(), range(1120, 1400, 18), "ボイラー")
    assert "ボイラー" in hot_words(frame, top=1)["word"].tolist()
    few = hot_words(frame, top=4)
    assert len(few) == 4 and few["n_contacts"].is_monotonic_decreasing


def test_a_channel_that_doubles_is_no_growth() -> None:
    frame = stream()
    frame["text"] = frame["text"].where(frame["channel"] == "call", "チャット画面が遅い")
    more = frame[(frame["channel"] == "chat") & (frame.index >= 1120)]
    doubled = pd.concat([frame, more.assign(contact_id="d" + more["contact_id"])], ignore_index=True)
    table = hot_words(doubled).set_index("word")
    assert table.loc["画面", "n_contacts"] == 280 and table.loc["画面", "expected"] == pytest.approx(280)
    assert (table["p_adjusted"] > 0.3).all()
    blind = hot_words(doubled.drop(columns="channel")).set_index("word")
    assert blind.loc["画面", "p_adjusted"] < 0.01  # with no channel known it has to be taken for growth


def test_a_new_channel_is_no_growth_and_said_to_be_unknown() -> None:
    frame = stream()
    frame.loc[frame.index[-100:], ["channel", "text"]] = ["bot", "メニューが出ない"]
    row = hot_words(frame).set_index("word").loc["メニュー"]
    assert (row["n_contacts"], row["expected"], row["is_new"]) == (100, 100.0, True)
    assert np.isnan(row["growth"]) and np.isnan(row["p_adjusted"])


def test_weekends_are_held_against_weekends() -> None:
    frame = stream()
    weekend = frame["created_at"].dt.day_of_week >= 5
    frame["text"] = frame["text"].where(~weekend, "店舗が混んでいる")
    frame = frame[~(weekend & (frame["created_at"] < "2026-11-29") & (frame["created_at"] >= "2026-11-20"))]
    assert (hot_words(frame.reset_index(drop=True))["p_adjusted"] > 0.3).all()


def test_words_seen_before_the_days_read_are_not_new() -> None:
    frame = said(stream(days=60), [0, *range(2400 - 280, 2400, 18)], "ボイラー")
    row = hot_words(frame).set_index("word").loc["ボイラー"]
    assert (row["n_before"], row["is_new"]) == (0, False)


def test_the_first_period_has_nothing_to_compare_with() -> None:
    table = hot_words(stream(days=7))
    assert table[["growth", "growth_low", "growth_high", "p_adjusted", "expected"]].isna().all(axis=None)
    assert not table["is_new"].any()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(120)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    frame = said(stream(days=12, per_day=10), range(70, 120, 3), "ボイラーが動かない")
    pd.testing.assert_frame_equal(hot_words(frame.iloc[order], min_contacts=1), hot_words(frame, min_contacts=1))
