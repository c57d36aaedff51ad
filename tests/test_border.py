"""The border: any failure of a parser is one sentence, without what the parser quotes; the program's own ends pass."""

from __future__ import annotations

import pytest

from vocmine.border import Border
from vocmine.errors import ContactError, SettingsError

BORDER = Border(ContactError, "no table that can be read", "calls.bin", expected="a table", hint="save it as CSV")


class PanicException(BaseException):  # as Rust's libraries call it
    pass


@pytest.mark.parametrize("error", [KeyError("secret words"), RecursionError(), MemoryError(), OSError(5, "x"), PanicException("secret words"),
                                   UnicodeDecodeError("utf-8", b"\xff secret words", 0, 1, "x"), NotImplementedError("secret words")])
def test_any_failure_is_one_error_that_quotes_nothing(error):
    with pytest.raises(ContactError) as found, BORDER.guard():
        raise error
    name = type(error).__name__
    assert str(found.value) == f"no table that can be read; where: calls.bin; got: {name}; expected: a table; save it as CSV"
    assert found.value.__cause__ is None and found.value.__suppress_context__


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), GeneratorExit(), SettingsError("ours")])
def test_what_ends_the_program_and_our_own_errors_pass(error):
    with pytest.raises(type(error)) as found, BORDER.guard():
        raise error
    assert found.value is error


def test_only_the_taking_of_an_item_is_guarded():
    def items():
        yield 1
        raise IndexError("secret words")

    taken = []
    with pytest.raises(ContactError, match="got: IndexError"):
        for item in BORDER.each(items()):
            taken.append(item)
    assert taken == [1]
    with pytest.raises(ZeroDivisionError):
        for _ in BORDER.each([1]):
            raise ZeroDivisionError  # what is done with an item is no failure of the parser


def test_what_cannot_be_gone_through_is_a_failure_too():
    with pytest.raises(ContactError, match="got: TypeError"):
        list(BORDER.each(5))
    assert list(BORDER.each([])) == []
