"""The tables that are shipped as YAML in ``contacts/data``, each read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def shipped_table(name: str) -> Any:
    """Give a shipped table.

    Parameters
    ----------
    name : str
        Of the file, without its ending.

    Examples
    --------
    >>> "本文" in shipped_table("headers")["text"]
    True
    """
    folder = resources.files("vocmine.contacts").joinpath("data")
    return yaml.safe_load(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
