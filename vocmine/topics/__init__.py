"""Topics: discovered once, assigned exactly, kept with ids that last, watched day by day; and hot words.

Nothing heavy is imported until a name is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vocmine.topics.hotwords import hot_words
    from vocmine.topics.model import TopicModel
    from vocmine.topics.registry import TopicRegistry

__all__ = ["TopicModel", "TopicRegistry", "hot_words"]

_HOME = {"TopicModel": "model", "TopicRegistry": "registry", "hot_words": "hotwords"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
