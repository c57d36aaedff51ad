"""Answers are plain text; empty texts are left out."""

from __future__ import annotations

from vocmine.report.first_screen.answer import Answer, filled


def test_what_says_nothing_is_left_out():
    assert filled(["", "a", ""]) == ("a",) and filled([]) == ()


def test_an_answer_without_more_has_nothing_else():
    answer = Answer("cost", "What costs most?", "A")
    assert (answer.lines, answer.notes, answer.quote, answer.commands) == ((), (), None, ())
