"""What is kept of an incident from day to day: its rule, its members, who told of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vocmine.topics.tracking.onset import Onset
from vocmine.topics.tracking.rule import MemberRule


@dataclass
class Record:
    """An incident as a book keeps it; days count from 1970-01-01.

    Parameters
    ----------
    incident_id : str
    told_day : int
    onset : Onset
        Its ``rows`` are only good on the day it was learned.
    members : dict of str to (int, str)
        Day and channel of each contact; one of a person who said the same several times on a day.
    topics : list of int
        Topics of the registry whose alerts told of it.
    seeds : list of str
        Contacts of these alerts.
    learned : list of int
        Days on which the rule was learned.
    merged : list of str
        Incidents that turned out to be this one.
    names : dict of str to str
        By language, ``ja`` and ``en``.
    words, quotes : list of str
    earlier : dict of str to int
        Contacts of each of the days before the first one that its rule takes for members: what is usual.
    """

    incident_id: str
    told_day: int
    rule: MemberRule
    first_day: int
    shares: dict[str, float]
    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    topics: list[int] = field(default_factory=list)
    seeds: list[str] = field(default_factory=list)
    learned: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    earlier: dict[str, int] = field(default_factory=dict)

    @property
    def last_day(self) -> int:
        """Day of the last member."""
        return max((day for day, _ in self.members.values()), default=self.first_day)

    @property
    def title(self) -> str:
        """Name in a language that its contacts are in, Japanese first; empty where it has none."""
        ja, en = self.names.get("ja", ""), self.names.get("en", "")
        return en if ja.startswith("「") else ja

    def relearn(self, onset: Onset, day: int) -> None:
        """Take a rule that was learned anew."""
        self.rule, self.first_day, self.shares = onset.rule, onset.first_day, onset.shares
        self.learned.append(day)

    def expected(self, volume: dict[int, dict[str, int]], first: int, last: int) -> float:
        """Add up the contacts that usual days would have had from a day to another, both included."""
        rest = self.shares[""]
        return math.fsum(
            n * self.shares.get(channel, rest)
            for day in range(first, last + 1) for channel, n in volume.get(day, {}).items()
        )

    def counts(self, last: int) -> np.ndarray:
        """Count members by day from the first day to ``last``, shape (days,)."""
        days = np.array([day for day, _ in self.members.values()], dtype=np.int64) - self.first_day
        return np.bincount(days[(days >= 0) & (days <= last - self.first_day)], minlength=last - self.first_day + 1)

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, without the weights of the rule."""
        out = {k: v for k, v in self.__dict__.items() if k != "rule"}
        out["members"] = [[name, *where] for name, where in self.members.items()]
        return {**out, "bound": self.rule.bound}

    @classmethod
    def from_dict(cls, values: dict[str, Any], weights: np.ndarray) -> Record:
        """Read what `to_dict` gave."""
        rest = {k: v for k, v in values.items() if k not in ("bound", "members")}
        members = {str(name): (int(day), str(channel)) for name, day, channel in values["members"]}
        return cls(**rest, rule=MemberRule(weights, float(values["bound"])), members=members)
