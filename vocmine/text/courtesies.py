"""Phrases of courtesy, whose words are no terms: お世話になっております, 恐れ入りますが, Dear Sir."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vocmine.text.lexicon import read_table

_JAPANESE = re.compile(r"[ぁ-ん]")
# cheap: each phrase of the file has one of these
_MAY_BE = re.compile(
    r"願|世話|ありがと|有難|みません|すいま|恐|手数|忙し|失礼|幸い|何卒|疲れ様|入電|申し訳|もうしわけ|承知|了解|拝啓|敬具|前略"
    r"|早速|さっそく|取り急ぎ|査収|迷惑|不便|面倒|足労|心配|手間|待ち|文|乱筆|夜分|遅"
    r"|引き続き|今後|これから|ますます|益々|以上"
    r"|ご(?:高配|厚情|愛顧|支援)"
    r"|申し上げ|略儀|お時間|日が続|お過ごし|かしこまり|畏まり|差し支え|よろし|宜し|手すき|躾|ぶしつけ|勝手"
)
_MAY_BE_EN = re.compile(
    r"dear|h(?:i|ello|ey)\b|thank|regards|sincerely|faithfully|hope|sorry|good (?:morning|day|after|even)|concern"
    r"|cheers|wishes|apprecia|look(?:ing)? forward|advance|kindly|yours|respectfully|warmly|cordially"
    r"|have (?:a|yourself) "
    r"|attached|enclosed|apolog|let me know|hesitate|feel free|reach|soon"
    r"|take care|all the best|obliged|writing"
    r"|to (?:e-)?meet|pleasure|greetings|morning|afternoon|evening|quick|grateful|await|(?:speak|talk|chatt)ing",
    re.IGNORECASE,
)


@lru_cache(maxsize=2)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row[0]})" for row in read_table(name)), re.IGNORECASE | re.MULTILINE)


def courtesies(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of phrases of courtesy.

    Examples
    --------
    >>> text = "お世話になっております。店員に感謝しています"
    >>> [text[start:end] for start, end in courtesies(text)]
    ['お世話になっております']
    """
    japanese = _JAPANESE.search(text) is not None
    if (_MAY_BE if japanese else _MAY_BE_EN).search(text) is None:
        return
    for match in _pattern("courtesies_ja.txt" if japanese else "courtesies_en.txt").finditer(text):
        if match.end() > match.start():
            yield match.span()
