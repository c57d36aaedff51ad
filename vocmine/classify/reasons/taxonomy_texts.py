"""What a taxonomy says of its reasons: names, descriptions and examples as texts to learn from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

import pandas as pd

from vocmine.classify.taxonomy.taxonomy import Taxonomy

_Value = TypeVar("_Value")
_HUMP = re.compile(r"(?<=[a-z][a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def reason_texts(taxonomy: Taxonomy, classes: tuple[str, ...]) -> dict[tuple[str, int], bool]:
    """Give names, descriptions and examples as written.

    Parameters
    ----------
    taxonomy : Taxonomy
        The reasons.
    classes : tuple of str
        Ids of those wanted, in the order of the columns.

    Returns
    -------
    dict
        By text and number of its reason: whether it is what a customer would write.

    Examples
    --------
    >>> taxonomy = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "FileClaim", "examples": ["返金して"]}]})
    >>> reason_texts(taxonomy, ("a",))
    {('File Claim', 0): False, ('返金して', 0): True}
    """
    out: dict[tuple[str, int], bool] = {}
    for number, reason_id in enumerate(classes):
        reason = taxonomy[reason_id]
        names, described = _in_fixed_order(reason.names), _in_fixed_order(reason.descriptions)
        for text in (*map(readable, names), *described):
            out.setdefault((text, number), False)
        for texts in _in_fixed_order(reason.examples):
            for text in texts:
                out[text, number] = True
    return out


def analysed_reason_texts(
    taxonomy: Taxonomy, classes: tuple[str, ...]
) -> tuple[pd.DataFrame, list[int], list[bool]]:
    """Give the same analysed, with the number of its reason and whether it is what a customer writes.

    Examples
    --------
    >>> frame, reasons, real = analysed_reason_texts(Taxonomy.default(), ("billing.refund",))
    >>> len(frame) == len(reasons) == len(real), frame["text_clean"].iloc[0], real[0]
    (True, '返金', False)
    """
    from vocmine.text import as_analysed

    out = reason_texts(taxonomy, classes)
    analysed = as_analysed([text for text, _ in out])
    return analysed, [number for _, number in out], list(out.values())


def text_languages(taxonomy: Taxonomy) -> list[str]:
    """Give the language of each name, description and example of the reasons: as the taxonomy says, else as detected.

    Examples
    --------
    >>> text_languages(Taxonomy.from_dict({"reasons": [{"id": "a", "name": {"ja": "返金", "en": "Refund"}}]}))
    ['ja', 'en']
    """
    from vocmine.text import detect_language, normalize_text

    said: list[tuple[str, str]] = []
    for reason in map(taxonomy.__getitem__, taxonomy.leaves):
        said += [(lang, readable(name)) for lang, name in reason.names.items()]
        said += [*reason.descriptions.items()]
        said += [(lang, text) for lang, texts in reason.examples.items() for text in texts]
    return [lang or detect_language(normalize_text(text)) for lang, text in said]


def readable(name: str) -> str:
    """Give a name as words: ``a::b``, ``a_b`` and ``FileClaim`` are read as written in words.

    Examples
    --------
    >>> [readable(name) for name in ("card_arrival", "FileClaim", "料金::返金", "Wi-Fi")]
    ['card arrival', 'File Claim', '料金 返金', 'Wi-Fi']
    """
    spaced = name.replace("::", " ").replace("_", " ")
    return spaced if " " in name.strip() else _HUMP.sub(" ", spaced)


def _in_fixed_order(by_language: Mapping[str, _Value]) -> list[_Value]:
    """Give the values of each language in one order, however written down: a saved taxonomy has another."""
    return [by_language[lang] for lang in sorted(by_language, reverse=True)]
