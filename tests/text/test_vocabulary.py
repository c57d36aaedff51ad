"""Words of one's own."""

from __future__ import annotations

import pickle

import pytest

from vocmine.text import Vocabulary, as_analysed


def test_vocabulary_pickles_as_a_recipe():
    own = Vocabulary(compounds=("画面割れ保証",))
    as_analysed(["画面割れ保証"], vocabulary=own)
    sent = pickle.dumps(own)
    assert len(sent) < 1_000
    assert as_analysed(["画面割れ保証"], vocabulary=pickle.loads(sent))["terms"].iloc[0] == "画面割れ保証"


def test_vocabulary_joins_renames_and_drops(tmp_path):
    (tmp_path / "words.csv").write_text("画面割れ保証\n# remark\nプレミアム会員証\n", encoding="utf-8")
    (tmp_path / "synonyms.csv").write_text("返金,払い戻し,払戻\n", encoding="utf-8-sig")
    own = Vocabulary.from_csv(tmp_path / "words.csv", tmp_path / "synonyms.csv")
    got = as_analysed(["画面割れ保証の払い戻し", "払戻とプレミアム会員証"], vocabulary=own)["terms"].tolist()
    assert got == ["画面割れ保証 返金", "返金 プレミアム会員証"]
    assert as_analysed(["返金の件"], vocabulary=Vocabulary(stop_words=("返金",)))["terms"].iloc[0] == ""


@pytest.mark.parametrize(("treatment", "terms"), [("drop", "折り返し"), ("expand", "お客様からの電話 折り返し"), ("keep", "入電 折電")])
def test_shorthand_by_choice(treatment, terms):
    assert as_analysed(["入電、折電。"], vocabulary=Vocabulary(shorthand=treatment))["terms"].iloc[0] == terms
