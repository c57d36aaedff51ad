"""The shapes that Slack, Teams and others take, within their limits, with nothing in them that acts."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vocmine.notify import message_of, webhook_body
from vocmine.topics.tracking.incident import Apart

GOLDEN = Path(__file__).parent / "golden"
FORMS = ("slack", "teams", "generic")


def body(incident, form, lang="ja", moment="new"):
    data = webhook_body(message_of(incident, moment, lang, "JPY"), incident, form, "JPY")
    assert data == webhook_body(message_of(incident, moment, lang, "JPY"), incident, form, "JPY")
    return json.loads(data)


def texts(value):
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_the_payloads_are_the_golden_ones(full, form, lang):
    made = json.dumps(body(full, form, lang), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = GOLDEN / f"{form}_{lang}.json"
    if os.environ.get("VOCMINE_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


def check_slack(made):
    assert 1 <= len(made["blocks"]) <= 50
    assert len(made["text"]) <= 3_000 and made["mrkdwn"] is False
    for block in made["blocks"]:
        objects = block.get("fields") or block.get("elements") or [block["text"]]
        assert len(objects) <= 10
        most = {"header": 150, "section": 2_000 if "fields" in block else 3_000, "context": 2_000}[block["type"]]
        for item in objects:
            assert item["type"] == "plain_text" and item["emoji"] is False
            assert 1 <= len(item["text"]) <= most
    for text in [made["text"], *(t for t in texts(made["blocks"]))]:
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text), text


def check_teams(made, size):
    assert made["type"] == "message"
    (attachment,) = made["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    kinds = {item["type"] for block in card["body"] for item in block.get("items", [block])}
    assert kinds == {"RichTextBlock"}  # a TextBlock would read Markdown
    assert "entities" not in card["msteams"]
    assert size <= 28_000


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("case", ["full", "bare", "hostile"])
def test_the_limits_hold(request, case, lang):
    incident = request.getfixturevalue(case)
    check_slack(body(incident, "slack", lang))
    made = body(incident, "teams", lang)
    check_teams(made, len(json.dumps(made, ensure_ascii=False).encode("utf-16")))  # however it is counted


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=5_000), st.sampled_from(["&", "<", "あ", "𩸽", "a "]), st.sampled_from(["ja", "en"]))
def test_no_text_breaks_the_limits(full, text, filler, lang):
    long = (text + filler * 4_000)[:6_000]
    incident = replace(full, name_ja=long, name_en=long, quotes=(long, long), apart=(Apart(long, long, 1, 2, 0.1, 0.1),) * 9, incident_id=long)
    check_slack(body(incident, "slack", lang))
    made = body(incident, "teams", lang)
    check_teams(made, len(json.dumps(made, ensure_ascii=False).encode("utf-16")))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_hostile_texts_call_and_link_nobody(hostile, form, lang):
    said = "\n".join(texts({**body(hostile, form, lang), "$schema": ""})).replace("http://adaptivecards.io/schemas/adaptive-card.json", "")
    assert not re.search(r"<[!@#/a-z]|@(?:channel|here|everyone|octocat|U123)|://|\bwww\.|[\x00-\x08\u202e]", said)
    assert "1234-5678" not in said
    assert ("=cmd" in said) == (lang == "en" or form == "generic")  # words stay: in a chat they run nothing


def test_the_plain_shape_has_numbers_for_programs(full, bare):
    made = body(full, "generic", "en", "growing")
    assert (made["schema"], made["event"], made["lang"]) == (1, "growing", "en")
    incident = made["incident"]
    assert incident["n"] == {"value": 1071.0, "low": 723.7, "high": 1585.1}
    assert incident["n_month_end"] == {"value": 1150.4, "low": 1121.0, "high": 1188.0}
    assert (incident["first_day"], incident["until"], incident["n_people"], incident["currency"]) == ("2026-10-12", "2026-10-31", 64, "JPY")
    assert "contact_ids" not in incident
    nothing = body(bare, "generic")["incident"]
    assert nothing["growth"] == {"value": None, "low": None, "high": None} and nothing["until"] is None
    without = json.loads(webhook_body(message_of(full, "new", "en"), full, "generic"))["incident"]
    assert without["currency"] is None and "cost" not in without
