"""Words that judge only the thing they are said of (the soup was cold, 講師は熱心): too unsure for whole texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from vocmine.classify.sentiment.lexicon import word_list
from vocmine.classify.sentiment.polarity_ja import Hit

_SCORE = 1.2  # a plain word's
_DENIED_BAD, _DENIED_GOOD = 0.5, 1.0  # what is left of a denied word, on the other side
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_NOT_JA = re.compile(r"[くでじっはもんたてかいきしりゃ]{0,4}(?:な[いかく]|ありません|ません)")
_PRICEY = r"(?:値段|価格|料金|値)[はがも](?:少し|やや|結構|かなり|それなりに)?張[るりっ]"
_FINE = r"(?:いい|良い|よい)(?=です|んで|ん?だ|[ねよしうとのがけ、。!]|$)(?!です?か|のか|んです?か|のでしょ)"
_NOT_FINE = r"(?:よく|良く)は?(?:ない|なかった|ありません)"
_ADVERBS_EN = (
    r"(?:(?:very|so|too|really|quite|rather|always|a|bit|little|completely|totally|both|still|also|just|now|all) )*"
)
_ALSO_EN = r"(?:[a-z-]+,? and |[a-z-]+, )?"  # soft and warm
_NO_FAULT_EN = re.compile(  # thin or cold as they should be
    r"\b(?:laptop|phone|tablet|watch|beers?|drinks?|water|shake|design|case|ice|floor|ground) \w+ \Z", re.IGNORECASE
)


def _any(*lists: Iterable[str]) -> str:
    words = {word.replace("_", " ") for words in lists for word in words}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _japanese() -> re.Pattern[str]:
    good, bad = _any(word_list("judged_good_ja")), _any(word_list("judged_bad_ja"))
    thing = rf"(?:{_any(word_list('fine_ja'))})[がはも](?:とても|とっても|すごく|かなり|本当に|一番|あまり|全然)?"
    good, bad = rf"{good}|{thing}{_FINE}", rf"{bad}|{thing}{_NOT_FINE}|{_PRICEY}"
    return re.compile(rf"(?<![おご])(?:(?P<good>{good})|(?P<bad>{bad}))")


@lru_cache(maxsize=1)
def _english() -> re.Pattern[str]:
    good, bad = _any(word_list("judged_good_en")), _any(word_list("judged_bad_en"))
    copula = _any(word_list("copula_en"))
    return re.compile(
        rf"(?:\b|(?='))(?:{copula})(?P<not>n['’]t| not| never)? {_ADVERBS_EN}{_ALSO_EN}"
        rf"(?P<said>(?P<good>{good})|(?P<bad>{bad}))(?![\w'-])"
        rf"|(?<=[a-z] )(?P<trouble>{_any(word_list('troubles_en'))}"
        rf"|(?:doesn['’]t|don['’]t|won['’]t|didn['’]t|wouldn['’]t|(?:does|do|did|will) not) (?:even |really |always )?"
        rf"(?:{_any(word_list('unable_en'))}))(?![\w'-])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _headed() -> re.Pattern[str]:
    good, bad = _any(word_list("judged_good_en")), _any(word_list("judged_bad_en"))
    return re.compile(
        rf"(?:^ *|(?<=[,;] )|(?<=\band ))(?P<said>(?P<good>{good})|(?P<bad>{bad}))"
        r"(?= [a-z]+(?: [a-z]+)?\s*(?:[,;.!]|and\b|$))", re.IGNORECASE,
    )


def predicates(clause: str, taken: list[Hit]) -> list[Hit]:
    """Give the hits of a clause with those of words that judge a thing as its predicate; a hit taken before it stays.

    Examples
    --------
    >>> [(hit.text, hit.score) for hit in predicates("The soup was cold", [])]
    [('cold', -1.2)]
    >>> [(hit.text, hit.score) for hit in predicates("講師は熱心でした", [])]
    [('熱心', 1.2)]
    """
    found = _said_ja(clause) if _JAPANESE.search(clause) else _said_en(clause)
    if taken and clause.isascii():  # a list of verdicts: crisp audio, shaky connection
        found += [_hit(*m.span("said"), clause, bool(m["good"])) for m in _headed().finditer(clause)]
    new = [hit for hit in found if not any(hit.start < old.end and old.start < hit.end for old in taken)]
    return sorted([*taken, *new], key=lambda hit: hit.start) if new else taken


def _said_ja(clause: str) -> list[Hit]:
    hits = []
    for match in _japanese().finditer(clause):
        denied = _NOT_JA.match(clause, match.end())
        end = denied.end() if denied else match.end()
        hits.append(_hit(match.start(), end, clause, bool(match["good"]), bool(denied)))
    return hits


def _said_en(clause: str) -> list[Hit]:
    hits = []
    for match in _english().finditer(clause):
        part = "trouble" if match["trouble"] else "said"
        if match["bad"] and _NO_FAULT_EN.search(clause, 0, match.start("said")):
            continue
        hits.append(_hit(match.start(part), match.end(part), clause, bool(match["good"]), bool(match["not"])))
    return hits


def _hit(start: int, end: int, clause: str, good: bool, denied: bool = False) -> Hit:
    score = _SCORE if good else -_SCORE
    if denied:
        score *= -(_DENIED_GOOD if good else _DENIED_BAD)
    return Hit(start, end, clause[start:end], score, denied)
