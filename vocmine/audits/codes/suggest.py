"""Propose what codes mean, from their names and from what the texts under them say; what is not sure stays open."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from vocmine.audits.codes.code_words import code_levels, says_nothing, says_other
from vocmine.audits.codes.combine import text_reasons
from vocmine.audits.codes.mapping import IGNORE, OPEN, READ_ANEW, CodeMapping, Meaning, leaves_below
from vocmine.frames import UNKNOWN
from vocmine.stats import share_interval

NAMES_COLUMNS = ("code", "reason", "score")

# Chosen on code lists of thirteen made-up centres (tests/audits/codes/code_lists.yaml); twelve others were kept aside.
_BY_NAME = 0.6  # score of the name alone
_BY_BOTH, _SHARE, _FEW = 0.3, 0.4, 5  # score of the name and share of the texts together, of so many texts
# Of a code without words, chosen by scripts/tune_codes.py: lower bound of one reason's share of the texts, most of the
# next one's; lower bound of a group's share, and how many of its reasons have which part of the texts at least.
_BY_TEXTS, _SECOND = 0.45, 0.2
_BY_GROUP, _SPREAD, _PART = 0.6, 3, 0.1
_MANY, _READ = 10, 0.5  # of at least so many texts, and at least so large a part of the code's
_AGAINST = 0.2  # upper bound of the share of the texts below which they speak against the name
_MOSTLY = 0.5  # lower bound of the share of another reason that does


@dataclass(frozen=True)
class CodeGuess:
    """What a code may mean, and why.

    Parameters
    ----------
    code : str
        As the agents choose it.
    meaning : str or tuple of str
        As in `CodeMapping.meanings`; ``open`` where it is not sure.
    n : int
        Contacts with it.
    n_read : int
        Of these, those in whose text a reason was found.
    named : tuple of (str, float)
        Reasons that its name may mean, with their scores.
    texts : tuple of (str, float)
        Reasons of its texts, with their shares of those read.
    why : str
        ``other, nothing, name, both, texts``; for an open one ``unsure`` or ``contradiction``.
    """

    code: str
    meaning: Meaning
    n: int = 0
    n_read: int = 0
    named: tuple[tuple[str, float], ...] = ()
    texts: tuple[tuple[str, float], ...] = ()
    why: str = "unsure"


def suggest_codes(
    contacts: pd.DataFrame, tags: pd.DataFrame, names: pd.DataFrame, taxonomy: Any
) -> tuple[CodeGuess, ...]:
    """Propose what each code of the contacts means.

    A name that is sure enough decides unless the texts speak against it; a likely name and the texts decide together; a
    code without words is judged by its texts alone. "Other" is to be read anew, and what names no reason is ignored.

    Parameters
    ----------
    contacts : DataFrame
        ``contact_id`` and ``agent_code``.
    tags : DataFrame
        Tags of the contacts.
    names : DataFrame
        ``code, reason, score``: what the names of codes say, as `vocmine.classify.code_names.name_codes` gives it.
    taxonomy : Taxonomy
        The list of reasons.

    Returns
    -------
    tuple of CodeGuess
        The codes with most contacts first.

    Examples
    --------
    >>> contacts = pd.DataFrame({"contact_id": list("abc"), "agent_code": ["01:返金", "その他", "Z9"]})
    >>> tags = pd.DataFrame({"contact_id": list("abc"), "kind": "reason", "label": "refund", "score": 0.9,
    ...                      "source": "model", "evidence": ""})
    >>> names = pd.DataFrame({"code": ["01:返金"], "reason": ["refund"], "score": [0.97]})
    >>> reasons = type("List", (), {"reasons": (), "leaves": ("refund",)})
    >>> {guess.code: guess.meaning for guess in suggest_codes(contacts, tags, names, reasons)}
    {'01:返金': ('refund',), 'Z9': 'open', 'その他': 'read_anew'}
    """
    below = leaves_below(taxonomy)
    codes = contacts["agent_code"].dropna().astype(str).str.strip()
    codes = codes[codes != ""]
    read = text_reasons(tags)
    read = read[read["label"] != UNKNOWN].sort_values(["score", "label"], ascending=[False, True], kind="stable")
    main = read.drop_duplicates("contact_id").set_index("contact_id")["label"]
    said = contacts.loc[codes.index, "contact_id"].astype(str).map(main)
    named = {str(code): rows for code, rows in names.groupby("code", sort=False)}
    found = []
    for code, n in sorted(codes.value_counts().items(), key=lambda pair: (-int(pair[1]), str(pair[0]))):
        texts = said[codes == code].dropna()
        counts = sorted(texts.value_counts().items(), key=lambda pair: (-int(pair[1]), str(pair[0])))
        rows = named.get(str(code))
        scores = () if rows is None else tuple(zip(rows["reason"], rows["score"].astype(float), strict=True))
        found.append(_guess(str(code), int(n), scores, {str(name): int(k) for name, k in counts}, below))
    return tuple(found)


def _guess(
    code: str, n: int, named: tuple[tuple[str, float], ...], counts: Mapping[str, int],
    below: Mapping[str, tuple[str, ...]],
) -> CodeGuess:
    n_read = sum(counts.values())
    shown = tuple((name, k / n_read) for name, k in counts.items())[:3]
    meaning, why = _decided(code, n, named, counts, below)
    return CodeGuess(code, meaning, n, n_read, named[:3], shown, why)


def _decided(
    code: str, n: int, named: tuple[tuple[str, float], ...], counts: Mapping[str, int],
    below: Mapping[str, tuple[str, ...]],
) -> tuple[Meaning, str]:
    if says_other(code) or says_nothing(code):
        return (READ_ANEW, "other") if says_other(code) else (IGNORE, "nothing")
    n_read = sum(counts.values())
    if not code_levels(code):
        return _by_texts(counts, n, below)
    reason, score = named[0] if named else ("", 0.0)
    k = sum(counts.get(leaf, 0) for leaf in below.get(reason, ()))
    against = n_read >= _MANY and share_interval(k, n_read).high < _AGAINST and any(
        share_interval(other, n_read).low > _MOSTLY for other in counts.values()
    )
    if against and score >= _BY_BOTH:
        return OPEN, "contradiction"
    agreed = n_read >= _FEW and k / n_read >= _SHARE and k == max(counts.values())
    if score >= _BY_NAME or (score >= _BY_BOTH and agreed):
        return below.get(reason, (reason,)), "name" if score >= _BY_NAME else "both"
    return OPEN, "unsure"


def _by_texts(counts: Mapping[str, int], n: int, below: Mapping[str, tuple[str, ...]]) -> tuple[Meaning, str]:
    """Judge a code without words by its texts: one reason that stands out, or a group of them."""
    n_read = sum(counts.values())
    if n_read < max(_MANY, _READ * n):
        return OPEN, "unsure"
    (first, k), second = next(iter(counts.items())), [*counts.values(), 0][1]
    if share_interval(k, n_read).low >= _BY_TEXTS and second / n_read <= _SECOND:
        return (first,), "texts"
    for leaves in below.values():
        together = sum(counts.get(leaf, 0) for leaf in leaves)
        spread = sum(counts.get(leaf, 0) >= _PART * n_read for leaf in leaves) >= min(_SPREAD, len(leaves))
        if first in leaves and len(leaves) > 1 and spread and share_interval(together, n_read).low >= _BY_GROUP:
            return leaves, "texts"
    return OPEN, "unsure"


def guesses_to_yaml(guesses: Sequence[CodeGuess], names: Mapping[str, str], taxonomy: Any, lang: str = "en") -> str:
    """Write guesses as a code mapping to be looked through: figures and doubts stand as comments.

    Parameters
    ----------
    guesses : sequence of CodeGuess
        From `suggest_codes`.
    names : mapping of str to str
        Names of the reasons.
    taxonomy : Taxonomy
        The list of reasons: all reasons of a group are written as the group.
    lang : {"ja", "en"}
        Language of the comments.

    Examples
    --------
    >>> reasons = type("List", (), {"reasons": (), "leaves": ("refund",)})
    >>> guess = CodeGuess("01:返金", ("refund",), 12, 8, (("refund", 0.97),), (("refund", 0.75),), "name")
    >>> print(guesses_to_yaml([guess], {"refund": "Refund"}, reasons).splitlines()[-1])
      "01:返金": refund  # Refund; 12 contacts; name: refund 0.97; texts: refund 75% of 8 read
    """
    said = _sentences()[lang]
    groups = {leaves: name for name, leaves in leaves_below(taxonomy).items() if len(leaves) > 1}
    done = sum(guess.meaning != OPEN for guess in guesses)
    lines = [f"# {line}" for line in said["head"]]
    lines += ["# " + said["done"].format(done=done, n=len(guesses)), "code_mapping:"]
    for guess in guesses:
        value = _value(guess.meaning, groups)
        key = json.dumps(guess.code, ensure_ascii=False)
        lines.append(f"  {key}:{value}  # {_comment(guess, names, groups, said)}")
    return "\n".join(lines if guesses else [*lines[:-1], "code_mapping: {}"]) + "\n"


def guessed_mapping(guesses: Sequence[CodeGuess]) -> CodeMapping:
    """Give guesses as a mapping, to be used at once."""
    return CodeMapping({guess.code: guess.meaning for guess in guesses})


def _value(meaning: Meaning, groups: Mapping[tuple[str, ...], str]) -> str:
    if isinstance(meaning, tuple):
        return f" {meaning[0]}" if len(meaning) == 1 else f" {groups.get(meaning) or '[' + ', '.join(meaning) + ']'}"
    return "" if meaning == OPEN else f" {meaning}"


def _comment(
    guess: CodeGuess, names: Mapping[str, str], groups: Mapping[tuple[str, ...], str], said: Mapping[str, Any]
) -> str:
    parts = []
    if isinstance(guess.meaning, tuple):
        shown = [groups[guess.meaning]] if guess.meaning in groups else guess.meaning
        parts.append(", ".join(names.get(each, each) for each in shown))
    elif guess.meaning == OPEN:
        parts.append(said[guess.why])
    parts.append(said["contacts"].format(n=f"{guess.n:,}"))
    if guess.named and guess.why not in ("other", "nothing"):
        parts.append(said["name"] + ", ".join(f"{reason} {score:.2f}" for reason, score in guess.named))
    if guess.texts:
        texts = ", ".join(f"{reason} {share:.0%}" for reason, share in guess.texts)
        parts.append(said["texts"].format(texts=texts, n=f"{guess.n_read:,}"))
    return " ".join("; ".join(parts).split())


@cache
def _sentences() -> Mapping[str, Any]:
    import yaml

    text = resources.files("vocmine.audits").joinpath("data", "codes.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)["file"]
    return table
