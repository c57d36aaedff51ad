"""Names in plain prose, by Sudachi's dictionary.

Sudachi's word classes alone take words for names and miss half of them, so each find is checked against all that the
dictionary knows of the characters (`name_classes`), and against what stands before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from vocmine.text.lexicon import read_words
from vocmine.text.pii import people
from vocmine.text.pii.people import HIRA, HONORIFIC, KANJI, KATA, ORG_AFTER, ORG_BEFORE, clear_left, runs_on
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, PLACE, PROPER, SUFFIX, name_classes

_SELF = re.compile(r"本人|自身|個人|一家|夫妻|[夫婦兄弟姉妹]{2}|[作役著側]")
_RELATION = re.compile(
    r"(?:[父母夫妻兄姉弟妹娘孫甥姪]|息子|[長次三四五][男女]|歌手|俳優|女優|作家|画家|詩人|部下|友人|同僚|恋人|客"
    r"|人)$"
)


_DOTTED = re.compile(
    rf"(?:[{KATA}]{{2,}}|[A-Z]\.?)(?:[・=]{{1,2}}(?:[{KATA}]{{1,}}|[A-Z](?=[・=.])\.?)){{1,6}}(?![{KATA}・])"
)
_NOT_PERSON = re.compile(
    r"(?:^|[・=])(?:クラブ|リーグ|カップ|ホテル|センター|スタジアム|グループ|カンパニー|コーポレーション"
    r"|システムズ?|サービス|ショー|オブ|アンド|ザ|シティ|パーク"
    r"|タワー|ハウス|ストリート|アベニュー|レコーズ?|ピクチャーズ|スタジオ|エンターテインメント|ブラザーズ"
    r"|ブラザース|プロ|チーム|バンド|オーケストラ|アカデミー"
    r"|カレッジ|スクール|ミュージック|ミュージアム|ユナイテッド|コンテスト|コミックス?|プレジデント|シアター"
    r"|フィルムズ?|テスト|ダム|トイレ|ゲーム|オイル|エア|ヘルス|キャピタル|ニュー|フランス|レコード|パートナーズ|マーケット"
    r"|カー|リーグ|ツール|ドール)(?:$|[・=])|(?:グループ|ホールディングス|システムズ|テインメント|ミュージック|シアター|ソックス|モービル"
    r"|モーティヴ|センター|マーケット|シップ|サービス|エナジー|スポーツ|プロダクション|シンジケート)(?:$|[・=])|^(?:ザ|コパ)[・=]"
)


def names_in_prose(text: str, morphemes: Any, kinds: list[int]) -> Iterator[PiiSpan]:
    """Give runs of morphemes that Sudachi takes for names, joined, completed, and checked against their neighbours."""
    n = len(kinds)
    i = 0
    while i < n:
        if not FAMILY <= kinds[i] <= PERSON:
            i += 1
            continue
        j = _run_end(morphemes, kinds, i)
        first, last = _grow(text, morphemes, kinds, (i, j))
        start, end = morphemes[first].begin(), morphemes[last - 1].end()
        score = _prose_score(text, kinds, (first, last), (start, end))
        if score > 0:
            yield PiiSpan(start, end, "name", score, "name_prose")
        i = max(j, last)


def _run_end(morphemes: Any, kinds: list[int], i: int) -> int:
    """Give the end of a run of names, over a space between family and given name and over the dots of 〇・〇."""
    j = i + 1
    while j < len(kinds):
        if FAMILY <= kinds[j] <= PERSON:
            j += 1
        elif j + 1 < len(kinds) and morphemes[j].surface() in (" ", "・", "=") and _joins(morphemes, kinds, j):
            j += 2
        else:
            break
    return j


_PIECE = re.compile(rf"[{KATA}]{{2,}}|[A-Z]")


def _joins(morphemes: Any, kinds: list[int], j: int) -> bool:
    dot = morphemes[j].surface()
    if dot == " ":
        return kinds[j - 1] == FAMILY and kinds[j + 1] == GIVEN
    return _is_piece(morphemes[j + 1]) and _is_piece(morphemes[j - 1])


def _is_piece(morpheme: Any) -> bool:
    return bool(_PIECE.fullmatch(morpheme.surface()))


_AFTER_GIVEN = re.compile(r"[役作著等達側案賞家派編版似宛他曰談訳画原共的風流語]|本人|自身|両|夫妻")


def _grow(text: str, morphemes: Any, kinds: list[int], run: tuple[int, int]) -> tuple[int, int]:
    """Take in a family name before a given one, a given name after a family name, and 〇・ before a foreign one."""
    first, last = run
    while first >= 2 and morphemes[first - 1].surface() in ("・", "=") and _is_piece(morphemes[first - 2]):
        first -= 2
    if first > 0 and kinds[first] == GIVEN and kinds[first - 1] < FAMILY:
        left = morphemes[first - 1].surface()
        if re.fullmatch(rf"[{KANJI}]{{1,3}}", left) and (kinds[first - 1] == PLACE or people.is_family(left)):
            first -= 1
    begun = FAMILY in kinds[first:last] and last < len(kinds) and (kinds[last] < FAMILY or kinds[last] == SUFFIX)
    begun = begun and clear_left(text, morphemes[first].begin())
    return first, last + (begun and _completes(text, morphemes, run, last))


_SELF_SUFFIX = frozenset("作役著側達家派組系氏様君殿嬢宅邸班係位後前中分目号室階")


def _completes(text: str, morphemes: Any, run: tuple[int, int], last: int) -> bool:
    """Tell whether the morpheme after a family name, or after a cut given name, is the rest of the name."""
    right = morphemes[last].surface()
    if not people.looks_given(right) or not people.name_ends(text, morphemes[last].end()):
        return False
    if _AFTER_GIVEN.match(right) or HONORIFIC.match(right) or right in read_words("not_names.txt"):
        return False
    if ORG_AFTER.match(text, morphemes[last].begin()):
        return False
    return len(right) == 1 if last - run[0] > 1 else _is_rest(morphemes[run[0]].surface(), morphemes[last])


def _is_rest(family: str, morpheme: Any) -> bool:
    """Tell whether a morpheme after one family name is the given name."""
    right = morpheme.surface()
    if people.is_given(right) and (len(right) > 1 or right not in _SELF_SUFFIX):
        return True
    common = NOUN in name_classes(right)
    if common and family in read_words("places.txt"):
        return False
    return morpheme.is_oov() or not common or (len(right) <= 2 and right[0] >= "一" and not _SELF.match(right))


def _prose_score(text: str, kinds: list[int], run: tuple[int, int], place: tuple[int, int]) -> float:
    """Say how sure a run of names is one person's name; 0 if it is not taken for one."""
    start, end = place
    word = text[start:end]
    inside = kinds[run[0] : run[1]]
    if len(word) < 2 or word.isascii() or word in read_words("not_names.txt") or _is_organisation(text, inside, place):
        return 0.0
    if word in read_words("brands.txt") and not HONORIFIC.match(text, end):
        return 0.0
    if FAMILY in inside and (GIVEN in inside or len(inside) > 1):
        return 0.85
    if inside == [PLACE, GIVEN]:
        return 0.7 if clear_left(text, start) and not runs_on(text, end) else 0.0
    if len(inside) > 1 and "・" in word:
        return 0.0 if _NOT_PERSON.search(word) or runs_on(text, end) else 0.8
    return 0.6 if _stands_alone(text, inside[0], place) and _is_only_a_name(text, inside[0], place) else 0.0


