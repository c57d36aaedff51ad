"""What the numbers leave out is said in words."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine.report import build_report


@pytest.mark.parametrize(("lang", "said"), [("ja", "SNS、アンケートには処理時間の記録が1件もない"), ("en", "recorded for Social media, Survey")])
@pytest.mark.parametrize("rates", [True, False])
def test_channels_without_any_time_are_named_in_words(centre, lang, said, rates):
    costs = centre.costs.copy() if rates else centre.costs.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan)
    costs.attrs = {**centre.costs.attrs, "untimed_channels": ["social", "survey"]}
    costs.attrs["note"] += "; no handle time was ever measured for social, survey: these contacts count as 0 hours"
    page = build_report(centre.contacts, centre.tags, costs, lang).html
    assert page.count(said) == 2
    assert "no handle time was ever" not in page
