"""Names that no dictionary has, learnt from the contacts at hand: もこもこ枕DX, QR決済, TK-88, SmartHub X2."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from vocmine.text import splitter
from vocmine.text.splitter import ADJ, AUX, LIGHT_VERB, MARK, NOUN, NUMBER, OTHER, PARTICLE, PREFIX, SUFFIX, VERB
from vocmine.text.vocabulary import default_vocabulary

_MOST_TEXTS = 1_500  # distinct texts that are looked through, evenly spaced: a name in one of a hundred is still seen
_MOST_CHARACTERS = 200  # of each
_LONGEST = 7  # morphemes of a name
_LEAST = 4  # contacts that must have a name
_COHESION = 0.8  # share of a part's contacts in which its neighbour is that of the name
_LATIN = re.compile(r"[A-Za-z]+")
# a word with the letters that it begins with, which are its term in an English text
_MODEL = re.compile(r"(?<![\w@./-])([A-Za-z]+(?:-[A-Za-z]+)*)[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?![\w@/-])")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}")
_HIRAGANA = re.compile(r"[ぁ-ゖー]{2,}")
_KATAKANA_OR_KANJI = re.compile(r"[ァ-ヺー一-鿿]+")
_JOINT = "␣"  # stands for a space within a name, since terms are parted by spaces
_INNER = frozenset(["ん", "っと", "っこ", "りん"])  # bits of names that the splitter takes for particles
_NO_END = frozenset([MARK, PARTICLE, PREFIX])
_NO_START = frozenset([MARK, PARTICLE, SUFFIX, NUMBER])
_ATTRIBUTIVE = re.compile(r"[うくぐすつぬぶむるたいな]\Z")


@dataclass(frozen=True)
class Part:
    """One morpheme: as written, its kind, its term, and whether the dictionary lacks it."""

    surface: str
    kind: int
    term: str
    unknown: bool


_GAP = Part(" ", MARK, "", False)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = (files("vocmine.topics") / "data" / "no_names.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def _products() -> re.Pattern[str]:
    """Give the pattern of a name of two words or three, as people write products: Vac V2, AirPure 300, EcoWatt Mini.

    The last has a letter and a digit after it, or the first a capital within: "Page 2" and "Thank You" are no names.
    """
    words = (files("vocmine.topics") / "data" / "function_words_en.txt").read_text("utf-8").split()
    camel, plain = r"[A-Z][a-z]+[A-Z][A-Za-z]*", r"[A-Z][a-z]{2,}"
    start = rf"(?<![\w@./-])(?!(?:{'|'.join(sorted(words))})\b)"
    model = rf"(?-i:(?:{camel}|{plain})(?: (?:{camel}|{plain}))? [A-Za-z]{{1,5}}-?\d[A-Za-z0-9]{{0,4}})"
    return re.compile(
        rf"{start}(?:{model}|(?-i:{camel} (?:[A-Z][a-z]{{1,8}}|\d{{1,4}})))(?![A-Za-z0-9@/-]|[.,]\d)", re.IGNORECASE
    )


def coined_names(texts: Sequence[str], min_contacts: int = 3) -> dict[str, tuple[str, ...]]:
    """Find names whose parts hardly occur without each other, of any word class, with digits, Latin and hyphens.

    Parameters
    ----------
    texts : sequence of str
        Masked texts, a contact each; copies count.
    min_contacts : int
        Contacts that must have a name, four at least.

    Returns
    -------
    dict of str to tuple of str
        Name as most write it to the terms of its parts.

    Examples
    --------
    >>> others = ["枕の返品", "返金希望", "お客様に確認したところ返金希望", "枕が破れた"]
    >>> coined_names(["もこもこ枕DXが破れた", "先日買ったもこもこ枕DXの件", "TK-88が動かない"] * 4 + others)
    {'TK-88': ('tk',), 'もこもこ枕DX': ('枕', 'dx')}
    """
    weights = Counter(text[:_MOST_CHARACTERS] for text in texts)
    distinct = list(weights)
    if len(distinct) > _MOST_TEXTS:
        distinct = [distinct[i] for i in np.linspace(0, len(distinct) - 1, _MOST_TEXTS).astype(int).tolist()]
    runs: Counter[tuple[Part, ...]] = Counter()
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in distinct:
        parts = _parts(text)
        n = weights[text]
        for word in {part.surface.lower() for part in parts}:
            words[word] += n
        for pair in {(a.surface.lower(), b.surface.lower()) for a, b in pairwise(parts)}:
            pairs[pair] += n
        for run in set(_runs(parts)):
            runs[run] += n
    least = max(min_contacts, _LEAST)
    found = [run for run, n in runs.items() if n >= least and _coheres(run, words, pairs) and _is_coined(run)]
    return _named(found, runs)


def with_names(terms: list[str], texts: Sequence[str], names: dict[str, tuple[str, ...]]) -> list[str]:
    """Give each contact's terms with a name of `coined_names` in place of the terms of its parts.

    A name of several words is one term; `spaced` writes it as people do.

    Examples
    --------
    >>> with_names(["枕 dx 破れる"], ["もこもこ枕DXが破れた"], {"もこもこ枕DX": ("枕", "dx")})
    ['破れる もこもこ枕DX']
    """
    if not names:
        return terms
    by_form = {name.lower(): name for name in names}
    longest = sorted(by_form, key=lambda form: (-len(form), form))
    pattern = re.compile("|".join(_bounded(form) for form in longest), re.IGNORECASE)
    return [_fused(own, text, pattern, by_form, names) for own, text in zip(terms, texts, strict=True)]


def _bounded(form: str) -> str:
    before = r"(?<![A-Za-z0-9])" if form[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if form[-1].isascii() else ""
    return before + re.escape(form) + after


def _fused(
    own: str, text: str, pattern: re.Pattern[str], by_form: dict[str, str], names: dict[str, tuple[str, ...]]
) -> str:
    found = pattern.findall(text)
    if not found:
        return own
    left = own.split()
    for form in found:
        for term in names[by_form[form.lower()]]:
            if term in left:
                left.remove(term)
    return " ".join([*left, *dict.fromkeys(by_form[form.lower()].replace(" ", _JOINT) for form in found)])


def spaced(term: str) -> str:
    """Write a term of `with_names` as people do.

    Examples
    --------
    >>> [spaced(term) for term in with_names(["smarthub break"], ["SmartHub X2 broke"], {"SmartHub X2": ("smarthub",)})]
    ['break SmartHub X2']
    """
    return term.replace(_JOINT, " ")


def _parts(text: str) -> list[Part]:
    """Split a text into morphemes, each product's name of several English words being one; of English names alone."""
    japanese = bool(_KATAKANA_OR_KANJI.search(text) or _HIRAGANA.search(text))
    parts: list[Part] = []
    start = 0
    for match in _products().finditer(text):
        term = " ".join(m.group(1).lower() for m in _MODEL.finditer(match.group()))
        parts += [*_plain_parts(text[start : match.start()], japanese), Part(match.group(), NOUN, term, True), _GAP]
        start = match.end()
    return parts + _plain_parts(text[start:], japanese)


