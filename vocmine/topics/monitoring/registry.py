"""Topics that last: a day at a time, ids that never change their meaning, alarms that are early and seldom false."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd

from vocmine import store
from vocmine.embed import CharacterEncoder, Encoder, default_encoder, stored_encoder
from vocmine.errors import SettingsError
from vocmine.frames import ALERT_COLUMNS
from vocmine.text import as_analysed
from vocmine.topics.discovery.nearest_examples import NearestExamples
from vocmine.topics.discovery.vectors import without_masks
from vocmine.topics.monitoring import recluster
from vocmine.topics.monitoring.alert_evidence import Alarm, evidence, evidence_frame
from vocmine.topics.monitoring.counts import Ledger
from vocmine.topics.monitoring.entries import Entry, make_entries, renewed, topics_frame
from vocmine.topics.monitoring.intake import read_days
from vocmine.topics.monitoring.saved import SavedRegistry, check_registry
from vocmine.topics.monitoring.scan_statistic import Dense, ScanRule, scan
from vocmine.topics.monitoring.window import Memory, one_voice_each, short, without_dates
from vocmine.topics.tracking.book import IncidentBook

_CHARACTER_WEIGHT = 0.5  # length of the n-gram part beside sentence vectors of length 1
_SCAN_DAYS = (3, 7)  # recent days in which talk may be denser
_YOUNG_DAYS = 28  # an emerged topic is young so long
_OVER_DAYS = 28  # what ended is told once: after that the expectation has forgotten it
# topics are made anew twice while texts gather, then with care
_RECLUSTER_DAYS, _FREE_RECLUSTERINGS, _LATER_DAYS = 14, 3, 28
_OTHERS = 300  # texts that a new topic is told apart from
_ROWS_A_DAY, _ROWS_A_RECENT_DAY = 300, 1500  # contacts kept in memory: bounds it whatever the volume
_VERSION = 4  # of what is saved; 1 had no topics that close, 2 no channels, 3 no incidents


class TopicRegistry:
    """Topics of a stream of contacts, kept for good, and what is unusual about each day.

    In the first ``settle_days`` contacts are gathered; then the first topics are made of them. From then on each day is
    read in two ways: counts of known topics against their share of the volume, and a scan for neighbourhoods of texts
    that became dense in the last days and were not before (`vocmine.topics.monitoring.scan_statistic`). What the scan
    finds becomes a topic of its own, with the topic it grew out of as parent.

    Parameters
    ----------
    seed : int
        Stored and saved, and changes nothing: nothing of a registry is drawn, so the same contacts give the same topics
        and alerts whatever the seed. It is taken so that a run's seed can be handed to all that take one.
    encoder : Encoder, optional
        Sentence vectors; the bundled encoder if None, which sees texts of any language, for a stream may turn mixed.
    settle_days : int
        Days before the first alert.
    memory_days : int
        Days that the scan looks back on.
    alpha : float
        Chance of a false alarm of the scan on a day, after adjustment for all it tests: 0.02 is at most 0.6 in 30 days.
        Counts of known topics are tested at a quarter of it for rises, and at a quarter for falls.
    min_ratio : float
        Growth below this ratio is no alarm, however sure.
    timezone : str
        Where the days begin.

    Examples
    --------
    >>> from vocmine.embed import CharacterEncoder
    >>> day = pd.DataFrame({"contact_id": ["a", "b"], "text": ["返金してほしい", "画面が暗い"]})
    >>> day["created_at"] = pd.Timestamp("2026-03-01", tz="UTC")
    >>> registry = TopicRegistry(encoder=CharacterEncoder(32))
    >>> len(registry.update(day)), len(registry.topics)
    (0, 0)
    """

    def __init__(
        self, *, seed: int = 0, encoder: Encoder | None = None, settle_days: int = 14, memory_days: int = 42,
        alpha: float = 0.02, min_ratio: float = 2.0, timezone: str = "UTC",
    ) -> None:
        self.seed, self.encoder, self.settle_days, self.memory_days = seed, encoder, settle_days, memory_days
        self.alpha, self.min_ratio, self.timezone = alpha, min_ratio, timezone
        self._encoder = encoder or default_encoder()
        self._characters = CharacterEncoder()
        self._memory: Memory | None = None
        self._ledger = Ledger()
        self._entries: list[Entry] = []
        self._known = NearestExamples.empty()
        self._reclustered: list[int] = []
        self._seen: dict[int, np.ndarray] = {}
        self._alerts: list[dict[str, Any]] = []
        self._book = IncidentBook(volume=self._ledger.volume)

    def update(self, contacts: pd.DataFrame) -> pd.DataFrame:
        """Take in the contacts of a day and say what is unusual.

        A contact that was taken in before counts for nothing, so the same day twice changes nothing and gives the same
        alerts. Days may come late or out of order: a late day is counted and remembered, but alerts look at the latest
        day; one that is later than twice ``memory_days`` is ignored.

        Parameters
        ----------
        contacts : contacts frame or analysed frame
            ``contact_id, created_at`` and ``text`` (or what analysis made of it); with ``customer_id`` one person who
            says the same counts once a day. Several days in one frame are taken in one after another.

        Returns
        -------
        DataFrame
            Alerts of the days in ``contacts``; columns `vocmine.frames.ALERTS`.

        Raises
        ------
        ContactError
            If a column is missing or a contact has no id or date.
        """
        frame = read_days(contacts, self.timezone)
        days = sorted({int(d) for d in frame["day"]})
        for day in days:
            self._take_in(day, frame[frame["day"] == day])
        return self.alerts(days)

    def alerts(self, days: list[int] | None = None) -> pd.DataFrame:
        """Give all alerts so far, or those of some days (days since 1970-01-01)."""
        rows = [a for a in self._alerts if days is None or a["day"] in days]
        frame = pd.DataFrame(rows, columns=list(ALERT_COLUMNS))
        frame["day"] = pd.to_datetime(frame["day"].astype("int64"), unit="D", utc=True)
        frame["contact_ids"] = [tuple(ids) for ids in frame["contact_ids"]]
        return frame

    def evidence(self) -> pd.DataFrame:
        """Give what the alerts rest on, a row each, in their order.

        ``topic_id, name, day, status, days`` (length of the window), ``n, expected, ratio``, its 95 % interval
        ``ratio_low, ratio_high``, ``words`` (that changed: against the topic's own contacts before, or against all
        others where it is new) and ``quotes`` (masked, the most typical first). Of an issue that ended, what was said
        until then.
        """
        return evidence_frame(self._alerts)

    @property
    def topics(self) -> pd.DataFrame:
        """All topics there ever were, a row each.

        ``topic_id, name, n, first_day, last_day, origin, parents, into, is_open, terms, quotes``. ``parents`` are the
        topics it came out of, ``into`` those that took its place (``is_open`` is False then: it takes no more
        contacts, and its contacts still in memory count for them).
        """
        return topics_frame(self._entries, self._ledger)

    @property
    def book(self) -> IncidentBook:
        """The incidents so far; `vocmine.topics.incidents` completes them from the contacts."""
        return self._book

    def timeline(self) -> pd.DataFrame:
        """Give every topic's days: ``topic_id, day, n, expected, low, high, missing``; the range holds 95 % of days."""
        first = {e.topic_id: e.first_day for e in self._entries}
        counted = self._ledger.last_days()
        last = {e.topic_id: counted.get(e.topic_id, e.first_day - 1) for e in self._entries if not e.is_open}
        return self._ledger.timeline(list(first), first, last)

    def assign(self, texts: Any) -> np.ndarray:
        """Give texts their topics, int64 of shape (n,), -1 for none; the same alone and in any batch."""
        clean = [str(t) for t in as_analysed(texts)["text_clean"]]
        return self._known.assign(self._vectors(clean), clean)

    def rename(self, topic_id: int, name: str) -> None:
        """Give a topic a name of your own; name and topic stay as they are from then on.

        Raises
        ------
        SettingsError
            If there is no such topic, or another one has that name.
        """
        entry = next((e for e in self._entries if e.topic_id == topic_id), None)
        if entry is None:
            raise SettingsError("no such topic", where="TopicRegistry.rename", got=str(topic_id))
        if any(e.name == name and e is not entry for e in self._entries):
            raise SettingsError("another topic has that name", where="TopicRegistry.rename", got=repr(name))
        entry.name, entry.is_pinned = name, True

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write the state as plain files, in one step; see `vocmine.store`."""
        params = {
            **{n: getattr(self, n) for n in _PARAMETERS}, "encoder": self._encoder.spec,
            "entries": [e.to_dict() for e in self._entries], "alerts": self._alerts,
            "channels": self._ledger.channels(), "recuts": self._reclustered,
            "since": {str(t): d for t, d in self._ledger.since.items()}, "incidents": self._book.to_dict(),
        }
        arrays: dict[str, np.ndarray] = {
            "examples": self._known.examples.astype(np.float16), "example_topic": self._known.topic,
            "radius": self._known.radius, "counts": self._ledger.rows(), "incident_weights": self._book.weights(),
            "seen_day": np.array([d for d, keys in sorted(self._seen.items()) for _ in keys], dtype=np.int64),
            "seen": np.concatenate([np.empty(0, np.uint64), *[keys for _, keys in sorted(self._seen.items())]]),
        }
        if self._memory is not None:
            arrays |= {f"memory_{k}": v for k, v in self._memory.__dict__.items()}
        store.save(folder, "TopicRegistry", params, arrays, version=_VERSION)

    @classmethod
    def load(cls, folder: str | os.PathLike[str], encoder: Encoder | None = None) -> TopicRegistry:
        """Read a registry that `save` wrote; it goes on exactly as if it had never stopped. Nothing of it is run.

        ``encoder`` is needed where the registry was made with an encoder of the caller's own.

        Raises
        ------
        StoreError
            If the folder does not hold a whole TopicRegistry, or one that was changed, or of another version.
        """
        stored = store.load(folder, "TopicRegistry", _VERSION)
        p, arrays = stored.params, stored.arrays
        width = check_registry(arrays, store.checked(SavedRegistry, p, str(folder)), str(folder))
        engine = stored_encoder(p["encoder"], encoder, width and width - CharacterEncoder().dimensions)
        registry = cls(encoder=engine, **{n: p[n] for n in _PARAMETERS})
        registry._entries = [Entry(**e) for e in p["entries"]]
        registry._alerts = p["alerts"]
        since = {int(t): d for t, d in p["since"].items()}
        registry._ledger = Ledger.of(arrays["counts"].tolist(), p["channels"], since)
        registry._reclustered = p["recuts"]
        registry._book = IncidentBook.from_dict(p["incidents"], arrays["incident_weights"], registry._ledger.volume)
        examples = arrays["examples"].astype(np.float32)
        registry._known = NearestExamples(examples, arrays["example_topic"], arrays["radius"])
        days = arrays["seen_day"]
        registry._seen = {int(d): arrays["seen"][days == d] for d in np.unique(days)}
        memory = {k.removeprefix("memory_"): v for k, v in arrays.items() if k.startswith("memory_")}
        registry._memory = Memory(**memory) if memory else None
        return registry

    def _take_in(self, day: int, frame: pd.DataFrame) -> None:
        seen = self._seen.get(day, np.empty(0, np.uint64))
        frame = frame[~np.isin(frame["key"].to_numpy(), seen)]
        if frame.empty or day < self._latest() - 2 * self.memory_days:
            return
        latest = day >= self._latest()
        self._seen[day] = np.sort(np.concatenate([seen, frame["key"].to_numpy()]))
        frame = frame[one_voice_each(frame)]
        clean = frame["text_clean"].tolist()
        vectors = self._vectors(clean)
        channel = frame["channel"].to_numpy(dtype=str)
        claimed = self._book.claim(vectors, day)
        self._book.count(claimed, day, frame["contact_id"].tolist(), channel.tolist())
        topic = self._book.topics(claimed, self._known.assign(vectors, clean), self._lasting())
        self._ledger.add(day, topic, channel)
        self._remember(frame, vectors, topic)
        if latest:
            self._look(day)
            if self._memory is not None:
                self._book.look(self._memory, day, [a for a in self._alerts if a["day"] == day])
                self._memory = self._book.gathered(self._memory, self._ledger, self._lasting())
                self._book.tell_topics(self._entries, day)
                self._alerts = [self._book.cleaned(a, self._entries) if a["day"] == day else a for a in self._alerts]

    def _lasting(self) -> list[int]:
        return [e.topic_id for e in self._entries if e.is_open and e.origin == "emerged"]

    def _remember(self, frame: pd.DataFrame, vectors: np.ndarray, topic: np.ndarray) -> None:
        new = Memory(
            vectors.astype(np.float16), frame["day"].to_numpy(), topic, frame["key"].to_numpy(),
            frame["contact_id"].to_numpy(dtype=str), short(frame["text_clean"].tolist()),
            short(frame["terms"].tolist()), frame["lang"].to_numpy(dtype=str),
            frame["channel"].to_numpy(dtype=str),
        )
        memory = (self._memory or Memory.empty(vectors.shape[1])).add(new)
        last = self._latest()
        self._memory = memory.forget(last - self.memory_days, last - max(_SCAN_DAYS), _ROWS_A_DAY, _ROWS_A_RECENT_DAY)
        self._seen = {d: keys for d, keys in self._seen.items() if d >= last - 2 * self.memory_days}

    def _look(self, day: int) -> None:
        """Judge the latest day: test the known topics, scan for new ones, and make topics anew when it is time."""
        if self._ledger.history(day + 1) < self.settle_days:
            return
        if self._entries and not self._ledger.missing(day):
            self._alerts = [a for a in self._alerts if a["day"] != day or a["status"] == "new"]
            self._test_known(day)
            self._scan_new(day)
        wait = _RECLUSTER_DAYS if len(self._reclustered) < _FREE_RECLUSTERINGS else _LATER_DAYS
        if not self._reclustered or day - self._reclustered[-1] >= wait:
            self._recluster(day)

    def _recluster(self, day: int) -> None:
        """Make the topics from the texts in memory, or make them finer; those that are kept stay out of it."""
        memory = self._memory
        kept = frozenset(e.topic_id for e in self._entries if e.is_kept)
        rows = np.empty(0, np.int64) if memory is None else recluster.texts_to_read(memory, kept)
        if memory is None or len(rows) < recluster.LEAST_TEXTS:
            return
        labels = recluster.clusters(memory, rows, self._encoder, memory.vectors.shape[1] - self._characters.dimensions)
        careful = len(self._reclustered) >= _FREE_RECLUSTERINGS
        change = recluster.compare(labels, memory.topic[rows], len(self._entries), careful)
        if not change.born and not self._reclustered:
            return
        self._reclustered = [*self._reclustered, day]
        taken = np.isin(change.target, sorted(change.born if careful else set(change.target.tolist()) - {-1}))
        if not taken.any():
            return
        self._known = self._known.learn(memory.vectors[rows[taken]], change.target[taken], change.touched)
        since = self._count_again(memory, rows[taken], kept)
        self._entries = renewed(self._entries, memory.take(rows), change, max(since, int(memory.day.min())))
        for topic in change.touched | set(change.born):
            self._ledger.since[topic] = since

    def _count_again(self, memory: Memory, learned: np.ndarray, kept: frozenset[int]) -> int:
        """Give the memory its topics anew, count the days it has whole, and tell the first of them.

        A text that is an example gets the topic it would have were it none; else days before would have more contacts
        of a topic than days to come.
        """
        topic = self._known.assign(memory.vectors.astype(np.float32), memory.text.tolist())
        _, which, times = np.unique(memory.text, return_inverse=True, return_counts=True)
        once = times[which[learned]] == 1
        topic[learned[once]] = self._known.assign_examples()[-len(learned) :][once]
        stays = np.isin(memory.topic, sorted(kept))
        topic[stays] = memory.topic[stays]
        self._memory = memory.with_topic(np.arange(len(memory)), topic)
        since = self._ledger.whole_since(memory.day)
        self._ledger.recount(memory.day, memory.channel, topic, since, self._latest())
        return since

    def _test_known(self, day: int) -> None:
        grown = [e for e in self._entries if e.is_open]
        old = [e.topic_id for e in grown if e.origin != "emerged" or e.first_day <= day - _YOUNG_DAYS]
        quiet = {a["topic_id"] for a in self._alerts if day - 7 < a["day"] < day}
        quiet |= {e.topic_id for e in grown if quiet.intersection(e.parents)}
        over = {a["topic_id"] for a in self._alerts if a["status"] == "ended" and day - _OVER_DAYS < a["day"] < day}
        settled = min(self._ledger.volume, default=day) + self.settle_days
        for found in self._ledger.test(day, old, self.alpha / 4, self.min_ratio, settled):
            if found.key not in (over if found.status == "ended" else quiet):
                status = "growing" if found.status == "new" else found.status
                alarm = Alarm(
                    found.key, day, found.n, found.expected, found.p_adjusted, status, found.days, found.error
                )
                self._alert(alarm, self._rows(day, found.days, found.key))

    def _scan_new(self, day: int) -> None:
        memory = self._memory
        if memory is None:
            return
        vectors = memory.vectors.astype(np.float32)
        past = memory.day <= day - max(_SCAN_DAYS)
        young = {e.topic_id for e in self._entries if e.origin == "emerged" and e.first_day > day - 2 * _YOUNG_DAYS}
        free = ~np.isin(memory.topic, sorted(young))
        found: list[Dense] = []
        for window in _SCAN_DAYS:
            recent = (memory.day > day - window) & (memory.day <= day)
            rule = ScanRule(alpha=self.alpha)
            found += scan(vectors, recent & free, past & free, len(_SCAN_DAYS), rule, memory.channel)
        found.sort(key=lambda d: (d.p_adjusted, int(d.rows[0])))
        used = np.zeros(len(memory), dtype=bool)
        for dense in found:
            if used[dense.rows].mean() < 0.3:
                self._emerge(day, dense)
            used[dense.rows] = True

    def _emerge(self, day: int, dense: Dense) -> None:
        memory = self._memory
        if memory is None:
            return
        rows, old = dense.rows, memory.topic[dense.rows]
        topic_id = len(self._entries)
        known, count = np.unique(old[old >= 0], return_counts=True)
        parents = tuple(int(t) for t, n in zip(known, count, strict=True) if n >= len(rows) / 2)
        others = np.setdiff1d(np.arange(len(memory)), rows)
        others = others[:: max(1, len(others) // _OTHERS)]
        named = memory.take(np.concatenate([rows, others]))
        label = np.repeat(np.array([0, 1]), [len(rows), len(others)])
        first_day = int(memory.day[rows].min())
        self._entries = self._entries + make_entries(named, label, self._entries, first_day, "emerged", parents)
        self._ledger.move(memory.day[rows], memory.channel[rows], old, topic_id)
        self._memory = memory.with_topic(rows, topic_id)
        self._known = self._known.learn(memory.vectors[rows], np.full(len(rows), topic_id, dtype=np.int64))
        error = float(np.sqrt(1 / len(rows) + 1 / (dense.n_past + 0.5)))
        days = day - first_day + 1
        self._alert(Alarm(topic_id, day, len(rows), dense.expected, dense.p_adjusted, "new", days, error), rows)

    def _alert(self, alarm: Alarm, rows: np.ndarray) -> None:
        memory = self._memory
        if memory is not None:
            row = alarm.to_dict(self._entries[alarm.topic_id].name, memory.contact_id[rows].tolist())
            self._alerts.append({**row, **evidence(memory, alarm, rows)})

    def _rows(self, day: int, window: int, topic_id: int) -> np.ndarray:
        if self._memory is None:
            return np.empty(0, dtype=np.int64)
        m = self._memory
        return np.flatnonzero((m.day > day - window) & (m.day <= day) & (m.topic == topic_id))

    def _vectors(self, clean: list[str]) -> np.ndarray:
        plain = [without_dates(without_masks(t)) for t in clean]
        joined = np.hstack([self._encoder.encode(plain), _CHARACTER_WEIGHT * self._characters.encode(plain)])
        # half precision everywhere: what is saved is what is used
        half: np.ndarray = (joined / np.sqrt(1 + _CHARACTER_WEIGHT**2)).astype(np.float16)
        return np.asarray(half.astype(np.float32))

    def _latest(self) -> int:
        return max(self._ledger.volume, default=-(10**6))


_PARAMETERS = ("seed", "settle_days", "memory_days", "alpha", "min_ratio", "timezone")
