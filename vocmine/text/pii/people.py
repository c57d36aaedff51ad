"""What names look like, and what stands around them: shared by the rules for notes and for prose."""

from __future__ import annotations

import re
from functools import lru_cache

from vocmine.text.lexicon import read_words
from vocmine.text.splitter import FAMILY, GIVEN, PERSON, dictionary, name_classes

KANJI = "一-鿿㐀-䶿豈-龎々〆ヶ"
KATA = "ァ-ヺー"
HIRA = "ぁ-ゖー"
SHAPE = re.compile(
    rf"(?:[{KANJI}]{{1,6}}|[{KATA}]{{2,9}}|[{HIRA}]{{2,9}}|[{KANJI}]{{1,4}}[{HIRA}]{{2,4}}"
    rf"|[{KANJI}]{{1,4}}[{KATA}]{{2,5}}"
    rf"|[{KATA}]{{2,6}}[{KANJI}]{{1,3}}|[{KATA}]{{2,6}}[{HIRA}]{{2,4}}|[{HIRA}]{{2,5}}[{KANJI}]{{1,3}}"
    rf"|[{HIRA}]{{2,5}}[{KATA}]{{2,5}}"
    r"|[A-Za-z][A-Za-z'.-]{1,20})"
    rf"(?:[ ・=](?:[{KANJI}]{{1,4}}|[{KATA}]{{2,9}}|[{HIRA}]{{2,6}}|[A-Za-z][A-Za-z'.-]{{1,20}})){{0,3}}"
)
HONORIFIC = re.compile(
    # every branch begins with a plain character: then the search skips all others at once
    r"様(?![々子式相])|さま(?!ざま)|さん(?![ぁ-ん]?ざん)|氏(?!名(?!義))|殿(?!下)|ちゃん(?!と)|くん(?!だ)|君(?!た)"
    r"|宅(?=[へにのはがをまで、。 (]|$)(?<![自社帰在住別邸拙弊各お借本妻一戸]宅)|店長|課長|部長|係長|社長|会長"
    r"|所長|院長|室長|局長|班長|工場長|支店長|組合長|議長|市長|町長|村長"
    r"|主任|支配人|監督|選手|教授|博士|先生|夫人"
    r"|議員|知事|大統領|首相|大臣|医師|弁護士|税理士|アナウンサー|記者|大使|党首|候補|将軍|大佐|大将|大尉|中佐"
    r"|中将|中尉|少佐|少将|少尉|店員|係員"
)
ORG_AFTER = re.compile(
    r"株式会社|運輸|交通|航空|急便|引越|建物|\(株\)|有限会社|社(?!長|員)|商店|商会|商事|製作所|製薬|電機|電器|電気"
    r"|工業|産業|建設|銀行|信用|証券|保険|不動産|自動車|重工|化学|食品|書店|書房|出版|新聞|学園|学院"
    r"|大学|高校|高等|中学|小学|駅|市|区|町|村|県|府|郡|州|川|山|島|湖|港|橋|通り|寺|神社|宮|城|空港|線|家具|ホテル"
    r"|旅館|温泉|病院|医院|堂|屋|組|軍|杯|賞|藩|氏|邸|記念|製"
    r"|政権|政府|研究所|時代|企画|飛行場|鉄道|宣言|グループ|ホールディングス|スタジアム|センター|劇場|美術館|館"
    r"|ビル|チーム|カップ|モデル|シリーズ|型|式|系|派|流|公園|農園|周辺|方面|楽器|楼|倉庫|工場|本店|支店|店(?!長)"
    r"|場|園|街|坂|岳|高原|渓谷|丼|焼|漬|牛|豚|米|茶|麺|興業|内閣|地区|艦隊|支隊|国際|教会|大聖堂|神殿|財団|協会"
    r"|陣営|選挙区|墓地|国立|図書館|競馬|映画祭|薬品|洋行|灯台|電灯|事務所|都市設計|の乱|の変|の戦い|の旗|FC|帝国|騒動"
    r"|部門|戦(?=[でにの、。])|大火|一派|古墳|遠征|出身|下(?=[でのに])|[&＆]"
)
COMPANY = re.compile(r"(?:運輸|商店|商事|工業|電機|製薬|銀行|建設|書店|自動車)$")
ORG_BEFORE = re.compile(r"(?:株式会社|有限会社|\(株\)|(?<![A-Z])(?:[FASC]C|CR|AS|JP)|[&＆]|[「『《〈\"“])$")
CLOSING = re.compile(r"[」』》〉\"”]")
# forms of kanji that stand in family registers and in no dictionary
_VARIANTS = str.maketrans("髙﨑邊邉齋齊濵濱澤嶋嶌槗靍栁桒冨眞德惠廣", "高崎辺辺斎斎浜浜沢島島橋鶴柳桑富真徳恵広")
_KATAKANA = {code: code + 96 for code in range(ord("ぁ"), ord("ゖ") + 1)}

