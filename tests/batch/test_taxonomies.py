"""A changed list of reasons: history is kept, named, and moved on request."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch import migrate_results, taxonomies
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.period import read_period, write_names
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.errors import SettingsError
from vocmine.settings import Settings
from vocmine.tagger import Tagger

TEXTS = {"pay": "返金してほしい", "sign": "ログインできません", "misc": "荷物が届きません", "old": "解約したい"}
OLD = Taxonomy.from_dict({"reasons": [
    {"id": "pay", "name": "返金", "demand": "failure"}, {"id": "sign", "name": "ログイン"}, {"id": "misc", "name": "配送・解約"}, {"id": "old", "name": "解約"},
]})
NEW = Taxonomy.from_dict({"reasons": [
    {"id": "refund", "name": "返金", "demand": "failure"}, {"id": "sign", "name": "サインイン"}, {"id": "late", "name": "配送の遅れ", "examples": ["荷物が届きません"]},
    {"id": "leave", "name": "解約", "examples": ["解約したい"]},
]})


MADE = {id(taxonomy): Tagger(ReasonClassifier(taxonomy)) for taxonomy in (OLD, NEW)}


def tagger(taxonomy):
    return MADE[id(taxonomy)]


@pytest.fixture
def home(tmp_path):
    contacts = pd.DataFrame({
        "contact_id": list(TEXTS), "channel": "call", "lang": "ja", "terms": "", "text": list(TEXTS.values()),
        "created_at": pd.to_datetime(["2026-10-01", "2026-10-01", "2026-10-02", "2026-11-02"], utc=True),
    })
    tags = pd.concat([
        pd.DataFrame({"contact_id": list(TEXTS), "kind": "reason", "label": list(TEXTS), "score": 0.9, "source": "model", "evidence": ""}),
        pd.DataFrame({"contact_id": list(TEXTS), "kind": "sentiment", "label": "neutral", "score": 0.6, "source": "model", "evidence": ""}),
    ])
    ContactStore(tmp_path, "Asia/Tokyo").upsert(contacts, tags)
    assert taxonomies.keep_taxonomy(tmp_path, OLD) == ()
    write_names(tmp_path, taxonomies.names_of(tmp_path, tagger(OLD)))
    return tmp_path


def reasons(home):
    _, tags = ContactStore(home, "Asia/Tokyo").read(kinds=("reason",))
    return dict(zip(tags["contact_id"], tags["label"], strict=True))


def test_reasons_that_the_list_lacks_keep_their_names(home):
    assert taxonomies.keep_taxonomy(home, NEW) == ("misc", "old", "pay")
    names = taxonomies.names_of(home, tagger(NEW))
    assert names.names["ja"]["old"] == "解約"
    assert names.names["ja"]["sign"] == "サインイン"
    assert names.demand == {"pay": "failure", "refund": "failure"}
    assert taxonomies.keep_taxonomy(home, NEW) == ("misc", "old", "pay")  # until they are moved


def test_a_rename_moves_history_and_a_split_is_tagged_anew(home, tmp_path):
    (tmp_path / "map.yaml").write_text("misc: [late, leave]\n")
    lines = migrate_results(home, tagger(NEW), Settings(), tmp_path / "map.yaml")
    assert reasons(home) == {"pay": "refund", "sign": "sign", "misc": "late", "old": "leave"}
    assert "renumbered: pay -> refund" in "\n".join(lines)
    contacts, tags = ContactStore(home, "Asia/Tokyo").read()
    assert len(contacts) == 4
    assert (tags["kind"] == "sentiment").sum() == 4
    period = read_period(home, ContactStore(home, "Asia/Tokyo"), 60)
    assert "pay" not in period.names.names["ja"]
    assert taxonomies.keep_taxonomy(home, NEW) == ()
    before = reasons(home)
    assert migrate_results(home, tagger(NEW), Settings())[-1].startswith("0 contacts moved, 0 tagged anew")
    assert reasons(home) == before


def test_a_run_with_the_new_list_before_the_move_does_no_harm(home):
    assert taxonomies.keep_taxonomy(home, NEW) == ("misc", "old", "pay")
    lines = migrate_results(home, tagger(NEW), Settings())
    assert "renumbered: pay -> refund" in "\n".join(lines)
    assert "renumbered: old -> leave" in "\n".join(lines)
    assert reasons(home)["pay"] == "refund"
    assert taxonomies.keep_taxonomy(home, NEW) == ()


def test_a_reason_without_successor_is_tagged_anew(home):
    lines = migrate_results(home, tagger(NEW), Settings())
    assert reasons(home)["misc"] == "late"
    assert "removed: misc -> (tagged anew)" in "\n".join(lines)


def test_a_killed_migration_is_finished_by_the_same_command(home, monkeypatch):
    whole, done = ContactStore.upsert, []

    def upsert(self, *frames):
        if done:
            raise KeyboardInterrupt
        done.append(1)
        return whole(self, *frames)

    monkeypatch.setattr(ContactStore, "upsert", upsert)
    with pytest.raises(KeyboardInterrupt):
        migrate_results(home, tagger(NEW), Settings())
    monkeypatch.setattr(ContactStore, "upsert", whole)
    migrate_results(home, tagger(NEW), Settings())
    assert reasons(home) == {"pay": "refund", "sign": "sign", "misc": "late", "old": "leave"}


def test_mistakes_are_told_and_change_nothing(home, tmp_path):
    (tmp_path / "map.yaml").write_text("pey: refund\n")
    before = reasons(home)
    with pytest.raises(SettingsError, match="pey"):
        migrate_results(home, tagger(NEW), Settings(), tmp_path / "map.yaml")
    assert reasons(home) == before
    with pytest.raises(SettingsError, match="keeps no list of reasons"):
        migrate_results(tmp_path / "empty", tagger(NEW), Settings())