# ケネディ宇宙センター, ライレー1300; but ケリー上院議員
_KATA_RUN_ON = re.compile(
    rf"[{KATA}](?:\d|(?=[{KANJI}])(?![{KANJI}]{{0,8}}[領相官長員手兵者人将佐尉王公爵督事師授士役父妻夫子娘氏様]))"
)


# 星野リゾート; but 高田エージ, 佐藤マネージャー
_NAMED_AFTER = re.compile(rf"[{KANJI}](?=[{KATA}]{{2,}})")
_JOB = re.compile(
    r"(?:[ァ-ヺー]*(?:マネージャー|マネジャー|オペレーター|オペレータ|スタッフ|ドライバー|コーチ|プロ|リーダー|チーフ|トレーナー|キャプテン|ディレクター|プロデューサー"
    r"|コンシェルジュ|アナウンサー))(?![ァ-ヺー])"
)


def _is_called_so(text: str, end: int) -> bool:
    """Tell whether the katakana after a family name is a given name, an unknown word, or a job."""
    word = re.compile(rf"[{KATA}]+").match(text, end)
    if word is None or _JOB.match(text, end):
        return True
    classes = name_classes(word.group())
    return GIVEN in classes or people.is_unknown_word(word.group())


def _runs_into_thing(text: str, end: int) -> bool:
    if _NAMED_AFTER.match(text, end - 1):
        return not _is_called_so(text, end)
    return _KATA_RUN_ON.match(text, end - 1) is not None and not people.HUMAN_AFTER.match(text, end)


