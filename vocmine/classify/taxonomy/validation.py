"""Check a taxonomy given as plain values: every mistake at once, with reason, key, what was got, what is allowed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from vocmine.classify.taxonomy.core import core_data, core_items
from vocmine.classify.taxonomy.pattern_cost import pattern_trouble
from vocmine.classify.taxonomy.patterns import expand
from vocmine.errors import SettingsError
from vocmine.frames import UNALLOCATED, UNKNOWN
from vocmine.yamlfile import YamlFile, listed, nearest, shown

Found = tuple[tuple[object, ...], str]  # the keys that lead to a mistake, and what is wrong

_TOP = ("reasons", "words", "version", "uses", "more", "trade")
_MORE = ("id", "examples", "patterns", "hints")
_KEYS = ("id", "name", "parent", "description", "examples", "patterns", "hints", "demand", "team")
_LANGS = ("ja", "en", "")
_DEMANDS = ("value", "failure")


def check(data: Any, where: str, file: YamlFile | None = None) -> None:
    """Raise SettingsError that lists every mistake of ``data``, with its line in the file it came from, if any."""
    source = file or YamlFile(where, data)
    mistakes = [*source.twice]
    for keys, mistake in _mistakes(data):
        line = source.line(*keys)
        mistakes.append(f"line {line}: {mistake}" if line else mistake)
    if mistakes:
        count = "" if len(mistakes) == 1 else f" ({len(mistakes)} mistakes)"
        raise SettingsError(f"wrong taxonomy{count}: " + listed(mistakes), where=where)


def _mistakes(data: Any) -> Iterator[Found]:
    """Give each mistake with the keys that lead to it."""
    if not isinstance(data, Mapping):
        got = "nothing" if data is None else type(data).__name__
        yield (), f"got {got}, expected a mapping with the key 'reasons'"
        return
    yield from (((key,), mistake) for key, mistake in _unknown_keys(data, _TOP, "top level"))
    words = data.get("words") or {}
    if not _is_map(words, str):
        yield ("words",), "words: expected a mapping from name to a part of a regular expression"
        words = {}
    uses = data.get("uses")
    if "uses" in data:
        words = {**core_data()["words"], **words}
        yield from _uses_mistakes(uses)
    yield from _more_mistakes(data.get("more"), uses, words)
    reasons = data.get("reasons")
    if reasons is None and uses:
        return
    if not isinstance(reasons, list) or not reasons:
        yield ("reasons",), "reasons: expected a list with one reason or more, each with 'id' and 'name'"
        return
    for number, item in enumerate(reasons, 1):
        yield from ((("reasons", number - 1, key), text) for key, text in _reason_mistakes(item, number, words))
    yield from _tree_mistakes(reasons, uses if _is_texts(uses) else [] if "uses" in data else None)


def _uses_mistakes(uses: Any) -> Iterator[Found]:
    if not _is_texts(uses):
        yield ("uses",), "uses: expected a list of ids of the default list, such as billing.refund"
        return
    for number, key in enumerate(uses):
        if key not in core_items():
            yield ("uses", number), f"uses: the default list has no reason {key!r}{_nearest(key, core_items())}"
        elif core_items()[key].get("parent") is None:
            yield ("uses", number), f"uses: {key!r} is a group; name its reasons, the group comes with them"


def _more_mistakes(more: Any, uses: Any, words: Mapping[str, str]) -> Iterator[Found]:
    if more is None:
        return
    if not isinstance(more, list) or not all(isinstance(item, Mapping) for item in more):
        yield ("more",), "more: expected a list of mappings with 'id' and what is to be added"
        return
    for number, item in enumerate(more):
        place = f"more {item.get('id')!r}"
        yield from ((("more", number, key), text) for key, text in _unknown_keys(item, _MORE, place))
        if not _is_texts(uses) or item.get("id") not in uses:
            yield ("more", number, "id"), f"{place}: is not among 'uses'"
        if not _is_examples(item.get("examples")):
            yield ("more", number, "examples"), f"{place}: 'examples' must be a list of texts, or lists by language"
        for key in ("patterns", "hints"):
            yield from ((("more", number, key), text) for text in _pattern_mistakes(item.get(key), key, place, words))


def _reason_mistakes(item: Any, number: int, words: Mapping[str, str]) -> Iterator[tuple[object, str]]:
    if not isinstance(item, Mapping):
        yield "", f"reason {number}: got {type(item).__name__}, expected a mapping with 'id' and 'name'"
        return
    place = f"reason {item['id']!r}" if isinstance(item.get("id"), str) and item["id"] else f"reason {number}"
    yield from _unknown_keys(item, _KEYS, place)
    if not isinstance(item.get("id"), str) or not item["id"].strip():
        yield "id", f"{place}: 'id' must be a text, got {_shown(item.get('id'))}"
    elif item["id"] in (UNKNOWN, UNALLOCATED):
        yield "id", f"{place}: this id is kept for contacts without a reason; choose another"
    if not _is_text(item.get("name"), required=True):
        yield "name", f"{place}: 'name' must be a text, or texts by language (ja, en), got {_shown(item.get('name'))}"
    if not _is_text(item.get("description")):
        yield "description", f"{place}: 'description' must be a text, or texts by language (ja, en)"
    if not _is_examples(item.get("examples")):
        yield "examples", f"{place}: 'examples' must be a list of texts, or lists by language (ja, en)"
    if item.get("demand") not in (None, *_DEMANDS):
        near = _nearest(item["demand"], _DEMANDS)
        yield "demand", f"{place}: 'demand' must be one of {', '.join(_DEMANDS)}, got {shown(item['demand'])}{near}"
    if not isinstance(item.get("parent"), str | None):
        yield "parent", f"{place}: 'parent' must be the id of another reason, got {_shown(item['parent'])}"
    if not isinstance(item.get("team"), str | None):
        yield "team", f"{place}: 'team' must be a text, got {shown(item['team'])}"
    for key in ("patterns", "hints"):
        yield from ((key, text) for text in _pattern_mistakes(item.get(key), key, place, words))


def _pattern_mistakes(patterns: Any, key: str, place: str, words: Mapping[str, str]) -> Iterator[str]:
    if patterns is None:
        return
    if not isinstance(patterns, list | tuple) or not all(isinstance(p, str) and p for p in patterns):
        yield f"{place}: {key!r} must be a list of regular expressions"
        return
    for pattern in patterns:
        name = shown(pattern)
        try:
            whole = expand(pattern, words)
        except (re.error, KeyError) as error:
            missing = isinstance(error, KeyError)
            problem = f"no word is named {error}{_nearest(error.args[0], words)}" if missing else str(error)
            yield f"{place}: pattern {name} can't be read: {problem}"
            continue
        if (trouble := pattern_trouble(whole)) is not None:
            yield f"{place}: pattern {name} can't be read: {trouble}"
        elif re.match(whole, ""):
            yield f"{place}: pattern {name} matches the empty text"


def _tree_mistakes(reasons: list[Any], uses: list[str] | None = None) -> Iterator[Found]:
    """Give what is wrong with ids and parents; with ``uses`` the groups of the default list are parents, too."""
    core = core_items() if uses is not None else {}
    items = {number: r for number, r in enumerate(reasons) if isinstance(r, Mapping) and isinstance(r.get("id"), str)}
    place = {r["id"]: ("reasons", number, "id") for number, r in items.items()}
    ids = [r["id"] for r in items.values()]
    for double, times in sorted(Counter(ids).items()):
        if times > 1:
            yield place[double], f"reason {double!r}: the id is given {times} times"
    for taken in sorted({*ids} & {*(uses or ())}):
        yield place[taken], f"reason {taken!r}: comes by 'uses'; add to it under 'more'"
    groups = {key for key, item in core.items() if item.get("parent") is None}
    parent = {r["id"]: r.get("parent") for r in items.values() if isinstance(r.get("parent"), str | None)}
    for child, above in parent.items():
        if above is not None and above not in parent and above not in groups:
            shown = f"{above!r}{_nearest(above, parent)}"
            yield (*place[child][:2], "parent"), f"reason {child!r}: there is no parent {shown}"
    in_circle = [i for i in parent if _comes_back(i, parent)]
    if in_circle:
        yield place[in_circle[0]], "parents form a circle: " + ", ".join(map(repr, in_circle))


def _comes_back(start: str, parent: Mapping[str, Any]) -> bool:
    at, seen = parent.get(start), set()
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = parent.get(at)
    return False


def _unknown_keys(item: Mapping[str, Any], allowed: tuple[str, ...], place: str) -> Iterator[tuple[object, str]]:
    for key in item:
        if key not in allowed:
            near = _nearest(key, allowed) or ", allowed: " + ", ".join(allowed)
            yield key, f"{place}: unknown key {shown(key)}{near}"


def _shown(value: Any) -> str:
    """Show what was got, and what to do where YAML reads it as no text (``yes``, ``no``, ``1``, a date)."""
    return shown(value) + (", put it in quotes" if isinstance(value, bool | int | float | date) else "")


def _nearest(got: Any, allowed: Any) -> str:
    near = nearest(got, allowed)
    return f", did you mean {near!r}?" if near else ""


def _is_map(value: Any, kind: type) -> bool:
    return isinstance(value, Mapping) and all(isinstance(k, str) and isinstance(v, kind) for k, v in value.items())


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _is_text(value: Any, required: bool = False) -> bool:
    if value is None:
        return not required
    if _is_map(value, str):
        return bool(value) and set(value) <= set(_LANGS) and all(v.strip() for v in value.values())
    return isinstance(value, str) and bool(value.strip() or not required)


def _is_examples(value: Any) -> bool:
    def texts(items: Any) -> bool:
        return isinstance(items, list | tuple) and all(isinstance(t, str) and t.strip() for t in items)

    if value is None:
        return True
    if isinstance(value, Mapping):
        return set(value) <= set(_LANGS) and all(texts(v) for v in value.values())
    return texts(value)
