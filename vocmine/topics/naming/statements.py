"""What happened to what, as the texts of a group say it: 荷物が届かない, 住所を変更したい, card not working."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import numpy as np

from vocmine.text.splitter import tokenizer
from vocmine.topics.naming.phrases import names_nothing, without_addresses
from vocmine.topics.naming.surface_forms import surface_form

WISH, DENIED, HARD, PLAIN = "wish", "denied", "hard", "plain"
_PARTICLES = frozenset("がをにはもでへ")
_SHOWN = {"は": "が", "も": "が"}  # 荷物は届かない and 荷物も届かない tell what 荷物が届かない tells
_SENTENCE = re.compile(r"[。!?！？\n]+")
_MASK = re.compile(r"\[[^\]\s]{1,12}\]")
_NEAR = 5  # words between a thing and what happened to it
_AHEAD = 5  # words after a verb that may deny or wish it
_LONGEST, _LONGEST_NAME = 12, 18  # characters of a thing, of a name
_AFTER = frozenset(("up", "out", "off", "down"))  # top up, log out: they belong to the word before
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]|[.,;:!?]")


@dataclass(frozen=True, order=True)
class Statement:
    """What happened to what.

    Parameters
    ----------
    thing : str
        A noun phrase as people write it; in English the words before or after.
    link : str
        Particle between them; empty in English.
    done : str
        A verb, an adjective or an action noun, normalised.
    mood : str
        `PLAIN`, `DENIED`, `HARD` or `WISH`.
    """

    thing: str
    link: str
    done: str
    mood: str = PLAIN

    def text(self) -> str:
        """Write it as a name.

        Examples
        --------
        >>> [Statement("荷物", "が", "届く", DENIED).text(), Statement("住所", "を", "変更", WISH).text()]
        ['荷物が届かない', '住所を変更したい']
        >>> Statement("ログイン", "", "", DENIED).text(), Statement("予約", "を", "変更").text()
        ('ログインできない', '予約の変更')
        """
        if not self.link and not self.done:
            return f"{self.thing}できない" if self.mood == DENIED else self.thing
        verb = self.done.endswith(tuple("うくぐすつぬぶむるい")) and not self.done.isascii()
        if self.mood == DENIED:
            return f"{self.thing}{self.link}{surface_form(self.done + '_ない') if verb else self.done + 'できない'}"
        if self.mood == HARD and verb:
            return f"{self.thing}{self.link}{surface_form(self.done + '_にくい')}"
        if self.mood == WISH:
            return f"{self.thing}{self.link}{_wished(surface_form(self.done)) if verb else self.done + 'したい'}"
        if verb:
            return f"{self.thing}{self.link}{surface_form(self.done)}"
        return f"{self.thing}の{self.done}" if self.link in ("を", "が") else f"{self.thing}{self.link}{self.done}"


def _wished(verb: str) -> str:
    found = list(tokenizer().tokenize(verb))
    kind = found[-1].part_of_speech() if found else ("",) * 6
    if kind[0] != "動詞":
        return verb
    if kind[4].startswith("五段"):
        return verb[:-1] + dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True)).get(verb[-1], "") + "たい"
    return verb[:-1] + "たい"


def statements(text: str) -> list[Statement]:
    """List what a Japanese text says happened to what, and the things it speaks of (without anything done).

    Examples
    --------
    >>> [s.text() for s in statements("注文した荷物がまだ届きません。住所を変更したいです")]
    ['荷物', '荷物が届かない', '住所', '住所を変更したい']
    """
    out: list[Statement] = []
    for sentence in _SENTENCE.split(_MASK.sub("。", without_addresses(text))[:2000]):
        out += _sentence(sentence)
    return list(dict.fromkeys(out))


def _sentence(sentence: str) -> list[Statement]:
    words = [(m.surface(), m.normalized_form(), m.part_of_speech()) for m in tokenizer().tokenize(sentence)]
    out: list[Statement] = []
    thing, link, age, nouns, last = "", "", 0, "", ""
    for i, (surface, normal, kind) in enumerate(words):
        age += 1
        if _is_noun(kind, bool(nouns)) or (surface == "&" and nouns.isascii() and nouns):
            nouns, last = nouns + surface, normal
            continue
        done = ""
        if nouns and kind[0] == "動詞" and normal in ("為る", "出来る", "致す"):
            done = nouns
        elif kind[0] == "形容詞" or (kind[0] == "動詞" and kind[1] != "非自立可能"):
            done = "" if normal in _empty("verbs") else _possible(normal, kind)
        if done and (not nouns or done == nouns) and (last == normal or last not in _empty("verbs")):
            mood = _mood(words[i : i + _AHEAD])
            if link in _SHOWN:  # 朝食は食べる is not 朝食が食べる: of は and も it is told only where it is safe
                link = _SHOWN[link] if kind[0] == "形容詞" or mood in (DENIED, HARD) else ""
            if (link == "が" and mood == WISH and kind[0] == "動詞") or (link == "を" and kind[0] == "形容詞"):
                link = ""  # 温泉がある宿に泊まりたい, SIMを新しい端末に
            if thing and link and age <= _NEAR:
                out += [Statement(thing, link, done, mood), Statement(thing, "", "")]
            elif done == nouns and mood == DENIED:
                out += [Statement(done, "", "", DENIED), Statement(done, "", "")]
            thing = ""
        if nouns and done != nouns and _names(nouns, last):
            if surface in _PARTICLES and kind[0] == "助詞":
                thing, link, age = nouns, surface, 0
            out.append(Statement(nouns, "", ""))
        nouns = last = ""
    if nouns and _names(nouns, last):
        out.append(Statement(nouns, "", ""))
    return out


def _possible(verb: str, kind: tuple[str, ...]) -> str:
    """Write 楽しめる as such: normalised it is 楽しむ, which one does to a thing."""
    if kind[4].startswith("下一段") and verb[-1] in "うくぐすつぬぶむ":
        return verb[:-1] + dict(zip("うくぐすつぬぶむ", "えけげせてねべめ", strict=True))[verb[-1]] + "る"
    return verb


def _is_noun(kind: tuple[str, ...], inside: bool) -> bool:
    if kind[0] == "名詞":
        counts = kind[1] in ("数詞", "助動詞語幹") or kind[2] == "助数詞可能"
        return not counts and (inside or kind[2] != "副詞可能")
    return inside and kind[:2] in (("接尾辞", "名詞的"), ("形状詞", "一般"))


def _names(nouns: str, last: str) -> bool:
    return not _empty("things") & {last, nouns} and 1 < len(nouns) <= _LONGEST and not names_nothing(nouns)


def _mood(ahead: Sequence[tuple[str, str, tuple[str, ...]]]) -> str:
    """Tell by the words after a verb whether it is denied or wished."""
    for place, (surface, normal, kind) in enumerate(ahead):
        if place and (kind[0] in ("名詞", "補助記号") or (kind[0] == "動詞" and kind[1] == "一般")):
            break
        if normal in ("ない", "ず", "ぬ", "無い") and place:
            return DENIED
        if normal in _empty("wishes") or (surface in ("たい", "たく") and kind[0] == "助動詞"):
            return WISH
        if normal in ("難い", "辛い") and place:
            return HARD
    return PLAIN


def name_groups(texts: Sequence[Sequence[str]], langs: Sequence[str]) -> list[list[tuple[Statement, float]]]:
    """Rank what each group of texts says and other groups don't, best first, with the share that says it.

    Parameters
    ----------
    texts : sequence of sequences of str
        Typical texts of each group.
    langs : sequence of str
        ``en`` or ``ja``, of each group.

    Examples
    --------
    >>> found = name_groups([["荷物が届かない", "荷物が届きません"], ["住所を変更したい", "住所の変更"]], ["ja", "ja"])
    >>> [ranked[0][0].text() for ranked in found]
    ['荷物が届かない', '住所を変更したい']
    """
    bags = [[_read(text, lang) for text in some] for some, lang in zip(texts, langs, strict=True)]
    counts = [Counter(s for bag in some for s in set(bag)) for some in bags]
    shares = [{s: n / max(len(some), 1) for s, n in count.items()} for some, count in zip(bags, counts, strict=True)]
    total: Counter[Statement] = Counter()
    for share in shares:
        total.update(share)
    out = []
    for some, count, share in zip(bags, counts, shares, strict=True):
        least = 2 if len(some) > 2 else 1
        scored = []
        for statement, n in count.items():
            if n < least:
                continue
            here = share[statement]
            other = (total[statement] - here) / max(len(bags) - 1, 1)
            gain = here * float(np.log((here + 0.01) / (other + 0.01)))
            if gain > 0:
                scored.append((gain * _fullness(statement), here, statement))
        scored.sort(key=lambda item: (-round(item[0], 9), item[2]))
        out.append([(statement, here) for _, here, statement in scored])
    return out


def _fullness(statement: Statement) -> float:
    """Prefer what says what happened, to a thing alone, as far as fewer texts say it."""
    if not statement.link and not statement.thing.isascii():
        return 1.5 if statement.mood == DENIED else 1.0 if len(statement.thing) > 3 else 0.7
    if statement.link:
        return {PLAIN: 2.2, WISH: 2.2, HARD: 3.0, DENIED: 3.0}[statement.mood]
    return (0.6, 1.5, 2.2)[min(len(statement.thing.split()), 3) - 1]


@lru_cache(16_384)
def _read(text: str, lang: str) -> tuple[Statement, ...]:
    return tuple(_english(text) if lang == "en" else statements(text))


def _english(text: str) -> list[Statement]:
    out: list[Statement] = []
    run: list[str] = []
    gap = 0
    for word in [*_WORD.findall(_MASK.sub(" . ", without_addresses(text)).replace("’", "'")), "."]:
        bare = word.lower()
        if bare.endswith("n't") or bare in ("not", "cannot", "never", "cant", "dont", "wont"):
            run.append("not")
        elif bare in _AFTER and run and not gap:
            run.append(bare)
        elif bare in _AFTER or bare in _stop() or len(bare) < 2 or names_nothing(bare):
            gap += 1
            if not bare[0].isalpha() or gap > 3 or bare in ("and", "or", "but", "because", "so", "if"):
                out += _runs(run)
                run = []
                gap = 0
        else:
            run.append(bare.removesuffix("'s"))
            gap = 0
    return list(dict.fromkeys([*out, *_runs(run)]))


def _runs(words: Sequence[str]) -> Iterable[Statement]:
    for n in (3, 2, 1):
        for i in range(len(words) - n + 1):
            part = words[i : i + n]
            if part[-1] != "not" and part[0] not in _AFTER and (part[0] != "not" or n > 1) and len(set(part)) == n:
                yield Statement(" ".join(part), "", "")


@lru_cache(maxsize=3)
def _empty(which: str) -> frozenset[str]:
    import yaml

    text = (files("vocmine.topics") / "data" / "statement_words.yaml").read_text("utf-8")
    return frozenset(str(yaml.safe_load(text)[which]).split())


@lru_cache(maxsize=1)
def _stop() -> frozenset[str]:
    return frozenset((files("vocmine.topics") / "data" / "function_words_en.txt").read_text("utf-8").split())


def shortened(statement: Statement) -> Statement:
    """Leave out the thing's first part where the name would be too long to read."""
    if len(statement.text()) <= _LONGEST_NAME or statement.thing.isascii():
        return statement
    return replace(statement, thing=statement.thing[-6:])
