"""Names and addresses in English text."""

from __future__ import annotations

import re

from vocmine.text.pii.rules import Rule

_WORD = r"(?:[ ](?:[A-Z][A-Za-z'.-]*|\d{1,3}(?:st|nd|rd|th)))"
_TAIL = (
    r"\b\.?(?:,?[ ](?:[Aa]pt|[Aa]partment|[Ss]uite|[Uu]nit|[Ss]te|[Ff]loor|#)\.?[ ]?[A-Za-z0-9-]{1,6})?"
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
ADDRESS_RULES = (
    Rule("address", "address_en", re.compile(
        rf"(?<![\w.])\d{{1,5}}[A-Za-z]?{_WORD}{{1,4}}?[ ](?:{_STREET}){_TAIL}"
    ), 0.85),
    # in lower case only with a word that hardly means anything else
    Rule("address", "address_en_lower", re.compile(
        rf"(?<![\w.])\d{{1,5}}(?:[ ][a-z][a-z'.-]*){{1,3}}?[ ](?:street|avenue|boulevard|road|lane){_TAIL}"), 0.75),
    Rule("postal_code", "us_zip", re.compile(rf"\b(?:{_STATE})[ ](?P<secret>\d{{5}}(?:-\d{{4}})?)\b"), 0.85),
    Rule("postal_code", "zip_said", re.compile(
        r"\bzip(?:[ ]?code)?[ :]{1,2}(?:is )?(?P<secret>\d{5}(?:-\d{4})?)\b"
    , re.IGNORECASE), 0.85),
)
NAME_RULES = (
    Rule("name", "name_title", re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?[ ](?P<secret>[A-Z][A-Za-z'’-]+(?:[ ][A-Z][A-Za-z'’-]+){0,2})"), 0.9),
    Rule("name", "name_said", re.compile(
        r"\b(?i:my (?:full |first |last )?name(?:'s| is)|name ?:|customer name(?: is|:)?|this is|speaking with"
        r"|spoke (?:to|with)|i am|i'm|agent|regards,?|sincerely,?)"
        r"[ \n]+(?P<secret>[A-Z][a-z'’-]+(?:[ ][A-Z][A-Za-z'’-]+){1,2})(?![A-Za-z])"), 0.75),
    Rule("name", "name_is", re.compile(
        r"\b(?i:my (?:full |first |last )?name(?:'s| is)"
        r"|name ?:)[ ]+(?P<secret>[A-Za-z][A-Za-z'’-]+(?:[ ](?!(?i:and|my|the|i|is|with|from|at|on|card"
        r"|number)\b)[A-Za-z][A-Za-z'’-]+)?)"), 0.8),
)
