"""The settings of a run: a YAML file or keyword arguments into one frozen object; unknown keys are errors."""

from __future__ import annotations

import os
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from vocmine.errors import SettingsError
from vocmine.frames import SYSTEMS, TARGET_BOUNDS, FileFormat
from vocmine.limits import ReadingLimits
from vocmine.yamlfile import YamlFile, listed, nearest, read_mapping, shown

_SECRET = (("notify",),)  # where in a file a wrong value is not shown


def _known_format(name: str) -> str:
    known = (*get_args(FileFormat), *SYSTEMS)
    if name not in known:
        near = nearest(name, known)
        raise ValueError("unknown format" + (f", did you mean {near}?" if near else f"; one of {', '.join(known)}"))
    return name


def _known_targets(targets: dict[str, float]) -> dict[str, float]:
    for name, wanted in targets.items():
        if name not in TARGET_BOUNDS:
            near = nearest(name, tuple(TARGET_BOUNDS))
            raise ValueError(f"unknown target {name}" + (f", did you mean {near}?" if near else ""))
        low, high = TARGET_BOUNDS[name]
        if not low <= wanted <= high:
            raise ValueError(f"{name} must be {low:g} to {high:g}")
    return targets


class Settings(BaseModel):
    """How a run reads, tags, counts and reports.

    Parameters
    ----------
    lang : {"ja", "en"}
        Language of the report and of the names in it.
    timezone : str
        Zone of dates without one, and of the days that contacts are filed under.
    encoding : str, optional
        Encoding of text files; detected if None.
    trade : str, optional
        A trade that has a list of reasons (`vocmine trades`): that list is used in place of the default one.
    format : str, optional
        Format of the contact files, or the system that wrote them (`vocmine formats`); seen in their name and content
        if None. Posts with their reposts must be told: ``social``.
    strict : bool
        Whether any doubt about how a file is to be read stops the run.
    query : str, optional
        The query, where contacts come from a database address.
    chunk_rows : int
        Rows read, tagged and stored at a time; bounds the memory.
    period_days : int
        Days before the last contact that the issue costs and the report are about.
    level : float
        Level of the intervals.
    signals : bool
        Whether to tag signals.
    topics : bool
        Whether to keep a topic registry and raise alerts.
    keep_columns : tuple of str
        Columns beyond the contact table to store (masked). Others are read, counted and left out.
    months : int
        Months back whose costs are kept by day, for the table by month, forecasts and fixes; 0 for none.
    discover : bool
        Whether each run discovers the topics of the period anew, as `vocmine topics` does (slow).
    aspect_contacts : int
        Contacts of the period, fairly drawn, that are read for aspects (slow: GiNZA reads them); 0 for none.
    fixes : str, optional
        A YAML file with what was mended and when, see `vocmine.cost.read_fixes`: the report says what it has saved.
    customers : str, optional
        A table of customers (see `vocmine.contacts.customers.read_customers`): contacts of several systems are linked
        to one person, with segment and plan as keys of the costs.
    customer_mapping : str, optional
        A YAML file with the names of its columns.
    codes : str, optional
        A YAML file with what the codes mean that agents choose, see `vocmine.audits.codes.CodeMapping`.
    reasons_from : {"codes", "both", "tagger"}, optional
        Who says what a contact with such a code is about: the code, the code unless the text surely says otherwise, or
        the text alone, to which codes are compared. The codes where ``codes`` is given, else the texts.
    agents : bool
        Whether one-touch shares of single agents are shown (shrunk, with a least number of contacts). Figures of
        persons: off unless those concerned have been asked.
    agent_contacts : int
        Least contacts of an agent who is shown.
    staffing_level : float
        Share of calls and chats to be answered in time, which the agents needed by hour are worked out for.
    staffing_seconds : float
        What "in time" is (s).
    staffing_shrinkage : float, optional
        Share of paid time that is not available for contacts (leave, training, breaks); without it the report says how
        many are needed at work, not how many to pay.
    repeat_days : int
        A contact of the same customer about the same reason within so many days is a repeat.
    marginal_share : float, optional
        Share of an issue's cost that falls away at once when its contacts do, before staffing follows: adds what is
        saved at once beside what can be avoided. Left out if None: nobody else can know it.
    units : dict of str to float
        Orders, users or devices of each month (``2026-10: 12000``): the report says whether contacts grew faster.
    unit_name : str, optional
        What is counted in ``units``, as the report should call it: ``ご注文``, ``orders``.
    targets : dict of str to float
        What was aimed at, as ``first_response_seconds: 3600`` or ``csat: 4.2``; names: `vocmine.frames.TARGET_BOUNDS`.
        The report holds it against what was measured.
    seed : int
        Seed of whatever is random.
    title : str, optional
        Title of the report.
    report_contacts : bool
        Whether ``report.html`` holds the contacts behind its figures (masked texts, ids). Without them it filters sums.
    fold_below : int
        Groups of fewer contacts are told together with others in ``report.html``; 1 for none.
    limits : ReadingLimits, optional
        How much a contact file may hold: rows, columns, bytes unpacked, and more (see `vocmine.limits`).
    notify : str, optional
        Address of a webhook that incidents are posted to; that of the environment variable ``VOCMINE_NOTIFY`` if None,
        none if empty. A secret: never shown, and left out of what a run writes down.
    notify_format : {"slack", "teams", "generic"}, optional
        Shape of the messages; seen from the address if None.
    notify_states : tuple of {"new", "growing", "easing", "over", "back"}
        What is told of an incident.

    Examples
    --------
    >>> Settings(lang="en").period_days
    30
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Literal["ja", "en"] = "ja"
    timezone: str = "Asia/Tokyo"
    encoding: str | None = None
    trade: str | None = None
    format: Annotated[str, AfterValidator(_known_format)] | None = None
    strict: bool = False
    query: str | None = None
    chunk_rows: int = Field(default=5_000, ge=1, le=1_000_000)
    period_days: int = Field(default=30, ge=1, le=3_660)
    level: float = Field(default=0.95, gt=0.5, lt=1)
    signals: bool = True
    topics: bool = True
    keep_columns: tuple[str, ...] = ()
    months: int = Field(default=13, ge=0, le=120)
    discover: bool = False
    aspect_contacts: int = Field(default=0, ge=0, le=1_000_000)
    fixes: str | None = None
    customers: str | None = None
    customer_mapping: str | None = None
    codes: str | None = None
    reasons_from: Literal["codes", "both", "tagger"] | None = None
    agents: bool = False
    agent_contacts: int = Field(default=50, ge=20, le=100_000)
    staffing_level: float = Field(default=0.8, gt=0, lt=1)
    staffing_seconds: float = Field(default=20.0, ge=0, le=86_400)
    staffing_shrinkage: float | None = Field(default=None, ge=0, lt=1)
    repeat_days: int = Field(default=7, ge=1, le=365)
    marginal_share: float | None = Field(default=None, gt=0, le=1)
    units: dict[Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")], Annotated[float, Field(gt=0)]] = {}
    unit_name: str | None = None
    targets: Annotated[dict[str, float], AfterValidator(_known_targets)] = {}
    seed: int = 0
    title: str | None = None
    report_contacts: bool = True
    fold_below: int = Field(default=5, ge=1, le=1_000)
    notify: str | None = Field(default=None, repr=False, exclude=True)
    limits: ReadingLimits | None = None
    notify_format: Literal["slack", "teams", "generic"] | None = None
    notify_states: tuple[Literal["new", "growing", "easing", "over", "back"], ...] = (
        "new", "growing", "easing", "over", "back",
    )


def load_settings(path: str | os.PathLike[str] | None = None, **changes: Any) -> Settings:
    """Read settings from a YAML file, then apply what the caller changes.

    Parameters
    ----------
    path : path, optional
        A YAML file whose keys are those of `Settings`.
    **changes
        Values that win over the file; None means "as the file says".

    Raises
    ------
    SettingsError
        With every unknown key (and the nearest known one) and every wrong value at once.

    Examples
    --------
    >>> load_settings(lang="en", seed=None).lang
    'en'
    >>> load_settings(chunk_size=5)
    Traceback (most recent call last):
    vocmine.errors.SettingsError: 1 wrong setting; where: settings; got: chunk_size: unknown, did you mean chunk_...
    """
    file = read_mapping(path, "settings") if path else YamlFile("settings", {})
    values = {**file.value, **{k: v for k, v in changes.items() if v is not None}}
    try:
        return Settings(**values)
    except ValidationError as error:
        raise wrong_values(error, file, tuple(Settings.model_fields), "setting") from None
    except TypeError:
        raise SettingsError("keys must be words", where=file.path, expected=", ".join(Settings.model_fields)) from None


def wrong_values(error: ValidationError, file: YamlFile, known: tuple[str, ...], noun: str) -> SettingsError:
    """Turn pydantic's findings into one error that lists them all, with line and nearest name of an unknown key."""
    lines = []
    for item in error.errors():
        line = file.line(*item["loc"])
        key = (f"line {line}: " if line else "") + ".".join(str(part) for part in item["loc"])
        if item["type"] == "extra_forbidden":
            near = nearest(item["loc"][-1], known)
            lines.append(f"{key}: unknown" + (f", did you mean {near}?" if near else ""))
        else:
            got = "" if item["loc"][:1] in _SECRET else f" (got {shown(item['input'])})"
            lines.append(f"{key}: {item['msg'][0].lower()}{item['msg'][1:]}{got}")
    what = f"{len(lines)} wrong {noun}" + ("" if len(lines) == 1 else "s")
    return SettingsError(what, where=file.path, got=listed(lines), expected=", ".join(known))
