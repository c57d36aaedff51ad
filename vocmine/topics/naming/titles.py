"""Names of topics, each once in any case: what its texts say and other topics' don't, in both of its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count

from vocmine.text.language import has_japanese
from vocmine.topics.naming.contrast import ENGLISH, JAPANESE, ContrastCounts, TextRead, gains, read, without_masks
from vocmine.topics.naming.ranking import Said, completed, said_of
from vocmine.topics.naming.typical import typical_texts

_OTHERS = {JAPANESE: "その他", ENGLISH: "other"}
_MOST = 30  # names that are tried
_LEAST = 2  # texts in its other language that a topic must have to be named from them


@dataclass(frozen=True)
class Title:
    """What a topic is called.

    Parameters
    ----------
    name : str
        In the language of most of its texts.
    name_ja, name_en : str
        From its texts in that language; empty where it has none to speak of.
    """

    name: str
    name_ja: str
    name_en: str


def titles(
    texts: Sequence[Sequence[str]], terms: Sequence[Sequence[str]], usual: ContrastCounts, which: Sequence[int],
    sizes: Sequence[int], used: Iterable[str] = (),
) -> list[Title]:
    """Name topics, the largest first.

    Parameters
    ----------
    texts, terms : sequence of sequences of str
        Typical texts of each topic, masked, and their content words.
    usual : ContrastCounts
        Of all texts and their topics.
    which : sequence of int
        The topics, as ``usual`` numbers them.
    sizes : sequence of int
    used : iterable of str
        Names that are taken.

    Examples
    --------
    >>> texts = [["荷物が届かない", "荷物が届きません"], ["住所を変更したい", "住所の変更"]]
    >>> terms = [["荷物 届く_ない"] * 2, ["住所 変更"] * 2]
    >>> usual = ContrastCounts(terms[0] + terms[1], [0, 0, 1, 1])
    >>> [t.name for t in titles(texts, terms, usual, [0, 1], [2, 2])]
    ['荷物が届かない', '住所を変更したい']
    """
    taken = {name.casefold() for name in used}
    out = [Title("", "", "")] * len(texts)
    for t in sorted(range(len(texts)), key=lambda i: (-sizes[i], i)):
        readings = [read(text, own) for text, own in zip(texts[t], terms[t], strict=True)]
        found = {lang: [r[lang] for r in readings if lang in r] for lang in (JAPANESE, ENGLISH)}
        plain = [without_masks(text) for text in texts[t]]
        n_ja = len(found[JAPANESE]) or sum(map(has_japanese, plain))
        main = JAPANESE if n_ja >= max(len(found[ENGLISH]), 1) else ENGLISH
        names = {}
        for lang, own in found.items():
            ranked = said_of(own, gains(own, partial(usual.share, lang=lang, without=which[t])))
            if lang == main:
                names[lang] = _free(_options(ranked, own, plain, lang), taken) or _numbered(_OTHERS[lang], taken)
            elif len(own) >= _LEAST:  # in its other language only what several texts say in more than a word
                names[lang] = _free((s.text for s in ranked[:_MOST] if s.times > 1 and len(s.keys) > 1), taken)
        taken |= {name.casefold() for name in names.values()}
        out[t] = Title(names[main], names.get(JAPANESE, ""), names.get(ENGLISH, ""))
    return out


def _options(ranked: Sequence[Said], own: Sequence[TextRead], texts: Sequence[str], lang: str) -> Iterator[str]:
    """List names, the best first; then short texts that are said as a whole."""
    best = [completed(ranked, own)] if ranked else []
    whole = [text for text in texts if has_japanese(text) == (lang == JAPANESE)]
    return chain(best, (s.text for s in ranked[:_MOST]), typical_texts(whole))


def _free(options: Iterator[str], taken: set[str]) -> str:
    """Take the first name that is free, else the best with a number; empty where there is none."""
    first = ""
    for option in options:
        first = first or option
        if option.casefold() not in taken:
            return option
    return _numbered(first, taken) if first else ""


def _numbered(name: str, taken: set[str]) -> str:
    if name.casefold() not in taken:
        return name
    return next(n for i in count(2) if (n := f"{name} {i}").casefold() not in taken)
