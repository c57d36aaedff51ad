"""The few sentences a busy reader takes away: each is a template of the language, filled with numbers."""

from __future__ import annotations

from vocmine.report.amounts import amount_of, names_of, parts_of, period_of, spread_of
from vocmine.report.evidence import Evidence
from vocmine.report.incident_findings import (
    NOTHING,
    Finding,
    cost_left_out,
    grown_by_incident,
    left_out,
    open_incidents,
    rise_due,
)
from vocmine.report.leaders import cost_leaders, paid_leaders, saving_leaders, top_is_known
from vocmine.report.names import IssueNames
from vocmine.report.summary import IssueLine, Summary
from vocmine.report.words import Words
from vocmine.results import MOSTLY_UNKNOWN
from vocmine.stats import Estimate

_MOST, _FEWEST = 8, 3  # sentences a busy reader takes in; fewer get one on the daily volume
_ENOUGH = 20  # contacts that a trend in words needs
_UNHAPPY = 0.1  # a share of negative contacts below it is no finding
_MANY = 0.4  # share of contacts without a reason from which topics are pointed to
_TOPICS_NAMED = 3  # in one sentence


def title_of(summary: Summary) -> str:
    """Give the key of the title: without amounts the report is not one on cost."""
    return "title" if summary.in_money else f"title_{summary.measure}"


def findings(summary: Summary, evidence: Evidence, words: Words) -> list[str]:
    """Write three or more plain sentences, the most important first; see `linked_findings`."""
    return [finding.text for finding in linked_findings(summary, evidence, words)]


def linked_findings(summary: Summary, evidence: Evidence, words: Words) -> list[Finding]:
    """Write three or more plain sentences, the most important first, each with the incidents it speaks of.

    Parameters
    ----------
    summary : Summary
        Numbers.
    evidence : Evidence
        Names of issues and alerts.
    words : Words
        Language.

    Returns
    -------
    list of Finding
        Three to eight sentences, without markup; one more where incidents go on, and one where cost moved.
    """
    name = IssueNames(words, evidence)
    news = open_incidents(summary, evidence, words)
    loose = Finding(_alert(summary, evidence, words))
    if mostly_unknown(summary):
        out = [news, Finding(_unfit(summary, words)), _cost_moved(summary, words, name), loose]
        out.append(Finding(_total(summary, words)))
    else:
        out = [make(summary, words, name) for make in (_top, _cost_moved, _first_three, _growing, _mood, _avoidable)]
        out[3:3] = [loose]
        out[1:1] = [Finding(_paid(summary, words, name))]
        out[:0] = [news]
        out += [Finding(_fixed(summary, words, name)), Finding(_unknown(summary, words))]
        out += [Finding(_imputed(summary, words)), Finding(_total(summary, words)), _falling(summary, words, name)]
    daily = words("find_daily", days=summary.days, n=words.count(summary.n_contacts / summary.days))
    # Whether cost grows, and what goes on now, take the place of no other answer.
    most = _MOST + bool(summary.records("bridge")) + bool(news.text)
    sentences = [finding for finding in out if finding.text][:most]
    return sentences if len(sentences) >= _FEWEST else [*sentences, Finding(daily)]


def further_findings(summary: Summary, evidence: Evidence, words: Words) -> list[Finding]:
    """Write the findings that the first screen has not told: nothing is said twice on a page.

    The first screen answers what costs most, whether it grows, what customers say, what a fix saves and how sure that
    is, and tells of incidents and totals.
    """
    name = IssueNames(words, evidence)
    loose = Finding(_alert(summary, evidence, words))
    if mostly_unknown(summary):
        return [loose] if loose.text else []
    told = [line.issue for line in cost_leaders(summary)]
    saves = [line.issue for line in saving_leaders(summary)]
    avoidable = NOTHING if set(saves) <= set(told) else _avoidable(summary, words, name)
    makers = (_first_three, _growing, _mood)
    out = [*(make(summary, words, name) for make in makers), avoidable, Finding(_fixed(summary, words, name))]
    out[1:1] = [loose]
    return [finding for finding in (*out, _falling(summary, words, name)) if finding.text]


def _top(s: Summary, w: Words, name: IssueNames) -> Finding:
    if not s.issues:
        return NOTHING
    leaders = cost_leaders(s)
    if len(leaders) > 1:
        names, parts = names_of(leaders, w, name), parts_of(leaders, s, w, name)
        return Finding(w(f"find_open_{s.measure}", k=len(leaders), names=names, parts=parts, period=period_of(s, w)))
    line = leaders[0]
    spread = spread_of(line, s, w)
    text = w(
        f"find_top_{s.measure}", name=name(line.issue), period=period_of(s, w),
        amount=amount_of(line, s, w), range=w("find_range", range=spread) if spread else "",
        share=w.percent(line.share), growth=growth_sentence(line.growth, s, w),
    )
    return Finding(text.strip()).and_then(rise_due(line, name.evidence, w), w)


