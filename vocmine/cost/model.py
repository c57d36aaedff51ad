"""What a minute of work costs: the user's own rates, read strictly, with no default price."""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from vocmine.errors import SettingsError
from vocmine.frames import CHANNELS
from vocmine.yamlfile import read_mapping, unknown_keys

Numerator = Literal["labour", "direct", "absorbed", "hours"]
NUMERATORS: tuple[Numerator, ...] = ("labour", "direct", "absorbed", "hours")
_BY_CHANNEL = ("fixed_per_contact", "concurrency", "after_call_seconds", "assumed_handle_seconds")


def built_up_rate(annual_cost: float, paid_hours: float, shrinkage: float, occupancy: float) -> float:
    """Work out the cost of a productive minute from salary, paid hours, shrinkage and occupancy.

    ``annual_cost / (paid_hours x (1 - shrinkage) x occupancy x 60)``: the fully loaded cost of one agent over the
    minutes that the agent handles contacts.

    Parameters
    ----------
    annual_cost : float
        Loaded cost of one agent a year (salary, social insurance, equipment), in the currency.
    paid_hours : float
        Paid hours a year.
    shrinkage : float
        Share of paid time that is not available for contacts (leave, training, breaks), 0 to below 1.
    occupancy : float
        Share of available time spent handling contacts, above 0 to 1.

    Returns
    -------
    float
        Cost of a minute.

    Raises
    ------
    SettingsError
        If a value is out of its range.

    Examples
    --------
    JPY 4.5 million, 1,920 h, 30 % and 85 % (an illustration, not a benchmark):

    >>> round(built_up_rate(4_500_000, 1_920, 0.30, 0.85), 1)
    65.7
    """
    _number("annual_cost", annual_cost, low=0)
    _number("paid_hours", paid_hours, low=0, above=True)
    _number("shrinkage", shrinkage, low=0, high=0.99)
    _number("occupancy", occupancy, low=0, high=1, above=True)
    return annual_cost / (paid_hours * (1 - shrinkage) * occupancy * 60)


