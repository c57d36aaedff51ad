"""The border to parsers that are not ours: whatever one raises becomes one `VocmineError`, in one place for all.

Parsers of files that others wrote raise whatever they meet inside: KeyError, RecursionError, errors of C and Rust. A
list of them is never whole, so this holds the one broad except of the project. It stands around calls of other
libraries alone: what our own code raises inside of it would be told as a damaged file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from vocmine.errors import VocmineError

Item = TypeVar("Item")
_PANIC = "PanicException"  # of libraries in Rust; it is no Exception, though a damaged file brings it about


@dataclass(frozen=True)
class Border:
    """What to say where a parser gives up.

    Parameters
    ----------
    error : type of VocmineError
        What is raised.
    what : str
        What is wrong, as a short clause: ``no Parquet file that can be read``.
    where : str or callable
        The file; or what gives the place that was come to.
    expected, hint : str, optional
        As for `VocmineError`. What was got is the name of the parser's error: its message may quote the file.

    Examples
    --------
    >>> border = Border(VocmineError, "no list that can be read", "calls.txt")
    >>> with border.guard():
    ...     [][0]
    Traceback (most recent call last):
    vocmine.errors.VocmineError: no list that can be read; where: calls.txt; got: IndexError
    >>> list(border.each(iter("ab")))
    ['a', 'b']
    """

    error: type[VocmineError]
    what: str
    where: str | Callable[[], str] | None = None
    expected: str | None = None
    hint: str | None = None

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn any failure inside into the error; our own errors pass, and so do those that end the program."""
        try:
            yield
        except VocmineError:
            raise
        except BaseException as error:  # the one broad except of the project, see above
            name = type(error).__name__
            if not isinstance(error, Exception) and name != _PANIC:
                raise
            where = self.where() if callable(self.where) else self.where
            raise self.error(self.what, where=where, got=name, expected=self.expected, hint=self.hint) from None

    def each(self, items: Iterable[Item]) -> Iterator[Item]:
        """Give items one by one; only the taking of each is guarded, not what is done with it."""
        with self.guard():
            left = iter(items)
        end = object()
        while True:
            with self.guard():
                item = next(left, end)
            if item is end:
                return
            yield item  # type: ignore[misc]