def _cost_moved(s: Summary, w: Words, name: IssueNames) -> Finding:
    """Answer whether it is growing, in money: this month against last, with its range, and contacts beside."""
    found = s.records("bridge")
    if not found or not s.in_money:
        return NOTHING
    move = found[0]
    step = move.largest
    if step is None and move.direction != "unclear":
        return NOTHING
    low, high = (w.signed(end, w.short_money) for end in (move.change.low, move.change.high))
    spread = w("find_cost_range", range=w.spoken_range(low, high)) if move.change.ranged else ""
    before, after = (w.spoken_range(w.day(first), w.day(last)) for first, last in move.days)
    text = w(
        f"find_cost_{move.direction}", before=w.short_money(move.before.value), after=w.short_money(move.after.value),
        days_before=before, days_after=after, change=w.signed(move.change.value, w.short_money),
        percent=w.change(move.percent), range=spread, n_before=w.count(move.contacts[0]),
        n_after=w.count(move.contacts[1]), step=w(f"bridge_step_{step[0]}") if step else "",
        step_change=w.signed(step[1].value, w.short_money) if step else "",
    )
    return Finding(text).and_then(cost_left_out(move.rest, move.aside_cost, move.aside, name.evidence, w), w)


def growth_sentence(growth: Estimate, s: Summary, w: Words) -> str:
    """Say how contacts changed, in a sentence of its own."""
    if growth.value == float("inf"):
        return w("find_grow_new", days=s.growth_days)
    key = f"find_grow_{w.direction(growth)}"
    return w(key, days=s.growth_days, times=w.times(growth.value), fall=w.percent(1 - growth.value))


def _paid(s: Summary, w: Words, name: IssueNames) -> str:
    """Say what was paid out: beside the handling cost, never in it."""
    known = [x for x in s.issues if x.payout.value > 0]
    if not known or not s.pays:
        return ""
    most = paid_leaders(s)
    return w(
        "find_paid" if len(most) == 1 else "find_paid_open", names=names_of(most, w, name), k=len(most),
        period=period_of(s, w), amount=w.short_money(s.total_payout * s.monthly),
        most=w.short_money(most[0].payout.value * s.monthly),
    )


def _first_three(s: Summary, w: Words, name: IssueNames) -> Finding:
    top = s.focus[:3]
    if len(s.focus) < 5:
        return NOTHING
    names = w("names_join").join(name(line.issue) for line in top)
    key = "find_top3_rank" if s.ranked else "find_top3_counts" if s.measure == "counts" else "find_top3"
    key = key if top_is_known(s, len(top)) else f"{key}_open"
    return Finding(w(key, k=len(top), names=names, share=w.percent(sum(line.share for line in top))))


def _alert(s: Summary, evidence: Evidence, w: Words) -> str:
    """Tell of an alert that belongs to no incident; those of incidents are told with them."""
    for alert in s.loose_alerts:
        if alert.status != "ended":
            n = max(alert.n, alert.n_contacts) if alert.status == "new" else alert.n
            return w(
                f"find_alert_{alert.status}", name=evidence.alert_names.get(alert.topic_id, str(alert.topic_id)),
                day=w.day(alert.first_day), last=w.day(alert.day), n=w.count(n),
                times=w.times(alert.ratio), expected=w.decimal(alert.expected),
            )
    return ""


def _growing(s: Summary, w: Words, name: IssueNames) -> Finding:
    """Tell what grows on its own; where nothing does, what grew because of an incident."""
    rising = [x for x in s.focus if _moves(x, "up", w)]
    rising.sort(key=lambda x: (-x.own_growth.low, x.issue))
    named = _told(s)
    if not rising or tuple(rising) == named:
        return _grown_by_incident(s, w, name)
    first = rising[0] not in named
    return _moved("find_growing" if first else "find_growing_also", rising[0 if first else 1], s, w, name)


def _moves(line: IssueLine, way: str, w: Words) -> bool:
    """Whether an issue moves in a direction without the contacts of incidents, which are told on their own."""
    return w.direction(line.own_growth) == way and line.own_growth.n >= _ENOUGH


def _grown_by_incident(s: Summary, w: Words, name: IssueNames) -> Finding:
    due = [x for x in s.focus if rise_due(x, name.evidence, w).text and x.growth.n >= _ENOUGH]
    rest = [x for x in due if x not in _told(s)]
    if not rest:
        return NOTHING
    line = max(rest, key=lambda x: (x.risen[0], x.issue))
    return grown_by_incident(s, name.evidence, w, name(line.issue), line)


def _told(s: Summary) -> tuple[IssueLine, ...]:
    """Give the issue whose trend stands in the first finding: none where several may be first."""
    leaders = cost_leaders(s)
    return leaders if len(leaders) == 1 else ()


def _falling(s: Summary, w: Words, name: IssueNames) -> Finding:
    named = _told(s)
    falling = [x for x in s.focus if x not in named and _moves(x, "down", w)]
    if not falling:
        return NOTHING
    return _moved("find_falling", min(falling, key=lambda x: (x.own_growth.high, x.issue)), s, w, name)


