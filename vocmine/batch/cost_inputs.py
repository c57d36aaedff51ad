"""What a person gives a run beside the contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vocmine.batch.audit_files import Audits
from vocmine.batch.privacy import with_masked_teams

if TYPE_CHECKING:
    from vocmine.cost import CostModel, Fix


@dataclass(frozen=True)
class CostInputs:
    """What a person gives a run beside the contacts, all optional: rates, a checked sample, a list of fixes.

    Parameters
    ----------
    model : CostModel, optional
        Rates; hours only if None.
    audit : Audit, DataFrame or sequence of them, optional
        Hand-checked contacts; several audits, each with its date, are pooled.
    fixes : sequence of Fix
        As `vocmine.cost.read_fixes` reads them.
    """

    model: CostModel | None = None
    audit: Audits = None
    fixes: Sequence[Fix] = ()

    def __post_init__(self) -> None:
        """Call teams as they are stored: masked."""
        from vocmine.cost import CostModel

        if isinstance(self.model, CostModel):
            object.__setattr__(self, "model", with_masked_teams(self.model))

    def given(self) -> tuple[str, ...]:
        """Name what there is as the options of the command line do.

        Examples
        --------
        >>> CostInputs().given()
        ()
        """
        audited = self.audit is not None and not (isinstance(self.audit, Sequence) and not self.audit)
        there = (("costs", self.model is not None), ("audit", audited), ("fixes", bool(self.fixes)))
        return tuple(name for name, is_there in there if is_there)
