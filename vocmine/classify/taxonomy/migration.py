"""How a taxonomy changed, old tags under the new one, and what it leaves uncovered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN, rows_of_kind

Mapped = Mapping[str, "str | Sequence[str] | None"]


@dataclass(frozen=True)
class GapParameters:
    """When a reason stands out; chosen on development tags: of fewer contacts a share says little.

    Parameters
    ----------
    min_contacts : int
        Contacts a reason, or a pair of them, must have.
    low_score : float
        A tag below it is in doubt.
    min_share : float
        Share in doubt, or share that has the other reason too.
    """

    min_contacts: int = 10
    low_score: float = 0.7
    min_share: float = 0.5


PARAMETERS = GapParameters()


def diff(old: Taxonomy, new: Taxonomy, mapping: Mapped | None = None) -> pd.DataFrame:
    """List what changed between two taxonomies.

    Parameters
    ----------
    old, new : Taxonomy
        Before and after.
    mapping : dict, optional
        New id, or ids, of an old one, where you know it; ids with the same name are paired without it.

    Returns
    -------
    DataFrame
        ``change`` (added, removed, renamed, renumbered, merged, split, moved, edited), ``old``, ``new`` (ids, several
        joined by a comma) and ``detail``.

    Raises
    ------
    SettingsError
        If ``mapping`` names an id that the old or the new taxonomy does not have.

    See Also
    --------
    migrate : Old tags under the new taxonomy.

    Examples
    --------
    >>> a = Taxonomy.from_dict({"reasons": [{"id": "x", "name": "返金"}, {"id": "y", "name": "解約"}]})
    >>> b = Taxonomy.from_dict({"reasons": [{"id": "refund", "name": "返金"}, {"id": "y", "name": "退会"}]})
    >>> diff(a, b)[["change", "old", "new"]].values.tolist()
    [['renumbered', 'x', 'refund'], ['renamed', 'y', 'y']]
    """
    pairs = _pairs(old, new, mapping or {})
    rows: list[tuple[str, str, str, str]] = []
    sources: dict[str, list[str]] = {}
    for before, after in pairs.items():
        for target in after:
            sources.setdefault(target, []).append(before)
    for before, after in pairs.items():
        if not after:
            rows.append(("removed", before, "", old[before].name()))
        elif len(after) > 1:
            rows.append(("split", before, ", ".join(after), old[before].name()))
        elif len(sources[after[0]]) == 1:
            rows += _changes(old, new, before, after[0])
    rows += [("merged", ", ".join(s), t, new[t].name()) for t, s in sources.items() if len(s) > 1]
    rows += [("added", "", r.id, r.name()) for r in new.reasons if r.id not in sources]
    return pd.DataFrame(rows, columns=["change", "old", "new", "detail"])


def _pairs(old: Taxonomy, new: Taxonomy, mapping: Mapped) -> dict[str, tuple[str, ...]]:
    """Give the new ids of each old id."""
    unknown = sorted({*mapping} - {r.id for r in old.reasons})
    if unknown:
        raise SettingsError("the old taxonomy has not these ids", where="mapping", got=", ".join(unknown))
    by_name = {r.name(): r.id for r in new.reasons if r.id not in old}
    out: dict[str, tuple[str, ...]] = {}
    for reason in old.reasons:
        if reason.id in mapping:
            out[reason.id] = _as_tuple(mapping[reason.id])
        elif reason.id in new:
            out[reason.id] = (reason.id,)
        else:
            out[reason.id] = (by_name[reason.name()],) if reason.name() in by_name else ()
    missing = sorted({t for after in out.values() for t in after if t not in new})
    if missing:
        raise SettingsError("the new taxonomy has not these ids", where="mapping", got=", ".join(missing))
    return out


def _as_tuple(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _changes(old: Taxonomy, new: Taxonomy, before: str, after: str) -> list[tuple[str, str, str, str]]:
    a, b = old[before], new[after]
    out = []
    if before != after:
        out.append(("renumbered", before, after, a.name()))
    if a.names != b.names:
        out.append(("renamed", before, after, f"{a.name()} -> {b.name()}"))
    if a.parent != b.parent:
        out.append(("moved", before, after, f"{a.parent or '-'} -> {b.parent or '-'}"))
    if any(getattr(a, f) != getattr(b, f) for f in ("descriptions", "examples", "patterns", "hints", "demand", "team")):
        out.append(("edited", before, after, "description, examples, patterns, demand or team"))
    return out


def migrate(
    tags: pd.DataFrame, old: Taxonomy, new: Taxonomy, mapping: Mapped | None = None,
    retagged: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Write old tags under a new taxonomy, so that history survives the change.

    Parameters
    ----------
    tags : DataFrame
        Old tags; other kinds than reasons and their candidates stay as they are.
    old, new, mapping
        See `diff`.
    retagged : DataFrame, optional
        The same contacts tagged under the new taxonomy: needed to divide a reason that was split. Without it, or where
        it has none of the new ids, the contact becomes ``unknown``.

    Returns
    -------
    DataFrame
        With the columns of ``tags``; where two labels of a contact became one, the row of the higher score is kept. The
        chances of candidates that became one are added up.

    Raises
    ------
    SettingsError
        If ``mapping`` names an id that the old or the new taxonomy does not have.

    See Also
    --------
    diff : What changed between the two.

    Examples
    --------
    >>> a = Taxonomy.from_dict({"reasons": [{"id": "x", "name": "返金"}, {"id": "y", "name": "解約"}]})
    >>> b = Taxonomy.from_dict({"reasons": [{"id": "refund", "name": "返金"}, {"id": "y", "name": "退会"}]})
    >>> migrate(pd.DataFrame({"contact_id": ["1", "2"], "label": ["x", "y"], "score": 0.9}), a, b)["label"].tolist()
    ['refund', 'y']
    """
    pairs = _pairs(old, new, mapping or {})
    out = tags.reset_index(drop=True)
    kind = out["kind"].astype(str) if "kind" in out.columns else pd.Series("reason", index=out.index)
    for moved in ("reason", "candidate"):
        mine = kind == moved
        likeliest = _likeliest(None if retagged is None else rows_of_kind(retagged, moved), pairs)
        rows = out.loc[mine, ["contact_id", "label"]].itertuples(index=False)
        out.loc[mine, "label"] = [_new_label(c, label, pairs, likeliest) for c, label in rows]
    keys = [c for c in ("contact_id", "kind", "label") if c in out.columns]
    out = _with_chances_added(out, kind == "candidate")
    order = out.sort_values("score", ascending=False, kind="stable").drop_duplicates(keys).index
    return out.loc[out.index.isin(order)].reset_index(drop=True)


