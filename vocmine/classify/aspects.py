"""Aspects: what is said about which thing, from GiNZA's parse for Japanese and from nearby words for English."""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from vocmine.classify.lexicon import word_list
from vocmine.classify.polarity import sentence_hits, sentences, without_courtesy
from vocmine.classify.polarity_ja import Hit
from vocmine.text import as_analysed

_MAX_SENTENCE = 400  # characters; the parser's time grows with the sentence
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "dislocated", "obj", "obl", "nmod", "iobj", "csubj"})
_HOLLOW = word_list("hollow_ja")
_HOLLOW_EN = word_list("hollow_en")
_WORD_EN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_COPULA = word_list("copula_en")
_FROM = 0.35  # an aspect is said good or bad from this score on


class Said(NamedTuple):
    """One thing and how it is spoken of."""

    aspect: str
    score: float
    evidence: str


@lru_cache(maxsize=8)
def _parser(thread: int) -> Any:
    import spacy

    return spacy.load("ja_ginza", exclude=["ner", "compound_splitter"])


def aspects(texts: Any) -> pd.DataFrame:
    """Give what each text says about which thing.

    Japanese sentences that hold a polarity word are parsed by GiNZA (tens of texts a second: for texts that are shown
    or asked for); English goes by the nearest noun-like word.

    Parameters
    ----------
    texts : list of str, Series or contacts frame
        Customers' words.

    Returns
    -------
    DataFrame
        ``row`` (position, from 0), ``aspect`` (the thing, as written), ``sentiment`` (negative, positive),
        ``evidence`` (the words that say so), ``score`` (0 to 1, how strong). A row a pair; none where nothing is said.

    Examples
    --------
    >>> aspects(["The staff was friendly but the room was dirty"])[["aspect", "sentiment"]].values.tolist()
    [['staff', 'positive'], ['room', 'negative']]
    """
    rows = []
    for row, text in enumerate(as_analysed(texts)["text_clean"].astype(str)):
        for said in dict.fromkeys(_read(text)):
            sentiment = "positive" if said.score > 0 else "negative"
            rows.append((row, said.aspect, sentiment, said.evidence, round(min(1.0, abs(said.score) / 2), 3)))
    return pd.DataFrame(rows, columns=["row", "aspect", "sentiment", "evidence", "score"])


def tag(texts: Any) -> pd.DataFrame:
    """Give aspects as tags: ``row``, ``label`` (``thing:sentiment``), ``score``, ``evidence``.

    Examples
    --------
    >>> tag(["The food was delicious"])[["row", "label"]].values.tolist()
    [[0, 'food:positive']]
    """
    found = aspects(texts)
    label = found["aspect"] + ":" + found["sentiment"] if len(found) else pd.Series([], dtype=str)
    made = found[["row"]].assign(label=label, score=found["score"], evidence=found["evidence"])
    strongest = made.sort_values("score", ascending=False, kind="stable").drop_duplicates(["row", "label"])
    return strongest.sort_index(ignore_index=True)


