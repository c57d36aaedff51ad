"""The codes that agents choose in a drop-down: what they mean, as a source of reasons, and held against the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocmine._lazy import lazy_names

if TYPE_CHECKING:
    from vocmine.audits.codes.agreement import code_agreement, other_contents
    from vocmine.audits.codes.combine import apply_codes
    from vocmine.audits.codes.kappa import cohen_kappa
    from vocmine.audits.codes.mapping import CodeMapping
    from vocmine.audits.codes.suggest import CodeGuess, guesses_to_yaml, suggest_codes
    from vocmine.audits.codes.suspects import likely_wrong_codes

__all__ = [
    "CodeGuess",
    "CodeMapping",
    "apply_codes",
    "code_agreement",
    "cohen_kappa",
    "guesses_to_yaml",
    "likely_wrong_codes",
    "other_contents",
    "suggest_codes",
]

_HOMES = {
    "CodeGuess": "vocmine.audits.codes.suggest",
    "CodeMapping": "vocmine.audits.codes.mapping",
    "apply_codes": "vocmine.audits.codes.combine",
    "code_agreement": "vocmine.audits.codes.agreement",
    "cohen_kappa": "vocmine.audits.codes.kappa",
    "guesses_to_yaml": "vocmine.audits.codes.suggest",
    "likely_wrong_codes": "vocmine.audits.codes.suspects",
    "other_contents": "vocmine.audits.codes.agreement",
    "suggest_codes": "vocmine.audits.codes.suggest",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
