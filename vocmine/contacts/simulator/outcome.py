"""What becomes of a contact: resolved or not, who comes back, what a bot hands over, how the customer feels."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.contacts.simulator.centre import Centre
from vocmine.contacts.simulator.draw import local_times

_RESOLVED = {"failure": 0.74, "value": 0.94, "social": 0.55, "planted": 0.25, "bot": 0.5, "again": 0.80}
_RETURN_CHANNELS = (["call", "chat", "email"], [0.62, 0.24, 0.14])


def add_outcomes(
    centre: Centre, first: pd.DataFrame, calendar: pd.DatetimeIndex, rng: np.random.Generator
) -> pd.DataFrame:
    """Add hand-overs, two rounds of returns, and how each customer feels; rows in order of time."""
    first = _with_outcome(centre, first.assign(parent=-1, link="", again=0), rng)
    handed = _with_outcome(centre, _hand_over(centre, first, rng), rng)
    draft = newest = _numbered(pd.concat([first, handed], ignore_index=True), 0)
    for _ in range(2):
        newest = _numbered(_with_outcome(centre, _returns(centre, newest, calendar, rng), rng), len(draft))
        draft = pd.concat([draft, newest], ignore_index=True)
    draft = _in_order(draft)
    return draft.assign(feeling=_draw_feeling(centre, draft, rng))


def is_failure(centre: Centre, draft: pd.DataFrame) -> np.ndarray:
    """Tell for each row whether the contact exists only because something went wrong."""
    failure = {reason: row["failure"] for reason, row in centre.numbers["reasons"].items()}
    return draft["reason"].map(failure).to_numpy(dtype=bool)


def _with_outcome(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    chance = np.where(is_failure(centre, draft), _RESOLVED["failure"], _RESOLVED["value"])
    chance = np.where(draft["channel"] == "social", _RESOLVED["social"], chance)
    chance = np.where(draft["again"] > 0, _RESOLVED["again"], chance)
    chance = np.where(draft["planted"], _RESOLVED["planted"], chance)
    chance = np.where(draft["channel"] == "bot", _RESOLVED["bot"], chance)
    return draft.assign(resolved=rng.random(len(draft)) < chance)


def _hand_over(centre: Centre, first: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Follow a bot that could not help by an agent some minutes later, in a channel that is open then."""
    stuck = (first["channel"] == "bot") & ~first["resolved"] & (rng.random(len(first)) < centre.numbers["handover"])
    rows = first[stuck]
    later = rows["local"].to_numpy() + rng.integers(120, 1500, size=len(rows)).astype("timedelta64[s]")
    hour = pd.DatetimeIndex(later).hour.to_numpy()
    channel = np.where((rng.random(len(rows)) < 0.5) & (hour >= 9) & (hour < 20), "call", "chat")
    follow = rows.assign(local=later, channel=channel, parent=np.flatnonzero(stuck), link="handover")
    same_day = pd.DatetimeIndex(later).normalize() == pd.DatetimeIndex(rows["local"]).normalize()
    open_now: pd.DataFrame = follow[(hour >= 9) & same_day]
    return open_now


def _returns(
    centre: Centre, newest: pd.DataFrame, calendar: pd.DatetimeIndex, rng: np.random.Generator
) -> pd.DataFrame:
    """Bring failure contacts back within the window, for the same reason, mostly where they were not resolved."""
    plan = centre.numbers["repeat"]
    chance = np.where(newest["resolved"], plan["resolved"], plan["unresolved"]) * is_failure(centre, newest)
    known = (newest["customer"] != "") & ~newest["channel"].isin(["bot", "survey"])
    rows = newest[known & (rng.random(len(newest)) < chance)]
    day = rows["day"] + rng.integers(1, plan["window_days"], size=len(rows))
    channel = rng.choice(np.array(_RETURN_CHANNELS[0], dtype=object), size=len(rows), p=_RETURN_CHANNELS[1])
    back = rows.assign(day=day, channel=channel, parent=rows["row"], link="repeat", again=rows["again"] + 1, second="")
    back = back[(back["day"] < len(calendar)).to_numpy()]
    times = local_times(centre, calendar, back, rng)
    dated: pd.DataFrame = back.assign(local=times)
    return dated


def _numbered(draft: pd.DataFrame, start: int) -> pd.DataFrame:
    """Give row numbers on from `start`, so that a later round can name its parent."""
    return draft.assign(row=start + np.arange(len(draft)))


def _in_order(draft: pd.DataFrame) -> pd.DataFrame:
    """Sort by time and let `parent` point to the new places."""
    order = np.lexsort((draft["row"].to_numpy(), draft["local"].to_numpy()))
    place = np.empty(len(draft), dtype=np.int64)
    place[order] = np.arange(len(draft))
    parent = draft["parent"].to_numpy()
    moved = np.where(parent >= 0, place[parent], -1)
    return draft.assign(parent=moved).iloc[order].reset_index(drop=True)


def _draw_feeling(centre: Centre, draft: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    default, rows = centre.numbers["feeling"], centre.numbers["reasons"]
    bounds = {
        reason: np.cumsum(row.get("feeling", default["failure" if row["failure"] else "value"]))
        for reason, row in rows.items()
    }
    bound = np.array([bounds[reason] for reason in draft["reason"]]).reshape(len(draft), 3)
    u = rng.random(len(draft))
    u = np.where(draft["again"] > 0, u * 0.9, u)  # who has to come back is a little angrier
    step = (u[:, None] >= bound[:, :2]).sum(axis=1)
    feeling: np.ndarray = np.array(["negative", "neutral", "positive"], dtype=object)
    return np.asarray(feeling[step])
