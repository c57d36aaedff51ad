"""Features of contacts: shares that add up, marks of how they were served, folded rarities."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.drivers.design import driver_design
from vocmine.errors import ContactError, SettingsError


def made(n=40, **columns):
    contacts = pd.DataFrame({"contact_id": [f"c{i:02}" for i in range(n)], **columns})
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": np.where(np.arange(n) % 2 == 0, "a.x", "service.late")})
    return contacts, tags


def block(design, kind):
    return next((b for b in design.blocks if b.kind == kind), None)


def test_reasons_share_a_contact_and_add_up_to_one():
    contacts, tags = made()
    more = pd.concat([tags, tags.assign(label="b.y"), tags.head(3).assign(kind="signal"), tags.head(2).assign(contact_id="elsewhere")])
    issues = block(driver_design(contacts, more), "issue")
    assert issues.names == ("unknown", "a.x", "b.y", "service.late")
    assert np.allclose(issues.matrix.sum(axis=1), 1)
    assert issues.matrix[0].tolist() == [0.0, 0.5, 0.5, 0.0]


def test_a_contact_without_a_reason_is_unknown():
    contacts, tags = made()
    issues = block(driver_design(contacts, tags.iloc[1:]), "issue")
    assert issues.matrix[0, issues.names.index("unknown")] == 1


def test_how_it_was_served_is_marked_where_it_is_known_of_most():
    n = 40
    contacts, tags = made(
        channel=np.repeat(["call", "email"], n // 2), transfers=np.arange(n) % 3, resolved=pd.Series([True, False] * (n // 2), dtype="boolean"),
        wait_seconds=np.r_[np.full(18, 10.0), 21.0, 500.0, np.full(20, 9000.0)], first_response_seconds=np.r_[1.0, np.full(n - 1, np.nan)],
    )
    served = block(driver_design(contacts, tags), "served")
    assert served.names == ("transferred", "long_wait", "unsolved")
    assert served.matrix[:, 1].sum() == 2  # hours of an e-mail are usual there
    assert served.matrix[:, 2].sum() == n / 2


def test_groups_keep_the_product_and_the_service_apart():
    contacts, tags = made(team="A", product="P")
    design = driver_design(contacts, tags)
    assert [design.group("issue", name) for name in ("a.x", "service.late", "unknown")] == ["product", "service", "other"]
    assert [design.group(kind, "x") for kind in ("team", "served", "product", "channel")] == ["service", "service", "product", "other"]
    own = driver_design(contacts, tags, lambda name: name == "a.x")
    assert own.group("issue", "a.x") == "service" and own.group("issue", "service.late") == "product"


def test_rare_teams_are_put_together_and_what_all_share_is_left_out():
    contacts, tags = made(team=["A"] * 18 + ["B"] * 19 + ["C"] * 3, channel="call")
    design = driver_design(contacts, tags).take(np.arange(40))
    assert block(design, "team").names == ("", "A", "B")
    assert np.allclose(block(design, "team").matrix.sum(axis=1), 1)
    assert block(design, "channel") is None


def test_contacts_of_a_customer_are_one_persons():
    contacts, tags = made(customer_id=["k"] * 3 + [None] * 37)
    people = driver_design(contacts, tags).people
    assert len(set(people[:3])) == 1 and len(set(people)) == 38


def test_what_is_missing_or_double_is_refused():
    contacts, tags = made()
    with pytest.raises(ContactError, match="twice"):
        driver_design(pd.concat([contacts, contacts.head(1)]), tags)
    with pytest.raises(SettingsError):
        driver_design(contacts, tags.drop(columns="label"))
    with pytest.raises(ContactError):
        driver_design(contacts.drop(columns="contact_id"), tags)
