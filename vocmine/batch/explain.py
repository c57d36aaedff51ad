"""Where a figure of a results folder comes from, in sentences: from the ledger to the line in the table."""

from __future__ import annotations

import math
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.costing import LEDGER_FILE
from vocmine.batch.period import read_names
from vocmine.csvfile import read_csv
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import ISSUE_COST_COLUMNS, UNALLOCATED
from vocmine.report.words import Words
from vocmine.results import IssueCosts, ReasonInfo

if TYPE_CHECKING:
    from vocmine.cost import CostSteps

_SEEN = 0.005  # of the currency: below it a step changes nothing


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    import yaml

    text = files("vocmine").joinpath("data", "explain.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = yaml.safe_load(text)
    return table


def totals_sentence(costs: IssueCosts, lang: str) -> str:
    """Say both totals of issue costs, apart; empty where there are no rates.

    Examples
    --------
    >>> table = pd.DataFrame({"issue": ["bill"], "cost": [1200.0], "payout": [300.0]})
    >>> totals_sentence(IssueCosts(table, currency="JPY"), "en")
    'handling cost (labour) ¥1,200 in all; refunds, parts, shipping ¥300 in all, apart from it'
    """
    cost, payout = (math.fsum(costs.table[name]) for name in ("cost", "payout"))
    if math.isnan(cost):
        return ""
    words = Words(lang, costs.currency)
    return _texts()[lang]["totals"].format(cost=words.money(cost), payout=words.money(payout))


def explain_results(home: Path, issue: str, lang: str = "ja") -> list[str]:
    """Say step by step where the cost of an issue in a results folder comes from.

    Parameters
    ----------
    home : Path
        The results folder.
    issue : str
        Id of the reason as in ``issue_costs.csv``, or its name.
    lang : {"ja", "en"}
        Language of the sentences.

    Returns
    -------
    list of str
        A line a step.

    Raises
    ------
    ContactError
        If the folder has no costs, or its ledger and its table are of two runs.
    SettingsError
        If the costs don't have the issue.
    """
    from vocmine.cost import explain_issue

    table, ledger = _read(home)
    names = read_names(home)
    found = _find(issue, table, names)
    line = table.loc[table["issue"] == found].iloc[0]
    number = {name: float(line[name] or "nan") for name in table.columns if name in _NUMBERS}
    steps = explain_issue(ledger, found)
    words = Words(lang, str(line["currency"]))
    for ours, name in ((steps.cost, "cost"), (steps.payout, "payout")):
        if not math.isnan(ours) and abs(ours - number[name]) > 2 * _SEEN:
            raise ContactError(
                "the ledger is not that of the table", where=str(home / LEDGER_FILE), got=f"{ours:,.2f}",
                expected=f"{number[name]:,.2f} ({name} in issue_costs.csv)", hint="run vocmine cost again",
            )
    text = _texts()[lang]
    days = {"first": line["first_day"], "last": line["last_day"]}
    say = [text["head"].format(name=names.name(found, lang), issue=found, **days)]
    if found == UNALLOCATED:
        return [*say, text["rest"].format(cost=words.money(steps.cost), payout=words.money(steps.payout))]
    say += _time(steps, text)
    if math.isnan(steps.cost):
        return [*say, text["hours"].format(hours=number["handle_hours"])]
    return [*say, *_labour(steps, number, str(line["basis"]), words, text), _payouts(steps, number, words, text)]


_NUMBERS = frozenset(
    ("handle_hours", "cost", "cost_low", "cost_high", "payout", "payout_low", "payout_high", "n_contacts")
)


def _read(home: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = read_csv(home / "issue_costs.csv", ISSUE_COST_COLUMNS)
    path = home / LEDGER_FILE
    if table.empty or not path.exists() or "currency" not in table:
        raise ContactError(
            "there are no costs to explain", where=str(home), expected=f"issue_costs.csv and {LEDGER_FILE}",
            hint="make them with vocmine run or vocmine cost",
        )
    ledger = pd.read_parquet(path)
    text = ("contact_id", "day", "channel")
    return table, ledger.assign(**{name: ledger[name].fillna("") for name in text})


def _find(issue: str, table: pd.DataFrame, names: ReasonInfo) -> str:
    """Find an issue by id, or by its name in either language."""
    known = [str(key) for key in dict.fromkeys(table["issue"])]
    if issue in known:
        return issue
    by_name = {names.name(key, lang).casefold(): key for lang in ("ja", "en") for key in known}
    if issue.strip().casefold() in by_name:
        return by_name[issue.strip().casefold()]
    near = [str(name) for name in get_close_matches(issue.casefold(), [*known, *by_name], n=3, cutoff=0.4)]
    likely = list(dict.fromkeys(by_name.get(name, name) for name in near))
    raise SettingsError(
        "no such issue in issue_costs.csv", where="--issue", got=issue[:80], expected=", ".join(likely or known[:10])
    )


def _time(steps: CostSteps, text: dict[str, str]) -> list[str]:
    out = [
        text["contacts"].format(
            n=steps.n_contacts, whole=steps.n_whole, shared=steps.n_contacts - steps.n_whole, shares=steps.shares,
        ),
        text["minutes"].format(
            minutes=steps.minutes, recorded=steps.minutes - steps.minutes_imputed, imputed=steps.minutes_imputed,
            n_imputed=steps.n_imputed,
        ),
    ]
    return [*out, text["cut"].format(n=steps.n_cut, minutes=steps.minutes_cut)] if steps.n_cut else out


def _labour(
    steps: CostSteps, number: dict[str, float], basis: str, words: Words, text: dict[str, str]
) -> list[str]:
    out = [
        text["channel"].format(
            channel=words.name(row["channel"], "channel"), minutes=row["minutes"], rate=row["rate"],
            labour=_fine(row["labour"], words), n=row["n_contacts"],
        )
        for row in steps.channels.to_dict("records")
    ]
    if abs(steps.other) > _SEEN:
        out.append(text["other"].format(other=_fine(steps.other, words)))
    moved = max(steps.moved_in, steps.moved_out) > _SEEN
    key = "uncorrected" if not moved else "audit" if basis == "audit" else "quantified"
    return [
        *out,
        text["tagged"].format(tagged=_fine(steps.tagged, words)),
        text[key].format(moved_in=_fine(steps.moved_in, words), moved_out=_fine(steps.moved_out, words)),
        text["rounding"].format(rounding=_fine(steps.rounding, words)),
        text["line"].format(
            cost=words.money(number["cost"]), low=words.money(number["cost_low"]), high=words.money(number["cost_high"])
        ),
    ]


def _payouts(steps: CostSteps, number: dict[str, float], words: Words, text: dict[str, str]) -> str:
    return text["payout"].format(
        n=steps.n_paid, tagged=_fine(steps.paid_tagged, words), moved=_fine(steps.paid_moved, words),
        payout=words.money(number["payout"]), low=words.money(number["payout_low"]),
        high=words.money(number["payout_high"]),
    )


def _fine(value: float, words: Words) -> str:
    """Write an amount with two more places than its currency has, so that the steps can be added up."""
    return f"{round(value, words.decimals + 2) + 0.0:,.{words.decimals + 2}f}"
