"""Runs of kanji that are a family name and what may be a given one."""

from __future__ import annotations

import pytest

from vocmine.text.pii.shapes import names_by_shape
from vocmine.text.words import split_japanese


def found(text):
    """Give what the rules of this module find, with the name of the rule."""
    morphemes, kinds = split_japanese(text)
    return [(text[s.start : s.end], s.rule) for s in names_by_shape(text, morphemes, kinds)]


@pytest.mark.parametrize(("text", "name"), [("車吉章が電話した。", "車吉章"), ("朴槿恵に渡した。", "朴槿恵"), ("南口重太郎の契約", "南口重太郎"), ("田代砲太が来た", "田代砲太"), ("南口重太郎先生の話", "南口重太郎")])
def test_a_family_name_and_what_may_be_a_given_one(text, name):
    assert found(text) == [(name, "name_shape")]


@pytest.mark.parametrize("text", [
    "新時代の到来だ。", "全商品が対象です。", "高品質な製品", "髙島屋本店で買った", "安心感があった。", "大平洋側のホテル", "金額確認済", "解約手続中", "田代", "", "高速道路料金所前",
])
def test_words_places_and_things_are_none(text):
    assert found(text) == []
