"""An audit: contacts drawn with known probability and checked by hand, as one type that is validated once."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from vocmine.audits.answers import Names
from vocmine.audits.files import read_audit_file, write_audit_table
from vocmine.audits.sample import sample_audit
from vocmine.errors import AuditError
from vocmine.frames import require_columns
from vocmine.store import write_atomic

EXPIRES_DAYS = 92  # a quarter: taggers, products and customers change
GONE_SHARE = 0.5  # checked contacts that may be gone, as when a window of days has moved on

Level = Literal["drawn", "partly", "checked"]

_NEEDED = ("contact_id", "label", "prob")
_COLUMNS = ("contact_id", "label_tag", "prob", "label")


@dataclass(frozen=True, eq=False)
class Audit:
    """A sample of contacts to be checked by hand, or checked.

    Parameters
    ----------
    table : DataFrame
        ``contact_id``, ``prob`` (chance to be drawn), ``label`` (true reason, empty until checked; several rows for
        several reasons), and where they exist ``label_tag`` (the label it was drawn by) and ``drawn_on`` (date).
    kind : str
        Kind of tags it was drawn by.
    n_empty : int
        Contacts of its file that nobody has checked yet, and which are not in the table.
    source : str
        Name of the file it was read from, for messages.

    Raises
    ------
    AuditError
        If it is no table, a column is missing, it has no row, a probability is not above 0 and at most 1 or is not the
        same in all rows of a contact, or a date can't be read.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a", "b", "c"], "label": ["x", "x", "y"], "score": 0.9})
    >>> drawn = Audit.sample(tags, 2, drawn_on="2026-01-31")
    >>> drawn.level, drawn.drawn_on, len(drawn)
    ('drawn', '2026-01-31', 2)
    >>> Audit(drawn.table.assign(label="x")).level
    'checked'
    """

    table: pd.DataFrame
    kind: str = "reason"
    n_empty: int = 0
    source: str = ""

    def __post_init__(self) -> None:
        """Check all that can be checked without the contacts."""
        _check_columns(self.table)
        _check_probabilities(self.table)
        if "drawn_on" in self.table and _dates(self.table).isna().any():
            raise AuditError("wrong date", where="audit.drawn_on", expected="a date as 2026-01-31")

    @classmethod
    def sample(
        cls, tags: pd.DataFrame, n: int, *, seed: int = 0, costs: pd.Series | None = None, kind: str = "reason",
        drawn_on: str | datetime.date | None = None,
    ) -> Audit:
        """Draw contacts to check, see `sample_audit`; ``label`` is empty, to be filled in.

        Parameters
        ----------
        drawn_on : str or date, optional
            Day of the last contact: an audit without one never expires.
        """
        table = sample_audit(tags, n, seed, costs=costs, kind=kind).rename(columns={"label": "label_tag"})
        table = table.assign(label="")
        return cls(table if drawn_on is None else table.assign(drawn_on=str(drawn_on)[:10]), kind)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Audit:
        """Read a filled-in CSV or Excel file, or a folder of `save_audit`; contacts without a label yet are left out.

        Whatever a spreadsheet made of it is understood: Shift_JIS or UTF-8, commas, semicolons or tabs, other widths
        and cases, names of reasons where the file brings their list (a CSV keeps them until `vocmine run` reads it).
        An empty answer is not "as proposed": it counts in `n_empty`, and `prob` is then the chance to be drawn and
        checked.

        Raises
        ------
        AuditError
            If there is no such file, a column is missing, nothing has been checked, a reason is not known, or contacts
            have the answers of two people.
        StoreError
            If the folder is damaged.
        """
        found = read_audit_file(Path(path))
        return cls(found.table, n_empty=found.n_empty, source=Path(path).name)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write a CSV (``.csv``) or Excel file (``.xlsx``) to fill in or to keep; replaced in one step."""
        write_audit_table(self.table, Path(path))

    def to_excel(
        self, path: str | os.PathLike[str], *, names: Names | None = None, lang: str = "ja",
        texts: pd.Series[Any] | None = None, reasons: Iterable[str] = (),
    ) -> None:
        """Write a workbook for a person to check: a drop-down of the reasons, progress, how to, all else protected.

        Parameters
        ----------
        path : path
            Ends in ``.xlsx``; replaced in one step. `Audit.read` reads it back.
        names : mapping, optional
            Names of the reasons by language, as ``{"ja": {id: name}}``; ids where there are none.
        lang : str
            ``ja`` or ``en``.
        texts : Series, optional
            Masked text by contact_id; the column ``text`` of the table if None.
        reasons : iterable of str
            Ids of the reasons that can be chosen, in this order; all that have a name if empty.
        """
        from vocmine.audits.sheet import CheckSheet
        from vocmine.audits.workbook import workbook_bytes

        sheet = CheckSheet.of(self.table, names=names, lang=lang, texts=texts, reasons=reasons)
        write_atomic(Path(path), workbook_bytes(sheet, Path(path).name))

    def to_html(
        self, path: str | os.PathLike[str], *, names: Names | None = None, lang: str = "ja",
        texts: pd.Series[Any] | None = None, reasons: Iterable[str] = (),
    ) -> None:
        """Write a page that loads nothing, to check one contact at a time by keyboard; it saves a CSV for `Audit.read`.

        Parameters
        ----------
        path : path
            Replaced in one step.
        names, lang, texts, reasons
            As for `to_excel`.
        """
        from vocmine.audits.page import page_text
        from vocmine.audits.sheet import CheckSheet

        sheet = CheckSheet.of(self.table, names=names, lang=lang, texts=texts, reasons=reasons)
        write_atomic(Path(path), page_text(sheet, f"{Path(path).stem}.csv").encode())

    def __len__(self) -> int:
        """Rows."""
        return len(self.table)

    @property
    def n_contacts(self) -> int:
        """Contacts drawn."""
        return int(self.table["contact_id"].nunique())

    @property
    def labels(self) -> tuple[str, ...]:
        """True labels that occur, in the order of the alphabet."""
        return tuple(sorted(self.table["label"][~_unlabelled(self.table)].astype(str).unique()))

    @property
    def level(self) -> Level:
        """How far it has been checked."""
        empty = _unlabelled(self.table)
        return "drawn" if empty.all() else "partly" if empty.any() else "checked"

    @property
    def drawn_on(self) -> str | None:
        """Earliest day on which contacts were drawn, as ``YYYY-MM-DD``; None where it is not known."""
        return f"{_dates(self.table).min():%Y-%m-%d}" if "drawn_on" in self.table else None

    def check_age(self, contacts: pd.DataFrame, days: int = EXPIRES_DAYS) -> None:
        """Refuse an audit that is older than it may be: taggers, products and customers change.

        Parameters
        ----------
        contacts : DataFrame
            With ``created_at``; without it, or where the audit has no date, nothing is checked.
        days : int
            How many days after its date an audit still holds for new contacts.

        Raises
        ------
        AuditError
            If contacts began more than `days` after the audit was drawn, or most checked contacts are not among them.
        """
        if self.drawn_on is None or "created_at" not in contacts:
            return
        self._check_period(contacts)
        last = pd.to_datetime(contacts["created_at"], utc=True).max()
        age = (last - _dates(self.table).min()).days if pd.notna(last) else 0
        if age > days:
            raise AuditError(
                "the audit has expired",
                where="audit.drawn_on",
                got=f"{age} days older than the last contact",
                expected=f"at most {days} days",
                hint="draw a new one with sample_audit, or cut the contacts to its period",
            )


    def _check_period(self, contacts: pd.DataFrame) -> None:
        if "contact_id" not in contacts:
            return
        mine = self.table["contact_id"].astype(str).drop_duplicates()
        gone = int((~mine.isin(set(contacts["contact_id"].astype(str)))).sum())
        if gone > GONE_SHARE * len(mine):
            times = pd.to_datetime(contacts["created_at"], utc=True)
            raise AuditError(
                "the audit is of another period: checked contacts that are not in the contacts",
                where="audit.contact_id",
                got=f"drawn on {self.drawn_on}, {gone} of {len(mine)} are not in those of "
                f"{times.min():%Y-%m-%d} to {times.max():%Y-%m-%d}",
                hint="use the contacts the audit was drawn from, or draw a new one with sample_audit",
            )


