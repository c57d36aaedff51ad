"""The process that parses: JSON lines in, JSON lines out, long texts cut."""

from __future__ import annotations

import io
import json

import pytest

from vocmine.errors import MissingExtraError
from vocmine.text import worker


class Entity:
    def __init__(self, start, end, label):
        self.start_char, self.end_char, self.label_ = start, end, label


class Parser:
    """Stands for a spaCy model: every 佐藤 of a text is a person, every 東京 a city."""

    seen: list[str]

    def pipe(self, texts, batch_size):
        self.seen = []
        for text in texts:
            self.seen.append(text)
            doc = type("Doc", (), {})()
            doc.ents = [Entity(text.index(word), text.index(word) + 2, label) for word, label in (("佐藤", "Person"), ("東京", "City")) if word in text]
            yield doc


@pytest.fixture
def parser(monkeypatch):
    made = Parser()
    monkeypatch.setattr(worker, "load_parser", lambda model, what: made)
    return made


def test_only_persons_are_given(parser):
    assert list(worker.parse_texts(["佐藤が東京に", "画面", ""], "ja_ginza", "people")) == [[(0, 2)], [], []]


def test_only_the_beginning_of_a_long_text_is_parsed(parser):
    assert list(worker.parse_texts(["あ" * 1_999 + "佐藤", "あ" * 1_998 + "佐藤"], "ja_ginza", "people")) == [[], [(1_998, 2_000)]]
    assert [len(text) for text in parser.seen] == [2_000, 2_000]


def test_lines_in_and_lines_out(parser):
    texts = ["佐藤が来た", "一行目\n佐藤", "\ud83d折電", "画面"]
    sink = io.StringIO()
    worker.main("ja_ginza", "people", io.StringIO("".join(json.dumps(text) + "\n" for text in texts)), sink)
    assert [json.loads(line) for line in sink.getvalue().splitlines()] == [[[0, 2]], [[4, 6]], [], []]
    assert sink.getvalue().isascii()


@pytest.mark.parametrize(("model", "missing", "named"), [("ja_ginza", "ginza", "ginza"), ("ja_ginza", "ja_ginza", "ja-ginza"), ("en_core_web_sm", "spacy", "spacy")])
def test_what_is_not_installed_is_named_with_its_purpose(monkeypatch, model, missing, named):
    monkeypatch.setattr(worker, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(MissingExtraError, match=rf"'{named}'.*pip install {named}") as error:
        worker.need_parser(model, "counting")
    assert "counting" in str(error.value)


def test_an_english_model_needs_no_ginza(monkeypatch):
    monkeypatch.setattr(worker, "find_spec", lambda name: None if "ginza" in name else object())
    assert worker.need_parser("en_core_web_sm") is None
