"""Greetings, closings, signatures and an agent's procedures: words that bring no reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import yaml

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
    pattern = _courtesies()
    return [pattern.sub(_blank, _SIGNATURE.sub(_blank, text)) for text in texts]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


@lru_cache(maxsize=1)
def _courtesies() -> re.Pattern[str]:
    file = resources.files("vocmine.classify").joinpath("data", "taxonomy_courtesy.yaml")
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{p})" for group in groups.values() for p in group), re.IGNORECASE | re.MULTILINE)
