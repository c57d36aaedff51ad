"""Names of people: before 様 and さん, after labels such as お名前, and in plain prose by Sudachi's dictionary.

Sudachi's word classes alone take words for names and miss half of them, so each find is checked against all that the
dictionary knows of the characters (`name_classes`), and against what stands before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vocmine.text.lexicon import read_words
from vocmine.text.pii.rules import Rule
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, PLACE, PROPER, name_classes

_KANJI = "一-鿿㐀-䶿豈-龎々〆ヶ"
_KATA = "ァ-ヺー"
_HIRA = "ぁ-ゖー"
_SHAPE = re.compile(
    rf"(?:[{_KANJI}]{{1,6}}|[{_KATA}]{{2,9}}|[{_HIRA}]{{2,9}}|[{_KANJI}]{{1,4}}[{_HIRA}]{{2,4}}|[{_KANJI}]{{1,4}}[{_KATA}]{{2,5}}"
    rf"|[{_KATA}]{{2,6}}[{_KANJI}]{{1,3}}|[{_KATA}]{{2,6}}[{_HIRA}]{{2,4}}|[{_HIRA}]{{2,5}}[{_KANJI}]{{1,3}}|[{_HIRA}]{{2,5}}[{_KATA}]{{2,5}}"
    r"|[A-Za-z][A-Za-z'.-]{1,20})"
    rf"(?:[ ・=](?:[{_KANJI}]{{1,4}}|[{_KATA}]{{2,9}}|[{_HIRA}]{{2,6}}|[A-Za-z][A-Za-z'.-]{{1,20}})){{0,3}}"
)
_HONORIFIC = re.compile(r"様(?![々子式相])|さま(?!ざま)|さん(?![ぁ-ん]?ざん)|氏(?!名(?!義))|殿(?!下)|ちゃん(?!と)|くん(?!だ)|君(?!た)"
    r"|(?:店|課|部|係|社|会|所|院|室|局|班|工場|支店|組合|議|市|町|村)長|主任|支配人|監督|選手|教授|博士|先生|夫人|議員|知事|大統領|首相|大臣|医師|弁護士|税理士|アナウンサー|記者|大使|党首|候補|将軍|[大中少][佐将尉]"
)
_LABEL = re.compile(
    r"(?:お名前|氏名|名前|(?:契約|申込|使用|登録|加入|予約|購入|注文|被保険|受取|請求|利用|名義|担当|代理|送付|当事)者|名義人?|受取人|差出人|宛名|ご?担当|ご?本人|ご?家族|ご?主人(?!公)|奥様|ご?令嬢"
    r"|フリガナ|ふりがな|カナ)(?:名|の方|様)?(?:は|が|の|:|/)?[ ]?(?=[^\s])"
)
_STRETCH = re.compile(rf"[{_KANJI}{_KATA}{_HIRA}A-Za-z ・=]{{1,14}}")
_REACH = 14


def _is_family(word: str) -> bool:
    return FAMILY in name_classes(word) or word in read_words("family_names.txt")


def _is_given(word: str) -> bool:
    return GIVEN in name_classes(word) or word in read_words("given_names.txt")


def _plausible_given(word: str) -> bool:
    """A given name by its looks: one to three kanji, or two to four kana."""
    return bool(re.fullmatch(rf"[{_KANJI}]{{1,3}}|[{_HIRA}]{{2,4}}|[{_KATA}]{{2,5}}", word))


def parse_name(word: str) -> float:
    """Say how much a word looks like a name: 1 family and given, 0.8 one of them known to the dictionary, 0 not at all.

    Examples
    --------
    >>> parse_name("佐藤美咲"), parse_name("たなか ゆうこ"), parse_name("画面")
    (1.0, 1.0, 0.0)
    """
    if word in read_words("not_names.txt"):
        return 0.0
    parts = re.split(r"[ ・=]", word)
    if len(parts) > 1:
        known = sum(bool(name_classes(p) & {FAMILY, GIVEN, PERSON}) or _is_family(p) or _is_given(p) for p in parts)
        return 1.0 if known == len(parts) else 0.8 if known else 0.0
    best = 0.0
    for cut in range(1, len(word)):
        if _is_family(word[:cut]):
            rest = word[cut:]
            if _is_given(rest):
                return 1.0
            if _plausible_given(rest) and not (name_classes(rest) - {FAMILY, GIVEN, PERSON}):
                best = 0.7
    if _is_family(word) or _is_given(word):
        return 0.8
    return max(best, 0.6 if PERSON in name_classes(word) else 0.0)


def names_by_honorific(text: str, morphemes: Any, kinds: list[int]) -> Iterator[PiiSpan]:
    """Give what stands before 様, さん, 氏 and their like and can be a name."""
    found = list(_HONORIFIC.finditer(text))
    if not found:
        return
    begins = [m.begin() for m in morphemes]
    edges = frozenset(begins)
    by_begin = dict(zip(begins, kinds, strict=True))
    for match in found:
        if match.start() not in edges and match.group() != "氏":
            continue
        start = _name_before(text, match.start(), edges, by_begin)
        if start is not None:
            yield PiiSpan(start, match.start(), "name", 0.9, "name_honorific")


def _name_before(text: str, end: int, edges: frozenset[int], by_begin: dict[int, int]) -> int | None:
    line = text.rfind("\n", 0, end) + 1
    for start in range(max(line, end - _REACH), end):
        word = text[start:end]
        if start not in edges or not _SHAPE.fullmatch(word):
            continue
        if _ORG_AFTER.search(word, 2) and not _is_family(word) and parse_name(word) < 1:
            continue
        if len(word) == 1 and word not in read_words("family_names.txt"):
            continue
        score = parse_name(word)
        if score >= 0.7 and (by_begin[start] != NOUN or score == 1.0 or _is_family(word)) and _clear_left(text, start):
            return start
        if word.isascii() and _is_latin_name(word):
            return start
        if by_begin[start] in (FAMILY, GIVEN, PERSON) and score > 0:
            return start
    return None


def _is_latin_name(word: str) -> bool:
    known = read_words("stop_en.txt") | read_words("not_names.txt")
    return len(word) > 2 and word[0].isupper() and not any(part.lower() in known for part in word.split())


def _clear_left(text: str, start: int) -> bool:
    """Not in the middle of a run of kanji or katakana."""
    if start == 0:
        return True
    left, first = text[start - 1], text[start]
    return not any(re.match(f"[{script}]", left) and re.match(f"[{script}]", first) for script in (_KANJI, _KATA))


def names_by_label(text: str, morphemes: Any) -> Iterator[PiiSpan]:
    """Give what stands after お名前, 契約者, 担当 and their like and can be a name."""
    ends: frozenset[int] | None = None
    for match in _LABEL.finditer(text):
        stretch = _STRETCH.match(text, match.end())
        if stretch is None:
            continue
        if ends is None:
            ends = frozenset(m.end() for m in morphemes)
        for end in range(stretch.end(), match.end(), -1):
            if end not in ends or not _SHAPE.fullmatch(text, match.end(), end):
                continue
            word = text[match.end() : end]
            score = parse_name(word)
            if score == 1.0 or (score >= 0.7 and (match.group().rstrip().endswith(":") or _is_family(word)) and _name_ends(text, end)):
                yield PiiSpan(match.end(), end, "name", 0.85, "name_label")
                break


def _name_ends(text: str, end: int) -> bool:
    return bool(re.match(r"$|[\s、。,.)）(（」』]|様|さん|氏|さま|より|から|が|は|に|の|と|へ|で|まで|宛|を|です", text[end : end + 4]))


def names_in_prose(text: str, morphemes: Any, kinds: list[int]) -> Iterator[PiiSpan]:
    """Give runs of morphemes that Sudachi takes for names, joined, completed, and checked against their neighbours."""
    n = len(kinds)
    i = 0
    while i < n:
        if not FAMILY <= kinds[i] <= PERSON:
            i += 1
            continue
        j = _run_end(text, morphemes, kinds, i)
        first, last = _grow(text, morphemes, kinds, (i, j))
        start, end = morphemes[first].begin(), morphemes[last - 1].end()
        score = _prose_score(text, kinds, (first, last), (start, end))
        if score > 0:
            yield PiiSpan(start, end, "name", score, "name_prose")
        i = max(j, last)


def _run_end(text: str, morphemes: Any, kinds: list[int], i: int) -> int:
    """Give the end of a run of names, over a space between family and given name and over the dots of 〇・〇."""
    j = i + 1
    while j < len(kinds):
        if FAMILY <= kinds[j] <= PERSON:
            j += 1
        elif j + 1 < len(kinds) and morphemes[j].surface() in (" ", "・", "=") and _joins(text, morphemes, kinds, j):
            j += 2
        else:
            break
    return j


_PIECE = re.compile(rf"[{_KATA}]{{2,}}|[A-Z]")


def _joins(text: str, morphemes: Any, kinds: list[int], j: int) -> bool:
    dot = morphemes[j].surface()
    following = morphemes[j + 1].surface()
    if dot == " ":
        return kinds[j - 1] == FAMILY and kinds[j + 1] == GIVEN
    return bool(_PIECE.fullmatch(following)) and bool(_PIECE.fullmatch(morphemes[j - 1].surface()))


_AFTER_GIVEN = re.compile(r"[役作著等達側案賞家派編版似宛他曰談訳画原共的風流語]|本人|自身|両|夫妻")


def _grow(text: str, morphemes: Any, kinds: list[int], run: tuple[int, int]) -> tuple[int, int]:
    """Take in a family name before a given one, a given name after a family name, and 〇・ before a foreign one."""
    first, last = run
    while first >= 2 and morphemes[first - 1].surface() in ("・", "=") and _PIECE.fullmatch(morphemes[first - 2].surface()):
        first -= 2
    if first > 0 and kinds[first] == GIVEN and kinds[first - 1] < FAMILY:
        left = morphemes[first - 1].surface()
        if re.fullmatch(rf"[{_KANJI}]{{1,3}}", left) and (kinds[first - 1] == PLACE or _is_family(left)):
            first -= 1
    if last < len(kinds) and FAMILY in kinds[first:last] and kinds[last] < FAMILY and _completes(text, morphemes, run, last):
        last += 1
    return first, last


def _completes(text: str, morphemes: Any, run: tuple[int, int], last: int) -> bool:
    """Tell whether the morpheme after a family name, or after a cut given name, is the rest of the name."""
    right, end = morphemes[last].surface(), morphemes[last].end()
    if not _plausible_given(right) or _AFTER_GIVEN.match(right) or _HONORIFIC.match(right):
        return False
    if _ORG_AFTER.match(text, morphemes[last].begin()) or not _name_ends(text, end) or right in read_words("not_names.txt"):
        return False
    if last - run[0] > 1:
        return len(right) == 1
    common = NOUN in name_classes(right)
    if common and morphemes[run[0]].surface() in read_words("places.txt"):
        return False
    return morphemes[last].is_oov() or not common or (len(right) <= 2 and right[0] >= "一" and not _SELF.match(right))


_ORG_AFTER = re.compile(
    r"株式会社|運輸|交通|航空|急便|引越|建物|\(株\)|有限会社|社(?!長|員)|商店|商会|商事|製作所|製薬|電機|電器|電気|工業|産業|建設|銀行|信用|証券|保険|不動産|自動車|重工|化学|食品|書店|書房|出版|新聞|学園|学院"
    r"|大学|高校|高等|中学|小学|駅|市|区|町|村|県|府|郡|州|川|山|島|湖|港|橋|通り|寺|神社|宮|城|空港|線|家具|ホテル|旅館|温泉|病院|医院|堂|屋|組|軍|杯|賞|藩|氏|邸|記念|製"
    r"|政権|政府|研究所|時代|企画|飛行場|鉄道|宣言|グループ|ホールディングス|スタジアム|センター|劇場|美術館|館|ビル|チーム|カップ|モデル|シリーズ|型|式|系|派|流|公園|農園|周辺|方面|楽器|楼|倉庫|工場|本店|支店|店(?!長)|場|園|街|坂|岳|高原|渓谷|丼|焼|漬|牛|豚|米|茶|麺"
)
_COMPANY = re.compile(r"(?:運輸|商店|商事|工業|電機|製薬|銀行|建設|書店|自動車)$")
_ORG_BEFORE = re.compile(r"(?:株式会社|有限会社|\(株\)|(?<![A-Z])[FAS]C|[「『《〈\"“])$")
_CLOSING = re.compile(r"[」』》〉\"”]")


_SELF = re.compile(r"本人|自身|個人|一家|夫妻|[夫婦兄弟姉妹]{2}|[作役著側]")
_RELATION = re.compile(r"(?:[父母夫妻兄姉弟妹娘孫甥姪]|息子|[長次三四五][男女]|歌手|俳優|女優|作家|画家|詩人|部下|友人|同僚|恋人|客|人)$")


def _prose_score(text: str, kinds: list[int], run: tuple[int, int], place: tuple[int, int]) -> float:
    first, last = run
    start, end = place
    word = text[start:end]
    if word in read_words("not_names.txt") or len(word) < 2 or word.isascii():
        return 0.0
    honorific = _HONORIFIC.match(text, end)
    if not honorific and (_ORG_AFTER.match(text, end) or _is_title(text, place)):
        return 0.0
    if _ORG_BEFORE.search(text[:start]) and text[start - 1] not in "「『《〈\"“":
        return 0.0
    inside = kinds[first:last]
    if FAMILY in inside and (GIVEN in inside or last - first > 1):
        return 0.85
    if inside == [PERSON] and _COMPANY.search(word):
        return 0.0
    if inside == [PLACE, GIVEN]:
        return 0.7 if _clear_left(text, start) and not _runs_on(text, end) else 0.0
    if last - first > 1 and "・" in word:
        return 0.0 if _NOT_PERSON.search(word) or _runs_on(text, end) else 0.8
    if (_runs_on(text, end) and not _SELF.match(text, end)) or not (_clear_left(text, start) or _RELATION.search(text[:start]) or inside[0] == FAMILY):
        return 0.0
    if honorific:
        return 0.6
    # alone, a word that is also a place or a thing is taken for that
    if re.fullmatch(rf"[{_HIRA}]+", word) or word in read_words("places.txt"):
        return 0.0
    if inside[0] != FAMILY and name_classes(word) & {NOUN, PLACE}:
        return 0.0
    return 0.6


def _runs_on(text: str, end: int) -> bool:
    """In the middle of a longer run of kanji or katakana."""
    if end >= len(text):
        return False
    return any(re.match(f"[{s}]", text[end]) and re.match(f"[{s}]", text[end - 1]) for s in (_KANJI, _KATA))


_DOTTED = re.compile(rf"[{_KATA}]{{2,}}(?:[・=](?:[{_KATA}]{{2,}}|[A-Z](?=[・=]))){{1,4}}(?![{_KATA}・])")
_NOT_PERSON = re.compile(
    r"(?:^|[・=])(?:クラブ|リーグ|カップ|ホテル|センター|スタジアム|グループ|カンパニー|コーポレーション|システムズ?|サービス|ショー|オブ|アンド|ザ|シティ|パーク"
    r"|タワー|ハウス|ストリート|アベニュー|レコーズ?|ピクチャーズ|スタジオ|エンターテインメント|ブラザーズ|ブラザース|プロ|チーム|バンド|オーケストラ|アカデミー"
    r"|カレッジ|スクール|ミュージック|ミュージアム|ユナイテッド|コンテスト|コミックス?|プレジデント|シアター|フィルムズ?|テスト|ダム|トイレ|ゲーム)(?:$|[・=])"
)


def _is_title(text: str, place: tuple[int, int]) -> bool:
    return bool(_ORG_BEFORE.search(text[: place[0]]) and _CLOSING.match(text, place[1]))


def names_with_dots(text: str) -> Iterator[PiiSpan]:
    """Give foreign names such as エルッキ・リーカネン: katakana joined by dots, none of them a common word."""
    for match in _DOTTED.finditer(text):
        parts = [p for p in re.split("[・=]", match.group()) if len(p) > 1]
        if _clear_left(text, match.start()) and not _NOT_PERSON.search(match.group()) and not _ORG_AFTER.match(text, match.end()):
            classes = [name_classes(p) for p in parts]
            people = [bool(c & {GIVEN, FAMILY, PERSON}) for c in classes]
            other = any(c & {NOUN, PROPER, PLACE} and not p for c, p in zip(classes, people, strict=True))
            places = sum(PLACE in c for c in classes)
            plain = any(not c & {NOUN} for c in classes)
            if not other and plain and places < len(parts) and not _is_title(text, match.span()):
                yield PiiSpan(match.start(), match.end(), "name", 0.65, "name_dotted")


ENGLISH_NAME_RULES = (
    Rule("name", "name_title", re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?[ ](?P<secret>[A-Z][A-Za-z'’-]+(?:[ ][A-Z][A-Za-z'’-]+){0,2})"), 0.9),
    Rule("name", "name_said", re.compile(
        r"\b(?i:my (?:full |first |last )?name(?:'s| is)|name ?:|customer name(?: is|:)?|this is|speaking with|spoke (?:to|with)|i am|i'm|agent|regards,?|sincerely,?)"
        r"[ \n]+(?P<secret>[A-Z][a-z'’-]+(?:[ ][A-Z][A-Za-z'’-]+){1,2})(?![A-Za-z])"), 0.75),
    Rule("name", "name_is", re.compile(
        r"\b(?i:my (?:full |first |last )?name(?:'s| is)|name ?:)[ ]+(?P<secret>[A-Za-z][A-Za-z'’-]+(?:[ ](?!(?i:and|my|the|i|is|with|from|at|on|card|number)\b)[A-Za-z][A-Za-z'’-]+)?)"), 0.8),
)
