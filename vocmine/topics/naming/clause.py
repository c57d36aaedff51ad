"""A piece of a text that may stand as a name, with the words it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, order=True)
class Clause:
    """What a text says, short enough to be a name.

    Parameters
    ----------
    text : str
        As people write it.
    keys : tuple of str
        Its content words as terms have them.
    told : bool
        Whether it says what happened, and not only to what.
    mood : str
        How what happened is meant, see `vocmine.topics.naming.inflection`; of an English one ``whole`` where it begins
        and ends at small words.
    done : str
        What happened, alone, which is what its last word means here: 使えない of 使う.
    """

    text: str
    keys: tuple[str, ...]
    told: bool = False
    mood: str = ""
    done: str = ""


@lru_cache(maxsize=16)
def empty_words(which: str) -> frozenset[str]:
    """Give one of the lists of words of ``statement_words.yaml``.

    Examples
    --------
    >>> "為る" in empty_words("verbs"), "届く" in empty_words("happens")
    (True, True)
    """
    return frozenset(str(_lists()[which]).split())


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    import yaml

    text = (files("vocmine.topics") / "data" / "statement_words.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))
