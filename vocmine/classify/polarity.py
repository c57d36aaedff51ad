"""Reads what a text says good and bad, sentence by sentence, into hits (the evidence) and numbers (the features)."""

from __future__ import annotations

import re
from math import log1p, tanh
from typing import NamedTuple

from vocmine.classify.polarity_en import hits_en
from vocmine.classify.polarity_ja import Hit, hits_ja

FEATURES = (
    "pos", "neg", "net", "any_pos", "any_neg", "max_pos", "max_neg", "net_last", "net_first", "mixed",
    "share_pos", "share_neg", "unable", "absent", "verb_not", "wish", "asks", "questions", "exclaims",
    "emoji_pos", "emoji_neg", "length", "sentences", "turns", "no_hit", "sarcasm", "thanks", "so_so",
    "strong_pos", "strong_neg", "balance", "last_hit", "latin",
)
_STRONG = 1.5  # from here a word says good or bad by itself, whatever the thing
_SENTENCE = re.compile(r"[^。!?！？\n…]+[。!?！？…\n]*|[。!?！？…\n]+")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_TURN = re.compile(
    r"のに|けれど|けど|しかし|ただ[、し]|だが|です[がけ]|ます[がけ]|でしたが|ましたが|たが|ものの|とはいえ|[いるた]が、|が、|一方|反面"
    r"|残念ながら|でも、|\b(?:but|however|although|though|except|unfortunately|yet)\b",
    re.IGNORECASE,
)
_DESPITE = re.compile(r"のに|くせに|にもかかわらず|にも関わらず")
_UNABLE = re.compile(
    r"(?:でき|出来|デキ|られ|[れえけげせてねべめ]|わから|分から|解ら|つながら|繋がら|届か|動か|来|入ら|出|合わ|効か|開か|映ら|反応し|されて?い?)"
    r"(?:て(?:い)?)?(?:ない|ませ[んぬ]|なかった|ず(?![っつれらいきる])|なくな)(?!で(?:ほし|欲し|くださ|下さ)|か)"
    r"|\b(?:can'?t|cannot|couldn'?t|won'?t|unable to|doesn'?t|didn'?t|isn'?t|wasn'?t|not able)\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"[一-鿿ァ-ヶー々]{2,}(?:が|も|は)[^、。のがはも]{0,4}(?:ない|無い|なかった|無かった|ありませ[んぬ]|ございませ[んぬ]|無く|見当たら)"
    r"|\b(?:no (?!problem|issue|worr|doubt|complain|need|hassle|fuss|longer)\w+|missing|lacks?)\b",
    re.IGNORECASE,
)
_VERB_NOT = re.compile(r"[^くかしら](?:ない|ません|なかった)(?!で(?:ほし|欲し|くださ|下さ)|といけ|です?か|でしょうか|か[?。]?$)|n'?t\b|\bnot\b|\bnever\b")
_WISH = re.compile(
    r"て(?:欲し|ほし)|で(?:欲し|ほし)|が(?:欲し|ほし)|[いれな]ばい?い(?:の|な)|[とら](?:いい|良い|よい|嬉し|うれし|助か|ありがた|有難)|べき|もらいたい|いただきたい|頂きたい"
    r"|\b(?:wish|should (?:be|have)|would be (?:nice|great|good|better)|would like|would love|could use|please (?:add|fix|make|bring|allow|let)|needs? to)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:くださ|下さ)い|お願い|教えて|いただけ(?:ます|ない)|頂け(?:ます|ない)|できますか|可能ですか|でしょうか|\b(?:please|pls|plz|can (?:you|i|we|someone)|could (?:you|i|we)|how (?:do|can|to)|is there|any chance)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？]|(?:です|ます|でしょう|ません|でした|だろう)か(?:[。、\s]|$)")
_SHOUT = re.compile(r"[!！]|‼")
_GOOD_SIGN = re.compile(r"[😀-😆😊-😍😘😚🥰🤗🤩😇😋😸-😻👍👏🙌🎉💕-💞💖💗❤♥♡♪♫✨🌟💯🙏😁😄😃☺]|\(\^[^)]{0,4}\^[^)]{0,2}\)|\^\^|\(\*[^)]{1,6}\*\)|:-?\)|:D|<3|(?<![A-Za-z])XD\b")
_BAD_SIGN = re.compile(r"[😞-😣😤-😭😒😓😔😕😖😡😠🤬👎💢😱🙄😑😐🤮🤢💩😫😩]|\([TtＴ;；>＞][^)]{0,3}[TtＴ;；<＜][^)]{0,2}\)|\(-[_.]-[^)]{0,2}\)|:-?\(|:-?/(?!/)|orz|泣\)|怒\)|(?:涙|泣)[。!]?$")
_THANKS = re.compile(r"ありがと|有難う|有り難う|感謝|助かりまし|\b(?:thanks?|thank you|thx|ty|appreciate)\b(?! (?:you )?in advance)", re.IGNORECASE)
_SO_SO = re.compile(
    r"普通|ふつう|フツー|まあまあ|まぁまぁ|まずまず|そこそこ|可もなく|それなり|[段り]なり|相応|相当|特に(?:ありません|なし|ない|無)|どちらとも|無難|妥当|並[のみ]"
    r"|良くも悪くも|[くい]はない(?:が|けど)|なくはな|\b(?:average|ok|okay|so so|decent|alright|all right|nothing special|not (?:great|terrible|sure)"
    r"|mixed|mediocre|for the price|pros and cons|good enough|fine for|most of the time)\b",
    re.IGNORECASE,
)
_SARCASM = re.compile(
    r"(?:さすが|流石|素晴らしい|ご立派|すごい|見事)[^。]{0,14}(?:ですね|だね|ですこと|だこと)[^。]{0,3}[。!…笑]*[^。]{0,14}(?:待た|遅|壊|落ち|来な|届か|呆れ|ない|ません)|(?:待た|遅|壊|落ち|届か|間違)[^。]{0,16}(?:とは|なんて)[^。]{0,6}(?:さすが|流石|素晴らし|すご|ご立派|見事|立派)"
    r"|見事に[^。]{0,8}(?:裏切|騙|壊|失敗|外れ|ハズレ|間違)|ご?立派な(?:こと|もん|もの)|お上手です|(?:感心|尊敬|拍手)(?:し(?:ます|ちゃ)|もの)[^。]{0,3}$"
    r"|(?:だけ|の)は(?:お上手|上手|早い|一流|立派)|ありがたいことに[^。]{0,12}(?:壊|落ち|遅|また)|とは名ばかり|笑(?:える|う)(?:ほど|しか)|何だと思って"
    r"|\b(?:thanks for (?:nothing|cancel|delay|los|wast|ruin|mak(?:e|ing) (?:me|us) (?:wait|miss|late)|the (?:delay|wait))|(?:great|nice|good|awesome|wonderful|lovely|fantastic) (?:job|work|way to)?[^.!?]{0,20}(?:delay|cancel|crash|los[ti]|broke|another|hold)|way to go|so much for|real(?:ly)? classy|just (?:great|what i needed|perfect|lovely|wonderful))",
    re.IGNORECASE,
)


