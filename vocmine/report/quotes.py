"""Pick the sentences a report shows: verbatim, masked, short, and none twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from vocmine.report.evidence import Evidence, Quote
from vocmine.report.inputs import Frames, ids_of
from vocmine.report.listed import alert_contacts, unknown_contacts
from vocmine.report.words import Words

_LONGEST = 110  # characters: two lines of a card
_SENTENCE_END = re.compile(r"(?<=[。！？!?\n])|(?<=\.)\s")
_JAPANESE = re.compile("[ぁ-んァ-ヶｦ-ﾟ一-龠]")
_HALF_MASK = re.compile(r"\[[^\]]*$")
_PER_ISSUE = 3  # quotes; more are not read
_WORDS_SHOWN = 6  # words of a topic in a line
_MOST_TRACED = 20_000  # contacts listed in the workbook, the latest


def excerpt(text: str, evidence: str = "", longest: int = _LONGEST) -> str:
    """Cut out the sentence that shows the evidence; the words stay as they are, a cut shows as ``…``.

    Examples
    --------
    >>> excerpt("お世話になります。ログインできません。よろしくお願いします。", "ログイン", longest=20)
    '…ログインできません。…'
    >>> excerpt("short")
    'short'
    """
    whole = " ".join(text.split())
    if len(whole) <= longest:
        return whole
    parts = [part for part in _SENTENCE_END.split(whole) if part.strip()]
    words = [word for word in re.split(r"[\s,、|;]+", evidence) if word]
    best = max(range(len(parts)), key=lambda i: (sum(word in parts[i] for word in words), min(len(parts[i]), 25), -i))
    last = best + 1
    while last < len(parts) and len("".join(parts[best : last + 1])) <= longest:
        last += 1
    body = _between(whole, parts, best, last)
    short = _HALF_MASK.sub("", body[: longest - 1]).rstrip()
    cut_after = last < len(parts) or short != body
    return ("…" if best else "") + short + ("…" if cut_after else "")


def gather(
    frames: Frames, names: dict[str, dict[str, str]], tables: Mapping[str, Any], lang: str
) -> Evidence:
    """Collect the names and quotes that stand behind the numbers.

    Parameters
    ----------
    frames : Frames
        Contacts (masked text) and reasons.
    names : dict
        Display names of labels by language.
    tables : mapping
        ``topics``, ``alerts``, ``hot_words``, ``incidents``, where there are some.
    lang : str
        Quotes in this language come first.
    """
    ranked = _ranked(frames, lang)
    alerts, topics, words = (tables.get(key) for key in ("alerts", "topics", "hot_words"))
    return Evidence(
        names=names,
        quotes={str(issue): _take(part) for issue, part in ranked.groupby("issue", sort=True)} if len(ranked) else {},
        alert_names=_named(alerts), alert_words=_alert_words(alerts, lang),
        alert_quotes=_alert_quotes(alerts, frames, lang),
        topic_names=_named(topics), topic_quotes=_topic_quotes(topics), topic_terms=_terms(topics, lang),
        words=tuple(spoken(str(word), lang) for word in words["word"]) if words is not None and len(words) else (),
        word_quotes=_word_quotes(words),
        trace=_trace(frames), alert_contacts=alert_contacts(alerts, frames),
        unknown_contacts=unknown_contacts(frames), **_incident_texts(tables.get("incidents"), frames, lang),
    )


def _word_quotes(words: Any) -> tuple[str, ...]:
    """Give the first quote of each hot word, already masked."""
    if words is None or "quotes" not in words.columns:
        return ()
    return tuple(spoken(str(quotes[0])) if len(quotes) else "" for quotes in words["quotes"])


def _trace(frames: Frames) -> tuple[tuple[str, str, date, str, str], ...]:
    """List the contacts of each issue, so that every count can be followed to its contacts."""
    rows = frames.reasons[["contact_id", "issue"]].join(frames.base[["day", "channel", "mood"]], on="contact_id")
    rows = rows.sort_values(["day", "contact_id"], ascending=[False, True], kind="stable").head(_MOST_TRACED)
    rows = rows.sort_values(["issue", "day", "contact_id"], kind="stable")
    mood = rows["mood"].astype("object").fillna("").astype(str)
    days = rows["day"].dt.date
    return tuple(zip(rows["issue"], rows["contact_id"], days, rows["channel"], mood, strict=True))


def _ranked(frames: Frames, lang: str) -> pd.DataFrame:
    """Rows of issue and contact, the best quotes first: sure of the reason, plain to read, in the right language."""
    readable = frames.base.loc[frames.base["text"].str.len() >= 8]
    rows = frames.reasons.join(readable, on="contact_id", how="inner")
    if rows.empty:
        return rows
    only_reason = ~rows.duplicated("contact_id", keep=False)
    merit = _merit(rows, lang) + rows["score"].clip(0, 1).round(2) + 0.3 * only_reason
    return rows.assign(merit=merit.round(6)).sort_values(
        ["issue", "merit", "day", "contact_id"], ascending=[True, False, False, True]
    )


def _merit(rows: pd.DataFrame, lang: str) -> pd.Series:
    length = rows["text"].str.len().clip(upper=400)
    wanted = 45 if lang == "ja" else 90
    fit = -(length - wanted).abs() / 200
    masked = rows["text"].str.count(r"[\[［]").clip(upper=3)
    return fit + 0.8 * (rows["lang"] == lang) + 0.3 * (rows["mood"] == "negative") - 0.15 * masked


def _take(part: pd.DataFrame) -> tuple[Quote, ...]:
    few = part.drop_duplicates("text").head(_PER_ISSUE)
    evidence = few["evidence"] if "evidence" in few else pd.Series("", index=few.index)
    keys = few.get("contact_id", few.index.to_series())
    rows = zip(keys, few["day"], few["channel"], few["text"], evidence, strict=True)
    return tuple(Quote(str(key), day.date(), str(channel), excerpt(text, why)) for key, day, channel, text, why in rows)


def _alert_quotes(alerts: pd.DataFrame | None, frames: Frames, lang: str) -> dict[int, tuple[Quote, ...]]:
    if alerts is None or "contact_ids" not in alerts:
        return {}
    out = {}
    for topic in sorted(int(key) for key in alerts["topic_id"].unique()):
        part = alerts.loc[alerts["topic_id"] == topic]
        ids = sorted({i for cell in part["contact_ids"] for i in ids_of(cell)})
        rows = frames.base.loc[frames.base.index.isin(ids) & (frames.base["text"].str.len() >= 8)]
        if len(rows):
            rows = rows.assign(merit=_merit(rows, lang).round(6))
            out[topic] = _take(rows.sort_values(["merit", "day"], ascending=False, kind="stable"))
    return out


def _alert_words(alerts: pd.DataFrame | None, lang: str) -> dict[int, str]:
    """Words that changed, of the latest alert of each topic that has some."""
    if alerts is None or "words" not in alerts:
        return {}
    changed = alerts.loc[alerts["words"].fillna("").astype(str) != ""].sort_values("day", kind="stable")
    glue = Words(lang)("run_join")
    return {int(topic): glue.join(spoken(word, lang) for word in str(words).split(" / ")[:_WORDS_SHOWN])
            for topic, words in zip(changed["topic_id"], changed["words"], strict=True)}


def _named(table: pd.DataFrame | None) -> dict[int, str]:
    if table is None or len(table) == 0:
        return {}
    return {int(topic): str(name) for topic, name in zip(table["topic_id"], table["name"], strict=True)}


def _topic_quotes(topics: pd.DataFrame | None) -> dict[int, tuple[Quote, ...]]:
    """Quotes as the topic frame has them: masked there, without a contact of their own."""
    if topics is None or len(topics) == 0 or "quotes" not in topics:
        return {}
    epoch = pd.Timestamp(0).date()
    out = {}
    for topic, cell in zip(topics["topic_id"], topics["quotes"], strict=True):
        texts = _texts(cell)
        out[int(topic)] = tuple(Quote("", epoch, "", excerpt(text)) for text in texts[:2])
    return out


def _incident_texts(incidents: pd.DataFrame | None, frames: Frames, lang: str) -> dict[str, Any]:
    """Give names, words and quotes of incidents, masked where they come from; a name is never empty."""
    names: dict[str, str] = {}
    words: dict[str, str] = {}
    quotes: dict[str, tuple[Quote, ...]] = {}
    other, epoch, w = "en" if lang == "ja" else "ja", pd.Timestamp(0).date(), Words(lang)
    for row in [] if incidents is None else incidents.to_dict("records"):
        key, said = str(row["incident_id"]), [spoken(word, lang) for word in _texts(row.get("words"))]
        given = (str(row[f"name_{each}"] or "").strip() for each in (lang, other))
        words[key] = w("run_join").join(said[:_WORDS_SHOWN])
        names[key] = next(filter(None, given), "") or words[key] or w("incident_unnamed")
        shown = list(dict.fromkeys(_texts(row.get("quotes"))))[:_PER_ISSUE]
        shown.sort(key=lambda text: not _is_of(text, lang))  # the reader's language first
        found = tuple(Quote("", epoch, "", excerpt(text, " ".join(said))) for text in shown)
        if not any(_is_of(text, lang) for text in shown):
            found = (*_quote_of_members(ids_of(row.get("contact_ids")), said, frames, lang), *found)[:_PER_ISSUE]
        quotes[key] = found
    return {"incident_names": names, "incident_words": words, "incident_quotes": quotes}


def _is_of(text: str, lang: str) -> bool:
    return bool(_JAPANESE.search(text)) == (lang == "ja")


def _quote_of_members(ids: list[str], words: list[str], frames: Frames, lang: str) -> tuple[Quote, ...]:
    """Find a contact of an incident that says one of its words in the reader's language; none where none does."""
    rows = frames.base.loc[frames.base.index.isin(ids) & (frames.base["lang"] == lang)]
    if rows.empty or not words:
        return ()
    rows = rows.loc[rows["text"].str.contains("|".join(map(re.escape, words)), case=False)]
    rows = rows.loc[(rows["text"].str.len() >= 8) & rows["text"].map(lambda text: _is_of(text, lang)).astype(bool)]
    if rows.empty:
        return ()
    merit = _merit(rows, lang).round(6)
    return _take(rows.assign(merit=merit).sort_values(["merit", "day"], ascending=False, kind="stable").head(1))