def _with_chances_added(tags: pd.DataFrame, is_candidate: pd.Series[bool]) -> pd.DataFrame:
    """Give candidates of the same contact and label the sum of their chances."""
    if not is_candidate.any():
        return tags
    chances = tags.loc[is_candidate].groupby(["contact_id", "label"], observed=True)["score"].transform("sum")
    out = tags.copy()
    out.loc[is_candidate, "score"] = chances.clip(upper=1.0).round(4)
    return out


def _new_label(
    contact: str, label: str, pairs: dict[str, tuple[str, ...]], likeliest: dict[tuple[str, str], str]
) -> str:
    after = pairs.get(label, () if label != UNKNOWN else (UNKNOWN,))
    if len(after) == 1:
        return after[0]
    return likeliest.get((contact, label), UNKNOWN)


def _likeliest(retagged: pd.DataFrame | None, pairs: dict[str, tuple[str, ...]]) -> dict[tuple[str, str], str]:
    """Give the likeliest new label of each contact among those each split reason became."""
    out: dict[tuple[str, str], str] = {}
    if retagged is None:
        return out
    ranked = retagged.sort_values("score", ascending=False, kind="stable")
    for before, after in pairs.items():
        if len(after) > 1:
            mine = ranked[ranked["label"].isin(after)].drop_duplicates("contact_id")
            out.update({(c, before): label for c, label in zip(mine["contact_id"], mine["label"], strict=True)})
    return out


def gaps(tags: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """Say where a taxonomy does not fit: reasons nobody uses, reasons told apart badly, contacts left unknown.

    Parameters
    ----------
    tags : DataFrame
        Tags of many contacts.
    taxonomy : Taxonomy
        The one they were tagged with.

    Returns
    -------
    DataFrame
        ``gap`` (unknown, unused, doubtful, together), ``label``, ``n`` and ``share``: of all contacts for ``unknown``;
        for ``doubtful`` the share of the label's tags below a score of 0.7; for ``together`` the share of the rarer
        label's contacts that have the other one too.

    See Also
    --------
    vocmine.classify.uncovered_groups : What the contacts left unknown are about.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a", "b"], "label": ["billing.refund", "unknown"], "score": 0.9})
    >>> gaps(tags, Taxonomy.default())["gap"].value_counts().to_dict()
    {'unused': 33, 'unknown': 1}
    """
    rows = rows_of_kind(tags)
    n = max(rows["contact_id"].nunique(), 1)
    counts = rows["label"].value_counts()
    out = [("unknown", UNKNOWN, int(counts.get(UNKNOWN, 0)), counts.get(UNKNOWN, 0) / n)]
    out += [("unused", leaf, 0, 0.0) for leaf in taxonomy.leaves if leaf not in counts.index]
    known = rows[rows["label"] != UNKNOWN]
    for label, scores in known.groupby("label")["score"]:
        low = float((scores < PARAMETERS.low_score).mean())
        if len(scores) >= PARAMETERS.min_contacts and low >= PARAMETERS.min_share:
            out.append(("doubtful", str(label), len(scores), low))
    pairs = known.merge(known, on="contact_id").query("label_x < label_y").groupby(["label_x", "label_y"]).size()
    for a, b, both in pairs.rename("n").reset_index().itertuples(index=False):
        share = both / min(counts[a], counts[b])
        if both >= PARAMETERS.min_contacts and share >= PARAMETERS.min_share:
            out.append(("together", f"{a}, {b}", int(both), float(share)))
    return pd.DataFrame(out, columns=["gap", "label", "n", "share"])
