from __future__ import annotations

import pandas as pd
import pytest

from vocmine.topics import hot_words
from vocmine.topics.coined_names import coined_names, spaced, with_names

OTHERS = ["返金はまだですか", "アプリが落ちる", "荷物が届かない", "解約したい", "料金が高い", "ログインできない", "領収書がほしい", "割引はありますか"]


@pytest.mark.parametrize("name", [
    "もこもこ枕DX", "ユラリスG2", "TK-88", "QuietFan3", "リブレア-X1", "はなやぎセット", "ソラノートPlus", "ぴたっと家計便", "ふわりんチェア", "まるごと見守り割", "パクるん箱", "K-ゆらり3",
    "エアコンリモコン", "QR決済", "SIMフリープラン", "LINEミニアプリ", "ポケットWiFi5", "あったか毛布プラス", "ロボット掃除機RX-7", "SmartHub X2", "AirPure 300",
])
def test_a_new_name_is_one_word(name: str) -> None:
    assert name in coined_names([f"{name}が動かない"] * 10 + OTHERS * 10)


def test_in_english_too() -> None:
    assert list(coined_names(["My QuietFan3 stopped", "the QuietFan3 is loud"] * 3 + ["it arrived late"] * 5)) == ["QuietFan3"]


@pytest.mark.parametrize(("written", "name"), [
    ("ｴｱｺﾝﾘﾓｺﾝ", "エアコンリモコン"), ("ﾊﾟﾜｰﾊﾞﾝｸS10", "パワーバンクS10"), ("スマートロックmini３", "スマートロックmini3"), ("ＮｅｏＣａｍ４", "NeoCam4"), ("ﾋﾟｶｯﾄﾗｲﾄ２", "ピカットライト2"),
    ("ワイヤレスイヤホンPro2", "ワイヤレスイヤホンPro2"), ("ＱＲ決済", "QR決済"), ("ポケットＷｉＦｉ５", "ポケットWiFi5"), ("SmartHub　X2", "SmartHub X2"),
])
def test_names_are_found_however_wide_they_are_written(written: str, name: str) -> None:
    texts = [f"{written}が動かない", f"先週買った{written}の件で電話した", f"{written}を返品したい"] * 3 + OTHERS * 10
    assert name in hot_words(texts)["word"].tolist()
    assert hot_words(texts).set_index("word").loc[name, "n_contacts"] == 9


@pytest.mark.parametrize("name", ["SmartHub X2", "AirPure 300", "EcoWatt Mini", "VoltPack-20", "Lumen Max3", "Cordless Vac V2"])
def test_english_names_of_several_words_are_one(name: str) -> None:
    texts = [f"My {name} stopped working", f"the {name} is loud", f"I want to return the {name}, it broke"] * 3 + ["it arrived late", "where is my order"] * 9
    row = hot_words(texts).set_index("word").loc[name]
    assert row["n_contacts"] == 9 and all(name in quote for quote in row["quotes"])


@pytest.mark.parametrize("phrase", ["Please call me back", "Thank You so much", "I paid on May 5", "see Page 2", "The Order 12345 is late", "Monday 10am works", "My X2 broke"])
def test_english_phrases_are_no_names(phrase: str) -> None:
    assert [name for name in coined_names([phrase] * 10 + ["it arrived late"] * 20) if " " in name] == []


@pytest.mark.parametrize("phrase", [
    "お客様に確認したところ返金希望", "突然アプリが落ちた", "再度連絡希望", "赤く点滅している", "使う人が多い", "11月3日に2台購入", "昨日注文した", "引落口座変更", "3回目の入電", "残高5000円",
    "すぐ返金してほしい", "新しい住所へ転送", "至急対応希望", "料金2000円の件",
])
def test_phrases_are_no_names(phrase: str) -> None:
    assert coined_names([phrase] * 10 + OTHERS * 10) == {}


def test_parts_that_stand_alone_make_no_name() -> None:
    apart = ["ふわりと香る", "とびきり美味しい", "パックが破れた", "とびきりの笑顔"] * 10
    assert coined_names(["とびきりパックが届かない"] * 10 + apart) == {}
    assert coined_names([], 3) == {}


def test_a_name_stands_for_its_parts() -> None:
    names = {"TK-88": ("tk",), "もこもこ枕DX": ("もこもこ", "枕", "dx")}
    assert with_names(["tk 動く_ない"], ["tk-88が動かない"], names) == ["動く_ない TK-88"]
    assert with_names(["tk"], ["TK-880の件"], names) == ["tk"]
    assert with_names(["枕 枕"], ["枕ともこもこ枕dx"], names) == ["枕 もこもこ枕DX"]
    spoken = with_names(["smarthub x"], ["smarthub x2"], {"SmartHub X2": ("smarthub", "x")})
    assert len(spoken[0].split()) == 1 and spaced(spoken[0]) == "SmartHub X2"


def test_hot_words_count_names() -> None:
    texts = [OTHERS[i % 8] for i in range(100)] + [OTHERS[i % 8] for i in range(70)] + ["もこもこ枕DXが破れた"] * 30
    days = [i % 7 for i in range(100)] + [7 + i % 7 for i in range(100)]
    frame = pd.DataFrame({"text": texts, "created_at": pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(days, unit="D")})
    table = hot_words(frame).set_index("word")
    assert table.loc["もこもこ枕DX", "n_contacts"] == 30 and table.loc["もこもこ枕DX", "growth_low"] > 1
    assert "枕" not in table.index
