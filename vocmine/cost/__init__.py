"""What issues cost: rates, handle times, shares, intervals that hold, savings."""

from __future__ import annotations

from vocmine.audits.pool import load_audits, pool_audits
from vocmine.audits.store import audit_drift, load_audit, save_audit
from vocmine.cost.avoidable import avoidable_cost
from vocmine.cost.bridge import compare_months, cost_bridge, cost_change
from vocmine.cost.channel_shift import ChannelShift, shift_channel
from vocmine.cost.coded import code_costs
from vocmine.cost.decomposition import decompose_change
from vocmine.cost.explain import CostSteps, explain_issue
from vocmine.cost.fix_effect import FixEffect, fix_saving
from vocmine.cost.fix_file import Fix, fix_savings, read_fixes
from vocmine.cost.fix_return import fix_effects, fix_returns
from vocmine.cost.forecast import forecast_costs
from vocmine.cost.handle import without_open_tabs
from vocmine.cost.issues import CostOptions, issue_costs
from vocmine.cost.label_plan import LabelPlan, plan_labels
from vocmine.cost.model import CostModel, built_up_rate
from vocmine.cost.ranking import rank_issues
from vocmine.cost.rates import contact_rates
from vocmine.cost.series import cost_series, whole_periods
from vocmine.cost.shift_table import channel_gains
from vocmine.cost.staffing import Staffing, agents_needed, erlang_c
from vocmine.cost.staffing_hours import ServiceTarget, staffing_by_hour
from vocmine.results import IssueCosts, Note

__all__ = [
    "ChannelShift",
    "CostModel",
    "CostOptions",
    "CostSteps",
    "Fix",
    "FixEffect",
    "IssueCosts",
    "LabelPlan",
    "Note",
    "ServiceTarget",
    "Staffing",
    "agents_needed",
    "audit_drift",
    "avoidable_cost",
    "built_up_rate",
    "channel_gains",
    "code_costs",
    "compare_months",
    "contact_rates",
    "cost_bridge",
    "cost_change",
    "cost_series",
    "decompose_change",
    "erlang_c",
    "explain_issue",
    "fix_effects",
    "fix_returns",
    "fix_saving",
    "fix_savings",
    "forecast_costs",
    "issue_costs",
    "load_audit",
    "load_audits",
    "plan_labels",
    "pool_audits",
    "rank_issues",
    "read_fixes",
    "save_audit",
    "shift_channel",
    "staffing_by_hour",
    "whole_periods",
    "without_open_tabs",
]
