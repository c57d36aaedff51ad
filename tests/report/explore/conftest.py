"""A report whose ledger adds up to its costs, with products, versions, people and hostile texts."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from vocmine.report import Extras, build_report
from vocmine.results import IssueCosts, ReasonInfo

ISSUES = ("a.crash", "b.bill", "c.late")
NAMES = ReasonInfo({"ja": {"a.crash": "アプリが落ちる", "b.bill": "請求"}, "en": {"a.crash": "App crashes", "b.bill": "Bill"}}, {"a.crash": "failure"}, {"a.crash": "開発"})
SAID = ("アプリが落ちます。毎日です。", "請求の金額が違います。", "荷物が届きません。")


def make_frames(n: int = 400, seed: int = 5, decimals: int = 0, people: int = 150) -> SimpleNamespace:
    """Contacts of thirty days; each bears 1 in two issues at most, and the ledger is in fractions of a unit."""
    rng = np.random.default_rng(seed)
    ids = np.array([f"c{i:06d}" for i in range(n)])
    issue = rng.integers(0, 3, n)
    version = np.where(rng.random(n) < 0.5, "5.10.0", "5.9.0").astype(object)
    issue[(version == "5.10.0") & (rng.random(n) < 0.5)] = 0
    version[rng.random(n) < 0.2] = None
    contacts = pd.DataFrame({
        "contact_id": ids, "created_at": pd.Timestamp("2026-10-01", tz="Asia/Tokyo") + pd.to_timedelta(np.sort(rng.integers(0, 30 * 24, n)), unit="h"),
        "channel": rng.choice(["call", "chat", "email"], n, p=(0.5, 0.3, 0.2)), "lang": np.where(rng.random(n) < 0.25, "en", "ja"),
        "text": "生の本文", "text_clean": [f"{SAID[k]}その{i}" for i, k in enumerate(issue)], "terms": [("アプリ 落ちる kao_sad", "請求 金額", "荷物 届く_ない")[k] for k in issue],
        "customer_id": [None if i % 7 == 0 else f"k{j}" for i, j in enumerate(rng.integers(0, people, n))], "product": np.where(issue == 2, "店舗", "アプリ"),
        "product_version": version, "segment": np.where(np.arange(n) < 3, "VIP", "一般"), "csat": np.where(rng.random(n) < 0.3, rng.integers(1, 6, n), np.nan),
    })
    tags = pd.concat([
        pd.DataFrame({"contact_id": ids, "kind": "reason", "label": np.array(ISSUES)[issue], "score": rng.uniform(0.5, 1, n), "evidence": np.array(["落ち", "examples", "届きません"])[issue]}),
        pd.DataFrame({"contact_id": ids, "kind": "sentiment", "label": rng.choice(["negative", "neutral"], n), "score": 0.9, "evidence": ""}),
        pd.DataFrame({"contact_id": ids[::9], "kind": "signal", "label": "churn", "score": 0.9, "evidence": ""}),
    ], ignore_index=True)
    minutes = rng.lognormal(2, 0.5, n)
    share = np.round(rng.uniform(0.5, 1, n), 6)
    first = pd.DataFrame({"contact_id": ids, "issue": np.array(ISSUES)[issue], "share": share, "share_tagged": 1.0})
    second = pd.DataFrame({"contact_id": ids, "issue": np.where(issue == 1, "unknown", "b.bill"), "share": 1 - share, "share_tagged": 0.0})
    ledger = pd.concat([first.assign(i=np.arange(n)), second.assign(i=np.arange(n))]).sort_values(["i", "issue"], ignore_index=True)
    labour = minutes[ledger.pop("i")] * 61.3
    ledger = ledger.assign(
        day="2026-10-01", channel="call", minutes=labour / 61.3, minutes_recorded=labour / 61.3, imputed=False, rate=61.3, labour=labour, payout=90.0,
        cost=labour * ledger["share"], payout_share=90.0 * ledger["share"],
    )
    extra = pd.DataFrame([{"contact_id": "", "issue": "unallocated", "share": 0.0, "share_tagged": 0.0, "cost": 1234.4, "payout_share": 0.0, "minutes": 0.0, "imputed": False}])
    ledger = pd.concat([ledger, extra], ignore_index=True)
    table = _round_to_units(ledger, decimals)
    return SimpleNamespace(contacts=contacts, tags=tags, ledger=ledger, costs=IssueCosts(table, currency="USD" if decimals else "JPY", ledger=ledger))


def _round_to_units(ledger: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """Sums by issue, rounded to the unit, as a cost table has them; the ledger keeps its fractions."""
    sums = ledger.groupby("issue").agg(n_contacts=("share", "sum"), cost=("cost", "sum"), payout=("payout_share", "sum")).reset_index()
    cost = sums["cost"].round(decimals)
    return sums.assign(cost=cost, payout=sums["payout"].round(decimals), handle_hours=cost / 3678, cost_low=cost * 0.8, cost_high=cost * 1.3, n_low=sums["n_contacts"], n_high=sums["n_contacts"], imputed_share=0.1)


@pytest.fixture(scope="session")
def explore_frames():
    """Make frames, see `make_frames`."""
    return make_frames


@pytest.fixture(scope="session")
def explored():
    """Make a report of such frames, and give its view and source for a payload."""

    def make(lang: str = "ja", frames: SimpleNamespace | None = None, **inputs: object):
        made = frames or make_frames()
        return build_report(made.contacts, made.tags, made.costs, lang, names=NAMES, extras=Extras(timezone="Asia/Tokyo", **inputs))
    return make


@pytest.fixture(scope="session")
def pay():
    """Give the payload of a report."""
    from vocmine.report.explore import PageOptions, explore_payload

    def make(report, contacts: bool = True, fold_below: int = 5):
        return explore_payload(report.view, report.source, PageOptions(contacts, fold_below))

    return make
