"""Names, descriptions and examples as texts to learn from."""

from __future__ import annotations

import pytest

from vocmine.classify.reasons.taxonomy_texts import readable


@pytest.mark.parametrize(("name", "words"), [
    ("card_arrival", "card arrival"), ("UpdateBillingFrequency", "Update Billing Frequency"), ("HTTPError", "HTTP Error"),
    ("立地::周辺::海", "立地 周辺 海"), ("Wi-Fi", "Wi-Fi"), ("PayPay 決済", "PayPay 決済"), ("返金", "返金"), ("iOS", "iOS"),
])
def test_names_are_read_as_words(name, words):
    assert readable(name) == words
