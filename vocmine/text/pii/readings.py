"""Names in kana, family and given name apart: before 様, after 氏名, in brackets behind the name in kanji."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vocmine.text.lexicon import read_words
from vocmine.text.pii.people import KANJI, KATA, is_family, is_given
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, PLACE, name_classes

_PAIR = re.compile(rf"(?<![{KATA}・])(?P<name>[{KATA}]{{2,7}}[ ][{KATA}]{{2,7}})(?![{KATA}・])")
_TITLE = re.compile(r"[ ]?(?:様|さま|さん|氏(?!名)|殿|君|ちゃん)")
_LABEL = re.compile(
    r"(?:氏名|名前|名義人?|契約者|申込者|受取人|被保険者|利用者|ご?本人|ふりがな|フリガナ|カナ|担当者?|患者|会員)(?:名|様)?"
    r"[は:(（ ]{1,3}$"
)
_BRACKET = re.compile(rf"[{KANJI}様んー ][ ]?[(（]$|^[(（]|[。、\n ][(（]$")


def names_in_kana(text: str) -> Iterator[PiiSpan]:
    """Give two words of katakana that stand where a name stands and are no common words.

    Examples
    --------
    >>> text = "本人サクラバ タツヒコ様、スマート テレビ(フル ハイビジョン)の件"
    >>> [text[s.start:s.end] for s in names_in_kana(text)]
    ['サクラバ タツヒコ']
    """
    for match in _PAIR.finditer(text):
        left, right = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 3]
        bracketed = _BRACKET.search(left) is not None and right[:1] in (")", "）")
        placed = _TITLE.match(right) or _LABEL.search(left) or bracketed
        if placed and _is_name(*match["name"].split(" "), bool(bracketed and not _LABEL.search(left))):
            yield PiiSpan(*match.span("name"), "name", 0.85, "name_kana")


@lru_cache(maxsize=20_000)
def _is_name(family: str, given: str, wants_known: bool) -> bool:
    """Tell two names from two common words; where only brackets show it one of them must be a known name."""
    known = is_family(family) or is_given(given) or bool(name_classes(given) & {GIVEN})
    return (known or not wants_known) and not (_is_common(family) or _is_common(given))


def _is_common(word: str) -> bool:
    classes = name_classes(word)
    if word in read_words("not_names.txt"):
        return True
    return bool(classes & {NOUN, PLACE}) and not classes & {FAMILY, GIVEN, PERSON} and not is_family(word)
