"""The list of reasons changes, the stored tags stay: what it was is kept, and old tags are moved under the new one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch.codes import move_codes
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.folder_identity import need_identity
from vocmine.batch.period import write_names
from vocmine.batch.state import locked, write_json
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN
from vocmine.results import ReasonInfo
from vocmine.settings import Settings
from vocmine.tagger import Tagger
from vocmine.yamlfile import read_mapping

if TYPE_CHECKING:
    from vocmine.classify import Taxonomy

KEPT = "taxonomy.json"


def chosen_taxonomy(path: Path | None, trade: str | None) -> Taxonomy | None:
    """Give the list of reasons that a user chose: a YAML file, or a trade's; None for the default one.

    Raises
    ------
    SettingsError
        If both are given, the file is wrong, or there is no list for the trade.
    """
    from vocmine.classify import Taxonomy

    if path is not None and trade is not None:
        raise SettingsError(
            "two lists of reasons were given", where="--taxonomy, --trade", got=f"{path}, {trade}",
            expected="one of them", hint="to change a trade's list, write its reasons into a file of your own",
        )
    if path is not None:
        return Taxonomy.from_yaml(path)
    if trade is None:
        return None
    chosen = Taxonomy.for_trade(trade)
    return chosen if chosen.trade else None


def keep_taxonomy(home: Path, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Keep the list of reasons of a run; lists of earlier runs stay too while stored tags name reasons it lacks.

    Returns
    -------
    tuple of str
        Reasons (leaves) of earlier runs that the list lacks.
    """
    old = kept_taxonomy(home)
    gone = () if old is None else tuple(sorted(reason for reason in old.leaves if reason not in taxonomy))
    kept: dict[str, Any] = {"now": taxonomy.to_dict()}
    if old is not None and gone:
        kept["before"] = old.to_dict()
    write_json(home / KEPT, kept)
    return gone


def kept_taxonomy(home: Path, new: Taxonomy | None = None) -> Taxonomy | None:
    """Give the reasons that stored tags may name, without those that only `new` brought; None in a new folder."""
    from vocmine.classify import Taxonomy

    path = home / KEPT
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    now = Taxonomy.from_dict(kept["now"], str(path))
    if "before" not in kept:
        return now
    before = Taxonomy.from_dict(kept["before"], str(path))
    more = [reason for reason in now.reasons if reason.id not in before and (new is None or reason.id not in new)]
    return Taxonomy((*before.reasons, *more), now.version)


def names_of(home: Path, tagger: Tagger) -> ReasonInfo:
    """Give names and demand of the reasons of a tagger, and of those that only old tags name."""
    now, old = tagger.names(), kept_taxonomy(home)
    if old is None:
        return now
    names = {lang: {**old.names(lang), **table} for lang, table in now.names.items()}
    gone = {reason: kind for reason, kind in old.demand().items() if reason not in now.names["ja"]}
    return replace(now, names=names, demand={**gone, **now.demand})