# what only a person has or is: after it even an unknown word is somebody's name
HUMAN_AFTER = re.compile(
    r"本人|自身|自ら|夫妻|夫婦|兄弟|姉妹|親子|一家|一族|家(?=[のがはにをへと、。]|$)|役(?![所場員])|たち"
    r"|ら(?=[がはのにをと、])|首相|大統領|知事|議長|学長"
    r"|皇太子|王子|王女|女王|国王|[侯伯子男]爵|卿|警部|刑事|提督|艦長|司令|総督|総裁|総理|外相|内相|法相|主席"
    r"|書記|委員長|会長|理事|准将|元帥"
    r"|神父|牧師|司祭|枢機卿|大司教|法王|教皇|親方|名人|棋士|[投捕騎選]手|[内外]野手|コーチ|キャプテン"
    r"|[一二三四五]世|\d世"
)


@lru_cache(maxsize=50_000)
def is_family(word: str) -> bool:
    """Tell whether the dictionary or our list knows a family name."""
    plain = word.translate(_VARIANTS)
    if word[:1] < "一" and word.translate(_KATAKANA) in _family_readings():
        return True
    return FAMILY in name_classes(word) or plain in read_words("family_names.txt") or FAMILY in name_classes(plain)


@lru_cache(maxsize=1)
def _family_readings() -> frozenset[str]:
    """Give the family names of our list in kana, as the dictionary reads them."""
    known = (m for word in read_words("family_names.txt") for m in dictionary().lookup(word))
    readings = {m.reading_form() for m in known if m.part_of_speech()[3] == "姓"}
    return frozenset(r for r in readings if len(r) > 2)


@lru_cache(maxsize=20_000)
def is_unknown_word(word: str) -> bool:
    """Tell whether the dictionary has a word neither whole nor cut in two, and we don't know it as no name."""
    if word in read_words("not_names.txt") or name_classes(word):
        return False
    return not any(name_classes(word[:cut]) and name_classes(word[cut:]) for cut in range(2, len(word) - 1))


def is_given(word: str) -> bool:
    """Tell whether the dictionary or our list knows a given name."""
    return GIVEN in name_classes(word) or word in read_words("given_names.txt")


def looks_given(word: str) -> bool:
    """Tell whether a word could be a given name: one to three kanji, or two to four kana."""
    return bool(re.fullmatch(rf"[{KANJI}]{{1,3}}|[{HIRA}]{{2,4}}|[{KATA}]{{2,5}}", word))


@lru_cache(maxsize=50_000)
def parse_name(word: str) -> float:
    """Say how much a word looks like a name: 1 family and given, 0.8 one of them known to the dictionary, 0 not at all.

    Examples
    --------
    >>> parse_name("佐藤美咲"), parse_name("たなか ゆうこ"), parse_name("画面")
    (1.0, 1.0, 0.0)
    """
    if word in read_words("not_names.txt"):
        return 0.0
    parts = [part for part in re.split(r"[ ・=]", word) if part]
    if len(parts) > 1:
        known = sum(bool(name_classes(p) & {FAMILY, GIVEN, PERSON}) or is_family(p) or is_given(p) for p in parts)
        return 1.0 if known == len(parts) else 0.8 if known else 0.0
    best = 0.0
    for cut in range(1, len(word)):
        if is_family(word[:cut]):
            rest = word[cut:]
            if is_given(rest):
                return 1.0
            if looks_given(rest) and not (name_classes(rest) - {FAMILY, GIVEN, PERSON}):
                best = 0.7
    if is_family(word) or is_given(word):
        return 0.8
    return max(best, 0.6 if PERSON in name_classes(word) else 0.0)


def clear_left(text: str, start: int) -> bool:
    """Tell whether no run of kanji or katakana begins before a place."""
    if start == 0:
        return True
    left, first = text[start - 1], text[start]
    return not any(re.match(f"[{script}]", left) and re.match(f"[{script}]", first) for script in (KANJI, KATA))


def runs_on(text: str, end: int) -> bool:
    """Tell whether a run of kanji or katakana goes on after a place."""
    if end >= len(text):
        return False
    return any(re.match(f"[{s}]", text[end]) and re.match(f"[{s}]", text[end - 1]) for s in (KANJI, KATA))


_FOLLOWS = re.compile(r"$|[\s、。,.)）(（」』→/・]|名義|様|さん|氏|さま|より|から|が|は|に|の|と|へ|で|まで|宛|を|です")


def name_ends(text: str, end: int) -> bool:
    """Tell whether what follows a place can follow a name: an end, a mark, 様, a particle."""
    return _FOLLOWS.match(text, end) is not None


def is_title(text: str, place: tuple[int, int]) -> bool:
    """Tell whether a place stands alone in brackets, as titles do."""
    return bool(ORG_BEFORE.search(text[max(0, place[0] - 5) : place[0]]) and CLOSING.match(text, place[1]))
