"""One pass over each text: normalise, language, mask, split into words once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pandas as pd

from vocmine.text.courtesies import courtesies
from vocmine.text.language import detect_language
from vocmine.text.normalization import normalize_text
from vocmine.text.pii.find import pii_rules, pii_words, settled
from vocmine.text.pii.masking import find_each, mask_each
from vocmine.text.pii.spans import PiiSpan, mark_pattern, replace_spans, veiled
from vocmine.text.splitter import Morphemes, split_japanese, sudachi_chunks
from vocmine.text.surfaces import joined_surfaces
from vocmine.text.turns import customer_spans, split_turns
from vocmine.text.vocabulary import Vocabulary, default_vocabulary
from vocmine.text.words import english_terms, japanese_terms, other_terms

_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_HANDLE = re.compile(r"(?:(?<![A-Za-z0-9_])RT )?(?<![A-Za-z0-9_.@/])@[A-Za-z0-9_]{1,30}(?![A-Za-z0-9_@])")
_COLUMNS = ("lang", "text_clean", "terms")
_WORDS = "words"
_BATCH = 256  # texts through a step at once
_BATCH_CHARACTERS = 100_000  # the same for long texts
_Row: TypeAlias = tuple[str, str, str, str | None]
_Places: TypeAlias = list[tuple[int, int]]
_Draft: TypeAlias = tuple[str, str, list[PiiSpan], _Places]
_Piece: TypeAlias = tuple[int, str, Morphemes, list[int]]


def as_texts(texts: Any) -> list[str]:
    """Give the texts of a list, a Series or a contacts frame as a list of str; a missing one is empty.

    Examples
    --------
    >>> as_texts(pd.Series(["遅い", None]))
    ['遅い', '']
    """
    if isinstance(texts, pd.DataFrame):
        texts = texts["text"]
    if isinstance(texts, str):
        texts = [texts]
    series = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype=object)
    missing = series.isna().tolist()
    return ["" if gone else str(text) for text, gone in zip(series.tolist(), missing, strict=True)]


def as_analysed(texts: Any, vocabulary: Vocabulary | None = None, words: bool = False) -> pd.DataFrame:
    """Give a frame with `lang`, `text_clean` and `terms`: the same frame if it has them, else analysed here.

    Parameters
    ----------
    texts : list, Series or DataFrame
        Texts, contacts (their ``text``), or contacts that were analysed.
    vocabulary : Vocabulary, optional
        Compounds, synonyms and stop words of one's own.
    words : bool
        Give a column ``words`` too, which a `vocmine.embed.ViewEncoder` need not split again: all words as written,
        missing where the clean text is not the one that was split, as of talks and masked texts.

    Returns
    -------
    DataFrame
        ``lang`` (ja, en, mixed, other), ``text_clean`` (normalised and masked) and ``terms`` (see `analyze`), with the
        index of ``texts``. Of a talk with its speakers (`vocmine.text.split_turns`) all three are those of the
        customer's turns; personal data is found in the whole.

    Examples
    --------
    >>> as_analysed(["ログインできません。090-1234-5678まで"]).iloc[0].tolist()
    ['ja', 'ログインできません。[電話番号]まで', 'ログイン 出来る_ない']
    """
    if isinstance(texts, pd.DataFrame) and set(_COLUMNS) <= set(texts.columns):
        return texts
    index = texts.index if isinstance(texts, pd.Series | pd.DataFrame) else None
    own = vocabulary or default_vocabulary()
    names = (*_COLUMNS, _WORDS) if words else _COLUMNS
    raw = as_texts(texts)
    done: dict[str, _Row] = {}
    for batch in _batches(dict.fromkeys(raw)):
        done.update(zip(batch, _analyse(batch, own, words), strict=True))
    rows = [done[text] for text in raw]
    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(_COLUMNS) + 1)
    data = {name: pd.Series(list(values), dtype="str") for name, values in zip(names, columns, strict=False)}
    frame = pd.DataFrame(data)
    return frame if index is None else frame.set_axis(index)


def analyze(contacts: pd.DataFrame, vocabulary: Vocabulary | None = None, words: bool = False) -> pd.DataFrame:
    r"""Add `lang`, `text_clean` and `terms` to contacts.

    Parameters
    ----------
    contacts : DataFrame
        With a column ``text``; not changed.
    vocabulary : Vocabulary, optional
        Compounds, synonyms and stop words of one's own.
    words : bool
        Add ``words`` as well; see `as_analysed`.

    Returns
    -------
    DataFrame
        The contacts with three more columns. ``text_clean`` is normalised and personal data in it masked. ``terms`` has
        the content words, joined by spaces: in Japanese Sudachi's normalised forms of nouns, verbs and adjectives, in
        English lemmas in lower case; without stop words, lone numbers, lone kana, @handles and marks of masked data.
        What is denied keeps the denial: 繋がる_ない (つながらない), 使う_にくい (使いづらい), work_not; an emoji or
        kaomoji becomes its meaning, as ``emoji_joy``. Of talks they are those of the customer; where there are any, or
        a column ``agent_text``, this is what agents and bots say, masked, and ``agent_terms`` its content words.

    Examples
    --------
    >>> analyze(pd.DataFrame({"text": ["電話がつながらない", "My refund did not arrive"]}))["terms"].tolist()
    ['電話 繋がる_ない', 'refund arrive_not']
    >>> talk = pd.DataFrame({"text": ["客：返品できますか\nOP：返品は受け付けません"]})
    >>> analyze(talk)[["terms", "agent_terms"]].values.tolist()
    [['返品', '返品 受け付ける_ない']]
    """
    analysed = as_analysed(contacts[["text"]], vocabulary, words)
    out = contacts.assign(**{str(name): analysed[name] for name in analysed})
    others = _others_words(contacts)
    if others is None:
        return out
    theirs = as_analysed(others, vocabulary)
    return out.assign(agent_text=theirs["text_clean"], agent_terms=theirs["terms"])


def _others_words(contacts: pd.DataFrame) -> pd.Series | None:
    """Give what agents and bots say in each contact: in the text where it is a talk, else in ``agent_text``, if any.

    It is masked by what is found in all that both sides say: a name that the customer has given, an agent repeats.
    """
    texts = as_texts(contacts)
    turns = [split_turns(text) for text in texts]
    if "agent_text" not in contacts and not any(turns):
        return None
    words = as_texts(contacts["agent_text"]) if "agent_text" in contacts else [""] * len(texts)
    places: dict[int, _Places] = {}
    for i, talk in enumerate(turns):
        places[i] = [(turn.start, turn.end) for turn in talk if turn.role in ("agent", "bot") and turn.text]
        if words[i] and not places[i]:
            places[i] = [(len(texts[i]) + 1, len(texts[i]) + 1 + len(words[i]))]
            texts[i] = f"{texts[i]}\n{words[i]}"
    told = [i for i, own in places.items() if own]
    for i, (lang, spans) in zip(told, find_each([texts[i] for i in told]), strict=True):
        words[i] = _clean(texts[i], spans, lang, places[i])
    return pd.Series(words, index=contacts.index, dtype=object)


def mask_pii(texts: Any, lang: str | None = None, deep: bool = False, workers: int = 1) -> list[str]:
    """Give the texts with each personal datum replaced by its kind, as ``[電話番号]`` or ``[PHONE]``.

    Parameters
    ----------
    texts : list, Series or contacts frame
        Texts as written; what is not personal stays as it is.
    lang : str, optional
        Language of all texts; told from each if None. Marks are Japanese in Japanese and mixed texts, else English.
    deep : bool
        Ask GiNZA's named entity recogniser for names too: more are masked, and more without need. Expect about 30
        texts a second and worker, after 2 to 4 s of loading.
    workers : int
        Processes of the deep path, each replaced after 1,000 texts; 0 works in this process.

    Examples
    --------
    >>> mask_pii(["電話は０９０－１２３４－５６７８", "Mail me at a.smith@example.com"])
    ['電話は[電話番号]', 'Mail me at [EMAIL]']
    """
    return mask_each(as_texts(texts), lang, workers if deep else None)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Give texts in lists of some hundred, fewer of long ones, so that little is held at a time."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if len(batch) >= _BATCH or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _analyse(batch: list[str], vocabulary: Vocabulary, words: bool) -> list[_Row]:
    """Give language, clean text, terms and, where wanted and right, all words of each text.

    A text depends on no other. They go through each step together because that is faster: what Sudachi and what the
    patterns keep in the processor's cache would push each other out.
    """
    drafts = [_draft(raw) for raw in batch]
    cuts = [_cut(text, lang) for text, lang, _, _ in drafts]
    rows = [_finish(draft, cut, vocabulary, words) for draft, cut in zip(drafts, cuts, strict=True)]
    left = [i for i, (row, draft) in enumerate(zip(rows, drafts, strict=True)) if row[1] != draft[0]]
    for i, clean in zip(left, _unchanging([rows[i][1] for i in left]), strict=True):
        if clean != rows[i][1]:
            lang, _, _, all_words = rows[i]
            split = (lang, _cut(clean, lang))
            rows[i] = (lang, clean, _terms(clean, split, vocabulary, _hidden(clean, [], [])), all_words)
    return rows


def _unchanging(texts: list[str]) -> list[str]:
    """Mask and normalise clean texts until neither changes anything: each mark leaves less to mask.

    What stands beside a mark, or in the customer's part of a talk, may be read otherwise than it was before.
    """
    while (after := mask_each([normalize_text(text) for text in texts])) != texts:
        texts = after
    return texts


def _draft(raw: str) -> _Draft:
    """Give the normalised text, its language, what the patterns find in it, and in a talk the customer's turns."""
    text = normalize_text(raw)
    said = customer_spans(text)
    lang = detect_language("\n".join(text[a:b] for a, b in said) if said else text)
    return text, lang, pii_rules(veiled(text), lang), said


