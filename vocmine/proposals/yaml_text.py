"""A proposed list of reasons as YAML that a person can edit, and back: the shares that its comments tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vocmine.classify.taxonomy.taxonomy import Reason
from vocmine.plaintext import plain

if TYPE_CHECKING:
    from vocmine.proposals.proposed import ProposedTaxonomy

SHOWN = 5  # examples a person reads
_SAID = 10  # reasons of a kind on the terminal
_PLAIN = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*")
_RESERVED = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_NOTED = re.compile(r"^# share ([0-9.]+)%")
_ID = re.compile(r"^- id: (.+)$")


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Give what is said to the person who edits, by language."""
    import yaml

    text = (files("vocmine.proposals") / "data" / "words.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


def yaml_text(proposed: ProposedTaxonomy, lang: str = "en") -> str:
    """Write the list; see `ProposedTaxonomy.to_yaml`.

    Examples
    --------
    >>> from vocmine.classify import Reason
    >>> from vocmine.proposals import ProposedTaxonomy
    >>> print(yaml_text(ProposedTaxonomy((Reason("a", {"ja": "返金: まだ"}, examples={"ja": ("<b>返金",)}),), "1")))
    # Reasons that vocmine drafted from 0 contacts. ...
    - id: a
      name: {ja: "返金: まだ"}
      examples:
        ja:
        - "<b>返金"
    <BLANKLINE>
    """
    say = words()[lang]
    left = proposed.n_left / max(proposed.n, 1)
    out = [f"# {line.format(n=proposed.n, shown=SHOWN, left=left)}" for line in say["head"]]
    out += [f"version: {_quoted(proposed.version)}", "reasons:"]
    figures = {str(row["id"]): row for row in proposed.figures.to_dict("records")}
    for reason in proposed.reasons:
        row = figures.get(reason.id)
        out += ["", *_comments(reason, row, say), *_reason(reason, None if row is None else say)]
    return "\n".join(out) + "\n"


def _comments(reason: Reason, row: Mapping[Any, Any] | None, say: Mapping[str, Any]) -> Iterable[str]:
    if row is None:
        return
    status = say["status"][row["status"]].format(before=row["previous_share"])
    told = say["share"].format(share=row["share"], low=row["low"], high=row["high"], n=int(row["n"]))
    yield f"# share {told}; {status}"
    if row["demand_evidence"]:
        bad, n = row["demand_evidence"]
        yield "# " + say["demand"].format(bad=bad, n=n, doubt="" if row["demand_is_sure"] else say["doubt"])
    if len(reason.names) < 2 and "" not in reason.names:
        yield f"# {say['one_language']}"


def _reason(reason: Reason, say: Mapping[str, Any] | None) -> Iterable[str]:
    yield f"- id: {_key(reason.id)}"
    if reason.parent:
        yield f"  parent: {_key(reason.parent)}"
    yield f"  name: {_by_language(reason.names)}"
    if reason.descriptions:
        yield f"  description: {_by_language(reason.descriptions)}"
    if reason.demand:
        yield f"  demand: {reason.demand}"
    if reason.team:
        yield f"  team: {_quoted(reason.team)}"
    for key in ("patterns", "hints"):
        some = getattr(reason, key)
        if some:
            yield f"  {key}:"
            yield from (f"  - {_quoted(p)}" for p in some)
    if reason.examples:
        yield "  examples:"
        for lang, texts in reason.examples.items():
            yield f"    {lang or _quoted('')}:"
            for i, text in enumerate(texts):
                if say is not None and i in (0, SHOWN):
                    yield f"    # {say['shown' if i == 0 else 'more']}"
                yield f"    - {_quoted(text)}"


def _by_language(values: Mapping[str, str]) -> str:
    if set(values) == {""}:
        return _quoted(values[""])
    return "{" + ", ".join(f"{lang or _quoted('')}: {_quoted(text)}" for lang, text in values.items()) + "}"


def _key(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text not in _RESERVED else _quoted(text)


def _quoted(text: str) -> str:
    """Write any text as one double-quoted scalar on one line: what a customer wrote stays a value that can be read."""
    import yaml

    return str(yaml.safe_dump(plain(text), allow_unicode=True, default_style='"', width=float("inf"))).strip()


def previous_shares(path: Path) -> dict[str, float]:
    """Read the shares that a proposed list tells in its comments; empty for a list that has none.

    Raises
    ------
    OSError
        If there is no such file.
    """
    import yaml

    found: dict[str, float] = {}
    told: float | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        share, here = _NOTED.match(line), _ID.match(line)
        if share:
            told = float(share.group(1)) / 100
        elif here:
            if told is not None:
                found[str(yaml.safe_load(here.group(1)))] = told
            told = None
    return found


def summary_lines(proposed: ProposedTaxonomy, lang: str = "en") -> list[str]:
    """Say what was found; see `ProposedTaxonomy.lines`."""
    say = words()[lang]
    figures = proposed.figures
    left = proposed.n_left / max(proposed.n, 1)
    out = [say["found"].format(n=proposed.n, k=int((figures["status"] != "gone").sum()), left=left)]
    names = proposed.names(lang)
    for status in ("new", "shipped", "kept", "grown", "shrunk", "gone"):
        rows = figures[figures["status"] == status].sort_values(["n", "id"], ascending=[False, True])
        if len(rows):
            head = str(say["status"][status]).partition("(")[0].partition("（")[0].partition(",")[0].strip()
            out.append(say["counts"].format(status=head, k=len(rows)))
            first = rows.head(_SAID)
            out += [f"  {share:.1%}  {names[i]} ({i})" for i, share in zip(first["id"], first["share"], strict=True)]
    return out