def _plain_parts(text: str, japanese: bool) -> list[Part]:
    if not japanese:
        models = [m for m in _MODEL.finditer(text) if any(c.isdigit() for c in m.group())]
        return [part for m in models for part in (Part(m.group(), NOUN, m.group(1).lower(), True), _GAP)]
    morphemes, kinds = splitter.split_japanese(text)
    table = default_vocabulary().terms
    return [
        Part(m.surface(), k, table[m.normalized_form()] if k <= ADJ else "", m.is_oov())
        for m, k in zip(morphemes, kinds, strict=True)
    ]


def _runs(parts: list[Part]) -> Iterator[tuple[Part, ...]]:
    """Give each run of neighbours that may be a name, from a boundary to a boundary, and the runs within it."""
    current: list[Part] = []
    for i, part in enumerate([*parts, _GAP]):
        after = parts[i + 1] if i + 1 < len(parts) else None
        if _joins(part, current, after):
            current.append(part)
            continue
        for start in range(len(current)):
            for end in range(start + 1, min(len(current), start + _LONGEST) + 1):
                run = tuple(current[start:end])
                if run[0].kind not in _NO_START and run[-1].kind not in _NO_END:
                    yield run
        current = []


def _joins(part: Part, current: list[Part], after: Part | None) -> bool:
    if part.kind == MARK:
        return part.surface == "-" and bool(current)
    if part.kind == PARTICLE:
        inner = part.surface in _INNER or (part.surface == "と" and bool(current) and current[-1].surface[-1] == "っ")
        return inner and bool(current) and after is not None and _is_noun(after)
    if part.kind == NUMBER and part.surface.isascii():
        counts = after is not None and after.kind in (SUFFIX, NOUN) and not after.surface.isascii()
        return bool(current) and not counts
    if part.surface in _common() or part.kind in (AUX, LIGHT_VERB):
        return False
    return part.kind <= 8 or part.kind in (SUFFIX, PREFIX, OTHER)


