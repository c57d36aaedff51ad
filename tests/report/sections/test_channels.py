"""Channels: contacts of each by issue, and their share of all."""

from __future__ import annotations

from vocmine.report import build_report


def test_the_sheet_of_channels_adds_up(book, full_report, centre):
    lang, _, made = book
    rows = list(made[made.sheetnames[7]].iter_rows(min_row=2, values_only=True))
    issues = [line for line in full_report(lang).summary.issues if sum(line.channels)]
    assert [row[1:] for row in rows[: len(issues)]] == [line.channels for line in issues]
    whole, share, minutes = rows[-3:]
    assert sum(whole[1:]) == len(centre.contacts)
    assert abs(sum(share[1:]) - 1) < 1e-9
    assert all(value > 0 for value in minutes[1:])


def test_without_times_there_is_no_column_of_minutes(full_report, counted):
    assert 'data-label="Median handling time"' in full_report("en").html
    assert 'data-label="Median handling time"' not in counted("en").html


def test_one_channel_needs_no_table_by_issue(centre):
    page = build_report(centre.contacts.assign(channel="call"), centre.tags, centre.costs, "en").html
    assert 'id="channels"' in page
    assert "Channels by issue" not in page
