"""Ids that a spreadsheet took for numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.audits.contact_ids import restored_ids
from vocmine.errors import AuditError

KNOWN = pd.Series(["00123", "45", "0045", "AB-1", "1234567890123456", "9876500000000001", "9876500000000002"])


@pytest.mark.parametrize(("lost", "found"), [
    ("123", "00123"), ("123.0", "00123"), ("45", "45"), ("ab-1 ", "AB-1"), ("ＡＢ-1", "AB-1"), ("1.23457E+15", "1234567890123456"),
    ("1,23457E+15", "1234567890123456"), ("045", "045"), ("999", "999"), ("9.1E+15", "9.1E+15"),
])
def test_ids_come_back(lost, found):
    assert restored_ids(pd.DataFrame({"contact_id": [lost]}), KNOWN)["contact_id"].tolist() == [found]


def test_a_table_that_is_right_stays_the_same():
    table = pd.DataFrame({"contact_id": ["00123", "45"]})
    assert restored_ids(table, KNOWN) is table


def test_an_id_that_fits_several_is_told():
    with pytest.raises(AuditError, match=r"shortened ids.*9\.8765E\+15, which fits 2 contacts"):
        restored_ids(pd.DataFrame({"contact_id": ["9.8765E+15"]}), KNOWN)
