"""Reads the polarity of Japanese text: words, their negation, wishes, contrast, degree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vocmine.classify.lexicon import Word, japanese, two_character_index

_NOT = r"(?:(?:一つ|ひとつ|一度|1つ|一切|何)も?)?(?:ない|なかっ|無い|無かっ|なく(?!な[りるっ])|無く(?!な)|ませ[んぬ]|なし|無し|ねぇ|ねえ|ねー|見当たら[なまず]|見つから[なまず]|ず(?![っつれらいきる])|ぬ(?=[、。]|$))"
_TAG_QUESTION = r"(?!(?:です|でしょう|だろう)?か[?。なね]?[!！]*$|でしょうか|だろうか|[?])"
_AFTER_KU = re.compile(rf"(?:は|も|て|感じ|思え|見え|あり|ござい|なり|し|なさそう|)*?{_NOT}{_TAG_QUESTION}")
_AFTER_STEM = re.compile(rf"く{_AFTER_KU.pattern}")
_AFTER_VERB = re.compile(rf"[られせしえけげてでいおはもきくんっりさわかがたなばまあみびちぎ]{{0,4}}?{_NOT}")
_AFTER_NOUN = re.compile(
    r"(?:[性感さ点面所度]|ところ|なところ|さん)?(?:では|じゃ|でも|で|とは|とも|は|が|も|を|に|と|という|な|の|する|した|る|た|い|てい|こと|事)*?"
    r"(?:特に|あまり|全く|全然|一切|何も|まったく|そんなに|それほど|別に|何一つ|ほとんど|まるで)?"
    r"(?:感じ|感じられ|感じる|もの|わけ|訳|こと|ほど|思[いえわ]|言[いえ]|いえ|見え|思え|なら|なり|でき|出来|し|され|得られ|見られ|見当たら|もら[いえ]|もて|持て|あり|ござい|いか|いき|いただけ|頂け|くれ|は|が|も)*?"
    rf"{_NOT}{_TAG_QUESTION}"
)
_ADVERB_THEN_NOT = re.compile(rf"に[^、。,.!?\s]{{1,6}}?{_NOT}")
_WELL_NOT = re.compile(rf"[^、。,.!?\s]{{1,6}}?{_NOT}{_TAG_QUESTION}")
_GENTLY_NOT = re.compile(rf"し?て[^、。,.!?\s]{{1,6}}?{_NOT}{_TAG_QUESTION}")
_NONE_OF = re.compile(rf"な?(?:ところ|所|点|部分|事|こと|面|もの|物|思い|印象|気|顔|感じ|気分)(?:を?(?:する|した|感じる|感じた)?(?:こと|事)?)?(?:が|は|も|を)?(?:し|感じ|あり|ござい|され)?{_NOT}")
_GONE = re.compile(r"[はがも](?:すぐ(?:に)?|全て|すべて|完全に|かなり)?(?:なくな[りっ]|無くな[りっ]|消え|解消|吹き飛|解決|改善|直[りっ])")
_HASTE = re.compile(r"[てで](?:ほし|欲し|くださ|下さ|もらいたい|いただきたい|くれ[!。]?$)|お願い|しろ|してほ")
_JUDGED_NOT = re.compile(
    r"[^、。\s]{0,5}?(?:では|じゃ)(?:ない|なかった|ありませ)(?!か|で)|(?:だ|です)?(?:と|とは|とも|って|という|といった|というほど|ということ|こと|わけ|訳|もの|ほど|程|の|ん|感じ|印象|気)(?:では|じゃ|で|は|が|も|に|を)?"
    r"(?:ない|なかった|ありませ|無い|言え[なま]|いえ[なま]|言い[が難]|いい[がに]|思わな|思えな|思えま|思いませ|感じな|感じませ|感じられ|限らな|限りませ|しな|しませ)"
)
_STRONG = re.compile(r"(?:とても|とっても|すごく|凄く|非常に|大変|たいへん|かなり|めちゃ|めっちゃ|本当に|ほんとに|ほんと|本当|最も|超|あまりに|あまりにも|全く|まったく|全然|実に|とにかく|大変に|大いに|断然|格段に|異常に|極めて|もの凄く|ものすごく|心から|毎回|いつも|何もかも)(?:に|も|の)?$")
_WEAK = re.compile(r"(?:少し|すこし|ちょっと|やや|多少|若干|少々|なんとなく|ちょい|たまに|時々|一部|わりと|割と|まあ|まぁ|そこそこ)(?:は|も|だけ)?$")
_MORE = re.compile(r"(?:もっと|もう少し|もうちょっと|あと少し|より一層|もうすこし|さらに)[^、。]{0,6}$")
_IF = re.compile(r"(?:[けれ]*ば|たら|なら(?!な)|と(?:思って(?:い)?た|思った|聞いて)(?:が|けど|のに|ので))")
_EXPECTED = re.compile(r"[^、。]{0,4}(?:と思って(?:い)?た(?:が|けど|のに|んで|ので)|と(?:聞い|書い|言われ)て(?:い)?た|はず|つもりだ)")


_TAIL = re.compile(r"(?:ませんでした|ません|ました|ます|なかった|ない|った|た|る|い|っている|ている|て)?")


class Hit(NamedTuple):
    """A polarity word found: where, as it stands in the text, its score in place, whether it was negated."""

    start: int
    end: int
    text: str
    score: float
    negated: bool


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, Word], dict[str, tuple[int, ...]]]:
    table = japanese()
    return table, two_character_index(table)


def _script(char: str) -> int:
    return 1 if "ぁ" <= char <= "ん" else 2 if "ァ" <= char <= "ー" else 3 if "一" <= char <= "鿿" else 0


def _inside(text: str, i: int, bounded: bool) -> bool:
    """Say whether position i lies within a run of one script (for words that must start one, and all in katakana)."""
    script = _script(text[i])
    return script == _script(text[i - 1]) and (script == 2 or (bounded and script != 0))


def find_words(text: str) -> list[tuple[int, int, Word]]:
    """Find the lexicon's forms in a text, leftmost longest, without overlap.

    Examples
    --------
    >>> [(s, e) for s, e, _ in find_words("料金が高い")]
    [(0, 4)]
    """
    table, index = _index()
    found = []
    i, n = 0, len(text)
    while i < n:
        step = 1
        for length in index.get(text[i : i + 2], ()) or index.get(text[i], ()):
            word = table.get(text[i : i + length]) if i + length <= n else None
            if word is None or (i and (word.bounded or text[i] >= "ァ") and _inside(text, i, word.bounded)):
                continue
            found.append((i, i + length, word))
            step = length
            break
        i += step
    return found


_SHARED = (_NONE_OF, _JUDGED_NOT)
_TESTS: dict[tuple[str, bool], tuple[re.Pattern[str], ...]] = {
    ("i", True): _SHARED,
    ("i", False): _SHARED,
    ("く", True): (_AFTER_KU, _WELL_NOT, *_SHARED),
    ("く", False): (_AFTER_KU, *_SHARED),
    ("n", True): (_AFTER_NOUN, *_SHARED, _ADVERB_THEN_NOT, _GENTLY_NOT),
    ("n", False): (_AFTER_NOUN, *_SHARED, _ADVERB_THEN_NOT, _GONE),
    ("v1", True): (_AFTER_VERB, *_SHARED),
    ("v1", False): (_AFTER_VERB, *_SHARED),
    ("v5", True): (_AFTER_VERB, *_SHARED),
    ("v5", False): (_AFTER_VERB, *_SHARED),
    ("p", True): (_AFTER_STEM, _AFTER_NOUN, *_SHARED),
    ("p", False): (_AFTER_STEM, _AFTER_NOUN, *_SHARED),
}


def _negation(text: str, end: int, kind: str, good: bool) -> int:
    """Give where the negation after a word ends, or 0."""
    tail = text[end : end + 22]
    tests = _TESTS[kind, good]
    if kind == "i":
        tests = _TESTS["n" if text[end - 1] == "さ" else "く" if text[end - 1] == "く" else "i", good]
    for test in tests:
        match = test.match(tail)
        if match:
            return end + match.end()
    return 0


def _degree(before: str) -> float:
    if _STRONG.search(before):
        return 1.3
    return 0.6 if _WEAK.search(before) else 1.0


def hits_ja(text: str) -> list[Hit]:
    """Give the polarity words of a sentence with their scores in place.

    Examples
    --------
    >>> [(h.text, h.score > 0, h.negated) for h in hits_ja("食事は楽しくなかった。対応は悪くない。")]
    [('楽しくなかった', False, True), ('悪くない', True, False)]
    """
    hits: list[Hit] = []
    for start, end, word in find_words(text):
        if hits and hits[-1].negated and start < hits[-1].end:
            continue
        score, stop, negated = word.score, end, False
        if word.kind != "p" or word.negated != word.score:
            past = _negation(text, end, word.kind, word.score > 0)
            if past:
                score, stop, negated = word.negated, past, True
        if not score:
            continue
        before = text[max(0, start - 8) : start]
        if score > 0 and not negated and word.kind != "p":
            if text[start:end] in ("早く", "速く", "はやく") and _HASTE.search(text, end):
                score = -0.6
            elif _MORE.search(before) or _EXPECTED.match(text, end):
                score = -0.6
            elif _IF.match(text, end):
                score *= 0.2
        if negated or word.kind != "n":
            stop = max(stop, _TAIL.match(text, stop).end())  # type: ignore[union-attr]
        hits.append(Hit(start, stop, text[start:stop], score * _degree(before), negated))
    return hits
