"""Frames of the further parts of a report, made up and always the same."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from vocmine.frames import INCIDENT_COLUMNS

PAIRS = [("account.login", "account.password"), ("billing.refund", "billing.double_charge")]


def evaluation() -> SimpleNamespace:
    """Tags against labels of 200 contacts: logins hold, app crashes don't."""
    overall = pd.DataFrame(
        [("accuracy", 0.74, 0.68, 0.8, 180.0), ("coverage", 0.9, 0.85, 0.93, 180.0), ("accuracy_covered", 0.82, 0.76, 0.87, 162.0),
         ("macro_f1", 0.7, 0.6, 0.78, 200.0), ("calibration_error", 0.06, float("nan"), float("nan"), 180.0)],
        columns=["figure", "value", "low", "high", "n"],
    )
    names = [f"{m}{end}" for m in ("precision", "recall", "f1") for end in ("", "_low", "_high")]
    reasons = pd.DataFrame(
        [("account.login", 60, 58, 0.93, 0.84, 0.97, 0.9, 0.8, 0.95, 0.91, 0.85, 0.95), ("technical.app_crash", 30, 25, 0.4, 0.23, 0.59, 0.5, 0.3, 0.7, 0.44, 0.3, 0.6),
         ("delivery.late", 5, 4, 0.75, 0.3, 0.95, 0.6, 0.23, 0.88, 0.67, 0.4, 0.85)],
        columns=["label", "n_true", "n_tagged", *names],
    )
    calibration = pd.DataFrame([(0.45, 0.4, 0.28, 0.53, 60), (0.75, 0.72, 0.6, 0.82, 60), (0.95, 0.97, 0.89, 0.99, 60)], columns=["score", "right", "low", "high", "n"])
    coverage = pd.DataFrame({"threshold": [0.95, 0.8, 0.6, 0.4], "coverage": [0.3, 0.5, 0.7, 0.9], "precision": [0.97, 0.93, 0.88, 0.82]})
    confused = pd.DataFrame({"true": ["technical.app_crash"], "tagged": ["account.login"], "n": [12.5]})
    return SimpleNamespace(overall=overall, reasons=reasons, calibration=calibration, coverage=coverage, confused=lambda top=10: confused.head(top))


def narrowing() -> pd.DataFrame:
    """What 100 checked contacts would bring."""
    return pd.DataFrame({"issue": ["account.login", "billing.double_charge"], "n": 100, "now": [0.45, 0.5], "then": [0.15, 0.17]})


def journeys() -> dict[str, pd.DataFrame]:
    """Tables as `vocmine.journeys` gives them."""
    shares = {"share": [0.78, 0.6], "low": [0.7, 0.5], "high": [0.84, 0.69]}
    by_reason = pd.DataFrame({"reason": ["account.login", "delivery.late"], "n": [120, 90], **shares, "n_left_out": [4, 3]})
    repeats = by_reason.assign(share=[0.1, 0.25], low=[0.06, 0.17], high=[0.17, 0.35])
    transfers = pd.DataFrame(
        {"reason": ["delivery.late", "account.login"], "team": ["配送デスク", "=cmd|' /C calc'!A0"], "n": [90, 120], "n_transferred": [18, 6],
         "share": [0.2, 0.05], "low": [0.13, 0.02], "high": [0.29, 0.1], "n_timed": [18, 0], "minutes_lost": [150.0, float("nan")],
         "minutes_low": [90.0, float("nan")], "minutes_high": [210.0, float("nan")]}
    )
    teams = pd.DataFrame(
        {"team": ["A", "B"], "n": [60, 40], "csat": [3.4, 3.6], "expected": [3.2, 3.7], "effect": [0.1, -0.1], "adjusted": [3.6, 3.4],
         "low": [3.3, 3.1], "high": [3.9, 3.7], "shrinkage": [0.2, 0.3]}
    )
    bots = pd.DataFrame({"reason": ["billing.invoice"], "n": [50], "n_handed_over": [20], "share": [0.4], "low": [0.28], "high": [0.54], "median_minutes": [12.5]})
    moves = pd.DataFrame(
        {"from_channel": ["bot", "call"], "to_channel": ["call", "none"], "n": [20, 400], "n_from": [50, 420], "share": [0.4, 0.95],
         "low": [0.28, 0.93], "high": [0.54, 0.97], "median_hours": [0.2, float("nan")]}
    )
    standard = pd.DataFrame(
        [("first_contact_resolution", 200, 0.78, 0.72, 0.83), ("csat", 90, 3.3, 3.1, 3.5), ("csat_share", 0, float("nan"), float("nan"), float("nan"))],
        columns=["measure", "n", "value", "low", "high"],
    )
    breaks = pd.DataFrame(
        {"step": ["channel", "reason", "team"], "value": ["bot", "delivery.late", "A"], "n": [128, 60, 40], "hits": [72, 30, 20], "share": [0.56, 0.5, 0.5],
         "expected": [0.28, 0.3, 0.45], "excess": [36.3, 12.0, 2.0], "low": 0.1, "high": 0.6, "stands_out": [True, True, False]}
    )
    times = pd.DataFrame(
        [("call", "handle_seconds", 300, 615.0, 561.0, 669.0), ("call", "median_handle_seconds", 300, 480.0, 450.0, 510.0),
         ("chat", "handle_seconds", 90, 540.0, 480.0, 600.0), ("chat", "wait_seconds", 80, 45.0, 40.0, 51.0)],
        columns=["channel", "measure", "n", "value", "low", "high"],
    )
    return {"standard": standard, "times": times, "breaks": breaks, "repeats": repeats, "first_contact": by_reason, "one_touch": by_reason, "transfers": transfers, "teams": teams, "bots": bots, "channels": moves, **reach()}


