"""Names told by what stands around them: titles, verbs of people, "…です" as a whole sentence, a name said before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vocmine.text.lexicon import read_words
from vocmine.text.pii.people import HUMAN_AFTER, KANJI, KATA, clear_left, is_family, parse_name
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, PLACE, PROPER, name_classes

_LONE = rf"(?<![{KATA}・=])(?P<name>[{KATA}]{{2,12}}(?:[・=][{KATA}]{{1,12}}){{0,4}})"
_TITLED = re.compile(
    rf"{_LONE}(?={HUMAN_AFTER.pattern}|[中大少][佐将尉]|議員|長官|氏(?!名)|夫人|教授|監督|選手(?!権)|博士|将軍|候補)"
)
_KANJI_TITLED = re.compile(
    rf"(?<![{KANJI}])(?P<name>[{KANJI}]{{2,4}})"
    r"(?=本人|自身|自ら|夫妻|夫婦|警部|刑事|巡査|家(?=[のがはにをへと、。]))"
)
_MAY_TITLE = re.compile(
    r"本人|自身|自ら|夫|兄弟|姉妹|親子|一家|一族|家|役|たち|ら|首相|大統領|知事|長|皇太子|王|女王|爵|卿|警部|刑事|巡査|提督|司令|総|外相|内相|法相"
    r"|主席|書記|理事|将|元帥|神父|牧師|司祭|枢機卿|大司教|教|親方|名人|棋士|手|コーチ|キャプテン|世|佐|尉|議員|氏|監督|選手|博士|候補"
)
_SPOKEN = re.compile(r"です(?:が|けど|けれども|)(?=[。、!\n]|$)|でございます|だ。")
_GREETING = re.compile(r"(?:ます|にちは|ばんは|まして|もしもし|すみません)[、 ]?$")
_IS_ME = re.compile(
    rf"(?:^|[。!?\n」)） ]|(?P<open>[、たの]))(?P<name>[{KANJI}]{{1,4}}|[{KATA}]{{2,6}}|[ぁ-ん]{{2,5}}"
    rf"|[{KANJI}]{{1,3}}[ ][{KANJI}]{{1,3}})$"
)
_CALLED = re.compile(
    r"(?:電話|連絡|問い?合わ?せ|注文|購入|予約|契約|メール|お話し?|相談|依頼|返品|申し?込み?)(?:を|いた|致)?(?:しま)?した$"
)
_BELONGS = re.compile(r"(?:社|店|部|課|銀行|病院|大学|センター|ホテル|株式会社\w{1,10}|\(株\)\w{1,10})の$")
_RELATIVE = re.compile(
    r"(?:娘|息子|妻|夫|母|父|姉|妹|兄|弟|長男|長女|次男|次女|三男|三女|孫|旦那|主人|家内|嫁|祖母|祖父|叔母|叔父|友人|同僚|上司"
    rf"|部下|担当者?|契約者|名義人?|本人)(?:の|、|[(（・]|)(?P<name>[ぁ-ん]{{2,5}}|[{KANJI}]{{1,4}}|[{KATA}]{{2,6}})"
    r"(?=[)）がはにをとのもへ、。](?![ぁ-ん]?[かうよ]))"
)
_SENDER = re.compile(
    rf"(?P<name>[{KANJI}]{{1,4}}|[{KANJI}]{{1,3}}[ ][{KANJI}]{{1,3}}|[{KATA}]{{2,6}})(?:より。?\s*|拝\s*)$"
)
_CLERK = re.compile(
    r"(?:対応|受電|架電|記入|記録|作成|受付|報告|入力|応対|確認|承認|起票)者?[:/][ ]?"
    rf"(?P<name>[{KANJI}]{{1,4}}|[{KATA}]{{2,6}}|[{KANJI}]{{1,3}}[ ][{KANJI}]{{1,3}})(?![ぁ-ん一-鿿ァ-ヺー])"
)
_REACH = 32  # characters before a name in which its cue may stand


def names_by_cue(text: str) -> Iterator[PiiSpan]:
    """Give words that titles of people show to be names, in one piece of Japanese text."""
    if _MAY_TITLE.search(text) is None:
        return
    for match in _TITLED.finditer(text):
        if _may_be_person(match["name"]):
            yield PiiSpan(*match.span("name"), "name", 0.7, "name_titled")
    for match in _KANJI_TITLED.finditer(text):
        if is_family(match["name"]) and match["name"] not in read_words("not_names.txt"):
            yield PiiSpan(*match.span("name"), "name", 0.7, "name_titled")


def _may_be_person(word: str) -> bool:
    """Tell whether a katakana word can name a person: no word of the dictionary, or one that is a name as well."""
    for part in [word, *re.split("[・=]", word)]:
        classes = name_classes(part)
        if part in read_words("not_names.txt") or NOUN in classes:
            return False
        if classes & {PLACE, PROPER} and not classes & {FAMILY, GIVEN, PERSON}:
            return False
    return True


def names_of_speaker(text: str) -> Iterator[PiiSpan]:
    """Give the names by which people open, close or sign: 林です。 as a sentence, 田中より at the end, 受付:鈴木."""
    for spoken in _SPOKEN.finditer(text):
        yield from _self_named(text, spoken)
    for match in _RELATIVE.finditer(text):
        if _is_relative(match["name"]):
            yield PiiSpan(*match.span("name"), "name", 0.65, "name_relative")
    signed = _SENDER.search(text, max(0, len(text) - 12)) if text.rstrip("。 \n").endswith(("より", "拝")) else None
    clerks = _CLERK.finditer(text) if ":" in text or "/" in text else ()
    for match in (signed, *clerks):
        if match and clear_left(text, match.start("name")) and _is_speaker(match["name"], match is not signed):
            yield PiiSpan(match.start("name"), match.end("name"), "name", 0.65, "name_speaker")


def _self_named(text: str, spoken: re.Match[str]) -> Iterator[PiiSpan]:
    """Give the name before です if that is all of the sentence, or follows a greeting, a call or a company."""
    at = max(0, spoken.start() - _REACH)
    match = _IS_ME.search(text[at : spoken.start()])
    if match is None or (match.start() == 0 and at > 0):
        return
    left = text[max(0, at + match.start("name") - _REACH) : at + match.start("name")]
    placed = match["open"] is None or _GREETING.search(left) or _CALLED.search(left) or _BELONGS.search(left)
    if placed and _is_speaker(match["name"], match["open"] is not None or spoken.end() < len(text) - 3):
        yield PiiSpan(at + match.start("name"), at + match.end("name"), "name", 0.65, "name_speaker")


def _is_speaker(word: str, sure: bool) -> bool:
    """Tell whether a word is a name; if it may be a place or a thing too, only where the place is sure."""
    if word in read_words("not_names.txt"):
        return False
    if parse_name(word) == 1.0 and len(word) > 2:
        return True
    if word not in read_words("family_names.txt") and FAMILY not in name_classes(word):
        return False
    common = name_classes(word) & {NOUN, PLACE, PROPER} or len(word) == 1
    if word in read_words("family_names.txt"):
        return sure or not common or word not in read_words("places.txt")
    return not common


def _is_relative(word: str) -> bool:
    """Tell whether what stands after 娘の or 担当者( is a name and nothing else, or a name of our lists."""
    if word in read_words("not_names.txt"):
        return False
    listed = word in read_words("given_names.txt") or word in read_words("family_names.txt")
    classes = name_classes(word)
    return (listed and len(word) > 1) or (bool(classes & {FAMILY, GIVEN}) and not classes & {NOUN, PLACE, PROPER})


def repeated_names(text: str, found: Sequence[PiiSpan]) -> Iterator[PiiSpan]:
    """Give a part of a full name where it stands alone elsewhere in the text: 宮崎太郎 ... 宮崎は."""
    parts: set[str] = set()
    for span in found:
        word = text[span.start : span.end]
        if span.kind == "name" and len(word) > 2:
            parts.update(_parts(word))
    for part in sorted(parts):
        if PLACE in name_classes(part) and FAMILY not in name_classes(part):
            continue
        for match in re.finditer(re.escape(part) + r"(?=[はがもをにとの、。]|本人|自身|家の|夫妻|より|から|$)", text):
            start, end = match.span()
            inside = any(s.start < end and start < s.end for s in found)
            if not inside and clear_left(text, start):
                yield PiiSpan(start, end, "name", 0.6, "name_again")


def _parts(word: str) -> Iterator[str]:
    """Give the family and given name of a full name that can stand alone and mean nobody else."""
    pieces = re.split("[ ・=]", word)
    if len(pieces) > 1:
        yield from (p for p in pieces if len(p) > 2 or (len(p) > 1 and p[0] >= "一"))
        return
    if re.fullmatch(rf"[{KANJI}]{{3,6}}", word):
        for cut in (2, 3, 1):
            if is_family(word[:cut]) and len(word) > cut:
                if cut > 1:
                    yield word[:cut]
                return
