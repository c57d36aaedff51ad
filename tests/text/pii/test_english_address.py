"""Addresses of the US and the UK in one line or over several."""

from __future__ import annotations

import pytest

from vocmine.text import find_pii

WHOLE = [
    "Flat 9\n24a Morley Street\nYork\nYO1 7HH", "27 Larkspur Close\nHarrogate\nHG2 9QZ", "Unit 3, 5 Canal Wharf, Leeds LS11 5BD",
    "88 Harbour View Road\nApt 4\nPortland, OR 97205", "1200 Pine Ridge Trail, Apt 6, Boulder, CO 80302", "7b Elm Grove",
]  # fmt: skip


@pytest.mark.parametrize("address", WHOLE)
@pytest.mark.parametrize("frame", ["{}", "Please send it to\n{}\nnot to the office", "moved to {}, please update"])
def test_an_address_is_one_span(address, frame):
    text = frame.format(address)
    assert [(s.kind, text[s.start : s.end].rstrip(" ,")) for s in find_pii(text)] == [("address", address)]


@pytest.mark.parametrize("text", ["24 Hour Drive Thru", "5 Star Hill hotel", "2 Garden View tickets sold out", "3 Blue Park passes"])
def test_what_only_looks_so_stays(text):
    assert find_pii(text) == []
