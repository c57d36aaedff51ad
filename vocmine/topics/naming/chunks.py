"""Things and what happened to them in a piece of Japanese text, one after the other, with the particles between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vocmine.text.splitter import tokenizer
from vocmine.text.vocabulary import default_vocabulary
from vocmine.topics.naming import inflection as bent
from vocmine.topics.naming.clause import empty_words
from vocmine.topics.naming.phrases import names_nothing

THING, VERB, STATE = "thing", "verb", "state"
GRAVE = (bent.UNABLE, bent.DENIED, bent.NOT_DONE, bent.NOT_GIVEN, bent.WAS_DONE, bent.PASSIVE, bent.HARD)
NO_LINK = "-"  # something stands between a thing and what follows
_THING = 14  # characters of a thing
_AHEAD = 6  # words that hang on a verb
_CODE = 4  # digits of a product's name
_LENDS = frozenset((  # they tell nothing, even denied
    "為る", "居る", "成る", "言う", "思う", "致す", "御座る", "有る", "下さる", "頂く", "貰う", "呉れる", "得る",
))
_PERSONS = frozenset(("様", "さん", "たち", "達", "目", "ごと"))
_CASES = frozenset("がをはもに")
_NO_END = ("の", "ご", "お", "-", "&")
_DOES = frozenset(("為る", "出来る", "致す"))
_OPENING = frozenset(("と", "たら", "ても", "ば"))
_EACH_TIME = frozenset(("たび", "度"))
_FOLLOWS = frozenset(("空白", "動詞", "形容詞", "形状詞", "副詞"))  # may follow a thing whose particle is left out


@dataclass
class Chunk:
    """A thing, or what happened.

    Parameters
    ----------
    kind : {"thing", "verb", "state"}
        A verb, also a noun with する; a state is an adjective or the like.
    text : str
        As written; verbs and adjectives as the dictionary has them.
    keys : tuple of str
        Its content words.
    link : str
        Particle behind it.
    mood : str
    opens : bool
        Whether と, たら or the like follows: what comes then happens to the same thing.
    leads : bool
        Whether て follows: what comes then is what it led to.
    generic : bool
        Whether it tells nothing.
    form : str
        What happened as it stands in a name.
    head : tuple of (str, tuple of str)
        The last thing of A の B, and its words.
    acts : bool
        Whether a thing may be done: 変更, 表示不可.
    is_so : bool
        Whether another thing may be so: 不十分, 無料.
    normal : str
        Normalised verb or adjective.
    """

    kind: str
    text: str
    keys: tuple[str, ...]
    link: str = ""
    mood: str = bent.PLAIN
    opens: bool = False
    leads: bool = False
    generic: bool = False
    form: str = ""
    head: tuple[str, tuple[str, ...]] = ("", ())
    acts: bool = False
    is_so: bool = False
    normal: str = ""


def tells(noun: str) -> bool:
    """Whether a noun says itself what happened.

    Examples
    --------
    >>> tells("QR表示不可"), tells("QRコード")
    (True, False)
    """
    return noun.endswith(_endings())


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(sorted(empty_words("endings")))


class PieceWords:
    """The morphemes of a piece of text: as written, normalised, their part of speech, and the term of each."""

    def __init__(self, piece: str) -> None:
        found = list(tokenizer().tokenize(piece))
        self.surface = [m.surface() for m in found]
        self.normal = [m.normalized_form() for m in found]
        self.kind: list[tuple[str, ...]] = [tuple(m.part_of_speech()) for m in found]

    def __len__(self) -> int:
        return len(self.surface)

    def key(self, i: int) -> str:
        """Give the term of a word; empty where it has none."""
        return default_vocabulary().terms[self.normal[i]]

    def is_particle(self, i: int) -> bool:
        """Whether there is such a word, and it is a particle."""
        return i < len(self) and self.kind[i][0] == "助詞"


def chunks(words: PieceWords) -> list[Chunk]:
    """Read a piece of text from left to right.

    Examples
    --------
    >>> [(c.kind, c.form or c.text, c.link) for c in chunks(PieceWords("荷物がまだ届きません"))]
    [('thing', '荷物', 'が'), ('verb', '届かない', '')]
    """
    out: list[Chunk] = []
    i = 0
    while i < len(words):
        end, chunk = _read(words, i)
        if chunk is None:
            if out:
                _pass_over(words, i, out[-1])
            i = end
            continue
        i = _linked(words, end, chunk)
        out.append(chunk)
    return out


def _read(words: PieceWords, i: int) -> tuple[int, Chunk | None]:
    """Read the chunk that begins at a word, if one does, and say where it ends."""
    end, nouns = _nouns(words, i)
    if nouns is not None:
        done = end < len(words) and words.normal[end] in _DOES
        return _done(words, end, nouns) if done else (end, nouns)
    kind = words.kind[i]
    if end > i:  # a noun that lends its grammar
        return end, None
    if kind[0] in ("動詞", "形容詞"):
        return _verb(words, i)
    if kind[0] == "形状詞" and kind[1] == "一般":
        return i + 1, _state(words, i)
    return i + 1, None


def _pass_over(words: PieceWords, i: int, before: Chunk) -> None:
    surface = words.surface[i]
    if surface in empty_words("light"):
        before.link = before.link or NO_LINK
        before.opens |= surface in _EACH_TIME
    elif surface in _OPENING and words.is_particle(i):
        before.opens = True


def _linked(words: PieceWords, i: int, chunk: Chunk) -> int:
    """Take the particle behind a chunk to it, also behind an amount; では and にも are で and に."""
    if chunk.kind == THING:
        i = _after_amount(words, i)
    if words.is_particle(i) and words.kind[i][1] != "接続助詞":
        chunk.link = words.surface[i]
        if chunk.kind == THING and words.is_particle(i + 1) and words.surface[i + 1] == "の":
            chunk.link += "の"  # ロビーからの景色
            return i + 2
        more = chunk.kind == THING and words.is_particle(i + 1) and words.surface[i + 1] in ("は", "も")
        return i + 2 if more else i + 1
    aux = words.surface[i] if i < len(words) and words.kind[i][0] == "助動詞" else ""
    attribute = aux == "な" and i + 1 < len(words) and _is_noun(words, i + 1, False)  # アットホームな雰囲気
    if (chunk.kind == STATE and aux in ("な", "に")) or attribute:
        chunk.link = aux
        return i + 1
    if chunk.kind == THING and i < len(words) and words.kind[i][0] not in _FOLLOWS:
        chunk.link = NO_LINK
    return i


def _after_amount(words: PieceWords, i: int) -> int:
    """Pass over 4桁 of 暗証番号4桁を."""
    end = i
    while end < len(words) and (words.kind[end][1] == "数詞" or (end > i and words.kind[end][2] == "助数詞可能")):
        end += 1
    return end if end > i and words.is_particle(end) else i


def _nouns(words: PieceWords, i: int) -> tuple[int, Chunk | None]:
    """Read a noun with those behind it, also through の."""
    start = i
    at: list[int] = []
    while i < len(words):
        inside = bool(at) and words.surface[at[-1]] != "の"
        ahead = words.surface[i] == "の" and inside
        before = words.kind[i][0] == "接頭辞"
        following = i + 1 < len(words) and _is_noun(words, i + 1, inside and before)
        if not (_is_noun(words, i, inside) or (following and (ahead or before))):
            break
        at.append(i)
        i += 1
    subject = words.is_particle(i) and words.surface[i] in _CASES  # 案内が不十分 is of the 案内
    subject |= i < len(words) and words.normal[i] in _DOES
    while len(at) > 1 and words.surface[at[-1]] in (_NO_END if subject else (*empty_words("clerk"), *_NO_END)):
        at.pop()
    if not at:
        return (start + 1 if words.surface[start] in empty_words("light") else start), None
    return i, _thing(words, at)


def _thing(words: PieceWords, at: list[int]) -> Chunk:
    text = "".join(words.surface[k] for k in at)
    keys = [words.key(k) for k in at]
    last = max((n + 1 for n, k in enumerate(at) if words.surface[k] == "の"), default=0)
    head = "".join(words.surface[k] for k in at[last:]), tuple(k for k in keys[last:] if k)
    acts = words.kind[at[-1]][2].startswith("サ変") or tells(text)
    return Chunk(
        THING, text, tuple(k for k in keys if k), generic=not _names(text, keys), head=head, acts=acts,
        is_so=words.kind[at[-1]][2].endswith("形状詞可能") and len(at) == 1,
    )


def _is_noun(words: PieceWords, i: int, inside: bool) -> bool:
    kind, surface = words.kind[i], words.surface[i]
    if surface in empty_words("light"):
        return False
    if surface in ("&", "-"):
        return inside and words.surface[i - 1].isascii() and i + 1 < len(words) and words.surface[i + 1].isascii()
    if kind[:2] == ("名詞", "数詞"):
        return inside and surface.isdecimal() and words.surface[i - 1].isascii() and len(surface) <= _CODE
    if kind[0] == "名詞":
        counted = kind[2] == "助数詞可能" and i > 0 and words.kind[i - 1][1] == "数詞"
        when = kind[2] == "副詞可能" and words.key(i) in empty_words("things")
        return kind[1] != "助動詞語幹" and not counted and (inside or not when)
    if kind[0] == "形状詞":
        return inside and tells(surface)
    return inside and kind[:2] == ("接尾辞", "名詞的") and surface not in _PERSONS


def _names(text: str, keys: Sequence[str]) -> bool:
    weighty = [k for k in keys if k and k not in empty_words("things") and not names_nothing(k)]
    return bool(weighty) and 1 < len(text) <= _THING and not names_nothing(text)


def _done(words: PieceWords, i: int, nouns: Chunk) -> tuple[int, Chunk]:
    """Read a noun with する or できる."""
    able = words.normal[i] == "出来る"
    end, mood = _mood(words, i, able)
    weighty = [k for k in nouns.keys if k not in empty_words("verbs") and not names_nothing(k)]
    form = f"{nouns.text}できる" if able and mood == bent.PLAIN else bent.done(nouns.text, mood)
    keys = (*nouns.keys, "出来る") if mood == bent.UNABLE else nouns.keys
    return end, Chunk(
        VERB, nouns.text, keys, mood=mood, generic=not weighty, form=form, normal=words.normal[i - 1],
        leads=words.surface[end - 1] == "て",
    )


def _verb(words: PieceWords, i: int) -> tuple[int, Chunk]:
    """Read a verb or an adjective with what hangs on it; those of every contact tell something only where denied."""
    kind, normal, key = words.kind[i], words.normal[i], words.key(i)
    root = bent.stem(words.surface[i], kind)
    end, mood = _mood(words, i)
    if normal == "有る" and mood == bent.DENIED:
        return end, Chunk(STATE, "ない", (), generic=True, form="ない", normal="無い")
    if normal in empty_words("happens"):
        key = key or normal
    empty = empty_words("verbs") | empty_words("feelings")
    generic = not {normal, key}.isdisjoint(empty) or kind[:2] == ("形容詞", "非自立可能")
    if normal in empty_words("happens") or (mood in GRAVE and normal not in _LENDS and kind[0] == "動詞"):
        generic = False
    return end, Chunk(
        STATE if kind[0] == "形容詞" else VERB, bent.bend(root, kind), (key,) if key else (), mood=mood,
        generic=generic or not key, form=bent.bend(root, kind, mood), normal=normal,
        leads=end > i + 1 and words.surface[end - 1] in ("て", "で"),
    )


def _state(words: PieceWords, i: int) -> Chunk:
    key, surface = words.key(i), words.surface[i]
    denied = any(n in ("無い", "ない", "ず") for n in words.normal[i + 1 : i + _AHEAD - 1])
    generic = not key or names_nothing(key) or key in empty_words("verbs") or key in empty_words("feelings")
    return Chunk(STATE, surface, (key,) if key else (), generic=generic, form=f"{surface}でない" if denied else surface)


def _mood(words: PieceWords, i: int, able: bool = False) -> tuple[int, str]:
    """Tell how a verb is meant by the words that hang on it, and where they end."""
    found: set[str] = set()
    end = i + 1
    while end < min(len(words), i + 1 + _AHEAD):
        mark = _mark(words.surface[end], words.normal[end], words.kind[end])
        if mark is None:
            break
        found.add(mark)
        end += 1
    return end, _meant(found, able)


def _mark(surface: str, normal: str, kind: tuple[str, ...]) -> str | None:
    """Give what a word behind a verb says of it; empty for nothing, None where it is no part of the verb."""
    if normal in ("ない", "ず", "ぬ", "無い") and kind[0] in ("助動詞", "形容詞"):
        return "denied"
    if kind[0] == "助動詞":
        return {"れる": "passive", "られる": "passive", "たい": "wished", "た": "past"}.get(normal, "")
    if normal in ("難い", "辛い", "づらい"):
        return "hard"
    if normal in ("下さる", "頂く", "貰う", "呉れる", "欲しい"):
        return "asked"
    if kind[:2] == ("動詞", "非自立可能") and normal not in ("為る", "成る", "出来る"):
        return "going" if normal in ("居る", "おる") else ""
    return "" if surface in ("て", "で", "は", "も", "お") else None


def _meant(found: set[str], able: bool) -> str:
    denied = "denied" in found
    if "asked" in found:
        return bent.NOT_GIVEN if denied else bent.ASKED
    if "wished" in found:
        return bent.UNWISHED if denied else bent.WISH
    if "passive" in found:
        return bent.NOT_DONE if denied else bent.WAS_DONE if "past" in found else bent.PASSIVE
    if denied:
        return bent.UNABLE if able else bent.DENIED
    if able:
        return bent.PLAIN
    plain = {"hard": bent.HARD, "past": bent.PAST, "going": bent.GOING_ON}
    return next((mood for mark, mood in plain.items() if mark in found), bent.PLAIN)
