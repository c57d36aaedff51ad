"""What the brief says, for each kind of report."""

from __future__ import annotations

import pytest

from vocmine.report.brief.content import brief_of, cut


def said(brief):
    lines = [*brief.incidents, *brief.top, *(line for answer in brief.answers for line in answer.lines)]
    texts = [f"{line.name} {line.value} {' '.join(line.notes)}" for line in lines]
    for answer in brief.answers:
        texts += [answer.question, answer.text, *answer.notes, *answer.commands, answer.quote.text if answer.quote else ""]
    return " | ".join([brief.title, brief.subtitle, *texts, *brief.left_out, *brief.how])


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", ["full", "unfit", "hours", "counts", "few", "none", "hostile"])
def test_each_kind_of_report_has_a_brief(kinds, kind, lang):
    brief = brief_of(kinds[kind](lang).view)
    text = said(brief)
    assert brief.title and brief.subtitle and brief.answers and brief.how
    assert "nan" not in text and "None" not in text and "{" not in text
    assert len(brief.top) <= 5 and len(brief.incidents) <= 2


def test_the_five_answers_incidents_and_five_issues(full_report):
    brief = brief_of(full_report("ja").view)
    assert [answer.key for answer in brief.answers] == ["cost", "grow", "say", "save", "sure"]
    assert brief.incidents[0].name == "QR決済の画面が真っ白" and "71件" in brief.incidents[0].value
    assert "10月31日までに78件（72〜90）の見込み" in brief.incidents[0].notes
    assert brief.top[0].name == "ログインできない" and brief.top[0].value == "121万円（106万〜139万円）"
    assert any("支払い" in note for note in brief.top[1].notes)
    assert any("165件" in text for text in brief.left_out)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hours_and_counts_hold_no_money(hours_report, counted, lang):
    for report in (hours_report(lang), counted(lang)):
        text = said(brief_of(report.view))
        assert "円" not in text and "¥" not in text


def test_where_the_list_does_not_fit_topics_stand_and_no_issue(unfit_report):
    brief = brief_of(unfit_report("ja").view)
    assert [line.name for line in brief.top] == ["料金の二重引き落とし", "QR決済の白画面", "領収書の宛名変更"]
    assert "ログインできない" not in said(brief)


def test_no_id_of_a_contact_is_in_it(centre, full_report):
    text = said(brief_of(full_report("en").view))
    assert not [key for key in centre.contacts.contact_id if key in text]


def test_names_are_cut_by_columns():
    assert cut("長い名前です", 12) == "長い名前です" and cut("長い名前です", 11) == "長い名前で…" and cut("", 5) == ""