@dataclass(frozen=True)
class CostModel:
    """What handling a contact costs. There is no default price: the rates are yours.

    Parameters
    ----------
    rate_per_minute : mapping of str to float
        Cost of a minute by channel, or by ``"channel/team"``, which goes before the channel alone.
    currency : str
        ISO 4217 code, as ``"JPY"``.
    built_up : mapping of str to mapping, optional
        Rates worked out with `built_up_rate` instead: by the same keys, its four arguments.
    numerator : {"direct", "labour", "absorbed"}
        What handling cost holds: labour alone; labour, fixed cost and transfers; or that and an ``unallocated`` line up
        to `ledger_total`. Refunds, parts and shipping (``cost_extra``) are payouts: never part of it, always beside it.
    ledger_total : float, optional
        Handling cost of the same period in the books, payouts left out, in the currency. Needed for ``"absorbed"``, and
        only then.
    fixed_per_contact : mapping of str to float, optional
        Cost of a contact by channel whatever its length (telecom, licence).
    cost_per_transfer : float
        Cost of each transfer beside the handle time, in the currency.
    concurrency : mapping of str to float, optional
        Contacts an agent handles at once by channel, where the contact itself does not say. Effort is handle time
        divided by it.
    after_call_seconds : mapping of str to float, optional
        After-call work to add by channel (s). Only where ``handle_seconds`` leaves it out; contacts with an
        ``after_call_seconds`` of their own have it in their handle time already.
    assumed_handle_seconds : mapping of str to float, optional
        Handle time by channel (s) for channels where none was ever measured. Counted as imputed.
    open_tab_sigmas : float or None
        Handle times that the tail of their channel does not explain, and at least so many robust standard deviations
        above the middle of the log times of their reason, are taken for a tab left open and for missing; higher finds
        fewer. None keeps all as they were measured.
    fiscal_month_start : int
        Day of the month on which the fiscal month begins, 1 to 28.
    timezone : str
        Zone in which days and months are counted.

    Raises
    ------
    SettingsError
        If a value is missing, unknown or out of range.

    Examples
    --------
    >>> model = CostModel(rate_per_minute={"call": 65.7, "call/tier2": 90}, currency="JPY")
    >>> model.rate("call", "tier2"), model.rate("call", None), model.rate("email", None)
    (90.0, 65.7, None)
    """

    rate_per_minute: Mapping[str, float] = field(default_factory=dict)
    currency: str = ""
    built_up: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    numerator: Numerator = "direct"
    ledger_total: float | None = None
    fixed_per_contact: Mapping[str, float] = field(default_factory=dict)
    cost_per_transfer: float = 0.0
    concurrency: Mapping[str, float] = field(default_factory=dict)
    after_call_seconds: Mapping[str, float] = field(default_factory=dict)
    assumed_handle_seconds: Mapping[str, float] = field(default_factory=dict)
    open_tab_sigmas: float | None = 3.0
    fiscal_month_start: int = 1
    timezone: str = "Asia/Tokyo"

    def __post_init__(self) -> None:
        _check_scalars(self)
        rates = _by_key("rate_per_minute", self.rate_per_minute, teams=True)
        for key, parts in _built_up(self.built_up).items():
            if key in rates:
                raise SettingsError("a rate is given twice", where=f"built_up.{key}", hint="keep one of the two")
            rates[key] = parts
        object.__setattr__(self, "_rates", rates)
        for name in _BY_CHANNEL:
            low = 1 if name == "concurrency" else 0
            object.__setattr__(self, name, _by_key(name, getattr(self, name), low=low))
        if self.numerator == "hours":
            return
        if not rates:
            raise SettingsError("the cost model has no rates", where="rate_per_minute", hint=_three_lines(["call"]))

    @classmethod
    def hours_only(cls, **settings: Any) -> CostModel:
        """Make a model without rates: `issue_costs` then reports contacts and hours, and no money.

        Examples
        --------
        >>> CostModel.hours_only().numerator
        'hours'
        """
        return cls(currency="XXX", numerator="hours", **settings)

    @classmethod
    def from_dict(cls, settings: Mapping[str, Any], where: str = "cost model") -> CostModel:
        """Make a model from plain values; an unknown key is an error.

        Examples
        --------
        >>> CostModel.from_dict({"currency": "JPY", "rate_per_minute": {"call": 65.7}}).currency
        'JPY'
        """
        known = [f.name for f in dataclasses.fields(cls)]
        unknown = [shown for _, shown in unknown_keys(settings, known)]
        if unknown:
            raise SettingsError("unknown key", where=where, got=", ".join(unknown), expected=", ".join(known))
        try:
            return cls(**settings)
        except SettingsError as error:
            raise SettingsError(
                error.what, where=f"{where}: {error.where}", got=error.got, expected=error.expected, hint=error.hint
            ) from None

    @classmethod
    def from_yaml(cls, path: str | os.PathLike[str]) -> CostModel:
        r"""Read a model from a YAML file.

        Parameters
        ----------
        path : path
            A file with the parameters of `CostModel` as its keys.

        Returns
        -------
        CostModel

        Raises
        ------
        SettingsError
            If the file is missing, is no YAML, or has an unknown key or a wrong value.

        Examples
        --------
        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "costs.yaml")
        ...     _ = path.write_text("currency: JPY\nrate_per_minute:\n  call: 65.7\n")
        ...     CostModel.from_yaml(path).rate("call", None)
        65.7
        """
        known = [f.name for f in dataclasses.fields(cls)]
        file = read_mapping(path, "cost model", known, _three_lines(["call"]))
        if not file.value:
            raise SettingsError("the cost model is empty", where=file.path, hint=_three_lines(["call"]))
        try:
            return cls(**file.value)
        except SettingsError as error:
            where = f"{file.place(*str(error.where).split('.'))}: {error.where}"
            raise SettingsError(
                error.what, where=where, got=error.got, expected=error.expected, hint=error.hint
            ) from None

    def rate(self, channel: str, team: str | None) -> float | None:
        """Give the cost of a minute of a channel and team, or None where there is no rate."""
        rates = cast("dict[str, float]", self.__dict__["_rates"])
        return rates.get(f"{channel}/{team}", rates.get(channel))


