"""What an adapter is told of a source."""

from __future__ import annotations

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Folded, Probe


def test_a_table_has_columns_whatever_their_case():
    probe = Probe("a.csv", "table", ("Ticket ID", "SUBJECT"))
    assert probe.has("ticket id", "Subject")
    assert not probe.has("ticket id", "Body")
    assert not Probe("a.json", "json", ("Ticket ID",)).has("Ticket ID")


def test_the_least_that_an_adapter_needs():
    adapter = Adapter("x", "X", "one\ntwo\nthree", lambda probe: probe.has("a"))
    assert adapter.recognises(Probe("a", "table", ("a",))) and not adapter.turns
    assert Folded(pd.DataFrame({"text": ["a"]})).broken == []
