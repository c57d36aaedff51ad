"""Where journeys break, and where teams give different answers to the same question."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from vocmine.journeys.compare import against_others, judged
from vocmine.journeys.inputs import contact_flags, is_closed, number, ordered

STEPS = ("channel", "team", "product", "product_version", "reason")
_LEAST = 10  # contacts of a group that is compared
_WORDS = 300  # most frequent words that are tested
_DENIALS = ("_ない", "_not")  # at the end of a term that is denied
_YES_AND_NO = (
    ("可能", "不可"), ("必要", "不要"), ("有料", "無料"), ("対象", "対象外"), ("有効", "無効"),
    ("possible", "impossible"), ("eligible", "ineligible"), ("available", "unavailable"), ("free", "charge"),
)


def break_points(
    contacts: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    steps: Sequence[str] = STEPS,
    window_days: float = 7,
    level: float = 0.95,
) -> pd.DataFrame:
    """Find where journeys break: after which channel, team, product or reason customers have to come again.

    A contact breaks if it was transferred, closed as unsolved, or followed by another of the same customer about the
    same reason within the window. Each value of a step is compared with the others on the same reason (for
    ``"reason"`` itself: on the same channel), so that whoever gets the hard cases is not blamed for them.

    Parameters
    ----------
    contacts, tags
        As for `repeat_rate`; ``transfers`` and ``resolved`` count where known.
    steps : sequence of str
        Columns to look at, where they exist; ``"reason"`` is the best tag.
    window_days, level : float
        Days in which a contact counts as coming back; level of the intervals.

    Returns
    -------
    DataFrame
        ``step, value, n, hits, share, expected, excess, difference, low, high, p, p_adjusted, stands_out``: `excess` is
        how many contacts broke beyond `expected`. Left out: contacts without a customer, those of the last window,
        and values with fewer than 10.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or the window or level is wrong.

    Examples
    --------
    Half of what team B closes comes back, one in ten of team A:

    >>> first = [(f"{team}{i}", team, 1) for team in "AB" for i in range(100)]
    >>> back = [(f"A{i}", "C", 3) for i in range(10)] + [(f"B{i}", "C", 3) for i in range(50)]
    >>> contacts = pd.DataFrame([*first, *back, ("z", "A", 30)], columns=["customer_id", "team", "day"])
    >>> contacts = contacts.assign(contact_id=contacts.index.astype(str), channel="call",
    ...     created_at=pd.Timestamp("2026-11-01", tz="UTC") + pd.to_timedelta(contacts["day"], unit="D"))
    >>> found = break_points(contacts, steps=("team",))
    >>> found.loc[found["stands_out"], ["value", "n", "hits"]].values.tolist()[0]
    ['B', 100.0, 50.0]
    """
    frame = contact_flags(contacts, tags, window_days)
    frame = frame.assign(hit=frame["after"] | ~is_closed(frame) | number(frame, "transfers").gt(0))
    frame = frame[frame["is_linked"] & frame["sees_after"]]
    parts = []
    for step in (name for name in steps if name in frame):
        strata = ["reason"] if step != "reason" else ["channel"] if "channel" in frame else []
        known = frame[frame.groupby(step, observed=True)["hit"].transform("size") >= _LEAST].astype({step: str})
        if strata and len(known[step].unique()) > 1:
            compared = against_others(known, step, strata, level)
            if len(compared):  # pandas 2 warns of joining an empty table
                parts.append(compared.rename(columns={step: "value"}).assign(step=step))
    if not parts:
        return _empty(["step", "value"], level)
    table = judged(pd.concat(parts, ignore_index=True), level)
    return table[["step", *table.columns.drop("step")]]


def answer_divergence(
    contacts: pd.DataFrame, tags: pd.DataFrame, window_days: float = 7, level: float = 0.95, words: bool = True
) -> pd.DataFrame:
    """Find where teams do different things about the same reason: refund, transfer, leave unsolved, say other words.

    Each team is compared with the others on the same reason and channel. Words are content words of the notes
    (``terms`` of analysed contacts): a word of one team alone may be other advice, or only its way of writing notes.
    Read some of both before you call it a contradiction. What agents say in talks (``agent_terms``) is compared apart.

    Parameters
    ----------
    contacts : DataFrame
        Contacts with ``team``; ``resolved``, ``transfers``, ``cost_extra`` (a refund or parts were given), ``terms``,
        ``agent_terms`` and ``customer_id`` count where they exist.
    tags : DataFrame
        Tags; a contact counts for its best reason.
    window_days, level : float
        Days in which a contact counts as coming back; level of the intervals.
    words : bool
        Whether to compare words of notes too; what agents say in talks is compared anyway.

    Returns
    -------
    DataFrame
        ``reason, team, kind`` (``unsolved, transferred, paid, came_back, word``, and ``said`` for words of agents in
        talks, ``denied`` for those that stand for no where other teams say yes, or the other way round), ``word``, and
        the columns of `break_points` from ``n`` on; what stands out comes first. Groups of fewer than 10 contacts are
        left out.

    Raises
    ------
    ContactError
        If there is no team.

    Examples
    --------
    Team B pays half of its customers back, the others none:

    >>> contacts = pd.DataFrame({"contact_id": [str(i) for i in range(90)], "created_at": pd.Timestamp(0, tz="UTC"),
    ...     "channel": "call", "team": ["A", "B", "C"] * 30, "cost_extra": [0.0, 500.0, 0.0, 0.0, 0.0, 0.0] * 15})
    >>> tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": "refund", "score": 1.0})
    >>> found = answer_divergence(contacts, tags)
    >>> found[["reason", "team", "kind", "share", "expected", "stands_out"]].values.tolist()[0]
    ['refund', 'B', 'paid', 0.5, 0.0, True]

    Team C tells everybody that the line can't be moved, the others move it:

    >>> talks = contacts.drop(columns="cost_extra").assign(agent_terms=["移す", "移す", "移す_ない"] * 30)
    >>> found = answer_divergence(talks, tags)
    >>> found.loc[found["excess"] > 0, ["team", "kind", "word"]].values.tolist()
    [['C', 'denied', '移す_ない'], ['A', 'denied', '移す'], ['B', 'denied', '移す']]
    """
    ordered(contacts, "team", "channel")
    frame = contact_flags(contacts, tags, window_days)
    frame = frame[frame["team"].notna()].astype({"team": str, "reason": str})
    outcomes = {
        "unsolved": (~is_closed(frame)).where(frame["resolved"].notna()) if "resolved" in frame else None,
        "transferred": number(frame, "transfers").gt(0).where(number(frame, "transfers").notna()),
        "paid": number(frame, "cost_extra").gt(0).where(number(frame, "cost_extra").notna()),
        "came_back": frame["after"].where(frame["is_linked"] & frame["sees_after"]),
    }
    parts = [_by_reason(frame.assign(hit=hit), kind, "", level) for kind, hit in outcomes.items() if hit is not None]
    if words and "terms" in frame:
        parts += list(_words(frame, level))
    if "agent_terms" in frame:
        talks = frame[frame["agent_terms"].fillna("").astype(str) != ""]
        parts += list(_words(talks.assign(terms=talks["agent_terms"]), level, "said"))
    parts = [part for part in parts if len(part)]
    if not parts:
        return _empty(["reason", "team", "kind", "word"], level)
    table = _denied(judged(pd.concat(parts, ignore_index=True), level))
    return table[["reason", "team", "kind", "word", *[name for name in table if name not in _KEYS]]]


_KEYS = ("reason", "team", "kind", "word")


def _by_reason(frame: pd.DataFrame, kind: str, word: str, level: float) -> pd.DataFrame:
    """Compare the teams of each reason on one outcome."""
    known = frame[frame["hit"].notna()].astype({"hit": bool})
    size = known.groupby(["reason", "team"])["hit"].transform("size")
    parts = [
        against_others(part, "team", ["channel"], level).assign(reason=reason, kind=kind, word=word)
        for reason, part in known[size >= _LEAST].groupby("reason")
        if len(part["team"].unique()) > 1 and part["hit"].any()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _denied(table: pd.DataFrame) -> pd.DataFrame:
    """Call what agents say ``denied`` where it stands out and its opposite is a no, or stands out elsewhere."""
    said = table[(table["kind"] == "said") & table["stands_out"].astype(bool) & (table["excess"] > 0)]
    elsewhere = {(reason, word) for reason, word in zip(said["reason"], said["word"], strict=True)}
    opposed = [
        _is_denial(word) or any((reason, other) in elsewhere for other in _opposites(word))
        for reason, word in zip(said["reason"], said["word"], strict=True)
    ]
    return table.assign(kind=table["kind"].mask(table.index.isin(said.index[opposed]), "denied"))


def _is_denial(word: str) -> bool:
    return word.endswith(_DENIALS) or any(word == no for _, no in _YES_AND_NO)


def _opposites(word: str) -> set[str]:
    """Give the words that say the contrary of a word, as terms have it."""
    bare = next((word.removesuffix(mark) for mark in _DENIALS if word.endswith(mark)), "")
    pairs = {no for yes, no in _YES_AND_NO if word == yes} | {yes for yes, no in _YES_AND_NO if word == no}
    return pairs | ({bare} if bare else {word + mark for mark in _DENIALS})


def _words(frame: pd.DataFrame, level: float, kind: str = "word") -> list[pd.DataFrame]:
    """Compare the teams of each reason on its most frequent words."""
    long = frame[["row", "reason", "team"]].assign(word=frame["terms"].fillna("").astype(str).str.split())
    long = long.explode("word").dropna(subset=["word"]).drop_duplicates(["row", "word"])
    count = long.groupby(["reason", "word"]).size().rename("n").reset_index()
    count = count[count["n"] >= _LEAST].sort_values(["n", "reason", "word"], ascending=[False, True, True]).head(_WORDS)
    by_reason = dict(list(frame.groupby("reason")))
    parts = []
    for key, found in long.merge(count, on=["reason", "word"]).groupby(["reason", "word"])["row"]:
        reason, word = (str(name) for name in key)
        part = by_reason[reason]
        parts.append(_by_reason(part.assign(hit=part["row"].isin(found)), kind, word, level))
    return parts


def _empty(keys: list[str], level: float) -> pd.DataFrame:
    frame = pd.DataFrame({"hit": [True], "g": ["a"], "s": ["b"]})
    table = judged(against_others(frame, "g", ["s"], level), level)
    return pd.DataFrame(columns=[*keys, *table.columns.drop("g")])
