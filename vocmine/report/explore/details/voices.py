"""What customers say about an issue: masked, none twice, those that show why first, in the reader's language first."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vocmine.report.explore.encode import shown
from vocmine.report.explore.source import ExploreSource
from vocmine.report.quotes import excerpt
from vocmine.report.sections.protocol import ReportView

_MOST, _OTHER = 12, 3  # quotes of an issue; places kept for other languages where there are some
_SHORTEST, _LONGEST, _WORDS = 8, 160, 80  # characters


def voices(view: ReportView, source: ExploreSource) -> dict[str, list[dict[str, Any]]]:
    """Give up to twelve quotes of each issue."""
    rows = _ranked(source, view.words.lang)
    if rows.empty:
        return {}
    rank = rows.groupby(["issue", "own"], sort=False).cumcount()
    n_other = (~rows["own"]).groupby(rows["issue"]).transform("sum").clip(upper=_OTHER)
    n_own = rows["own"].groupby(rows["issue"]).transform("sum").clip(upper=_MOST - n_other)
    picked = rows.loc[rank < n_own.where(rows["own"], _MOST - n_own)]
    out: dict[str, list[dict[str, Any]]] = {}
    w = view.words
    for row in picked.to_dict("records"):
        why = row["evidence"] if row["said"] else ""
        out.setdefault(row["issue"], []).append({
            "text": shown(excerpt(row["text"], why, _LONGEST), _LONGEST), "id": shown(row["contact_id"], 64),
            "day": str(row["day"].date()), "channel": w.name(row["channel"], "channel"),
            "evidence": shown(why, _WORDS), "lang": row["lang"],
        })
    return out


def _ranked(source: ExploreSource, lang: str) -> pd.DataFrame:
    readable = source.contacts.loc[source.contacts["text"].str.len() >= _SHORTEST]
    rows = source.reasons.merge(readable[["contact_id", "day", "channel", "text", "lang"]], on="contact_id")
    texts = zip(rows["evidence"], rows["text"], strict=True)
    said = pd.Series([any(p.strip() in text for p in why.split(" / ") if p.strip()) for why, text in texts], rows.index)
    wanted = 45 if lang == "ja" else 90
    fit = (rows["text"].str.len().clip(upper=400) - wanted).abs()
    rows = rows.assign(own=rows["lang"] == lang, said=said.astype(bool), fit=fit, sure=rows["score"].round(1))
    keys = ["issue", "own", "said", "sure", "fit", "day", "contact_id"]
    rows = rows.sort_values(keys, ascending=[True, False, False, False, True, False, True], kind="stable")
    return rows.drop_duplicates(["issue", "text"])