def _texts(cell: object) -> list[str]:
    if isinstance(cell, str):
        return [cell] if cell else []
    return [str(text) for text in cell] if isinstance(cell, Iterable) else []


def _terms(topics: pd.DataFrame | None, lang: str) -> dict[int, str]:
    if topics is None or len(topics) == 0 or "terms" not in topics:
        return {}
    pairs = zip(topics["topic_id"], topics["terms"], strict=True)
    glue = Words(lang)("run_join")
    return {
        int(topic): glue.join(spoken(term, lang) for term in (t.split() if isinstance(t, str) else _texts(t))[:6])
        for topic, t in pairs
    }


def _between(whole: str, parts: list[str], first: int, last: int) -> str:
    """Give the text from part `first` up to part `last`, as it stands in the whole."""
    start = 0
    for part in parts[:first]:
        start = whole.index(part, start) + len(part)
    start = whole.index(parts[first], start)
    end = start
    for part in parts[first:last]:
        end = whole.index(part, end) + len(part)
    return whole[start:end].strip()


def spoken(term: str, lang: str = "ja") -> str:
    """Write a term with a mark of denial, or one that stands for a face, as people can read it.

    Examples
    --------
    >>> [spoken(term) for term in ("出来る_ない", "使う_にくい", "arrive_not", "user_id", "kao_joy")]
    ['出来る（ない）', '使う（にくい）', 'not arrive', 'user_id', '顔文字（喜び）']
    >>> spoken("emoji_anger", "en")
    'emoji: anger'
    """
    words = Words(lang)
    if words.has(f"face_{term}"):
        return words(f"face_{term}")
    stem, _, mark = term.rpartition("_")
    if stem and mark in {"ない", "にくい"}:
        return f"{stem}（{mark}）"
    return f"not {stem}" if stem and mark == "not" else term
