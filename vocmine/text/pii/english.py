"""Names and addresses in English text."""

from __future__ import annotations

import re
from functools import lru_cache

from vocmine.text.lexicon import read_words
from vocmine.text.pii.rules import Rule
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, name_classes

_UK_POSTCODE = r"[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?[ ]\d[ABD-HJLNP-UW-Z]{2}"
_WORD = r"(?:[ ](?:[A-Z][A-Za-z'.-]*|\d{1,3}(?:st|nd|rd|th)))"
_TAIL = (
    r"\b\.?(?:[ ](?:NW|NE|SW|SE|N|S|E|W)\b)?"
    r"(?:,?[ ](?:[Aa]pt|[Aa]partment|[Ss]uite|[Uu]nit|[Ss]te|[Ff]loor|#)\.?[ ]?[A-Za-z0-9-]{1,6})?"
    r"(?:,[ ]?[A-Z][A-Za-z .]{2,24}){0,2}(?:,?[ ][A-Z]{2}[ ]\d{5}(?:-\d{4})?)?"
)
_STREET = (
    r"Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Highway|Hwy"
    r"|Parkway|Circle"
)
_STATE = (
    r"AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK"
    r"|OR|PA|RI|SC|SD|TN|TX|UT"
    r"|VT|VA|WA|WV|WI|WY|DC"
)
_NO_STREET = re.compile(
    r"\b(?:hours?|great|days?|best|minutes?|mins?|percent|stars?|long|different|new|free|times|years?|good|miles"
    r"|people)\b", re.IGNORECASE,
)


def _is_street(match: re.Match[str]) -> bool:
    """Tell 100 Main Street from 24 Hour Drive Thru."""
    return _NO_STREET.search(match["street"]) is None


ADDRESS_RULES = (
    Rule("address", "address_en", re.compile(
        rf"(?:\b(?:Flat|Apt\.?|Apartment|Unit|Suite)[ ]\w{{1,4}},[ ]?)?(?<![\w.])\d{{1,5}}[A-Za-z]?"
        rf"(?P<street>{_WORD}{{1,4}}?[ ](?:{_STREET})){_TAIL}(?:,?[ ]{_UK_POSTCODE})?"
    ), 0.85, _is_street, digits=1),
    Rule("address", "po_box", re.compile(
        rf"\bP\.?[ ]?O\.?[ ]?Box[ ]\d{{1,6}}(?:,[ ]?[A-Z][A-Za-z .]{{2,24}})?"
        rf"(?:,?[ ](?:{_STATE})[ ]\d{{5}}(?:-\d{{4}})?)?"
    ), 0.9, needs=("box",), digits=1),
    Rule("postal_code", "uk_postcode", re.compile(rf"(?<![\w-]){_UK_POSTCODE}(?![\w-])"), 0.8, digits=1),
    Rule("account", "sort_code", re.compile(
        r"\b[Ss]ort[ ]code[ :]{1,2}(?:is )?(?P<secret>\d\d-?\d\d-?\d\d)(?!\d)"), 0.9, needs=("sort code",), digits=6),
    Rule("my_number", "uk_ni", re.compile(
        r"\b(?:NI|NINO|[Nn]ational [Ii]nsurance)(?:[ ](?:number|no\.?))?[ :]{1,2}(?:is )?"
        r"(?P<secret>[A-Za-z]{2}[ ]?\d\d[ ]?\d\d[ ]?\d\d[ ]?[A-Za-z])\b"), 0.9,
        needs=("ni", "national insurance"), digits=6),
    Rule("my_number", "papers_en", re.compile(
        r"\b(?i:passport|driver'?s? licen[sc]e|driving licen[sc]e)(?i:[ ](?:number|no\.?|#))?[ :#]{1,2}(?:is )?"
        r"(?P<secret>[A-Z]{0,2}\d{6,12})\b"), 0.85, needs=("passport", "licen"), digits=6),
    # in lower case only with a word that hardly means anything else
    Rule("address", "address_en_lower", re.compile(
        rf"(?<![\w.])\d{{1,5}}(?:[ ][a-z][a-z'.-]*){{1,3}}?[ ](?:street|avenue|boulevard|road|lane){_TAIL}"), 0.75,
        needs=("street", "avenue", "boulevard", "road", "lane"), digits=1),
    Rule("postal_code", "us_zip", re.compile(rf"\b(?:{_STATE})[ ](?P<secret>\d{{5}}(?:-\d{{4}})?)\b"), 0.85, digits=5),
    Rule("postal_code", "zip_said", re.compile(
        r"\bzip(?:[ ]?code)?[ :]{1,2}(?:is )?(?P<secret>\d{5}(?:-\d{4})?)\b"
    , re.IGNORECASE), 0.85, needs=("zip",), digits=5),
)
_NAME = r"[A-Z][a-z'’-]+"
_FULL_NAME = rf"{_NAME}(?:[ ][A-Z]\.?)?(?:[ ][A-Z][A-Za-z'’-]+){{1,2}}"
_NO_PEOPLE = frozenset([
    "best", "care", "center", "centre", "cheers", "company", "corp", "customer", "dear", "department", "desk",
    "done", "faithfully", "hello", "hi", "inc", "information", "kind", "ltd", "manager", "many", "regards",
    "reply", "respectfully", "sales", "service", "services", "shop", "sincerely", "sorry", "store", "support",
    "team", "thank", "thanks", "thx", "truly", "us", "warm", "wishes", "yours"
])
_NOT_SAID = frozenset(
    ["wrong", "incorrect", "right", "correct", "missing", "different", "still", "there", "showing", "being", "spelt"]
)
_THINGS_NAMED = frozenset([
    "hotel", "inn", "street", "road", "avenue", "lane", "drive", "airport", "store", "shop", "bank", "center", "centre",
    "hospital", "park", "beach", "bridge", "square", "university", "college", "school", "restaurant", "cafe", "bar",
    "grill", "jewelers", "crew", "deere", "lewis",
])
_NO_NAME_AFTER = re.compile(
    r"[ ](?:Hotel|Inn|Street|St\b|Road|Rd\b|Avenue|Ave|Airport|Store|Bank|Hospital|Park|University|College|School"
    r"|Center)"
    r"|[’']s[ ](?:Hotel|Pizza|Bar|Grill|Burger|Market)|[ ]?&"
)
_NOT_A_NAME = re.compile(
    r"American|Australian|Brazilian|British|Canadian|Chinese|Dutch|English|European|French|German|Indian|Irish|Italian"
    r"|Japanese|Korean|Mexican|Russian|Scottish|Spanish|Swedish|Vietnamese|Prime|Premium|Gold|Platinum|Silver"
    r"|Android|Google|Apple|Amazon|Microsoft|Windows|Mac|Facebook|Netflix|Christian|Muslim|Catholic|Jewish"
)


