"""Characters taken for others of the same look: ぺダル, 工アコン, サ一ビス, 電カ会社; told by their neighbours."""

from __future__ import annotations

import re
from functools import lru_cache

from vocmine.text.splitter import dictionary

_KANA = "ァ-ヴー"
_TO_KATAKANA = dict(zip("へべぺり力工口二夕八卜一", "ヘベペリカエロニタハトー", strict=True))
_DASHES = "―—–‐−─-"
_TO_KANJI = dict(zip("カエロタ", "力工口夕", strict=True))
_TO_HIRAGANA = dict(zip("ヘベペリ", "へべぺり", strict=True))
_HIRAGANA_LIKE = frozenset("へべぺり")
_NUMERALS = frozenset("一二三四五六七八九十百千数何幾")
_NO_BEGINNING = frozenset("ッンァィゥェォャュョー")
_PARTICLES = frozenset("のがをはにでとも")
_KANJI = re.compile(r"[一-鿿々]")
_LETTER = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々A-Za-z0-9]")
_RUN = re.compile(rf"[{_KANA}]*")
_KANJI_BEFORE = re.compile(r"(?:[一-鿿々]+|\d)\Z")
# what may be one; most texts have none, or only へ after a katakana word
_MAY_BE = re.compile(
    rf"[{_KANA}](?:[べぺり力工口二夕八卜一][一{_DASHES}]?|へ[{_KANA}]|[{_DASHES}](?![0-9A-Za-z]))|[へべぺり力工口二夕八卜][一{_DASHES}]?[{_KANA}]"
    rf"|(?<![{_KANA}])(?:[カエロタ][一-鿿]|(?<=[一-鿿])[カロ]|(?<=[ぁ-ゖ一-鿿])(?:[ベペリ](?=[ぁ-ゖ])|ヘ(?=[ぁ-ゖ一-鿿])))"
)
_PASSES = 3  # one that was put right may tell of its neighbour


def put_right(text: str) -> str:
    """Give each character of a text that only looks like the one that was meant as the latter; lengths stay.

    A kanji or hiragana of the look of a katakana between katakana is that katakana, ``一`` and dashes there are ``ー``,
    and the other way round; where both readings make sense, as in コンビニへアクセス, 電力カット, セット一つ, 口コミ,
    Sudachi's dictionary decides or the character stays.

    Examples
    --------
    >>> [put_right(text) for text in ("工アコンのリモコン", "ブルべ", "サ一ビス", "入ロの工事", "コンビニへアクセス")]
    ['エアコンのリモコン', 'ブルベ', 'サービス', '入口の工事', 'コンビニへアクセス']
    """
    for _ in range(_PASSES):
        if _MAY_BE.search(text) is None:
            break
        found = _pass(text)
        if found == text:
            break
        text = found
    return text


def _pass(text: str) -> str:
    chars = list(text)
    for match in _MAY_BE.finditer(text):
        for i in range(match.start(), match.end()):
            char = chars[i]
            if char in _TO_KATAKANA or char in _DASHES:
                chars[i] = _as_katakana("".join(chars), i)
            elif char in _TO_KANJI:
                chars[i] = _as_kanji(text, i)
            elif char in _TO_HIRAGANA:
                chars[i] = _as_hiragana(text, i)
    return "".join(chars)


def _runs(text: str, i: int) -> tuple[str, str]:
    """Give the katakana right before and right after a place."""
    start = i
    while start > 0 and _RUN.fullmatch(text[start - 1]):
        start -= 1
    right = _RUN.match(text, i + 1)
    return text[start:i], right.group() if right else ""


def _kanji_before(text: str, i: int) -> str:
    found = _KANJI_BEFORE.search(text, max(0, i - 8), i)
    return found.group() if found else ""


