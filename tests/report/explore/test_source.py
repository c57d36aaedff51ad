"""What is kept of the frames: what the page needs, and never a key of a customer or a raw text."""

from __future__ import annotations

import pytest

from vocmine.errors import SettingsError
from vocmine.report import Extras, build_report


def test_contacts_stand_oldest_first_without_keys_of_people(explored, explore_frames):
    source = explored().source
    assert source.contacts["day"].is_monotonic_increasing
    assert not {"text_raw", "customer_id", "customer"} & set(source.contacts)
    assert "生の本文" not in source.contacts.to_csv()
    given = explore_frames().contacts.set_index("contact_id")["customer_id"].reindex(source.contacts["contact_id"])
    person = source.contacts["person"].to_numpy()
    assert ((person == -1) == given.isna().to_numpy()).all()
    assert source.contacts.loc[person >= 0].groupby("person").size().tolist() == given.dropna().groupby(given.dropna().to_numpy(), sort=False).size().tolist()


def test_only_inputs_that_are_read_are_kept(explored):
    assert set(explored(run={"read": 3, "rejected": 0}).source.inputs) == set()
    with pytest.raises(SettingsError, match="issue_weeks"):
        Extras(issue_weekz=None)


def test_contacts_without_any_of_the_columns_will_do(explore_frames):
    frames = explore_frames(n=30)
    bare = frames.contacts[["contact_id", "created_at", "channel"]]
    source = build_report(bare, frames.tags, frames.costs).source
    assert (source.contacts["person"] == -1).all()
    assert (source.contacts[["product_version", "segment", "terms", "text"]] == "").all(axis=None)


def test_a_ledger_of_more_contacts_is_cut_to_those_of_the_report(explored, explore_frames):
    frames = explore_frames()
    frames.contacts = frames.contacts.head(100)
    ledger = explored(frames=frames).source.ledger
    assert set(ledger["contact_id"]) == {"", *frames.contacts["contact_id"]}
    own = frames.ledger.loc[frames.ledger["contact_id"].isin(frames.contacts["contact_id"]), "cost"].sum()
    assert ledger.loc[ledger["contact_id"] != "", "cost"].sum() == own
