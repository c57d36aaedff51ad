"""The deep path: names that GiNZA's recogniser adds, here and in a worker process."""

from __future__ import annotations

import pytest

from vocmine.errors import SettingsError
from vocmine.text import find_pii, mask_pii
from vocmine.text.pii.deep import people_by_model

TEXTS = ["メレンドルフは昨日の夜に電話をかけてきた。", "090-1234-5678へ、佐藤様宛で折り返し。", "My name is Jane Miller.", "画面が固まる。"]


def test_deep_joins_the_rules():
    fast = [find_pii(text) for text in TEXTS]
    deep = [find_pii(text, deep=True) for text in TEXTS]
    assert deep[1:] == fast[1:]
    for one, more in zip(fast, deep, strict=True):
        assert {(s.start, s.end) for s in one} <= {(s.start, s.end) for s in more}
    assert [s.rule for s in deep[0]] == ["name_model"]


def test_a_worker_masks_the_same_and_keeps_order():
    here = mask_pii(TEXTS, deep=True, workers=0)
    assert mask_pii(TEXTS, deep=True, workers=1) == here
    assert [mask_pii([text], deep=True, workers=0)[0] for text in TEXTS] == here
    assert here[0].startswith("[氏名]は")


@pytest.mark.parametrize("text", ["浅野セメント社に入社した。", "ワシントン・ナショナルズに在籍していた。", "大日本帝国が敗れた。", "釜石製鐵所で働いた。"])
def test_what_is_plainly_nobody_stays(text):
    assert people_by_model([text], 0) == [[]]


def test_wrong_number_of_workers():
    with pytest.raises(SettingsError, match="0 or more"):
        mask_pii(["遅い"], deep=True, workers=-1)
