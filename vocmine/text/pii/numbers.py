"""Numbers of people: phone, card, My Number, bank account, postal code. Orders, models, prices, dates stay.

Checks: Luhn for cards (ISO/IEC 7812), the check digit of My Number (総務省令第85号, 2014), mod 97 for IBAN (ISO 13616).
"""

from __future__ import annotations

import re

from vocmine.text.pii.rules import Rule, after, before, digits_of

# what a long number may be instead: said just before it
_THING = re.compile(
    r"(?:注文|受注|発注|送り?状|伝票|カート|受付|追跡|管理|整理|製造|商品|予約|問い?合わ?せ|お?問合せ|案件"
    r"|チケット|型|機種"
    r"|シリアル|部品|エラー|会員|お客様|請求書?|申込|契約"
    r"|ロット|バーコード|JAN|ISBN|IMEI|品)(?:番号|No\.?|コード|ID|番)?[はがの:: #]{0,3}$"
    r"|(?:order|invoice|tracking|ticket|case|ref(?:erence)?|serial|model|part|confirmation|booking|reservation"
    r"|flight|sku|item"
    r"|product|error|version|ver|build|row|record|chat|job|imei|isbn|lot|claim|policy)(?:[ ]?(?:number|num"
    r"|no\.?|id|code"
    r"|#))?(?: is)?[ :#=]{0,3}$",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"[¥$€£][ ]?$|\d[.,]$")
_UNIT_AFTER = re.compile(
    r"[ ]?(?:円|¥|ドル|万|億|人|件|個|台|回|年|ポイント|pt|km|mb|gb|kb|bytes?|ms|kg|yen|usd|dollars?|points?|miles|%"
    r"|px)|[.,]\d",
    re.IGNORECASE,
)
_CARD_WORD = re.compile(r"カード|クレカ|card|visa|master|jcb|amex|credit|debit|cc\b", re.IGNORECASE)
_ACCOUNT_WORD = re.compile(
    r"(?<!\[)(?:account|acct|bank|routing|\bcard|credit|debit|\bssn\b|social|iban|swift|(?<!\[)口座(?!番号\]))",
    re.IGNORECASE,
)  # not in our own marks: what is masked twice is masked once
# after any other word (see, row, build) a long number is that of a thing
_ANSWER = re.compile(
    r"(?:^|[.,:;!?。、\n])[ ]*$|(?:\b(?:is|it's|its|no|number|num|nr|and|are|my|be|yes|yeah|sure|ok|okay|here"
    r"|digits?|correct)|'s)[ ]$",
    re.IGNORECASE,
)
_ONLY_NUMBERS = re.compile(r"(?:[\d\s,.-]|and)+")
_NO_DIGIT_BEFORE = r"(?<![0-9A-Za-z])(?<!\d[-.,/])(?<![A-Za-z][-_#])"
_NOT_INSIDE = r"(?<!\d)(?<!\d[-.,/])(?<![A-Za-z][-_#])"  # letters may touch it: TEL03-1234-5678
_NO_DIGIT_AFTER = r"(?![0-9])(?![-/]\d)(?![A-Za-z_])"


def is_luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others by Luhn's rule.

    Examples
    --------
    >>> is_luhn("4111111111111111"), is_luhn("4111111111111112")
    (True, False)
    """
    odd = [int(d) for d in digits[-1::-2]]
    even = [sum(divmod(2 * int(d), 10)) for d in digits[-2::-2]]
    return (sum(odd) + sum(even)) % 10 == 0


def is_my_number(digits: str) -> bool:
    """Tell whether twelve digits have the check digit of a Japanese individual number.

    Examples
    --------
    >>> is_my_number("123456789018"), is_my_number("123456789010")
    (True, False)
    """
    if len(digits) != 12:
        return False
    rest = sum(int(d) * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(digits[-2::-1], start=1)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def _is_thing(match: re.Match[str]) -> bool:
    left = before(match, 24)
    return bool(_THING.search(left) or _MONEY_BEFORE.search(left) or _UNIT_AFTER.match(after(match)))


def _is_phone(match: re.Match[str]) -> bool:
    digits = digits_of(match)
    if digits.startswith("81") and match.group().lstrip("(").startswith("+"):
        digits = "0" + digits[2:].removeprefix("0")
    long = re.match(r"0[2-9]0|0800|0120", digits)
    right_size = len(digits) == 10 or (long is not None and len(digits) == 11)
    return right_size and digits[0] == "0" and digits[1] != "0" and not _THING.search(before(match, 24))


def _is_plain_phone(match: re.Match[str]) -> bool:
    return _is_phone(match) and not _is_thing(match) and len(set(digits_of(match))) > 1


def _is_plain_uk(match: re.Match[str]) -> bool:
    return len(digits_of(match)) in (10, 11) and not _is_thing(match)


def _is_foreign_phone(match: re.Match[str]) -> bool:
    return 8 <= len(digits_of(match)) <= 15


def _is_card(match: re.Match[str]) -> bool:
    digits = digits_of(match)
    return 13 <= len(digits) <= 19 and is_luhn(digits) and len(set(digits)) > 1 and not _is_thing(match)


def _is_card_like(match: re.Match[str]) -> bool:
    """Sixteen digits in fours, or so many digits after the word card: mistyped, but still somebody's."""
    digits = digits_of(match)
    if _is_thing(match) or not 13 <= len(digits) <= 19:
        return False
    grouped = re.fullmatch(r"\d{4}([- ])\d{4}\1\d{4}\1\d{4}|\d{4}[- ]\d{6}[- ]\d{5}", match.group())
    return bool(grouped) or bool(_CARD_WORD.search(before(match, 24))) or len(digits) == 16


