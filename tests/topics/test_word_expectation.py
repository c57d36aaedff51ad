"""A word is held against the same channel and weekday: volumes are no news."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.topics.word_counts import word_incidence
from vocmine.topics.word_expectation import daily_counts, expect_words, periods

CALL, CHAT, BOT = 0, 1, 2


def contacts(*groups: tuple[int, int, int, str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Contacts of (age in days, channel, how many, terms)."""
    age, channel = (np.repeat([g[i] for g in groups], [g[2] for g in groups]) for i in (0, 1))
    return age, channel, [g[3] for g in groups for _ in range(g[2])]


def expected(age: np.ndarray, channel: np.ndarray, terms: list[str], word: str, period: int = 7, before: int = 28) -> float:
    found = word_incidence(terms)
    told = expect_words(found, periods(age, channel, period, before)).expected
    return float(told[found.words.tolist().index(word)])


def test_a_channel_that_doubles_doubles_its_words() -> None:
    weeks = [(7 * w, c, n, t) for w in range(1, 5) for c, n, t in ((CALL, 50, "声"), (CHAT, 20, "窓"), (CHAT, 20, "他"))]
    now = [(0, CALL, 50, "声"), (0, CHAT, 40, "窓"), (0, CHAT, 40, "他")]
    laid = contacts(*weeks, *now)
    assert expected(*laid, "窓") == pytest.approx(40)
    assert expected(*laid, "声") == pytest.approx(50)


def test_a_new_channel_is_taken_as_it_comes_and_tests_nothing() -> None:
    weeks = [(7 * w, CALL, 50, "声 新") for w in range(1, 5)]
    age, channel, terms = contacts(*weeks, (0, CALL, 50, "声"), (0, BOT, 30, "新 箱"))
    found = word_incidence(terms)
    told = expect_words(found, periods(age, channel, 7, 28))
    words = found.words.tolist()
    assert told.expected[words.index("箱")] == 30 and np.isnan(told.n_before[words.index("箱")])
    assert told.expected[words.index("新")] == pytest.approx(30 + 50)
    assert told.counts[words.index("新")].tolist() == [0, 200] and told.n_now == 50


def test_weekdays_are_held_against_themselves() -> None:
    days = [(d, CALL, 30, "土" if d % 7 == 1 else "平日") for d in range(7, 35)]
    open_week = contacts(*days, *((d, CALL, 30, "土" if d % 7 == 1 else "平日") for d in range(7)))
    assert expected(*open_week, "土") == pytest.approx(30)
    closed = contacts(*days, *((d, CALL, 30, "平日") for d in range(7) if d != 1))
    assert expected(*closed, "土") == 0 and expected(*closed, "平日") == pytest.approx(180)
    busy = contacts(*days, *((d, CALL, 90 if d == 1 else 30, "土" if d == 1 else "平日") for d in range(7)))
    assert expected(*busy, "土") == pytest.approx(90)


def test_a_weekday_without_a_past_is_held_against_all_days() -> None:
    age, channel, terms = contacts((9, CALL, 40, "声"), (1, CALL, 20, "声"))
    assert expected(age, channel, terms, "声") == pytest.approx(20)
    assert not periods(age, channel, 7, 28).rhythm


def test_a_word_without_history_is_expected_by_the_volumes_alone() -> None:
    age, channel, terms = contacts(*((d, CALL, 20, "他") for d in range(7, 35)), *((d, CALL, 20, "新") for d in range(7)))
    found = word_incidence(terms)
    told = expect_words(found, periods(age, channel, 7, 28))
    new = found.words.tolist().index("新")
    assert told.expected[new] == 0 and told.n_before[new] == pytest.approx(4 * 140)


@given(st.data())
def test_strata_partition_the_contacts(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 60))
    age = np.array(data.draw(st.lists(st.integers(-3, 40), min_size=n, max_size=n)))
    channel = np.array(data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)))
    laid = periods(age, channel, 7, 28)
    inside = (age >= 0) & (age < 35)
    assert ((laid.stratum >= 0) == inside).all()
    assert laid.volume.sum(axis=0).tolist() == [int((inside & (age < 7)).sum()), int((inside & (age >= 7)).sum())]
    assert laid.daily.sum() == (inside & (age >= 7)).sum()
    found = word_incidence(["語"] * n)
    told = expect_words(found, laid)
    # a word of every contact is expected in every contact of a stratum that compares
    fresh = laid.volume[laid.volume[:, 1] == 0, 0].sum()
    if np.isfinite(told.n_before[0]):
        assert told.counts[0, 0] == told.n_now
    assert told.expected[0] >= fresh


def test_what_a_days_volume_makes_of_a_word() -> None:
    days = [(d, c, n * (1 + d % 2), t) for d in range(7, 21) for c, n, t in ((CALL, 10, "声"), (CHAT, 5, "窓"))]
    age, channel, terms = contacts(*days, (0, CALL, 1, "声"))
    found = word_incidence(terms)
    counts, fitted, totals, learned = daily_counts(found, periods(age, channel, 7, 14))
    assert np.allclose(counts, fitted) and totals.tolist() == [15 * (1 + d % 2) for d in range(7, 21)]
    assert learned == 1  # no channel is open on each of its weekdays now