def missing_rates(channels: list[str], unpriced: list[str] | None = None) -> SettingsError:
    """Make the error for contacts in channels without a rate: what can't be priced, and the lines to write."""
    named = [f"{name} ({what})" for name, what in zip(channels, unpriced or [], strict=False)]
    return SettingsError(
        "channels without a rate", where="rate_per_minute", got=", ".join(named or channels),
        hint=_three_lines(channels),
    )


def _three_lines(channels: list[str]) -> str:
    lines = "\n".join(f"  {channel}: 65.7   # your own cost of a minute; 0 if it costs nothing" for channel in channels)
    return f"write in the cost model:\ncurrency: JPY\nrate_per_minute:\n{lines}\nor use CostModel.hours_only()"


def _number(where: str, value: Any, low: float, high: float = math.inf, above: bool = False) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not good or not low <= value <= high or (above and value <= low):
        bound = f"{'above' if above else 'at least'} {low:g}" + ("" if high == math.inf else f", at most {high:g}")
        raise SettingsError("wrong number", where=where, got=repr(value)[:40], expected=bound)
    return float(value)


def _by_key(name: str, values: Any, low: float = 0, teams: bool = False) -> dict[str, float]:
    if not isinstance(values, Mapping):
        raise SettingsError("not a mapping", where=name, got=type(values).__name__, expected="channel: number")
    for key in values:
        channel, slash, team = str(key).partition("/")
        if channel not in CHANNELS or (slash and not (teams and team)):
            form = "a channel or channel/team" if teams else "a channel"
            raise SettingsError("unknown key", where=name, got=str(key), expected=f"{form}: {', '.join(CHANNELS)}")
    return {str(key): _number(f"{name}.{key}", value, low) for key, value in values.items()}


def _built_up(values: Any) -> dict[str, float]:
    names = ("annual_cost", "paid_hours", "shrinkage", "occupancy")
    if not isinstance(values, Mapping):
        raise SettingsError("not a mapping", where="built_up", expected="channel: " + ", ".join(names))
    for key, parts in values.items():
        if not isinstance(parts, Mapping) or set(parts) != set(names):
            raise SettingsError("wrong parts of a rate", where=f"built_up.{key}", expected=", ".join(names))
    return _by_key("built_up", {key: built_up_rate(**parts) for key, parts in values.items()}, teams=True)


def _check_scalars(model: CostModel) -> None:
    code = model.currency
    if not (isinstance(code, str) and len(code) == 3 and code.isascii() and code.isupper()):
        raise SettingsError("wrong currency", where="currency", got=repr(code)[:20], expected="an ISO 4217 code as JPY")
    if model.numerator not in NUMERATORS:
        raise SettingsError(
            "unknown numerator",
            where="numerator",
            got=repr(model.numerator)[:20],
            expected="labour, direct or absorbed",
        )
    if (model.ledger_total is not None) != (model.numerator == "absorbed"):
        raise SettingsError(
            "a ledger total belongs to the numerator absorbed, and is needed there",
            where="ledger_total",
            got=f"numerator {model.numerator}, ledger_total {model.ledger_total}",
        )
    if model.ledger_total is not None:
        _number("ledger_total", model.ledger_total, low=0)
    _number("cost_per_transfer", model.cost_per_transfer, low=0)
    if model.open_tab_sigmas is not None:
        _number("open_tab_sigmas", model.open_tab_sigmas, low=1)
    day = model.fiscal_month_start
    if isinstance(day, bool) or not isinstance(day, int) or not 1 <= day <= 28:
        raise SettingsError("wrong day", where="fiscal_month_start", got=repr(day)[:20], expected="1 to 28")
    _check_zone(model.timezone)


def _check_zone(zone: Any) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, TypeError, OSError):
        raise SettingsError(
            "unknown time zone", where="timezone", got=repr(zone)[:40], expected="as Asia/Tokyo"
        ) from None
