"""Errors: one line with what, where, got, expected and what to do; whole on the other side of a process border."""

from __future__ import annotations

import pickle

import pytest

from vocmine import errors
from vocmine.errors import (
    AuditError,
    ContactError,
    MissingExtraError,
    SettingsError,
    StoreError,
    VocmineError,
    missing_extra,
)

KINDS = [ContactError, SettingsError, AuditError, StoreError, MissingExtraError]


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_has_its_parts_in_one_order(kind):
    error = kind("wrong level", where="level", got="95", expected="0 to 1", hint="divide by 100")
    assert str(error) == "wrong level; where: level; got: 95; expected: 0 to 1; divide by 100"
    assert isinstance(error, VocmineError) and str(kind("wrong level")) == "wrong level"


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_of_a_worker_arrives_whole(kind):
    error = kind("what", where="here", got="a", expected="b", hint="do this")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind and vars(back) == vars(error) and str(back) == str(error)


def test_errors_are_what_python_callers_expect():
    assert issubclass(SettingsError, ValueError) and issubclass(AuditError, ValueError)
    assert isinstance(missing_extra("bertopic", "topics", "discovery"), ImportError)
    assert all(issubclass(kind, VocmineError) for kind in vars(errors).values() if isinstance(kind, type))


def test_personal_data_in_any_part_is_masked():
    secret = "090-1234-5678"
    error = VocmineError(f"wrong {secret}", where=f"a {secret}.csv", got=f"昨日 {secret}", expected=f"not {secret}", hint=f"佐藤様に {secret}")
    assert "1234" not in str(error) + repr((error.what, error.where, error.got, error.expected, error.hint)) and "佐藤" not in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("part", ["'鳩'", "12345678", "row 3, column text", "2026-11-20", "a, b, c", "/tmp/a b/notes.csv", "one of 料金, 配送"])
def test_what_is_not_personal_is_said_as_it_is(part):
    assert VocmineError("wrong", got=part).got == part
