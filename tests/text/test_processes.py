"""Texts through a model: each distinct one once, in order, in processes that end."""

from __future__ import annotations

import subprocess

import pytest

from vocmine.errors import SettingsError, VocmineError
from vocmine.text import processes


@pytest.fixture(autouse=True)
def _installed(monkeypatch):
    monkeypatch.setattr(processes, "need_parser", lambda model, purpose: None)


@pytest.fixture
def here(monkeypatch):
    """Parse here, by a double that gives the length of each text; give the lists of texts that it got."""
    calls = []

    def parse(texts, model, what, parser):
        calls.append(list(texts))
        return [[len(text)] for text in texts]

    monkeypatch.setattr(processes, "_parser", lambda model, what: None)
    monkeypatch.setattr(processes, "parse_texts", parse)
    return calls


def test_each_distinct_text_is_parsed_once_and_results_are_in_order(here):
    assert processes.through_model(["ab", "a", "ab", ""], "ja_ginza", "pairs", 0) == [[2], [1], [2], [0]]
    assert here == [["ab", "a", ""]]


@pytest.mark.parametrize(("n", "workers", "sizes"), [(10, 3, [4, 4, 2]), (1, 4, [1]), (2_500, 2, [1_000, 1_000, 500]), (0, 2, [])])
def test_texts_are_shared_out_and_a_process_has_a_bounded_life(monkeypatch, n, workers, sizes):
    got = []

    def run(texts, model, what):
        got.append(len(texts))
        return [[text] for text in texts]

    monkeypatch.setattr(processes, "_in_process", run)
    texts = [f"t{i}" for i in range(n)]
    assert processes.through_model(texts, "ja_ginza", "people", workers) == [[text] for text in texts]
    assert sorted(got, reverse=True) == sizes


def test_a_process_that_fails_shows_no_text_of_a_customer(monkeypatch):
    def failing(command, **_):
        return subprocess.CompletedProcess(command, 1, "", "Traceback\nValueError: 佐藤様 090-1234-5678")

    monkeypatch.setattr(processes.subprocess, "run", failing)
    with pytest.raises(VocmineError, match=r"parsing process failed; where: model ja_ginza; got: ValueError; .*workers=0") as error:
        processes.through_model(["佐藤様 090-1234-5678"], "ja_ginza", "pairs", 1)
    assert "佐藤" not in str(error.value)


def test_a_process_that_dies_without_a_word_is_named_by_its_code(monkeypatch):
    monkeypatch.setattr(processes.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, -9, "", ""))
    with pytest.raises(VocmineError, match="exit code -9"):
        processes.through_model(["a"], "ja_ginza", "pairs", 1)


def test_a_negative_number_of_processes_is_refused():
    with pytest.raises(SettingsError, match="0 or more"):
        processes.through_model([], "ja_ginza", "pairs", -1)
