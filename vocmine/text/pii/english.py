"""Names in English text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vocmine.text.lexicon import read_words
from vocmine.text.pii.rules import Rule
from vocmine.text.pii.spans import PiiSpan
from vocmine.text.splitter import FAMILY, GIVEN, NOUN, PERSON, name_classes

_NAME = r"[A-Z][a-z'’-]+"
_ANY_CASE = (
    r"[A-Za-z][a-z'’-]+(?:[ ][A-Z]\.)?(?:[ ](?:[A-Z]['’])?[A-Za-z][a-z'’-]+(?=[ ]?[,.;:()\n]|$"
    r"|[ ](?:rang|re|wants|says|here|is|was|to|on|moved|DOB|dob|MRN|called|phoned|asked|needs)\b))?"
)
_FULL_NAME = rf"{_NAME}(?:[ ][A-Z]\.?)?(?:[ ][A-Z][A-Za-z'’-]+){{1,2}}"
_NO_PEOPLE = frozenset([
    "best", "care", "center", "centre", "cheers", "company", "corp", "customer", "dear", "department", "desk",
    "done", "faithfully", "hello", "hi", "inc", "information", "kind", "ltd", "manager", "many", "regards",
    "reply", "respectfully", "sales", "service", "services", "shop", "sincerely", "sorry", "store", "support",
    "team", "thank", "thanks", "thx", "truly", "us", "warm", "wishes", "yours", "mbr", "cust", "cx",
    "insd", "pt", "caller", "member",
    "client", "agent", "visitor", "patient", "guest", "tenant", "acct", "order", "ticket", "note", "update"
])
_TITLED_THINGS = frozenset(["coffee", "muscle", "clean", "bean", "martens", "pepper", "potato", "robot", "kipling",
                            "office", "teams"])
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
    """Tell "Cust Femi Oduya" from "Cust Service Team" and "Cust Wants Refund": a surname may be a common word."""
    parts = match["secret"].split()
    if any(part.lower() in no_people() or _NOT_A_NAME.fullmatch(part) for part in parts):
        return False
    return _is_given(parts[0].lower()) or not _is_common(parts[0])


def _is_given(word: str) -> bool:
    return word in read_words("given_en.txt") or word in read_words("given_en_more.txt")


def _begins_with_given(match: re.Match[str]) -> bool:
    """Tell whether a known given name begins what stands after a word for a person, and an ordinary word none of it."""
    first, *rest = match["secret"].lower().split()
    thing = _NO_NAME_AFTER.match(match.string, match.end("secret"))
    return thing is None and _is_given(first) and not any(map(_is_common, rest))


@lru_cache(maxsize=20_000)
def _is_common(word: str) -> bool:
    """Tell whether a word is an ordinary one: of our list, as it is or with its ending, or of Sudachi's nouns."""
    low = word.lower().rstrip(".")
    known = read_words("common_en.txt")
    stems = {low.removesuffix(end) for end in ("s", "d", "ed", "ing", "ly")}
    if low in no_people() or not stems.isdisjoint(known):
        return True
    return NOUN in name_classes(low) and not name_classes(low) & {FAMILY, GIVEN, PERSON}


def _is_any_case_name(match: re.Match[str]) -> bool:
    """Tell JANET MORRISON from WANTS REFUND, derek ainsley from really late: no part is an ordinary word."""
    parts = re.split(r"[ ]+", match["secret"].lower())
    known = _is_given(parts[0])
    return (known or not _is_common(parts[0])) and not any(map(_is_common, parts[1:]))


def _is_initialled(match: re.Match[str]) -> bool:
    """Tell j. abernathy from e.g. this: a surname that is no ordinary word."""
    word = match["secret"].split(".")[1].strip()
    return not _is_common(word) and word.lower() not in ("com", "jpg", "pdf", "html")


def _is_titled(match: re.Match[str]) -> bool:
    """Tell Mr Wilson from Mr Coffee and Dr Martens."""
    first = match["secret"].split()[0]
    return first.lower() not in _TITLED_THINGS and not (len(first) < 3 and first.isupper())


def _is_lower_said(match: re.Match[str]) -> bool:
    """In lower case and without a title only what begins with a known given name is a name."""
    return _is_given(match["secret"].lower().split()[0]) and _is_any_case_name(match)


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


