"""Whether the list of reasons fits the contacts, and which shipped list would fit better."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.frames import UNKNOWN, rows_of_kind
from vocmine.results import ListFit

if TYPE_CHECKING:
    from vocmine.classify import Taxonomy, TradeFit

_FEWEST = 20  # contacts of which a share says something


def list_fit(tags: pd.DataFrame, texts: Any, taxonomy: Taxonomy) -> ListFit:
    """Say how a list of reasons fits, from the tags; only where it does not are texts looked at.

    Parameters
    ----------
    tags : DataFrame
        Of the contacts.
    texts : Series, list or contacts frame
        Their texts, of which a sample is looked at where most have no reason.
    taxonomy : Taxonomy
        The list in use.
    """
    reasons = rows_of_kind(tags)
    n = int(reasons["contact_id"].nunique())
    known = int(reasons.loc[reasons["label"] != UNKNOWN, "contact_id"].nunique())
    fit = ListFit(n, n - known, taxonomy.trade)
    if fit.fits or n < _FEWEST:
        return fit
    from vocmine.classify import suggest_trade
    from vocmine.classify.taxonomy.trades import trade_named

    found = suggest_trade(texts, current=1 - fit.unknown_share)
    if not found.trade:
        return ListFit(n, n - known, taxonomy.trade, n_sample=found.n)
    names = trade_named(found.trade).names
    return ListFit(n, n - known, taxonomy.trade, found.trade, names, found.named, found.n)


def fit_lines(fit: ListFit | None, lang: str) -> list[str]:
    """Say that a list does not fit, and what to do; nothing where it fits.

    Parameters
    ----------
    fit : ListFit or None
        How it fits.
    lang : {"ja", "en"}
        Language.

    Examples
    --------
    >>> fit_lines(ListFit(100, 64), "en")[0]
    'The list of reasons does not fit these contacts: for 64% of 100 no reason could be told.'
    """
    if fit is None or fit.fits or fit.n < _FEWEST:
        return []
    words = _words()[lang]
    lines = [words["misfit"].format(share=fit.unknown_share, n=fit.n)]
    if fit.better:
        name = fit.looks_like_names.get(lang, fit.better)
        lines.append(words["better"].format(
            name=name, trade=fit.better, named=fit.looks_like_named, now=1 - fit.unknown_share))
    return [*lines, words["propose" if not fit.better else "propose_too"]]


def trade_table_lines(lists: pd.DataFrame, lang: str) -> list[str]:
    """List the trades, a line each."""
    words = _words()[lang]
    rows = lists.to_dict("records")
    width = max(len(str(row["trade"])) for row in rows)
    return [words["trade"].format(trade=str(row["trade"]).ljust(width), name=row[f"name_{lang}"], n=row["n_reasons"])
            for row in rows]


def trade_fit_lines(found: TradeFit, lang: str) -> list[str]:
    """Say which list fits a sample of contacts."""
    words = _words()[lang]
    if not found.trade:
        return [words["none_clear"].format(n=found.n), *_shares(found, lang)]
    name = found.table.set_index("trade").loc[found.trade, f"name_{lang}"]
    values = {"name": name, "trade": found.trade, "named": found.named, "default": found.named_default, "n": found.n}
    key = "looks_like" if found.trade != "default" else "looks_default"
    return [words[key].format(**values), *_shares(found, lang)]


def _shares(found: TradeFit, lang: str, most: int = 3) -> Sequence[str]:
    words = _words()[lang]
    rows = found.table.head(most).to_dict("records") if len(found.table) else []
    return [words["own"].format(trade=row["trade"], own=row["own"], low=row["own_low"], high=row["own_high"])
            for row in rows]


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    import yaml

    text = files("vocmine").joinpath("batch", "data", "fit.yaml").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = yaml.safe_load(text)
    return words
