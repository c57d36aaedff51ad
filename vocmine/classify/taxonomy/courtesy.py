"""Greetings, closings, signatures and an agent's procedures: words that bring no reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from itertools import chain

import yaml

from vocmine.classify.taxonomy.pattern_needs import PatternNeeds

_SIGNATURE = re.compile(r"\n\s*(?:[-―—_=─*]{2,})[ \t]*\n[\s\S]{0,200}\Z")


def without_courtesy(texts: Sequence[str]) -> list[str]:
    """Blank out what says nothing of why a customer got in touch; every other letter keeps its place.

    Parameters
    ----------
    texts : sequence of str
        Clean texts.

    Returns
    -------
    list of str
        Texts of the same lengths.

    Examples
    --------
    >>> without_courtesy(["お世話になっております。返金希望です。よろしくお願いいたします。"])[0].split()
    ['。返金希望です。', '。']
    """
    pattern, needs = _courtesies()
    out = [_SIGNATURE.sub(_blank, text) if "\n" in text else text for text in texts]
    for row in sorted(set(chain.from_iterable(needs.rows(out)))):
        out[row] = pattern.sub(_blank, out[row])
    return out


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


@lru_cache(maxsize=1)
def _courtesies() -> tuple[re.Pattern[str], PatternNeeds]:
    file = resources.files("vocmine.classify").joinpath("data", "taxonomy_courtesy.yaml")
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))
    patterns = [pattern for group in groups.values() for pattern in group]
    whole = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(whole, re.IGNORECASE | re.MULTILINE), PatternNeeds(patterns)
