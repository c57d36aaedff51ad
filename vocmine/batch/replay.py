"""A history shown to topic registries again, a day at a time, with one registry a sensitivity."""

from __future__ import annotations

import copy
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from inspect import signature
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from vocmine.batch.shuffled_days import History
from vocmine.embed import Encoder, default_encoder

if TYPE_CHECKING:
    from vocmine.topics import TopicRegistry


@dataclass(frozen=True, order=True)
class Sensitivity:
    """How readily a registry raises an alarm; see `vocmine.topics.TopicRegistry`.

    Parameters
    ----------
    alpha, min_ratio : float
    settle_days : int
    """

    alpha: float
    min_ratio: float
    settle_days: int

    @classmethod
    def in_use(cls) -> Sensitivity:
        """Give the one that runs have.

        Examples
        --------
        >>> Sensitivity.in_use()
        Sensitivity(alpha=0.02, min_ratio=2.0, settle_days=14)
        """
        from vocmine.topics import TopicRegistry

        known = signature(TopicRegistry).parameters
        return cls(*(known[name].default for name in cls.__dataclass_fields__))


class DayVectors:
    """An encoder that keeps the vectors of the last list of texts: all registries are shown the same day.

    Parameters
    ----------
    encoder : Encoder
    """

    def __init__(self, encoder: Encoder) -> None:
        self.spec, self._encoder = encoder.spec, encoder
        self._texts: list[str] = []
        self._vectors: np.ndarray | None = None

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of texts, float32 of shape (n, d)."""
        if self._vectors is None or texts != self._texts:
            self._texts, self._vectors = list(texts), self._encoder.encode(texts)
        return self._vectors


@dataclass
class Replay:
    """One registry and what it told.

    Parameters
    ----------
    setting : Sensitivity
    registry : TopicRegistry
    first_day : str, optional
        First day that it judged; None where it never had topics to judge by.
    last_day : str, optional
    opened : dict of str to (str, int)
        Day and contacts of each incident when it was first told, by its id, in the order of the days; those that
        turned out to be another one are among them.
    """

    setting: Sensitivity
    registry: TopicRegistry
    first_day: str | None = None
    last_day: str | None = None
    opened: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Days from the first to the last one that was judged, with those that had no contacts."""
        if self.first_day is None or self.last_day is None:
            return 0
        return (pd.Timestamp(self.last_day) - pd.Timestamp(self.first_day)).days + 1

    @property
    def n_alarms(self) -> int:
        """Alerts of all kinds, of topics that are new, grow or ended."""
        return len(self.registry.alerts())

    def show(self, day: str, contacts: pd.DataFrame) -> None:
        """Take in a day and note which incidents are new."""
        self.registry.update(contacts)
        self.first_day, self.last_day = self.first_day or day, day
        for record in self.registry.book.records:
            self.opened.setdefault(record.incident_id, (day, len(record.members)))


def replay(
    history: History, settings: Sequence[Sensitivity], timezone: str, seed: int = 0
) -> Generator[int, None, list[Replay]]:
    """Show a history to one registry a setting, each day to all of them, and give them when it is over.

    A setting is only looked at once there are topics, so those that settle equally long share one registry until then.

    Parameters
    ----------
    history : History
    settings : sequence of Sensitivity
    timezone : str
        Where the days begin.
    seed : int
        Of the registries.

    Yields
    ------
    int
        Days shown.

    Returns
    -------
    list of Replay
        In the order of the settings.
    """
    from vocmine.topics import TopicRegistry

    encoder = DayVectors(default_encoder())
    settling = {
        days: TopicRegistry(seed=seed, encoder=encoder, settle_days=days, timezone=timezone)
        for days in sorted({setting.settle_days for setting in settings})
    }
    judging: dict[Sensitivity, Replay] = {}
    for n, day in enumerate(history.days, start=1):
        contacts = history.read(day)
        for running in judging.values():
            running.show(day, contacts)
        for settle, registry in list(settling.items()):
            registry.update(contacts)
            if len(registry.topics):
                mine = [setting for setting in settings if setting.settle_days == settle]
                judging |= {setting: Replay(setting, forked(registry, setting, encoder)) for setting in mine}
                del settling[settle]
        yield n
    never = {setting: Replay(setting, settling[setting.settle_days]) for setting in settings if setting not in judging}
    return [(judging | never)[setting] for setting in settings]


def forked(registry: TopicRegistry, setting: Sensitivity, encoder: Encoder) -> TopicRegistry:
    """Give a copy of a registry that goes on with another sensitivity; the encoder stays one for all."""
    other = copy.deepcopy(registry, {id(encoder): encoder})
    other.alpha, other.min_ratio = setting.alpha, setting.min_ratio
    return other
