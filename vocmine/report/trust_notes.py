"""The sentences that say how far the numbers can be trusted."""

from __future__ import annotations

from vocmine.report.findings import mostly_unknown
from vocmine.report.summary import Summary
from vocmine.report.words import Words
from vocmine.stats import Estimate


def trust_sentences(s: Summary, w: Words, timezone: str) -> list[str]:
    """Say what the numbers rest on, what they leave out, and what was filled in.

    Parameters
    ----------
    s : Summary
        Numbers.
    w : Words
        Language.
    timezone : str
        Where a day begins and ends.

    Returns
    -------
    list of str
        Plain sentences.
    """
    out = [
        w("trust_n", span=w.span(s.first_day, s.last_day), n=w.count(s.n_contacts), tz=timezone),
        w(
            "trust_coverage", tagged=w.count(s.n_tagged), share=w.percent(s.n_tagged / s.n_contacts),
            unknown=w.count(s.n_unknown),
        ),
    ]
    if s.n_untagged:
        out.append(w("trust_untagged", n=w.count(s.n_untagged)))
    if s.n_double:
        out.append(w("trust_double_counts" if s.measure == "counts" else "trust_double", n=w.whole(s.n_double)))
    out += _money(s, w) + unfounded_sentences(s, w) + untimed_sentences(s, w) + _notes(s, w)
    if s.growth_days:
        out.append(w("trust_growth", days=s.growth_days, level=w("level", n=round(s.level * 100))))
    out += _incidents(s, w)
    if s.in_money:
        out.append(w("trust_left_out"))
    return [*out, w("trust_masked")]


def _money(s: Summary, w: Words) -> list[str]:
    based = w(f"trust_basis_{s.basis}", level=w("level", n=round(s.level * 100)), n=w.count(s.n_checked))
    if not s.in_money:
        return [based, w("trust_no_time" if s.measure == "counts" else "trust_no_money")]
    out = [based]
    out.append(
        w("trust_imputed", share=w.percent(s.imputed_share)) if s.imputed_share > 0 else w("trust_imputed_none")
    )
    if s.numerator:
        key = f"numerator_{s.numerator}"
        out.append(w("trust_numerator", text=w(key) if w.has(key) else s.numerator))
    if s.by_month and s.days != 30:
        out.append(w("trust_month", days=s.days))
    if not mostly_unknown(s):
        out.append(w("trust_half"))
    return out


def unfounded_sentences(s: Summary, w: Words) -> list[str]:
    """Say that a correction learned on other contacts does not hold for contacts of another kind."""
    return [w("costs_unfit")] if mostly_unknown(s) and s.basis == "prior" else []


def untimed_sentences(s: Summary, w: Words) -> list[str]:
    """Say which channels have no handle time at all, where others have one."""
    if not s.untimed or s.measure == "counts":
        return []
    return [w(f"trust_untimed_{s.measure}", channels=w("run_join").join(w.name(c, "channel") for c in s.untimed))]


def _incidents(s: Summary, w: Words) -> list[str]:
    """Say how often an alarm is false and how that was checked, and what incidents leave out."""
    out = []
    for found in s.records("reliability"):
        rate, spread = _rate(found.alerts, w)
        told = {"rate": rate, "range": spread}
        if found.incidents.known:
            rate, spread = _rate(found.incidents, w)
            rates = w("alarm_rates", **told, incidents=rate, spread=spread)
        else:
            rates = w("alarm_rate", **told)
        out.append(w(f"trust_alarms_{found.how}", days=w.whole(found.days), rates=rates))
    if s.aside:
        out.append(w("trust_aside", n=w.count(sum(part.n for part in s.aside))))
    return out


def _rate(rate: Estimate, w: Words) -> tuple[str, str]:
    """Write a rate, and its range in brackets."""
    low, high = w.decimal(rate.low), w.decimal(rate.high)
    spread = w("part_range", range=w.spoken_range(low, high)) if rate.ranged and low != high else ""
    return w.decimal(rate.value), spread


def _notes(s: Summary, w: Words) -> list[str]:
    """Remarks of the cost table; they speak of cost and time, so they stay out where there is neither."""
    if s.measure == "counts":
        return []
    notes = [note for note in s.notes if s.in_money or not note.code.startswith("avoidable")]
    return [text for text in map(w.note, notes) if text]
