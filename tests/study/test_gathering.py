"""Contacts of any kind: checked, tagged, masked; what can't be used is counted."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.contacts import check_contacts
from vocmine.errors import ContactError, VocmineError
from vocmine.settings import Settings
from vocmine.study.gathering import gather, tagger_of
from vocmine.tagger import Tagger

SETTINGS = Settings()
RAW = pd.DataFrame(
    {
        "受付番号": ["a1", "a2", "a3"], "受付日時": ["2026-10-01 09:00", "きのう", "2026-10-02 10:00"], "チャネル": ["電話", "電話", "チャット"],
        "本文": ["山田太郎です。返金してください。電話は090-1234-5678です。", "解約したい", "ログインできません"], "顧客番号": ["k1", "k2", "k1"],
    }
)
MAPPING = {"顧客番号": "customer_id"}


@pytest.fixture(scope="module")
def gathered():
    return gather(RAW, tagger_of(None, SETTINGS), None, MAPPING, SETTINGS)


def test_counts_add_up_and_rejects_are_kept(gathered):
    assert gathered.run == {"read": 3, "accepted": 2, "rejected": {"bad_date": 1}}
    assert gathered.rejected["code"].tolist() == ["bad_date"]


def test_what_is_kept_is_masked(gathered):
    contacts, tags = gathered.tables.read()
    assert "090-1234-5678" not in contacts.to_csv() + tags.to_csv()
    ids = contacts["customer_id"]
    assert ids.iloc[0] == ids.iloc[1] and "k1" not in set(ids)


def test_the_same_contacts_give_the_same_hashes_and_others_do_not(gathered, monkeypatch):
    again = gather(RAW, tagger_of(None, SETTINGS), None, MAPPING, SETTINGS)
    assert again.tables.read()[0]["customer_id"].tolist() == gathered.tables.read()[0]["customer_id"].tolist()
    monkeypatch.setenv("VOCMINE_HASH_KEY", "a key of one's own")
    told = gather(RAW, tagger_of(None, SETTINGS), None, MAPPING, SETTINGS)
    assert told.tables.read()[0]["customer_id"].tolist() != gathered.tables.read()[0]["customer_id"].tolist()


def test_a_file_what_was_checked_and_a_frame_give_the_same(gathered, tmp_path):
    RAW.to_csv(tmp_path / "calls.csv", index=False)
    told = pd.testing.assert_frame_equal
    checked = check_contacts(RAW, MAPPING)
    for given in (tmp_path / "calls.csv", [str(tmp_path / "calls.csv")], checked):
        found = gather(given, tagger_of(None, SETTINGS), None, MAPPING, SETTINGS)
        assert found.run == gathered.run
        told(found.tables.read()[1], gathered.tables.read()[1])


def test_given_tags_are_taken_as_they_are():
    tags = pd.DataFrame({"contact_id": ["a3", "a1", "zz"], "kind": "reason", "label": ["mine", "other", "gone"]})
    found = gather(RAW, tagger_of(None, SETTINGS, tags), None, MAPPING, SETTINGS)
    assert found.tables.read()[1][["contact_id", "label", "score"]].values.tolist() == [["a1", "other", 1.0], ["a3", "mine", 1.0]]


def test_any_list_of_reasons_makes_a_tagger():
    plain = {"reasons": [{"id": "refund", "name": {"ja": "返金", "en": "Refund"}}]}
    taxonomy = Taxonomy.from_dict(plain)
    for given in (plain, taxonomy, ReasonClassifier(taxonomy), Tagger(ReasonClassifier(taxonomy))):
        assert tagger_of(given, SETTINGS).names().name("refund", "ja") == "返金"
    with pytest.raises(VocmineError):
        tagger_of("no/such/file.yaml", SETTINGS)


@pytest.mark.parametrize(("contacts", "told"), [(RAW.head(0), "there are no rows"), (RAW.iloc[[1]], "no row could be used"), (3, "no contacts here")])
def test_nothing_to_study_is_said(contacts, told):
    with pytest.raises(ContactError, match=told):
        gather(contacts, tagger_of(None, SETTINGS), None, MAPPING, SETTINGS)


def test_ids_that_are_personal_are_keyed_as_in_a_run():
    rows = pd.DataFrame({"contact_id": ["090-8150-5550", "C-1"], "created_at": "2026-11-20", "channel": "call", "text": "料金の件"})
    found = gather(rows, tagger_of(None, SETTINGS), None, None, SETTINGS)
    contacts, tags = found.tables.read()
    assert "C-1" in set(contacts["contact_id"]) and len(contacts) == 2
    assert set(tags["contact_id"]) == set(contacts["contact_id"])
    assert not contacts["contact_id"].str.contains("8150").any()
