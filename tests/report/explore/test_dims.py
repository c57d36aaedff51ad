"""Dimensions: only those that are filled, named as people read them."""

from __future__ import annotations

from vocmine.report.explore.dims import dimensions
from vocmine.report.words import Words


def test_values_are_named_and_the_common_ones_come_first(explored, explore_frames):
    source = explored().source
    found = {each.key: each for each in dimensions(source.contacts, Words("ja"))}
    assert list(found) == ["channel", "product", "version", "segment", "mood"]
    assert found["channel"].values == ("電話", "チャット", "メール")
    assert found["mood"].values in (("不満", "中立"), ("中立", "不満"), tuple(Words("ja").name(k, "mood") for k in ("negative", "neutral")), tuple(Words("ja").name(k, "mood") for k in ("neutral", "negative")))
    given = explore_frames().contacts.set_index("contact_id").reindex(source.contacts["contact_id"])
    told = [None if i < 0 else found["version"].values[i] for i in found["version"].index]
    assert told == [None if v is None or v != v else f"{p} {v}" for p, v in zip(given["product"], given["product_version"], strict=True)]


def test_a_channel_that_was_not_given_is_not_known():
    import pandas as pd

    table = pd.DataFrame({"channel": ["unknown", "call"], "product": "", "product_version": "", "segment": "", "plan": "<b>\u202e" + "x" * 99, "team": "", "mood": None})
    channel, plan = dimensions(table, Words("en"))
    assert channel.index.tolist() == [-1, 0]
    assert plan.values == ("<b>" + "x" * 77 + "…",)