def reach() -> dict[str, pd.DataFrame]:
    """Tables of moves between teams, of what follows what, of first channels: as `vocmine.journeys` gives them."""
    total = pd.DataFrame({
        "all": ["all"], "n": [210], "n_transferred": [24], "share": [0.11], "low": [0.08], "high": [0.16], "n_timed": [18], "minutes_lost": [150.0],
        "minutes_low": [90.0], "minutes_high": [210.0], "money_lost": [9_855.0], "money_low": [5_913.0], "money_high": [13_797.0],
    })
    handoffs = pd.DataFrame({
        "from_team": ["A", "A", "A"], "to_team": ["none", "A", "=B"], "n": [80, 12, 8], "n_from": 100, "share": [0.8, 0.12, 0.08], "low": [0.71, 0.07, 0.04],
        "high": [0.87, 0.2, 0.15], "median_hours": [float("nan"), 50.0, 26.0], "n_timed": [0, 12, 1], "minutes": [float("nan"), 96.0, 80.0],
        "minutes_low": [float("nan"), 60.0, float("nan")], "minutes_high": [float("nan"), 132.0, float("nan")],
    })
    misroutes = pd.DataFrame({
        "reason": ["all", "delivery.late", "unknown"], "n": [160, 90, 70], "n_transferred": [20, 18, 2], "n_other_team": [8, 6, 2], "n_misrouted": [27, 23, 4],
        "share": [0.17, 0.26, 0.06], "low": [0.12, 0.18, 0.02], "high": [0.24, 0.36, 0.14], "n_left_out": [40, 20, 20],
    })
    touches = pd.DataFrame({
        "team": ["A", "B"], "n": [90, 60], "n_one_touch": [70, 33], "share": [0.78, 0.55], "low": [0.68, 0.42], "high": [0.85, 0.67], "expected": [0.74, 0.6],
        "adjusted": [0.72, 0.64], "adjusted_low": [0.66, 0.55], "adjusted_high": [0.78, 0.73], "shrinkage": [0.2, 0.3],
    })
    cells = pd.DataFrame({"team": ["A"], "reason": ["delivery.late"], "n": [40], "n_one_touch": [20], "share": [0.5], "low": [0.35], "high": [0.65]})
    flows = pd.DataFrame({
        "from_reason": ["delivery.late"] * 4, "to_reason": ["none", "delivery.late", "contract.cancel", "account.login"], "n": [70, 8, 9, 3], "n_from": 90,
        "share": [0.78, 0.09, 0.1, 0.03], "low": [0.68, 0.05, 0.05, 0.01], "high": [0.85, 0.17, 0.18, 0.09], "median_hours": [float("nan"), 30.0, 48.0, 9.0],
        "lift": [0.9, 4.0, 5.0, 1.1], "lift_low": [0.8, 2.0, 2.5, 0.4], "lift_high": [1.0, 8.0, 10.0, 3.0], "p_adjusted": [float("nan"), 1e-4, 1e-5, 0.6],
    })
    paths = pd.DataFrame({
        "path": [("account.login",), ("delivery.late", "contract.cancel"), ("delivery.late", "delivery.late")], "n_steps": [1, 2, 2], "n": [92, 5, 3], "n_all": 100,
        "share": [0.92, 0.05, 0.03], "low": [0.85, 0.02, 0.01], "high": [0.96, 0.11, 0.08], "n_customers": [92, 5, 3], "median_days": [0.0, 2.0, 1.5],
    })
    chains = pd.DataFrame({
        "reason": ["delivery.late", "unknown"], "n_issues": [60, 40], "n_contacts": [72, 40], "contacts_per_issue": [1.2, 1.0], "low": [1.1, 1.0], "high": [1.3, 1.09],
        "one": [0.85, 1.0], "two": [0.1, 0.0], "more": [0.05, 0.0], "n_left_out": [9, 9],
    })
    preference = pd.DataFrame({
        "channel": ["call", "bot"], "n": [70, 30], "n_all": 100, "share": [0.7, 0.3], "low": [0.6, 0.22], "high": [0.78, 0.4], "n_again": [9, 12], "again_share": [0.13, 0.4],
        "n_switched": [3, 12], "switch_rate": [0.33, 1.0], "switch_low": [0.12, 0.76], "switch_high": [0.65, 1.0], "to_channel": ["chat", "call"],
    })
    hard = pd.DataFrame({"channel": ["chat", "call"], "n": [90, 300], "complexity": [0.4, 0.5], "low": [0.37, 0.48], "high": [0.43, 0.52], "simple_share": [0.5, 0.3]})
    demand = pd.DataFrame({
        "demand": ["value", "failure", "unclassified"], "n": [50, 120, 30], "n_all": 200, "share": [0.25, 0.6, 0.15], "low": [0.2, 0.53, 0.11], "high": [0.31, 0.67, 0.21],
        "handle_hours": [5.0, 18.0, 3.0], "hours_share": [0.19, 0.69, 0.12], "n_timed": [45, 110, 25],
    })
    return {
        "transfer_total": total, "handoffs": handoffs, "misroutes": misroutes, "one_touch_teams": touches, "one_touch_cells": cells, "reason_flows": flows,
        "paths": paths, "chain_lengths": chains, "preference": preference, "channel_complexity": hard, "demand": demand,
    }


