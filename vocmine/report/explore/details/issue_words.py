"""The words that tell an issue's contacts from all others, and pairs of words that stand side by side in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vocmine.report.explore.encode import number, shown
from vocmine.report.explore.source import ExploreSource
from vocmine.report.quotes import spoken
from vocmine.stats import normal_quantile

_MOST_WORDS, _MOST_PAIRS = 20, 12
_LONGEST = 40  # characters of a word
_PRIOR = 50.0  # contacts that the prior weighs as much as: a word of a few contacts must stand out a lot
_SURE = 0.99  # level from which a word is taken to be an issue's own
_MARKS = ("kao_", "emoji_")  # terms that stand for faces and signs: no words


def issue_words(source: ExploreSource, least: int) -> dict[str, list[dict[str, Any]]]:
    """Give the words of each issue: in how many of its contacts, and how many times as often as in all others."""
    found = _distinctive(source, (1, 1), least, _MOST_WORDS)
    out: dict[str, list[dict[str, Any]]] = {}
    for row in found.to_dict("records"):
        word = {"word": _spoken(row["term"]), "n": int(row["n"]), "of": int(row["of"]), "lift": number(row["lift"], 2)}
        out.setdefault(str(row["issue"]), []).append(word)
    return out


def issue_pairs(source: ExploreSource, least: int) -> dict[str, list[dict[str, Any]]]:
    """Give the pairs of neighbouring words of each issue, with the contacts that hold them."""
    out: dict[str, list[dict[str, Any]]] = {}
    for row in _distinctive(source, (2, 2), least, _MOST_PAIRS).to_dict("records"):
        out.setdefault(str(row["issue"]), []).append({"pair": _spoken(row["term"]), "n": int(row["n"])})
    return out


def _spoken(term: str) -> str:
    return shown(" ".join(spoken(part) for part in term.split(" ")), 2 * _LONGEST)


def log_odds(
    hits: NDArray[np.float64], n: NDArray[np.float64], all_hits: NDArray[np.float64], n_all: float
) -> NDArray[np.float64]:
    """Give how many standard errors the log-odds of a word in a group lie above those in all other contacts.

    The log-odds-ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, Political Analysis 16,
    372-403), counted in contacts; the prior is what all contacts say, worth 50 of them.

    Examples
    --------
    >>> one = [np.array([x]) for x in (30.0, 100.0, 40.0)]
    >>> float(log_odds(*one, 1000.0).round(1)[0]), float(log_odds(one[0] / 10, one[1] / 10, one[2], 1000.0).round(1)[0])
    (9.0, 1.8)
    """
    prior = (all_hits + 0.5) / (n_all + 1) * _PRIOR  # half a contact keeps a word that all or none say off the edges
    rest, n_rest = all_hits - hits, n_all - n
    inside, outside = hits + prior, rest + prior
    delta = np.log(inside / (n + _PRIOR - inside)) - np.log(outside / (n_rest + _PRIOR - outside))
    return np.asarray(delta / np.sqrt(1 / inside + 1 / outside))


def _distinctive(source: ExploreSource, span: tuple[int, int], least: int, most: int) -> pd.DataFrame:
    """Give ``issue, term, n, of, lift`` of the terms that stand out, the surest first."""
    none = pd.DataFrame({name: [] for name in ("issue", "term", "n", "of", "lift")})
    found = _counts(source, span, least)
    if found is None:
        return none
    hits, n, all_hits, terms, issues = found
    total = float(len(source.contacts))
    keep = hits >= least
    row, column = np.nonzero(keep)
    z = log_odds(hits[keep], n[row], all_hits[column], total)
    rest, n_rest = all_hits[column] - hits[keep], np.maximum(total - n[row], 1.0)
    with np.errstate(divide="ignore"):
        lift = (hits[keep] / n[row]) / (rest / n_rest)
    table = pd.DataFrame({
        "issue": issues[row], "term": terms[column], "n": hits[keep], "of": n[row], "lift": lift, "z": z.round(6),
    })
    table = table.loc[table["z"] > normal_quantile(_SURE)]
    table = table.sort_values(["issue", "z", "term"], ascending=[True, False, True], kind="stable")
    return table.groupby("issue", sort=True).head(most)


def _counts(source: ExploreSource, span: tuple[int, int], least: int) -> Any:
    """Count contacts by issue and term; None where no term stands in enough contacts."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    texts = source.contacts["terms"]
    if source.reasons.empty or not (texts != "").any():
        return None
    kept = [" ".join(t for t in text.split() if not t.startswith(_MARKS) and len(t) <= _LONGEST) for text in texts]
    vectorizer = CountVectorizer(
        tokenizer=str.split, token_pattern=None, lowercase=False, ngram_range=span, min_df=least, binary=True
    )
    try:
        matrix = vectorizer.fit_transform(kept)
    except ValueError:  # no term stands in enough contacts
        return None
    place = pd.Series(np.arange(len(source.contacts)), index=source.contacts["contact_id"])
    issues = sorted(set(source.reasons["issue"]))
    codes = pd.Categorical(source.reasons["issue"], categories=issues).codes
    rows = source.reasons["contact_id"].map(place).to_numpy()
    member = csr_matrix((np.ones(len(rows)), (codes, rows)), shape=(len(issues), len(kept)))
    hits = np.asarray((member @ matrix).todense(), dtype=float)
    n = np.asarray(member.sum(axis=1)).ravel()
    all_hits = np.asarray(matrix.sum(axis=0), dtype=float).ravel()
    return hits, n, all_hits, vectorizer.get_feature_names_out(), np.array(issues, dtype=object)