def names_again(text: str, found: Sequence[PiiSpan]) -> Iterator[PiiSpan]:
    """Give a part of a name that stands alone elsewhere: my name is Wilhelmina Harding ... thanks Wilhelmina."""
    named = {text[span.start : span.end] for span in found if span.kind == "name"}
    parts = {part.removesuffix("'s") for name in named for part in _LATIN_PART.findall(name)}
    for part in sorted(part for part in parts if not (_is_common(part) or part.lower() in _MONTHS)):
        for match in re.finditer(rf"(?<![\w@./'’-])(?<!\d ){re.escape(part)}(?![\w@-]|[.]\w)", text):
            if _NO_NAME_AFTER.match(text, match.end()) is None:
                yield PiiSpan(match.start(), match.end(), "name", 0.6, "name_again_en")


_LATIN_PART = re.compile(r"(?<![A-Za-z])[A-Z][a-z'’-]{2,}(?![A-Za-z])")
_MONTHS = frozenset(["april", "august", "summer", "sunday", "monday", "friday", "paris", "london", "york", "sydney"])
_TITLE_LOWER = r"(?<![A-Za-z\d])(?<!\d )(?:mrs?|dr|ms\.)\.?[ ]"
_TITLES = ("mr", "dr", "ms.")
_NOTED = ("acct", "call", "rang", "phone", "req", "want", "need", "ask", "email", "here", "state", "report", "says",
          "dispute", "advise", "wish", "would like")
