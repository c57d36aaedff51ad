"""Contacts that the workbook lists: nobody else's, masked, the latest first."""

from __future__ import annotations

from vocmine.report.inputs import check_alerts, shape
from vocmine.report.listed import alert_contacts, short, unknown_contacts


def frames_of(centre):
    return shape(centre.contacts, centre.tags, "UTC")


def test_contacts_of_alerts_are_those_that_the_alerts_name(centre):
    listed = alert_contacts(check_alerts(centre.alerts), frames_of(centre))
    named = {(topic, i) for topic, ids in zip(centre.alerts.topic_id, centre.alerts.contact_ids, strict=True) for i in ids}
    assert {(topic, contact) for topic, contact, *_ in listed} == named
    assert len(listed) == len(named)
    for topic in (3, 8):
        days = [day for key, _, day, *_ in listed if key == topic]
        assert days == sorted(days, reverse=True)
    assert not any("生の本文" in text for *_, text in listed)


def test_ids_may_come_as_one_text_and_unknown_ones_are_left_out(centre):
    alerts = check_alerts(centre.alerts.head(1).assign(contact_ids="c00001 c00002 gone"))
    assert [contact for _, contact, *_ in alert_contacts(alerts, frames_of(centre))] == ["c00001", "c00002"]
    assert alert_contacts(alerts.assign(contact_ids=[()]), frames_of(centre)) == ()
    assert alert_contacts(None, frames_of(centre)) == ()
    assert alert_contacts(alerts.drop(columns="contact_ids"), frames_of(centre)) == ()


def test_contacts_without_a_reason_are_as_many_as_are_counted(centre):
    frames = frames_of(centre)
    listed = unknown_contacts(frames)
    assert len(listed) == frames.n_unknown > 50
    reasons = centre.tags.loc[centre.tags.kind == "reason"].groupby("contact_id").label.agg(set)
    assert all(reasons[contact] == {"unknown"} for contact, *_ in listed)
    days = [day for _, day, *_ in listed]
    assert days == sorted(days, reverse=True)
    assert unknown_contacts(frames, most=3) == listed[:3]


def test_the_order_of_the_contacts_does_not_matter(centre):
    mixed = shape(centre.contacts.sample(frac=1, random_state=1), centre.tags.sample(frac=1, random_state=2), "UTC")
    assert unknown_contacts(mixed) == unknown_contacts(frames_of(centre))


def test_a_long_text_is_cut():
    assert short("あ" * 5000) == "あ" * 599 + "…"
    assert short("a\n\n b") == "a b"
