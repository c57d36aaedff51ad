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


def chances(home):
    _, tags = ContactStore(home, "Asia/Tokyo").read(kinds=("candidate",))
    return {contact: dict(zip(rows["label"], rows["score"], strict=True)) for contact, rows in tags.groupby("contact_id", observed=True)}


def with_candidates(home, **given):
    store = ContactStore(home, "Asia/Tokyo")
    contacts, tags = store.read()
    rows = [(contact, label, score) for contact, each in given.items() for label, score in each.items()]
    more = pd.DataFrame(rows, columns=["contact_id", "label", "score"]).assign(kind="candidate", source="model", evidence="names")
    store.upsert(contacts, pd.concat([tags, more], ignore_index=True))


def test_candidates_follow_renamed_and_merged_reasons_and_are_read_anew_where_a_reason_is_gone(home, tmp_path):
    with_candidates(
        home, pay={"pay": 0.8, "old": 0.1, "unknown": 0.1}, sign={"sign": 0.9, "unknown": 0.1}, misc={"misc": 0.9, "unknown": 0.1},
        old={"old": 0.6, "misc": 0.3, "unknown": 0.1},
    )
    (tmp_path / "map.yaml").write_text("misc: [late, leave]\nold: refund\n")
    migrate_results(home, tagger(NEW), Settings(), tmp_path / "map.yaml")
    found = chances(home)
    assert found["pay"] == {"refund": 0.9, "unknown": 0.1}
    assert found["sign"] == {"sign": 0.9, "unknown": 0.1}
    for contact in ("misc", "old"):  # the text says which of both
        assert set(found[contact]) <= {*NEW.leaves, "unknown"} and sum(found[contact].values()) == pytest.approx(1, abs=1e-3)
    assert max(found["misc"], key=found["misc"].get) == "late"
    _, tags = ContactStore(home, "Asia/Tokyo").read()
    assert not tags.duplicated(["contact_id", "kind", "label"]).any()
    assert [list(dict.fromkeys(rows["kind"])) for _, rows in tags.groupby("contact_id")] == [["reason", "sentiment", "candidate"]] * 4
    before = tags
    assert migrate_results(home, tagger(NEW), Settings())[-1].startswith("0 contacts moved, 0 tagged anew")
    pd.testing.assert_frame_equal(ContactStore(home, "Asia/Tokyo").read()[1], before)


def test_a_tagger_without_candidates_leaves_what_is_gone_unknown(home):
    class Plain(Tagger):
        def tag(self, contacts):
            tags = super().tag(contacts)
            return tags[tags["kind"] != "candidate"]

    with_candidates(home, sign={"sign": 0.5, "misc": 0.3, "unknown": 0.2})
    migrate_results(home, Plain(ReasonClassifier(NEW)), Settings())
    assert chances(home) == {"sign": {"sign": 0.5, "unknown": 0.5}}
    assert reasons(home)["sign"] == "sign"