@lru_cache(maxsize=1)
def no_people() -> frozenset[str]:
    """Give the words in lower case that stand where names stand and are none."""
    return _NO_PEOPLE | read_words("stop_en.txt") | read_words("not_names.txt")


def _is_single_name(match: re.Match[str]) -> bool:
    word = match["secret"].lower()
    if word in no_people() or _NOT_A_NAME.fullmatch(match["secret"]) or word.endswith(("ing", "ed")):
        return False
    # Sudachi's dictionary knows many English words too
    classes = name_classes(word)
    return NOUN not in classes or bool(classes & {FAMILY, GIVEN, PERSON})


def _is_full_name(match: re.Match[str]) -> bool:
    return not any(part.lower() in no_people() or _NOT_A_NAME.fullmatch(part) for part in match["secret"].split())


def _is_spelt_name(match: re.Match[str]) -> bool:
    """Tell "my name is jane doe" from "my name is misspelled"."""
    word = match["secret"].split()[0].lower()
    return word not in no_people() and word not in _NOT_SAID and not (word.endswith(("ed", "ing")) and word.islower())


def _is_given_name(match: re.Match[str]) -> bool:
    """Tell whether a known given name begins a name, and not that of a street, a shop or a product."""
    words = match["secret"].lower().split()
    if words[0] not in read_words("given_en.txt") or match["secret"].isupper():
        return False
    return _NO_NAME_AFTER.match(match.string, match.end("secret")) is None and words[-1] not in _THINGS_NAMED


NAME_RULES = (
    Rule("name", "name_role", re.compile(
        r"\b(?i:caller|cust(?:omer)?|client|(?:acct?\.?|account|card|policy|line)[ ]?holder|contact|attn|signed|guest"
        r"|passenger|on behalf of|requested by|speaking to|speaking with)(?:[ ]?:[ ]?|[ ])"
        rf"(?P<secret>{_FULL_NAME})(?![A-Za-z])"), 0.8, _is_full_name,
        needs=("caller", "cust", "client", "holder", "contact", "attn", "signed", "guest", "passenger", "behalf of",
               "requested by", "speaking")),
    Rule("name", "name_role_single", re.compile(
        rf"\b(?i:caller|(?:acct?\.?|account|card)[ ]?holder)[ ]?:[ ]?(?P<secret>{_NAME})(?=[.,;\n]|$)"
    ), 0.7, _is_single_name, needs=("caller", "holder")),
    Rule("name", "name_self", re.compile(
        rf"\b(?:I'm|I’m|I am|i'm|i am|(?i:this is|it's)(?=[ ][A-Za-z'’-]+[ ](?:from|here|calling|speaking)\b))[ ]"
        rf"(?P<secret>{_NAME})(?=[.,!?;:)\n]|$|[ ](?:and|from|here|calling|with|speaking|again)\b)"
    ), 0.7, _is_single_name, needs=("i'm", "i’m", "i am", "this is", "it's")),
    Rule("name", "name_title", re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?[ ](?P<secret>[A-Z][A-Za-z'’-]+(?:[ ][A-Z][A-Za-z'’-]+){0,2})"), 0.9,
        needs=("mr", "ms", "miss", "mx", "dr", "prof")),
    Rule("name", "name_said", re.compile(
        r"\b(?i:my (?:full |first |last )?name(?:'s| is)|name ?:|customer name(?: is|:)?|this is|speaking with"
        r"|spoke (?:to|with)|i am|i'm|agent|regards,?|sincerely,?)"
        r"[ \n]+(?P<secret>[A-Z][a-z'’-]+(?:[ ][A-Z][A-Za-z'’-]+){1,2})(?![A-Za-z])"), 0.75, _is_full_name,
        needs=("name", "this is", "speaking with", "spoke ", "i am", "i'm", "agent", "regards", "sincerely")),
    Rule("name", "name_is", re.compile(
        r"\b(?i:my (?:full |first |last )?name(?:'s| is)"
        r"|name ?:)[ ]+(?P<secret>[A-Za-z][A-Za-z'’-]+(?:[ ](?!(?i:and|my|the|i|is|with|from|at|on|card"
        r"|number)\b)[A-Za-z][A-Za-z'’-]+)?)"), 0.8, _is_spelt_name, needs=("name",)),
    Rule("name", "name_given", re.compile(
        rf"(?<![\w@#/'’-])(?<!St )(?<!St\. )(?<!San )(?=(?P<secret>{_NAME}(?:[ ][A-Z]\.)?"
        r"(?:[ ][A-Z][a-z]+(?:['’-][A-Z][a-z]+)?)?)"
        r"(?![\w@/-]))[A-Z][a-z]+"
    ), 0.6, _is_given_name),
)
