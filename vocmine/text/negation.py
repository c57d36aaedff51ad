"""Which word a negation denies: つながらない, 届かへん, 使いづらい; not しなければならない, 届かないわけではない."""

from __future__ import annotations

from collections.abc import Sequence

from vocmine.text.splitter import ADJ, AUX, HARD, LIGHT_VERB, NOUN, OTHER, PARTICLE, PROPER, VERB

DENIALS = frozenset(["ない", "ず", "ぬ", "無い", "まい", "へん"])
# what the dictionary takes ～えへん, ～ひん and ～てへん for
_DIALECT = {"へん": (NOUN, AUX), "えへん": (OTHER,), "干る": (VERB, LIGHT_VERB)}
_HARD = frozenset(["難い", "辛い", "にくい", "づらい", "がたい", "悪い"])
_CAN_DENY = frozenset([AUX, ADJ, HARD])
_CARRIES = frozenset([VERB, ADJ, NOUN, PROPER])
_AUX = frozenset(
    ["ます", "です", "だ", "れる", "られる", "せる", "させる", "たい", "ちゃう", "とく", "てる", "ちゃ", "とる", "よる",
     "はる"]
)
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
_MAY_DENY = DENIALS | _DIALECT.keys() | _HARD | {_REFUSES}
_LONGED = frozenset(["待つ", "見る"])  # 待ちかねる, 見かねる: words of their own
_REACH = 6  # words before a negation that it may deny
# nouns and verbs through which a denial reaches the clause before: ～わけではない, ～とは言えない
_CLAUSE_NOUNS = frozenset(["訳", "事", "こと"])
_CLAUSE_VERBS = frozenset(["言う", "限る", "言い切る", "思う", "思える", "考える"])
_OPENS_CLAUSE = frozenset([*_CLAUSE_NOUNS, "と", "は", "も"])
_LINKS = frozenset(["で", "だ", "じゃ", "は", "も", "が"])
_ENDINGS = frozenset(["た", "だ", "です", "易い"])
_POLITE = frozenset(["です", "ます", "た", "の"])
_FILLERS = frozenset(["有る", "御座る", "ます", "れる", "られる", "切る"])


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
    outer = _outer(forms) if not _OPENS_CLAUSE.isdisjoint(forms) else {}
    marks: dict[int, str] = {}
    for j, form in enumerate(forms):
        if form not in _MAY_DENY:
            continue
        kind = kinds[j]
        if form == _REFUSES and kind not in _CAN_DENY:
            target = _denied(forms, kinds, j) if j and forms[j + 1 : j + 2] not in (["ない"], ["無い"]) else None
            if target is not None and forms[target] not in _LONGED:
                marks.update({j: "", target: "_ない"})
        elif kind == HARD:
            if form in _HARD and j and kinds[j - 1] in (VERB, LIGHT_VERB):
                marks[j - 1] = "_にくい"
        elif _is_denial(forms, kinds, j):
            if kind <= ADJ:
                marks[j] = ""
            own = j not in outer and not _is_obligation(forms, kinds, j)
            target = _denied(forms, kinds, j) if own else None
            if target is not None:
                marks[target] = "_ない"
    for j, start in outer.items():
        marks |= {i: "" for i in range(start, j) if kinds[i] <= ADJ}
        _flip(forms, kinds, start, marks)
    return marks


def outer_denial(forms: Sequence[str], at: int) -> int | None:
    """Give the place of the word that denies the clause before ``at``, as in まずい「わけではない」; None if none does.

    Parameters
    ----------
    forms : sequence of str
        Sudachi's normalised forms.
    at : int
        Place right after the clause: of わけ, こと, と, or of は and も after ない.

    Examples
    --------
    >>> outer_denial(["不味い", "訳", "で", "は", "無い"], 1), outer_denial(["不味い", "と", "は", "言う", "ない"], 1)
    (4, 4)
    >>> outer_denial(["訳", "が", "分かる", "ない"], 0) is None
    True
    """
    form, i = forms[at], at + 1
    if form in _CLAUSE_NOUNS:
        linked = _skip(forms, i, _LINKS)
        if linked == i or (form != "訳" and forms[i] not in ("は", "も")):
            return None
        i = _skip(forms, linked, _FILLERS)
    elif form == "と":
        said = _skip(forms, i, frozenset(["は", "も"]))
        if said >= len(forms) or forms[said] not in _CLAUSE_VERBS or (forms[said] == "言う" and said == i):
            return None
        i = _skip(forms, said + 1, _FILLERS)
    elif form in ("は", "も") and at and forms[at - 1] in DENIALS:
        i = _skip(forms, i, _FILLERS)
    else:
        return None
    if i >= len(forms) or forms[i] not in DENIALS:
        return None
    asked = _skip(forms, i + 1, _POLITE)  # 高いと思いませんか says that it is
    return None if forms[asked : asked + 1] == ["か"] else i


def _skip(forms: Sequence[str], i: int, over: frozenset[str]) -> int:
    while i < len(forms) and forms[i] in over:
        i += 1
    return i


def _outer(forms: list[str]) -> dict[int, int]:
    """Give each word that denies a clause, and where that clause ends."""
    ends = ((outer_denial(forms, at), at) for at, form in enumerate(forms) if at and form in _OPENS_CLAUSE)
    return {j: at for j, at in ends if j is not None}


def _flip(forms: list[str], kinds: list[int], end: int, marks: dict[int, str]) -> None:
    """Turn the denial of the clause before ``end``: 漏れないわけではない is 漏れる, まずいわけではない まずい_ない."""
    last = end - 3 if forms[max(0, end - 2) : end] == ["と", "言う"] else end - 1  # 悪いというわけではない
    while last > 0 and (forms[last] in DENIALS or forms[last] in _ENDINGS):
        last -= 1
    target = _denied(forms, kinds, last + 1)
    if target is None:
        return
    if marks.get(target) == "_ない":
        del marks[target]
    elif forms[end - 1] != "た" or forms[end] == "訳":  # 見たことはない tells of no clause that was said
        marks[target] = "_ない"


def _is_denial(forms: list[str], kinds: list[int], j: int) -> bool:
    form, kind = forms[j], kinds[j]
    if form in _DIALECT:
        before = j > 0 and (kinds[j - 1] in (VERB, LIGHT_VERB, AUX) or forms[j - 1] == "て")
        return before and kind in _DIALECT[form]
    return kind in _CAN_DENY and form in DENIALS


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
            if form in _MUST_VERBS and i > 1 and forms[i - 1] in _MUST and forms[i - 2] in DENIALS:
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
