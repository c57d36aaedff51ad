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
