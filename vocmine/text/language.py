"""Which language a text is in: by its script first, by its little words where the script leaves doubt."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from vocmine.text.lexicon import read_table

_JA = re.compile(r"[ぁ-ゖァ-ヺー々〆ヶ㐀-䶿一-鿿ｦ-ﾟ]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾟ]")
_ALIEN = re.compile(r"[\u0370-\u06ff\u0900-\u1fff\u3100-\u318f\uac00-\ud7a3]")
_CHINESE = re.compile(r"[们这吗为说对时间现没让还请谢问题东车见听买卖话钱银电]|[的了](?=[，。!?！？]|$)")
_LATIN_PHRASE = re.compile(r"[A-Za-z][A-Za-z'’]*(?:[ ,]+[A-Za-z][A-Za-z'’]*){2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MASK = re.compile(r"\[[^\[\]\s]{1,12}\]")
_MIXED_SHARE = 0.3  # of Latin letters, a Japanese one counting twice, from which a text is mixed
# a sentence of its own, not a product's name or a quoted message: capital, three words, full stop
_SENTENCE = re.compile(
    r"(?:\A|[。.!?！？」)\n・:][ ]?|[ぁ-ヿ㐀-鿿][ ])(?=[A-Z])"
    r"([^ぁ-ヿ㐀-鿿。\n]{10,400}?[.!?])(?=\s|[ぁ-ヿ㐀-鿿【■「・*-]|\Z)"
)
_TWO_WORDS = re.compile(r"[a-z]{2},? [a-z0-9]")
_SMALL_WORD = re.compile(r"(?<![\w@./-])[a-z][a-z'’]+(?![\w@/])")


def detect_language(text: str) -> str:
    """Tell the language of a text: ``ja``, ``en``, ``mixed`` (both) or ``other``.

    Japanese is told by kana and kanji; names of products in Latin letters don't make a text mixed, a phrase of three
    words or more does once it holds 30 % of the text (a kanji or kana counts as two Latin letters), and so does a
    whole English sentence of its own. Latin text is
    English unless the little words of another language outnumber English ones; where that hangs on one of them, the
    greater part must be no English words either ("wifi in LA" is English). A text with no letters is ``other``.

    Examples
    --------
    >>> [detect_language(t) for t in ["iPhoneが動かない", "It broke", "画面に please try again later と出る"]]
    ['ja', 'en', 'mixed']
    >>> [detect_language(t) for t in ["Das ist nicht gut", "123"]]
    ['other', 'other']
    """
    if _JA.search(text) is None:
        return _without_japanese(text)
    phrases = _LATIN_PHRASE.findall(text)
    if phrases:
        latin = sum(len(p) for p in phrases)
        if latin > _MIXED_SHARE * (latin + 2 * len(_JA.findall(text))):
            return "mixed"
    if _TWO_WORDS.search(text) and _has_sentence(text):
        return "mixed"
    if _KANA.search(text) is None and len(text) >= 4 and _CHINESE.search(text):
        return "other"
    if _ALIEN.search(text) and len(_ALIEN.findall(text)) > len(_JA.findall(text)):
        return "other"
    return "ja"


def has_japanese(text: str) -> bool:
    """Tell whether a text has a kana or kanji.

    Examples
    --------
    >>> has_japanese("OKです"), has_japanese("OK")
    (True, False)
    """
    return _JA.search(text) is not None


def _has_sentence(text: str) -> bool:
    """Tell whether an English sentence stands by itself in a Japanese text."""
    return any(len(_SMALL_WORD.findall(found)) >= 2 for found in _SENTENCE.findall(text))


def _without_japanese(text: str) -> str:
    words = [w.lower() for w in _WORD.findall(_MASK.sub(" ", text))]
    latin = [w for w in words if w[0] < "\u0250"]
    if not latin or 2 * len(latin) < len(words):
        return "other"
    table = _function_words()
    votes = Counter(lang for w in latin for lang in table.get(w, ()))
    best = max(votes.values(), default=0)
    if best in (votes["en"], 1):  # so are a few words that no list has: "refund pls", "thx"
        return "en"
    return "en" if best - votes["en"] == 1 and _mostly_english(" ".join(latin)) else "other"


def _mostly_english(words: str) -> bool:
    """Ask simplemma's English dictionary, where one little word more of another language is all there is to go by."""
    import simplemma

    return float(simplemma.in_target_language(words, lang="en")) > 0.5


@lru_cache(maxsize=1)
def _function_words() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for lang, words in read_table("function_words.tsv"):
        for word in words.split():
            table[word] = (*table.get(word, ()), lang)
    return table
