from __future__ import annotations

import math

import pandas as pd
import pytest

from vocmine.classify import Taxonomy, suggest_trade
from vocmine.errors import SettingsError

HOTEL = [
    *(f"{n}号室のエアコンが効かず暑い" for n in range(201, 211)), *(f"{n}日の宿泊予約をキャンセルしたい" for n in range(1, 11)),
    *(f"チェックアウトは何時ですか。{n}名です" for n in range(1, 11)), "朝食の会場はどこですか", "The pool was closed",
]
ANY = [f"{n}番の担当者から折り返しの電話がほしい" for n in range(40)]


def test_texts_of_a_trade_find_its_list():
    fit = suggest_trade(HOTEL)
    assert fit.trade == "travel_hotel" and fit.named > 0.8 > fit.named_default
    assert fit.table["trade"].tolist()[0] == "travel_hotel" and len(fit.table) == len(Taxonomy.trades())
    assert (fit.table["own_low"] <= fit.table["own"]).all() and (fit.table["own"] <= fit.table["own_high"]).all()


def test_order_and_copies_change_nothing():
    assert suggest_trade(HOTEL, current=0.3) == suggest_trade([*HOTEL[::-1], *HOTEL], current=0.3)


def test_texts_that_any_trade_may_have_find_none():
    fit = suggest_trade(ANY, current=0.5)
    assert fit.trade == "" and math.isnan(fit.named) and fit.named_default == 0.5


def test_two_trades_at_once_find_none():
    games = [f"ガチャを{n}回引いても当たらない" for n in range(len(HOTEL))]
    assert suggest_trade([*HOTEL, *games], current=0.5).trade == ""


def test_few_texts_say_nothing():
    assert suggest_trade(HOTEL[:5]).trade == "" and suggest_trade([]).n == 0


def test_frames_and_missing_texts_are_taken():
    frame = pd.DataFrame({"contact_id": range(len(HOTEL) + 2), "text": [*HOTEL, None, " "]})
    assert suggest_trade(frame, current=0.3) == suggest_trade(pd.Series(HOTEL), current=0.3)


def test_one_text_is_a_mistake():
    with pytest.raises(SettingsError, match="one text alone"):
        suggest_trade("チェックイン")
