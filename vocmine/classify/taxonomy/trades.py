"""The lists of reasons that are shipped for trades, by name; `default` is that of a phone company and a shop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from vocmine.classify.taxonomy.core import core_data, shipped_yaml
from vocmine.errors import SettingsError
from vocmine.yamlfile import nearest

DEFAULT_TRADE = "default"
_FOLDER = "trades"
_LABELS = ("name", "also")  # of the list, not of its reasons


@dataclass(frozen=True)
class Trade:
    """A shipped list of reasons.

    Parameters
    ----------
    id : str
        Its name, for ``--trade``.
    names : dict of str to str
        Of the trade, by language.
    also : tuple of str
        Other words by which it is found.
    """

    id: str
    names: dict[str, str]
    also: tuple[str, ...] = ()


_DEFAULT = Trade(
    DEFAULT_TRADE, {"ja": "通信・通販(標準)", "en": "Phone company and shop (default)"},
    ("telecom", "phone", "shop", "ecommerce", "retail", "標準", "通信", "通販", "携帯", "ネットショップ"),
)


def shipped_trades() -> tuple[Trade, ...]:
    """List the trades that have a list, `default` first.

    Examples
    --------
    >>> [trade.id for trade in shipped_trades()][:3]
    ['default', 'appliances', 'bank_card']
    """
    return (_DEFAULT, *(_trade(name) for name in _names()))


def trade_named(word: str) -> Trade:
    """Give the trade that a word means: its id, its name in a language, or another word for it.

    Raises
    ------
    SettingsError
        If there is none, with the nearest one.

    Examples
    --------
    >>> trade_named("Hotel").id, trade_named("銀行").id
    ('travel_hotel', 'bank_card')
    """
    known = {_folded(name): trade for trade in reversed(shipped_trades()) for name in _all_names(trade)}
    found = known.get(_folded(word))
    if found is None:
        near = nearest(_folded(word), known)
        hint = f"did you mean {known[near].id}?" if near else "`vocmine trades` lists them"
        raise SettingsError("there is no list of reasons for this trade", where="trade", got=repr(word),
                            expected=", ".join(trade.id for trade in shipped_trades()), hint=hint)
    return found


def trade_data(trade: Trade) -> dict[str, Any]:
    """Give the file of a trade's list as plain values that `Taxonomy.from_dict` takes.

    Examples
    --------
    >>> sorted(trade_data(trade_named("saas")))
    ['more', 'reasons', 'trade', 'uses', 'version']
    """
    if trade.id == DEFAULT_TRADE:
        return core_data()
    return {key: value for key, value in shipped_yaml(_FOLDER, f"{trade.id}.yaml").items() if key not in _LABELS}


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    folder = resources.files("vocmine.classify").joinpath("data", _FOLDER)
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")))


@lru_cache(maxsize=64)
def _trade(name: str) -> Trade:
    head = _head(name)
    return Trade(name, dict(head["name"]), tuple(head["also"]))


def _head(name: str) -> dict[str, Any]:
    """Read the lines before the reasons: the whole file takes much longer."""
    import yaml

    file = resources.files("vocmine.classify").joinpath("data", _FOLDER, f"{name}.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8").partition("\nuses:")[0])
    return found


def _all_names(trade: Trade) -> tuple[str, ...]:
    return (trade.id, *trade.names.values(), *trade.also)


def _folded(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")
