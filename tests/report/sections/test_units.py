"""Contacts per order, user or device."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from vocmine.report import Extras, build_report


def units(n_months=2):
    months = ["2026-08", "2026-09", "2026-10"][:n_months]
    table = pd.DataFrame([
        {"issue": issue, "month": month, "n_contacts": n * (k + 1), "units": 1_000.0 * (k + 1), "contact_rate": n / 1_000, "contact_rate_low": n / 1_200, "contact_rate_high": n / 900}
        for issue, n in (("all", 90.0), ("account.login", 60.0), ("unknown", 30.0)) for k, month in enumerate(months)
    ])
    table["unit_name"] = "ご注文"
    return table


def months():
    return pd.DataFrame({"month": ["2026-08", "2026-09"], "issue": "account.login", "n_contacts": [60.0, 120.0], "handle_hours": 1.0, "cost": [600.0, 1200.0]})


@pytest.fixture(scope="module")
def made(centre):
    def make(lang="ja", **extras):
        return build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(**extras))

    return make


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_contacts_that_only_follow_the_orders(made, lang):
    page = re.sub(r"<style.*?</style>|<[^>]+>", "", made(lang, units=units(), months=months()).html, flags=re.S)
    if lang == "ja":
        assert "2026年8月から2026年9月にかけて、お問い合わせは2.0倍、ご注文は2.0倍になりました" in page
        assert "ご注文1,000件あたりのお問い合わせ件数は90.0（推定の幅75.0〜100.0）から90.0" in page
    else:
        assert "contacts went to 2.0× and ご注文 to 2.0× of what they were" in page


def test_one_month_of_orders_is_shown_and_not_compared(made):
    page = made(units=units(1)).html
    assert 'id="g-per_unit"' in page
    assert "2026-08から" not in page
