"""The likeliest reasons of each text with their chances: what totals over many contacts are made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vocmine.classify.reasons.stage import Stage, StageReading
from vocmine.frames import UNKNOWN


@dataclass(frozen=True)
class CandidateParameters:
    """Which candidates are kept: more change totals little and cost memory.

    Parameters
    ----------
    most : int
        Reasons a text, beside ``unknown``.
    least : float
        Chance below which a candidate is left out.
    """

    most: int = 6
    least: float = 0.005


PARAMETERS = CandidateParameters()


def candidate_frame(stage: Stage, reading: StageReading) -> pd.DataFrame:
    """Give the candidates of each text, likeliest first, ``unknown`` last.

    Parameters
    ----------
    stage : Stage
        Whose columns the reading has.
    reading : StageReading
        What the stage made of the texts.

    Returns
    -------
    DataFrame
        ``row, label, score, source, evidence``.
    """
    closed = reading.closed
    order = np.argsort(-closed.round(6), axis=1, kind="stable")[:, : PARAMETERS.most]
    chance = np.take_along_axis(closed, order, axis=1) * (1 - reading.none)[:, None]
    kept = chance >= PARAMETERS.least
    row, place = np.nonzero(np.column_stack([kept, np.ones(len(kept), dtype=bool)]))
    labels = np.array([*stage.classes, UNKNOWN], dtype=object)
    code = np.column_stack([order, np.full(len(order), len(stage.classes))])[row, place]
    score = np.column_stack([chance, reading.none])[row, place]
    frame = pd.DataFrame({"row": row.astype(np.int64), "label": labels[code], "score": score.astype(np.float64)})
    return frame.assign(source="model", evidence=stage.basis)
