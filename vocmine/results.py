"""Frozen results that cross the borders between packages: a table with what must not get lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from vocmine.errors import SettingsError

if TYPE_CHECKING:
    import pandas as pd

Basis = Literal["audit", "labels", "prior", "counted"]
NoteValue = int | float | str


@dataclass(frozen=True)
class Note:
    """A remark on numbers, as a code with its values; the words for it are the report's.

    Parameters
    ----------
    code : str
        Key of the sentence, as ``imputed``.
    values : tuple of (str, value)
        What stands in its gaps: counts are int, shares float between 0 and 1.

    Examples
    --------
    >>> Note.of("imputed", n=3, of=9)
    Note(code='imputed', values=(('n', 3), ('of', 9)))
    """

    code: str
    values: tuple[tuple[str, NoteValue], ...] = ()

    @classmethod
    def of(cls, code: str, /, **values: NoteValue) -> Note:
        """Make a note from keywords."""
        return cls(code, tuple(values.items()))


@dataclass(frozen=True, eq=False)
class IssueCosts:
    """What issues cost: the issue costs frame, and what it can't be read without.

    Parameters
    ----------
    table : DataFrame
        Issue costs (see `vocmine.frames.ISSUE_COSTS`), a row an issue and group.
    currency : str
        As ``JPY``; empty where only hours were counted.
    level : float
        Confidence of the intervals, between 0 and 1.
    numerator : str
        What the cost includes: ``labour``, ``direct``, ``absorbed`` or ``hours``.
    basis : {"audit", "labels", "prior", "counted"}
        What is known of the tagger's mistakes: hand-checked contacts corrected them (with what was known before); the
        tagger was fitted on labels; only how such taggers err elsewhere; or nothing, so that they are left out.
    notes : tuple of Note
        What a reader must know.
    n_checked : int
        Hand-checked contacts behind the correction.
    fix_rate : float, optional
        Share of the failure demand that a fix is taken to end, where ``avoidable_cost`` assumes one for all issues.
    untimed_channels : tuple of str
        Channels whose handle time was never measured and counts as 0 hours.
    ledger : DataFrame, optional
        What each contact bears in each issue (see `vocmine.frames.LEDGER`), where it was asked for; its sums are the
        lines of the table.
    open_tabs : DataFrame, optional
        Handle times taken for open tabs by channel: ``channel, n_timed, n_cut, minutes_measured, minutes_counted,
        minutes_removed, cost_removed``.

    Examples
    --------
    >>> import pandas as pd
    >>> costs = IssueCosts(pd.DataFrame({"issue": ["bill"], "cost": [120.0]}), currency="JPY")
    >>> costs.with_table(costs.table.assign(share=1.0)).currency
    'JPY'
    """

    table: pd.DataFrame
    currency: str = ""
    level: float = 0.95
    numerator: str = ""
    basis: Basis = "counted"
    notes: tuple[Note, ...] = ()
    n_checked: int = 0
    fix_rate: float | None = None
    untimed_channels: tuple[str, ...] = ()
    ledger: pd.DataFrame | None = field(default=None, compare=False, repr=False)
    open_tabs: pd.DataFrame | None = field(default=None, repr=False)

    def to_frame(self) -> pd.DataFrame:
        """Give a copy of the table alone."""
        return self.table.copy()

    def with_table(self, table: pd.DataFrame) -> IssueCosts:
        """Give the same with another table, as after sorting, joining or picking rows."""
        return replace(self, table=table)

    def with_notes(self, *notes: Note) -> IssueCosts:
        """Give the same with further notes."""
        return replace(self, notes=(*self.notes, *notes))

    def _repr_html_(self) -> str:
        facts = (self.currency, self.numerator, f"{self.level:.0%}", self.basis, *(note.code for note in self.notes))
        return f"{self.table.to_html()}<p>{escape(' · '.join(fact for fact in facts if fact))}</p>"

    def __repr__(self) -> str:
        """Show the table, and the facts that go with it in one line."""
        facts = f"currency={self.currency!r}, level={self.level}, basis={self.basis!r}, n_checked={self.n_checked}"
        return f"{self.table!r}\nIssueCosts({facts})"


def need_costs(costs: Any) -> IssueCosts:
    """Refuse a bare table of costs: without currency and level its numbers would be shown as something else.

    Raises
    ------
    SettingsError
        If it is no `IssueCosts`.
    """
    if isinstance(costs, IssueCosts):
        return costs
    raise SettingsError(
        "costs come without their currency and level", where="costs", got=type(costs).__name__,
        expected="what vocmine.issue_costs gives",
        hint='pass that, costs.with_table(table) for a changed table, or IssueCosts(table, currency="JPY", level=0.95)',
    )


@dataclass(frozen=True)
class ReasonInfo:
    """Names, kind of demand and owner of the reasons that tags name.

    Parameters
    ----------
    names : mapping of str to mapping of str to str
        Names of the reasons by language, as ``{"ja": {id: name}, "en": {id: name}}``.
    demand : mapping of str to str
        ``value`` or ``failure`` by id.
    teams : mapping of str to str
        Owner by id.

    Examples
    --------
    >>> ReasonInfo.shipped().name("billing.refund", "en"), ReasonInfo().name("billing.refund", "en")
    ('Refund', 'billing.refund')
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    demand: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)

    def name(self, reason: str, lang: str) -> str:
        """Give the name of a reason, or its id where it has none."""
        return str(self.names.get(lang, {}).get(reason, reason))

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for a file."""
        names = {lang: dict(table) for lang, table in self.names.items()}
        return {"label_names": names, "demand": dict(self.demand), "teams": dict(self.teams)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ReasonInfo:
        """Read what `to_dict` gave; what is missing is empty."""
        return cls(values.get("label_names") or {}, values.get("demand") or {}, values.get("teams") or {})

    @classmethod
    def shipped(cls) -> ReasonInfo:
        """Give those of the taxonomy that comes with vocmine; they have no owners."""
        return _shipped()


MOSTLY_UNKNOWN = 0.4  # share without a reason from which a list is said not to fit: figures on the rest mislead


@dataclass(frozen=True)
class ListFit:
    """How a list of reasons fits contacts that were tagged with it.

    Parameters
    ----------
    n, n_unknown : int
        Contacts read for reasons, and those of them without one.
    trade : str
        The trade whose shipped list it is; empty for another list.
    looks_like : str
        The trade that a sample looks like; empty where none is clearly ahead, or none was looked for.
    looks_like_names : mapping of str to str
        Name of that trade by language.
    looks_like_named : float
        Share of the sample that its list names.
    n_sample : int
        Distinct texts of the sample.

    Examples
    --------
    >>> ListFit(100, 64, looks_like="travel_hotel", looks_like_named=0.71).better
    'travel_hotel'
    """

    n: int
    n_unknown: int
    trade: str = ""
    looks_like: str = ""
    looks_like_names: Mapping[str, str] = field(default_factory=dict)
    looks_like_named: float = 0.0
    n_sample: int = 0

    @property
    def unknown_share(self) -> float:
        """Share without a reason, 0..1."""
        return self.n_unknown / self.n if self.n else 0.0

    @property
    def fits(self) -> bool:
        """Whether most contacts have a reason."""
        return self.unknown_share <= MOSTLY_UNKNOWN

    @property
    def better(self) -> str:
        """The trade whose list names more than the one in use; empty where there is none."""
        is_other = bool(self.looks_like) and self.looks_like != self.trade
        return self.looks_like if is_other and self.looks_like_named > 1 - self.unknown_share else ""

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for a file."""
        plain = {**vars(self), "looks_like_names": dict(self.looks_like_names)}
        return {**plain, "looks_like_named": round(self.looks_like_named, 4), "fits": self.fits, "better": self.better}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any] | None) -> ListFit | None:
        """Read what `to_dict` gave; None where there is nothing."""
        if not values:
            return None
        return cls(**{name: values[name] for name in cls.__dataclass_fields__ if name in values})


@lru_cache(maxsize=1)
def _shipped() -> ReasonInfo:
    """Read the shipped taxonomy's file as data, so that a report need not import what classifies."""
    import yaml

    text = resources.files("vocmine").joinpath("classify", "data", "taxonomy.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    reasons = {item["id"]: item for item in yaml.load(text, Loader=loader)["reasons"]}  # noqa: S506 (a safe loader)
    names = {lang: {key: item["name"][lang] for key, item in reasons.items()} for lang in ("ja", "en")}
    demand = {key: found for key in reasons if (found := _inherited(reasons, key, "demand"))}
    return ReasonInfo(names, demand)


def _inherited(reasons: Mapping[str, Any], key: str | None, field_name: str) -> str:
    """Give what a reason says, or else the nearest group above it."""
    while key is not None:
        item = reasons[key]
        if item.get(field_name):
            return str(item[field_name])
        key = item.get("parent")
    return ""