def _as_katakana(text: str, i: int) -> str:
    char = text[i]
    left, right = _runs(text, i)
    before, after = text[i - len(left) - 1 : i - len(left)] if i > len(left) else "", text[i + 1 + len(right) :][:1]
    if not (left or right):
        return char
    meant = _TO_KATAKANA.get(char, "ー")
    joined = left + meant + right
    if meant == "ー" and not left:
        first = _TO_KATAKANA.get(text[i - 1], "") if i else ""  # ぺ一パー, 力―ド: two stand side by side
        return meant if first and _reads(first + joined) else char
    if char in _DASHES:
        return meant if left and _known(joined) and not left.endswith("ー") else char
    if char == "一":
        return meant if _is_long_vowel(left, right, after, joined) else char
    if left and right:
        both = _is_word(left) and _is_word(right)
        keeps = not _known(joined) if char == "へ" else both and not _known(joined)
        return char if keeps else meant
    if char in _HIRAGANA_LIKE:
        fits = _begins(char, before, right, joined) if right else _ends(char, left, after, joined)
    elif right:
        fits = _kanji_begins(char, _kanji_before(text, i), right, joined)
    else:
        fits = _kanji_ends(char, left, after, joined)
    return meant if fits else char


def _is_long_vowel(left: str, right: str, after: str, joined: str) -> bool:
    if not left or left.endswith("ー") or right.startswith("ー"):
        return False
    if right:
        return _known(joined) or not (_is_word(left) and _is_word(right))
    return _reads(joined) and not _KANJI.match(after) and after != "つ" and not after.isdigit()


def _begins(char: str, before: str, right: str, joined: str) -> bool:
    """Tell whether a hiragana begins a katakana word: ぺダル, りモコン; not コンビニへ, 食べログ."""
    if right[0] in _NO_BEGINNING and right != "ー":
        return right[0] != "ー" or not before
    if not _LETTER.match(before):
        return len(right) > 1 and (char != "へ" or _known(joined) or not _is_word(right))
    if char == "ぺ" and before in _PARTICLES:
        return True
    return not _KANJI.match(before) and _known(joined) and not _is_word(right)


def _ends(char: str, left: str, after: str, joined: str) -> bool:
    """Tell whether a hiragana ends a katakana word: ブルべ, アプり; not サボり."""
    if char == "へ" or len(left) < 2:
        return False
    if char == "り":
        return _known(joined) and not _known(left + "る")
    return not _LETTER.match(after) or after in _PARTICLES or bool(_KANJI.match(after))


def _kanji_begins(char: str, before: str, right: str, joined: str) -> bool:
    """Tell whether a kanji begins a katakana word: 工アコン, 力ード; not 入力エラー, 口コミ, 二ページ, 八カ月."""
    if right[0] in _NO_BEGINNING:
        return True
    if (char in _NUMERALS and len(right) < 2) or before[-1:].isdigit():
        return False
    if before and not (_is_word(before) and not _known(before + char)):
        return False
    return (_known(joined) and not _known(char + right)) or (_reads(joined) and not _reads(right))


def _kanji_ends(char: str, left: str, after: str, joined: str) -> bool:
    """Tell whether a kanji ends a katakana word: デー夕, プ口; not コミュ力, ツアー二日目."""
    if char == "卜":
        return True
    return not _KANJI.match(after) and _known(joined) and not _known(left + char) and not after.isdigit()


def _as_kanji(text: str, i: int) -> str:
    """Give the kanji that a lone katakana stands for: 電カ会社, エ事; not 三カ月."""
    char = text[i]
    left, right = _runs(text, i)
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    meant = _TO_KANJI[char]
    if left or before in _NUMERALS or before.isdigit():
        return char
    ends = bool(_KANJI.match(before)) and _known(before + meant) and not _known(before + char)
    if right:
        return meant if ends and _is_word(right) and not _known(char + right) else char
    begins = bool(_KANJI.match(after)) and _known(meant + after) and not _known(char + after)
    return meant if ends or begins else char


def _as_hiragana(text: str, i: int) -> str:
    left, right = _runs(text, i)
    return text[i] if left or right else _TO_HIRAGANA[text[i]]


def _reads(run: str) -> bool:
    """Tell whether a run of katakana is a word, or two of some length."""
    return _is_word(run) or any(_known(run[:i]) and _known(run[i:]) for i in range(3, len(run) - 1))


def _is_word(run: str) -> bool:
    return len(run) > 1 and _known(run)


@lru_cache(maxsize=20_000)
def _known(word: str) -> bool:
    """Tell whether Sudachi's dictionary has exactly this word."""
    return len(dictionary().lookup(word)) > 0
