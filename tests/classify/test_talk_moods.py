"""How the mood of a talk goes."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine import Tagger
from vocmine.classify import SentimentClassifier, mood_course
from vocmine.classify.talk_moods import customer_turns
from vocmine.text import analyze

GOOD = "客：全然つながらない、最悪です\nOP：再設定をご案内します\n客：つながりました、助かりました"
BAD = "Customer: I love this app, great work\nAgent: Thank you!\nCustomer: But now it crashes and support is terrible"
NOTE = "料金が高い\n解約したい"


@pytest.mark.parametrize(("text", "n", "start", "end"), [
    (GOOD, 2, "negative", "positive"), (BAD, 2, "positive", "negative"), (NOTE, 0, "", ""), ("", 0, "", ""),
    ("客：最悪です\n本当にひどい\nOP：お調べします", 1, "", ""),
    ("客：最悪です\nひどい\nOP：お調べします\n客：ふつうです\n客：では\nOP：どうも\n客：とても\n助かりました、ありがとう", 4, "negative", "positive"),
])
def test_start_and_end(text, n, start, end):
    row = mood_course([text])[["n_turns", "start", "end"]].fillna("").iloc[0]
    assert (row["n_turns"], row["start"], row["end"]) == (n, start, end)


def test_an_index_is_kept_and_rows_stand_alone():
    texts = pd.Series([GOOD, NOTE, BAD], index=[7, 3, 9])
    both = mood_course(texts)
    assert both.index.tolist() == [7, 3, 9]
    assert both.iloc[2].tolist() == mood_course([BAD]).iloc[0].tolist()


def test_contacts_that_a_reader_split():
    frame = pd.DataFrame({"contact_id": ["a", "b", "c"], "text": ["最悪です\n助かりました", "最悪です\n助かりました", "最悪です\n助かりました"], "customer_turns": ["2", "", "1"]})
    assert mood_course(frame)["n_turns"].tolist() == [2, 0, 1]
    assert customer_turns(analyze(frame)) == [["最悪です", "助かりました"], [], ["最悪です\n助かりました"]]
    tags = Tagger().tag(frame)
    moods = tags.loc[tags["kind"] == "mood", ["contact_id", "label"]].values.tolist()
    assert sorted(moods) == [["a", "end.positive"], ["a", "start.negative"]]


def test_tags_of_talks_are_the_same_however_they_come():
    frame = pd.DataFrame({"contact_id": ["a", "b"], "text": [GOOD, NOTE]})
    plain, analysed = Tagger().tag(frame), Tagger().tag(analyze(frame))
    pd.testing.assert_frame_equal(plain, analysed)
    assert sorted(plain.loc[plain["kind"] == "mood", "label"]) == ["end.positive", "start.negative"]
    assert "mood" not in set(Tagger().tag(frame.iloc[1:])["kind"])
    assert set(Tagger(signals=False).tag(frame)["kind"]) >= {"mood", "sentiment"}


def test_a_fitted_classifier_judges_the_ends():
    fitted = SentimentClassifier(use_vectors=False).fit(["最悪です", "ひどい", "助かりました", "ありがとう"] * 3, ["negative", "negative", "positive", "positive"] * 3)
    assert mood_course([GOOD], fitted)[["start", "end"]].values.tolist() == [["negative", "positive"]]
