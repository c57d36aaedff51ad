"""What a section of the report is: what it reads, how it counts, where it stands on the page and in the workbook.

Each module of this package that holds a ``SECTION`` adds a section; `vocmine.report.sections.registry` finds it.
A section of grids and sentences needs no more than ``count`` and two places: page and workbook write its grids, and the
words ``sec_<key>``, ``sec_<key>_lead``, ``sheet_<key>``, ``grid_<grid key>`` and those of its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from vocmine.report.evidence import Evidence
from vocmine.report.inputs import Frames
from vocmine.report.names import IssueNames
from vocmine.report.sections.grid import Section
from vocmine.report.sections.sheet import Sheet
from vocmine.report.summary import Measure, Summary
from vocmine.report.words import Words

_LEADING_PLACE = 15  # between the findings and the issues


@dataclass(frozen=True)
class SectionData:
    """What sections count from.

    Parameters
    ----------
    frames : Frames
        Contacts and tags of the report, checked.
    inputs : mapping of str to object
        Further frames by name, see `vocmine.report.Extras`; what was not passed is not there.
    measure : {"money", "hours", "counts"}
        What issues are measured in.
    level : float
        Level of the intervals, for instance 0.95.
    n_checked : int
        Contacts checked by hand that the costs were corrected with.
    """

    frames: Frames
    inputs: Mapping[str, Any] = field(default_factory=dict)
    measure: Measure = "money"
    level: float = 0.95
    n_checked: int = 0

    def get(self, name: str) -> Any:
        """Give an input by name; None where it was not passed."""
        return self.inputs.get(name)

    def only(self, names: Collection[str]) -> SectionData:
        """Give the same with no other inputs than these."""
        return replace(self, inputs={name: value for name, value in self.inputs.items() if name in names})


@dataclass(frozen=True)
class ReportView:
    """What sections are laid out from: numbers, names and quotes, and the language.

    Parameters
    ----------
    summary : Summary
        Numbers.
    evidence : Evidence
        Names and masked quotes.
    words : Words
        Language and currency.
    title : str
        Title of the report.
    timezone : str
        Where a day begins and ends.
    """

    summary: Summary
    evidence: Evidence
    words: Words
    title: str = ""
    timezone: str = "UTC"

    @cached_property
    def name(self) -> IssueNames:
        """The names of issues."""
        return IssueNames(self.words, self.evidence)


@dataclass(frozen=True)
class PageLayout:
    """How a section is laid out on the page.

    Parameters
    ----------
    place : int
        Sections stand by rising place.
    listed : bool
        Whether the contents at the top of the page list it.
    title : callable, optional
        Gives the key of its title from the view; ``sec_<key>`` without it.
    shown : callable, optional
        Whether it is shown; without it, a section is shown where it was counted.
    template : str, optional
        A template of its own; without it, the page writes grids and sentences.
    values : callable, optional
        Gives what its own template needs besides summary, evidence, words and drawings.
    leads : callable, optional
        Whether it stands before the issues: where most contacts have no reason, topics say more.
    in_head : bool
        Whether it stands in the head of the page, under the heading: what must be seen first.
    opened : bool or callable
        Whether the reader sees it whole at once; others are folded to their title and first sentence.
    """

    place: int
    listed: bool = False
    title: Callable[[ReportView], str] | None = None
    shown: Callable[[ReportView], bool] | None = None
    template: str | None = None
    values: Callable[[ReportView], Mapping[str, Any]] | None = None
    leads: Callable[[ReportView], bool] | None = None
    in_head: bool = False
    opened: bool | Callable[[ReportView], bool] = False

    def is_folded(self, view: ReportView) -> bool:
        """Tell whether the reader has to open it: not where it leads or stands in the head."""
        opened = self.opened(view) if callable(self.opened) else self.opened
        return not (opened or self.in_head or (self.leads is not None and self.leads(view)))

    def place_in(self, view: ReportView) -> int:
        """Give the place in a report: behind the findings where it leads."""
        return _LEADING_PLACE if self.leads is not None and self.leads(view) else self.place


@dataclass(frozen=True)
class SheetLayout:
    """How a section is laid out in the workbook.

    Parameters
    ----------
    place : int
        Sheets stand by rising place.
    build : callable, optional
        Gives its sheet, or None where there is nothing to show; without it, the workbook writes grids and sentences.
    """

    place: int
    build: Callable[[ReportView], Sheet | None] | None = None


@dataclass(frozen=True)
class SectionType:
    """A section of the report.

    Parameters
    ----------
    key : str
        Names it, its place in the page's address, and its words.
    reads : tuple of str
        Names of the inputs it reads, which `vocmine.report.Extras` then accepts.
    count : callable, optional
        Gives its numbers, or None where there is nothing to show; without it, it shows numbers of the summary.
    page : PageLayout, optional
        Without it, it is not on the page, or inside another section.
    sheet : SheetLayout, optional
        Without it, it has no sheet.
    """

    key: str
    reads: tuple[str, ...] = ()
    count: Callable[[SectionData], Section | None] | None = None
    page: PageLayout | None = None
    sheet: SheetLayout | None = None

    def is_shown(self, view: ReportView) -> bool:
        """Whether the page shows it."""
        if self.page is None:
            return False
        if self.page.shown is not None:
            return self.page.shown(view)
        return self.count is None or view.summary.section(self.key) is not None

    def title(self, view: ReportView) -> str:
        """Give the key of its title."""
        return f"sec_{self.key}" if self.page is None or self.page.title is None else self.page.title(view)
