"""Units of long words."""

from __future__ import annotations

import pytest

from vocmine.text import Vocabulary, as_analysed


@pytest.mark.parametrize(("least", "terms"), [
    (0, "本人確認書類 再発行 クレジットカード"),
    (3, "本人確認書類 本人 確認 書類 再発行 クレジットカード"),
    (2, "本人確認書類 本人 確認 書類 再発行 発行 クレジットカード クレジット カード"),
])  # fmt: skip
def test_short_units_of_long_words_by_choice(least, terms):
    text = "本人確認書類を再発行。クレジットカード"
    assert as_analysed([text], vocabulary=Vocabulary(short_units=least))["terms"].iloc[0] == terms
