"""What a taxonomy has no reason for: groups of contacts left unknown that say the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.embed import Encoder, encode_distinct, encoder_for
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN, rows_of_kind
from vocmine.linalg import cosines, unit_rows
from vocmine.text import as_analysed


@dataclass(frozen=True)
class UncoveredParameters:
    """How contacts without a reason are grouped; chosen on development texts.

    Parameters
    ----------
    max_contacts : int
        Contacts that are grouped; the tree takes memory by the square of them.
    min_cosine : float
        Mean cosine between the parts of a group: lower joins different wishes, higher leaves most ungrouped.
    max_terms : int
        Terms of a name: more are not read.
    min_term_share : float
        Share of the group that must have a term of its name.
    examples : int
        Contacts shown of a group.
    """

    max_contacts: int = 3_000
    min_cosine: float = 0.55
    max_terms: int = 3
    min_term_share: float = 0.5
    examples: int = 3


PARAMETERS = UncoveredParameters()
_COLUMNS = ["name", "n", "share", "cohesion", "contact_ids", "examples"]


def uncovered_groups(
    contacts: pd.DataFrame, tags: pd.DataFrame, min_contacts: int = 5, encoder: Encoder | None = None, seed: int = 0
) -> pd.DataFrame:
    """Group the contacts that no reason fits, so that the taxonomy can be given what it lacks.

    Parameters
    ----------
    contacts : DataFrame
        Contacts (analysed or not) with ``contact_id``.
    tags : DataFrame
        Their tags; only contacts whose reason is ``unknown`` are grouped, at most 3,000 of them, drawn by ``seed``.
    min_contacts : int
        A smaller group is left out.
    encoder : Encoder, optional
        Sentence vectors; those for the language of the texts if None.
    seed : int
        Of the draw.

    Returns
    -------
    DataFrame
        ``name`` (terms that tell the group from others, joined by " / "), ``n`` (contacts among those grouped),
        ``share`` of those grouped, ``cohesion`` (mean cosine to the group's centre), ``contact_ids`` and ``examples``
        (masked texts) of the three nearest the centre; the largest first.

    Raises
    ------
    SettingsError
        If ``min_contacts`` is below 2.

    See Also
    --------
    vocmine.classify.gaps : Reasons nobody uses, and reasons told apart badly.

    Notes
    -----
    Average linkage on cosine distances (Sokal and Michener 1958), cut where the mean cosine between two groups falls
    below 0.55.

    Examples
    --------
    >>> texts = ["駐車場はありますか", "駐車場がありますか", "駐車場ありますか？", "ペット可ですか"]
    >>> contacts = pd.DataFrame({"contact_id": list("abcd"), "text": texts})
    >>> tags = pd.DataFrame({"contact_id": list("abcd"), "label": "unknown", "score": 0.2})
    >>> uncovered_groups(contacts, tags, min_contacts=3)[["name", "n"]].values.tolist()
    [['駐車場', 3]]
    """
    if min_contacts < 2:
        raise SettingsError("a group needs two contacts", where="uncovered_groups", got=f"min_contacts={min_contacts}",
                            expected="2 or more")
    rows = _left_unknown(contacts, tags, seed)
    if len(rows) < min_contacts:
        return pd.DataFrame(columns=_COLUMNS)
    analysed = as_analysed(rows)
    vectors = encode_distinct(encoder or encoder_for(analysed["lang"]), analysed["text_clean"].tolist())
    groups = _groups(vectors)
    terms = [frozenset(text.split()) for text in analysed["terms"]]
    texts, ids = analysed["text_clean"].tolist(), rows["contact_id"].astype(str).tolist()
    out = []
    for label in np.unique(groups):
        inside = np.flatnonzero(groups == label)
        if len(inside) >= min_contacts:
            closeness, nearest = _to_centre(vectors[inside])
            first = inside[nearest[: PARAMETERS.examples]]
            out.append((
                _name(terms, inside), len(inside), len(inside) / len(rows), closeness,
                tuple(ids[i] for i in first), tuple(texts[i] for i in first),
            ))
    out.sort(key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(out, columns=_COLUMNS)


def _left_unknown(contacts: pd.DataFrame, tags: pd.DataFrame, seed: int) -> pd.DataFrame:
    reasons = rows_of_kind(tags)
    unknown = contacts["contact_id"].isin(reasons.loc[reasons["label"] == UNKNOWN, "contact_id"])
    rows = contacts[unknown].sort_values("contact_id", kind="stable")
    most = PARAMETERS.max_contacts
    return rows.sample(most, random_state=seed).sort_values("contact_id") if len(rows) > most else rows


def _groups(vectors: np.ndarray) -> np.ndarray:
    from sklearn.cluster import AgglomerativeClustering

    farthest = 1 - PARAMETERS.min_cosine
    tree = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=farthest)
    return np.asarray(tree.fit_predict(vectors))


def _to_centre(vectors: np.ndarray) -> tuple[float, np.ndarray]:
    """Give the mean cosine to the centre, and the rows from the nearest to the farthest."""
    centre = vectors.mean(axis=0)
    cosine = cosines(vectors, unit_rows(centre[None]))[:, 0]
    return float(cosine.mean()), np.argsort(-cosine, kind="stable")


def _name(terms: list[frozenset[str]], inside: np.ndarray) -> str:
    """Give the terms that most of a group has and few of the others."""
    own: dict[str, int] = {}
    for i in inside:
        for term in terms[i]:
            own[term] = own.get(term, 0) + 1
    among = {term: sum(term in words for words in terms) for term in own}
    n, rest = len(inside), max(len(terms) - len(inside), 1)
    score = {t: k / n - (among[t] - k) / rest for t, k in own.items() if k / n >= PARAMETERS.min_term_share}
    best = sorted(score, key=lambda t: (-score[t], t))[: PARAMETERS.max_terms]
    return " / ".join(best) if best else "(no common word)"
