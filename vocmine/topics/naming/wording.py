"""Two words of a topic put together as its texts put them: コンビニ and 近く give 近くのコンビニ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_TO_ANY = ("", "の", "と", "で", "からの", "での", "への")
_TO_VERBS = ("が", "を", "に", "から", "へ")
_TO_ADJECTIVES = {"は": "が", "も": "が"}  # 部屋は広い and 部屋も広い name the same thing as 部屋が広い
_BEFORE = ("", "の", "な")
_LEAST = 2  # texts that use a wording
_SHARE = 0.06  # of the texts read; two of them at least
_LONGEST = 16  # characters of a name
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
_NEAR = 3  # words: change my address, report an accident


def usual_wording(first: str, second: str, texts: Sequence[str]) -> str | None:
    """Give the usual wording of two words in texts; None if none is usual.

    Parameters
    ----------
    first, second : str
        As people write them.
    texts : sequence of str
        Texts of one topic.

    Examples
    --------
    >>> usual_wording("コンビニ", "近く", ["近くのコンビニはどこ?", "近くのコンビニへ", "コンビニの近く"])
    '近くのコンビニ'
    >>> usual_wording("荷物", "届かない", ["荷物が届かないです", "まだ荷物が届かない"])
    '荷物が届かない'
    >>> usual_wording("address", "change", ["I want to change my address", "Change of address? How to change address"])
    'change address'
    >>> usual_wording("荷物", "届かない", ["荷物はどこ", "まだ届かない"])
    """
    if not texts:
        return None
    found = Counter(_english(first, second, texts) if (first + second).isascii() else _japanese(first, second, texts))
    if not found:
        return None
    wording, times = max(found.items(), key=lambda pair: (pair[1], -len(pair[0]), pair[0]))
    return wording if times >= max(_LEAST, _SHARE * len(texts)) else None


def _japanese(first: str, second: str, texts: Iterable[str]) -> list[str]:
    ways = {way: way for way in (f"{first}{p}{second}" for p in _TO_ANY)}
    if second[-1] in "うくぐすつぬぶむるいめ":  # a verb or an adjective, a few nouns among them
        ways.update({f"{first}{p}{second}": f"{first}{p}{second}" for p in _TO_VERBS})
    if second[-1] == "い":
        ways.update({f"{first}{p}{second}": f"{first}{shown}{second}" for p, shown in _TO_ADJECTIVES.items()})
    if not second.endswith("ない"):
        ways.update({f"{second}{p}{first}": f"{second}{p}{first}" for p in _BEFORE})
    ways = {way: shown for way, shown in ways.items() if len(shown) <= _LONGEST}
    return [shown for text in texts for way, shown in ways.items() if way in text]


def _english(first: str, second: str, texts: Iterable[str]) -> list[str]:
    if " " in first + second:
        return []
    out = []
    for text in texts:
        if _JAPANESE.search(text):
            continue
        words = _WORD.findall(text.lower().replace("’", "'"))
        here, there = _places(first, words), _places(second, words)
        pairs = [(abs(i - j), min(i, j), max(i, j)) for i in here for j in there if 0 < abs(i - j) <= _NEAR]
        if pairs:
            _, i, j = min(pairs)
            out.append(" ".join(words[k].removesuffix("'s") for k in (i, j)))
    return out


def _places(word: str, words: list[str]) -> list[int]:
    """Where the word stands, in any of its regular forms."""
    stem = word.lower()[: max(4, len(word) - 1)]
    return [i for i, w in enumerate(words) if w == word.lower() or (len(word) > 3 and w.startswith(stem))]


def how_written(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the most usual spelling of each normalised word.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Normalised form and the spelling in a text, in its dictionary form.

    Examples
    --------
    >>> how_written([("アメニティー", "アメニティ"), ("アメニティー", "アメニティ"), ("アメニティー", "アメニティー")])
    {'アメニティー': 'アメニティ'}
    """
    counts = Counter(pairs)
    best = sorted(counts.items(), key=lambda item: (item[1], item[0]))
    return {normal: spelling for (normal, spelling), _ in best}
