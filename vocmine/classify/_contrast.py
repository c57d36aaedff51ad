"""What a sentence sets against each other: clauses joined by のに, けど, but; now and before (前のほうが見やすい)."""

from __future__ import annotations

import re

_JOINT = re.compile(
    r"(?:(?<=[いただ])|な)のに、?|(?<=[いただるすん])(?:けれども?|けど|ものの)、?"
    r"|(?:(?<=です)|(?<=ます)|(?<=った)|(?<=した)|(?<=る)|(?<=だ)(?<!まだ)(?<!からだ))が、?"
    r"|(?:(?<=[いるただ])|な)(?:(?:その)?(?:一方|反面|半面)で?は?、?|わりには?、?|割には?、?|くせに、?|にもかかわらず、?)"
    # two subjects: 部屋は広いが朝食がまずい, not 匂いが気になる
    r"|(?<=い)(?<![匂臭違思扱払使願集占救争会笑疑狙装祝迷合買洗習向勢値具おわ]い)が(?=[^、。はがも]{1,10}[はがも][^、。]{2})"
    r"|(?<=い)が、|、?(?:ただし|しかし|ただ、|でも、)|、?(?:とはいえ|それに対して|それに比べて?)、?"
    r"|,? ?\b(?:but|(?:even )?although|(?:even )?though|however|whereas|albeit)\b,?|, yet\b"
    r"|,? \bwhile (?=(?:the|its?|my|our|their|your)\b)",
    re.IGNORECASE,
)
_BEFORE = (
    r"(?:以前|前|昔|旧[ァ-ヺー一-鿿]{1,6}|(?:以前|前|昔)の[ァ-ヺー一-鿿]{1,8}|(?:変更|更新|改装|改定|リニューアル)前)"
)
_BETTER_BEFORE = re.compile(rf"(?:やっぱり|やはり)?{_BEFORE}の?(?:ほう|方)が(?:ずっと|はるかに|まだ|断然)?")
_ONCE = re.compile(r"(?:^|(?<=、))(?:昔|以前|前|当初|最初|買った頃)は、?")
_PAST = re.compile(r"(?:た|でした|ました)(?:のに|のです|んです|けど|が|な|ね|よ|よね)?[。!?]?$")
_REGRET = re.compile(r"(?:のに|けれども?|けど|が)[。!?…]*$")
_STILL = re.compile(r"今(?:も|でも|だって)|変わらず|相変わらず")
_OLD_BETTER = re.compile(
    r"\b(?:old|previous|former|original|earlier) ((?:[a-z'-]+ ){0,2}?[a-z'-]+) (?:was|were|is|are|worked|looked|felt) "
    r"(?:so |much |way |far |a lot )*(?:better|nicer|easier|faster|clearer|superior|tastier|simpler)\b",
    re.IGNORECASE,
)
_BETTER_THEN = re.compile(
    r"\b(?:the|your|their|this|our|its) ((?:[a-z'-]+ )?[a-z'-]+) (?:used to be (?:so |much |way |really )*"
    r"(?:better|nicer|easier|faster|great|good|lovely|excellent|clean|cheap|friendly|reliable|fresh|quick|simple)"
    r"|(?:was|were) (?:so |much |way |far |a lot )*(?:better|nicer|easier|faster|clearer|tastier|simpler) "
    r"(?:before|in the past|last (?:year|month|time)|(?:a few )?years ago|earlier))\b",
    re.IGNORECASE,
)


def clauses(sentence: str) -> list[str]:
    """Cut a sentence where it turns: at のに, けど, ものの, ただし, but, although.

    Examples
    --------
    >>> clauses("音質はいいのに装着感が悪い"), clauses("設定するのに時間がかかる"), clauses("It is fast but loud")
    (['音質はいい', '装着感が悪い'], ['設定するのに時間がかかる'], ['It is fast', ' loud'])
    """
    parts = [part for part in _JOINT.split(sentence) if part.strip(" 、。")]
    return parts if len(parts) > 1 else [sentence]


def against_before(clause: str) -> tuple[str, bool]:
    """Give a clause without its comparison with before, and whether what it praises was better then than now.

    Examples
    --------
    >>> [against_before(clause) for clause in ("メニューは前のほうが見やすい", "昔は梱包が丁寧だった", "前より良い")]
    [('メニューは見やすい', True), ('梱包が丁寧だった', True), ('前より良い', False)]
    """
    if _STILL.search(clause):
        return clause, False
    rest, n = _BETTER_BEFORE.subn("", clause)
    if n:
        return rest, True
    if _PAST.search(clause) and _ONCE.search(clause):
        return _REGRET.sub("", _ONCE.sub("", clause)), True
    return clause, False


def better_before(sentence: str) -> list[tuple[str, str]]:
    """Give the things whose old state an English sentence calls better, and the words that say so.

    Examples
    --------
    >>> better_before("The old packaging was better")
    [('packaging', 'old packaging was better')]
    """
    found = [*_OLD_BETTER.finditer(sentence), *_BETTER_THEN.finditer(sentence)]
    return [(m.group(1).lower(), m.group()) for m in found]
