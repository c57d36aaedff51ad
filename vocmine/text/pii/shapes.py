"""Names that the dictionary cuts to pieces: a run of kanji that is a family name and what may be a given one.

Sudachi knows 車吉章 or 朴槿恵 as no name. The run must stand alone (no kanji before it, a particle, a mark or a title
after it), begin with a family name and hold nothing that makes it a thing, a place or an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from vocmine.text.lexicon import read_words
from vocmine.text.pii import people
from vocmine.text.pii.people import KANJI, is_family
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import ADJ, FAMILY, GIVEN, NOUN, NUMBER, PERSON, PLACE, PROPER, VERB, name_classes

_RUN = re.compile(rf"[{KANJI}]{{3,}}")
_TITLE = re.compile(
    r"(?:本人|自身|自ら|夫妻|夫婦|兄弟|姉妹|親子|一家|役|組|氏|様|殿|君|首相|大統領|総統|総書記|第一書記|国家主席|主席|議長|候補"
    r"|知事|市長|社長|会長|部長|課長|主任|店長|係長|先生|教授|博士|監督|選手|警部|刑事|医師|院長|弁護士|記者|議員|大臣"
    r"|[大中少][佐将尉]|将軍|党委員長|委員長|総裁|政権|名義|宛|著|作)$"
)
# what a name of a person hardly ends in
_THING_END = re.compile(
    r"[市区町村県府都州国駅線川山島寺城社店館家橋部課室費代料側用感性的化中前後間内外目分者人員会所場機器品物金券税便道口門通号台階年月日時度式型系派流界域点面色量率数"
    r"書証権法院園港湾沼池岳谷岸坂街宮堂屋座軍隊艦団党省庁局組杯賞戦役乱変語文話歌曲劇伝記集録誌紙版編巻節]$|周辺$"
)
_ONE_KANJI = frozenset(
    "金李朴崔鄭姜趙尹張林韓申呉徐権黄安宋柳洪曺劉王陳楊周馬胡朱郭何羅謝鄧馮于董程曹袁潘蒋蔣蔡余杜葉魏蘇呂丁盧姚習薄孫許梁"
)
_HONORED = re.compile(r"[様殿]|氏(?!名)")  # a name ends there, whatever the note goes on with: 関根様入電
_LONGEST = 8  # kanji; no name is longer
_FIXED = frozenset([NUMBER, VERB, ADJ])


def names_by_shape(text: str, morphemes: Any, kinds: list[int]) -> Iterator[PiiSpan]:
    """Give runs of kanji that are a family name and a possible given name, and no word that the dictionary knows."""
    for match in _RUN.finditer(text):
        run = match.group()
        titled = _HONORED.search(run, 2)
        run = run[: titled.start()] if titled else run
        if not 2 < len(run) <= _LONGEST:
            continue
        size, by_cut = _possible(run)
        if size == 0 or not (titled or size < len(run) or people.name_ends(text, match.end())):
            continue
        edges = {m.begin(): i for i, m in enumerate(morphemes)} | {len(text): len(kinds)}
        start, end = match.start(), match.start() + size
        if start not in edges or end not in edges or people.is_title(text, (start, end)):
            continue
        inside = range(edges[start], edges[end])
        if not any(kinds[i] in _FIXED for i in inside):
            score = max((by_cut.get(morphemes[i].begin() - start, 0.0) for i in inside), default=0.0)
            if score > 0:
                yield PiiSpan(start, end, "name", score, "name_shape")


@lru_cache(maxsize=20_000)
def _possible(run: str) -> tuple[int, dict[int, float]]:
    """Give how much of a run of kanji can be a name, without a title after it, and the score of each place of a cut."""
    title = _TITLE.search(run)
    word = run[: title.start()] if title else run
    if not 3 <= len(word) <= 6 or word in read_words("not_names.txt") or name_classes(word) & {NOUN, PLACE, PROPER}:
        return 0, {}
    by_cut = {cut: score for cut in range(1, len(word)) if (score := _fits(word, cut)) > 0}
    return (len(word) if by_cut else 0), by_cut


def _fits(word: str, cut: int) -> float:
    """Say how sure a run is a name if it is cut here."""
    family, rest = word[:cut], word[cut:]
    classes = name_classes(rest)
    if len(rest) > 3:
        return 0.0
    if len(rest) > 1 and GIVEN in classes and not classes & {NOUN, PLACE, PROPER}:
        return 0.75  # 南口重太郎: a given name that is nothing else needs no known family name
    if cut > 3 or not is_family(family) or family in read_words("places.txt"):
        return 0.0
    if cut == 1:  # 朴槿恵, 李明博; not 新時代
        return 0.65 if len(rest) == 2 and not classes & {NOUN, PLACE, PROPER} and _is_foreign(family, rest) else 0.0
    if GIVEN in classes and (len(rest) > 1 or not _THING_END.search(rest)):
        return 0.65
    known = PERSON in classes or FAMILY in classes
    return 0.6 if len(rest) > 1 and (known or not classes) and not _THING_END.search(word) else 0.0


def _is_foreign(family: str, rest: str) -> bool:
    """Tell whether a family name of one kanji is a usual one in Korea or China, or the rest a known given name."""
    return GIVEN in name_classes(rest) or family in _ONE_KANJI
