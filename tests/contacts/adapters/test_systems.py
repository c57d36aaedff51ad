"""The list of adapters: each says what it is, and none takes what is another's."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.systems import adapter_of, adapters
from vocmine.frames import CHANNELS, CONTACT_COLUMNS


@pytest.mark.parametrize("name", sorted(adapters()))
def test_an_adapter_says_what_it_is(name):
    adapter = adapters()[name]
    lines = adapter.example.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("vocmine run --contacts ")
    assert adapter.title
    assert set(adapter.channels.values()) <= set(CHANNELS)
    assert adapter.fold is not None or adapter.columns


@pytest.mark.parametrize("name", sorted(adapters()))
def test_an_adapter_takes_no_plain_source(name):
    adapter = adapters()[name]
    plain = [Probe("a.csv", "table", ()), Probe("a.csv", "table", CONTACT_COLUMNS), Probe("a.txt", "text", head="こんにちは"), Probe("a.json", "json")]
    plain += [Probe("a.json", "json", document=document) for document in ([], {}, "x", 5, [1], [[]], [{}], {"a": None}, [{"id": 1, "text": "x"}])]
    assert not [probe for probe in plain if adapter.recognises(probe)]


def test_nobody_knows_a_stranger():
    assert adapter_of(Probe("a.csv", "table", ("受付番号", "受付日時", "本文"))) is None
