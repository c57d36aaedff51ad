from __future__ import annotations

import pytest

from vocmine.topics.naming.clause import Clause, empty_words


def test_lists_of_words() -> None:
    assert "届く" in empty_words("happens") and "the" in empty_words("dropped_en")
    with pytest.raises(KeyError):
        empty_words("nonsense")


def test_clauses_are_values() -> None:
    assert Clause("荷物", ("荷物",)) == Clause("荷物", ("荷物",)) and Clause("a", ("a",)) < Clause("b", ("b",))
