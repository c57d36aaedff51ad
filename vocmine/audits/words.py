"""The words of comparisons and figures; they stand in ``data/words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

LANGS = ("ja", "en")


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Give all words: by topic, then code, then language.

    Examples
    --------
    >>> words()["figures"]["series"]["en"]
    ['tags', 'ideal']
    """
    text = files("vocmine.audits").joinpath("data", "words.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table
