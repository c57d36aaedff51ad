"""Numbers, durations, yes/no; the shipped tables are well-formed."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts.headers import fold_header, header_table
from vocmine.contacts.values import (
    parse_booleans,
    parse_durations,
    parse_numbers,
    parse_satisfaction,
    value_table,
)
from vocmine.frames import CONTACT_COLUMNS


@pytest.mark.parametrize(("text", "seconds"), [
    ("00:05:32", 332), ("5:32", 332), ("332", 332), ("5分32秒", 332), ("5分32秒", 332), ("1時間5分", 3900), ("1h 5m", 3900),
    ("90秒", 90), ("5 min", 300), ("1.5時間", 5400), ("-3", -3), ("-0:05", -5), ("0", 0), ("1,200", 1200), ("26:00:00", 93600),
    ("abc", None), ("", None), ("5:99:99:99", None), ("分", None),
    ("5:75", None), ("1:75:00", None), ("PT5M32S", 332), ("1日2時間", 93600), ("2 days, 1 hour", 176400), ("450 ms", 0.45), ("1 hr. 5 mins.", 3900), ("p", None),
])
def test_durations(text, seconds):
    found = parse_durations([text])[0]
    assert math.isnan(found) if seconds is None else found == seconds


def test_typed_durations():
    assert parse_durations(pd.Series(pd.to_timedelta([90, None], unit="s")))[0] == 90
    assert np.isnan(parse_durations([float("inf")])[0])


@pytest.mark.parametrize(("text", "number"), [
    ("1,234円", 1234), ("¥1,234", 1234), ("12", 12), ("-5", -5), ("-5", -5), ("3.5", 3.5), ("1e3", 1000), ("2回", 2),
    ("1,23", None), ("12a", None), ("-", None), (".", None), ("一", None), (True, 1),
])
def test_numbers(text, number):
    found = parse_numbers([text])[0]
    assert math.isnan(found) if number is None else found == number


@pytest.mark.parametrize(("text", "flag"), [
    ("はい", True), ("TRUE", True), ("○", True), (1, True), (1.0, True), ("解決済み", True), ("いいえ", False), ("未解決", False), ("×", False),
    (False, False), (np.bool_(True), True), ("たぶん", None), (None, None), ("", None),
])
def test_booleans(text, flag):
    assert parse_booleans([text]).tolist() == [flag]


def test_satisfaction_and_words():
    assert parse_satisfaction(["★★★★☆", "4/5", "5点中4", "満足", "good", "9"]).tolist()[:2] == [4, 4]
    assert parse_satisfaction(["満足", "bad"]).tolist() == [4, 1]


def test_unhashable_cells_are_no_values():
    assert parse_booleans([[1], {"a": 1}]).tolist() == [None, None]
    assert np.isnan(parse_numbers([[1, 2]])).all()


def test_tables_hold_texts_only_and_name_each_thing_once():
    table = value_table()
    for name in ("languages", "satisfaction"):
        words = [word for group in table[name].values() for word in group]
        assert all(isinstance(word, str) for word in words), name
        assert len(words) == len(set(words)), name
    for name in ("missing", "yes_words", "no_words"):
        assert all(isinstance(word, str) for word in table[name]), name
    assert not set(table["yes_words"]) & set(table["no_words"])


def test_headers_are_texts_and_no_name_means_two_columns():
    table = header_table()
    assert set(CONTACT_COLUMNS) <= set(table)
    folded = [(fold_header(name), target) for target in CONTACT_COLUMNS for name in table[target]]
    assert all(isinstance(name, str) for names in table.values() for name in names)
    assert all(name for name, _ in folded)
    targets: dict[str, set[str]] = {}
    for name, target in folded:
        targets.setdefault(name, set()).add(target)
    assert {name for name, found in targets.items() if len(found) > 1} == set()
