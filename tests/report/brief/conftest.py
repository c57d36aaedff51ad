"""Reports of each kind whose briefs are looked at."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.results import ReasonInfo

HOSTILE = "<script>alert(1)</script> [x](http://evil.example) @all #12 ABC-34 *b* `c` | ![i](y) " + "とても長い名前" * 40


@pytest.fixture(scope="session")
def unfit_report(centre):
    """A report of which most contacts have no reason, with topics."""
    def make(lang="ja"):
        tags = centre.tags.copy()
        rest = tags["contact_id"].isin(sorted(set(tags["contact_id"]))[::10])
        tags.loc[(tags["kind"] == "reason") & ~rest, "label"] = "unknown"
        return build_report(centre.contacts, tags, centre.costs, lang, topics=centre.topics)

    return make


@pytest.fixture(scope="session")
def hours_report(centre):
    def make(lang="ja"):
        gone = dict.fromkeys(("cost", "cost_low", "cost_high"), float("nan"))
        return build_report(centre.contacts, centre.tags, centre.costs.with_table(centre.costs.table.assign(**gone)), lang)

    return make


@pytest.fixture(scope="session")
def hostile_report(centre, made, incident_ids):
    """Every word that a stranger can choose is hostile and long; all issues tie, incidents go on."""
    def make(lang="ja"):
        contacts = centre.contacts.assign(text_clean=f"{HOSTILE[:60]}。返金がまだされていません。{HOSTILE}", channel=HOSTILE)
        tags = centre.tags.assign(evidence="返金がまだされていません", source="rule")
        names = ReasonInfo(names={code: dict.fromkeys(centre.ids, HOSTILE) for code in ("ja", "en")})
        one = made.incidents(incident_ids).head(1)
        incidents = pd.concat([one.assign(incident_id=f"i-{k}", name_ja=HOSTILE, name_en=HOSTILE, quotes=[(HOSTILE,)]) for k in range(4)])
        table = centre.costs.table.assign(cost_low=1.0, cost_high=9e9, avoidable_cost=centre.costs.table.cost / 2, avoidable_payout=5e5)
        costs = replace(centre.costs.with_table(table), fix_rate=0.5, untimed_channels=(HOSTILE, HOSTILE))
        narrowing = pd.DataFrame({"issue": centre.ids, "n": 100, "now": 0.6, "then": 0.2})
        extras = Extras(title=HOSTILE, incidents=incidents, narrowing=narrowing, timezone="Asia/Tokyo")
        return build_report(contacts, tags, costs, lang, names=names, extras=extras)

    return make


@pytest.fixture(scope="session")
def kinds(full_report, unfit_report, hours_report, hostile_report, counted, centre):
    """All kinds of report by name."""
    few = centre.contacts.head(6)
    bare = centre.tags.loc[centre.tags.kind != "reason"]
    return {
        "full": full_report, "unfit": unfit_report, "hours": hours_report, "counts": counted, "hostile": hostile_report,
        "few": lambda lang: build_report(few, centre.tags.loc[centre.tags.contact_id.isin(few.contact_id)], centre.costs, lang),
        "none": lambda lang: build_report(centre.contacts, bare, centre.costs.with_table(centre.costs.table.tail(2)), lang),
    }
