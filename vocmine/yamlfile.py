"""Read a YAML file that a user wrote: plain values with the line of each, and a sentence for whatever can't be read.

Nothing is passed over that YAML alone would pass over: a key that stands twice, an alias that blows the file up, a
value that looks like a date and is none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from vocmine.errors import SettingsError

_MOST_VALUES = 200_000  # with all aliases written out; the taxonomy that is shipped has some thousand
_MERGE = "tag:yaml.org,2002:merge"

Keys = tuple[str, ...]


@dataclass(frozen=True)
class YamlFile:
    """What a YAML file holds.

    Parameters
    ----------
    path : str
        As the user gave it.
    value : Any
        Plain values.
    lines : mapping of tuple of str to int
        Line, from 1, of each key and each item of a list; items go by their number from 0.
    twice : tuple of str
        A sentence for each key that stands twice in one mapping.
    """

    path: str
    value: Any
    lines: Mapping[Keys, int] = field(default_factory=dict)
    twice: tuple[str, ...] = ()

    def line(self, *keys: object) -> int | None:
        """Give the line of a value, or of the nearest thing around it; None for what the file does not speak of."""
        path = tuple(map(str, keys))
        return next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)

    def place(self, *keys: object) -> str:
        """Name the file and the line of a value, for the `where` of an error."""
        line = self.line(*keys)
        return self.path if line is None else f"{self.path}, line {line}"


def read_yaml(path: str | os.PathLike[str], what: str, text_keys: bool = False) -> YamlFile:
    r"""Read any YAML in UTF-8, with or without its byte order mark.

    Parameters
    ----------
    path : path
        The file.
    what : str
        What it is, for messages: ``settings``, ``taxonomy``.
    text_keys : bool
        Whether keys are texts as they stand: ``No``, ``On`` and ``2026`` are names, not false, true and a number.

    Returns
    -------
    YamlFile
        With the keys that stand twice listed: whoever lists other mistakes lists them too.

    Raises
    ------
    SettingsError
        If there is no such file, or it is no UTF-8, no YAML, or blown up by aliases.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "costs.yaml")
    ...     _ = path.write_text("currency: JPY\nrate_per_minute:\n  call: 65.7\n")
    ...     file = read_yaml(path, "cost model")
    >>> file.value["currency"], file.line("rate_per_minute", "call"), file.line("rate_per_minute", "chat"), file.twice
    ('JPY', 3, 2, ())
    """
    text = _text(path, what)
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            return YamlFile(str(path), None)
        _check_size(node, what, str(path))
        if text_keys:
            _as_text(node)
        twice = tuple(_double_keys(node))
        lines = dict(_lines(node, (), loader))
        return YamlFile(str(path), loader.construct_document(node), lines, twice)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        hint = "indent with blanks, not tabs" if "\\t" in problem else None
        raise SettingsError(f"the {what} file is not YAML", where=place, got=problem, hint=hint) from None
    except ValueError as error:  # what looks like a date or a number and is none
        hint = "put it in quotes if it is a text"
        raise SettingsError(f"a value of the {what} file can't be read", where=str(path), got=str(error),
                            hint=hint) from None
    except RecursionError:
        raise SettingsError(f"the {what} file is nested too deeply", where=str(path)) from None


def read_mapping(
    path: str | os.PathLike[str], what: str, allowed: Iterable[str] = (), hint: str | None = None
) -> YamlFile:
    """Read a YAML file that must hold a mapping, each key once; an empty file holds an empty one.

    Parameters
    ----------
    path, what
        As for `read_yaml`.
    allowed : iterable of str
        The keys it may have; any if empty.
    hint : str, optional
        What to write, where it is no mapping.

    Raises
    ------
    SettingsError
        As `read_yaml`; and if it is no mapping, a key stands twice, or is not among the allowed ones: all at once, each
        with its line and the nearest allowed key.
    """
    file = read_yaml(path, what)
    value = {} if file.value is None else file.value
    if not isinstance(value, dict):
        raise SettingsError(f"the {what} file is no mapping", where=file.path, got=type(value).__name__,
                            expected="key: value", hint=hint)
    known = tuple(allowed)
    unknown = [f"line {file.line(key)}: {shown}" for key, shown in unknown_keys(value, known)] if known else []
    if file.twice or unknown:
        what_is_wrong = "unknown key" if unknown else "a key stands twice"
        raise SettingsError(what_is_wrong, where=file.path, got="; ".join([*file.twice, *unknown]),
                            expected=", ".join(known) or "each key once")
    return YamlFile(file.path, value, file.lines)


def unknown_keys(keys: Iterable[object], allowed: Iterable[str]) -> Iterator[tuple[object, str]]:
    """Give each key that is not allowed, and how to show it: with the nearest allowed one.

    Examples
    --------
    >>> [shown for _, shown in unknown_keys({"curency": "JPY"}, ["currency", "numerator"])]
    ["'curency', did you mean 'currency'?"]
    """
    known = tuple(allowed)
    for key in keys:
        if key not in known:
            near = nearest(key, known)
            yield key, f"{key!r}" + (f", did you mean {near!r}?" if near else "")


def nearest(got: object, allowed: Iterable[object], cutoff: float = 0.6) -> str | None:
    """Give what was probably meant, or None.

    Parameters
    ----------
    got : object
        What stands there.
    allowed : iterable
        What may stand there.
    cutoff : float
        Least likeness, 0 to 1 (`difflib.get_close_matches`).

    Examples
    --------
    >>> nearest("txt", ["text", "channel"]), nearest("xyz", ["text"])
    ('text', None)
    """
    return next(iter(get_close_matches(str(got), [str(each) for each in allowed], n=1, cutoff=cutoff)), None)


def _text(path: str | os.PathLike[str], what: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"there is no such {what} file", where=str(path)) from None
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise SettingsError(f"the {what} file can't be read", where=str(path), got=problem) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(f"the {what} file is not UTF-8", where=f"{path}, line {line}",
                            hint="save it as UTF-8 in your editor") from None


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _check_size(root: yaml.Node, what: str, path: str) -> None:
    """Refuse what a few aliases of aliases would blow up, and what holds itself, before any value is made of it."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: yaml.Node) -> int:
        mine = id(node)
        if mine in open_nodes:
            place = f"{path}, line {node.start_mark.line + 1}"
            raise SettingsError(f"a part of the {what} file holds itself", where=place, hint="remove the alias")
        if mine not in sizes:
            open_nodes.add(mine)
            sizes[mine] = 1 + sum(size(part) for part in _parts(node))
            open_nodes.discard(mine)
        return sizes[mine]

    if size(root) > _MOST_VALUES:
        raise SettingsError(f"the {what} file is too large with its aliases written out", where=path,
                            got=f"{size(root):,} values", expected=f"at most {_MOST_VALUES:,}")


