"""What is no text is taken out, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.plaintext import plain


@pytest.mark.parametrize(("text", "clean"), [("a\x00b", "ab"), ("c\u202ed", "cd"), ("\ud800", ""), ("a\tb\n", "a\tb\n"), ("😀ｶﾞ<b>", "😀ｶﾞ<b>")])
def test_what_can_not_be_shown_is_taken_out(text, clean):
    assert plain(text) == clean


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_is_left_can_be_stored_and_stays(text):
    clean = plain(text)
    clean.encode("utf-8")
    assert plain(clean) == clean