def _is_organisation(text: str, inside: list[int], place: tuple[int, int]) -> bool:
    start, end = place
    left = text[max(0, start - 5) : start]
    if HONORIFIC.match(text, end):
        return False
    if _runs_into_thing(text, end):
        return True
    if ORG_BEFORE.search(left) and left[-1] not in "「『《〈\"“":
        return True
    if inside == [PERSON] and people.COMPANY.search(text[start:end]):
        return True
    return bool(ORG_AFTER.match(text, end)) or people.is_title(text, place)


def is_thing_named(text: str, place: tuple[int, int]) -> bool:
    """Tell whether a stretch that looks like a name is a company, a team, a place or a title."""
    return _NOT_PERSON.search(text[slice(*place)]) is not None or _is_organisation(text, [], place)


def _stands_alone(text: str, kind: int, place: tuple[int, int]) -> bool:
    """Tell whether one name is a word of its own, not a part of a longer run of characters."""
    start, end = place
    if kind == PERSON and end - start > 2 and re.match(rf"[{KANJI}]", text[start]):
        return True
    if runs_on(text, end) and not (_SELF.match(text, end) or people.HUMAN_AFTER.match(text, end)):
        return False
    return kind == FAMILY or clear_left(text, start) or bool(_RELATION.search(text[max(0, start - 3) : start]))


def _is_only_a_name(text: str, kind: int, place: tuple[int, int]) -> bool:
    """Without さん, a word that is also a well-known place or a thing is taken for that."""
    word = text[slice(*place)]
    if HONORIFIC.match(text, place[1]) or people.HUMAN_AFTER.match(text, place[1]):
        return True
    if re.fullmatch(rf"[{HIRA}]+", word) or word in read_words("places.txt"):
        return False
    return kind == FAMILY or not name_classes(word) & {NOUN, PLACE}


def names_with_dots(text: str, found: Sequence[PiiSpan]) -> Iterator[PiiSpan]:
    """Give foreign names such as エルッキ・リーカネン: katakana joined by dots, none of them a common word.

    What of it was found as a name already (``found``) brings the rest: ミゲル・デ・セルバンテス.
    """
    for match in _DOTTED.finditer(text):
        start, end = match.span()
        known = any(s.start < end and start < s.end for s in found)
        if not known and (is_thing_named(text, (start, end)) or not _could_be_people(match.group())):
            continue
        if known or clear_left(text, start):
            yield PiiSpan(start, end, "name", 0.65, "name_dotted")


def _could_be_people(word: str) -> bool:
    classes = [name_classes(part) for part in re.split("[・=]+", word) if len(part) > 2]
    if any(c & {NOUN, PROPER, PLACE} and not c & {GIVEN, FAMILY, PERSON} for c in classes):
        return False
    return not all(NOUN in c for c in classes) and not all(PLACE in c for c in classes)
