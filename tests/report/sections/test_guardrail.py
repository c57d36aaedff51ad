"""The guardrail on the page: a warning only where both are beyond chance."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.report import Extras, build_report


def table(fires=True):
    rows = [
        ("delivery.late", 120, 140, 0.7, 0.6, 0.8, 0.05, 0.4, 0.2, 0.45, 1.1, 0.9, 1.4, fires),
        ("account.login", 80, 90, 0.95, 0.8, 1.1, 0.1, 0.12, -0.05, 0.1, 0.97, 0.8, 1.2, False),
        ("contract.cancel", 9, 200, 0.2, 0.1, 0.3, 0.0, 0.9, 0.5, 0.95, 2.0, 1.0, 4.0, True), ("unknown", 90, 90, 0.5, 0.4, 0.6, 0.0, 0.5, 0.3, 0.6, 1.0, 0.8, 1.2, True),
    ]
    columns = ["reason", "n_before", "n_after", "handle_ratio", "handle_low", "handle_high", "return_before", "return_after", "return_low", "return_high",
               "effort_ratio", "effort_low", "effort_high", "fires"]
    return pd.DataFrame(rows, columns=columns).assign(return_change=lambda x: x["return_after"] - x["return_before"])


@pytest.mark.parametrize(("lang", "said"), [("ja", "「配送遅延」の応対時間は前の0.70倍に短くなりましたが"), ("en", "“Late delivery” is handled faster (0.70× the time)")])
def test_a_warning_names_the_issue_and_both_figures(centre, lang, said):
    report = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=Extras(guardrail=table()))
    part = report.html.partition('<section id="guardrail"')[2].partition("</section>")[0]
    assert said in part
    rows = report.summary.section("guardrail").grid("guardrail").rows
    assert [row[0] for row in rows] == ["delivery.late", "account.login"]  # few contacts, and no reason, say nothing
    assert [row[1] for row in rows] == ["guardrail_fires", "guardrail_calm"]


def test_no_warning_is_said_too(centre):
    report = build_report(centre.contacts, centre.tags, centre.costs, "en", extras=Extras(guardrail=table(fires=False)))
    assert "None of 2 issues is handled faster while more customers come back." in report.html


def test_too_few_contacts_give_no_section(centre):
    few = table().assign(n_before=3)
    assert build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(guardrail=few)).summary.section("guardrail") is None
