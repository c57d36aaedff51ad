"""Names that GiNZA's named entity recogniser adds to the rules: more are found, and more is masked without need."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vocmine.text.lexicon import read_words
from vocmine.text.pii import people
from vocmine.text.pii.prose import is_thing_named
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.processes import through_model
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, PLACE, PROPER, name_classes

_MODEL = "ja_ginza"
# companies, places, teams and laws that the recogniser takes for people
_THING = re.compile(
    r"[0-9/<>(),]|帝国|研究|製作|株式|自由|民主|国体|地区|公園|会館|(?:[社館楼軍団城駅線場所園校県郡市店州党号港橋寺座院派会省庁戦府運隊便製]|[ズ]|クラブ|センター|シアター)$"
)
_NAMES = frozenset([FAMILY, GIVEN, PERSON])


def people_by_model(texts: Sequence[str], workers: int) -> list[list[PiiSpan]]:
    """Give the persons that the model sees in normalised Japanese texts, without what is plainly none.

    Expect about 30 texts a second and worker, after 2 to 4 s of loading; only the first 2,000 characters are read.
    """
    places = through_model(list(texts), _MODEL, "people", workers)
    return [
        [PiiSpan(a, b, "name", 0.5, "name_model") for a, b in found if _may_be_person(text, a, b)]
        for text, found in zip(texts, places, strict=True)
    ]


def _may_be_person(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if len(word) < 2 or word in read_words("not_names.txt") or word in read_words("places.txt"):
        return False
    if _THING.search(word) or is_thing_named(text, (start, end)):
        return False
    classes = name_classes(word)
    if (classes & {NOUN, PLACE, PROPER} or re.search(r"[ぁ-ん]", word)) and not classes & _NAMES:
        return False
    if word.isascii():
        return " " in word
    return bool(classes & _NAMES) or people.parse_name(word) > 0 or re.match(rf"[{people.KATA}]", word) is not None
