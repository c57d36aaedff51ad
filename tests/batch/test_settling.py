"""Whose an id is, over files, systems, days and repeats: nothing overwritten in silence, nothing counted twice."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.settling import settle

SKIP = [HealthCheck.function_scoped_fixture]


def rows(*cells, system="calls"):
    """Contacts of one file: (id, day, channel, text) or with the day of the last update."""
    frame = pd.DataFrame([(*cell, None)[:5] for cell in cells], columns=["contact_id", "day", "channel", "text", "updated"])
    start = pd.Timestamp("2026-04-01T01:00Z")
    frame["created_at"] = start + pd.to_timedelta(frame.pop("day"), unit="D")
    frame["updated_at"] = start + pd.to_timedelta(frame.pop("updated").astype(float), unit="D")
    return frame.assign(lang="ja", terms=frame["text"], source_system=system)


def tags(frame):
    return pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": frame["text"], "score": 0.5,
                         "source": "model", "evidence": ""})


def add(home, *files):
    """Store files as one run does: system by system."""
    store = ContactStore(home, "UTC")
    chunks = sorted(files, key=lambda frame: frame["source_system"].min())
    settled = settle(store, [(frame, tags(frame)) for frame in chunks])
    store.upsert(settled.contacts, settled.tags)
    return settled


def held(home):
    contacts, found = ContactStore(home, "UTC").read()
    texts = dict(zip(contacts["contact_id"], contacts["text"], strict=True))
    assert dict(zip(found["contact_id"], found["label"], strict=True)) == texts  # tags go with their contact
    return texts


def folder_bytes(home):
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*.parquet"))}


def counts(settled):
    return settled.n_new, settled.n_replaced, settled.n_unchanged, settled.n_apart, len(settled.refused)


FIRST = rows(("1", 0, "call", "解約"), ("2", 0, "call", "請求"))
CASES = {  # second file -> new, replaced, unchanged, apart, refused; what is stored after it
    "numbers go on": (
        rows(("3", 1, "call", "住所")), (1, 0, 0, 0, 0), {"1": "解約", "2": "請求", "3": "住所"}),
    "another system has the same numbers": (
        rows(("1", 1, "chat", "荷物"), ("4", 1, "chat", "破損"), system="chats"), (2, 0, 0, 1, 0),
        {"1": "解約", "2": "請求", "chats:1": "荷物", "4": "破損"}),
    "a corrected text, exported again": (
        rows(("1", 0, "call", "解約の取消")), (0, 1, 0, 0, 0), {"1": "解約の取消", "2": "請求"}),
    "a corrected time": (rows(("1", 1, "call", "解約")), (0, 1, 0, 0, 0), {"1": "解約", "2": "請求"}),
    "the same row again": (rows(("1", 0, "call", "解約")), (0, 0, 1, 0, 0), {"1": "解約", "2": "請求"}),
    "read again under another name": (
        rows(("1", 0, "call", "解約"), system="backup"), (0, 0, 1, 0, 0), {"1": "解約", "2": "請求"}),
    "numbers begin anew in one system": (
        rows(("1", 1, "call", "荷物"), ("2", 1, "chat", "破損")), (0, 0, 0, 0, 2), {"1": "解約", "2": "請求"}),
    "the same day, but nothing else": (
        rows(("1", 0, "chat", "荷物")), (0, 0, 0, 0, 1), {"1": "解約", "2": "請求"}),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("at_once", [False, True])
def test_a_second_file(tmp_path, name, at_once):
    second, wanted, stored = CASES[name]
    if at_once:
        n_first = len(FIRST)
        files = (second, FIRST) if second["source_system"].iloc[0] != "calls" else (FIRST, second)
        got = counts(add(tmp_path, *files))
        if "another name" in name:  # of two names the first in the alphabet is taken; the contact is one all the same
            assert got[0] == n_first
        else:
            assert got == (wanted[0] + n_first, *wanted[1:])
    else:
        add(tmp_path, FIRST)
        assert counts(add(tmp_path, second)) == wanted
    assert held(tmp_path) == stored
    before = folder_bytes(tmp_path)
    again = add(tmp_path, FIRST, second) if at_once else add(tmp_path, second)
    assert (again.n_new, again.n_replaced) == (0, 0)
    assert folder_bytes(tmp_path) == before


@pytest.mark.parametrize(("old", "new", "text"), [(1, 2, "新"), (2, 1, "旧"), (1, 1, "新"), (None, 1, "新")])
def test_the_latest_update_counts_whatever_comes_first(tmp_path, old, new, text):
    add(tmp_path, rows(("1", 0, "call", "旧", old)))
    settled = add(tmp_path, rows(("1", 0, "call", "新", new)))
    assert held(tmp_path) == {"1": text}
    assert settled.n_replaced == (text == "新")


def test_what_was_changed_before_the_other_began_is_another(tmp_path):
    add(tmp_path, rows(("1", 0, "call", "旧", 0)))
    settled = add(tmp_path, rows(("1", 5, "call", "新", 5)))
    assert settled.refused["contact_id"].tolist() == ["1"]
    assert held(tmp_path) == {"1": "旧"}


def test_an_id_once_given_stays_and_its_contact_is_updated(tmp_path):
    add(tmp_path, rows(("1", 0, "chat", "荷物"), system="chats"))
    add(tmp_path, rows(("1", 1, "call", "解約"), system="calls"))
    assert held(tmp_path) == {"1": "荷物", "calls:1": "解約"}
    settled = add(tmp_path, rows(("1", 1, "call", "解約の取消"), system="calls"))
    assert (settled.n_replaced, settled.n_new) == (1, 0)
    assert held(tmp_path) == {"1": "荷物", "calls:1": "解約の取消"}


def test_an_id_that_looks_like_one_kept_apart_is_not_taken_for_it(tmp_path):
    add(tmp_path, rows(("1", 0, "call", "解約")), rows(("1", 1, "chat", "荷物"), system="chats"))
    add(tmp_path, rows(("chats:1", 2, "email", "別の件"), system="mails"))
    assert held(tmp_path) == {"1": "解約", "chats:1": "荷物", "mails:chats:1": "別の件"}


def test_an_id_that_the_reader_kept_apart_is_that_of_its_system(tmp_path):
    chats = rows(("1", 1, "chat", "荷物"), system="chats")
    add(tmp_path, chats)
    told = rows(("chats:1", 1, "chat", "荷物が来ない"), ("chats:2", 1, "chat", "破損"), system="chats")
    assert counts(add(tmp_path, rows(("1", 0, "call", "解約")), told)) == (2, 1, 0, 2, 0)
    assert held(tmp_path) == {"1": "荷物が来ない", "calls:1": "解約", "chats:2": "破損"}
    assert counts(add(tmp_path, rows(("2", 1, "chat", "破損の件"), system="chats")))[1:] == (1, 0, 1, 0)
    assert held(tmp_path)["chats:2"] == "破損の件"


def test_a_folder_of_an_older_version_knows_no_systems(tmp_path):
    old = rows(("1", 0, "call", "解約"), ("2", 0, "call", "請求")).drop(columns=["source_system", "updated_at"])
    ContactStore(tmp_path, "UTC").upsert(old, tags(old))
    settled = add(tmp_path, rows(("1", 0, "call", "解約の取消"), ("2", 3, "chat", "荷物")))
    assert (settled.n_replaced, settled.n_apart) == (1, 1)
    assert held(tmp_path) == {"1": "解約の取消", "2": "請求", "calls:2": "荷物"}


SYSTEMS = ("calls", "chats", "mails")
BOOK = st.lists(  # files of distinct systems; a number of a system is always the same contact
    st.tuples(st.sampled_from(SYSTEMS), st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True)), max_size=5
)


def book_file(system, numbers):
    return rows(*((str(n), n + 5 * SYSTEMS.index(system), "call", f"{system} {n}") for n in numbers), system=system)


@given(BOOK, st.randoms(use_true_random=False), st.integers(0, 4))
@settings(max_examples=25, deadline=None, suppress_health_check=SKIP)
def test_nothing_is_lost_and_the_order_of_files_does_not_count(tmp_path_factory, book, random, cut):
    files = [book_file(*part) for part in book]
    mixed = random.sample(files, len(files))
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    for part in (files[:cut], files[cut:]):
        if part:
            add(one, *part)
    for part in (files[:cut], files[cut:]):
        if part:
            add(two, *random.sample(part, len(part)))
    texts = {f"{system} {n}" for system, numbers in book for n in numbers}
    assert set(held(one).values()) == texts
    assert len(held(one)) == len(texts)
    assert folder_bytes(one) == folder_bytes(two)
    if mixed:
        settled = add(one, *mixed)
        assert (settled.n_new, settled.n_replaced, len(settled.refused)) == (0, 0, 0)
        assert folder_bytes(one) == folder_bytes(two)


@given(st.permutations([1, 2, 3, 4]), st.integers(1, 3))
@settings(max_examples=12, deadline=None, suppress_health_check=SKIP)
def test_versions_of_one_contact_in_any_order_end_at_the_latest(tmp_path_factory, order, cut):
    home = tmp_path_factory.mktemp("versions")
    files = [rows(("1", 0, "call", f"版{n}", n)) for n in order]
    add(home, *files[:cut])
    add(home, *files[cut:])
    assert held(home) == {"1": "版4"}
