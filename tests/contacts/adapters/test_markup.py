"""Markup: HTML bodies and Slack's marks become what people read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.adapters.markup import html_text, slack_text


@pytest.mark.parametrize(("body", "words"), [
    ("<p>二重に<b>請求</b>された</p><p>返金して</p>", "二重に請求された\n返金して"),
    ("<p>one</p>\n\n<p>two\nlines</p>", "one\ntwo lines"),
    ("a<br>b<br/>c", "a\nb\nc"),
    ("<ul><li>水</li><li>電気</li></ul>", "水\n電気"),
    ("<style>p {color: red}</style><p>見える</p><!-- 見えない --><script>x()</script>", "見える"),
    ("Fish &amp; chips &lt;3 &#12354;", "Fish & chips <3 あ"),
    ("<table><tr><td>品番</td><td>12</td></tr></table>", "品番 12"),
    ("料金 < 500円 かつ <担当> の回答", "料金 < 500円 かつ <担当> の回答"),
    ("taro <taro@example.com> wrote", "taro <taro@example.com> wrote"),
    ("<p>届か&nbsp;ない</p>", "届か ない"),
    ("AT&T と P&G", "AT&T と P&G"),
    ("", ""),
    ("List<i> x; Map<s> y", "List<i> x; Map<s> y"),
    ("<?xml version='1.0'?><p>a</p>", "a"),
    ("<!DOCTYPE html><html><head><title>題</title></head><body><p>本文</p></body></html>", "本文"),
    ("<p>a</p><![if !supportLists]>b<![endif]><![foo[c]]>", "a\nb<![foo[c"),
    ("<p>閉じない<p>段落", "閉じない\n段落"),
    ("<pre>1\n  2</pre>", "1\n2"),
    ("<p>5 &lt; 6</p>", "5 < 6"),
    ("<style>p {color: red}<p>", ""),
    ("<div>" * 3000 + "深い" + "</div>" * 3000, "深い"),
])
def test_html_becomes_words(body, words):
    assert html_text(body) == words


@given(st.text(alphabet="aア届 >;#?\n\t/"))
def test_plain_text_stays_as_it_is(text):
    assert html_text(text) == text.strip()


@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<b>", "<!--", "-->", "<![", "]]>", "<?", "<", ">", "&", "&amp;", "<style>", "</style>", "x"])))
def test_no_body_is_too_broken(parts):
    words = html_text("".join(parts))
    assert words == words.strip()
    assert words.count("x") <= parts.count("x")


@pytest.mark.parametrize(("text", "words"), [
    ("<@U1> さん <@U2|hanako> さん", "@taro さん @hanako さん"),
    ("<#C1|support> と <#C2>", "#support と #C2"),
    ("<!here> <!subteam^S1|@ops> <!date^1392734382^{date}|2月18日>", "@here @ops 2月18日"),
    ("<https://example.com/a?b=1&amp;c=2|手順> <https://example.com>", "手順 https://example.com"),
    ("<mailto:a@example.com|a@example.com>", "a@example.com"),
    ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
    ("&amp;lt; は記号", "&lt; は記号"),
])
def test_slack_marks(text, words):
    assert slack_text(text, {"U1": "taro"}) == words
