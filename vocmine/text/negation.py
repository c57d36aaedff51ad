"""Which word a negation denies: つながらない, 良くありません, 問題ない, 使いづらい; but not しなければならない."""

from __future__ import annotations

from vocmine.text.splitter import ADJ, AUX, HARD, LIGHT_VERB, NOUN, PARTICLE, PROPER, VERB

_DENIES = frozenset(["ない", "ず", "ぬ", "無い", "まい"])
_HARD = frozenset(["難い", "辛い", "にくい", "づらい", "がたい", "悪い"])
_CAN_DENY = frozenset([AUX, ADJ, HARD])
_CARRIES = frozenset([VERB, ADJ, NOUN, PROPER])
_AUX = frozenset(["ます", "です", "だ", "れる", "られる", "せる", "させる", "たい", "ちゃう", "とく", "てる", "ちゃ"])
_PARTICLES = frozenset(["は", "も", "て", "で", "が", "に", "など", "さえ", "すら", "しか", "ちゃ", "じゃ"])
_NOUN_BRIDGES = frozenset(
    ["は", "が", "も", "など", "さえ", "すら", "しか", "有る", "ます", "だ", "です", "御座る", "で", "じゃ"]
)
# verbs that only lend their grammar: what is denied is the word before them
_LENDING = frozenset(
    [
        "知れる", "為る", "居る", "おる", "有る", "成る", "呉れる", "貰う", "頂く", "下さる", "言う", "仕舞う",
        "御座る", "いらっしゃる", "貰える", "頂ける", "致す", "置く",
    ]
)
_IDIOMS = frozenset(
    ["違い", "間違い", "仕方", "しょう", "訳", "筈", "事", "物", "限り", "他", "積もり", "申し訳", "何", "余り", "仕様"]
)
_MUST = frozenset(["ば", "と", "て", "は", "ちゃ"])
_MUST_VERBS = frozenset(["成る", "行ける", "いける", "行く", "駄目"])
_REFUSES = "兼ねる"  # お受けいたしかねます: politely no; but 言いかねない is "may well"
_LONGED = frozenset(["待つ", "見る"])  # 待ちかねる, 見かねる: words of their own
_REACH = 6  # words before a negation that it may deny


def find_denied(forms: list[str], kinds: list[int]) -> dict[int, str]:
    """Give the mark of each morpheme that is denied (``_ない``) or hampered (``_にくい``).

    Parameters
    ----------
    forms, kinds
        Sudachi's normalised form of each morpheme, and its kind.

    Returns
    -------
    dict of int to str
        Index of the morpheme to its mark; an empty mark for the denying word itself.
    """
    marks: dict[int, str] = {}
    for j, kind in enumerate(kinds):
        form = forms[j]
        if kind not in _CAN_DENY:
            if form == _REFUSES and j and forms[j + 1 : j + 2] not in (["ない"], ["無い"]):
                target = _denied(forms, kinds, j)
                if target is not None and forms[target] not in _LONGED:
                    marks.update({j: "", target: "_ない"})
            continue
        if kind == HARD:
            if form in _HARD and j and kinds[j - 1] in (VERB, LIGHT_VERB):
                marks[j - 1] = "_にくい"
        elif form in _DENIES:
            if kind == ADJ:
                marks[j] = ""
            target = None if _is_obligation(forms, kinds, j) else _denied(forms, kinds, j)
            if target is not None:
                marks[target] = "_ない"
    return marks


def _denied(forms: list[str], kinds: list[int], j: int) -> int | None:
    """Walk left from a denying word to what it denies."""
    bridge: list[str] = []
    for i in range(j - 1, max(-1, j - 1 - _REACH), -1):
        kind, form = kinds[i], forms[i]
        if kind == LIGHT_VERB and form in _LENDING:
            bridge.append(form)
        elif kind in _CARRIES or kind == LIGHT_VERB:
            if form in _LENDING or form in _IDIOMS or (kind in (NOUN, PROPER) and not _reaches_noun(bridge)):
                return None
            if form in _MUST_VERBS and i > 1 and forms[i - 1] in _MUST and forms[i - 2] in _DENIES:
                return None  # しないといけない: the second denial is a part of "must"
            return i
        elif kind == PARTICLE and form == "を" and bridge[-1:] == ["為る"]:
            bridge.append("は")  # 返事をしない
        elif (kind == PARTICLE and form in _PARTICLES) or (kind == AUX and form in _AUX):
            bridge.append(form)
        else:
            return None
    return None


def _reaches_noun(bridge: list[str]) -> bool:
    """Tell whether a noun is denied over a bridge: はない, がありません, ではない, しない, してくれない."""
    done = bridge[:-1] if bridge[-1:] and bridge[-1] in ("は", "も", "が") else bridge
    if done[-1:] in (["為る"], ["致す"]):
        return "が" not in done
    return all(form in _NOUN_BRIDGES for form in bridge)


def _is_obligation(forms: list[str], kinds: list[int], j: int) -> bool:
    """Tell whether the negation at j is that of "must": なければならない, ないといけない."""
    if j + 2 >= len(kinds) or kinds[j + 1] != PARTICLE or forms[j + 1] not in _MUST:
        return False
    last = min(j + 4, len(kinds))
    return any(form in _MUST_VERBS for form in forms[j + 2 : last])
