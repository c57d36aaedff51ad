"""Names of columns: how they are compared, and that no name stands for two columns by chance."""

from __future__ import annotations

import pytest

from vocmine.contacts.headers import fold_header, header_table, known_headers
from vocmine.contacts.mapping_checks import TARGETS


@pytest.mark.parametrize(("name", "folded"), [
    ("受付 日時", "受付日時"), ("ＴＩＣＫＥＴ＿ＩＤ", "ticketid"), ("Created-At (UTC)", "createdat"), ("本文※", "本文"), ("対応時間【分】", "対応時間"),
])
def test_width_case_and_brackets_do_not_count(name, folded):
    assert fold_header(name) == folded


def test_the_table_speaks_of_columns_there_are():
    assert set(header_table()) <= set(TARGETS)
    for target, names in header_table().items():
        folded = [fold_header(name) for name in names]
        assert len(folded) == len(set(folded)), target
    assert {"本文", "受付日時", "ticketid"} <= known_headers()
