"""The made-up ledger and audits of the cost tests serve here too."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location("cost_fixtures", Path(__file__).parents[1] / "cost" / "conftest.py")
_MADE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MADE)

yen, make_ledger, draw_audit = _MADE.yen, _MADE.make_ledger, _MADE.draw_audit
