"""A small support centre, made up and always the same, for the tests of the report."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from vocmine.results import IssueCosts, Note

NAMES = {
    "ja": {
        "account.login": "ログインできない", "billing.double_charge": "二重請求", "technical.app_crash": "アプリが落ちる",
        "delivery.late": "配送遅延", "contract.cancel": "解約", "billing.invoice": "請求書・領収書",
        "service.waiting": "電話がつながらない・待ち時間",
    },
    "en": {
        "account.login": "Cannot log in", "billing.double_charge": "Charged twice", "technical.app_crash": "App crashes",
        "delivery.late": "Late delivery", "contract.cancel": "Cancel the contract", "billing.invoice": "Invoice or receipt",
        "service.waiting": "Waiting time",
    },
}
SENTENCES = {
    "account.login": ("パスワードを変えてもログインできません。何度も試しました。", "I still cannot log in after the reset."),
    "billing.double_charge": ("先月分の料金が二重に引き落とされています。返金してください。", "I was charged twice for October."),
    "technical.app_crash": ("QR決済の画面が真っ白になって、アプリが落ちます。", "The app closes whenever I open the QR screen."),
    "delivery.late": ("予定日を三日過ぎても荷物が届きません。いつ届きますか。", "My parcel is three days late now."),
    "contract.cancel": ("今月末で解約したいので、手続きを教えてください。", "Please tell me how to cancel by month end."),
    "billing.invoice": ("宛名を変えた領収書を発行してもらえますか。", "Could you send me an invoice with another name?"),
    "service.waiting": ("電話が三十分もつながらず、あきらめました。", "Thirty minutes on hold, then I gave up."),
}
WEIGHTS = (0.24, 0.2, 0.16, 0.14, 0.1, 0.09, 0.07)
CHANNELS = ("call", "chat", "email", "social", "survey")


def make_centre(days: int = 60, per_day: int = 30, seed: int = 7) -> SimpleNamespace:
    """Contacts, tags, costs and the rest; one issue grows and one alert fires."""
    rng = np.random.default_rng(seed)
    ids = list(SENTENCES)
    n = days * per_day
    day = np.sort(rng.integers(0, days, n))
    issue = rng.choice(len(ids), n, p=WEIGHTS)
    issue[(rng.random(n) < 0.25 * day / days) & (day > days // 2)] = 2
    english = rng.random(n) < 0.2
    known = rng.random(n) < 0.92
    contact_id = np.array([f"c{i:05d}" for i in range(n)])
    text = [SENTENCES[ids[k]][int(e)] for k, e in zip(issue, english, strict=True)]
    marks = ("", "お世話になります。", "至急お願いします。", "先日も連絡しました。")
    text = [t if e else marks[i % 4] + t for i, (t, e) in enumerate(zip(text, english, strict=True))]
    csat = np.where(rng.random(n) < 0.3, rng.integers(1, 6, n), np.nan)
    handle = np.where(rng.random(n) < 0.85, rng.lognormal(6, 0.5, n), np.nan)
    contacts = pd.DataFrame(
        {
            "contact_id": contact_id,
            "created_at": pd.Timestamp("2026-09-01", tz="UTC") + pd.to_timedelta(day * 24 + 9, unit="h"),
            "channel": rng.choice(CHANNELS, n, p=(0.45, 0.25, 0.2, 0.06, 0.04)), "text": "生の本文 090-0000-0000",
            "text_clean": text, "lang": np.where(english, "en", "ja"), "terms": "", "handle_seconds": handle, "csat": csat,
        }
    )
    return SimpleNamespace(contacts=contacts, tags=_tags(rng, contact_id, issue, known, ids), ids=ids, **_rest(contact_id[issue == 2], ids))


def _tags(rng, contact_id, issue, known, ids) -> pd.DataFrame:
    n = len(contact_id)
    label = np.where(known, np.array(ids)[issue], "unknown")
    rows = [pd.DataFrame({"contact_id": contact_id, "kind": "reason", "label": label, "score": rng.uniform(0.5, 1, n)})]
    two = known & (rng.random(n) < 0.1)
    other = np.array(ids)[(issue + 1) % len(ids)]
    rows.append(pd.DataFrame({"contact_id": contact_id[two], "kind": "reason", "label": other[two], "score": 0.6}))
    mood = np.where(rng.random(n) < 0.3 + 0.06 * (issue % 4), "negative", np.where(rng.random(n) < 0.8, "neutral", "positive"))
    rows.append(pd.DataFrame({"contact_id": contact_id, "kind": "sentiment", "label": mood, "score": 0.8}))
    for name, share in (("churn", 0.03), ("escalation", 0.02), ("complaint", 0.3), ("harassment", 0.02)):
        hit = rng.random(n) < share
        rows.append(pd.DataFrame({"contact_id": contact_id[hit], "kind": "signal", "label": name, "score": 0.9}))
    return pd.concat(rows, ignore_index=True).assign(source="model", evidence="")


def _rest(contact_id, ids) -> dict[str, object]:
    cost = np.array([2_413_200, 1_902_340, 1_551_120, 1_203_005, 802_110, 640_870, 402_600, 610_450, 90_305], float)
    n = np.array([420, 350, 300, 250, 180, 120, 80, 100, 0], float)
    paid = np.array([0, 812_000, 40_500, 0, 0, 0, 0, 5_000, 0], float)
    costs = pd.DataFrame(
        {
            "payout": paid, "payout_low": paid * 0.8, "payout_high": paid * 1.3,
            "issue": [*ids, "unknown", "unallocated"], "n_contacts": n, "n_low": n * 0.93, "n_high": n * 1.08,
            "handle_hours": cost / 65.7 / 60, "cost": cost, "cost_low": cost * 0.88, "cost_high": cost * 1.15,
            "cost_per_contact": cost / np.where(n > 0, n, np.nan), "share": cost / cost.sum(),
            "imputed_share": np.linspace(0.05, 0.25, len(n)), "method": "chances of all contacts read together; interval: mistakes as learned on other contacts, imputation",
        }
    )
    notes = (Note.of("attribution_minutes"), Note.of("basis_prior"), Note.of("imputed", n=270, of=1800))
    costs = IssueCosts(costs, currency="JPY", level=0.95, numerator="labour", basis="prior", notes=notes)
    day = pd.Timestamp("2026-10-24", tz="UTC")
    alerts = pd.DataFrame(
        {
            "topic_id": [3, 3, 8], "name": ["QR決済の白画面", "QR決済の白画面", "ポイント未付与"], "n": [9, 21, 14],
            "day": [day - pd.Timedelta(days=2), day, day], "expected": [0.4, 0.4, 4.8], "ratio": [22.5, 52.5, 2.9],
            "p_adjusted": [1e-4, 1e-9, 0.003], "status": ["new", "new", "growing"],
            "contact_ids": [tuple(contact_id[-9:]), tuple(contact_id[-21:]), tuple(contact_id[-60:-46])],
        }
    )
    span = pd.date_range("2026-10-01", "2026-10-30", tz="UTC")
    timeline = pd.concat(
        [
            pd.DataFrame({"topic_id": 3, "day": span, "n": np.maximum(0, np.arange(30) - 18) * 2, "expected": 0.4, "low": 0.0, "high": 2.0}),
            pd.DataFrame({"topic_id": 8, "day": span, "n": 4 + np.arange(30) % 5 + (np.arange(30) > 20) * 6, "expected": 5.0, "low": 1.0, "high": 10.0}),
        ]
    )
    words = ["ログイン", "請求", "アプリ", "配送", "QR決済", "領収書", "解約", "パスワード", "返金", "画面", "ポイント", "待ち時間"]
    hot = pd.DataFrame(
        {
            "word": words, "n_contacts": [420, 380, 300, 260, 60, 120, 150, 180, 90, 75, 66, 40], "share": 0.1,
            "growth": [1.0, 1.1, 1.6, 0.9, 6.2, 1.0, 1.0, 1.1, 1.0, 3.1, 1.2, 1.0],
            "growth_low": [0.9, 0.9, 1.2, 0.8, 3.9, 0.7, 0.8, 0.9, 0.7, 2.0, 0.8, 0.6],
            "p_adjusted": [1, 1, 0.01, 1, 1e-6, 1, 1, 1, 1, 1e-4, 1, 1],
            "growth_high": [1.1, 1.3, 2.1, 1.0, 9.8, 1.3, 1.2, 1.4, 1.3, 4.8, 1.6, 1.5],
            "n_before": [1690, 1380, 760, 1150, 0, 480, 600, 650, 360, 98, 220, 160],
            "expected": [420.0, 345.2, 187.5, 288.9, 0.0, 120.0, 150.0, 163.6, 90.0, 24.2, 55.0, 40.0],
            "is_new": [False] * 4 + [True] + [False] * 7,
            "quotes": [(f"{word}の件です。", "別の声") for word in words[:9]] + [(), ("ポイントが付かない",), ("待ち時間が長い",)],
        }
    )
    topics = pd.DataFrame(
        {
            "topic_id": [0, 1, 2, -1], "name": ["料金の二重引き落とし", "QR決済の白画面", "領収書の宛名変更", "その他"], "n": [210, 60, 44, 30],
            "terms": ["料金 引き落とし 返金", "QR 決済 画面", "領収書 宛名", ""],
            "quotes": [["先月分の料金が二重に引き落とされています。"], ["QR決済の画面が真っ白になります。"], ["宛名を変えた領収書が欲しい。"], []],
        }
    )
    run = {"read": 1812, "rejected": 12, "rejected_by_code": {"empty_text": 8, "bad_date": 4}, "sources": {"notes.csv": 1812}}
    fixes = pd.DataFrame(
        {
            "issue": ["delivery.late", "billing.invoice"], "fixed_at": ["2026-10-05", "2026-10-12"],
            "saving": [182_000.0, 12_000.0], "low": [95_000.0, -8_000.0], "high": [270_000.0, 31_000.0],
            "change": [-0.38, -0.07], "change_low": [-0.51, -0.2], "change_high": [-0.22, 0.05],
        }
    )
    return {"fixes": fixes, "costs": costs, "alerts": alerts, "timeline": timeline, "hot_words": hot, "topics": topics, "run": run}


@pytest.fixture(scope="session")
def centre() -> SimpleNamespace:
    """The made-up centre; tests copy what they change."""
    return make_centre()


@pytest.fixture(scope="session")
def made():
    """The module with the frames of the further parts."""
    spec = importlib.util.spec_from_file_location("report_made_sections", Path(__file__).with_name("made_sections.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_incident_ids(centre) -> tuple[str, ...]:
    """Contacts of the incident of `made_sections.incidents`: 71 crashes since its first day."""
    crashes = set(centre.tags.loc[centre.tags.label == "technical.app_crash", "contact_id"])
    late = centre.contacts.loc[centre.contacts.created_at >= "2026-10-12", "contact_id"]
    return tuple(late[late.isin(crashes)].tail(71))


@pytest.fixture(scope="session")
def incident_ids(centre) -> tuple[str, ...]:
    """The contacts of the incident that goes on."""
    return make_incident_ids(centre)


@pytest.fixture(scope="session")
def full_report(centre, made):
    """Make a report with every section, in a language."""
    from vocmine.report import Extras, build_report

    def make(lang: str = "ja"):
        return build_report(
            centre.contacts, centre.tags, centre.costs, lang, topics=centre.topics, alerts=centre.alerts,
            extras=Extras(
                hot_words=centre.hot_words, timeline=centre.timeline, run=centre.run, fixes=centre.fixes, timezone="Asia/Tokyo", evaluation=made.evaluation(),
                months=made.months(), forecast=made.forecast(), changes=made.changes(), journeys=made.journeys(), aspects=made.aspects(), discovered=made.discovered(), risk=made.risk(), gaps=made.gaps(), lags=made.lags(), timelines=made.timelines(), outlook=made.outlook(), watch=made.watch(), narrowing=made.narrowing(),
                incidents=made.incidents(make_incident_ids(centre)), incident_timeline=made.incident_timeline(), set_aside=made.set_aside(),
                reliability={"how": "replay", "days": 120, "false_alarms_per_30_days": 0.25},
            ),
        )

    return make


def make_untimed_costs(centre) -> IssueCosts:
    gone = dict.fromkeys(("cost", "cost_low", "cost_high", "handle_hours", "cost_per_contact", "share"), np.nan)
    table = centre.costs.table.assign(**gone).drop(index=8)
    table["n_low"] = table["n_high"] = table["n_contacts"]
    notes = (Note.of("attribution_minutes"), Note.of("untimed", channels="social"))
    return IssueCosts(table, currency="XXX", notes=notes, untimed_channels=("social",))


@pytest.fixture(scope="session")
def untimed_costs():
    """Costs of a centre that knows no handle time."""
    return make_untimed_costs


@pytest.fixture(scope="session")
def counted(centre):
    """Make a report in numbers of contacts, in a language."""
    from vocmine.report import Extras, build_report

    def make(lang: str, **extras):
        contacts = centre.contacts.drop(columns=["handle_seconds"])
        return build_report(contacts, centre.tags, make_untimed_costs(centre), lang, extras=Extras(**extras))

    return make


@pytest.fixture(scope="session", params=["ja", "en"])
def book(request, full_report, tmp_path_factory):
    """Write the workbook of the full report; give language, path and the workbook read back."""
    from openpyxl import load_workbook

    path = tmp_path_factory.mktemp("book") / "report.xlsx"
    full_report(request.param).to_xlsx(path)
    return request.param, path, load_workbook(path, data_only=False)


@pytest.fixture(scope="session")
def explore_data():
    """Made-up data of the page that answers, and pages around it."""
    spec = importlib.util.spec_from_file_location("report_explore_data", Path(__file__).with_name("explore_data.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def explore(browser, explore_data, tmp_path):
    """Open pages of made-up data; what they said on the console or asked for is held against them at the end."""
    opened, said, asked = [], [], []

    def open_page(data, hash_="", name="page.html", script=True, width=1280, scheme="light", **context):
        path = explore_data.page(data, tmp_path / name, script)
        place = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", accept_downloads=True, **context
        )
        page = place.new_page()
        opened.append(place)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri() + hash_)
        if script and context.get("java_script_enabled", True):
            page.wait_for_selector("html[data-vm=ready]")
        return page

    yield open_page
    for place in opened:
        place.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