def _keys_of_mappings(root: yaml.Node) -> Iterator[list[yaml.ScalarNode]]:
    """Give the plain keys of each mapping, each mapping once."""
    todo, done = [root], set[int]()
    while todo:
        node = todo.pop()
        if id(node) in done:
            continue
        done.add(id(node))
        todo += _parts(node)
        if isinstance(node, yaml.MappingNode):
            yield [key for key, _ in node.value if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE]


def _as_text(root: yaml.Node) -> None:
    """Make texts of all keys, before any value is made of them."""
    for keys in _keys_of_mappings(root):
        for key in keys:
            key.tag = "tag:yaml.org,2002:str"


def _double_keys(root: yaml.Node) -> Iterator[str]:
    found = []
    for keys in _keys_of_mappings(root):
        seen: dict[str, int] = {}
        for key in keys:
            line = key.start_mark.line + 1
            if key.value in seen:
                found.append((line, f"line {line}: the key {key.value!r} stands in line {seen[key.value]} already"))
            seen.setdefault(key.value, line)
    yield from (sentence for _, sentence in sorted(found))


def _lines(node: yaml.Node, path: Keys, loader: yaml.SafeLoader) -> Iterator[tuple[Keys, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
                inner = (*path, str(loader.construct_object(key)))
                yield inner, key.start_mark.line + 1
                yield from _lines(value, inner, loader)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner = (*path, str(number))
            yield inner, value.start_mark.line + 1
            yield from _lines(value, inner, loader)
