"""Fill the {slots} of a pattern with amounts, dates, models and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from vocmine.contacts.simulator.centre import Centre

T = TypeVar("T")
_SLOT = re.compile(r"\{(\w+)\}")
_AMOUNTS = (330, 550, 1078, 1480, 1650, 1980, 2178, 2980, 3278, 3980, 4378, 4928, 5478, 6980, 8800, 9800, 12800, 19800)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def choose(options: Sequence[T], random: Random) -> T:
    """Take one of the options; uses only `random()`, whose stream is the same in all versions of Python."""
    return options[int(random.random() * len(options))]


def whole(low: int, high: int, random: Random) -> int:
    """Draw a whole number from low to high, both included."""
    return low + int(random.random() * (high - low + 1))


@dataclass(frozen=True)
class Scene:
    """What the slots of one contact depend on."""

    centre: Centre
    random: Random
    lang: str
    product: str
    version: str
    when: datetime
    tag: str = ""

    @property
    def japanese(self) -> bool:
        """Whether the text is Japanese."""
        return self.lang == "ja"


def fill(pattern: str, scene: Scene) -> str:
    """Replace each slot of a pattern by a value drawn for it."""
    return _SLOT.sub(lambda match: _value(match.group(1), scene), pattern)


def _value(slot: str, scene: Scene) -> str:
    if slot in scene.centre.slots:
        return choose(scene.centre.slots[slot][scene.lang], scene.random)
    return _MAKERS[slot](scene)


def _amount(scene: Scene) -> str:
    n = choose(_AMOUNTS, scene.random) + (whole(-9, 9, scene.random) * 11 if scene.random.random() < 0.5 else 0)
    forms = [f"{n:,}円", f"{n}円", f"¥{n:,}"] if scene.japanese else [f"{n:,} yen", f"¥{n:,}", f"JPY {n}"]
    return choose(forms, scene.random)


def _points(scene: Scene) -> str:
    n = whole(2, 60, scene.random) * 50
    forms = [f"{n:,}ポイント", f"{n}pt", f"{n}P"] if scene.japanese else [f"{n:,} points", f"{n} pts"]
    return choose(forms, scene.random)


def _date(scene: Scene) -> str:
    day = scene.when - timedelta(days=whole(1, 20, scene.random))
    if scene.japanese:
        return choose([f"{day.month}月{day.day}日", f"{day.month}/{day.day}", f"{day.day}日"], scene.random)
    return choose([f"{_MONTHS[day.month - 1]} {day.day}", f"{day.day} {_LONG_MONTHS[day.month - 1]}"], scene.random)


def _month(scene: Scene) -> str:
    last = (scene.when.month - 2) % 12
    return choose(["先月", "今月", f"{last + 1}月"], scene.random) if scene.japanese else _LONG_MONTHS[last]


def _order(scene: Scene) -> str:
    number = whole(1_000_000, 9_999_999, scene.random)
    forms = [f"EC-{number}", f"#{number}", f"注文番号{number}" if scene.japanese else f"no. {number}"]
    return choose(forms, scene.random)


def _product(scene: Scene) -> str:
    return str(scene.centre.numbers["products"][scene.product][scene.lang])


def _model(scene: Scene) -> str:
    return str(scene.centre.numbers["products"][scene.product]["model"][scene.lang])


def _version(scene: Scene) -> str:
    app: Mapping[str, Any] = scene.centre.numbers["products"]["app"]
    return scene.version or str(app["versions"][-1])


def _unit(low: int, high: int, ja: str, en: str) -> Callable[[Scene], str]:
    def make(scene: Scene) -> str:
        return f"{whole(low, high, scene.random)}{ja if scene.japanese else en}"

    return make


def _minutes(scene: Scene) -> str:
    n = whole(3, 18, scene.random) * 5
    return (f"{n}分" if n < 60 else "1時間以上") if scene.japanese else (f"{n} minutes" if n < 60 else "over an hour")


def _speed(scene: Scene) -> str:
    return choose([f"{whole(1, 9, scene.random)}Mbps", f"0.{whole(2, 9, scene.random)}Mbps"], scene.random)


_MAKERS: Mapping[str, Callable[[Scene], str]] = {
    "amount": _amount, "points": _points, "date": _date, "month": _month, "order": _order, "product": _product,
    "model": _model, "version": _version, "days": _unit(2, 14, "", ""), "years": _unit(2, 15, "", ""),
    "times": _unit(2, 7, "回", " times"), "minutes": _minutes, "speed": _speed, "percent": _unit(11, 60, "%", "%"),
    "time": _unit(1, 11, "時", " o'clock"), "tag": lambda scene: scene.tag,
}  # fmt: skip
