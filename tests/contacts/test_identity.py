"""Names of systems and families of files; ids of several sources in one call."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts import read_contacts
from vocmine.contacts.identity import CallIds, content_hashes, file_family, system_key, system_name, with_system
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

FAMILIES = [
    ("calls", ["calls_0401.csv", "calls20260402.CSV", "CALLS 2026-04-03.csv.gz", "Copy of calls_0401.csv", "calls (2).csv",
               "calls_v2_final.csv", "may_calls.csv", "calls-2026-04-01_2026-04-07.csv", "calls_20260401T093000Z.json", "calls_w14.csv"]),
    ("応対ログ", ["応対ログ2026年4月1日.xlsx", "応対ログ_R8.4.xlsx", "4月分応対ログ.csv", "応対ログ - コピー (2).csv", "応対ログ(修正版).csv",
                "応対ログ令和8年度.csv", "応対ログ0401.csv"]),
]


@pytest.mark.parametrize(("family", "name"), [(family, name) for family, names in FAMILIES for name in names])
def test_days_and_copies_are_one_family(family, name):
    assert file_family(name) == family


@pytest.mark.parametrize("names", [
    ("calls_0401.csv", "chats_0401.csv"), ("store_a.csv", "store_b.csv"), ("コールログ(東京).csv", "コールログ(大阪).csv"),
    ("通話-昼.csv", "通話-夜.csv"), ("b2b_0401.csv", "b2c_0401.csv"),
])
def test_other_names_are_other_families(names):
    assert len({file_family(name) for name in names}) == 2


@given(st.text(max_size=20))
def test_a_family_is_a_plain_word_and_its_own_family(name):
    family = file_family(name)
    assert not any(c.isspace() for c in family)
    assert family == family.strip("_")


@pytest.mark.parametrize(("told", "adapter", "place", "query", "system"), [
    ("My CRM", "zendesk", "x.json", None, "my_crm"),
    (None, "zendesk", "x.json", None, "zendesk"),
    (None, None, "/in/calls/2026-04-01.csv", None, "calls"),
    (None, None, "2026.csv", None, "file"),
    (None, None, "s3://bucket/chats/chats_0401.csv?versionId=3", None, "chats"),
    (None, None, "sqlite:////data/crm.db", 'select * from "Notes" limit 3', "crm.notes"),
    (None, None, "postgresql://me:secret@db/desk", "SELECT a FROM public.tickets t", "desk.public.tickets"),
    (None, None, pd.DataFrame(), None, "frame"),
])
def test_the_system_of_a_source(told, adapter, place, query, system):
    assert system_name(told, adapter, place, query) == system


def test_a_system_has_neither_spaces_nor_colons():
    assert system_key(" Desk: Tokyo　2 ") == "desk_tokyo_2"


def test_a_system_told_by_the_rows_wins():
    frame = pd.DataFrame({"source_system": ["CRM", None]})
    assert with_system(frame, "calls")["source_system"].tolist() == ["crm", "calls"]


def ids(*names):
    return np.array(names, dtype=object)


def test_ids_of_systems_are_apart_in_any_order_of_sources():
    call, notes = CallIds(), Notes()
    given_ids = []
    for system, names in (("calls", ("1", "2")), ("chats", ("1", "4")), ("calls", ("4", "3")), ("mails", ("chats:1", "1"))):
        one = call.of(system)
        assert not one.add(ids(*names)).any()
        given_ids += one.apart(pd.DataFrame({"contact_id": names}), notes)["contact_id"].tolist()
    assert given_ids == ["1", "2", "chats:1", "4", "calls:4", "3", "mails:chats:1", "mails:1"]
    assert [(doubt.code, doubt.rows) for doubt in notes.doubts] == [("ids_kept_apart", 4)]


def test_the_same_contact_under_another_name_is_a_duplicate():
    call = CallIds()
    when = pd.DatetimeIndex(["2026-04-01T01:00Z"] * 2)
    first = content_hashes(ids("1", "2"), when, ids("call", "call"), ids("解約", "請求"))
    again = content_hashes(ids("1", "2"), when, ids("call", "call"), ids("解約", "別件"))
    assert not call.of("calls").add(ids("1", "2"), first).any()
    assert call.of("backup").add(ids("1", "2"), again).tolist() == [True, False]


def write(path, *rows):
    path.write_text("\n".join(["受付番号,受付日時,チャネル,本文,更新日時", *rows]) + "\n", encoding="utf-8")
    return path


def test_two_logs_that_number_from_one(tmp_path):
    calls = write(tmp_path / "calls_0501.csv", "1,2026/05/01 09:00,電話,止めたい,2026/05/02", "2,2026/05/01 09:10,電話,請求書の件,")
    chats = write(tmp_path / "chats_0502.csv", "1,2026/05/02 10:00,チャット,届かない,", "5,2026/05/02 10:10,チャット,入れない,いつか")
    contacts = read_contacts([calls, chats])
    assert contacts["contact_id"].tolist() == ["1", "2", "chats:1", "5"]
    assert contacts["source_system"].tolist() == ["calls", "calls", "chats", "chats"]
    assert contacts["updated_at"].iloc[0] == pd.Timestamp("2026-05-01T15:00Z")
    assert contacts["updated_at"].isna().tolist() == [False, True, True, True]
    with pytest.raises(ContactError, match="duplicate_id"):
        read_contacts([calls, write(tmp_path / "calls_0502.csv", "1,2026/05/02 10:00,チャット,届かない,")])
    with pytest.raises(ContactError, match="2 duplicate_id"):
        read_contacts([calls, write(tmp_path / "old.csv", *calls.read_text(encoding="utf-8").splitlines()[1:])])
