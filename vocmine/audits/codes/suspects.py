"""Contacts whose code is likely wrong: precision first, as somebody is asked to look at each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from vocmine.audits.codes.agreement import compared
from vocmine.audits.codes.combine import rules_out
from vocmine.audits.codes.mapping import MAPPED, CodeMapping
from vocmine.frames import TAG_COLUMNS, UNKNOWN, require_columns

CHECK_COLUMNS = ("contact_id", "code", "mapped", "tagged", "score", "evidence")

# Chosen by scripts/tune_codes.py on made-up centres with every tenth code wrong: of those named .85 to .94 are wrong.
_SURE = 0.93  # score of the text's reason
_SINGLE, _SHARE = 1, 0.03  # contacts of a code that are read as one reason: more are no slips, but what the code means
_TRACE = 0.02  # chance of the code's reasons in any sentence: above it the text is about both


def likely_wrong_codes(
    contacts: pd.DataFrame,
    tags: pd.DataFrame,
    mapping: Any,
    *,
    look_again: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Find the contacts whose code is likely wrong.

    Their text is surely about a reason that the code does not stand for (see `rules_out`); the code's other contacts
    are not read so, which would be a matter of the mapping or the tagger; and no sentence is about the code's reasons.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id`` and ``agent_code``, and what `look_again` needs.
    tags : DataFrame
        Tags before or after `apply_codes`.
    mapping : CodeMapping, dict or path
        What codes mean.
    look_again : callable, optional
        Given the contacts in question, it gives tags of their sentences: ``contact_id, kind, label, score``. Without it
        contacts with two matters, of which the code says one, are named too.

    Returns
    -------
    DataFrame
        ``contact_id, code, mapped`` (reasons of the code), ``tagged, score, evidence`` (of the text), the surest first.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a"], "agent_code": ["01"]})
    >>> tags = pd.DataFrame({"contact_id": ["a"], "kind": "reason", "label": "login", "score": 0.97, "source": "rule",
    ...                      "evidence": "ログインできない"})
    >>> likely_wrong_codes(contacts, tags, {"01": "refund"}).values.tolist()
    [['a', '01', 'refund', 'login', 0.97, 'ログインできない']]
    """
    require_columns(contacts, ("contact_id", "agent_code"), "contacts")
    require_columns(tags, TAG_COLUMNS, "tags")
    mapping = CodeMapping.of(mapping)
    coded = mapping.read(contacts)
    coded = coded[coded["state"] == MAPPED]
    wrong = rules_out(tags, coded, _SURE).join(coded.set_index("contact_id")[["code", "reasons"]])
    wrong = wrong.rename_axis("contact_id").reset_index()
    wrong = wrong[_is_rare(wrong, compared(contacts, tags, mapping))]
    if look_again is not None and len(wrong):
        asked = contacts[contacts["contact_id"].astype(str).isin(set(wrong["contact_id"]))]
        wrong = wrong[~wrong["contact_id"].isin(_traced(look_again(asked), wrong))]
    table = wrong.assign(mapped=[" ".join(reasons) for reasons in wrong["reasons"]], tagged=wrong["label"])
    order = table.sort_values(["score", "contact_id"], ascending=[False, True], kind="stable", ignore_index=True)
    return order[list(CHECK_COLUMNS)]


def _is_rare(wrong: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series[bool]:
    """Tell where few contacts of the same code are read as the same reason."""
    read = pairs[pairs["text"].notna()]
    n_read = wrong["code"].map(read.groupby("code").size()).to_numpy(dtype=float)
    cells = read.groupby(["code", "text"]).size()
    alike = pd.MultiIndex.from_frame(wrong[["code", "label"]])
    n_alike = cells.reindex(alike).fillna(0).to_numpy(dtype=float)
    return pd.Series((n_alike <= _SINGLE) | (n_alike <= _SHARE * n_read), index=wrong.index)


def _traced(sentences: pd.DataFrame, wrong: pd.DataFrame) -> set[str]:
    """Give the contacts of which a sentence may be about a reason of the code."""
    allowed = dict(zip(wrong["contact_id"], wrong["reasons"], strict=True))
    rows = sentences[sentences["kind"].isin(["reason", "candidate"]) & (sentences["label"] != UNKNOWN)]
    rows = rows[rows["score"] >= _TRACE]
    pairs = zip(rows["contact_id"].astype(str), rows["label"].astype(str), strict=True)
    return {name for name, label in pairs if label in allowed.get(name, ())}