# any word with 番号, コード, No, ID or S/N behind it is the cue of another number
_OTHER_ID = re.compile(
    r"(?<!個人)(?:(?<=[一-鿿ァ-ヺーA-Za-z])(?:番号?|コード|ナンバー)|(?<![A-Za-z])(?:S/?N|ID|No|N[º°]|№|#)"
    r"|[A-Za-z](?:ID|No)"
    r"|送り?状|伝票|顧客|製番|機番|車台|型番|口座|注文|受注|荷物|バーコード|カート|追跡)\.?[はがの:=# ]{0,3}$"
    r"|(?<![A-Za-z])(?:row|build|chat|see|tracking|order|parcel|serial|case|ticket|number|code|id|ref|sku|s/n|sn|no|job|record|lot|batch|imei)\.?"
    r"(?:[ ]?(?:is|says|shows|reads|was|number|no\.?|code|id))*[ :#=]{0,3}$",
    re.IGNORECASE,
)


def _is_individual_number(match: re.Match[str]) -> bool:
    return is_my_number(digits_of(match)) and not _is_thing(match) and not _OTHER_ID.search(before(match, 24))


def _is_postal(match: re.Match[str]) -> bool:
    return not _is_thing(match) and not re.match(r"[円個件台~〜]", after(match))


def _is_iban(match: re.Match[str]) -> bool:
    plain = match.group().replace(" ", "")
    return 15 <= len(plain) <= 34 and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _is_unexplained(match: re.Match[str]) -> bool:
    """Nine digits or more that answer a question; fewer beside a word of banks, or where all of a text is numbers.

    Such a text is the answer to a question that we don't see. Dates and times are explained.
    """
    digits = digits_of(match)
    beside = _ACCOUNT_WORD.search(before(match, 40) + " " + after(match, 24))
    left = before(match, 24)
    answers = len(digits) >= 9 and (_ANSWER.search(left) or (len(digits) > 11 and not _OTHER_ID.search(left)))
    if not (beside or answers) and _ONLY_NUMBERS.fullmatch(match.string) is None:
        return False
    date = len(digits) in (8, 12, 14) and re.match(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", digits)
    return not _is_thing(match) and not date and not digits.startswith("00")


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SEP = r"[ ]?[-.)のノ(（）][ ]?|[ ]"
PHONE_RULES = (
    Rule("phone", "phone_jp", _rx(
        rf"{_NOT_INSIDE}\(?0\d{{1,4}}(?:{_SEP})\d{{1,4}}(?:{_SEP})\d{{3,4}}{_NO_DIGIT_AFTER}"
    ), 0.95, _is_phone, digits=10),
    Rule("phone", "phone_jp_plain", _rx(
        rf"{_NO_DIGIT_BEFORE}0\d{{9,10}}{_NO_DIGIT_AFTER}"
    ), 0.9, _is_plain_phone, digits=10),
    Rule("phone", "phone_jp_halves", _rx(
        rf"{_NO_DIGIT_BEFORE}0\d{{1,6}}(?:{_SEP})\d{{4,8}}{_NO_DIGIT_AFTER}"
    ), 0.85, _is_phone, digits=10),
    Rule("phone", "phone_81", _rx(
        r"(?<![\d+])\(?\+[ ]?81\)?[- .]?(?:\(?0\)?)?[- .]?\d{1,4}[-) .]{0,2}\d{1,4}[- .]?\d{3,4}(?!\d)"
    ), 0.95, _is_phone, needs=("+",), digits=11),
    Rule("phone", "phone_foreign", _rx(
        r"(?<![\d+])\+[1-9]\d{0,2}(?:(?![ ]\d{1,2}\.\d+\.)[- .()]{0,2}\d){7,13}(?!\d)"
    ), 0.9, _is_foreign_phone, needs=("+",), digits=8),
    Rule("phone", "phone_nanp", _rx(
        rf"{_NO_DIGIT_BEFORE}(?:1[-. ])?(?:\([2-9]\d\d\)[ ]?|[2-9]\d\d[-. ])\d{{3}}[-. ]\d{{4}}{_NO_DIGIT_AFTER}"
    ), 0.85, digits=10),
    Rule("phone", "phone_said", _rx(
        r"(?:電話番号?|携帯(?:番号)?|TEL|FAX|ファックス|連絡先|phone(?: number)?|mobile|cell|call me (?:at"
        r"|on))[はがの:: .]{0,3}(?:is )?"
        r"(?P<secret>[+(]?\d(?:(?![ ,]\d{1,2}\.\d)[-. ()]{0,2}\d){8,13})(?!\d)"), 0.9,
        needs=("電話", "携帯", "tel", "fax", "ファックス", "連絡先", "phone", "mobile", "cell", "call me"), digits=9),
)
# over the end of a line, or of a turn of a talk: a hyphen stands there, or the card's fours and check digit fit
_BREAK = r"\n(?:[^\n:\d]{1,12}:[ ]?)?"
_TORN = rf"(?:-[ ]?{_BREAK}-?|{_BREAK}-)"
_AT_BREAK = ("-\n", "\n-", "- \n")
_FOUR = rf"(?:-|[ ]|-?{_BREAK})\d{{4}}"
_ZERO, _KANJI_DIGIT = "〇零○◯", "〇零○◯一二三四五六七八九"
_TO_DIGITS = str.maketrans(_KANJI_DIGIT, "0000123456789")


def _is_torn(match: re.Match[str]) -> bool:
    return "\n" in match.group()


def _is_torn_phone(match: re.Match[str]) -> bool:
    return _is_torn(match) and _is_phone(match)


def _is_torn_card(match: re.Match[str]) -> bool:
    return _is_torn(match) and _is_card(match)


def _is_kanji_phone(match: re.Match[str]) -> bool:
    """Tell 〇九〇ー一二三四ー五六七八: eleven digits of a mobile phone, or ten of another in groups."""
    digits = re.sub(r"\D", "", match.group().translate(_TO_DIGITS))
    if re.match(r"0[5-9]0", digits):
        return len(digits) == 11
    return len(digits) == 10 and digits[1] != "0" and len(match.group()) > len(digits)


BROKEN_RULES = (
    Rule("phone", "phone_jp_torn", _rx(
        rf"{_NOT_INSIDE}\(?0\d{{1,4}}(?:{_SEP}|{_TORN})\d{{1,4}}(?:{_SEP}|{_TORN})\d{{3,4}}{_NO_DIGIT_AFTER}"
    ), 0.85, _is_torn_phone, needs=_AT_BREAK, digits=3),
    Rule("phone", "phone_nanp_torn", _rx(
        rf"{_NO_DIGIT_BEFORE}[2-9]\d\d(?:[-. ]|{_TORN})\d{{3}}(?:[-. ]|{_TORN})\d{{4}}{_NO_DIGIT_AFTER}"
    ), 0.8, _is_torn, needs=_AT_BREAK, digits=4),
    Rule("card", "card_torn", _rx(
        rf"{_NO_DIGIT_BEFORE}[2-6]\d{{3}}(?:{_FOUR}){{3}}{_NO_DIGIT_AFTER}"
    ), 0.9, _is_torn_card, needs=("\n",), digits=4),
)
KANJI_PHONE = Rule("phone", "phone_kanji", _rx(
    rf"(?<![{_KANJI_DIGIT}十百千万\d])[{_ZERO}](?:[-ー‐−・. ]?[{_KANJI_DIGIT}]){{9,10}}(?![{_KANJI_DIGIT}十百千万\d])"
), 0.9, _is_kanji_phone)
CARD_RULES = (
    Rule("card", "card_luhn", _rx(
        rf"{_NO_DIGIT_BEFORE}[2-6](?:[- ]?\d){{12,18}}{_NO_DIGIT_AFTER}"
    ), 0.97, _is_card, digits=13),
    Rule("card", "card_grouped", _rx(
        rf"{_NO_DIGIT_BEFORE}\d(?:[- ]?\d){{12,18}}{_NO_DIGIT_AFTER}"
    ), 0.8, _is_card_like, digits=13),
)
NATIONAL_RULES = (
    Rule("my_number", "my_number_check", _rx(
        rf"{_NO_DIGIT_BEFORE}\d{{4}}([- ]?)\d{{4}}\1\d{{4}}{_NO_DIGIT_AFTER}"
    ), 0.94, _is_individual_number, digits=12),
    Rule("my_number", "my_number_said", _rx(
        r"(?:マイナンバー|個人番号)(?:カード)?(?:の番号)?[はがの:: ]{0,3}(?P<secret>\d(?:[- ]?\d){11})(?!\d)"
    ), 0.98, needs=("マイナンバー", "個人番号"), digits=12),
    Rule("my_number", "us_ssn", _rx(
        rf"{_NO_DIGIT_BEFORE}(?!000|666|9\d\d)\d{{3}}-(?!00)\d\d-(?!0000)\d{{4}}{_NO_DIGIT_AFTER}"
    ), 0.9, digits=9),
    Rule("my_number", "us_ssn_said", _rx(
        r"(?:\bssn|social security)(?:[ ]?(?:number|num|no\.?"
        r"|#))?(?: is)?[ :#]{0,3}(?P<secret>\d(?:[- ]?\d){3,16})(?!\d)"
    ), 0.92, needs=("ssn", "social security"), digits=4),
)
ACCOUNT_RULES = (
    Rule("account", "account_jp", _rx(
        r"(?:普通|当座|貯蓄|総合)(?:預金)?(?:口座)?(?:番号)?[はがの:: (（]{0,3}(?P<secret>\d{6,8})(?!\d)"), 0.93,
        needs=("普通", "当座", "貯蓄", "総合"), digits=6),
    Rule("account", "account_said", _rx(
        r"口座(?:番号)?[はがの:: ]{0,3}(?:(?:普通|当座)[: ]?)?(?P<secret>\d(?:[- ]?\d){4,7})(?!\d)"
    ), 0.93, needs=("口座",), digits=5),
    Rule("account", "account_post", _rx(
        r"記号[はが:: ]{0,3}(?P<secret>1\d{4}[-、, ]{0,2}(?:番号[はが:: ]{0,3})?\d{2,8})(?!\d)"
    ), 0.93, needs=("記号",), digits=5),
    Rule("account", "account_en", _rx(
        r"(?:account|acct|a/c|ac|routing|iban)(?:[ ]?(?:number|num|no\.?"
        r"|#))?(?: is)?[ :#]{1,3}(?P<secret>\d(?:[- ]?\d){5,16})(?!\d)"), 0.9,
        needs=("ac", "a/c", "routing", "iban"), digits=6),
    Rule("account", "iban", _rx(
        r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?![A-Z0-9])"
    ), 0.95, _is_iban, digits=6),
)
POSTAL_RULES = (
    Rule("postal_code", "postal_mark", _rx(r"〒[ ]?\d{3}[- ]?\d{4}(?!\d)"), 0.96, needs=("〒",), digits=7),
    Rule("postal_code", "postal_said", _rx(
        r"郵便番号[はがの:: ]{0,3}(?P<secret>\d{3}[- ]?\d{4})(?!\d)"
    ), 0.96, needs=("郵便番号",), digits=7),
)
_BARE = rf"\d{{3}}-\d{{4}}{_NO_DIGIT_AFTER}"
POSTAL_WITH_PLACE = Rule("postal_code", "postal_with_place", _rx(
    r"(?:\b(?:zip|postal|post)[ ]?(?:code)?[ ]?(?:is|:|#)?[ ]?|住所[はがの:: ]{0,3})(?P<secret>\d{3}-?\d{4})(?![\d-])"
), 0.9, needs=("zip", "post", "住所"), digits=7)
# a phone number of North America never begins so
POSTAL_BARE_EN = Rule(
    "postal_code", "postal_bare_en", _rx(rf"{_NO_DIGIT_BEFORE}(?=[01]){_BARE}"), 0.6, _is_postal, digits=7
)
POSTAL_BARE = Rule(
    "postal_code", "postal_bare", _rx(rf"{_NO_DIGIT_BEFORE}(?<![ァ-ヺー]){_BARE}"), 0.8, _is_postal, digits=7
)
PHONE_LOCAL = Rule("phone", "phone_local", _rx(rf"{_NO_DIGIT_BEFORE}(?=[2-9]){_BARE}"), 0.6, _is_postal, digits=7)
PHONE_UK = Rule("phone", "phone_uk", _rx(
    rf"{_NO_DIGIT_BEFORE}0(?:7\d{{3}}[ -]?\d{{3}}[ -]?\d{{3}}"
    rf"|[12]\d{{1,3}}[ -]\d{{3,4}}[ -]?\d{{3,4}}){_NO_DIGIT_AFTER}"
), 0.8, _is_plain_uk, digits=10)
# English only: Japanese notes are full of long numbers that are things
UNEXPLAINED = Rule(
    "account", "long_number", _rx(r"(?<![0-9A-Za-z.,#$/+_-])\d{7,19}(?![0-9A-Za-z_]|[-/.,]\d)"), 0.55, _is_unexplained,
    digits=7,
)

NUMBER_RULES = (
    *PHONE_RULES, *BROKEN_RULES, *CARD_RULES, *NATIONAL_RULES, *ACCOUNT_RULES, *POSTAL_RULES, POSTAL_WITH_PLACE,
)
