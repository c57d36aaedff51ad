"""A process that parses: JSON lines in, JSON lines out. It ends after its share, so that spaCy's memory can't grow."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any, TextIO

from vocmine.errors import MissingExtraError
from vocmine.text.parse import english_pairs, japanese_pairs

_MAX_CHARACTERS = 2_000  # the parser takes memory by the square of a text's length
_UNUSED = {"pairs": ["ner", "compound_splitter"], "people": ["parser", "compound_splitter", "bunsetu_recognizer"]}


def need_parser(model: str = "ja_ginza", purpose: str = "parsing") -> None:
    """Raise the error with the ``pip`` line now if spaCy or GiNZA is not installed, not after hours of other work."""
    for module in ("spacy", "ginza", "ja_ginza") if model == "ja_ginza" else ("spacy",):
        if find_spec(module) is None:
            package = module.replace("_", "-")
            raise MissingExtraError(
                f"{purpose} needs the package '{package}', which is not installed", hint=f"run: pip install {package}"
            )


def load_parser(model: str, what: str) -> Any:
    """Load a spaCy model without what ``pairs`` or ``people`` don't need."""
    import spacy

    return spacy.load(model, exclude=_UNUSED[what])


def parse_texts(texts: Iterable[str], model: str, what: str, parser: Any = None) -> Iterator[list[Any]]:
    """Give the pairs, or the start and end of each person's name, of each text; its first 2,000 characters are read."""
    nlp = parser if parser is not None else load_parser(model, what)
    read = people if what == "people" else japanese_pairs if model.startswith("ja") else english_pairs
    for doc in nlp.pipe((text[:_MAX_CHARACTERS] for text in texts), batch_size=32):
        yield read(doc)


def people(doc: Any) -> list[tuple[int, int]]:
    """Give the places of the persons that the model's named entity recogniser sees."""
    return [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in ("Person", "PERSON")]


def main(model: str, what: str, source: TextIO = sys.stdin, sink: TextIO = sys.stdout) -> None:
    """Read texts, one JSON string a line, and write what was found in each, one JSON list a line."""
    texts = [json.loads(line) for line in source]
    for found in parse_texts(texts, model, what):
        sink.write(json.dumps(found, ensure_ascii=True) + "\n")
    sink.flush()
