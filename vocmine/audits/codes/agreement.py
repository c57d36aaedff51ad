"""How far agents' codes and the texts agree, by code, team and agent; and what the contacts coded "other" are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vocmine.audits.codes.combine import text_reasons
from vocmine.audits.codes.kappa import cohen_kappa
from vocmine.audits.codes.mapping import MAPPED, READ_ANEW, CodeMapping
from vocmine.errors import SettingsError
from vocmine.frames import TAG_COLUMNS, UNKNOWN, require_columns
from vocmine.stats import share_interval

ALL = "all"
GROUPS = ("code", "team", "agent_id")
AGREEMENT_COLUMNS = (
    "by", "group", "reasons", "n_contacts", "n_unread", "n", "n_agree", "agreement", "low", "high", "kappa",
    "kappa_low", "kappa_high",
)
OTHER_COLUMNS = ("reason", "n", "share", "low", "high")


def code_agreement(
    contacts: pd.DataFrame, tags: pd.DataFrame, mapping: Any, *, by: Sequence[str] = ("code",), level: float = 0.95
) -> pd.DataFrame:
    """Say how often agents' codes and the texts name the same reason, beyond what chance gives.

    Compared are the contacts whose code is mapped and in whose text the tagger found a reason; they agree where any
    reason of the text is one that the code stands for. Neither is the truth: where they differ, either may be wrong.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id`` and ``agent_code``; ``team`` and ``agent_id`` where they are asked for.
    tags : DataFrame
        Tags before or after `apply_codes`.
    mapping : CodeMapping, dict or path
        What codes mean.
    by : sequence of str
        Any of ``code, team, agent_id``.
    level : float
        Level of the intervals (agreement: Wilson's; kappa: that of large samples).

    Returns
    -------
    DataFrame
        ``by, group, reasons`` (of a code), ``n_contacts`` (with a mapped code), ``n_unread`` (of these, those in whose
        text no reason was found), ``n`` (compared), ``n_agree``, ``agreement, low, high`` and ``kappa, kappa_low,
        kappa_high``: of a code, of its reasons against all others; of a team or agent, of all reasons. First a row for
        all contacts (``by`` and ``group`` are ``all``), then the groups with most contacts first. NaN where it can't be
        told.

    Raises
    ------
    ContactError, SettingsError
        If a column is missing, or `by` names another.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "agent_code": ["01", "01", "02", "02"]})
    >>> tags = pd.DataFrame({"contact_id": list("abcd"), "kind": "reason", "label": ["bill", "bill", "bill", "login"],
    ...                      "score": 0.9, "source": "model", "evidence": ""})
    >>> table = code_agreement(contacts, tags, {"01": "bill", "02": "login"})
    >>> table[["group", "n", "n_agree", "agreement"]].values.tolist()
    [['all', 4, 3, 0.75], ['01', 2, 2, 1.0], ['02', 2, 1, 0.5]]
    """
    mapping = CodeMapping.of(mapping)
    wrong = [name for name in by if name not in GROUPS]
    if wrong:
        raise SettingsError("unknown group", where="by", got=", ".join(wrong), expected=", ".join(GROUPS))
    require_columns(contacts, ("contact_id", "agent_code", *(name for name in by if name != "code")), "contacts")
    require_columns(tags, TAG_COLUMNS, "tags")
    pairs = compared(contacts, tags, mapping)
    rows = [_row((ALL, ALL, ()), pairs, level)]
    for name in by:
        key = pairs["code"] if name == "code" else contacts[name].reindex(pairs.index)
        groups = [(str(group), part) for group, part in pairs.groupby(key.astype(object), sort=True)]
        for group, part in sorted(groups, key=lambda pair: (-len(pair[1]), pair[0])):
            if name == "code":
                rows.append(_code_row(group, part, pairs, level))
            else:
                rows.append(_row((name, group, ()), part, level))
    return pd.DataFrame(rows, columns=list(AGREEMENT_COLUMNS))


def compared(contacts: pd.DataFrame, tags: pd.DataFrame, mapping: CodeMapping) -> pd.DataFrame:
    """Give the contacts with a mapped code, and what both say: ``said`` by the code, ``text`` (None for no reason).

    Where they agree both are the same id; where they don't, ``said`` is the first reason of the code and ``text`` the
    likeliest of the text.
    """
    coded = mapping.read(contacts)
    coded = coded[coded["state"] == MAPPED]
    read = text_reasons(tags)
    read = read[read["label"] != UNKNOWN].sort_values(["score", "label"], ascending=[False, True], kind="stable")
    found: dict[str, list[str]] = {}
    for name, label in zip(read["contact_id"], read["label"], strict=True):
        found.setdefault(name, []).append(label)
    said, text = [], []
    for name, reasons in zip(coded["contact_id"], coded["reasons"], strict=True):
        labels = found.get(name, [])
        same = next((label for label in labels if label in reasons), None)
        said.append(same or reasons[0])
        text.append(same or (labels[0] if labels else None))
    return coded.assign(said=said, text=pd.Series(text, index=coded.index, dtype=object))


def other_contents(
    contacts: pd.DataFrame, tags: pd.DataFrame, mapping: Any, *, topics: pd.Series[Any] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Say what the contacts whose code says "other" are about.

    Parameters
    ----------
    contacts, tags, mapping, level
        As for `code_agreement`.
    topics : Series, optional
        Name of the discovered topic by contact_id: then the topics are counted instead of the reasons.

    Returns
    -------
    DataFrame
        ``reason`` (``unknown`` where the text names none; a topic's name with `topics`), ``n``, ``share`` of these
        contacts with ``low`` and ``high``; the most frequent first, ``unknown`` last. A contact counts by its main one.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "agent_code": ["その他", "その他", "01"]})
    >>> tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "label": ["login", "unknown", "bill"],
    ...                      "score": 0.9, "source": "model", "evidence": ""})
    >>> other_contents(contacts, tags, {"01": "bill"})[["reason", "n"]].values.tolist()
    [['login', 1], ['unknown', 1]]
    """
    coded = CodeMapping.of(mapping).read(contacts)
    mine = coded.loc[coded["state"] == READ_ANEW, "contact_id"]
    if topics is None:
        read = text_reasons(tags).sort_values(["score", "label"], ascending=[False, True], kind="stable")
        main = read.drop_duplicates("contact_id").set_index("contact_id")["label"]
    else:
        main = topics
    counts = mine.map(main).fillna(UNKNOWN).value_counts()
    order = sorted(counts.items(), key=lambda pair: (pair[0] == UNKNOWN, -int(pair[1]), str(pair[0])))
    rows = [(str(name), int(n), *share_interval(int(n), len(mine), level).numbers) for name, n in order]
    return pd.DataFrame(rows, columns=list(OTHER_COLUMNS))


