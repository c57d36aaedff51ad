"""Addresses in English text, in one line or over several, and the numbers of papers of the US and the UK."""

from __future__ import annotations

import re

from vocmine.text.pii.rules import Rule

_UK_POSTCODE = r"[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?[ ]\d[ABD-HJLNP-UW-Z]{2}"
_WORD = r"(?:[ ](?:[A-Z][A-Za-z'.-]*|\d{1,3}(?:st|nd|rd|th)))"
_TOWN = r"[A-Z][A-Za-z'.-]{1,20}(?:[ ](?:upon[ ])?[A-Z][A-Za-z'.-]*){0,2}"
_GAP = r"(?:[ ]?,[ ]?\n?|[ ]?\n[ ]?)"  # an address stands in one line or over several
_CODE = rf"(?:[A-Z]{{2}}[ ]\d{{5}}(?:-\d{{4}})?|{_UK_POSTCODE})(?![A-Za-z0-9])"
_TAIL = (
    r"\b\.?(?:[ ](?:NW|NE|SW|SE|N|S|E|W)\b)?"
    rf"(?:(?:,?[ ]|{_GAP})(?:[Aa]pt|[Aa]partment|[Ss]uite|[Uu]nit|[Ss]te|[Ff]loor|#)\.?[ ]?[A-Za-z0-9-]{{1,6}})?"
    rf"(?:(?:{_GAP}{_TOWN}){{0,3}}(?:{_GAP}|[ ]){_CODE}|(?:,[ ]?{_TOWN}(?![a-z])){{1,2}})?"
)
_STREET = (
    r"Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Highway|Hwy"
    r"|Parkway|Circle|Close|Crescent|Cres|Grove|Mews|Wharf|Quay|Trail|Yard"
    # these end the names of other things as well: only where an address can end
    r"|(?:Row|Hill|Walk|Green|Rise|View|Gardens|Park|Loop|Gate|Bank|Fields?|Heights|Run|Ridge)"
    r"(?=[ ]?[,.;:)\n]|$|[ ](?:is|in|to|and|at|near|please)\b|[ ][A-Z]{1,2}\d)"
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


ENGLISH_ADDRESS_RULES = (
    Rule("address", "address_en", re.compile(
        rf"(?:\b(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite"
        rf"|[Rr]oom)[ ]\w{{1,4}}{_GAP})?(?<![\w.])\d{{1,5}}[A-Za-z]?"
        rf"(?P<street>{_WORD}{{1,4}}?[ ](?:{_STREET})){_TAIL}"
    ), 0.85, _is_street, digits=1),
    Rule("address", "address_flat", re.compile(
        rf"\b(?:Flat|Apt\.?|Apartment|Rm|Room|Unit)[ ]\w{{1,4}},[ ][A-Z][A-Za-z'.-]+(?:[ ][A-Z][A-Za-z'.-]+){{0,2}}"
        rf"[ ](?:House|Court|Hall|Mansions?|Building|Towers?|Lodge|{_STREET}){_TAIL}"), 0.8,
        needs=("flat", "apt", "apartment", "rm", "room", "unit"), digits=1),
    Rule("address", "address_named", re.compile(
        rf"\b(?:The[ ])?[A-Z][A-Za-z'-]+(?:[ ][A-Z][A-Za-z'-]+){{0,2}},[ ](?:{_TOWN},[ ]){{0,2}}{_TOWN},?[ ]"
        rf"{_UK_POSTCODE}(?![A-Za-z0-9])"
    ), 0.8, digits=1, needs=("forge", "manor", "house", "cottage", "farm", "hall", "court",
                              "lodge", "lane", "mill", "barn")),
    Rule("address", "po_box", re.compile(
        rf"\bP\.?[ ]?O\.?[ ]?Box[ ]\d{{1,6}}(?:,[ ]?[A-Z][A-Za-z .]{{2,24}})?"
        rf"(?:,?[ ](?:{_STATE})[ ]\d{{5}}(?:-\d{{4}})?)?"
    ), 0.9, needs=("box",), digits=1),
    Rule("postal_code", "uk_postcode", re.compile(rf"(?<![\w-]){_UK_POSTCODE}(?![\w-])"), 0.8, digits=1),
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
