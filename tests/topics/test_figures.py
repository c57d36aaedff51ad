"""Figures of topics and words: nothing of a customer as markup, sizes that say what they should."""

from __future__ import annotations

import re

import pandas as pd

from vocmine.topics import cooccurrence, network_figure, small_multiples, timeline_figure, word_cloud_svg


def test_word_cloud_escapes_and_does_not_overlap() -> None:
    words = pd.DataFrame({"word": [f"返金{i}" for i in range(40)] + ["<script>"], "n_contacts": range(41, 0, -1)})
    svg = word_cloud_svg(words)
    assert "<script>" not in svg and svg.startswith("<svg") and "<image" not in svg
    assert word_cloud_svg(words) == svg
    assert word_cloud_svg(words.head(0)).endswith("</svg>")


def test_pairs_are_above_chance() -> None:
    pairs = cooccurrence(["画面 暗い"] * 5 + ["返金 遅い"] * 5 + ["画面 返金"], min_contacts=2)
    assert {tuple(sorted(p)) for p in pairs[["word", "other"]].to_numpy()} == {("暗い", "画面"), ("返金", "遅い")}
    assert (pairs["lift"] > 1).all()
    assert len(network_figure(pairs).data) == len(pairs) + 1


def test_timeline_figures() -> None:
    days = pd.date_range("2026-03-01", periods=5, tz="UTC")
    line = pd.DataFrame({"topic_id": 0, "day": days, "n": range(5), "expected": 2.0, "low": 0.0, "high": 5.0})
    topics = pd.DataFrame({"topic_id": [0], "name": ["<b>返金"], "n": [10]})
    figure = timeline_figure(line, topics, 0)
    assert len(figure.data) == 3 and figure.layout.title.text == "&lt;b&gt;返金"
    assert len(small_multiples(line, topics).data) == 3


def test_letters_of_the_cloud_grow_with_the_number_of_contacts() -> None:
    words = pd.DataFrame({"word": ["できない", "refund", "返金", "QR決済"], "n_contacts": [90, 40, 40, 5]})
    svg = word_cloud_svg(words)
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
    assert sizes[0] > sizes[1] == sizes[2] > sizes[3]
    assert all(f">{word}<title>{n}</title>" in svg for word, n in words.to_numpy().tolist())


def test_pairs_are_as_people_write_them_and_without_courtesies() -> None:
    texts = ["ログインできない。お忙しいところ恐れ入ります"] * 4 + ["refund is late"] * 4
    pairs = cooccurrence(texts)
    words = set(pairs["word"]) | set(pairs["other"])
    assert {"できない", "ログイン", "refund", "late"} <= words
    assert not words & {"忙しい", "恐れ入る", "出来る_ない"}
