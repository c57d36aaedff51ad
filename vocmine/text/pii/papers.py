"""Dates of birth and numbers of members and policies: told by the cue that stands beside them, never by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from vocmine.text.pii.rules import Rule, before
from vocmine.text.pii.spans import PiiSpan

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"(?:(?:明治|大正|昭和|平成|令和|[MTSHR])[ .]?(?:\d{{1,2}}|元)[ ]?[年./-][ ]?\d{{1,2}}[ ]?[月./-][ ]?\d{{1,2}}日?"
    rf"|{_YEAR}[ ]?[年./-][ ]?\d{{1,2}}[ ]?[月./-][ ]?\d{{1,2}}日?"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_YEAR}|\d\d)"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"|{_DAY}[ -](?:of )?{_MONTH}[ ,-]{{1,2}}{_YEAR}|{_MONTH}[ ]{_DAY},?[ ]{_YEAR})"
)
_CUE = r"生年月日|誕生日|バースデー|\bd\.?o\.?b\b|date of birth|birth[ -]?da(?:te|y)|\bborn\b"
_SAID = re.compile(
    rf"(?:{_CUE})[)）]?(?:[ ]?(?:は|が|の|is|was|on|=|[:/(（]))*[ ]?(?P<secret>{_DATE}|\d{{1,2}}月\d{{1,2}}日)(?!\d)",
    re.IGNORECASE,
)
_BORN = re.compile(rf"(?<![\dA-Za-z/-])(?P<secret>{_DATE})[ ]?(?:生(?![産成活放存鮮ビ])|うまれ)", re.IGNORECASE)
_ASKED = re.compile(
    rf"(?:{_CUE})[^\n]{{0,40}}\n[^\n\d]{{0,12}}[:)）」』】][^\n]{{0,30}}?(?<![\d/-])(?P<secret>{_DATE})(?!\d)",
    re.IGNORECASE,
)
_CUES = ("生", "誕", "birth", "Birth", "BIRTH", "born", "Born", "dob", "DOB", "D.O.B", "d.o.b", "Dob",
         "うまれ", "バースデー")


def birth_dates(text: str) -> Iterator[PiiSpan]:
    """Give the dates of birth of a normalised text: beside their cue, or in the answer to a question for one.

    Examples
    --------
    >>> text = "生年月日はS45.3.2、配達日は2026/3/2"
    >>> [text[s.start:s.end] for s in birth_dates(text)]
    ['S45.3.2']
    """
    for cue in _CUES:
        if cue in text:
            break
    else:
        return
    for match in chain(_SAID.finditer(text), _BORN.finditer(text), _ASKED.finditer(text)):
        yield PiiSpan(*match.span("secret"), "birth_date", 0.96, "birth_date")


# who a number belongs to; numbers of orders, parcels, tickets and machines are nobody's
_OWNER = (
    r"会員|メンバーズ?|使用者|利用者|登録者|申請者|(?:保険)?証券|お客(?:様|さま|さん)|診察券|診察"
    r"|被保険者(?:証)?|保険証|加入者|契約者|患者"
    r"|組合員|受給者|納税者|年金"
    r"|免許証?|旅券|パスポート|在留カード|(?:ユーザー?|プレイヤー|アカウント|ログイン)(?=ID)"
)
_WORD_JA = r"(?:の)?(?:番号|ナンバー|No\.?|№|ID|#)(?:[)）])?"
_SEPARATOR = r"(?:[ ]?(?:は|が|の|=|[:：#(（.]))*[ ]?"
_NUMBER = r"(?P<secret>#?[A-Z]{0,4}[- /]?\d(?:[- /]?\d|[-/]?[A-Z]){3,19})(?![A-Za-z0-9])"
_OWNER_EN = (
    r"member(?:ship)?|mbr|policy|pol|customer|cust|patient|subscriber|insured|beneficiary|loyalty|frequent flyer|user"
    r"|player|meter point|medicare|nhs|mrn|ff|account|acct|acc"
)
_ENDING_EN = r"(?:[ ]?(?:number|num|no\.?|id|#)|#)"


def _has_digits(match: re.Match[str]) -> bool:
    return sum(map(str.isdecimal, match["secret"])) >= 4


def _is_a_person(match: re.Match[str]) -> bool:
    """Tell 会員番号 4471-0098 from 会員ステータス, and a number from the first word after it."""
    return _has_digits(match) and not re.search(r"(?:非|準|新規)$", before(match, 4))


MEMBER_RULES = (
    Rule("account", "member_number", re.compile(
        rf"(?:{_OWNER}){_WORD_JA}{_SEPARATOR}{_NUMBER}", re.IGNORECASE), 0.97, _is_a_person,
        needs=("番号", "ナンバー", "no", "№", "id", "#"), digits=1),
    Rule("account", "member_card", re.compile(
        rf"(?:診察券|証券|会員証?|UID|user id|MRN|membership|フツウ|店番[ ]?\d{{3}}[ ]?番号)[ ]?(?:は"
        rf"|[:：#])?[ ]?{_NUMBER}", re.IGNORECASE), 0.93, _is_a_person,
        needs=("診察券", "証券", "会員", "uid", "user id", "mrn", "membership", "フツウ", "店番"), digits=1),
    Rule("account", "member_number_en", re.compile(
        rf"(?<![A-Za-z])(?:{_OWNER_EN}){_ENDING_EN}(?:[ ]?(?:is|was|=|[:#(]))*[ ]?{_NUMBER}", re.IGNORECASE),
        0.95, _is_a_person, needs=("number", "num", "no", "id", "#"), digits=1),
    Rule("account", "account_letters", re.compile(
        r"(?<![A-Za-z])(?:acct?"
        r"|account)[ ]?#?:?[ ]?(?P<secret>(?:[A-Z]{1,3}-?)?\d(?:-?\d){5,15})(?![A-Za-z0-9])", re.IGNORECASE),
        0.9, _has_digits, needs=("acc",), digits=4),
    Rule("account", "sort_code", re.compile(
        r"(?<![A-Za-z])sort(?:[ ]?code[ :]{1,2}(?:is )?|[ :]{1,2}(?=\d\d-\d\d-))(?P<secret>\d\d-?\d\d-?\d\d)(?!\d)",
        re.IGNORECASE), 0.9, needs=("sort",), digits=6),
    Rule("phone", "extension", re.compile(
        r"(?:\d{4}|[)）])[ ,、(（]{0,3}(?:内線|ext\.?"
        r"|extension)[ :.]{0,2}(?P<secret>\d{1,5})(?!\d)", re.IGNORECASE), 0.85,
        needs=("内線", "ext"), digits=2),
    Rule("account", "member_said_en", re.compile(
        r"(?<![A-Za-z])(?:member|mbr|insured|subscriber|patient|policyholder)[ ]"
        r"(?P<secret>[A-Z]{1,4}-?\d(?:-?[\dA-Z]){4,15})"
        r"(?![A-Za-z0-9])", re.IGNORECASE), 0.85, _has_digits,
        needs=("member", "mbr", "insured", "subscriber", "patient", "policyholder"), digits=1),
)
# names of accounts have digits or underscores in them, few or many
LOGIN_RULES = (
    Rule("account", "login_name", re.compile(
        r"(?:ユーザー?[ ]?(?:ID|名)?|アカウント(?:名|ID)|ログイン(?:名|ID)|(?<![A-Za-z])(?:user(?: ?name| id)?"
        r"|login(?: name)?|account name)(?: is)?)"
        r"[はが:# ]{0,2}(?P<secret>(?=[A-Za-z0-9_.]*[\d_])[A-Za-z][A-Za-z0-9_.]{3,30})(?![A-Za-z0-9@])", re.IGNORECASE),
        0.8, needs=("ユーザ", "アカウント", "ログイン", "user", "login", "account name")),
)