def timelines() -> pd.DataFrame:
    """Two customers who came three times; one text is hostile."""
    return pd.DataFrame({
        "customer_id": ["9f" * 16] * 3 + ["0a" * 16] * 3, "chain_id": ["c1"] * 3 + ["c2"] * 3, "n_of_chain": 3, "position": [1, 2, 3] * 2,
        "at": [f"2026-10-0{i} 10:05" for i in (1, 2, 4, 3, 5, 6)], "channel": ["call", "chat", "call"] * 2, "team": ["A", "", "A"] * 2,
        "reason": ["delivery.late"] * 6, "gap_hours": [float("nan"), 24.0, 48.0] * 2, "contact_id": [f"c{i}" for i in range(6)],
        "text": ["荷物が届きません", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "まだです", "長い" * 100, "三度目です"],
    })


def lags() -> pd.DataFrame:
    """One channel arrives, one fell silent."""
    return pd.DataFrame({
        "source": ["call", "email"], "n": [400, 90], "first_day": "2026-09-01", "last_day": ["2026-10-30", "2026-10-20"], "n_days": 60, "n_silent": [0, 12],
        "lag_days": [0, 10], "usual_gap_days": [0, 2], "is_late": [False, True],
    })


def months() -> pd.DataFrame:
    """Two months, the second not whole."""
    issues = ["account.login", "delivery.late", "unknown"]
    table = pd.DataFrame({"issue": issues * 2, "month": ["2026-09"] * 3 + ["2026-10"] * 3, "n_contacts": 10.0, "handle_hours": 2.0, "cost": [900_000.0, 400_000.0, 50_000.0, 700_000.0, 600_000.0, 40_000.0]})
    return table.assign(is_partial=table["month"] == "2026-10")