def _is_noun(part: Part) -> bool:
    return part.kind <= 8 and part.kind not in (VERB, LIGHT_VERB, ADJ)


def _coheres(run: tuple[Part, ...], words: Counter[str], pairs: Counter[tuple[str, str]]) -> bool:
    """Tell whether at each joint the rarer side hardly occurs without the other."""
    forms = [part.surface.lower() for part in run]
    return all(
        pairs[a, b] >= _COHESION * min(words[a], words[b]) for a, b in pairwise(forms)
    )


def _is_coined(run: tuple[Part, ...]) -> bool:
    """Tell a name from a phrase of dictionary words by digits and Latin, an unknown part, or one that is no noun."""
    text = "".join(part.surface for part in run)
    latin, digits = bool(_LATIN.search(text)), any(c.isdigit() for c in text)
    if len(run) == 1:
        return latin and (digits or " " in text)
    if run[-1].kind in (VERB, ADJ, OTHER) or (run[-1].kind == SUFFIX and len(run) == 2):
        return False
    if any(part.kind in (VERB, ADJ) and _ATTRIBUTIVE.search(part.surface) and not _inner_after(run, i)
           for i, part in enumerate(run)):
        return False  # 赤く点滅, 使う人
    if (latin and (digits or run[-1].surface.isascii())) or _is_compound(run):
        return True
    if any(part.unknown and len(part.surface) > 2 for part in run):
        return True
    odd = any(part.kind in (VERB, ADJ, OTHER, PARTICLE) for part in run[:-1])
    hiragana = any(_HIRAGANA.fullmatch(part.surface) for part in run[:-1])
    return (odd or hiragana or digits) and not _HIRAGANA.fullmatch(run[-1].surface)


def _is_compound(run: tuple[Part, ...]) -> bool:
    """Tell whether nouns are written as one word: エアコンリモコン, or after capitals, QR決済, SIMフリープラン."""
    letters = len(run[0].surface) > 1 and run[0].surface.isupper() and all(_is_noun(part) for part in run)
    return letters or all(_KATAKANA.fullmatch(part.surface) for part in run)


def _inner_after(run: tuple[Part, ...], i: int) -> bool:
    return i + 1 < len(run) and run[i + 1].kind == PARTICLE


def _named(found: list[tuple[Part, ...]], runs: Counter[tuple[Part, ...]]) -> dict[str, tuple[str, ...]]:
    """Keep the longest of runs within each other that are about as frequent, as most write them."""
    written: dict[str, tuple[str, tuple[Part, ...]]] = {}
    total: Counter[str] = Counter()
    for run in sorted(found, key=lambda r: (-runs[r], "".join(p.surface for p in r))):
        text = "".join(part.surface for part in run)
        written.setdefault(text.lower(), (text, run))
        total[text.lower()] += runs[run]
    kept = [
        form for form in written
        if not any(form != other and form in other and total[other] >= _COHESION * total[form] for other in written)
    ]
    return {written[form][0]: tuple(t for p in written[form][1] for t in p.term.split()) for form in sorted(kept)}
