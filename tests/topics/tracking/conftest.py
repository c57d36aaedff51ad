"""A memory of made-up contacts: seven ordinary matters, and one that begins on a day."""

from __future__ import annotations

import numpy as np
import pytest

from vocmine import linalg
from vocmine.topics.monitoring.window import Memory, hashed

FIRST, ONSET, LAST = 20_000, 20_020, 20_031
MATTERS = ("返金 遅い", "荷物 届く_ない", "請求 高い", "解約 手続き", "住所 変更", "ポイント 反映", "料金 プラン")
NEW = ("画面 真っ白", "screen white")


def made(a_day: int = 40, new_a_day: int = 4, seed: int = 0, english: float = 0.25) -> tuple[Memory, np.ndarray]:
    """Make 32 days of contacts, and ``new_a_day`` more of a new matter from `ONSET` on; tell which are new."""
    rng = np.random.default_rng(seed)
    base = linalg.unit_rows(rng.normal(size=(len(MATTERS) + 1, 48)).astype(np.float32))
    rows = [(day, int(rng.integers(len(MATTERS)))) for day in range(FIRST, LAST + 1) for _ in range(a_day)]
    rows += [(day, len(MATTERS)) for day in range(ONSET, LAST + 1) for _ in range(new_a_day)]
    rows.sort()
    day, matter = (np.array(column) for column in zip(*rows, strict=True))
    noise = linalg.unit_rows(rng.normal(size=(len(rows), 48)).astype(np.float32))
    vectors = linalg.unit_rows(base[matter] + 0.8 * noise).astype(np.float16)
    is_new = matter == len(MATTERS)
    lang = np.where(is_new & (rng.random(len(rows)) < english), "en", "ja")
    pairs = list(zip(matter.tolist(), lang.tolist(), strict=True))
    said = [MATTERS[m] if m < len(MATTERS) else NEW[int(own == "en")] for m, own in pairs]
    joined = [(t.replace("_ない", "ない"), "が" if own == "ja" else " is ") for t, (_, own) in zip(said, pairs, strict=True)]
    terms, text = np.array(said), np.array([t.replace(" ", by) for t, by in joined])
    ids = np.array([f"c{i:04d}" for i in range(len(rows))])
    channel = np.where(np.arange(len(rows)) % 3 == 0, "chat", "call")
    memory = Memory(vectors, day, np.full(len(rows), -1), hashed(ids.tolist()), ids, text, terms, lang, channel)
    return memory, is_new


@pytest.fixture
def contacts() -> tuple[Memory, np.ndarray]:
    """Contacts with a new matter."""
    return made()


def volume_of(memory: Memory) -> dict[int, dict[str, int]]:
    """Count the contacts of a memory by day and channel."""
    out: dict[int, dict[str, int]] = {}
    for day, channel in zip(memory.day.tolist(), memory.channel.tolist(), strict=True):
        own = out.setdefault(day, {})
        own[channel] = own.get(channel, 0) + 1
    return out


def told(memory: Memory, rows: np.ndarray, topic: int = 0, status: str = "new") -> dict[str, object]:
    """Make the alert of some contacts."""
    return {"topic_id": topic, "status": status, "contact_ids": memory.contact_id[rows].tolist()}
