"""An incident with everything, one with next to nothing, and one whose every text wants something."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from vocmine.stats import Estimate
from vocmine.topics.tracking.incident import Apart, Incident


def day(text):
    return pd.Timestamp(text, tz="UTC")


FULL = Incident(
    "i-20261016-1", "QR決済の画面が真っ白になる", "QR payment screen turns white", "growing", day("2026-10-12"), day("2026-10-16"), day("2026-10-20"), day("2026-10-20"), 1_071, 64, 2.4,
    Estimate(29.6, 21.0, 42.0), Estimate(1.52, 1.13, 2.04), {"call": 40, "chat": 31},
    (Apart("segment", "個人", 30, 66, 0.31, 0.02), Apart("product_version", "5.2.0", 31, 33, 0.04, 1e-19), Apart("channel", "chat", 31, 71, 0.2, 0.01)),
    Estimate(94_210.0, 89_000.0, 101_000.0), Estimate(1_200.0, 1_200.0, 1_200.0), Estimate(1_150.4, 1_121.0, 1_188.0), Estimate(199_000.0, 160_000.0, 251_000.0), day("2026-10-31"), (4, 7),
    ("technical.app_crash",), ("真っ白",), ("ＱＲを出すと画面が真っ白です。電話は０９０－１２３４－５６７８まで", "The QR screen goes white since 5.2.0 & <b>up</b>", "a third quote"), (), ("C1", "C2", "C3"), 0.12, 723.7, 1_585.1,
)
BARE = Incident("i-2", "荷物が届かない", "", "open", day("2026-10-12"), day("2026-10-12"), day("2026-10-12"), day("2026-10-12"), 1, 1, 0.1)
HOSTILE = replace(
    FULL, incident_id="../../<!here>", name_ja="<!channel> @everyone *x* [a](http://evil.example/)", name_en="</script><at>all</at> @here =cmd|' /C calc'!A0", reasons=("<!here>",), channels={"<!here>": 1},
    apart=(Apart("<!subteam^S1>", "<@U123> #12 http://evil.example www.evil.example", 3, 3, 0.1, 0.1),),
    quotes=("<!channel> <@U123|bob> <https://evil.example|click> & `rm -rf` ``` #1 @octocat GH-7\n# not a heading\x00\u202e\ud800", "=HYPERLINK(\"http://evil.example\") {{x}} ${y} **b** _i_ ~s~ 090-1234-5678"),
)


@pytest.fixture
def full():
    return FULL


@pytest.fixture
def bare():
    return BARE


@pytest.fixture
def hostile():
    return HOSTILE
