"""The reasons that lists of all trades share: a list takes some of them by id, so that figures can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

_GROWS = ("examples", "patterns", "hints")  # what `more` may add to a reason


@lru_cache(maxsize=1)
def core_data() -> dict[str, Any]:
    """Give the shipped taxonomy's file as plain values; not to be changed.

    Examples
    --------
    >>> core_data()["reasons"][0]["id"]
    'billing'
    """
    return shipped_yaml("taxonomy.yaml")


def shipped_yaml(*path: str) -> dict[str, Any]:
    """Read a YAML file of ``classify/data`` as plain values.

    Examples
    --------
    >>> shipped_yaml("trades", "saas.yaml")["trade"]
    'saas'
    """
    import yaml

    text = resources.files("vocmine.classify").joinpath("data", *path).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 (a safe loader)
    return found


@lru_cache(maxsize=1)
def core_items() -> dict[str, dict[str, Any]]:
    """Give the shared reasons and groups by id.

    Examples
    --------
    >>> core_items()["billing.refund"]["parent"]
    'billing'
    """
    return {item["id"]: item for item in core_data()["reasons"]}


def with_core(data: Mapping[str, Any]) -> dict[str, Any]:
    """Write the shared reasons that a list takes into it, with the groups above them.

    Parameters
    ----------
    data : mapping
        A list that was checked: ``uses`` names shared reasons, ``more`` adds examples, patterns and hints to some of
        them. Without ``uses`` it stays as it is.

    Returns
    -------
    dict
        The same with all reasons in ``reasons``: groups in the order of the shared list, the list's own reasons after
        them; patterns may use the named parts of both.

    Examples
    --------
    >>> made = with_core({"uses": ["billing.refund"], "reasons": [{"id": "stay", "name": "宿泊"}]})
    >>> [item["id"] for item in made["reasons"]]
    ['billing', 'billing.refund', 'stay']
    """
    if "uses" not in data:
        return dict(data)
    core, own = core_items(), [*(data.get("reasons") or ())]
    wanted = {*data["uses"]}
    wanted |= {item["parent"] for item in (*own, *(core[key] for key in wanted)) if item.get("parent") in core}
    more = {item["id"]: item for item in data.get("more") or ()}
    taken = [_grown(item, more.get(key, {})) for key, item in core.items() if key in wanted]
    words = {**core_data()["words"], **(data.get("words") or {})}
    kept = {key: value for key, value in data.items() if key not in {"uses", "more"}}
    return {**kept, "words": words, "reasons": [*taken, *own]}


def _grown(item: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Give a shared reason with what a list adds to it; nothing that it has is lost."""
    out = dict(item)
    for key in (key for key in _GROWS if more.get(key)):
        if key == "examples":
            given = more[key] if isinstance(more[key], Mapping) else {"": more[key]}
            known = item.get(key) or {}
            out[key] = {lang: [*known.get(lang, ()), *given.get(lang, ())] for lang in {**known, **given}}
        else:
            out[key] = [*(item.get(key) or ()), *more[key]]
    return out
