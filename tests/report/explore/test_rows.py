"""Rows of contacts: the latest, with cuts said, people told apart by meaningless numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.frames import SIGNALS
from vocmine.report.explore.rows import LONGEST, contact_rows, first_row


def test_each_column_is_that_of_its_contact(explored, explore_frames):
    source, frames = explored().source, explore_frames()
    rows = contact_rows(source, 100, pd.Timestamp("2026-10-01"), "（略）")
    given = frames.contacts.set_index("contact_id").loc[rows["id"]]
    assert (rows["n"], rows["of"]) == (300, 400)
    assert rows["text"] == given["text_clean"].tolist()
    local = given["created_at"].dt.tz_convert("Asia/Tokyo").dt.tz_localize(None).dt.normalize()
    assert rows["day"] == (local - pd.Timestamp("2026-10-01")).dt.days.tolist()
    minutes = frames.ledger.drop_duplicates("contact_id").set_index("contact_id")["minutes"].loc[rows["id"]]
    assert rows["minutes"] == pytest.approx(minutes.tolist(), abs=0.051)
    churn = set(frames.tags.loc[frames.tags.kind == "signal", "contact_id"])
    assert rows["signals"] == [1 << SIGNALS.index("churn") if key in churn else 0 for key in rows["id"]]


def test_the_contact_before_is_the_last_one_of_the_same_person_on_the_page(explored):
    source = explored().source
    rows = contact_rows(source, 150, pd.Timestamp("2026-10-01"), "")
    seen: dict[int, int] = {}
    for i, (person, before) in enumerate(zip(rows["person"], rows["previous"], strict=True)):
        assert before == (seen.get(person, -1) if person >= 0 else -1)
        seen[person] = i
    assert max(rows["previous"]) > 0


def test_the_page_takes_the_latest_that_fit():
    texts = pd.Series(["あ" * 10] * 100)
    assert first_row(texts) == 0
    assert first_row(texts, most_rows=30) == 70
    assert first_row(texts, most_characters=105) == 90
    assert first_row(pd.Series(["x" * 10 * LONGEST] * 3), most_characters=3 * LONGEST) == 0  # what is cut does not count
    assert first_row(pd.Series([], dtype=object)) == 0


def test_a_long_text_is_cut_with_a_word(explore_frames, explored):
    frames = explore_frames(n=20)
    frames.contacts["text_clean"] = "あ" * 1_000_000
    rows = contact_rows(explored(frames=frames).source, 0, pd.Timestamp("2026-10-01"), "（略）")
    assert rows["text"] == ["あ" * LONGEST + "（略）"] * 20
