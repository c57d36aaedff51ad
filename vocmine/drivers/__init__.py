"""What moves satisfaction, recommendation (NPS) and coming back, and what those who did not answer would have said."""

from __future__ import annotations

from vocmine.drivers.contributions import drivers
from vocmine.drivers.gaps import gap, mean_gap
from vocmine.drivers.goals import check_targets, target_table
from vocmine.drivers.nonresponse import answering
from vocmine.drivers.prediction import predict_csat, predicted_satisfaction
from vocmine.drivers.recommendation import net_promoters

__all__ = [
    "answering", "check_targets", "drivers", "gap", "mean_gap", "net_promoters", "predict_csat",
    "predicted_satisfaction", "target_table",
]