NAME_RULES = (
    Rule("name", "name_role", re.compile(
        r"\b(?i:caller|cust(?:omer)?|client|(?:acct?\.?|account|card|policy|line)[ ]?holder|contact|attn|signed"
        r"|guest|mbr|member"
        r"|insd|insured|patient|pt|tenant|resident|subscriber|beneficiary|claimant|adjuster|tech(?:nician)?"
        r"|engineer|driver|nurse"
        r"|advisor|adviser|rep|supervisor|mgr|passenger|on behalf of|requested by|speaking to"
        r"|speaking with)(?:[ ]?:[ ]?|[ ])"
        rf"(?P<secret>{_FULL_NAME})(?![A-Za-z])"), 0.8, _is_full_name,
        needs=("caller", "cust", "client", "holder", "contact", "attn", "signed", "guest", "passenger", "behalf of",
               "requested by", "speaking", "mbr", "member", "insd", "insured", "pt", "patient", "tenant", "resident",
               "subscriber", "beneficiary", "claimant", "adjuster", "tech", "engineer", "driver", "nurse", "advis",
               "rep", "supervisor", "mgr")),
    Rule("name", "name_role_capitals", re.compile(
        r"\b(?i:caller|cust(?:omer)?|client|contact|attn|guest|passenger|mbr|member|insured|patient|tenant|name"
        r"|agent|acct holder"
        r"|account holder)[ ]?:[ ]?(?P<secret>[A-Z][A-Z'’-]+(?:[ ][A-Z]\.?)?(?:[ ][A-Z][A-Z'’-]+){1,2})(?![A-Za-z])"
    ), 0.8, _is_any_case_name, needs=(":",)),
    Rule("name", "name_worker", re.compile(
        rf"\b(?i:tech(?:nician)?|engineer|driver|nurse|adjuster|agent|rep|advisor|adviser|courier|receptionist"
        rf"|waiter|waitress)[ ]"
        rf"(?P<secret>{_NAME})(?=[ ](?:was|is|said|told|came|never|has|had|did|at|from|who|and)\b|[.,;!?\n]|$)"
    ), 0.65, _is_single_name, needs=("tech", "engineer", "driver", "nurse", "adjuster", "agent", "rep", "advis",
                                     "courier", "receptionist", "wait")),
    Rule("name", "name_first", re.compile(
        rf"(?m:^)(?P<secret>{_FULL_NAME})(?=(?:,[ ])?[ ]?(?:acct|called|rang|phoned|req|requests?|wants|needs"
        rf"|asks|asked|emailed"
        r"|calling|here|states|reports|says|disputes|advised|wishes|would like)\b)"
    ), 0.75, _is_full_name, needs=_NOTED),
    Rule("name", "name_last", re.compile(
        rf"[.!?\n][ ]?[-–—~][ ]?(?P<secret>{_FULL_NAME})\s*\Z"
    ), 0.75, _is_full_name, needs=("-", "–", "—", "~")),
    Rule("name", "name_here", re.compile(
        rf"(?<![A-Za-z])(?P<secret>{_FULL_NAME})(?=[ ]here\b)"), 0.75, _is_full_name, needs=(" here",)),
    Rule("name", "name_lower", re.compile(
        r"(?<![A-Za-z])(?:this is|i'?m|i am|my name is|name is|spoke (?:to|with)|speaking with)[ ]"
        r"(?P<secret>[a-z][a-z'’-]+(?:[ ][a-z][a-z'’-]+)?)(?=[ ]?[,.;!?\n]|$|[ ](?:here|calling|from|and)\b)"
    ), 0.7, _is_lower_said, needs=("this is", "i'm", "im ", "i am", "name is", "spoke", "speaking")),
    Rule("name", "name_title_lower", re.compile(
        rf"{_TITLE_LOWER}(?P<secret>[a-z][a-z'’-]+[ ][a-z][a-z'’-]+)"), 0.75, _is_any_case_name, needs=_TITLES),
    Rule("name", "name_title_lower_single", re.compile(
        rf"{_TITLE_LOWER}(?P<secret>[a-z][a-z'’-]+)"), 0.75, _is_any_case_name, needs=_TITLES),
    # a word for a person, then a known given name, in any case: cust priya raman, daughter Kiara
    Rule("name", "name_person", re.compile(
        r"(?<![A-Za-z])(?i:caller|custo?m?e?r?|client|pt|patient|mbr|member|insd|insured|claimant|tenant|guest"
        r"|pax|acct holder"
        r"|account holder|card ?holder|policy ?holder|wife|husband|hubby|partner|son|daughter|mum|mom|mother"
        r"|dad|father|sister"
        r"|brother|bro|nephew|niece|neighbou?r|friend|manager|mgr|tl|supervisor|agent|tech|engineer|eng|driver"
        r"|nurse|admin"
        r"|contact|attn|w/|with|per|for|from|to|by|add|is|name on card|beneficiary|landlord|flatmate|boss|colleague)"
        rf"(?:[ ]?:)?[ ](?P<secret>{_ANY_CASE})"
    ), 0.7, _begins_with_given),
    Rule("name", "name_initial", re.compile(
        r"(?<![A-Za-z.])(?P<secret>[a-zA-Z]\.[ ]?[A-Za-z][a-z'’-]{3,})(?=[ ,]|[.]\s"
        r"|$)"), 0.6, _is_initialled, needs=(".",)),
    Rule("name", "name_relation", re.compile(
        r"\b(?i:wife|husband|partner|son|daughter|mother|father|sister|brother|bro|per|spoke w/|spoke with|name on card"
        r"|(?<=TP )is|cardholder)[ ]"
        rf"(?P<secret>{_FULL_NAME})(?![A-Za-z])"
    ), 0.75, _is_full_name, needs=("wife", "husband", "partner", "son", "daughter", "mother", "father", "sister", "bro",
                                   "per", "spoke", "name on card", "cardholder", "tp is")),
    Rule("name", "name_role_single", re.compile(
        rf"\b(?i:caller|(?:acct?\.?|account|card)[ ]?holder)[ ]?:[ ]?(?P<secret>{_NAME})(?=[.,;\n]|$)"
    ), 0.7, _is_single_name, needs=("caller", "holder")),
    Rule("name", "name_self", re.compile(
        rf"\b(?:I'm|I’m|I am|i'm|i am|(?i:this is|it's)(?=[ ][A-Za-z'’-]+[ ](?:from|here|calling|speaking)\b))[ ]"
        rf"(?P<secret>{_NAME})(?=[.,!?;:)\n]|$|[ ](?:and|from|here|calling|with|speaking|again)\b)"
    ), 0.7, _is_single_name, needs=("i'm", "i’m", "i am", "this is", "it's")),
    Rule("name", "name_title", re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|MR|MRS|MISS|DR)\.?[ ]"
        r"(?P<secret>(?:[A-Z]|[oOdD]['’])[A-Za-z'’-]+(?:[ ][A-Z][A-Za-z'’-]+){0,2})"),
        0.9, _is_titled, needs=("mr", "ms", "miss", "mx", "dr", "prof")),
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
