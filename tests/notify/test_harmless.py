"""Nothing that people write makes a program call, link or draw anything."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.notify.harmless import harmless, masked, shorten

ACTIVE = re.compile(r"[@＠][^\s\u2060]|<[^\s\u2060]|://|\bwww\.", re.IGNORECASE)


@pytest.mark.parametrize(("text", "shown"), [
    ("@channel", "@~channel"), ("＠here", "＠~here"), ("<!here>", "<~!here>"), ("<@U1>", "<~@~U1>"), ("</script>", "<~/script>"), ("http://a.example", "http:~//a.example"),
    ("HTTPS://A", "HTTPS:~//A"), ("WWW.a.example", "WWW~.a.example"), ("a @ b < c", "a @ b < c"), ("a\r\n\tb　c", "a b c"), ("=cmd", "=cmd"), ("画面が真っ白", "画面が真っ白"), ("", ""),
    ("@\u2060here", "@~here"), ("h\u200bttp://x", "http:~//x"), ("a\u202eb\x00", "ab"), ("\U000e0041hidden", "hidden"),
])
def test_what_acts_is_parted(text, shown):
    assert harmless(text, 100).replace("\u2060", "~") == shown


@settings(deadline=None)
@given(st.text(st.sampled_from("@＠<>!/:wW.a \u2060\u200b\n\ud800&;#=")))
def test_no_text_acts_and_twice_is_once(text):
    once = harmless(text, 30)
    assert not ACTIVE.search(once)
    assert "\n" not in once
    assert harmless(once, 30) == once
    once.encode()


def test_quotes_are_masked_and_empty_ones_go():
    assert masked(["電話 03-1234-5678 まで", "\x00 \n", "mail a.smith@example.com"], 100) == ("電話 [電話番号] まで", "mail [EMAIL]")


def test_a_long_text_is_cut_once():
    assert shorten("あ" * 10, 10) == "あ" * 10
    assert shorten("あ" * 11, 10) == "あ" * 9 + "…"
    assert len(harmless("あ" * 500, 300)) == 300
