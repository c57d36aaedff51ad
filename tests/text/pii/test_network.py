"""Mail addresses, URLs that carry a key or a person, IP addresses, and what only looks like them."""

from __future__ import annotations

import pytest

from vocmine.text.pii.network import EMAIL_RULES, IP_RULES, URL_RULES
from vocmine.text.pii.spans import without_overlaps


def found(text):
    spans = (span for rule in (*EMAIL_RULES, *URL_RULES, *IP_RULES) for span in rule.find(text))
    return [(text[s.start : s.end], s.rule) for s in without_overlaps(spans)]


@pytest.mark.parametrize(("text", "secret", "rule"), [
    ("返信は taro@example.co.jp まで", "taro@example.co.jp", "email"), ("taro(at)example.com です", "taro(at)example.com", "email_spelled"),
    ("taroアットマークexample.com", "taroアットマークexample.com", "email_spelled"), ("taro @ example.com", "taro @ example.com", "email_spaced"),
    ("jane99 at example dot com please", "jane99 at example dot com", "email_said"), ("my mail is jane at example dot com", "jane at example dot com", "email_said"),
    ("taro@ に送った", "taro@", "email_cut"), ("a@[10.0.0.1]", "a@[10.0.0.1]", "email_ip"),
    ("https://example.com/reset?token=abc を開く", "https://example.com/reset?token=abc", "url_private"), ("http://u:p@example.com/", "http://u:p@example.com/", "url_private"),
    ("https://x.example/u/8f3a9c2b7d1e4f60", "https://x.example/u/8f3a9c2b7d1e4f60", "url_private"), ("HTTPS://x.jp/?my_email=a", "HTTPS://x.jp/?my_email=a", "url_private"),
    ("192.168.0.1から接続", "192.168.0.1", "ipv4"), ("2001:db8::1から", "2001:db8::1", "ipv6"), ("fe80::1", "fe80::1", "ipv6"),
])
def test_found_whole_by_the_rule_for_it(text, secret, rule):
    assert found(text) == [(secret, rule)]


@pytest.mark.parametrize("text", [
    "@support に", "駅前でランチ@渋谷", "only at Target dot com", "https://example.com/help", "https://x.jp/a?page=2", "バージョン4.12.7.1", "v10.0.0.1", "ver. 1.2.3.4", "256.1.1.1",
    "1.2.3.4.5", "13:00:15", "::", "10:20:30", "時刻 9:05", "a:b:c",
])
def test_what_only_looks_like_it_stays(text):
    assert found(text) == []


@pytest.mark.parametrize("rule", [*EMAIL_RULES, *URL_RULES, *IP_RULES], ids=lambda rule: rule.name)
def test_a_rule_takes_no_time_on_long_texts_that_nearly_fit(rule):
    for unit in ("a@", "a.", "a at b dot ", "://", "1.", "ab:", "https://x/"):
        assert len(list(rule.find(unit * 3_000))) <= 3_000