def _cut(text: str, lang: str) -> list[_Piece]:
    if lang not in ("ja", "mixed"):
        return []
    return [(at, piece, *split_japanese(piece)) for at, piece in sudachi_chunks(veiled(text))]


def _finish(draft: _Draft, cut: list[_Piece], vocabulary: Vocabulary, words: bool) -> _Row:
    """Find names and addresses, mask, and give the terms of what is left."""
    text, lang, spans, said = draft
    for at, piece, morphemes, kinds in cut:
        found = pii_words(piece, morphemes, kinds)
        spans += [span.moved(at) for span in found] if at else found
    spans = settled(text, spans)
    clean = _clean(text, spans, lang, said) if said else replace_spans(text, spans, lang)
    terms = _terms(text, (lang, cut), vocabulary, _hidden(text, spans, said))
    if lang == "en":
        return lang, clean, terms, ""
    read = lang != "other" and words and not said and clean == text and "[" not in text  # what was split is handed on
    return lang, clean, terms, _all_words(cut) if read else None


def _terms(text: str, split: tuple[str, list[_Piece]], vocabulary: Vocabulary, hidden: _Places) -> str:
    """Give the terms of a normalised text of a language, cut into morphemes, outside of what is hidden."""
    lang, cut = split
    if lang == "other":
        return " ".join(other_terms(text, hidden))
    if lang == "en":
        return " ".join(english_terms(text, vocabulary, hidden))
    terms: list[str] = []
    for at, piece, morphemes, kinds in cut:
        local = [(a - at, b - at) for a, b in hidden if a < at + len(piece) and b > at] if hidden else ()
        terms += japanese_terms(piece, morphemes, kinds, vocabulary, local)
    return " ".join(terms)


