"""A process that parses: JSON lines in, JSON lines out. It ends after its share, so that spaCy's memory can't grow."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from vocmine.text.parse import Pair, english_pairs, japanese_pairs

_MAX_CHARACTERS = 2_000  # the parser takes memory by the square of a text's length


def load_parser(model: str) -> Any:
    """Load a spaCy model without what pairs don't need."""
    import spacy

    return spacy.load(model, exclude=["ner", "compound_splitter"])


def parse_texts(texts: Iterable[str], model: str, parser: Any = None) -> Iterator[list[Pair]]:
    """Give the pairs of each text; only its first 2,000 characters are read."""
    nlp = parser if parser is not None else load_parser(model)
    read = japanese_pairs if model.startswith("ja") else english_pairs
    for doc in nlp.pipe((text[:_MAX_CHARACTERS] for text in texts), batch_size=32):
        yield read(doc)


def main(model: str, source: TextIO = sys.stdin, sink: TextIO = sys.stdout) -> None:
    """Read texts, one JSON string a line, and write their pairs, one JSON list a line."""
    texts = [json.loads(line) for line in source]
    for pairs in parse_texts(texts, model):
        sink.write(json.dumps(pairs, ensure_ascii=True) + "\n")
    sink.flush()