def aspect_table(
    found: pd.DataFrame, contacts: pd.DataFrame, by: tuple[str, ...] = ("product", "month")
) -> pd.DataFrame:
    """Count contacts by aspect and sentiment, and by product and month.

    Parameters
    ----------
    found : DataFrame
        What `aspects` gave for these contacts.
    contacts : DataFrame
        The same contacts in the same order; ``created_at`` gives the month.
    by : tuple of str
        Columns of ``contacts`` to split by; ``month`` is made here.

    Returns
    -------
    DataFrame
        ``aspect``, the columns of ``by``, ``negative``, ``positive`` (contacts that say so), most contacts first.
    """
    columns = {name: _column(contacts, name).to_numpy()[found["row"].to_numpy(dtype=int)] for name in by}
    wide = found[["row", "aspect", "sentiment"]].assign(**columns).drop_duplicates()
    for side in ("negative", "positive"):
        wide[side] = (wide["sentiment"] == side).astype(int)
    groups = wide.groupby(["aspect", *by], observed=True, dropna=False)
    table = groups[["negative", "positive"]].sum().reset_index()
    order = (-(table["negative"] + table["positive"])).to_numpy().argsort(kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _column(contacts: pd.DataFrame, name: str) -> pd.Series[Any]:
    if name == "month" and "month" not in contacts:
        created: pd.Series[Any] = contacts["created_at"].dt.strftime("%Y-%m")
        return created
    given: pd.Series[Any] = contacts[name] if name in contacts else pd.Series("", index=contacts.index)
    return given


def _read(text: str) -> list[Said]:
    found: list[Said] = []
    for _, sentence in sentences(without_courtesy(text)):
        hits = [h for h in sentence_hits(sentence) if abs(h.score) >= _FROM and h.text.lower() not in _HOLLOW_EN]
        if not hits:
            continue
        japanese = bool(_JAPANESE.search(sentence)) and len(sentence) <= _MAX_SENTENCE
        found += _parsed(sentence, hits) if japanese else _nearby(sentence, hits)
    return found


def _parsed(sentence: str, hits: list[Hit]) -> list[Said]:
    doc = _parser(threading.get_ident())(sentence)
    found = []
    for hit in hits:
        inside = [token for token in doc if token.idx < hit.end and token.idx + len(token) > hit.start]
        thing = _thing(inside)
        if thing:
            found.append(Said(thing, hit.score, hit.text))
    return found


def _thing(inside: list[Any]) -> str:
    """Find the noun that the words of a hit are about: their subject, the noun they modify, or one within the hit."""
    last = inside[-1] if inside else None
    for token in reversed(inside):
        for child in sorted(token.children, key=lambda c: (c.dep_ != "nsubj", -c.i)):
            if child.dep_ in _SUBJECTS and _names(_real(child)):
                return _phrase(_real(child))
    for token in inside:
        if token.dep_ in ("acl", "amod", "nmod") and _names(token.head):
            return _phrase(token.head)
        if token.dep_ in ("advcl", "conj") and token.head.i > token.i:
            subjects = [c for c in token.head.children if c.dep_ == "nsubj" and c.i < token.i and _names(c)]
            if subjects:
                return _phrase(subjects[-1])
    nouns = [token for token in inside if _names(token) and token is not last]
    return _phrase(nouns[0]) if nouns else ""


def _real(token: Any) -> Any:
    """Step from a hollow noun (方, ところ) to the noun that fills it."""
    if token.text in _HOLLOW:
        return next((child for child in token.children if child.dep_ in ("nmod", "compound") and _names(child)), token)
    return token


def _names(token: Any) -> bool:
    return token.pos_ in _NOUNS and token.text not in _HOLLOW and not token.text.isdigit()


def _phrase(token: Any) -> str:
    parts = [child for child in token.children if child.dep_ == "compound" and child.i < token.i]
    return "".join(part.text for part in sorted(parts, key=lambda p: p.i)) + str(token.text)


def _nearby(sentence: str, hits: list[Hit]) -> list[Said]:
    """Take the noun-like word before a verb of being, or right after the hit, or the nearest before it."""
    words = [(m.start(), m.end(), m.group()) for m in _WORD_EN.finditer(sentence)]
    spans = [(h.start, h.end) for h in hits]
    free = [w for w in words if not any(start < w[1] and w[0] < end for start, end in spans)]
    plain = [w for w in free if w[2].lower() not in _HOLLOW_EN and len(w[2]) > 2]
    found = []
    for hit in hits:
        before = [w for w in plain if w[1] <= hit.start and not re.search(r"[,;.]|\bbut\b", sentence[w[1] : hit.start])]
        after = [w for w in plain if w[0] >= hit.end and len(sentence[hit.end : w[0]].strip()) == 0]
        linked = bool(before) and any(word in _COPULA for word in sentence[before[-1][1] : hit.start].lower().split())
        pick = before[-1] if linked else after[0] if after else before[-1] if before else None
        if pick:
            found.append(Said(pick[2].lower(), hit.score, hit.text))
    return found
