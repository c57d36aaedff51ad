"""How many contacts of incidents that go on the tables by team and reason leave out, as the frame `set_aside` says."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vocmine.report.inputs import need
from vocmine.report.sections.grid import Sentence


@dataclass(frozen=True)
class Aside:
    """Contacts left out, by what is counted (``all``, ``team``, ``reason``...) and its value.

    Parameters
    ----------
    rows : tuple of (incident id, step, value, n)
        The largest first.
    """

    rows: tuple[tuple[str, str, str, int], ...] = ()

    @classmethod
    def of(cls, table: pd.DataFrame | None) -> Aside:
        """Read ``incident_id, step, value, n``.

        Examples
        --------
        >>> table = pd.DataFrame({"incident_id": ["i"], "step": ["team"], "value": ["A"], "n": [71]})
        >>> Aside.of(table).n("team", "A"), bool(Aside.of(None))
        (71, False)
        """
        if table is None or len(table) == 0:
            return cls()
        need(table, ("incident_id", "step", "value", "n"), "set_aside")
        table = table.sort_values(["n", "incident_id"], ascending=[False, True], kind="stable")
        columns = (table["incident_id"].astype(str), table["step"].astype(str), table["value"].astype(str))
        return cls(tuple(zip(*columns, table["n"].astype(int).tolist(), strict=True)))

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.rows)

    def n(self, step: str, value: str = "") -> int:
        """Count the contacts left out of one team, reason and so on."""
        return sum(n for _, kind, name, n in self.rows if (kind, name) == (step, value))

    def sentences(self, step: str, value: str, key: str, *, follows: bool = True) -> tuple[Sentence, ...]:
        """Say of each incident how many of its contacts are left out there."""
        return tuple(
            Sentence(key, (("incident", "incident", incident), ("n", "count", n)), follows, ground=True)
            for incident, kind, name, n in self.rows
            if (kind, name) == (step, value) and n
        )
