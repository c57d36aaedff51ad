"""Classify: contact reasons, sentiment and aspects, and signals.

Nothing is imported until a name is used, so that each part costs only those who use it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names

if TYPE_CHECKING:
    from vocmine.audits._drift import drift
    from vocmine.audits._evaluate import Evaluation, evaluate
    from vocmine.audits.sample import sample_audit
    from vocmine.classify._aspects import aspects
    from vocmine.classify.reasons.active_learning import find_label_errors, suggest_labels
    from vocmine.classify.reasons.classifier import ReasonClassifier
    from vocmine.classify.sentiment.classifier import SentimentClassifier
    from vocmine.classify.signals import detect_signals
    from vocmine.classify.taxonomy.migration import diff, gaps, migrate
    from vocmine.classify.taxonomy.patterns import explain
    from vocmine.classify.taxonomy.taxonomy import Reason, Taxonomy
    from vocmine.classify.trade_fit import TradeFit, suggest_trade
    from vocmine.classify.uncovered import uncovered_groups

__all__ = [
    "Evaluation",
    "Reason",
    "ReasonClassifier",
    "SentimentClassifier",
    "Taxonomy",
    "TradeFit",
    "aspects",
    "detect_signals",
    "diff",
    "drift",
    "evaluate",
    "explain",
    "find_label_errors",
    "gaps",
    "migrate",
    "sample_audit",
    "suggest_labels",
    "suggest_trade",
    "uncovered_groups",
]

_HOMES = {
    "Evaluation": "vocmine.audits._evaluate",
    "Reason": "vocmine.classify.taxonomy.taxonomy",
    "ReasonClassifier": "vocmine.classify.reasons.classifier",
    "SentimentClassifier": "vocmine.classify.sentiment.classifier",
    "Taxonomy": "vocmine.classify.taxonomy.taxonomy",
    "TradeFit": "vocmine.classify.trade_fit",
    "aspects": "vocmine.classify._aspects",
    "detect_signals": "vocmine.classify.signals",
    "diff": "vocmine.classify.taxonomy.migration",
    "drift": "vocmine.audits._drift",
    "evaluate": "vocmine.audits._evaluate",
    "explain": "vocmine.classify.taxonomy.patterns",
    "find_label_errors": "vocmine.classify.reasons.active_learning",
    "gaps": "vocmine.classify.taxonomy.migration",
    "migrate": "vocmine.classify.taxonomy.migration",
    "sample_audit": "vocmine.audits.sample",
    "suggest_labels": "vocmine.classify.reasons.active_learning",
    "suggest_trade": "vocmine.classify.trade_fit",
    "uncovered_groups": "vocmine.classify.uncovered",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
