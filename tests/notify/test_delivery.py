"""Posting against a real server: what is retried, what is not, how long it takes, and that the address stays secret."""

from __future__ import annotations

import email.utils
import logging
import socket
import time

import pytest

from vocmine.notify import Limits, Outcome, Sender, read_address

QUICK = Limits(timeout=10.0, budget=30.0, tries=4, first_wait=0.01)


def send(webhook, limits=QUICK, url=None):
    return Sender(read_address(url or webhook.url), limits).post(b'{"a": "\xe3\x81\x82"}', "the-key")


def test_a_message_is_taken(webhook):
    assert send(webhook) == Outcome(True, "", 200, 1)
    assert webhook.posts == [{"a": "あ"}] and webhook.paths == ["/hook/top-secret-token"]
    (headers,) = webhook.headers
    assert headers["Idempotency-Key"] == "the-key"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["User-Agent"].startswith("vocmine/")


@pytest.mark.parametrize("status", [201, 202, 204])
def test_every_status_of_success_will_do(webhook, status):
    webhook.answers = [(status, {}, "")]
    assert send(webhook).sent


@pytest.mark.parametrize("answers", [[500], [503, 502], [408], ["close"], ["close", 500, 429]])
def test_what_may_pass_is_tried_again_with_the_same_key(webhook, answers):
    webhook.answers = list(answers)
    assert send(webhook) == Outcome(True, "", 200, len(answers) + 1)
    assert {h["Idempotency-Key"] for h in webhook.headers} == {"the-key"}


def test_the_wait_that_is_asked_for_is_kept(webhook):
    webhook.answers = [(429, {"Retry-After": "1"}, "")]
    began = time.monotonic()
    assert send(webhook).sent
    assert time.monotonic() - began >= 1


def test_the_wait_may_be_a_date(webhook):
    webhook.answers = [(503, {"Retry-After": email.utils.formatdate(time.time() + 2, usegmt=True)}, "")]
    began = time.monotonic()
    assert send(webhook).sent
    assert time.monotonic() - began >= 0.9  # a date has whole seconds


def test_a_longer_wait_than_a_run_has_is_not_begun(webhook):
    webhook.answers = [(429, {"Retry-After": "3600"}, "")]
    began = time.monotonic()
    assert send(webhook) == Outcome(False, "busy", 429, 1)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413])
def test_a_refusal_is_not_tried_again(webhook, status):
    webhook.answers = [status]
    assert send(webhook) == Outcome(False, "status", status, 1)
    assert len(webhook.posts) == 1


def test_only_a_refusal_of_the_message_itself_lets_the_next_be_tried():
    assert not Outcome(False, "status", 400).ends and not Outcome(True, "", 200).ends
    assert Outcome(False, "status", 404).ends and Outcome(False, "timeout").ends


def test_what_stays_broken_ends(webhook):
    webhook.answers = [500] * 9
    assert send(webhook) == Outcome(False, "status", 500, QUICK.tries)


def test_a_slow_server_ends_in_time(webhook):
    webhook.answers = ["30"] * 9
    began = time.monotonic()
    outcome = send(webhook, Limits(timeout=0.3, budget=1.0, tries=9, first_wait=0.01))
    assert (outcome.sent, outcome.problem) == (False, "timeout")
    assert time.monotonic() - began < 5


def test_the_budget_is_that_of_all_messages(webhook):
    webhook.answers = ["30"] * 9
    sender = Sender(read_address(webhook.url), Limits(timeout=0.3, budget=0.5, tries=2, first_wait=0.01))
    sender.post(b"{}", "1")
    began = time.monotonic()
    assert not sender.post(b"{}", "2").sent
    assert time.monotonic() - began < 0.5


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outcome = send(None, QUICK, f"http://127.0.0.1:{port}/secret")
    assert outcome == Outcome(False, "connection", 0, QUICK.tries)


def test_a_name_that_nobody_has(webhook):
    assert send(webhook, Limits(tries=1), "http://nobody.invalid/secret").problem == "name"


def test_no_tls_where_tls_is_asked_for(webhook):
    assert send(webhook, Limits(timeout=2, tries=1), webhook.url.replace("http:", "https:")).problem == "connection"


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_loses_the_message_is_not_followed(webhook, status):
    webhook.answers = [(status, {"Location": "/login"}, "")]
    assert send(webhook) == Outcome(False, "redirect", status, 1)
    assert len(webhook.paths) == 1


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_on_the_same_host_is_followed(webhook, status):
    webhook.answers = [(status, {"Location": "/moved"}, "")]
    assert send(webhook).sent
    assert webhook.paths == ["/hook/top-secret-token", "/moved"]
    assert webhook.posts == [{"a": "あ"}] * 2 and webhook.methods == ["POST"] * 2
    assert {h["Idempotency-Key"] for h in webhook.headers} == {"the-key"}


@pytest.mark.parametrize("place", ["http://localhost:{port}/hook", "http://127.0.0.1:9/hook", "https://127.0.0.1:{port}/hook", "file:///etc/passwd", "ftp://127.0.0.1/x", "//evil.invalid/x", "http://a b/"])
def test_a_redirect_to_another_place_is_not_followed(webhook, place):
    webhook.answers = [(307, {"Location": place.format(port=webhook.port)}, "")]
    outcome = send(webhook)
    assert (outcome.sent, outcome.problem, outcome.tries) == (False, "redirect", 1)
    assert len(webhook.paths) == 1


def test_redirects_in_a_circle_end(webhook):
    webhook.answers = [(307, {"Location": "/again"}, "")] * 50
    assert send(webhook).problem == "redirect"


def test_teams_says_no_with_a_status_of_success(webhook):
    text = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error {} with ContextId tcid=0"
    webhook.answers = [(200, {}, text.format(429)), 200, (200, {}, text.format(413)), (200, {}, text.partition(":")[0])]
    assert send(webhook) == Outcome(True, "", 200, 2)
    assert send(webhook) == Outcome(False, "status", 413, 1)
    assert send(webhook) == Outcome(False, "status", 200, 1)


def test_the_proxy_of_the_environment_is_asked(webhook, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{webhook.port}")
    assert send(webhook, QUICK, "http://hooks.invalid/through-the-proxy").sent
    assert webhook.paths == ["http://hooks.invalid/through-the-proxy"]


def test_a_proxy_that_is_no_address_is_no_crash(webhook, monkeypatch):
    monkeypatch.setenv("http_proxy", "http:nonsense")
    assert send(webhook, Limits(tries=1), "http://hooks.invalid/x").problem == "connection"


def test_nothing_that_is_said_has_the_address(webhook, caplog, capfd):
    webhook.answers = [404, (302, {"Location": "http://evil.invalid/top-secret-token"}, ""), "close", 200]
    with caplog.at_level(logging.DEBUG):
        sender = Sender(read_address(webhook.url), QUICK)
        said = [repr(sender.post(b"{}", "k")) for _ in range(3)] + [repr(sender)]
    said += [caplog.text, *capfd.readouterr()]
    assert not [text for text in said if "top-secret" in text]
