"""Voice-of-customer text mining: contact reasons, sentiment, emerging topics and what each issue costs.

Nothing heavy is imported before it is used: ``import vocmine`` takes well under a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names

__version__ = "0.1.0"

_HOME = {
    "Checked": "vocmine.contacts",
    "check_contacts": "vocmine.contacts",
    "read_contacts": "vocmine.contacts",
    "simulate": "vocmine.contacts",
    "analyze": "vocmine.text",
    "find_pii": "vocmine.text",
    "mask_pii": "vocmine.text",
    "Taxonomy": "vocmine.classify",
    "ReasonClassifier": "vocmine.classify",
    "SentimentClassifier": "vocmine.classify",
    "detect_signals": "vocmine.classify",
    "sample_audit": "vocmine.classify",
    "Tagger": "vocmine.tagger",
    "TopicModel": "vocmine.topics",
    "TopicRegistry": "vocmine.topics",
    "Incident": "vocmine.topics",
    "hot_words": "vocmine.topics",
    "incident_timeline": "vocmine.topics",
    "incidents": "vocmine.topics",
    "CostModel": "vocmine.cost",
    "issue_costs": "vocmine.cost",
    "build_report": "vocmine.report",
    "run": "vocmine.batch",
    "Study": "vocmine.study",
    "VocmineError": "vocmine.errors",
}

__all__ = [
    "Checked",
    "CostModel",
    "Incident",
    "ReasonClassifier",
    "SentimentClassifier",
    "Study",
    "Tagger",
    "Taxonomy",
    "TopicModel",
    "TopicRegistry",
    "VocmineError",
    "analyze",
    "build_report",
    "check_contacts",
    "detect_signals",
    "find_pii",
    "hot_words",
    "incident_timeline",
    "incidents",
    "issue_costs",
    "mask_pii",
    "read_contacts",
    "run",
    "sample_audit",
    "simulate",
]

if TYPE_CHECKING:
    from vocmine.batch.job import run
    from vocmine.classify import ReasonClassifier, SentimentClassifier, Taxonomy, detect_signals, sample_audit
    from vocmine.contacts import Checked, check_contacts, read_contacts
    from vocmine.contacts.simulator.simulation import simulate
    from vocmine.cost import CostModel, issue_costs
    from vocmine.errors import VocmineError
    from vocmine.report import build_report
    from vocmine.study import Study
    from vocmine.tagger import Tagger
    from vocmine.text import analyze, find_pii, mask_pii
    from vocmine.topics import Incident, TopicModel, TopicRegistry, hot_words, incident_timeline, incidents

__getattr__, __dir__ = lazy_names(__name__, _HOME)
