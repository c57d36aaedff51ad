"""What the numbers leave out is said in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vocmine.report import build_report
from vocmine.results import Note


@pytest.mark.parametrize(("lang", "said"), [("ja", "SNS、アンケートには応対時間の記録が1件もない"), ("en", "recorded for Social media, Survey")])
@pytest.mark.parametrize("rates", [True, False])
def test_channels_without_any_time_are_named_in_words(centre, lang, said, rates):
    table = centre.costs.table if rates else centre.costs.table.assign(cost=np.nan, cost_low=np.nan, cost_high=np.nan)
    costs = replace(centre.costs, table=table, untimed_channels=("social", "survey"))
    costs = costs.with_notes(Note.of("untimed", channels="social, survey"))
    page = build_report(centre.contacts, centre.tags, costs, lang).html
    assert page.count(said) == 2
    assert "untimed" not in page
