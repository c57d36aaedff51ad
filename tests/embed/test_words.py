"""Means of word vectors: pinned figures, the same alone, in any batch and by given words; wrong or missing files."""

from __future__ import annotations

import zlib
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.embed import _words
from vocmine.embed._words import WordVectors, japanese_words, word_shares
from vocmine.errors import SettingsError
from vocmine.text import as_analysed

WORDS = japanese_words()
JAPANESE = st.text(st.sampled_from(list("返金領収書をくださいがまだ届かない、。です ログインA1[]!(´・ω・`)😀🏨ﾃﾞｽ\n")), max_size=30)


def test_reference_vectors():
    """Changed weights or vectors would silently change every saved model: change the recipe of the view with these."""
    vectors = WORDS.encode(["料金が高い", "領収書をください", "アプリが落ちる"])
    assert np.abs(vectors[:, :4] - REFERENCE).max() < 1e-6


REFERENCE = np.array([
    [-0.011624, 0.135438, -0.049568, -0.04709], [-0.040166, -0.145367, 0.054252, 0.083878],
    [-0.066262, 0.040372, -0.019497, 0.033699],
])


def test_the_shipped_shares_are_those_of_the_recipe():
    file = resources.files("vocmine.embed").joinpath("data", "word_shares_ja.tsv")
    assert zlib.crc32(file.read_bytes()) == 0x00DE4ED8, "the recipe of the Japanese view must change with this file"
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    assert lines == sorted(lines)
    assert min(int(share) for _, share in lines) >= 1


@given(st.lists(JAPANESE, max_size=6), JAPANESE)
@settings(max_examples=60, deadline=None)
def test_a_text_has_the_same_vector_alone_and_among_others(others, text):
    vectors = WORDS.encode([*others, text])
    assert np.array_equal(vectors[-1], WORDS.encode([text])[0])
    assert np.isfinite(vectors).all()


@given(st.lists(st.one_of(JAPANESE, st.text(max_size=30)), max_size=5))
@settings(max_examples=100, deadline=None)
def test_the_words_of_the_analysis_give_the_same_vectors(texts):
    frame = as_analysed(texts, words=True)
    clean, words = frame["text_clean"].tolist(), frame["words"].tolist()
    assert np.array_equal(WORDS.encode(clean, words), WORDS.encode(clean))


def test_more_words_than_are_summed_at_once_change_nothing(monkeypatch):
    texts = ["返金はまだですか", "", "領収書をください。" * 50, "the end"]
    whole = WORDS.encode(texts)
    monkeypatch.setattr(_words, "_GATHERED", 3)
    monkeypatch.setattr(_words, "_KEPT", 4)
    assert np.array_equal(WORDS.encode(texts), whole)


def test_texts_without_a_known_word_have_no_vector():
    assert not WORDS.encode(["", " ", "Where is my refund?", "(´・ω・`)", "[電話番号]", "。。。"]).any()


def test_masks_are_no_words():
    plain, masked = WORDS.encode(["へ返金して", "[氏名]へ返金して"])
    assert np.array_equal(plain, masked)


def test_the_order_of_words_does_not_matter():
    a, b = WORDS.encode(["", ""], ["返金 領収書 まだ", "まだ 返金 領収書"])
    assert np.array_equal(a, b)


def test_rare_words_weigh_more():
    shares = word_shares()
    assert shares["の"] > shares["返金"] > 0
    near = WORDS.encode(["返金を", "返金", "を"])
    assert near[0] @ near[1] > near[0] @ near[2]


def test_other_vectors_are_refused(tmp_path):
    for name in ("vectors", "key2row"):
        (tmp_path / name).write_bytes(b"other")
    with pytest.raises(SettingsError, match="other word vectors"):
        WordVectors(tmp_path, {})


@pytest.mark.parametrize("package", ["no_such_package", "vocmine"])
def test_a_missing_package_or_file_is_said(monkeypatch, package):
    monkeypatch.setattr(_words, "_PACKAGE", package)
    with pytest.raises(SettingsError, match="word vectors of the Japanese view are missing"):
        japanese_words.__wrapped__()


def test_what_all_words_share_is_taken_away():
    texts = ["返金はまだですか", "部屋が寒い", "駐車場はありますか", "領収書をください", "アプリが落ちる", "予約を変更したい"]
    vectors = WORDS.encode(texts)
    assert np.abs((vectors @ vectors.T - np.eye(6)).mean()) < 0.35  # .5 and more as the vectors come
