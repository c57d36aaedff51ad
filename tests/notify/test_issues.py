"""Bodies that Jira and GitHub take: the document format, the limits, and Markdown that stays text."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from vocmine.notify import github_issue, jira_issue, message_of

GOLDEN = Path(__file__).parent / "golden"
MAKERS = {"jira": jira_issue, "github": github_issue}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("tracker", MAKERS)
def test_the_bodies_are_the_golden_ones(full, tracker, lang):
    made = json.dumps(MAKERS[tracker](message_of(full, "issue", lang, "JPY")), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = GOLDEN / f"{tracker}_{lang}.json"
    if os.environ.get("VOCMINE_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


HOLDS = {"doc": {"bulletList", "paragraph", "blockquote"}, "bulletList": {"listItem"}, "listItem": {"paragraph"}, "blockquote": {"paragraph"}, "paragraph": {"text"}}


def check_node(node):
    """Check a node by the schema of the format: who may hold whom, no empty text."""
    if node["type"] == "text":
        assert node["text"] and set(node) <= {"type", "text", "marks"}
        return
    assert node["content"]
    for inner in node["content"]:
        assert inner["type"] in HOLDS[node["type"]]
        check_node(inner)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("case", ["full", "bare", "hostile"])
def test_jira_gets_a_document(request, case, lang):
    fields = jira_issue(message_of(request.getfixturevalue(case), "issue", lang, "JPY"))["fields"]
    assert set(fields) == {"summary", "description", "issuetype", "labels"}
    assert len(fields["summary"]) <= 255 and "\n" not in fields["summary"]
    assert (fields["description"]["type"], fields["description"]["version"]) == ("doc", 1)
    check_node(fields["description"])
    assert not [label for label in fields["labels"] if " " in label]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_github_reads_no_markup_in_what_people_say(hostile, lang):
    made = github_issue(message_of(hostile, "issue", lang, "JPY"))
    assert len(made["title"]) <= 256 and len(made["body"]) <= 65_536
    fences = re.findall(r"^(`{3,})text\n(.*)\n\1$", made["body"], re.MULTILINE)
    assert len(fences) == 2 and all(fence not in quote for fence, quote in fences)
    outside = re.sub(r"^(`{3,})text\n(.*)\n\1$", "", made["body"], flags=re.MULTILINE)
    own = re.sub(r"^- \*\*.*?\*\*|^\*\*.*?\*\*$", "", outside, flags=re.MULTILINE)
    assert not re.search(r"(?<!\\)[*_`\[\]<>#|]|@\w|#\d|://|\bwww\.", own), own


def test_a_long_name_is_cut(full):
    message = message_of(replace(full, name_en="word " * 200), "issue", "en")
    assert len(jira_issue(message)["fields"]["summary"]) <= 255 and len(github_issue(message)["title"]) <= 256