class Reading(NamedTuple):
    """What was read in a text: the polarity words, and the numbers named by `FEATURES`."""

    hits: list[Hit]
    features: tuple[float, ...]


def sentences(text: str) -> list[tuple[int, str]]:
    """Give the sentences of a text with where each starts.

    Examples
    --------
    >>> sentences("高い。でも良い!")
    [(0, '高い。'), (3, 'でも良い!')]
    """
    return [(m.start(), m.group()) for m in _SENTENCE.finditer(text)]


def sentence_hits(sentence: str) -> list[Hit]:
    """Give the polarity words of one sentence; what comes before a turn (のに, けど, but) weighs less.

    Examples
    --------
    >>> [(h.text, round(h.score, 1)) for h in sentence_hits("食事は美味しいけど料金が高い")]
    [('美味しい', 1.0), ('料金が高い', -1.6)]
    """
    hits: list[Hit] = []
    if _JAPANESE.search(sentence):
        hits += hits_ja(sentence)
    if _LATIN.search(sentence):
        hits += hits_en(sentence)
    if hits and _SARCASM.search(sentence):
        hits = [h._replace(score=-0.5 * h.score) if h.score > 0 else h for h in hits]
    turns = list(_TURN.finditer(sentence)) if hits else []
    if not turns:
        return hits
    last = turns[-1]
    despite = bool(_DESPITE.match(last.group()))
    return [h._replace(score=h.score * _before_turn(h, last.start(), despite)) for h in hits]


def _before_turn(hit: Hit, turn: int, despite: bool) -> float:
    if hit.start >= turn:
        return 1.0
    return 0.2 if despite and hit.score > 0 else 0.5


def read(text: str) -> Reading:
    """Read one text (normalised): its polarity words and its features.

    Examples
    --------
    >>> reading = read("アプリが落ちる。返金してほしい")
    >>> [hit.text for hit in reading.hits][0], len(reading.features) == len(FEATURES)
    ('落ちる', True)
    """
    hits: list[Hit] = []
    nets: list[float] = []
    for start, sentence in sentences(text):
        found = sentence_hits(sentence)
        if found and _QUESTION.search(sentence):
            found = [h._replace(score=h.score * (0.4 if h.score > 0 else 0.7)) for h in found]
        hits += [h._replace(start=h.start + start, end=h.end + start) for h in found]
        nets.append(sum(h.score for h in found))
    return Reading(hits, _features(text, hits, nets))


def _features(text: str, hits: list[Hit], nets: list[float]) -> tuple[float, ...]:
    good = [h.score for h in hits if h.score > 0]
    bad = [-h.score for h in hits if h.score < 0]
    pos, neg, said = sum(good), sum(bad), [net for net in nets if net] or [0.0]
    n = len(nets) or 1
    return (
        log1p(pos), log1p(neg), tanh((pos - neg) / 2), float(bool(good)), float(bool(bad)),
        max(good, default=0.0), max(bad, default=0.0), tanh(said[-1] / 2), tanh(said[0] / 2), log1p(min(pos, neg)),
        sum(net > 0.3 for net in nets) / n, sum(net < -0.3 for net in nets) / n,
        *_signs(text), log1p(len(text)) / 5, log1p(n) / 3,
        log1p(len(_TURN.findall(text))), float(not hits), float(bool(_SARCASM.search(text))),
        float(bool(_THANKS.search(text))), float(bool(_SO_SO.search(text))),
        log1p(sum(g for g in good if g >= _STRONG)), log1p(sum(b for b in bad if b >= _STRONG)),
        (pos - neg) / (pos + neg + 1.0), tanh(hits[-1].score) if hits else 0.0, float(not _JAPANESE.search(text)),
    )


def _signs(text: str) -> tuple[float, ...]:
    patterns = (_UNABLE, _ABSENT, _VERB_NOT, _WISH, _ASKS, _QUESTION, _SHOUT, _GOOD_SIGN, _BAD_SIGN)
    return tuple(log1p(len(pattern.findall(text))) for pattern in patterns)
