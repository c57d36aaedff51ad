"""The report: what each issue costs, in plain words, as one page and as a workbook.

It reads frames only, in three steps: `summarise` and the sections count (numbers, no words), `quotes` picks the masked
sentences behind the numbers, and `render` writes both down in a language. The words stand in
``templates/strings_*.yaml``. A section is one file of `sections`.
"""

from __future__ import annotations

from vocmine.report.build import Report, build_report
from vocmine.report.evidence import Evidence
from vocmine.report.extras import Extras
from vocmine.report.summary import Summary

__all__ = ["Evidence", "Extras", "Report", "Summary", "build_report"]