def ids_by_name(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the id of each name that just one reason has.

    Parameters
    ----------
    named : iterable of (name, id)
        A reason may have several names, or the same one twice.

    Examples
    --------
    >>> ids_by_name([("返金", "refund"), ("Refund", "refund"), ("返金", "refund"), ("他", "a"), ("他", "b")])
    {'返金': 'refund', 'Refund': 'refund'}
    """
    ids: dict[str, set[str]] = {}
    for name, reason in named:
        ids.setdefault(name, set()).add(reason)
    return {name: min(reasons) for name, reasons in ids.items() if len(reasons) == 1}


def _successors(old: Taxonomy, new: Taxonomy, mapping: dict[str, Any]) -> dict[str, Any]:
    """Add to the mapping the new id of each old one that is gone, where just one reason has its name."""
    ids = ids_by_name((new[reason].name(), reason) for reason in new.leaves)
    gone = {reason: old[reason].name() for reason in old.leaves if reason not in new}
    return {**{reason: ids[name] for reason, name in gone.items() if name in ids}, **mapping}


def migrate_results(home: Path, tagger: Tagger, settings: Settings, mapping: Path | None = None) -> list[str]:
    """Move the stored tags of a results folder under a new list of reasons.

    A reason keeps its contacts if the new list has its id, has another id of the same name, or the mapping names its
    successor. Contacts of a reason that was split or has no successor are tagged anew from their masked text.
    Candidates (the chances of each contact) follow in the same way; the lines count contacts by their reasons alone.

    Parameters
    ----------
    home : Path
        The results folder.
    tagger : Tagger
        With the new list of reasons.
    mapping : Path, optional
        YAML with the new id, a list of new ids, or nothing, for old ids: ``billing.points: rewards.points``.

    Returns
    -------
    list of str
        What changed, in lines.

    Raises
    ------
    SettingsError
        If the folder keeps no list of reasons, or the mapping names ids that are in neither list.
    """
    from vocmine.classify.taxonomy.migration import diff

    with locked(home):
        need_identity(home, settings)
        new = tagger.taxonomy()
        old = kept_taxonomy(home, new)
        if old is None:
            raise SettingsError(
                "the folder keeps no list of reasons", where=str(home), expected="a folder of `vocmine run`"
            )
        given = read_mapping(mapping, "mapping of reasons").value if mapping is not None else {}
        successors = _successors(old, new, given)
        changes = diff(old, new, successors)
        store = ContactStore(home, settings.timezone, settings.keep_columns)
        counts: Counter[str] = Counter()
        for day in store.days():
            contacts, tags = store.read_day(day)
            moved = _migrated(contacts, tags, (old, new), successors, tagger, counts)
            if moved is not None:
                store.upsert(contacts, moved)
        write_json(home / KEPT, {"now": new.to_dict()})
        move_codes(home, successors, new)
        write_names(home, tagger.names())
    found = ", ".join(f"{kind} {n}" for kind, n in sorted(Counter(changes["change"]).items()))
    rows = changes[changes["change"].isin(["renumbered", "merged", "split", "removed"])]
    return [
        f"changes of the list: {found or 'none'}",
        *(f"  {row['change']}: {row['old']} -> {row['new'] or '(tagged anew)'}" for row in rows.to_dict("records")),
        f"{counts['moved']:,} contacts moved, {counts['anew']:,} tagged anew; now: vocmine report --out {home}",
    ]


def _migrated(
    contacts: pd.DataFrame, tags: pd.DataFrame, lists: tuple[Taxonomy, Taxonomy], successors: dict[str, Any],
    tagger: Tagger, counts: Counter[str],
) -> pd.DataFrame | None:
    """Give the tags of a day under the new list; None where nothing changes."""
    from vocmine.classify.taxonomy.migration import migrate

    old, new = lists
    stays = {label for label in new.leaves if label not in successors} | {UNKNOWN}
    is_named = {kind: (tags["kind"] == kind) & ~tags["label"].isin(stays) for kind in ("reason", "candidate")}
    touched = {kind: set(tags.loc[rows, "contact_id"]) for kind, rows in is_named.items()}
    if not any(touched.values()):
        return None
    # only what has one successor can be renamed without reading the text
    renamed = {label for label, after in successors.items() if isinstance(after, str) and after in new.leaves}
    unsure = set(tags.loc[is_named["candidate"] & ~tags["label"].isin(renamed), "contact_id"])
    anew = tagger.tag(contacts[contacts["contact_id"].isin(touched["reason"] | unsure)])
    parts = {kind: tags[(tags["kind"] == kind) & tags["contact_id"].isin(ids)] for kind, ids in touched.items()}
    rest = tags.drop(index=parts["reason"].index.union(parts["candidate"].index))
    # what was read beside an agent's code is renamed where it can be, and else left out
    read = rest["kind"] == "reading"
    renaming = {label: str(successors[label]) for label in renamed}
    rest = rest.assign(label=rest["label"].where(~read, rest["label"].replace(renaming)))
    rest = rest[~read | rest["label"].isin({*new.leaves, UNKNOWN})]
    fresh = {kind: anew[anew["kind"] == kind] for kind in parts}
    after = {kind: migrate(part, old, new, successors, fresh[kind]) for kind, part in parts.items()}
    # groups are no tags: a reason that became one is divided anew too
    lost = set(after["reason"].loc[~after["reason"]["label"].isin(set(new.leaves)), "contact_id"])
    counts["moved"] += len(touched["reason"] - lost)
    counts["anew"] += len(lost)
    # a tagger of one's own may give no candidates: then the chance of what is gone counts as unknown
    unsure &= set(fresh["candidate"]["contact_id"])
    rest = rest[(rest["kind"] != "reading") | ~rest["contact_id"].isin(lost)]
    moved = [_replaced(after[kind], fresh[kind], ids) for kind, ids in (("reason", lost), ("candidate", unsure))]
    return pd.concat([part for part in (moved[0], rest, moved[1]) if len(part)], ignore_index=True)


def _replaced(after: pd.DataFrame, fresh: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """Give the tags as moved, those of some contacts as tagged anew."""
    kept, new = after[~after["contact_id"].isin(ids)], fresh[fresh["contact_id"].isin(ids)]
    return pd.concat([part for part in (kept, new) if len(part)] or [kept], ignore_index=True)
