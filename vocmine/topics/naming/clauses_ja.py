"""What Japanese texts say, in words that may stand as a name: QR決済の画面が真っ白, 荷物が届かない, ポイント未反映."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vocmine.topics.naming import inflection as bent
from vocmine.topics.naming.chunks import GRAVE, NO_LINK, STATE, THING, VERB, Chunk, PieceWords, chunks, tells
from vocmine.topics.naming.clause import Clause, empty_words

_BREAK = re.compile(r"[。!?！？\n、,;；:：|/・…「」『』()（）【】\[\]<>＜＞〔〕■●◆▼→~〜―─＝=★☆♪#*※]+|-{2,}")
_LONGEST = 20  # characters of a name
_TOPICAL = frozenset(("は", "も", "", "って"))  # 荷物は届かない tells what 荷物が届かない tells; 朝食は食べた does not
_SUBJECTS = frozenset(("が", *_TOPICAL))
_CASES = frozenset(("を", "が", "で", "に", "から", "へ"))
_BECOMES = frozenset(("", "成る", "為る"))
_OF = frozenset(("からの", "での", "への"))
_QUOTES = frozenset(("", NO_LINK, "と", "との"))  # may follow what is done where no verb says so: 解約を希望との
_SO = frozenset((bent.PLAIN, bent.PAST, bent.GOING_ON))
_ALONE = (*GRAVE, bent.WISH, bent.ASKED)  # what may name a matter without saying of what
_SHORTEST = 3  # characters of it
_MARKS = {
    **dict.fromkeys((bent.DENIED, bent.UNABLE, bent.NOT_DONE, bent.NOT_GIVEN, bent.UNWISHED), "_ない"),
    bent.HARD: "_にくい",
}


def japanese_clauses(text: str) -> list[Clause]:
    """List what a masked Japanese text says happened to what, and the things it speaks of.

    Examples
    --------
    >>> found = japanese_clauses("QR決済の画面を開くと真っ白になって固まります")
    >>> [c.text for c in found if c.told and "決済" in c.text]
    ['QR決済の画面を開く', 'QR決済の画面が真っ白', 'QR決済の画面が固まる']
    """
    out: list[Clause] = []
    for piece in _BREAK.split(text[:2000]):
        if piece.strip():
            out += _told(chunks(PieceWords(piece)))
    return list(dict.fromkeys(out))


def _told(read: list[Chunk]) -> Iterator[Clause]:
    """Put things and what happened to them together."""
    things: list[Chunk] = []
    carried = False
    for i, chunk in enumerate(read):
        if chunk.kind == THING:
            if not chunk.generic:
                yield from _alone(chunk, read[i - 1] if i else None)
                things = [] if carried else [t for t in things if t.link]  # without a particle it must stand beside
                things, carried = ([*things, chunk][-2:] if chunk.link in (_SUBJECTS | _CASES) else []), False
            continue
        if chunk.link == "に" and chunk.kind == STATE and i + 1 < len(read) and read[i + 1].normal not in _BECOMES:
            continue  # 頻繁に固まる says how often
        if not chunk.generic or (chunk.normal in ("無い", "有る") and things):
            yield from _happened(things, chunk, carried)
        state = chunk.kind == STATE or chunk.mood in (bent.PLAIN, bent.GOING_ON) or chunk.mood in GRAVE
        subjects = [t for t in things if t.link in _SUBJECTS or (t.link == "を" and (chunk.opens or carried))]
        things = subjects[-1:] if chunk.opens or state else []
        carried = bool(things)


def _alone(chunk: Chunk, before: Chunk | None) -> Iterator[Clause]:
    """Tell of a thing, how it is (白い画面), and what is done to another (白画面でフリーズ, 住所の変更)."""
    yield Clause(chunk.text, chunk.keys, told=tells(chunk.text))
    if chunk.head[0] != chunk.text and len(chunk.head[0]) > 1 and chunk.head[1]:
        yield Clause(chunk.head[0], chunk.head[1], told=tells(chunk.head[0]))
    if before is None or before.generic:
        return
    keys = (*before.keys, *chunk.keys)
    if (before.kind == STATE and not before.link) or before.link == "な":
        yield from _fitting(f"{before.text}{before.link}{chunk.text}", keys)
    if before.kind == THING and before.link in _OF:
        yield from _fitting(f"{before.text}{before.link}{chunk.text}", keys)
    if chunk.is_so and before.kind == THING and before.link in ("が", "は", "も"):
        yield from _fitting(f"{before.text}が{chunk.text}", keys)
    elif chunk.acts and before.kind == THING and before.link in _CASES and chunk.link in _QUOTES:
        link = "の" if before.link in ("を", "が") and not tells(chunk.text) else before.link
        yield from _fitting(f"{before.text}{link}{chunk.text}", keys)


def _happened(things: list[Chunk], chunk: Chunk, carried: bool) -> Iterator[Clause]:
    if chunk.normal == "有る":
        if len(things) == 2 and {t.link for t in things} & _SUBJECTS and {t.link for t in things} & {"に", "で"}:
            subject, place = sorted(things, key=lambda t: t.link not in _SUBJECTS)
            text = f"{place.text}{place.link}{subject.text}が{chunk.form}"
            yield from _fitting(text, (*place.keys, *subject.keys), chunk.mood)
        return
    done, mood = chunk.form, bent.OPENING if (chunk.opens or chunk.leads) and chunk.mood in _SO else chunk.mood
    told = [(t, link) for t in things if done and (link := _link(t, chunk, carried))]
    full = len(told) == 2 and bool({link for _, link in told} & {"が", "を"})
    for thing, link in told:
        if full and link not in ("が", "を"):
            continue  # ロビーから見える leaves out what is seen
        yield from _fitting(f"{thing.text}{link}{done}", (*thing.keys, *chunk.keys), mood, done)
        if thing.head[0] not in ("", thing.text):
            yield from _fitting(f"{thing.head[0]}{link}{done}", (*thing.head[1], *chunk.keys), mood, done)
    if len(told) == 2 and told[0][1] != told[1][1]:
        (first, before), (second, link) = told
        keys = (*first.keys, *second.keys, *chunk.keys)
        yield from _fitting(f"{first.text}{before}{second.text}{link}{done}", keys, mood, done)
    if chunk.kind == VERB and chunk.mood in _ALONE and len(done) > _SHORTEST:
        yield from _fitting(done, chunk.keys, mood, done)


def _link(thing: Chunk, chunk: Chunk, carried: bool) -> str:
    """Give the particle between a thing and what happened; nothing where the text does not surely say so."""
    link, mood = thing.link, chunk.mood
    if chunk.normal == "無い" and thing.link not in _SUBJECTS:
        return ""
    happens = chunk.kind == STATE or chunk.normal in empty_words("happens")
    if carried and not (happens or mood in (bent.PASSIVE, bent.WAS_DONE, bent.NOT_DONE, bent.HARD)):
        return ""  # ランプが点滅して通信できない: who cannot is not told
    if carried or thing.link in _TOPICAL:
        link = "が"
        if not (happens or mood in GRAVE or mood == bent.GOING_ON):
            return ""
    wished = mood in (bent.WISH, bent.ASKED) and chunk.kind == VERB
    return "" if (link == "が" and wished) or (link in ("を", "に") and chunk.kind == STATE) else link


def _fitting(text: str, keys: tuple[str, ...], mood: str = "", done: str = "") -> Iterator[Clause]:
    """Give the clause where it is short enough for a name."""
    if len(text) <= _LONGEST and keys:
        mark = _MARKS.get(mood, "")
        yield Clause(text, tuple(dict.fromkeys((*keys[:-1], keys[-1] + mark))), True, mood, done)
