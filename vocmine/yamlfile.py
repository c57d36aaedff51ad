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

from vocmine.border import Border
from vocmine.errors import SettingsError
from vocmine.yamlnodes import (
    MOST_BYTES,
    MOST_LEVELS,
    MOST_VALUES,
    BoundedLoader,
    Keys,
    check_size,
    double_keys,
    keys_as_text,
    lines_of,
)

_LISTED = 20  # mistakes that a message lists
_SHOWN = 80  # characters of a key or value that a message shows


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
    loader = BoundedLoader("")
    border = Border(
        SettingsError, f"a value of the {what} file can't be read", lambda: f"{path}, line {loader.at_line}",
        hint="put it in quotes if it is a text",
    )
    with border.guard():
        try:
            loader = BoundedLoader(text)
            return _read(loader, str(path), text_keys)
        except yaml.YAMLError as error:
            raise _no_yaml(error, what, str(path)) from None


def _read(loader: BoundedLoader, path: str, text_keys: bool) -> YamlFile:
    node = loader.get_single_node()
    if node is None:
        return YamlFile(path, None)
    check_size(node)
    if text_keys:
        keys_as_text(node)
    twice = tuple(double_keys(node))
    lines = dict(lines_of(node, (), loader))
    return YamlFile(path, loader.construct_document(node), lines, twice)


def _no_yaml(error: yaml.YAMLError, what: str, path: str) -> SettingsError:
    """Say what YAML can't read, or what is beyond a bound, and where."""
    mark = getattr(error, "problem_mark", None)
    place = f"{path}, line {mark.line + 1}" if mark else path
    problem = str(getattr(error, "problem", None) or error).splitlines()[0]
    name, _, got = problem.partition(": ")
    if name.startswith("nested too deeply"):
        return SettingsError(f"the {what} file is {name}", where=place, expected=f"at most {MOST_LEVELS} levels")
    if name == "a part holds itself":
        return SettingsError(f"a part of the {what} file holds itself", where=place, hint="remove the alias")
    if name.startswith("too large"):
        return SettingsError(f"the {what} file is {name}", where=place, got=got, expected=f"at most {MOST_VALUES:,}")
    hint = "indent with blanks, not tabs" if "\\t" in problem else None
    if "tag:yaml.org" in problem:
        hint = "put it in quotes if it is a text"
    return SettingsError(f"the {what} file is not YAML", where=place, got=problem[:200], hint=hint)


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
        raise SettingsError(what_is_wrong, where=file.path, got=listed([*file.twice, *unknown]),
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
            yield key, shown(key) + (f", did you mean {near!r}?" if near else "")


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
    word = str(got)
    if len(word) > _SHOWN:  # no name; comparing it would take long
        return None
    return next(iter(get_close_matches(word, [str(each) for each in allowed], n=1, cutoff=cutoff)), None)


def listed(mistakes: Iterable[str]) -> str:
    """Write mistakes into a message: the first, and how many more there are.

    Examples
    --------
    >>> listed(["a", "b"]), listed("abc" * 10)[-11:]
    ('a; b', 'and 10 more')
    """
    found = list(mistakes)
    more = [f"and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    return "; ".join([*found[:_LISTED], *more])


def shown(value: object) -> str:
    """Write a value of a file into a message, cut short.

    Examples
    --------
    >>> shown("a" * 200) == "'" + "a" * 79 + "…"
    True
    """
    written = repr(value)
    return written if len(written) <= _SHOWN else written[:_SHOWN] + "…"


def _text(path: str | os.PathLike[str], what: str) -> str:
    try:
        if (size := Path(path).stat().st_size) > MOST_BYTES:
            raise SettingsError(f"the {what} file is too large", where=str(path), got=f"{size >> 20:,} MB",
                                expected=f"at most {MOST_BYTES >> 20} MB")
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"there is no such {what} file", where=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(f"the {what} file is not UTF-8", where=f"{path}, line {line}",
                            hint="save it as UTF-8 in your editor") from None
    except (OSError, ValueError) as error:  # a name with a zero in it is a ValueError
        problem = getattr(error, "strerror", None) or type(error).__name__
        raise SettingsError(f"the {what} file can't be read", where=str(path), got=problem) from None