def _row(key: tuple[str, str, tuple[str, ...]], pairs: pd.DataFrame, level: float) -> tuple[Any, ...]:
    read = pairs[pairs["text"].notna()]
    return _figures(key, pairs, (read["said"], read["text"]), level)


def _code_row(code: str, part: pd.DataFrame, pairs: pd.DataFrame, level: float) -> tuple[Any, ...]:
    """Hold a code's reasons against all others: over all contacts, as what it leaves to other codes counts too."""
    reasons = part["reasons"].iloc[0]
    read = pairs[pairs["text"].notna()]
    inside = [read[name].isin(reasons).map({True: "in", False: "out"}) for name in ("said", "text")]
    return _figures(("code", code, reasons), part, (inside[0], inside[1]), level)


def _figures(
    key: tuple[str, str, tuple[str, ...]], pairs: pd.DataFrame, labels: tuple[pd.Series[Any], pd.Series[Any]],
    level: float,
) -> tuple[Any, ...]:
    read = pairs[pairs["text"].notna()]
    agree = int((read["said"] == read["text"]).sum())
    share = share_interval(agree, len(read), level)
    kappa = cohen_kappa(*labels, level)
    by, group, reasons = key
    counts = (len(pairs), len(pairs) - len(read), len(read), agree)
    return (by, group, " ".join(reasons), *counts, *share.numbers, *kappa.numbers)
