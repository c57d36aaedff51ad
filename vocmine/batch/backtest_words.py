"""A backtest in lines for people, in their language."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from vocmine.batch.backtest import Backtest, SettingResult
from vocmine.batch.replay_rows import INCIDENT, ReplayRow

_SHOWN = 12  # rows of one setting; the rest is counted


def backtest_lines(found: Backtest, lang: str) -> list[str]:
    """Say what would have been told when with each sensitivity, and how often it would have been false.

    Parameters
    ----------
    found : Backtest
    lang : {"ja", "en"}
    """
    words = _words()[lang]
    lines = [words["head"].format(
        first=found.first, last=found.last, days=found.n_days, contacts=found.n_contacts, n=len(found.results)
    )]
    for result in found.results:
        lines += ["", *_setting(result, result.to_dict(found.level), words, lang)]
    if found.n_fixed:
        lines += ["", words["fixed"].format(n=found.n_fixed, share=found.n_fixed / found.n_contacts)]
    return lines


def table_line(path: str, lang: str) -> str:
    """Say where the table is."""
    return str(_words()[lang]["table"].format(path=path))


def _setting(result: SettingResult, values: dict[str, Any], words: dict[str, Any], lang: str) -> list[str]:
    in_use = words["in_use"] if result.in_use else ""
    lines = [words["setting"].format(**{**vars(result.setting), "in_use": in_use})]
    if not result.days:
        return [*lines, words["never"]]
    lines.append(words["counts"].format(
        days=result.days, alarms=values["n_alarms"], rate=values["alarms_per_30_days"],
        incidents=values["n_incidents"],
    ))
    if values["median_delay_days"] is not None:
        lines.append(words["speed"].format(delay=values["median_delay_days"], contacts=values["median_contacts"]))
    wrong = values["false"]
    if wrong["days"]:
        alarms, incidents = wrong["alarms"], wrong["incidents"]
        lines.append(words["wrong"].format(
            days=wrong["days"], alarms=alarms["per_30_days"], low=alarms["low"], high=alarms["high"],
            incidents=incidents["per_30_days"], incidents_low=incidents["low"], incidents_high=incidents["high"],
        ))
    lines += [_row(row, words, lang) for row in result.told[:_SHOWN]]
    more = len(result.told) - _SHOWN
    return [*lines, words["more"].format(n=more)] if more > 0 else lines


def _row(row: ReplayRow, words: dict[str, Any], lang: str) -> str:
    status = words["statuses"].get(row.status, row.status)
    values = {**vars(row), "name": row.name(lang), "status": status, "state": words["states"].get(row.state, "")}
    if row.kind == INCIDENT:
        return str(words["incident"].format(**values, delay=row.delay_days))
    return str(words["alert" if row.incident_id else "alert_alone"].format(**values, end=row.incident_id))


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, Any]]:
    import yaml

    text = files("vocmine.batch").joinpath("data", "backtest.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return table
