"""Which trade's list of reasons fits some contacts, judged by a sample."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN
from vocmine.stats import share_interval


@dataclass(frozen=True)
class TradeFitParameters:
    """When a list is said to fit; chosen on eleven public sets of texts, most of which have no list of their own.

    Parameters
    ----------
    sample : int
        Distinct texts looked at, by a fixed draw.
    min_texts : int
        Of fewer nothing is said.
    min_own : float
        Least share of texts that show a reason of the trade's own: shared ones are in every list.
    level : float
        Level of the intervals of these shares; the best one must lie above all others.
    """

    sample: int = 500
    min_texts: int = 20
    min_own: float = 0.05
    level: float = 0.95


PARAMETERS = TradeFitParameters()
_PATTERN_MIN = 0.8  # confidence of a match that is more than a hint


@dataclass(frozen=True)
class TradeFit:
    """Which list of reasons fits a sample of texts.

    Parameters
    ----------
    n : int
        Distinct texts looked at.
    trade : str
        The trade they look like; empty where none is clearly ahead.
    named : float
        Share of the texts that its list names; NaN without a trade.
    named_default : float
        Share that the default list names.
    table : DataFrame
        ``trade, name_ja, name_en, own, own_low, own_high``: the share of texts that show a reason which only this
        trade's list has, with its interval, the highest first.
    """

    n: int
    trade: str = ""
    named: float = float("nan")
    named_default: float = float("nan")
    table: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)


def suggest_trade(texts: Any, *, current: float | None = None) -> TradeFit:
    """Say which shipped list of reasons fits some texts, from a sample of 500.

    What tells trades apart are the reasons that only one list has: a text about a room says hotel, one about a refund
    says nothing. Where no list is clearly ahead, none is named.

    Parameters
    ----------
    texts : list, Series or contacts frame
        Texts of customers.
    current : float, optional
        Share that the list in use names, where known; else the default list is tried.

    Returns
    -------
    TradeFit
        The same for the same texts, whatever their order.

    See Also
    --------
    Taxonomy.for_trade : The list itself.

    Examples
    --------
    >>> calls = [f"{n}号室のエアコンが効かない" for n in range(101, 112)]
    >>> fit = suggest_trade([*calls, *(f"{n}日のチェックインは何時からですか" for n in range(1, 12))])
    >>> fit.trade, fit.named > 0.9
    ('travel_hotel', True)
    """
    sample = sample_texts(texts)
    if len(sample) < PARAMETERS.min_texts:
        return TradeFit(len(sample), named_default=float("nan") if current is None else current)
    table = _own_shares(sample)
    best, others = table.iloc[0], table.iloc[1:]
    is_clear = best["own"] >= PARAMETERS.min_own and best["own_low"] > others["own_high"].max()
    trade = str(best["trade"]) if is_clear else ""
    named = _named_share(Taxonomy.for_trade(trade), sample) if trade else float("nan")
    default = _named_share(None, sample) if current is None else current
    return TradeFit(len(sample), trade, named, default, table)


def sample_texts(texts: Any) -> list[str]:
    """Draw the distinct texts that are looked at by a hash of each: the same ones in any order, also part by part.

    Examples
    --------
    >>> sample_texts(["b", "a", "b", ""])
    ['a', 'b']
    """
    if isinstance(texts, str | bytes):
        raise SettingsError("one text alone was given", where="suggest_trade", got=type(texts).__name__,
                            expected="a list of texts", hint="write [text]")
    if isinstance(texts, pd.DataFrame):
        texts = texts["text_clean" if "text_clean" in texts.columns else "text"]
    distinct = {text for text in texts if isinstance(text, str) and text.strip()}
    drawn = sorted(distinct, key=lambda text: (zlib.crc32(text.encode("utf-8", "replace")), text))
    return sorted(drawn[: PARAMETERS.sample])


def _own_shares(sample: list[str]) -> pd.DataFrame:
    """Give for each list the share of texts in which a pattern of a reason of its own matches."""
    from vocmine.classify.reasons.patterns import Rules
    from vocmine.classify.taxonomy.courtesy import without_courtesy
    from vocmine.text import as_analysed

    clean = without_courtesy(as_analysed(sample)["text_clean"].tolist())
    lists = Taxonomy.trades()
    shared = set(Taxonomy.default().leaves)
    rows = []
    for trade, ja, en in lists[["trade", "name_ja", "name_en"]].itertuples(index=False):
        taxonomy = Taxonomy.for_trade(trade)
        own = tuple(leaf for leaf in taxonomy.leaves if leaf not in shared)
        found = Rules(taxonomy, own).find(clean) if own else {}
        hits = len({row for (row, _), place in found.items() if place[2] >= _PATTERN_MIN})
        share = share_interval(hits, len(clean), PARAMETERS.level)
        rows.append((trade, ja, en, share.value, share.low, share.high))
    table = pd.DataFrame(rows, columns=["trade", "name_ja", "name_en", "own", "own_low", "own_high"])
    return table.sort_values(["own", "trade"], ascending=[False, True]).reset_index(drop=True)


def _named_share(taxonomy: Taxonomy | None, sample: list[str]) -> float:
    """Give the share of texts with a reason, as the Tagger tags them."""
    from vocmine.classify.reasons.classifier import ReasonClassifier

    tags = ReasonClassifier(taxonomy).tag(sample)
    return float(tags.loc[tags["label"] != UNKNOWN, "row"].nunique() / len(sample))