def changes() -> pd.DataFrame:
    """Why two issues moved; the second by chance, and by fewer contacts in all."""
    return pd.DataFrame(
        {"issue": ["delivery.late", "account.login", "unknown"], "month_before": "2026-08", "month_after": "2026-09", "value": "cost",
         "before": [300_000.0, 1_000_000.0, 1.0], "after": [400_000.0, 900_000.0, 9e6], "change": [100_000.0, -100_000.0, 9e6],
         "volume": [-20_000.0, -90_000.0, 0.0], "mix": [10_000.0, 0.0, 0.0], "rate": [105_000.0, -12_000.0, 0.0],
         "rate_low": [60_000.0, -40_000.0, 0.0], "rate_high": [150_000.0, 15_000.0, 0.0], "price": [5_000.0, 2_000.0, 0.0]}
    )


def forecast() -> pd.DataFrame:
    """One month ahead."""
    return pd.DataFrame({"issue": ["account.login", "delivery.late"], "month": pd.Timestamp("2026-11-01"), "expected": [800_000.0, 650_000.0], "low": [600_000.0, 500_000.0], "high": [1_050_000.0, 840_000.0], "seasonal": False})


def aspects() -> pd.DataFrame:
    """Two things, two products, two months."""
    table = pd.DataFrame(
        {"aspect": ["画面", "画面", "対応", "対応"], "product": ["P1", "P2", "P1", "P2"], "month": ["2026-09", "2026-10"] * 2,
         "negative": [8, 6, 1, 2], "positive": [0, 1, 9, 4]}
    )
    return table.assign(n_read=300)


def discovered() -> pd.DataFrame:
    """Three topics; of one nearly all contacts have no known reason."""
    return pd.DataFrame(
        {"topic_id": [0, 1, 2], "name": ["パスワード・ログイン", "説明書・テレビ", "配送"], "n": [80, 20, 40], "n_unknown": [8, 19, 10], "quote": ["ログインできません。", "テレビとの接続方法は。", "<script>alert(1)</script>"]}
    )


def risk() -> pd.DataFrame:
    """Two reasons; the second only has reach."""
    return pd.DataFrame(
        {"reason": ["contract.cancel", "delivery.late"], "n": [110, 90], "n_signal": [36, 1], "share": [0.33, 0.011], "low": [0.25, 0.002],
         "high": [0.42, 0.06], "n_customers": [35, 1], "n_public": [4, 9], "reach": [1537.0, 20400.0]}
    )


def gaps() -> pd.DataFrame:
    """A day without any e-mail, and one with hardly a chat."""
    return pd.DataFrame(
        {"source": ["email", "chat"], "day": pd.to_datetime(["2026-10-10", "2026-10-12"]), "n": [0, 1], "expected": [7.5, 9.0], "p": [0.0005, 0.001],
         "status": ["missing", "low"]}
    )


def outlook() -> pd.DataFrame:
    """What the first of the two topics may come to by the end of the month."""
    day = pd.Timestamp("2026-10-24", tz="UTC")
    return pd.DataFrame(
        {"topic_id": [3], "day": [day], "n_so_far": [40], "n_to_come": [21.0], "n_low": [9.0], "n_high": [44.0], "cost": [61_000.0], "cost_low": [40_000.0],
         "cost_high": [99_000.0], "until": [pd.Timestamp("2026-10-31", tz="UTC")]}
    )


def watch() -> pd.DataFrame:
    """A reason that ended, and one that grows on one product; an older alarm of the first."""
    return pd.DataFrame(
        {"day": pd.to_datetime(["2026-10-20", "2026-10-25", "2026-10-28"]), "reason": ["delivery.late", "delivery.late", "technical.app_crash"],
         "product": [None, None, "アプリ"], "n": [20, 18, 31], "expected": [60.0, 65.0, 9.0], "ratio": [0.3, 0.28, 3.3], "ratio_low": [0.2, 0.17, 2.0],
         "ratio_high": [0.5, 0.45, 5.0], "status": ["ended", "ended", "growing"], "days": [14, 14, 3]}
    )


