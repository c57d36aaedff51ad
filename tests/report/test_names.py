"""Names of issues in the language of the report."""

from __future__ import annotations

from vocmine.report import Evidence
from vocmine.report.names import IssueNames
from vocmine.report.words import Words

EVIDENCE = Evidence(names={"ja": {"a": "落ちる"}, "en": {"a": "Crashes"}})


def test_an_issue_has_the_name_of_its_language():
    assert [IssueNames(Words(lang), EVIDENCE)("a") for lang in ("ja", "en")] == ["落ちる", "Crashes"]


def test_an_issue_without_a_name_keeps_its_id():
    assert IssueNames(Words("en"), EVIDENCE)("b") == "b"
    assert IssueNames(Words("en"), Evidence())("a") == "a"


def test_what_is_no_issue_is_named_in_words():
    name = IssueNames(Words("en"), Evidence(names={"en": {"unknown": "a label of a customer"}}))
    assert (name("unknown"), name("unallocated")) == ("Reason not known", "Not tied to any issue")
