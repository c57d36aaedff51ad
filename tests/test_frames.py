"""The column tables and what all readers of a table ask of it."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine import frames
from vocmine.errors import AuditError, ContactError, SettingsError
from vocmine.frames import main_labels, main_reasons, main_rows, markdown_table, require_columns, rows_of_kind

TAGS = pd.DataFrame({
    "contact_id": ["b", "a", "a", "a", "c"], "kind": ["reason", "reason", "reason", "signal", "signal"],
    "label": ["y", "z", "x", "churn", "effort"], "score": [0.2, 0.7, 0.7, 0.9, 0.5],
})


def test_missing_columns_are_named_with_those_that_are_there():
    frame = pd.DataFrame({"text": ["a"], 7: [1]})
    assert require_columns(frame, ("text",), "contacts") is None
    message = "columns are missing: contact_id, channel; where: notes.csv; got: text, 7; expected: contact_id, text, channel; do this"
    with pytest.raises(SettingsError) as error:
        require_columns(frame, ("contact_id", "text", "channel"), "notes.csv", SettingsError, "do this")
    assert str(error.value) == message
    with pytest.raises(ContactError, match="got: no columns"):
        require_columns(pd.DataFrame(), ["text"], "contacts")
    with pytest.raises(AuditError, match="a table is expected; where: audit; got: list"):
        require_columns(["text"], ["text"], "audit", AuditError)


def test_the_main_reason_is_the_surest_and_of_equals_the_first():
    assert main_reasons(TAGS).to_dict() == {"a": "x", "b": "y"}
    assert main_labels(TAGS, "signal").to_dict() == {"a": "churn", "c": "effort"}
    assert main_rows(TAGS).index.tolist() == [2, 0]
    assert main_reasons(TAGS.sample(frac=1, random_state=0)).to_dict() == {"a": "x", "b": "y"}


def test_frames_of_one_kind_and_without_scores():
    bare = TAGS.drop(columns=["kind", "score"])
    assert len(rows_of_kind(bare)) == 5 and len(rows_of_kind(TAGS)) == 3
    assert main_reasons(bare).to_dict() == {"a": "churn", "b": "y", "c": "effort"}
    unknown_score = TAGS.assign(score=[None, None, 0.1, 0.9, None])
    assert main_reasons(unknown_score).to_dict() == {"a": "x", "b": "y"}


def test_names_of_a_table_are_unique_and_documented():
    for table in (frames.CONTACTS, frames.ANALYSED, frames.TAGS, frames.REJECTED, frames.ALERTS, frames.ISSUE_COSTS):
        names = [column.name for column in table]
        assert len(set(names)) == len(names) and all(column.en and column.ja for column in table)
        assert len(markdown_table(table).splitlines()) == len(table) + 2
