"""How often tags are right: measured on contacts checked by hand, or said to be unknown. It stands inside of trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from vocmine.frames import UNKNOWN
from vocmine.report.inputs import Frames, need
from vocmine.report.sections.grid import Col, Grid, Section, Sentence, grid_section
from vocmine.report.sections.protocol import SectionData, SectionType, SheetLayout
from vocmine.stats import Estimate

_GOOD, _BAD = 0.8, 0.6  # precision from which a reason is relied on, below which it is not
_FEW = 10  # checked contacts that a reason needs before anything is said of it
_POINTS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)  # coverages at which precision is listed
_SURE = (("sure_high", 0.8, 1.01), ("sure_middle", 0.6, 0.8), ("sure_low", 0.0, 0.6))


class EvaluatedTags(Protocol):
    """What `vocmine.audits` gives: tags against hand-checked labels."""

    overall: pd.DataFrame
    reasons: pd.DataFrame
    calibration: pd.DataFrame
    coverage: pd.DataFrame

    def confused(self, top: int = 10) -> pd.DataFrame:
        """Give the pairs of reasons mistaken for each other most."""


def _count(data: SectionData) -> Section | None:
    """Say how often the tags are right, overall and by reason.

    It reads ``evaluation`` (tags against labels given by hand, as `vocmine.audits` evaluates them; without one the
    section says what is not known, and how to find out), ``n_wanted`` (contacts to check by hand, as
    `vocmine.cost.plan_labels` gives them) and ``audits`` (where there are several, what became of each: ``drawn_on, n,
    status`` and, where known, ``p``, as `vocmine.audits.pool_audits` gives them as ``records``).
    """
    checked: EvaluatedTags | None = data.get("evaluation")
    n_wanted, audits = data.get("n_wanted"), data.get("audits") or ()
    pooled = _pooled(audits)
    if checked is None:
        values = (("n", "whole", n_wanted), ("plain", "text", n_wanted)) if n_wanted else ()
        sentences = (Sentence("quality_unchecked"), Sentence("quality_draw_n" if n_wanted else "quality_draw", values))
        return grid_section("quality", (_audits(audits), _scores(data.frames)), pooled + sentences)
    overall = checked.overall.set_index("figure")
    found = {str(name): _estimate(row) for name, row in overall.iterrows()}
    grids = (_overall(found), _reasons(checked.reasons), _confused(checked.confused(10)),
             _coverage(checked.coverage), _calibration(checked.calibration), _audits(audits))
    return grid_section("quality", grids, _verdict(found, checked.reasons) + pooled)


def _pooled(audits: Sequence[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    held = sum(audit["status"] == "kept" for audit in audits)
    values = (("n", "whole", len(audits)), ("k", "whole", held))
    return (Sentence("audits_held" if held else "audits_ended", values),) if audits else ()


def _audits(audits: Sequence[Mapping[str, Any]]) -> Grid:
    rows = tuple(
        (pd.Timestamp(str(audit["drawn_on"])).date(), int(audit["n"]),
         f"audit_{str(audit['status']).replace(' ', '_')}", audit.get("p"))
        for audit in sorted(audits, key=lambda audit: str(audit["drawn_on"]), reverse=True)
    )
    cols = (Col("col_drawn_on", "day"), Col("col_checked", "whole"), Col("col_audit", "code"),
            Col("col_audit_p", "decimal"))
    return Grid("audits", cols, rows)


def _estimate(row: Any, name: str = "") -> Estimate:
    keys = (name, f"{name}_low", f"{name}_high") if name else ("value", "low", "high")
    value, low, high = (float(row[key]) for key in keys)
    return Estimate(value, low, high, round(float(row.get("n", 0) or 0)))


def _verdict(found: dict[str, Estimate], reasons: pd.DataFrame) -> tuple[Sentence, ...]:
    """Three sentences: how often right, which reasons hold, which do not."""
    right = found["accuracy_covered"]
    n = found["macro_f1"].n
    sentences = [Sentence("quality_right", (("n", "count", n), ("share", "percent", right)))]
    enough = reasons.loc[reasons["n_tagged"] >= _FEW].sort_values(["n_tagged", "label"], ascending=[False, True])
    good = enough.loc[enough["precision_low"] >= _GOOD, "label"].tolist()
    bad = enough.loc[enough["precision_high"] < _BAD, "label"].tolist()
    if good:
        sentences.append(Sentence("quality_good", (("names", "names", good[:5]), ("share", "percent", _GOOD))))
    if bad:
        sentences.append(Sentence("quality_bad", (("names", "names", bad[:5]), ("share", "percent", _BAD))))
    few = int((reasons["n_tagged"] < _FEW).sum())
    if few:
        sentences.append(Sentence("quality_few", (("k", "whole", few), ("n", "whole", _FEW))))
    return tuple(sentences)


def _overall(found: dict[str, Estimate]) -> Grid:
    keys = ("accuracy_covered", "accuracy", "coverage", "macro_f1", "calibration_error")
    rows = tuple((f"figure_{key}", found[key], found[key].n) for key in keys if key in found)
    return Grid("overall", (Col("col_figure", "code"), Col("x_value", "percent"), Col("col_checked", "whole")), rows)


def _reasons(reasons: pd.DataFrame) -> Grid:
    need(reasons, ("label", "n_true", "n_tagged", "precision", "recall", "f1"), "evaluation.reasons")
    table = reasons.sort_values(["n_tagged", "label"], ascending=[False, True])
    cols = (
        Col("col_issue", "issue"), Col("col_n_tagged", "whole"), Col("col_precision", "percent", drawn=True),
        Col("col_n_true", "whole"), Col("col_recall", "percent"), Col("col_f1", "percent"),
    )
    rows = tuple(
        (str(row["label"]), int(row["n_tagged"]), _estimate(row, "precision"), int(row["n_true"]),
         _estimate(row, "recall"), _estimate(row, "f1"))
        for row in table.to_dict("records")
    )
    return Grid("reasons", cols, rows, most=20)


def _confused(pairs: pd.DataFrame) -> Grid:
    columns = zip(pairs["true"], pairs["tagged"], pairs["n"], strict=True)
    rows = tuple((str(true), str(tagged), float(n)) for true, tagged, n in columns)
    cols = (Col("col_true", "issue"), Col("col_tagged", "reason"), Col("col_weighted", "number"))
    return Grid("confused", cols, rows)


def _coverage(curve: pd.DataFrame) -> Grid:
    """Thin the curve to a few steps: the surest tenth of the contacts, two tenths, and so on."""
    rows = []
    for point in _POINTS:
        part = curve.loc[curve["coverage"] <= point + 1e-9]
        if len(part):
            last = part.iloc[-1]
            rows.append((float(last["coverage"]), float(last["precision"]), float(last["threshold"])))
    cols = (Col("col_coverage", "percent"), Col("col_precision", "percent"), Col("col_threshold", "decimal"))
    return Grid("coverage", cols, tuple(dict.fromkeys(rows)), folded=True)


def _calibration(curve: pd.DataFrame) -> Grid:
    rows = tuple(
        (float(row["score"]), Estimate(float(row["right"]), float(row["low"]), float(row["high"]), int(row["n"])),
         int(row["n"]))
        for row in curve.to_dict("records")
    )
    cols = (Col("col_claimed", "percent"), Col("col_was_right", "percent", drawn=True), Col("col_checked", "whole"))
    return Grid("calibration", cols, rows, folded=True)


def _scores(frames: Frames) -> Grid:
    """Contacts by how sure their likeliest reason was: what the tagger says of itself, and no measurement."""
    best = frames.reasons.loc[frames.reasons["issue"] != UNKNOWN].groupby("contact_id")["score"].max()
    n_all = len(frames.base)
    rows = [(key, n, n / n_all) for key, low, high in _SURE if (n := int(((best >= low) & (best < high)).sum()))]
    rows += [("sure_none", n_all - len(best), 1 - len(best) / n_all)] if n_all > len(best) else []
    share = Col("col_share", "percent", drawn=True, summed=True)
    cols = (Col("col_sure", "code"), Col("col_n", "whole", summed=True), share)
    return Grid("sure", cols, tuple(rows) if len(set(best)) > 1 else ())


SECTION = SectionType("quality", ("evaluation", "n_wanted", "audits"), _count, sheet=SheetLayout(160))
