"""What a run says while it works and at its end, in both languages."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from vocmine.batch import Event, RunResult
from vocmine.errors import VocmineError
from vocmine.terminal import closing_lines, shown, shown_backtest

RESULT = RunResult(Path("out"), 1_200, 1_198, 2, 5_000, 1, ("a", "b", "c", "d"), {"bad_date": 2}, n_replaced=3, n_unchanged=1_000, n_apart=4)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_last_lines_say_what_was_done(lang):
    lines = closing_lines(RESULT, lang)
    text = "\n".join(lines)
    for part in ("1,200", "1,198", "bad_date 2", "1,000", "  3. c", "report.html"):
        assert part in text, part
    assert "  4. d" not in text
    assert len(lines) == len(set(lines))


def test_what_was_known_before_is_said_only_where_something_was():
    assert "stored: 5,000 (replaced: 3, unchanged: 1,000)" in closing_lines(RESULT, "en")
    bare = RunResult(Path("out"), 1, 1, 0, 1, 0, ())
    assert not any("kept apart" in line for line in closing_lines(bare, "en"))


def test_doubts_are_said_and_the_rest_is_counted():
    doubtful = RunResult(Path("out"), 1, 1, 0, 1, 0, (), doubts=tuple(f"a.csv: doubt {i}" for i in range(7)))
    lines = closing_lines(doubtful, "en")
    assert sum("a.csv: doubt" in line for line in lines) == 5
    assert any("2 more to check" in line and "run.json" in line for line in lines)


def test_a_log_line_a_stage_and_the_result(caplog):
    events = iter([Event("read", 1, None, "reading"), Event("read", 2, None, "reading"), Event("done", 1, 1, "done", RESULT)])
    with caplog.at_level(logging.INFO, logger="vocmine"):
        assert shown(events) is RESULT
    assert [record.getMessage() for record in caplog.records] == ["reading"]
    with pytest.raises(VocmineError, match="without a result"):
        shown(iter([]))


def test_a_backtest_that_is_stopped_says_that_it_begins_anew():
    def stopped():
        yield Event("topics", 1, 40, "replaying the days as they came")
        raise KeyboardInterrupt

    with pytest.raises(VocmineError, match="stopped; nothing was changed") as error:
        shown_backtest(stopped())
    assert "\n" not in str(error.value)
    with pytest.raises(VocmineError, match="goes on where it stopped"):
        shown(stopped())
