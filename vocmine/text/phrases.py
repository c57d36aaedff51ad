"""係り受け: what is said of what, counted by contact. The deep path: GiNZA parses what is shown or asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from vocmine.errors import MissingExtraError, SettingsError
from vocmine.text.analysis import as_analysed
from vocmine.text.parse import Pair
from vocmine.text.processes import through_model

_JAPANESE = "ja_ginza"
_ENGLISH = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
_ROW_COLUMNS = ["row", "subject", "predicate", "negated", "nuance", "sentence"]
_KEYS = ["subject_key", "predicate_key"]
_PAIR_COLUMNS = ["subject", "predicate", "negated", "nuance", "n_contacts", "share", "rows", "example"]


@dataclass(frozen=True, eq=False)
class PhraseRows:
    """What is said of what, text by text.

    Parameters
    ----------
    table : DataFrame
        ``row`` (label of the text), ``subject``, ``predicate``, ``negated``, ``nuance``, ``sentence``.
    n_skipped : int
        English texts that were not read, as no English model is installed.
    """

    table: pd.DataFrame
    n_skipped: int = 0


def phrase_rows(texts: Any, workers: int = 1) -> PhraseRows:
    """Give each pair of each text: a word and what is said of it.

    Parameters
    ----------
    texts : list, Series, contacts or analysed frame
        Parsed as they are after masking. Expect 14 to 60 rows a second and worker, after 2 to 4 s of loading.
    workers : int
        Processes that parse, each replaced after 1,000 texts; 0 parses in this process, which keeps the model.

    Returns
    -------
    PhraseRows
        ``table`` has a row a pair. Nuances are ``cannot`` (変更できない), ``hard`` (分かりづらい), ``wish``
        (してほしい, したい), ``must``, ``passive``. English rows are read where an English spaCy model is installed;
        else ``n_skipped`` is their number.

    Raises
    ------
    MissingExtraError
        If all texts are English and no English model is installed.
    SettingsError
        If ``workers`` is negative.
    """
    if workers < 0:
        raise SettingsError("wrong number of processes", where="workers", got=str(workers), expected="0 or more")
    analysed = as_analysed(texts)
    lang = analysed["lang"]
    frames, skipped = [], 0
    for rows, model in ((analysed[lang.isin(["ja", "mixed"])], _JAPANESE), (analysed[lang == "en"], _english_model())):
        if model is None:
            skipped = len(rows)
        elif len(rows):
            frames.append(_frame(rows, _parse(rows["text_clean"].tolist(), model, workers)))
    if skipped and skipped == len(analysed):
        raise _no_english()
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*_ROW_COLUMNS, *_KEYS])
    return PhraseRows(table, skipped)


def word_pairs(texts: Any, workers: int = 1, top: int | None = None, examples: int = 5) -> pd.DataFrame:
    """Count what is said of what, by contact: 画面 → 固まる, 電話 → つながる (denied).

    Parameters
    ----------
    texts : list, Series, contacts or analysed frame
        See `phrase_rows`; give it the rows that are to be looked at rather than a whole year.
    workers : int
        Processes that parse; 0 parses here.
    top : int, optional
        Only so many pairs.
    examples : int
        Rows and sentences named for each pair.

    Returns
    -------
    DataFrame
        ``subject``, ``predicate`` (dictionary form), ``negated``, ``nuance``, ``n_contacts`` (texts that say it, each
        counted once), ``share`` of the texts parsed, ``rows`` (labels of the first texts), ``example`` (a masked
        sentence); most frequent first. Spellings are counted together by Sudachi's normalised form.

    Examples
    --------
    >>> pairs = word_pairs(["アプリの画面が固まる。", "画面が固まった"], workers=0)
    >>> pairs[["subject", "predicate", "n_contacts"]].values.tolist()
    [['画面', '固まる', 2]]
    """
    analysed = as_analysed(texts)
    found = phrase_rows(analysed, workers)
    rows = found.table
    if rows.empty:
        return pd.DataFrame(columns=_PAIR_COLUMNS)
    keys = [*_KEYS, "negated", "nuance"]
    once = rows.drop_duplicates([*keys, "row"])
    groups = once.groupby(keys, sort=True)
    out = groups.agg(
        subject=("subject", _commonest), predicate=("predicate", _commonest), n_contacts=("row", "size"),
        rows=("row", lambda r: tuple(r.head(examples))), example=("sentence", "first"),
    ).reset_index()
    out["share"] = out["n_contacts"] / max(1, len(analysed) - found.n_skipped)
    out = out.sort_values(["n_contacts", "subject", "predicate", "negated", "nuance"], ascending=[False, *[True] * 4])
    return out[_PAIR_COLUMNS].head(top if top is not None else len(out)).reset_index(drop=True)


def _commonest(values: pd.Series) -> str:
    return str(values.value_counts().sort_index().idxmax())


def _frame(rows: pd.DataFrame, pairs: list[list[Pair]]) -> pd.DataFrame:
    labels = [label for label, found in zip(rows.index, pairs, strict=True) for _ in found]
    flat = [pair for found in pairs for pair in found]
    frame = pd.DataFrame(flat, columns=list(Pair._fields))
    frame.insert(0, "row", labels)
    return frame[[*_ROW_COLUMNS, *_KEYS]]


def _parse(texts: list[str], model: str, workers: int) -> list[list[Pair]]:
    return [[Pair(*pair) for pair in found] for found in through_model(texts, model, "pairs", workers)]


@lru_cache(maxsize=1)
def _english_model() -> str | None:
    from spacy.util import is_package

    return next((name for name in _ENGLISH if is_package(name)), None)


def _no_english() -> MissingExtraError:
    return MissingExtraError(
        "word pairs of English texts need an English spaCy model, and none is installed",
        expected=" or ".join(_ENGLISH), hint="run: pip install en_core_web_sm (from the spaCy model releases)",
    )
