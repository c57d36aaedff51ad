"""The table of alerts keeps the words that stood out, and reads tables of an earlier run that have none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.batch import outputs
from vocmine.frames import ALERT_COLUMNS


def alerts(day, topic=1):
    return pd.DataFrame({
        "topic_id": [topic], "name": ["白画面"], "day": [pd.Timestamp(day, tz="UTC")], "n": [20], "expected": [2.0], "ratio": [10.0], "p_adjusted": [0.001],
        "status": ["new"], "contact_ids": [("a", "b")],
    })


def test_words_stand_beside_their_alert_and_stay(tmp_path):
    known = pd.DataFrame({
        "topic_id": [1, 1], "day": pd.to_datetime(["2026-10-30", "2026-10-29"], utc=True), "ratio_low": [4.5, 1.0], "ratio_high": [22.0, 2.0],
        "words": [("白い", "画面"), ("別の日",)], "quotes": [("=画面が白い", "白い"), ("別の日",)],
    })
    told = outputs._with_evidence(alerts("2026-10-30"), known)
    outputs.write_alerts(tmp_path, told, ["2026-10-30"])
    told = outputs._with_evidence(alerts("2026-10-31", topic=2), known)
    outputs.write_alerts(tmp_path, told, ["2026-10-31"])
    read = outputs.read_alerts(tmp_path)
    assert read[["topic_id", "words", "quote"]].values.tolist() == [[1, "白い / 画面", "=画面が白い"], [2, "", ""]]
    assert read[["ratio_low", "ratio_high"]].fillna(-1).values.tolist() == [[4.5, 22.0], [-1, -1]]
    assert read["contact_ids"].tolist() == [("a", "b"), ("a", "b")]


def test_a_table_without_words_is_read(tmp_path):
    outputs.write_alerts(tmp_path, alerts("2026-10-30"), ["2026-10-30"])
    flat = pd.read_csv(tmp_path / "alerts.csv", encoding="utf-8-sig", dtype=str)
    flat[list(ALERT_COLUMNS)].to_csv(tmp_path / "alerts.csv", index=False)
    assert outputs.read_alerts(tmp_path)["words"].tolist() == [""]
    outputs.write_alerts(tmp_path, alerts("2026-10-31"), ["2026-10-31"])
    assert len(outputs.read_alerts(tmp_path)) == 2


def test_a_run_without_alerts(tmp_path):
    outputs.write_alerts(tmp_path, outputs.no_alerts(), ["2026-10-30"])
    assert outputs.read_alerts(tmp_path).empty


def test_hot_words_are_kept_by_day_and_the_same_day_is_replaced(tmp_path):
    words = pd.DataFrame({"word": ["QR決済", "=1+1"], "n_contacts": [9, 5], "share": [0.5, 0.25], "growth": [3.0, np.nan], "growth_low": [2.0, np.nan], "p_adjusted": [0.01, np.nan]})
    for day in ("2026-11-20", "2026-11-21", "2026-11-21"):
        outputs.write_hot_words(tmp_path, words, day)
    outputs.write_hot_words(tmp_path, None, "2026-11-22")
    kept = pd.read_csv(tmp_path / "hot_words.csv")
    assert kept["as_of"].tolist() == ["2026-11-20"] * 2 + ["2026-11-21"] * 2
    assert kept["rank"].tolist() == [1, 2, 1, 2]
    assert kept["word"].tolist() == ["QR決済", "'=1+1"] * 2


def test_hot_words_are_written_with_a_quote_beside_tables_of_earlier_runs(tmp_path):
    words = pd.DataFrame({"word": ["nan", "QR決済"], "n_contacts": [9, 5], "share": 0.5, "growth": [3.0, np.nan], "growth_low": 2.0, "p_adjusted": 0.01})
    outputs.write_hot_words(tmp_path, words, "2026-11-20")
    more = words.assign(growth_high=4.0, n_before=[0, 7], expected=0.5, is_new=[True, False], contact_ids=[("a", "b"), ()], quotes=[("=白い", "暗い"), ()])
    outputs.write_hot_words(tmp_path, more, "2026-11-21")
    kept = pd.read_csv(tmp_path / "hot_words.csv", dtype=str, keep_default_na=False)
    assert kept.columns.tolist() == [
        "as_of", "rank", "word", "n_contacts", "share", "growth", "growth_low", "p_adjusted", "growth_high", "n_before", "expected", "is_new", "quote",
    ]
    assert kept["word"].tolist() == ["nan", "QR決済"] * 2 and kept["growth"].tolist() == ["3.0", ""] * 2
    assert kept["quote"].tolist() == ["", "", "'=白い", ""] and kept["n_before"].tolist() == ["", "", "0", "7"]