def _moved(key: str, line: IssueLine, s: Summary, w: Words, name: IssueNames) -> Finding:
    growth = line.own_growth
    spread = w.times_range(growth)
    if growth.high < 1:
        spread = w.spoken_range(w.percent(1 - growth.high), w.percent(1 - growth.low))
    text = w(
        key, name=name(line.issue), days=s.growth_days, times=w.times(growth.value), fall=w.percent(1 - growth.value),
        range=w("find_range", range=spread) if spread else "",
    )
    aside = line.aside if line.risen[1] else ()
    return Finding(text).and_then(left_out(aside, name.evidence, w), w)


def _mood(s: Summary, w: Words, name: IssueNames) -> Finding:
    least = max(_UNHAPPY, s.negative.value) if s.negative.known else _UNHAPPY
    read = [x for x in s.issues if x.negative.n >= _ENOUGH and x.negative.value >= least]
    if not read:
        return NOTHING
    line = max(read, key=lambda x: (x.negative.low, x.issue))
    csat = w("find_mood_csat", csat=w.decimal(line.csat.value)) if line.csat.n >= 5 else ""
    text = w(
        "find_mood", name=name(line.issue), n=w.count(line.negative.n), share=w.percent(line.negative.value), csat=csat
    )
    return Finding(text).and_then(left_out(line.aside, name.evidence, w), w)


def _avoidable(s: Summary, w: Words, name: IssueNames) -> Finding:
    most = saving_leaders(s)
    if not most or not s.in_money:
        return NOTHING
    amount = w.short_money(most[0].avoidable * s.monthly)
    key = "find_avoid" if len(most) == 1 else "find_avoid_open"
    return Finding(w(
        key, names=names_of(most, w, name), k=len(most), amount=amount, period=period_of(s, w), when=fix_of(s, w)
    ))


def fix_of(s: Summary, w: Words) -> str:
    """Say how much of an issue a fix is taken to end."""
    return w("fix_part", part=w.part(s.fix_rate)) if s.fix_rate < 1 else w("fix_all")


def avoid_head(s: Summary, w: Words) -> str:
    """Head of the column of what could be saved: it names the part that is assumed."""
    return w("col_avoid_part", part=w.part(s.fix_rate)) if s.fix_rate < 1 else w("col_avoid")


def _fixed(s: Summary, w: Words, name: IssueNames) -> str:
    sure = [fix for fix in s.fixes if fix.saving.low > 0]
    if not sure or not s.in_money:
        return ""
    fix = max(sure, key=lambda x: (x.saving.value, x.issue))
    spread = w("find_range", range=w.money_range(fix.saving))
    return w("find_fix", name=name(fix.issue), day=w.day(fix.day), amount=w.short_money(fix.saving.value), range=spread)


def mostly_unknown(s: Summary) -> bool:
    """Whether the list of reasons does not fit: then that is the news, and no issue is."""
    return bool(s.issues) and s.n_contacts - s.n_tagged > MOSTLY_UNKNOWN * s.n_contacts


def _unfit(s: Summary, w: Words) -> str:
    n = s.n_contacts - s.n_tagged
    names = _largest_gaps(s)
    topics = w("find_unknown_topics", names=w("names_join").join(names)) if names else ""
    told = {"share": w.percent(n / s.n_contacts), "n": w.whole(n), "topics": topics, "better": better_list(s, w)}
    return w("find_unfit", **told).strip()


def better_list(s: Summary, w: Words) -> str:
    """Name the shipped list that would fit better, with what it names of a sample; empty where there is none."""
    fit = next(iter(s.records("fit")), None)
    if fit is None or not fit.better:
        return ""
    name = fit.looks_like_names.get(w.lang, fit.better)
    return w("find_better_list", name=name, trade=fit.better, named=w.percent(fit.looks_like_named),
             now=w.percent(1 - fit.unknown_share))


def _largest_gaps(s: Summary) -> list[str]:
    """Name the discovered topics with most contacts of no known reason."""
    found = s.section("discovered")
    rows = [row[:3] for grid in found.grids for row in grid.rows] if found else []
    sizes = {str(name): n * gap.value for name, n, gap in rows if gap.known}
    return sorted(sizes, key=lambda name: (-sizes[name], name))[:_TOPICS_NAMED]


def _unknown(s: Summary, w: Words) -> str:
    n = s.n_contacts - s.n_tagged
    if not n:
        return w("find_unknown_none")
    key = "find_unknown_many" if n > _MANY * s.n_contacts and s.topics else "find_unknown"
    return w(key, share=w.percent(n / s.n_contacts), n=w.whole(n))


def _imputed(s: Summary, w: Words) -> str:
    return w("find_imputed", share=w.percent(s.imputed_share)) if s.imputed_share >= 0.005 and s.in_money else ""


def _total(s: Summary, w: Words) -> str:
    amount = w.short_money(s.total_cost) if s.in_money else w.hours(s.total_hours)
    return w(f"find_total_{s.measure}", n=w.count(s.n_contacts), amount=amount, days=s.days)
