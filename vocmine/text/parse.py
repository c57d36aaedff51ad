"""Pairs of a word and what is said of it, read off a dependency parse (Universal Dependencies, as GiNZA gives it)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from vocmine.text.negation import DENIALS, outer_denial

_SUBJECTS = frozenset(["nsubj", "nsubj:outer", "obj", "obl", "iobj", "dislocated", "nsubj:pass"])
_PREDICATES = frozenset(["VERB", "ADJ", "NOUN", "AUX"])
_THINGS = frozenset(["NOUN", "PROPN"])
_DENIES = DENIALS | {"えへん"}
_DIALECT = frozenset(["へん", "とる", "よる"])  # where the model takes 届いとらん for a noun
_WISHES = frozenset(["たい", "欲しい", "ほしい", "下さる", "下さい", "希望"])
_HARD = frozenset(["辛い", "難い", "づらい", "にくい", "がたい"])
_HELPERS = frozenset(
    "来る 行く 仕舞う 見る 置く 貰う 呉れる 頂く 居る 有る 成る 下さる 貰える 頂ける 為る".split()  # noqa: SIM905
)
_HELPING = _HELPERS | _DENIES | _WISHES
# しても(らえ)ますか asks, though it may have a denial: 送ってもらえませんか
_FAVOURS = frozenset(["貰える", "頂ける", "呉れる", "下さる", "貰う", "頂く"])
_PASSIVE = ("れる", "られる")
# what one can do, in verbs that have a form for it and no other sense
_CAN = frozenset([
    "使える", "払える", "買える", "読める", "書ける", "行ける", "聞ける", "話せる", "見れる", "選べる", "押せる",
    "戻せる", "直せる", "消せる", "送れる", "頼める", "申し込める", "取り消せる", "遊べる", "飲める", "泊まれる",
    "乗れる", "通れる", "座れる", "眠れる", "寝れる", "休める", "待てる", "会える", "探せる", "渡せる", "返せる",
    "試せる", "食べれる",
])
_TAIL = frozenset(["aux", "fixed", "mark", "cop", "case", "aux:pass"])
_EMPTY = frozenset(
    ["こと", "もの", "ため", "よう", "の", "方", "時", "とき", "ところ", "わけ", "事", "物", "為", "所", "これ", "それ"]
)


class Pair(NamedTuple):
    """A word, what is said of it, whether that is denied, how it is meant, and the sentence.

    ``nuance`` is empty or of ``cannot``, ``hard``, ``wish``, ``must``, ``passive``, joined by ``+``. ``subject_key``
    and ``predicate_key`` are the normalised forms, by which pairs are counted.
    """

    subject: str
    predicate: str
    negated: bool
    nuance: str
    subject_key: str
    predicate_key: str
    sentence: str


def japanese_pairs(doc: Any) -> list[Pair]:
    """Give the pairs of a document that GiNZA parsed, each once."""
    found = [pair for token in doc for pair in _pairs_of_token(doc, token)]
    return list(dict.fromkeys(found))


def _pairs_of_token(doc: Any, token: Any) -> Iterator[Pair]:
    if token.dep_ in _SUBJECTS and token.pos_ in _THINGS and token.head.pos_ in _PREDICATES and token.head.i > token.i:
        yield from _pair(doc, token, _nearest(doc, token) or _content(doc, token.head))
    elif token.dep_ == "acl" and token.head.pos_ in _THINGS and token.pos_ in ("VERB", "ADJ"):
        yield from _pair(doc, token.head, token)
    elif _is_verbal_noun(token) and not any(c.dep_ in _SUBJECTS for c in token.children):
        # ログインできない: what can't be done is the subject
        tail = _tail(doc, token)
        norms = [t.norm_ for t in tail]
        if tail and tail[0].norm_ == "出来る":
            yield from _pair(doc, token, tail[0], tail)
        elif _meaning(token, norms)[1] == "wish" and _can_stand_alone(doc, token):
            yield from _asked_for(doc, token, norms)


def _asked_for(doc: Any, token: Any, norms: list[str]) -> Iterator[Pair]:
    """Give 返金 → する (wish) of 返金していただけますか: what is asked for is the subject."""
    word = _phrase(doc, token)
    negated, nuance = _meaning(token, norms)
    yield Pair(word, "する", negated, nuance, _key(doc, token), "する", token.sent.text.strip())


def _can_stand_alone(doc: Any, token: Any) -> bool:
    """Tell whether nothing before a verbal noun says more of it: 返金して, not 早く連絡して."""
    return bool(token.i == token.sent.start or doc[token.i - 1].pos_ in ("PUNCT", "NOUN", "SYM"))


def _is_verbal_noun(token: Any) -> bool:
    return bool(token.pos_ == "VERB" and token.tag_.startswith("名詞"))


def _pair(doc: Any, subject: Any, predicate: Any, tail: list[Any] | None = None) -> Iterator[Pair]:
    word = _phrase(doc, subject)
    if word in _EMPTY or not any(c.isalpha() for c in word) or "[" in word:
        return
    after = _tail(doc, predicate) if tail is None else tail
    norms = [t.norm_ for t in after]
    negated, nuance = _meaning(predicate, norms)
    shown, key = predicate.lemma_, predicate.norm_
    if _is_verbal_noun(predicate):
        ending = "できる" if "出来る" in norms[:2] else "する"
        shown, key = predicate.text + ending, predicate.norm_ + ending
    yield Pair(word, shown, negated, nuance, _key(doc, subject), key, predicate.sent.text.strip())


def _nearest(doc: Any, subject: Any) -> Any:
    """Give an adjective between a subject and its head: 高い of 料金が高くて解約したい, where the parser skips it."""
    if not subject.dep_.startswith("nsubj"):
        return None
    for token in doc[subject.i + 1 : subject.head.i]:
        if token.norm_ in _DENIES:
            continue
        own = any(c.dep_ in _SUBJECTS for c in token.children)
        if token.pos_ == "ADJ" and token.dep_ == "advcl" and token.head == subject.head and not own:
            return None if token == _content(doc, subject.head) else token
    return None


def _content(doc: Any, head: Any) -> Any:
    """Give the word that carries the meaning: 送る of 送られてきた, 良い of 良くなかった, 漏れる of 漏れなくはない."""
    first = head.i - 2
    if first > 0 and head.norm_ in _DENIES and doc[first + 1].text in ("は", "も") and doc[first].norm_ in _DENIES:
        return doc[first - 1]
    before = [c for c in head.children if c.dep_ == "advcl" and c.i < head.i]
    if not before or not (head.norm_ in _HELPERS or head.norm_ in _DENIES):
        return head
    last = before[-1]
    between = doc[last.i + 1 : head.i]
    return last if all(t.dep_ in _TAIL or t.pos_ in ("AUX", "SCONJ", "PART", "ADP") for t in between) else head


def _tail(doc: Any, predicate: Any) -> list[Any]:
    """Give the helpers that follow a predicate: auxiliaries, て, and verbs that only help."""
    out = []
    for token in doc[predicate.i + 1 : predicate.i + 10]:
        helper = token.pos_ in ("VERB", "ADJ") and token.norm_ in _HELPING
        grammar = token.pos_ in ("AUX", "SCONJ", "PART") or token.dep_ in ("aux", "fixed", "mark")
        if not (grammar or helper or token.text in "はもば" or token.norm_ in _DIALECT):
            break
        if token.norm_ in ("が", "けれど", "から", "ので", "し", "のに"):
            break
        out.append(token)
    return out


def _meaning(predicate: Any, norms: list[str]) -> tuple[bool, str]:
    denials = [i for i, n in enumerate(norms) if n in _DENIES]
    between = norms[denials[0] + 1 : denials[-1]] if len(denials) > 1 else []
    must = between not in (["は"], ["も"]) and any(n in ("ば", "と", "ては", "は", "て") for n in between)
    asked = "か" in norms and any(n in _FAVOURS for n in norms)
    negated = (len(denials) % 2 == 1 or predicate.norm_ in _DENIES) and not (must or asked)
    negated = negated != _is_clause_denied(predicate)
    cannot = negated and _is_beyond(predicate, norms, denials)
    marks = {
        "cannot": cannot,
        "hard": any(n in _HARD for n in norms),
        "wish": asked or any(n in _WISHES for n in norms),
        "must": must,
        "passive": not cannot and "か" not in norms and any(n in _PASSIVE for n in norms),
    }
    return negated, "+".join(name for name, yes in marks.items() if yes)


def _is_clause_denied(predicate: Any) -> bool:
    """Tell whether what follows denies the whole: まずいわけではない, 汚くないとは言えない."""
    after = [t for t in predicate.doc[predicate.i + 1 : predicate.i + 12] if t.sent == predicate.sent]
    norms = [t.norm_ for t in after]
    for i, token in enumerate(after):
        if token.norm_ in ("訳", "事", "こと", "と") and outer_denial(norms, i) is not None:
            return True
        if token.pos_ not in ("AUX", "SCONJ") and token.norm_ not in (*_DENIES, "出来る", "と", "言う"):
            return False
    return False


def _is_beyond(predicate: Any, norms: list[str], denials: list[int]) -> bool:
    """Tell 変更できない, 使えない and 見られない, which nobody can, from 付与されていない, which nobody did."""
    if "出来る" in norms or predicate.norm_ == "出来る" or predicate.lemma_ in _CAN:
        return True
    before = norms[: denials[0]] if denials else []
    return bool(before) and before[-1] in (*_PASSIVE, "ます") and _can_be_potential(predicate, before)


def _can_be_potential(predicate: Any, before: list[str]) -> bool:
    return not _is_verbal_noun(predicate) and any(n in _PASSIVE for n in before) and "居る" not in before


def _phrase(doc: Any, token: Any) -> str:
    first = token.i
    while first > 0 and _belongs(doc[first - 1], token):
        first -= 1
    return str(doc[first : token.i + 1].text)


def _belongs(left: Any, token: Any) -> bool:
    return bool(left.dep_ == "compound" and left.head.i <= token.i and left.pos_ in _THINGS)


def _key(doc: Any, token: Any) -> str:
    phrase = _phrase(doc, token)
    return token.norm_ if phrase == token.text else phrase


def english_pairs(doc: Any) -> list[Pair]:
    """Give the pairs of a document that an English spaCy model parsed, each once."""
    out = []
    for token in doc:
        if token.pos_ not in _THINGS:
            continue
        head = token.head
        if token.dep_ in ("nsubj", "nsubjpass", "dobj", "obj"):
            adjective = [c for c in head.children if c.dep_ in ("acomp", "attr")] if head.lemma_ == "be" else []
            said = adjective[0] if adjective else head
            negated = any(c.dep_ == "neg" for c in (*head.children, *said.children))
            beyond = negated and any(c.lemma_ in ("can", "could") for c in head.children)
            nuance = "cannot" if beyond else "passive" if token.dep_ == "nsubjpass" else ""
            word, shown = token.lemma_.lower(), said.lemma_.lower()
            out.append(Pair(word, shown, negated, nuance, word, shown, token.sent.text.strip()))
    return list(dict.fromkeys(out))