def incidents(contact_ids: tuple[str, ...] = ()) -> pd.DataFrame:
    """A white QR screen that grows, on one version; and late parcels that are over."""
    day = pd.Timestamp("2026-10-12", tz="UTC")
    base = {"told_day": [day + pd.Timedelta(days=2), pd.Timestamp("2026-09-12", tz="UTC")], "as_of": pd.Timestamp("2026-10-30", tz="UTC"), "merged": ((),) * 2}
    rows = {
        "incident_id": ["i-20261014-1", "i-20260910-1"], "name_ja": ["QR決済の画面が真っ白", "荷物が届かない"],
        "name_en": ["QR payment screen goes white", "parcels do not arrive"], "state": ["growing", "over"],
        "first_day": [day, pd.Timestamp("2026-09-10", tz="UTC")], "last_day": [base["as_of"], pd.Timestamp("2026-09-20", tz="UTC")],
        "n_contacts": [71, 40], "n_people": [66, 38], "n_low": [48.0, float("nan")], "n_high": [105.0, float("nan")], "expected": [2.4, 6.0], "ratio": [29.6, 6.7], "ratio_low": [18.0, 3.1],
        "ratio_high": [51.0, 15.0], "growth": [1.6, 0.2], "growth_low": [1.2, 0.1], "growth_high": [2.1, 0.5],
        "channels": [{"chat": 20, "call": 51}, {"email": 40}],
        "apart": [
            ({"column": "channel", "value": "call", "n": 51, "of": 71, "usual": 0.45, "p_adjusted": 0.001},
             {"column": "product_version", "value": "5.2.0", "n": 67, "of": 71, "usual": 0.04, "p_adjusted": 1e-9},
             {"column": "product", "value": "アプリ", "n": 71, "of": 71, "usual": 0.31, "p_adjusted": 1e-7}),
            (),
        ],
        "cost": [412_000.0, 150_000.0], "cost_low": [390_000.0, float("nan")], "cost_high": [441_000.0, float("nan")],
        "payout": [0.0, 9_000.0], "payout_low": [0.0, 9_000.0], "payout_high": [0.0, 9_000.0],
        "n_month_end": [78.0, float("nan")], "n_month_end_low": [72.0, float("nan")], "n_month_end_high": [90.0, float("nan")],
        "cost_month_end": [453_000.0, float("nan")], "cost_month_end_low": [401_000.0, float("nan")], "cost_month_end_high": [540_000.0, float("nan")],
        "until": [pd.Timestamp("2026-10-31", tz="UTC"), pd.NaT], "topic_ids": [(3,), ()],
        "reasons": [("technical.app_crash",), ("delivery.late",)], "words": [("QR決済", "真っ白"), ("届かない",)],
        "quotes": [("QR決済の画面が真っ白になって、何も押せません。", "The QR screen is white since the update."), ("荷物がまだ届きません。",)],
        "contact_ids": [contact_ids, ()], "imputed_share": [0.08, 0.0],
    }
    return pd.DataFrame({**rows, **base})[list(INCIDENT_COLUMNS)]


def incident_timeline() -> pd.DataFrame:
    """The days of the first, with the usual of before it began."""
    days = pd.date_range("2026-10-01", "2026-10-30", tz="UTC")
    n = [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 2, 1, 2, 2, 3, 3, 2, 4, 3, 4, 4, 5, 4, 5, 6, 5, 6, 5, 6]
    return pd.DataFrame({"incident_id": "i-20261014-1", "day": days, "n": n, "expected": 0.13, "low": 0.0, "high": 1.0})


def set_aside() -> pd.DataFrame:
    """What the tables by team and reason leave out for the first."""
    rows = [("all", "", 71), ("team", "A", 52), ("team", "B", 19), ("reason", "technical.app_crash", 66), ("reason", "delivery.late", 5)]
    return pd.DataFrame(rows, columns=["step", "value", "n"]).assign(incident_id="i-20261014-1")
