"""Reviews of the App Store."""

from __future__ import annotations

import pytest

from vocmine.contacts.adapters.adapter import Probe
from vocmine.contacts.adapters.app_store import ADAPTER, fold_app_store
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

API = {
    "data": [
        {"type": "customerReviews", "id": "a1", "attributes": {"rating": 2, "title": "だめ", "body": "落ちる", "reviewerNickname": "nick", "createdDate": "2026-05-12T09:00:00-07:00", "territory": "JPN"}, "relationships": {"response": {"data": {"type": "customerReviewResponses", "id": "z"}}}},
        {"type": "customerReviews", "id": "a2", "attributes": {"rating": 5, "title": None, "body": "Good", "createdDate": "2026-05-13T09:00:00-07:00", "territory": "USA"}, "relationships": None},
    ],
    "included": [{"type": "customerReviewResponses", "id": "z", "attributes": {"responseBody": "直しました"}}],
}
ENTRY = {"id": {"label": "b1"}, "updated": {"label": "2026-05-12T09:00:00-07:00"}, "im:rating": {"label": "1"}, "im:version": {"label": "3.2"}, "title": {"label": "重い"}, "content": {"label": "遅い", "attributes": {"type": "text"}}, "author": {"name": {"label": "nick"}}}
FEED = {"feed": {"entry": [{"im:name": {"label": "架空アプリ"}, "id": {"label": "app"}}, ENTRY]}}


def test_reviews_of_the_api_with_the_answers():
    notes = Notes()
    frame = fold_app_store(API, notes).frame
    assert frame[["contact_id", "csat", "text", "created_at", "agent_text"]].values.tolist() == [
        ["a1", 2, "だめ\n落ちる", "2026-05-12T09:00:00-07:00", "直しました"], ["a2", 5, "Good", "2026-05-13T09:00:00-07:00", ""],
    ]
    assert notes.facts == {"territories": "JPN USA"} and "nick" not in frame.to_string()


def test_reviews_of_the_feed_without_the_app_itself():
    folded = fold_app_store(FEED, Notes())
    assert folded.frame[["contact_id", "csat", "text", "product", "product_version"]].values.tolist() == [["b1", "1", "重い\n遅い", "架空アプリ", "3.2"]]
    assert folded.records == [ENTRY]
    assert fold_app_store([{"feed": {"entry": ENTRY}}, API], Notes()).frame["contact_id"].tolist() == ["b1", "a1", "a2"]


@pytest.mark.parametrize(("probe", "wanted"), [
    (Probe("a.json", "json", document=API), True), (Probe("a.json", "json", document=FEED), True), (Probe("a.json", "json", document=[API, FEED]), True),
    (Probe("a.json", "json", document={"data": [{"id": "1"}]}), False), (Probe("a.json", "json", document={"feed": {"entry": [{}]}}), False),
    (Probe("a.json", "json", document=[]), False), (Probe("a.json", "json", document=None), False), (Probe("a.json", "json", document={"data": []}), False),
    (Probe("a.csv", "table", columns=("id", "Rating", "Title", "Body", "reviewerNickname")), True), (Probe("a.csv", "table", columns=("rating", "title", "body")), False),
])
def test_recognised_by_its_keys(probe, wanted):
    assert ADAPTER.recognises(probe) is wanted


def test_no_review_is_refused():
    with pytest.raises(ContactError, match="no review"):
        fold_app_store([{"feed": {}}, None, {"data": None}], Notes())
