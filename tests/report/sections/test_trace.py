"""Every count by issue can be followed to its contacts."""

from __future__ import annotations

import pandas as pd
from openpyxl import load_workbook

from vocmine.results import ReasonInfo


def test_every_count_by_issue_can_be_followed_to_its_contacts(book, centre, full_report):
    lang, path, made = book
    tab = made.sheetnames[-2]
    rows = pd.DataFrame(load_workbook(path)[tab].iter_rows(min_row=2, values_only=True))
    names = ReasonInfo.shipped().names[lang]
    for line in full_report(lang).summary.issues:
        mine = rows[rows[0] == names[line.issue]]
        assert len(mine) == mine[1].nunique() == sum(line.channels)
        assert set(mine[1]) <= set(centre.contacts.contact_id)
