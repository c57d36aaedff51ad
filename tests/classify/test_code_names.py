"""Which reasons the words of codes name."""

from __future__ import annotations

import pytest

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.code_names import name_codes


@pytest.fixture(scope="module")
def shipped():
    return ReasonClassifier()


@pytest.mark.parametrize(("code", "reason"), [
    ("02:二重請求", "billing.double_charge"), ("Ａ－３　解約", "contract.cancel"), ("料金＞支払＞カードエラー", "billing.payment_failed"), ("TECH-SLOW", "technical.slow"),
    ("返品依頼", "contract.return"), ("Return / exchange", "contract.return"), ("forgot_password", "account.password"), ("配送関連", "delivery"),
])
def test_sure_names(shipped, code, reason):
    found = name_codes([code], shipped)
    assert found["reason"].iloc[0] == reason and found["score"].iloc[0] >= 0.6


@pytest.mark.parametrize("code", ["ガス漏れ", "カタログ請求", "引き継ぎ", "Late check-out", "成分の質問", "XYZ", "クレーム", "受付"])
def test_what_the_list_does_not_have_is_not_sure(shipped, code):
    found = name_codes([code], shipped)
    assert found.empty or found["score"].iloc[0] < 0.6


def test_a_code_depends_on_itself_alone(shipped):
    codes = ["01:返金", "1001", "Out of stock", "料金・請求"]
    whole = name_codes(codes, shipped)
    for code in codes:
        alone = name_codes([code], shipped)
        assert alone.values.tolist() == whole[whole["code"] == code].values.tolist()
    assert name_codes(["1001", ""], shipped).empty and name_codes([], shipped).empty


def test_a_list_of_ones_own():
    taxonomy = Taxonomy.from_dict({"reasons": [{"id": "late", "name": "レイトチェックアウト"}, {"id": "towel", "name": "タオルの交換"}, {"id": "parking", "name": "駐車場"}]})
    found = name_codes(["11 駐車場", "12 レイトチェックアウト"], ReasonClassifier(taxonomy)).drop_duplicates("code")
    assert found["reason"].tolist() == ["parking", "late"]
