"""What is computed is reached by a run: a public function that only Python users would find fails here."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "vocmine"
# Not called by a run, and why.
APART = {
    "around": "asks of one contact",
    "newcombe": "a formula behind the tables", "wilson": "a formula behind the tables",
    "team_effects": "behind csat_by_team, by arrays",
    "ChannelShift": "what shift_channel gives", "FixEffect": "what fix_saving gives", "LabelPlan": "what plan_labels gives",
    "Staffing": "what agents_needed gives",
    "agents_needed": "of one hour, behind staffing_by_hour", "erlang_c": "a formula behind staffing_by_hour",
    "audit_drift": "asks of two audits", "load_audit": "older form of read", "load_audits": "older form of read",
    "save_audit": "older form of write", "built_up_rate": "for those who write costs.yaml",
    "avoidable_cost": "of columns that issue_costs already has", "cost_series": "of one issue, behind months",
    "fix_saving": "of one fix, behind fix_effects", "fix_savings": "its saving alone, in fix_effects",
    "check_targets": "a check", "predict_csat": "behind predicted_satisfaction",
}  # fmt: skip


def names_used() -> set[str]:
    files = [*(ROOT / "batch").rglob("*.py"), *(ROOT / "study").rglob("*.py"), *ROOT.glob("cli*.py")]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    return {n.id for n in nodes if isinstance(n, ast.Name)} | {n.attr for n in nodes if isinstance(n, ast.Attribute)}


@pytest.mark.parametrize("package", ["journeys", "cost", "drivers"])
def test_every_public_function_is_called_by_a_run_or_stands_in_the_list(package):
    module = importlib.import_module(f"vocmine.{package}")
    public = {name for name in module.__all__ if callable(getattr(module, name))}
    assert len(public) > 5
    assert public - names_used() == {name for name in APART if name in public}


def test_the_list_names_nothing_that_is_gone():
    known = {name for package in ("journeys", "cost", "drivers") for name in importlib.import_module(f"vocmine.{package}").__all__}
    assert set(APART) <= known