def checked_audit(audit: Audit | pd.DataFrame) -> Audit:
    """Give an audit of which each row has been checked, from a table too.

    Raises
    ------
    AuditError
        As `Audit`, or if a true label is empty.

    Examples
    --------
    >>> checked_audit(pd.DataFrame({"contact_id": ["a"], "prob": [0.5], "label": ["bill"]})).labels
    ('bill',)
    """
    found = audit if isinstance(audit, Audit) else Audit(audit)
    if found.level != "checked":
        raise AuditError(
            "contacts without a true label",
            where="audit.label",
            got=f"{int(_unlabelled(found.table).sum())} rows",
            hint="write 'unknown' where no reason can be told",
        )
    return found


def _unlabelled(table: pd.DataFrame) -> pd.Series[bool]:
    return table["label"].isna() | (table["label"].astype(str).str.strip() == "")


def _dates(table: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    return pd.to_datetime(table["drawn_on"], utc=True, errors="coerce")


def _check_columns(table: Any) -> None:
    if not isinstance(table, pd.DataFrame):
        raise AuditError("an audit is a table", where="audit", got=type(table).__name__, expected=", ".join(_COLUMNS))
    hint = "draw it with sample_audit, rename its label to label_tag and write the true reason into label"
    require_columns(table, _NEEDED, "audit", AuditError, hint)
    if not len(table):
        raise AuditError("the audit is empty", where="audit", hint="draw one with sample_audit")


def _check_probabilities(table: pd.DataFrame) -> None:
    prob = pd.Series(pd.to_numeric(table["prob"], errors="coerce").to_numpy(dtype=float, na_value=np.nan))
    if not ((prob > 0) & (prob <= 1 + 1e-9)).all():
        raise AuditError("wrong probability", where="audit.prob", expected="above 0, at most 1")
    each = prob.groupby(table["contact_id"].astype(str).to_numpy())
    spread = each.max() - each.min()
    if (spread > 1e-9).any():
        raise AuditError(
            "one contact has two probabilities", where="audit.prob", got=f"{int((spread > 1e-9).sum())} contacts"
        )


