"""An id that a whole shop shares is no customer who came a hundred times."""

from __future__ import annotations

import pandas as pd

from vocmine.batch.costing import cost_contacts
from vocmine.batch.shared_ids import shared_ids, without_shared_ids
from vocmine.cost import CostModel
from vocmine.results import Note
from vocmine.settings import Settings


def centre(n_shop, n_people, each=2):
    ids = ["shop"] * n_shop + [f"c{i}" for i in range(n_people) for _ in range(each)]
    n = len(ids)
    contacts = pd.DataFrame({
        "contact_id": [f"k{i:04d}" for i in range(n)], "customer_id": ids, "channel": "call", "handle_seconds": 60.0,
        "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta([i % 240 for i in range(n)], unit="h"),
    })
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": "bill", "score": 0.9})
    return contacts, tags


def test_only_ids_far_beyond_the_others_are_shared():
    assert shared_ids(centre(200, 300)[0]).to_dict() == {"shop": 200}
    assert shared_ids(centre(30, 300)[0]).empty  # a busy customer
    assert shared_ids(centre(200, 300, each=12)[0]).empty  # all are busy
    assert shared_ids(centre(0, 0)[0]).empty
    assert shared_ids(pd.DataFrame({"contact_id": ["a"]})).empty


def test_the_order_of_rows_does_not_matter():
    contacts, _ = centre(200, 300)
    mixed = contacts.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(without_shared_ids(mixed).sort_index(), without_shared_ids(contacts))


def test_costs_count_no_repeats_of_a_shared_id_and_say_so():
    contacts, tags = centre(200, 300)
    model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY")
    costs = cost_contacts(contacts, tags, Settings(), model)
    table = costs.table
    people = contacts["customer_id"] != "shop"
    single = cost_contacts(contacts[people], tags[people], Settings(), model)
    assert Note.of("shared_ids", ids=1, n=200) in costs.notes
    assert "shared_ids" not in {note.code for note in single.notes}
    assert (table["repeat_share"].iloc[0], single.table["repeat_share"].iloc[0]) == (300 / 800, 0.5)
    assert table["cost"].sum() == 800 * 60
