"""Proposals: a list of reasons drafted from contacts, for a person to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names

if TYPE_CHECKING:
    from vocmine.proposals.draft import propose
    from vocmine.proposals.proposed import ProposedTaxonomy

__all__ = ["ProposedTaxonomy", "propose"]

_HOMES = {"ProposedTaxonomy": "vocmine.proposals.proposed", "propose": "vocmine.proposals.draft"}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
