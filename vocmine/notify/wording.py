"""The words of messages, by language, from ``data/notify.yaml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    text = files("vocmine.notify").joinpath("data", "notify.yaml").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = yaml.safe_load(text)
    return words


def say(lang: str, key: str, **values: Any) -> str:
    """Give the words of a key with its gaps filled.

    Parameters
    ----------
    lang : {"ja", "en"}
        Language.
    key : str
        As in ``notify.yaml``.
    **values
        What stands in the gaps.

    Examples
    --------
    >>> say("en", "moment_new"), say("ja", "state_over")
    ('New incident', '収束')
    """
    return _words()[lang][key].format(**values)


def column_name(lang: str, column: str) -> str:
    """Name a column of contacts; one that has no words of its own stands as it is.

    Examples
    --------
    >>> column_name("ja", "product_version"), column_name("en", "shop")
    ('バージョン', 'shop')
    """
    return _words()[lang].get(f"column_{column}", column)
