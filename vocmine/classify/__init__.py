"""Classify: contact reasons, sentiment and aspects, signals, and how far to trust them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "ReasonClassifier": "reasons",
    "Taxonomy": "taxonomy",
    "Reason": "taxonomy",
    "sample_audit": "audit",
    "evaluate": "evaluate",
    "Evaluation": "evaluate",
    "suggest_labels": "labels",
    "find_label_errors": "labels",
    "drift": "drift",
    "diff": "taxonomy_history",
    "migrate": "taxonomy_history",
    "gaps": "taxonomy_history",
    "uncovered_groups": "uncovered",
    "explain": "taxonomy_rules",
    "SentimentClassifier": "sentiment",
    "detect_signals": "signals",
    "aspects": "aspects",
}

__all__ = sorted(_HOME)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that each part costs only those who use it."""
    if name not in _HOME:
        raise AttributeError(f"module 'vocmine.classify' has no attribute {name!r}")
    value = getattr(import_module(f"vocmine.classify.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
