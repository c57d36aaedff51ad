"""The nodes of a YAML file within bounds, before any value is made of them.

A small file may stand for a large one: aliases of aliases, a part that holds itself, nesting without end. All is
refused here with its line. Only tags of plain values are known, so that what is read is made of texts, numbers, dates,
lists and mappings alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from vocmine.plaintext import plain

MOST_BYTES = 2 << 20
"""Of a file; the longest list of reasons that is shipped has some hundred kilobytes."""

MOST_VALUES = 100_000
"""With all aliases written out."""

MOST_LEVELS = 60
"""Of lists and mappings inside each other, also by aliases."""

_MOST_DIGITS = 40
_MERGE = "tag:yaml.org,2002:merge"
_TEXT = "tag:yaml.org,2002:str"
_PLAIN = ("null", "bool", "int", "float", "timestamp", "str", "seq", "map")

Keys = tuple[str, ...]


class BoundedLoader(yaml.SafeLoader):
    """A safe loader that gives up in time, and knows the line it was at.

    Raises
    ------
    yaml.MarkedYAMLError
        With the line, for what is beyond a bound.

    Examples
    --------
    >>> BoundedLoader("a: [1, 2]").get_single_data()
    {'a': [1, 2]}
    >>> BoundedLoader("[" * 100).get_single_node()
    Traceback (most recent call last):
    yaml.composer.ComposerError: nested too deeply...
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.at_line = 1
        self._level = self._n_nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Make a node, if there is room for it and it is text."""
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        self._level += 1
        self._n_nodes += 1
        if self._level > MOST_LEVELS:
            raise yaml.composer.ComposerError(None, None, "nested too deeply", mark)
        if self._n_nodes > MOST_VALUES:
            raise yaml.composer.ComposerError(None, None, f"over {MOST_VALUES:,} values", mark)
        node = super().compose_node(parent, index)
        if isinstance(node, yaml.ScalarNode) and plain(node.value) != node.value:
            raise yaml.composer.ComposerError(None, None, "a character that no text has", mark)
        self._level -= 1
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Make the value of a node; its line is kept, should it fail."""
        self.at_line = node.start_mark.line + 1
        return super().construct_object(node, deep)

    def construct_number(self, node: yaml.ScalarNode) -> Any:
        """Make a number of a length that can be written again."""
        if len(node.value) > _MOST_DIGITS:
            problem = f"a number of over {_MOST_DIGITS} digits"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        return self.construct_yaml_int(node) if node.tag.endswith("int") else self.construct_yaml_float(node)


_known = {f"tag:yaml.org,2002:{name}" for name in _PLAIN}
BoundedLoader.yaml_constructors = {
    tag: make for tag, make in yaml.SafeLoader.yaml_constructors.items() if tag is None or tag in _known
}
for _name in ("int", "float"):
    BoundedLoader.add_constructor(f"tag:yaml.org,2002:{_name}", BoundedLoader.construct_number)


def check_size(root: yaml.Node) -> None:
    """Refuse what aliases of aliases would blow up, and what holds itself.

    Raises
    ------
    yaml.MarkedYAMLError
        With the line.

    Examples
    --------
    >>> check_size(BoundedLoader("a: &a [1, *a]").get_single_node())
    Traceback (most recent call last):
    yaml.composer.ComposerError: a part holds itself...
    """
    sizes: dict[int, tuple[int, int]] = {}  # values and levels of each node
    open_nodes: set[int] = set()

    def size(node: yaml.Node) -> tuple[int, int]:
        mine = id(node)
        if mine in open_nodes:
            raise yaml.composer.ComposerError(None, None, "a part holds itself", node.start_mark)
        if mine not in sizes:
            open_nodes.add(mine)
            inner = [size(part) for part in _parts(node)]
            levels = 1 + max((deep for _, deep in inner), default=0)
            if levels > MOST_LEVELS or len(open_nodes) > MOST_LEVELS:
                raise yaml.composer.ComposerError(None, None, "nested too deeply by its aliases", node.start_mark)
            sizes[mine] = 1 + sum(values for values, _ in inner), levels
            open_nodes.discard(mine)
        return sizes[mine]

    values, _ = size(root)
    if values > MOST_VALUES:
        problem = f"too large with its aliases written out: {_shown(values)} values"
        raise yaml.composer.ComposerError(None, None, problem, root.start_mark)


def keys_as_text(root: yaml.Node) -> None:
    """Make texts of all keys: ``No``, ``On`` and ``2026`` are names, not false, true and a number."""
    for keys in _keys_of_mappings(root):
        for key in keys:
            key.tag = _TEXT


def double_keys(root: yaml.Node) -> Iterator[str]:
    """Give a sentence for each key that stands twice in one mapping, in order of their lines."""
    found = []
    for keys in _keys_of_mappings(root):
        seen: dict[str, int] = {}
        for key in keys:
            line = key.start_mark.line + 1
            if key.value in seen:
                name = repr(key.value[:80])
                found.append((line, f"line {line}: the key {name} stands in line {seen[key.value]} already"))
            seen.setdefault(key.value, line)
    yield from (sentence for _, sentence in sorted(found))


def lines_of(node: yaml.Node, path: Keys, loader: yaml.SafeLoader) -> Iterator[tuple[Keys, int]]:
    """Give the line of each key and each item of a list, with the keys that lead to it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
                inner = (*path, str(loader.construct_object(key)))
                yield inner, key.start_mark.line + 1
                yield from lines_of(value, inner, loader)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner = (*path, str(number))
            yield inner, value.start_mark.line + 1
            yield from lines_of(value, inner, loader)


def _shown(number: int) -> str:
    return f"{number:,}" if number < 10**15 else "over a million billion"


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


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
