"""Batch: the daily job and its single steps, as plain functions that print nothing."""

from vocmine.batch._demo import demo
from vocmine.batch.audit_drawing import draw_audit
from vocmine.batch.audit_files import read_audits
from vocmine.batch.backtest import Backtest, BacktestPlan, backtest_plan, backtest_results, write_told
from vocmine.batch.backtest_words import backtest_lines, table_line
from vocmine.batch.channel_shift import Move, shift_results
from vocmine.batch.codes import propose_codes
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.events import Event, RunResult
from vocmine.batch.explain import explain_results
from vocmine.batch.fit_check import fit_lines
from vocmine.batch.job import run
from vocmine.batch.labels import suggest
from vocmine.batch.measures import journey_tables
from vocmine.batch.outputs import no_longer_given
from vocmine.batch.part_reports import report_parts
from vocmine.batch.reliability import read_reliability
from vocmine.batch.steps import (
    ReadCounts,
    check_files,
    cost_results,
    discover_topics,
    fit_files,
    format_lines,
    propose_files,
    read_cost_inputs,
    read_cost_model,
    report_results,
    suggest_columns,
    tag_files,
    tagger_for,
    trade_lines,
)
from vocmine.batch.taxonomies import migrate_results

__all__ = [
    "Backtest",
    "BacktestPlan",
    "CostInputs",
    "Event",
    "Move",
    "ReadCounts",
    "RunResult",
    "backtest_lines",
    "backtest_plan",
    "backtest_results",
    "check_files",
    "cost_results",
    "demo",
    "discover_topics",
    "draw_audit",
    "explain_results",
    "fit_files",
    "fit_lines",
    "format_lines",
    "journey_tables",
    "migrate_results",
    "no_longer_given",
    "propose_codes",
    "propose_files",
    "read_audits",
    "read_cost_inputs",
    "read_cost_model",
    "read_reliability",
    "report_parts",
    "report_results",
    "run",
    "shift_results",
    "suggest",
    "suggest_columns",
    "table_line",
    "tag_files",
    "tagger_for",
    "trade_lines",
    "write_told",
]
