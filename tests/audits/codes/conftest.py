"""A small centre whose codes, teams and texts are known."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.frames import TAG_COLUMNS


def tags_of(rows):
    """(contact, kind, label, score) into a frame of tags; a candidate is of the model, all else of a rule with words."""
    made = [(name, kind, label, score, "model" if kind == "candidate" else "rule", "names" if kind == "candidate" else f"「{label}」") for name, kind, label, score in rows]
    return pd.DataFrame(made, columns=list(TAG_COLUMNS))


@pytest.fixture
def make_tags():
    return tags_of


@pytest.fixture
def centre():
    """Sixty contacts: code 01 is refund, 02 login, 03 either; every tenth text says otherwise, some say nothing."""
    rows, contacts = [], []
    for i in range(60):
        code = ["01", "02", "03", "その他", "間違い電話", None][i % 6]
        text = "refund" if (i % 6 in (0, 2)) != (i % 10 == 0) else "login"
        label = "unknown" if i % 20 == 1 else text
        contacts.append((f"c{i:02d}", code, f"T{i % 2}", f"h{i % 3}"))
        rows.append((f"c{i:02d}", "reason", label, 0.96 if label != "unknown" else 0.5))
        rows += [(f"c{i:02d}", "sentiment", "neutral", 0.8), (f"c{i:02d}", "candidate", label, 0.9)]
    frame = pd.DataFrame(contacts, columns=["contact_id", "agent_code", "team", "agent_id"])
    return frame, tags_of(rows), {"01": "refund", "02": "login", "03": ["login", "refund"], "間違い電話": "ignore"}
