"""Draft a list of reasons from contacts: groups, what other lists say of them, names, a level above, figures."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.taxonomy.taxonomy import Reason, Taxonomy
from vocmine.embed import Encoder, encoder_for
from vocmine.errors import ContactError, SettingsError
from vocmine.proposals.evidence import Mood, moods
from vocmine.proposals.examples import as_example, typical_rows
from vocmine.proposals.known import Previous, match_previous, match_shipped
from vocmine.proposals.naming import Name, choose_names
from vocmine.proposals.proposed import FIGURES, ProposedTaxonomy
from vocmine.proposals.tree import new_id, parents_of, with_groups_first
from vocmine.stats import wilson
from vocmine.text import as_analysed
from vocmine.topics.discovery.grouping import Groups, group_texts
from vocmine.topics.discovery.sampling import by_content, distinct_texts
from vocmine.topics.naming.names import medoids

_READ, _ASKED = 60, 40  # texts of a group whose words name it, and whose mood is read
_NEW_EXAMPLES = 6  # contacts that a reason of the previous list gets beside the examples it has
_THINGS = 4  # words of a description
_GREW, _SHRANK = 1.15, 0.87  # times the previous share that the whole interval must lie above, or below


def propose(
    texts: Any, *, previous: Taxonomy | str | os.PathLike[str] | None = None, examples: int = 24,
    max_texts: int = 5000, encoder: Encoder | None = None,
) -> ProposedTaxonomy:
    """Draft a list of reasons from contacts.

    Parameters
    ----------
    texts : list of str, Series, contacts frame or analysed frame
        At least 30 distinct texts.
    previous : Taxonomy or path, optional
        An earlier list, edited or not: its reasons keep ids, names and all else; what is new, gone, grown is said.
    examples : int
        Masked contacts a reason, 5 at least: the first five are typical, all help to tag contacts.
    max_texts : int
        Distinct texts the groups are found in.
    encoder : Encoder, optional
        Sentence vectors; those for the language of the texts if None.

    Returns
    -------
    ProposedTaxonomy
        Two levels. How many reasons there are follows from the texts. What the shipped list surely names keeps the
        ids it has there. ``to_yaml`` writes it with comments for a person to edit.

    Raises
    ------
    ContactError
        If there are too few texts, or fewer than two matters.
    SettingsError
        If ``examples`` is below 5.

    Examples
    --------
    >>> texts = [f"{a}が{b}" for a in ("返金", "返品の送料", "画面", "電源", "配達", "会員証") for b in
    ...          ("おかしい", "おかしいです", "とてもおかしい", "変", "変です", "とても変")]
    >>> proposed = propose(texts)
    >>> 2 <= len(proposed.leaves) <= 6, proposed.n
    (True, 36)
    """
    if examples < 5:
        raise SettingsError("too few examples", where="propose", got=f"examples={examples}", expected="5 or more")
    before = None if previous is None else Previous.read(previous)
    analysed = as_analysed(texts)
    engine = encoder or encoder_for(analysed["lang"])
    distinct = distinct_texts([str(t) for t in analysed["text_clean"]], analysed)
    groups, known = group_texts(distinct, engine, max_texts), dict[int, str]()
    if before is not None:
        groups, known = match_previous(groups, distinct, before, engine)
    taken = set(before.taxonomy.names()) if before else set()
    groups, known = match_shipped(groups, distinct, known, taken, engine)
    if groups.n < 2:
        raise ContactError("only one matter is found, and a list needs two", where="propose", hint="gather more days")
    times = distinct["n"].to_numpy()
    count = np.bincount(groups.label[groups.label >= 0], times[groups.label >= 0], minlength=groups.n).astype(int)
    read = moods([[distinct["text_clean"].iloc[i] for i in rows] for rows in _some(groups, distinct)])
    reasons, ids = _reasons(groups, known, before, distinct, read, count, examples)
    figures = _figures(ids, known, before, read, count, len(analysed))
    left = len(analysed) - int(count.sum())
    return ProposedTaxonomy(reasons, version="proposed", figures=figures, n=len(analysed), n_left=left)


def _some(groups: Groups, distinct: pd.DataFrame) -> list[np.ndarray]:
    """Give some rows of each group, drawn by a hash of the text."""
    out = []
    for g in range(groups.n):
        rows = np.flatnonzero(groups.label == g)
        out.append(rows[by_content(distinct["text_clean"].iloc[rows], _ASKED)])
    return out


def _names(
    groups: Groups, known: Mapping[int, str], lists: Mapping[str, Reason], distinct: pd.DataFrame, read: list[Mood]
) -> list[Name]:
    times, clean = distinct["n"].to_numpy(), distinct["text_clean"].tolist()
    best = medoids(groups.vectors, groups.label, groups.n, _READ, times)
    english = (distinct["lang"] == "en").to_numpy()
    langs = ["en" if english[rows].mean() > 0.5 else "ja" for rows in best]
    kept = {g: lists[label].names for g, label in known.items()}
    taken = [name for names in kept.values() for name in names.values()]
    found = choose_names([[clean[i] for i in rows] for rows in best], langs, [mood.kind for mood in read], taken)
    return [replace(name, names=kept[g]) if g in kept else name for g, name in enumerate(found)]


def _reasons(
    groups: Groups, known: Mapping[int, str], before: Previous | None, distinct: pd.DataFrame, read: list[Mood],
    count: np.ndarray, examples: int,
) -> tuple[tuple[Reason, ...], list[str]]:
    """Give all reasons, groups too, and the id of each group of contacts."""
    shipped = {r.id: r for r in Taxonomy.default().reasons}
    earlier = {r.id: r for r in before.taxonomy.reasons} if before else {}
    lists = {**shipped, **earlier}
    names = _names(groups, known, lists, distinct, read)
    used = set(lists)
    table = groups.parents([next(iter(n.names.values())) for n in names], [list(n.things) for n in names], count)
    parents, made = parents_of(table, names, {g: lists[r].parent for g, r in known.items()}, count, used)
    out: list[Reason] = [*earlier.values(), *made]
    ids: list[str] = []
    for g in range(groups.n):
        own = _examples(groups, g, distinct, examples)
        if g not in known:
            lang = "en" if names[g].names and next(iter(names[g].names)) == "en" else "ja"
            things = (", " if lang == "en" else "、").join(names[g].things[:_THINGS])
            ids.append(new_id(names[g].names, parents[g] or "", used))
            out.append(Reason(ids[-1], names[g].names, parents[g], {lang: things}, own, demand=read[g].demand))
            continue
        ids.append(known[g])
        old = lists[known[g]]
        if known[g] in earlier:
            mine = {lang: [*texts, *[t for t in own.get(lang, ()) if t not in texts][:_NEW_EXAMPLES]]
                    for lang, texts in {**dict.fromkeys(own, ()), **old.examples}.items()}
            out[out.index(old)] = replace(old, examples={k: tuple(v) for k, v in mine.items() if v})
        else:
            out.append(replace(old, examples=own, patterns=(), hints=()))
    have = {r.id for r in out}
    out += [shipped[r.parent] for r in list(out) if r.parent in shipped and r.parent not in have]
    return with_groups_first(list({r.id: r for r in out}.values())), ids


def _examples(groups: Groups, g: int, distinct: pd.DataFrame, most: int) -> dict[str, tuple[str, ...]]:
    rows = typical_rows(groups.vectors, np.flatnonzero(groups.label == g), most)
    out: dict[str, list[str]] = {}
    for i in rows:
        text = as_example(str(distinct["text_clean"].iloc[i]))
        lang = "en" if distinct["lang"].iloc[i] == "en" else "ja"
        if text and text not in out.get(lang, ()):
            out.setdefault(lang, []).append(text)
    return {lang: tuple(texts) for lang, texts in sorted(out.items(), key=lambda pair: -len(pair[1]))}


def _figures(
    ids: list[str], known: Mapping[int, str], before: Previous | None, read: list[Mood], count: np.ndarray, n: int
) -> pd.DataFrame:
    low, high = wilson(count, np.full(len(count), n))
    rows: list[dict[str, Any]] = []
    for g, reason in enumerate(ids):
        old = before.shares.get(reason, np.nan) if before else np.nan
        status = "new" if g not in known else "shipped"
        if before is not None and reason in before.taxonomy:
            status = "grown" if low[g] > _GREW * old else "shrunk" if high[g] < _SHRANK * old else "kept"
        rows.append({
            "id": reason, "status": status, "n": int(count[g]), "share": float(count[g] / n), "low": float(low[g]),
            "high": float(high[g]), "demand_evidence": (read[g].n_failed, read[g].n),
            "demand_is_sure": read[g].is_sure, "previous_share": old,
        })
    for reason in before.taxonomy.leaves if before else ():
        if reason not in ids:
            least, most = wilson([0], [n])
            rows.append({
                "id": reason, "status": "gone", "n": 0, "share": 0.0, "low": float(least[0]), "high": float(most[0]),
                "demand_evidence": None, "demand_is_sure": True,
                "previous_share": before.shares.get(reason, np.nan) if before else np.nan,
            })
    return pd.DataFrame(rows, columns=list(FIGURES))
