"""How sure that is: what ranges rest on, and the command that would narrow them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.report.first_screen.certainty import certainty, leading_narrowing

NARROWING = pd.DataFrame({"issue": ["billing.double_charge", "account.login"], "n": 100, "now": [0.6, 0.45], "then": [0.2, 0.15]})
SAYS = {
    "ja": {"prior": "ほかの業種の問い合わせ", "labels": "判定が学んだラベル", "audit": "人手で確かめた200件", "counted": "誤りは含まれていません"},
    "en": {"prior": "contacts of other trades", "labels": "labels it learned from", "audit": "200 contacts checked by hand", "counted": "leaves out mistakes"},
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_basis_is_said_and_no_other(wide_report, view_of, words_of, lang):
    for basis, said in SAYS[lang].items():
        told = words_of(certainty(view_of(wide_report(0.05, lang, basis, 200 if basis == "audit" else 0))))
        assert said in told
        assert not [text for other, text in SAYS[lang].items() if other != basis and text in told]


@pytest.mark.parametrize(("lang", "said"), [("ja", "「ログインできない」の幅は±45%。100件を人手で確かめると±15%ほどに"), ("en", "“Cannot log in” is known to ±45%; checking 100 contacts by hand would bring that to about ±15%")])
def test_what_would_narrow_it_stands_with_its_command(wide_report, view_of, lang, said):
    answer = certainty(view_of(wide_report(0.05, lang, narrowing=NARROWING)))
    assert answer.text == said
    assert "vocmine audit --out" in answer.commands[0] and "--n 100 --to audit.xlsx" in answer.commands[0]


def test_after_an_audit_another_sample_is_named(wide_report, view_of, words_of):
    answer = certainty(view_of(wide_report(0.05, "en", "audit", 80, narrowing=NARROWING)))
    assert "80 contacts checked by hand" in answer.text and "another 100 contacts" in answer.text
    assert "audit-2.xlsx" in answer.commands[0] and "seed" in words_of(answer)


def test_where_the_range_leaves_mistakes_out_no_width_is_told(wide_report, view_of):
    unknown = NARROWING.assign(now=np.nan)
    assert "±45%" not in certainty(view_of(wide_report(0.05, "en", "counted", narrowing=unknown))).text
    assert "±15%" in certainty(view_of(wide_report(0.05, "en", "counted", narrowing=unknown))).text


def test_what_is_not_worth_it_is_not_proposed(wide_report, view_of):
    answer = certainty(view_of(wide_report(0.05, "en", narrowing=NARROWING.assign(then=0.44))))
    assert "±" not in answer.text and answer.commands == ("vocmine audit --out RESULTS --to audit.xlsx",)
    assert leading_narrowing(wide_report(0.05).summary) is None
