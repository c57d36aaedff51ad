"""What issues cost: rates, handle times, shares, intervals that hold, savings."""

from __future__ import annotations

from vocmine.cost.avoidable import avoidable_cost
from vocmine.cost.issues import CostOptions, issue_costs
from vocmine.cost.model import CostModel, built_up_rate

__all__ = ["CostModel", "CostOptions", "avoidable_cost", "built_up_rate", "issue_costs"]
