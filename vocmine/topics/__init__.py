"""Topics: discovered once, assigned exactly, kept with ids that last, watched day by day; hot words, and figures.

Nothing heavy is imported until a name is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names

if TYPE_CHECKING:
    from vocmine.topics.discovery.model import TopicModel
    from vocmine.topics.figures import cooccurrence, network_figure, small_multiples, timeline_figure, word_cloud_svg
    from vocmine.topics.hotwords import hot_word_history, hot_words
    from vocmine.topics.monitoring.registry import TopicRegistry
    from vocmine.topics.tracking.account import incident_timeline
    from vocmine.topics.tracking.find import incidents
    from vocmine.topics.tracking.incident import Incident
    from vocmine.topics.word_timeline import hot_word_timeline

__all__ = [
    "Incident",
    "TopicModel",
    "TopicRegistry",
    "cooccurrence",
    "hot_word_history",
    "hot_word_timeline",
    "hot_words",
    "incident_timeline",
    "incidents",
    "network_figure",
    "small_multiples",
    "timeline_figure",
    "word_cloud_svg",
]

_HOMES = {
    "Incident": "vocmine.topics.tracking.incident",
    "TopicModel": "vocmine.topics.discovery.model",
    "TopicRegistry": "vocmine.topics.monitoring.registry",
    "cooccurrence": "vocmine.topics.figures",
    "hot_word_history": "vocmine.topics.hotwords",
    "hot_word_timeline": "vocmine.topics.word_timeline",
    "hot_words": "vocmine.topics.hotwords",
    "incident_timeline": "vocmine.topics.tracking.account",
    "incidents": "vocmine.topics.tracking.find",
    "network_figure": "vocmine.topics.figures",
    "small_multiples": "vocmine.topics.figures",
    "timeline_figure": "vocmine.topics.figures",
    "word_cloud_svg": "vocmine.topics.figures",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
