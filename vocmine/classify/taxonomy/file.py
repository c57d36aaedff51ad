"""Read a taxonomy's YAML file, with the place of what can't be read or is said twice."""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from vocmine.errors import SettingsError


class _Loader(yaml.SafeLoader):
    """Notes keys that are given twice in one mapping, where YAML would silently keep the last."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[str] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in seen:
                    self.twice.append(f"line {line}: the key {key.value!r} stands in line {seen[key.value]} already")
                seen.setdefault(key.value, line)
        return super().construct_mapping(node, deep=deep)


def read_taxonomy_file(path: str | os.PathLike[str]) -> tuple[Any, list[str]]:
    """Give the plain values of a YAML file, and a sentence for each key that is given twice.

    Raises
    ------
    SettingsError
        If there is no such file, or it is no UTF-8 or no YAML.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError("there is no such taxonomy file", where=str(path)) from None
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise SettingsError("the taxonomy file can't be read", where=str(path), got=problem) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError("the taxonomy file is not UTF-8", where=f"{path}, line {line}",
                            hint="save it as UTF-8 in your editor") from None
    try:
        loader = _Loader(text)
        return loader.get_single_data(), loader.twice
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line_text = f", line {mark.line + 1}" if mark else ""
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        hint = "indent with blanks, not tabs" if "\\t" in problem else None
        raise SettingsError("the taxonomy is not YAML", where=f"{path}{line_text}", got=problem, hint=hint) from None
