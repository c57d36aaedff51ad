"""Incidents completed: people and posts, channels, reasons, cost with what it leaves open, state, days."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.errors import ContactError
from vocmine.topics.monitoring.projection import weekly_growth
from vocmine.topics.tracking.account import Sources, completed, incident_timeline
from vocmine.topics.tracking.book import IncidentBook
from vocmine.topics.tracking.record import Record
from vocmine.topics.tracking.rule import MemberRule

RULE = MemberRule(np.zeros(2, np.float32), 1.0)
FIRST = 20_000


def book_of(by_day, usual=0.001, until=None, volume=200):
    """Make a book with one incident that has so many members on each day."""
    last = FIRST + (until if until is not None else len(by_day) - 1)
    members = {f"m{d}-{i}": (FIRST + d, "call" if i % 2 else "chat") for d, n in enumerate(by_day) for i in range(n)}
    record = Record(
        "inc-20241004-1", FIRST + 2, RULE, FIRST, {"": usual, "call": usual, "chat": usual}, members, [3], [], [FIRST],
        names={"ja": "画面が真っ白", "en": "Screen goes white"}, words=["画面"], quotes=["画面が真っ白です"],
    )
    volumes = {d: {"call": volume // 2, "chat": volume // 2} for d in range(FIRST - 20, last + 1)}
    return IncidentBook([record], volumes)


def frame_of(book, others=60):
    record = book.records[0]
    ids = [*record.members, *(f"o{i}" for i in range(others))]
    days = [day for day, _ in record.members.values()] + [FIRST + i % 5 for i in range(others)]
    n = len(record.members)
    return pd.DataFrame({
        "contact_id": ids, "created_at": pd.to_datetime(days, unit="D", utc=True) + pd.Timedelta(hours=9),
        "channel": [c for _, c in record.members.values()] + ["call"] * others,
        "customer_id": [f"p{i // 2}" for i in range(n)] + [None] * others,
        "text_clean": [f"画面が真っ白 {i}" for i in range(n)] + [f"返金 {i}" for i in range(others)],
        "product_version": ["5.2.0"] * n + ["5.1.0"] * others,
    })


def tags_of(frame, reason="technical.app_crash"):
    mine = frame["contact_id"].str.startswith("m")
    label = np.where(mine, reason, "billing.refund")
    return pd.DataFrame({"contact_id": frame["contact_id"], "kind": "reason", "label": label, "score": 1.0})


def ledger_of(frame, tags, labour=100.0, imputed=False):
    return pd.DataFrame({
        "contact_id": frame["contact_id"], "labour": labour, "payout": 10.0, "imputed": imputed,
        "issue": tags["label"], "share_tagged": 1.0,
    })


def test_counts_people_channels_reasons_and_what_sets_it_apart():
    book = book_of([2, 3, 4, 6, 9])
    frame = frame_of(book)
    (one,) = completed(book, Sources(frame, tags_of(frame)))
    assert (one.n_contacts, one.n_people) == (24, 12)
    assert dict(one.channels) == {"chat": 13, "call": 11} and sum(one.channels.values()) == one.n_contacts
    assert one.reasons == ("technical.app_crash",)
    assert [(a.column, a.value, a.n, a.of) for a in one.apart if a.column == "product_version"] == [
        ("product_version", "5.2.0", 24, 24)
    ]
    assert one.name("ja") == "画面が真っ白" and one.name("en") == "Screen goes white"
    assert one.expected == pytest.approx(5 * 200 * 0.001)
    assert one.ratio.value == pytest.approx(24 / one.expected) and one.ratio.low < one.ratio.value < one.ratio.high
    assert not one.cost.known and not one.cost_month_end.known


def test_posts_of_one_person_are_contacts_but_one_person():
    book = book_of([2, 3, 4])
    frame = frame_of(book)
    post = frame.iloc[[0]].assign(contact_id="again")
    (before,) = completed(book, Sources(frame))
    for parts in ([frame, post], [post, frame]):  # whichever of the posts stands first
        (one,) = completed(book, Sources(pd.concat(parts, ignore_index=True)))
        assert one.n_contacts == before.n_contacts + 1 and one.n_people == before.n_people
        assert "again" in one.contact_ids


def test_members_that_are_no_longer_stored_still_count():
    book = book_of([2, 3, 4])
    frame = frame_of(book).iloc[4:]
    (one,) = completed(book, Sources(frame))
    assert one.n_contacts == 9 and len(one.contact_ids) == 9


@pytest.mark.parametrize("by_day, until, state", [
    ([1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 16, 20, 26, 34], None, "growing"),
    ([30, 26, 22, 19, 16, 13, 11, 9, 8, 7, 6, 5, 4, 3], None, "easing"),
    ([6, 5, 7, 6, 5, 6, 7, 6, 5, 7, 6, 6, 5, 6], None, "open"),
    ([6, 9, 8, 3, 1], 20, "over"),
    ([3, 4], None, "open"),
])
def test_the_state_is_said_only_where_it_is_sure(by_day, until, state):
    book = book_of(by_day, until=until)
    (one,) = completed(book, Sources(frame_of(book)))
    assert one.state == state and one.is_open == (state != "over")
    if state == "growing":
        assert one.growth.low > 1
    if state == "over":
        assert one.last_day < one.as_of


def test_cost_adds_up_the_contacts_and_its_range_holds_what_is_not_known():
    book = book_of([2, 3, 4, 6, 9])
    frame = frame_of(book)
    tags = tags_of(frame)
    (sure,) = completed(book, Sources(frame, tags, ledger_of(frame, tags)))
    assert sure.cost.value == pytest.approx(2400) and sure.payout.value == pytest.approx(240)
    assert sure.cost.low < 2400 < sure.cost.high and sure.imputed_share == pytest.approx(0)
    (filled,) = completed(book, Sources(frame, tags, ledger_of(frame, tags, imputed=True)))
    assert filled.imputed_share == pytest.approx(1) and filled.cost.high > sure.cost.high
    assert sure.n_month_end.value >= sure.n_contacts and sure.cost_month_end.value >= sure.cost.value
    assert sure.cost_month_end.low <= sure.cost_month_end.value <= sure.cost_month_end.high


def test_ranges_of_counts_hold_the_mistakes_of_the_rule():
    """Counts were off by .2 in logarithms on streams whose truth is known: no range is narrower than that."""
    book = book_of([2, 3, 4, 6, 9, 12, 16])
    frame = frame_of(book)
    tags = tags_of(frame)
    (one,) = completed(book, Sources(frame, tags, ledger_of(frame, tags)))
    least = 1.96 * 0.2
    for size in (one.n, one.ratio, one.growth):
        assert np.log(size.value / size.low) >= least - 1e-3 and np.log(size.high / size.value) >= least - 1e-3
    assert one.n.numbers == pytest.approx((52, 52 / np.exp(least), 52 * np.exp(least)), rel=1e-3)
    bare = weekly_growth(np.array([2, 3, 4, 6, 9, 12, 16]))
    assert np.log(one.growth.high / one.growth.value) == pytest.approx(np.hypot(np.log(bare.high / bare.value), least), rel=1e-3)
    end = one.n_month_end
    assert end.low >= one.n_low and end.high / end.value >= one.n_high / one.n_contacts - 1e-9
    # The cost holds these mistakes once, not twice.
    paid = one.cost_month_end
    assert paid.high / paid.value < np.exp(least) * end.high / end.value


def test_on_the_last_day_of_a_month_nothing_is_to_come_but_the_range_stays():
    first = (pd.Timestamp("2024-10-31", tz="UTC") - pd.Timestamp(0, tz="UTC")).days - FIRST
    book = book_of([3] * (first + 1))
    (one,) = completed(book, Sources(frame_of(book)))
    assert one.until == one.as_of and one.n_month_end.value == one.n_contacts
    assert one.n_month_end.numbers == pytest.approx(one.n.numbers)


def test_a_contact_with_a_second_matter_bears_its_share():
    book = book_of([2, 3, 4, 6, 9])
    frame = frame_of(book)
    tags = tags_of(frame)
    first = frame["contact_id"].iloc[0]
    ledger = ledger_of(frame, tags)
    ledger.loc[ledger["contact_id"] == first, "share_tagged"] = 0.4
    other = ledger[ledger["contact_id"] == first].assign(issue="billing.refund", share_tagged=0.6)
    (one,) = completed(book, Sources(frame, tags, pd.concat([ledger, other], ignore_index=True)))
    assert one.cost.value == pytest.approx(2340)


def test_contacts_beyond_the_ledger_cost_what_the_others_do_and_count_as_imputed():
    book = book_of([2, 3, 4, 6, 9])
    frame = frame_of(book)
    tags = tags_of(frame)
    ledger = ledger_of(frame, tags)
    (one,) = completed(book, Sources(frame, tags, ledger.iloc[12:]))
    assert one.cost.value == pytest.approx(2400) and one.imputed_share == pytest.approx(0.5)


def test_days_are_held_against_what_was_usual_before_and_no_outbreak_teaches_it():
    days = incident_timeline(book_of([2, 3, 4, 60, 90], usual=0.01))
    assert days["n"].tolist() == [2, 3, 4, 60, 90]
    assert days["expected"].tolist() == pytest.approx([2.0] * 5)
    assert (days["low"] <= days["expected"]).all() and (days["high"] < 8).all()
    assert incident_timeline(IncidentBook()).empty


def test_two_weeks_before_are_shown_beside_it():
    book = book_of([2, 3, 4], usual=0.01)
    book.records[0].earlier = {str(FIRST - 2): 1, str(FIRST - 1): 0}
    days = incident_timeline(book)
    assert days["n"].tolist() == [1, 0, 2, 3, 4]
    assert (days["day"].diff().dropna() == pd.Timedelta(days=1)).all()
    (one,) = completed(book, Sources(frame_of(book)))
    assert one.n_contacts == 9 and one.first_day == days["day"][2]


def test_a_missing_column_is_named():
    with pytest.raises(ContactError, match="created_at"):
        completed(book_of([2, 3, 4]), Sources(pd.DataFrame({"contact_id": ["a"]})))
