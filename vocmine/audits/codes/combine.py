"""An agent's code as the reason of its contact, beside what the tagger reads in the text: one rule, told below."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from vocmine.audits.codes.mapping import MAPPED, CodeMapping
from vocmine.errors import SettingsError
from vocmine.frames import TAG_COLUMNS, TAG_KINDS, UNKNOWN, require_columns, rows_of_kind

ReasonsFrom = Literal["tagger", "codes", "both"]
SOURCE = "code"

SURE = 0.95
"""Score from which the tagger goes before a code: it is right in .64 to .78 of these, see scripts/tune_codes.py."""

# How often a code is right where the text says the same, says nothing, and says something else: same script.
_CONFIRMED, _UNCONFIRMED, _CONTRADICTED = 1.0, 0.9, 0.6

_CHANCE = 0.02  # that the text is about the code's reasons, below which the tagger rules them out; same script


def apply_codes(
    contacts: pd.DataFrame, tags: pd.DataFrame, mapping: CodeMapping, reasons_from: ReasonsFrom = "codes"
) -> pd.DataFrame:
    """Let the codes of agents say what contacts are about.

    With ``codes`` a code that is mapped decides. Where it may stand for several reasons the text chooses among them:
    those that the tagger found, else the likeliest of its candidates, else all alike. Contacts without a code, with one
    that is open or not in the mapping, that says nothing of a reason or is to be read anew, keep the reasons of the
    tagger. With ``both`` they keep them too where the tagger is sure of another reason, see `rules_out`. With
    ``tagger`` all do.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id`` and ``agent_code``.
    tags : DataFrame
        What the tagger gave.
    mapping : CodeMapping
        What codes mean.
    reasons_from : {"codes", "both", "tagger"}
        Who decides.

    Returns
    -------
    DataFrame
        The tags. Where a code decides, its reasons have the source ``code`` and the code as evidence, with the words
        of the text where it says the same; ``score`` is less where it doesn't. What the tagger read in the text is of
        kind ``reading``.

    Raises
    ------
    SettingsError
        If `reasons_from` is none of these.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": ["a", "b"], "agent_code": ["01", "99"]})
    >>> tags = pd.DataFrame({"contact_id": ["a", "b"], "kind": "reason", "label": "login", "score": 0.7,
    ...                      "source": "model", "evidence": ""})
    >>> mapping = CodeMapping.of({"01": "refund", "99": "read_anew"})
    >>> apply_codes(contacts, tags, mapping)[["contact_id", "kind", "label", "source"]].values.tolist()
    [['a', 'reason', 'refund', 'code'], ['a', 'reading', 'login', 'model'], ['b', 'reason', 'login', 'model']]
    """
    if reasons_from not in get_args(ReasonsFrom):
        expected = ", ".join(get_args(ReasonsFrom))
        raise SettingsError("unknown source of reasons", where="reasons_from", got=str(reasons_from), expected=expected)
    require_columns(tags, TAG_COLUMNS, "tags")
    if reasons_from == "tagger":
        return tags
    coded = mapping.read(contacts)
    coded = coded[coded["state"] == MAPPED]
    if reasons_from == "both" and len(coded):
        coded = coded[~coded["contact_id"].isin(rules_out(tags, coded).index)]
    if coded.empty:
        return tags
    ids = tags["contact_id"].astype(str)
    mine = (tags["kind"] == "reason") & ids.isin(set(coded["contact_id"]))
    chosen = _chosen(coded, tags[ids.isin(set(coded["contact_id"]))])
    read = tags.assign(kind=tags["kind"].astype(object).where(~mine, "reading"))
    return _in_order(pd.concat([chosen, read], ignore_index=True), contacts["contact_id"].astype(str))


def rules_out(tags: pd.DataFrame, coded: pd.DataFrame, sure: float = SURE) -> pd.DataFrame:
    """Find the contacts whose text is surely about another reason than their code.

    The likeliest reason of the text has a score of `sure` or more and words as its evidence, no reason of the code is
    among those that the tagger found, and the chance of all of them together is next to nothing.

    Parameters
    ----------
    tags : DataFrame
        Tags before or after `apply_codes`.
    coded : DataFrame
        ``contact_id`` and ``reasons``, as `CodeMapping.read` gives them.
    sure : float
        Score from which the tagger is sure.

    Returns
    -------
    DataFrame
        By contact_id: ``label, score, evidence`` of the text, ``chance`` of the code's reasons.
    """
    allowed = coded.set_index("contact_id")["reasons"]
    read = text_reasons(tags)
    read = read[read["contact_id"].isin(allowed.index)]
    fits = _any_fits(read, allowed)
    best = read.sort_values(["score", "label"], ascending=[False, True], kind="stable").drop_duplicates("contact_id")
    best = best[(best["label"] != UNKNOWN) & (best["score"] >= sure) & ~best["contact_id"].isin(fits)]
    best = best[best["evidence"].astype(str).str.strip() != ""].set_index("contact_id")
    likely = rows_of_kind(tags, "candidate")
    likely = likely[likely["contact_id"].astype(str).isin(best.index)]
    pairs = zip(likely["contact_id"].astype(str), likely["label"].astype(str), strict=True)
    inside = np.array([label in allowed[name] for name, label in pairs], dtype=bool)
    chance = likely["score"].astype(float)[inside].groupby(likely["contact_id"].astype(str)[inside]).sum()
    best = best.assign(chance=chance.reindex(best.index).fillna(0.0))
    return best.loc[best["chance"] < _CHANCE, ["label", "score", "evidence", "chance"]]


def text_reasons(tags: pd.DataFrame) -> pd.DataFrame:
    """Give what the tagger read in the texts, whether or not a code decided: ``contact_id, label, score, evidence``."""
    by_tagger = (tags["kind"] == "reading") | ((tags["kind"] == "reason") & (tags["source"] != SOURCE))
    found = tags.loc[by_tagger, ["contact_id", "label", "score", "evidence"]]
    return found.assign(contact_id=found["contact_id"].astype(str), label=found["label"].astype(str))


def _any_fits(read: pd.DataFrame, allowed: pd.Series[Any]) -> set[str]:
    """Give the contacts of which a reason that was read is one that their code stands for."""
    pairs = zip(read["contact_id"], read["label"], strict=True)
    return {name for name, label in pairs if label in allowed[name]}


def _chosen(coded: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """Give the tags of the contacts whose code decides."""
    read: dict[str, dict[str, tuple[float, str]]] = {}
    mine = text_reasons(tags)
    for name, label, score, words in zip(*(mine[key] for key in mine.columns), strict=True):
        if label != UNKNOWN:
            read.setdefault(name, {})[label] = (float(score), str(words).strip())
    likely = _likely(coded, tags)
    rows = []
    for name, code, reasons in zip(coded["contact_id"], coded["code"], coded["reasons"], strict=True):
        said = read.get(name, {})
        found = {label: said[label] for label in said if label in reasons}
        if found:
            for label, (score, words) in sorted(found.items()):
                sure = _CONFIRMED if len(reasons) == 1 else score
                rows.append((name, "reason", label, sure, SOURCE, f"{code} | {words}" if words else code))
            continue
        doubt = _CONTRADICTED if said else _UNCONFIRMED
        chosen = (likely[name],) if name in likely else reasons
        rows += [(name, "reason", label, round(doubt / len(chosen), 4), SOURCE, code) for label in sorted(chosen)]
    return pd.DataFrame(rows, columns=list(TAG_COLUMNS))


def _likely(coded: pd.DataFrame, tags: pd.DataFrame) -> dict[str, str]:
    """Give the likeliest candidate among the reasons of each code that may stand for several."""
    pairs = zip(coded["contact_id"], coded["reasons"], strict=True)
    several = {name: reasons for name, reasons in pairs if len(reasons) > 1}
    rows = rows_of_kind(tags, "candidate")
    rows = rows[rows["contact_id"].astype(str).isin(several) & (rows["score"] > 0)]
    order = rows.sort_values(["score", "label"], ascending=[False, True], kind="stable")
    out: dict[str, str] = {}
    for name, label in zip(order["contact_id"].astype(str), order["label"].astype(str), strict=True):
        if name not in out and label in several[name]:
            out[name] = label
    return out


def _in_order(tags: pd.DataFrame, ids: pd.Series[Any]) -> pd.DataFrame:
    """Put tags in the order of their contacts, then of the kinds; within these the surest first."""
    place = pd.Series(range(len(ids)), index=ids.to_numpy())
    rank = {kind: i for i, kind in enumerate(TAG_KINDS)}
    order = pd.DataFrame({
        "row": tags["contact_id"].astype(str).map(place), "rank": tags["kind"].map(rank),
        "score": -tags["score"].astype(float).round(4), "label": tags["label"],
    })
    return tags.loc[order.sort_values(["row", "rank", "score", "label"], kind="stable").index].reset_index(drop=True)
