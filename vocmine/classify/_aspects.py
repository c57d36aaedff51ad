"""Aspects: what is said about which thing, from GiNZA's parse for Japanese and from nearby words for English."""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from vocmine.classify._contrast import against_before, better_before, clauses
from vocmine.classify._predicates import predicates
from vocmine.classify.sentiment.lexicon import word_list
from vocmine.classify.sentiment.polarity import sentence_hits, sentences, without_courtesy
from vocmine.classify.sentiment.polarity_ja import Hit
from vocmine.text import as_analysed
from vocmine.text.worker import load_parser, need_parser

_MAX_SENTENCE = 400  # characters; the parser's time grows with the sentence
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "dislocated", "obj", "obl", "nmod", "iobj", "csubj"})
_HOLLOW = word_list("hollow_ja")
_HOLLOW_EN = word_list("hollow_en")
_WORD_EN = re.compile(r"[A-Za-z][A-Za-z'’-]+?(?=['’]s\b|[^A-Za-z'’-]|\Z)")
_CLAUSE = re.compile(r"[,;.]|\b(?:but|and|although|though)\b")
_ARTICLES = re.compile(
    r"\s+(?:(?:the|an?|my|your|our|their|this|that|these|those|its|his|her|new|old|whole)\s+)*", re.IGNORECASE
)
_VERBAL = re.compile(r"(?:ed|ing|ly|n't)$")
_LOUD = 0.8  # a milder hit (refund) may itself be the thing spoken of
_MOST_WORDS = 2  # of an English thing
_TITLE = re.compile(r"(?:さん|さま|様|ちゃん|氏)$")
_INFLECTED = re.compile(r"[ぁ-ん]$")
_COPULA = word_list("copula_en")
_DOING = word_list("doing_verbs_en") | _COPULA  # no things
_SPENT = frozenset({"時間", "手間", "暇", "日数"})  # what something takes: 会計に時間がかかる is said of 会計
_AND_JA = frozenset({"と", "や", "も", "とか", "および", "及び"})
_DIFFERS = re.compile(r"違|異な|比べ|同じ|合わ")  # 写真と色が違う names one thing
_PLURAL = re.compile(r"\b(?:are|were|both|look|looked|feel|felt|seem|seemed|got|came|smell|taste|tasted|arrived)\b")
_FIRST_OF_TWO = re.compile(
    r"[\s,;]*(?:and |both )?(?:(?:the|my|your|our|their|its|his|her) )?((?:[a-z'-]+ )?[a-z'-]+) (?:and|&|or) "
    r"(?:(?:the|my|your|our|their|its|his|her) )?", re.IGNORECASE,
)
_BEING_TWO = re.compile(
    rf"(?:\b|(?='))(?:{'|'.join(sorted(_COPULA))})\b(?:n't| not)?(?: [a-z'-]+,?){{1,4}}(?: and)?"
    r"(?: (?:very|so|too|really))? ?\Z",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(r"\b(?:I|we|he|she|you|nobody|someone|there)\b", re.IGNORECASE)
_FROM = 0.35  # an aspect is said good or bad from this score on
_FOR_ITS_PRICE = re.compile(r"(?:割|わり)に$")  # what follows says of which side: 値段の割に性能がいい
_GOOD = re.compile(r"(?:感じが?)?(?:いい|良い|よい|良かった|よかった)(?:です|んです|のです)?$")  # granted before a turn
_TURNS = frozenset({"but", "although", "though", "however", "ただし", "しかし"})
_FROM_CONTRAST = 0.3  # in a clause that another is set against
_FULL = 2.0  # score of a word that is as strong as can be


class Mention(NamedTuple):
    """One thing and how it is spoken of."""

    aspect: str
    score: float
    evidence: str


@lru_cache(maxsize=8)
def _parser(thread: int) -> Any:
    need_parser(purpose="looking for aspects in Japanese texts")
    return load_parser("ja_ginza", "pairs")


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

    Raises
    ------
    MissingExtraError
        If a Japanese sentence is to be parsed and GiNZA is not installed.

    See Also
    --------
    vocmine.classify.SentimentClassifier : Judges the whole text.
    vocmine.classify.aspect_table.aspect_table : Counts contacts by aspect and sentiment.

    Examples
    --------
    >>> aspects(["The staff was friendly but the room was dirty"])[["aspect", "sentiment"]].values.tolist()
    [['staff', 'positive'], ['room', 'negative']]
    """
    rows = []
    for row, text in enumerate(as_analysed(texts)["text_clean"].astype(str)):
        for mention in dict.fromkeys(_read(text)):
            sentiment = "positive" if mention.score > 0 else "negative"
            strength = round(min(1.0, abs(mention.score) / _FULL), 3)
            rows.append((row, mention.aspect, sentiment, mention.evidence, strength))
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


def _read(text: str) -> list[Mention]:
    found: list[Mention] = []
    for _, sentence in sentences(without_courtesy(text)):
        japanese = bool(_JAPANESE.search(sentence)) and len(sentence) <= _MAX_SENTENCE
        found += _strongest(_japanese(sentence) if japanese else _english(sentence))
    return found


def _strongest(found: list[Mention]) -> list[Mention]:
    """Leave one mention of a thing and side: 広い部屋で満足した praises 部屋 once."""
    best: dict[tuple[str, bool], Mention] = {}
    for mention in found:
        key = (mention.aspect, mention.score > 0)
        if key not in best or abs(mention.score) > abs(best[key].score):
            best[key] = mention
    return list(best.values())


def _japanese(sentence: str) -> list[Mention]:
    """Read each clause by itself: 音質はいい of 音質はいいのに装着感が悪い is praise."""
    parts = clauses(sentence)
    found: list[Mention] = []
    for part in parts:
        clause, was_better = against_before(part)
        hits = predicates(clause, _hits(clause, _FROM_CONTRAST if len(parts) > 1 else _FROM))
        if not hits and len(parts) > 1 and (praise := _GOOD.search(clause)):
            hits = [Hit(*praise.span(), praise.group(), 1.0, negated=False)]
        if was_better:
            hits = [h for h in hits if h.score > 0]
        mentions = _parsed(clause, hits, found[-1].aspect if found else "") if hits else []
        found += [_turned(m) for m in mentions] if was_better else mentions
    return found


def _turned(mention: Mention) -> Mention:
    return mention._replace(score=-mention.score)


def _english(sentence: str) -> list[Mention]:
    if before := [Mention(thing, -1.0, words) for thing, words in better_before(sentence)]:
        return before
    parts = clauses(sentence)
    found: list[Mention] = []
    for part in parts:
        hits = predicates(part, _hits(part, _FROM_CONTRAST if len(parts) > 1 else _FROM))
        last = found[-1].aspect if found and not _OTHER_SUBJECT.search(part) else ""
        found += _nearby(part, hits, last) if hits else []
    return found


def _hits(sentence: str, least: float) -> list[Hit]:
    loud = [hit for hit in sentence_hits(sentence) if abs(hit.score) >= least]
    return [h for h in loud if h.text.lower() not in _HOLLOW_EN | _TURNS and not _FOR_ITS_PRICE.search(h.text)]


def _parsed(sentence: str, hits: list[Hit], last: str = "") -> list[Mention]:
    """Parse a clause; where it names nothing, what was last spoken of is meant."""
    doc = _parser(threading.get_ident())(sentence)
    found = []
    for hit in hits:
        inside = [token for token in doc if token.idx < hit.end and token.idx + len(token) > hit.start]
        token = _thing(inside)
        things = [_phrase(one) for one in _with_joined(token, hit.text)] if token is not None else [last]
        for thing in filter(None, things):
            if thing.endswith("以外") and len(thing) > 2:  # all but this
                found.append(Mention(thing[:-2], -hit.score, hit.text))
            else:
                found.append(Mention(_TITLE.sub("", thing) or thing, hit.score, hit.text))
    return [mention for mention in found if not _is_trouble_mended(mention, found)]


def _is_trouble_mended(mention: Mention, found: list[Mention]) -> bool:
    """Say whether a bad noun only names what a praised thing is for (故障の修理が早い)."""
    return mention.score < 0 and any(other.aspect == mention.aspect and other.score > 0 for other in found) and not (
        _INFLECTED.search(mention.evidence)
    )


def _thing(inside: list[Any]) -> Any | None:
    """Find the noun that the words of a hit are about: their subject, the noun they modify, or one within the hit."""
    last = inside[-1] if inside else None
    for token in reversed(inside):
        for child in sorted(token.children, key=lambda c: (c.dep_ != "nsubj", -c.i)):
            if child.dep_ in _SUBJECTS and _names(_real(child)):
                return _real(_spends(child) if child.text in _SPENT else child)
    for token in inside:
        if token.dep_ in ("acl", "amod", "nmod") and _names(token.head):
            return token.head
        if token.dep_ in ("advcl", "conj") and token.head.i > token.i:
            subjects = [c for c in token.head.children if c.dep_ == "nsubj" and c.i < token.i and _names(c)]
            if subjects:
                return subjects[-1]
    of_condition = [
        g for token in inside for c in token.children if c.dep_ == "advcl"
        for g in c.children if g.dep_ == "nsubj" and _names(g)
    ]
    if of_condition:  # 操作は慣れれば楽
        return of_condition[0]
    nouns = [token for token in inside if _names(token) and (token is not last or _is_wait(token))]
    return nouns[0] if nouns else None


def _is_wait(token: Any) -> bool:
    """Say whether a noun is a bad thing that something is said of: 待ち時間が長い."""
    return token.text in _SPENT and token.dep_ == "nsubj" and any(child.dep_ == "compound" for child in token.children)


def _spends(spent: Any) -> Any:
    """Give the thing that takes time or trouble, if the sentence names it, else the time itself."""
    if any(child.dep_ in ("compound", "nmod") for child in spent.children):  # 待ち時間 is a thing
        return spent
    others = [c for c in spent.head.children if c.dep_ in _SUBJECTS and c.i < spent.i and _names(c)]
    return next((c for c in reversed(others) if _case(c) in ("に", "は", "も", "まで", "には")), spent)


def _case(token: Any) -> str:
    return "".join(child.text for child in token.children if child.dep_ == "case" and child.i > token.i)


def _with_joined(token: Any, said: str) -> list[Any]:
    """Give a thing with those joined to it: 床と壁が, 肉も魚も."""
    if _DIFFERS.search(said):
        return [token]
    joined = [
        child for child in token.children
        if child.i < token.i and child.dep_ in ("nmod", "conj", "nsubj", "obl", "dislocated") and _names(child)
        and (case := _case(child)) in _AND_JA and (case != "も" or _case(token) in ("も", "は", ""))
    ]
    return [one for child in joined for one in _with_joined(child, said)] + [token]


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


def _nearby(sentence: str, hits: list[Hit], last: str = "") -> list[Mention]:
    """Take the noun-like words before a verb of being or right before the hit, else right after it, else before it."""
    words = [(m.start(), m.end(), m.group()) for m in _WORD_EN.finditer(sentence)]
    loud = [(h.start, h.end) for h in hits if abs(h.score) >= _LOUD]
    free = [w for w in words if not any(start < w[1] and w[0] < end for start, end in loud)]
    plain = [w for w in free if w[2].lower() not in _HOLLOW_EN | _DOING and len(w[2]) > 2]
    found = []
    for hit in hits:
        before = [w for w in plain if w[1] <= hit.start and not _CLAUSE.search(sentence[w[1] : hit.start])]
        after = _phrase_after(sentence, hit.end, plain)
        between = sentence[before[-1][1] : hit.start].lower().split() if before else []
        if before and (not between or any(word in _COPULA for word in between) or not after):
            picks = [*_first_of_two(sentence, before[-1][0], plain, between), _phrase_up_to(sentence, before)]
        else:
            picks = [after or _subject(sentence, hit.start, plain) or last]
        found += [Mention(pick.lower(), hit.score, hit.text) for pick in picks if pick]
    return found


def _subject(sentence: str, place: int, plain: list[tuple[int, int, str]]) -> str:
    """Give the subject of a verb of being that two adjectives follow: careful of the courier was careful and kind."""
    being = _BEING_TWO.search(sentence, 0, place)
    if being is None:
        return ""
    before = [w for w in plain if w[1] <= being.start() and not _CLAUSE.search(sentence[w[1] : being.start()])]
    return _phrase_up_to(sentence, before) if before else ""


def _first_of_two(sentence: str, start: int, plain: list[tuple[int, int, str]], between: list[str]) -> list[str]:
    """Give the first of two things that a verb in the plural is said of: the soup and the bread were cold."""
    if not _PLURAL.search(" ".join(between)):
        return []
    opening = sentence.rfind(",", 0, start) + 1
    two = _FIRST_OF_TWO.match(sentence, opening, start)
    if two is None or sentence[two.end() : start].count(" ") > 1:
        return []
    names = [w for w in plain if two.start(1) <= w[0] and w[1] <= two.end(1)]
    return [two.group(1)] if len(names) == len(two.group(1).split()) else []


def _phrase_after(sentence: str, end: int, plain: list[tuple[int, int, str]]) -> str:
    """Give the noun-like words right after a place, articles left out."""
    picked: list[str] = []
    for start, stop, word in plain:
        if start >= end and _ARTICLES.fullmatch(sentence, end, start) and len(picked) < _MOST_WORDS:
            if picked and (_VERBAL.search(word) or sentence[end:start] != " "):
                break
            picked.append(word)
            end = stop
    return " ".join(picked)


def _phrase_up_to(sentence: str, before: list[tuple[int, int, str]]) -> str:
    """Give the last of these words with the one that stands right before it and the article that begins both."""
    last = before[-1]
    if len(before) > 1 and sentence[before[-2][1] : last[0]] == " " and not _VERBAL.search(before[-2][2]):
        return f"{before[-2][2]} {last[2]}"
    return last[2]
