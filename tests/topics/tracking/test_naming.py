"""Names of incidents: in both languages where both are spoken, in quotes where one is not."""

from __future__ import annotations

import numpy as np

from vocmine.topics.tracking.naming import describe

from .conftest import made


def test_each_language_gets_a_name_from_its_own_texts():
    memory, is_new = made(english=0.5)
    found = describe(memory, np.flatnonzero(is_new))
    assert "画面" in found.names["ja"] and "真っ白" in found.names["ja"]
    assert "white" in found.names["en"].lower() and "「" not in found.names["ja"]
    assert any("画面" in quote or "screen" in quote for quote in found.quotes)
    assert {"画面", "真っ白"} & set(found.words)


def test_a_language_that_nobody_spoke_gets_the_other_name_in_quotes():
    memory, is_new = made(english=0.0)
    found = describe(memory, np.flatnonzero(is_new))
    assert found.names["en"] == f'"{found.names["ja"]}"'
