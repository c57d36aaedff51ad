"""Contacts of a results folder to check by hand: how many, which, and the file a person fills in."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import yaml

from vocmine.audits import Audit
from vocmine.audits.by_cost import MUST_SHARE
from vocmine.audits.files import SHEET_COLUMNS
from vocmine.audits.page import page_text
from vocmine.audits.sheet import CheckSheet
from vocmine.audits.workbook import workbook_bytes
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.costing import contact_values, cost_period
from vocmine.batch.period import Period, read_period
from vocmine.batch.taxonomies import kept_taxonomy
from vocmine.csvfile import write_csv
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN, main_rows, rows_of_kind
from vocmine.settings import Settings
from vocmine.store import write_atomic

if TYPE_CHECKING:
    from vocmine.cost import CostModel
    from vocmine.cost.audit_plan import AuditPlan

_LIKELY = 10  # reasons that a contact's number keys may stand for


def draw_audit(home: Path, n: int | None, to: Path, settings: Settings, model: CostModel | None = None) -> str:
    """Draw contacts of a results folder to check by hand, with their masked texts, into a file to fill in.

    Contacts are drawn where a mistake would move the most money (hours without rates). The file is a workbook
    (``.xlsx``), a page (``.html``) or a plain table (``.csv``); each is read back by `Audit.read`.

    Parameters
    ----------
    home : Path
        The results folder.
    n : int or None
        Contacts to draw; as many as `plan_audit` wants if None.
    to : Path
        The file.
    settings : Settings
        Language, seed, days of the period.
    model : CostModel, optional
        Rates.

    Returns
    -------
    str
        What was drawn, what it is expected to bring, and what to do next.

    Raises
    ------
    SettingsError
        If the ending of the file is another, or `n` is below 1.
    """
    from vocmine.cost.audit_plan import plan_audit

    if to.suffix not in _WRITERS:
        raise SettingsError("unknown format of the audit", where="--to", got=to.suffix or "no ending",
                            expected=", ".join(_WRITERS))
    period = read_period(home, ContactStore(home, settings.timezone), settings.period_days)
    costs = cost_period(period, settings, model)
    values = contact_values(period.contacts, period.tags, settings, model)
    plan = plan_audit(costs, rows_of_kind(period.tags), values, n, level=settings.level)
    drawn = Audit.sample(period.tags, plan.n, seed=settings.seed, costs=values, drawn_on=period.last)
    _WRITERS[to.suffix](to, make_sheet(home, period, drawn, settings))
    lines = [
        _word("drawn", settings.lang, n=len(drawn), path=to),
        _expected(plan, period, settings.lang),
        _too_few(drawn, period.tags, values, settings.lang),
        _word(f"fill_{to.suffix[1:]}", settings.lang, path=to, csv=to.with_suffix(".csv").name),
    ]
    return "\n".join(line for line in lines if line)


def make_sheet(home: Path, period: Period, drawn: Audit, settings: Settings) -> CheckSheet:
    """Lay out a drawn audit for a person: masked texts, the reasons to choose from, the likeliest of each contact."""
    taxonomy = kept_taxonomy(home)
    texts = period.contacts.set_index("contact_id")["text"]
    mine = set(drawn.table["contact_id"])
    tags = rows_of_kind(period.tags)
    tags = tags[tags["label"] != UNKNOWN].sort_values(["score", "label"], ascending=[False, True], kind="stable")
    counts = main_rows(tags)["label"].value_counts().sort_index()
    usual = counts.sort_values(ascending=False, kind="stable").index.tolist()
    own = tags[tags["contact_id"].isin(mine)].groupby("contact_id")["label"].agg(list)
    likely = {each: list(dict.fromkeys([*own.get(each, []), *usual]))[:_LIKELY] for each in sorted(mine)}
    return CheckSheet.of(
        drawn.table, names=period.names.names, lang=settings.lang, texts=texts[texts.index.isin(mine)],
        reasons=taxonomy.leaves if taxonomy is not None else (), likely=likely,
    )


def _expected(plan: AuditPlan, period: Period, lang: str) -> str:
    """Say what that many contacts will bring."""
    if plan.percent is None:
        return ""
    name = period.names.name(plan.issue, lang)
    return _word("expected", lang, n=plan.n, issue=name, percent=plan.percent, accuracy=plan.accuracy)


def _too_few(drawn: Audit, tags: pd.DataFrame, values: pd.Series, lang: str) -> str:
    """Say so where reasons that bear a share of the cost have no contact in the sample: an audit must hold them all."""
    main = main_rows(tags).set_index("contact_id")["label"]
    held = values.groupby(main.reindex(values.index)).sum()
    must = set(held.index[held >= MUST_SHARE * held.sum()])
    lacking = must - set(drawn.table["label_tag"])
    return _word("too_few", lang, lacking=len(lacking), least=len(must) + 1) if lacking else ""


def _write_csv(to: Path, sheet: CheckSheet) -> None:
    write_csv(to, sheet.rows[list(SHEET_COLUMNS)])


def _write_workbook(to: Path, sheet: CheckSheet) -> None:
    write_atomic(to, workbook_bytes(sheet, to.name))


def _write_page(to: Path, sheet: CheckSheet) -> None:
    write_atomic(to, page_text(sheet, to.with_suffix(".csv").name).encode())


_WRITERS: dict[str, Callable[[Path, CheckSheet], None]] = {
    ".xlsx": _write_workbook, ".html": _write_page, ".csv": _write_csv,
}


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load(
        files("vocmine.batch").joinpath("data", "audit.yaml").read_text(encoding="utf-8")
    )
    return words


def _word(key: str, lang: str, **values: object) -> str:
    return _words()[key][lang].format(**values)