def _all_words(cut: list[_Piece]) -> str:
    return " ".join(joined for _, _, morphemes, kinds in cut if (joined := joined_surfaces(morphemes, kinds)))


def _clean(text: str, spans: list[PiiSpan], lang: str, said: _Places) -> str:
    """Give the customer's turns alone, each from a line of its own, masked by what was found in the whole text."""
    parts = []
    for start, end in said:
        inside = [
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in spans if span.start < end and span.end > start
        ]
        parts.append(replace_spans(text[start:end], inside, lang))
    return "\n".join(parts)


def _hidden(text: str, spans: list[PiiSpan], said: _Places) -> list[tuple[int, int]]:
    """Give the places whose words are no terms: what others say, what is or was masked, URLs, @handles, courtesies."""
    hidden = [(span.start, span.end) for span in spans]
    if said:
        edges = [0, *(edge for place in said for edge in place), len(text)]
        hidden += [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    if "[" in text:
        hidden += [m.span() for m in mark_pattern().finditer(text)]
    if "://" in text:
        hidden += [m.span() for m in _URL.finditer(text)]
    if "@" in text:
        hidden += [m.span() for m in _HANDLE.finditer(text)]
    hidden += courtesies(text)
    return _merged(hidden)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give spans in order, those that overlap joined."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
