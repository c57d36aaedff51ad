"""Topics: discovered once, assigned exactly, kept with ids that last, watched day by day; and hot words.

Nothing heavy is imported until a name is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names

if TYPE_CHECKING:
    from vocmine.topics.discovery.model import TopicModel
    from vocmine.topics.hotwords import hot_words
    from vocmine.topics.monitoring.registry import TopicRegistry

__all__ = [
    "TopicModel",
    "TopicRegistry",
    "hot_words",
]

_HOMES = {
    "TopicModel": "vocmine.topics.discovery.model",
    "TopicRegistry": "vocmine.topics.monitoring.registry",
    "hot_words": "vocmine.topics.hotwords",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
