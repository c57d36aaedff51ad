"""Made-up data of the page that answers, in its schema, and a page around it: large, small, hostile, without contacts."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import yaml
from jinja2 import Environment

REPORT = files("vocmine.report")
WORDS = {
    "ja": ["アプリ", "返金", "ログイン", "画面", "配送", "届きません", "エラー", "請求", "二重", "電話", "つながらない", "解約", "お願い", "確認", "ポイント", "修理"],
    "en": ["app", "refund", "login", "screen", "delivery", "missing", "error", "bill", "twice", "phone", "waiting", "cancel", "please", "check", "points", "repair"],
}
DIMS = {
    "ja": {"channel": ("チャネル", ["電話", "メール", "チャット", "SNS"]), "product": ("製品", ["アプリ", "カード", "端末"]),
           "version": ("バージョン", ["アプリ 5.0", "アプリ 5.1", "アプリ 5.2", "端末 1.0"]), "segment": ("顧客区分", ["個人", "法人"]),
           "plan": ("プラン", ["無料", "標準"]), "team": ("チーム", ["一次窓口", "二次窓口"]), "mood": ("顧客感情", ["不満", "どちらでもない", "満足"])},
    "en": {"channel": ("Channel", ["Phone", "Email", "Chat", "Social"]), "product": ("Product", ["App", "Card", "Device"]),
           "version": ("Version", ["App 5.0", "App 5.1", "App 5.2", "Device 1.0"]), "segment": ("Segment", ["Consumer", "Business"]),
           "plan": ("Plan", ["Free", "Standard"]), "team": ("Team", ["First line", "Second line"]), "mood": ("Mood", ["negative", "neutral", "positive"])},
}
OTHER = {"ja": "その他", "en": "other"}
HOSTILE = ["</script><script>window.bad=1</script>", "<img src=x onerror=window.bad=1>", "=HYPERLINK(\"x\")", "\u202egnp.exe", "a\u2028b", "{n} ${n} {{n}}", "+1+1", "@SUM(A1)", "-2+3", "\t=1"]


def words_of(lang: str) -> dict[str, str]:
    table = yaml.safe_load((REPORT / "templates" / f"strings_explore_{lang}.yaml").read_text(encoding="utf-8"))
    return {key.removeprefix("explore_"): text for key, text in table.items()}


def made(lang: str = "ja", issues: int = 12, days: int = 61, contacts: int = 400, measure: str = "money", hostile: bool = False) -> dict:
    """Make the data of a page with contacts; two issues a contact now and then, the last two lines belong to none."""
    random = np.random.default_rng(5)
    texts = [" ".join(random.choice(WORDS[lang], 12)) + f" {i}" for i in range(contacts)]
    names = [f"{WORDS[lang][i % 16]}・{WORDS[lang][(i * 7 + 3) % 16]} {i + 1}" for i in range(issues)]
    if hostile:
        texts = [HOSTILE[i % len(HOSTILE)] + " " + text for i, text in enumerate(texts)]
        names = [HOSTILE[i % len(HOSTILE)] + f" {i}" for i in range(issues)]
    names += [{"ja": "判定保留", "en": "unknown"}[lang], {"ja": "配賦できない費用", "en": "unallocated"}[lang]]
    ids = [f"issue{i}" for i in range(issues)] + ["unknown", "unallocated"]
    dims = [{"key": key, "label": label, "values": [*values, OTHER[lang]], "other": len(values)} for key, (label, values) in DIMS[lang].items()]
    if hostile:
        dims[1]["values"][0] = HOSTILE[0]
    day = np.sort(random.integers(0, days, contacts))
    minutes = np.round(random.gamma(2.0, 4.0, contacts), 1)
    chance = 1 / np.arange(1, issues + 2)
    first = random.choice(issues + 1, contacts, p=chance / chance.sum())
    first = np.where((day > days * 2 // 3) & (random.random(contacts) < 0.2), 1, first)
    second = np.where(random.random(contacts) < 0.15, random.integers(0, issues, contacts), -1)
    parts: dict[str, list] = {"contact": [], "issue": [], "share": [], "tagged": [], "cost": [], "payout": []}
    for i in range(contacts):
        own = [int(first[i])] + ([int(second[i])] if second[i] >= 0 and second[i] != first[i] else [])
        # Of every seventh contact the reason is not sure: a tenth of it goes to another one.
        guess = [(own[0] + 1) % issues] if i % 7 == 0 and (own[0] + 1) % issues not in own else []
        for issue in own + guess:
            share = (0.9 if guess else 1.0) / len(own) if issue in own else 0.1
            parts["contact"].append(i)
            parts["issue"].append(issue)
            parts["share"].append(round(share, 3))
            parts["tagged"].append(int(issue in own))
            parts["cost"].append(round(float(minutes[i]) * 60 * share))
            parts["payout"].append(500 if issue == 0 and i % 5 == 0 else 0)
    index = {each["key"]: random.integers(-1 if j > 1 else 0, len(each["values"]) - 1, contacts).tolist() for j, each in enumerate(dims)}
    data = {
        "v": 1, "lang": lang, "currency": "JPY" if measure == "money" else "", "decimals": 0, "measure": measure, "level": 0.95,
        "first": "2026-09-01", "days": days, "fold": 5, "has_contacts": True, "words": words_of(lang), "dims": dims,
        "issues": [], "signals": ["解約の示唆", "強い怒り"] if lang == "ja" else ["hint of leaving", "anger"],
        "contacts": {
            "n": contacts, "of": contacts, "dim": index, "id": [f"C{i:05d}" for i in range(contacts)], "day": day.tolist(),
            "csat": [int(x) if x > 0 else None for x in random.integers(-3, 6, contacts)], "minutes": minutes.tolist(),
            "imputed": (random.random(contacts) < 0.2).astype(int).tolist(), "text": texts,
            "signals": random.integers(0, 4, contacts).tolist(), "person": random.integers(-1, max(contacts // 2, 1), contacts).tolist(),
            "previous": [i - 3 if i > 3 and i % 4 == 0 else -1 for i in range(contacts)],
        },
        "parts": parts, "evidence": {f"{i}:{int(first[i])}": texts[i].split(" ")[0] for i in range(0, contacts, 2)}, "cube": None, "details": {},
    }
    _issues(data, ids, names, random)
    for i, key in enumerate(ids[:-2]):
        data["details"][key] = _details(data, i, random)
    return data


def _issues(data: dict, ids: list[str], names: list[str], random: np.random.Generator) -> None:
    parts, minutes = data["parts"], data["contacts"]["minutes"]
    money, timed = data["measure"] == "money", data["measure"] != "counts"
    n, cost, payout, spent = (np.zeros(len(ids)) for _ in range(4))
    for contact, issue, share, each, paid in zip(parts["contact"], parts["issue"], parts["share"], parts["cost"], parts["payout"], strict=True):
        n[issue] += share
        cost[issue] += each
        payout[issue] += paid
        spent[issue] += share * minutes[contact]
    for i, key in enumerate(ids):
        growth = float(np.round(random.uniform(0.6, 2.5), 3))
        data["issues"].append({
            "id": key, "name": names[i], "other_name": f"other name {i}" if i % 3 == 0 else "", "demand": ["failure", "value", ""][i % 3], "team": ["", "A"][i % 2],
            "n": round(float(n[i]), 1), "n_low": round(float(n[i]) * 0.8, 1), "n_high": round(float(n[i]) * 1.25, 1), "hours": round(float(spent[i]) / 60, 2) if timed else None,
            "cost": float(cost[i]) if money else None, "low": float(round(cost[i] * 0.75)) if money else None, "high": float(round(cost[i] * 1.3)) if money else None,
            "payout": float(payout[i]) if money else None, "payout_low": None, "payout_high": None,
            "growth": growth, "growth_low": round(growth * 0.7, 3), "growth_high": round(growth * 1.4, 3),
            "growth_own": round(growth * 0.8, 3) if i % 5 == 2 else None, "growth_own_low": None, "growth_own_high": None, "negative": 0.4, "csat": 3.21, "imputed": 0.125, "basis": "prior",
        })


def _details(data: dict, i: int, random: np.random.Generator) -> dict:
    ja = data["lang"] == "ja"
    level = max(data["issues"][i]["cost"] or data["issues"][i]["n"], 1.0)
    months, weeks = [], []
    for k in range(24):
        cost = round(level * float(random.uniform(0.5, 1.5)))
        months.append({"month": f"{2024 + (10 + k) // 12}-{(10 + k) % 12 + 1:02d}", "part": int(k == 23), "cost": cost, "low": cost * 0.8, "high": cost * 1.3, "n": 10.0 + k, "hours": 3.5})
    for k in range(8):
        weeks.append({"from": f"2026-09-{1 + k * 3:02d}", "cost": round(level / 8), "low": None, "high": None, "n": 4.0, "hours": 0.4})
    product, channel = (data["dims"][j]["values"] for j in (1, 0))
    quotes = [{"text": data["contacts"]["text"][j], "id": f"C{j:05d}", "day": "2026-09-12", "channel": channel[0], "evidence": data["contacts"]["text"][j].split(" ")[0], "lang": data["lang"]} for j in range(i, i + 4)]
    name = "修正" if ja else "fix"
    return {
        "months": months, "weeks": weeks,
        "marks": [{"kind": "fix", "from": "2026-09-20", "to": None, "name": name, "id": ""},
                  {"kind": "incident", "from": "2026-10-02", "to": "2026-10-09", "name": HOSTILE[0] if i == 0 else "QR", "id": "2026-10-02-1"}],
        "bridge": [{"name": "2026年9月" if ja else "Sep 2026", "value": level, "low": None, "high": None}, {"name": "件数" if ja else "contacts", "value": level / 4, "low": -level / 9, "high": level / 2},
                   {"name": "応対時間" if ja else "handle time", "value": -level / 8, "low": -level / 5, "high": -level / 20}, {"name": "2026年10月" if ja else "Oct 2026", "value": level * 1.125, "low": None, "high": None}],
        "versions": [{"product": product[0], "version": "5.1", "before": None, "n": 10, "of": 90, "share": 0.1111, "share_before": None, "ratio": None, "low": None, "high": None, "p": None},
                     {"product": product[0], "version": "5.2", "before": "5.1", "n": 31, "of": 80, "share": 0.3875, "share_before": 0.1111, "ratio": 3.488, "low": 1.83, "high": 6.65, "p": 0.00012}],
        "products": [{"name": product[0], "n": 8.5, "cost": level / 2}], "channels": [{"name": channel[0], "n": 9.5, "cost": level / 3}],
        "words": [{"word": WORDS[data["lang"]][k], "n": 9 - k, "of": 20, "lift": 3.1 if k else None} for k in range(6)],
        "pairs": [{"pair": " → ".join(WORDS[data["lang"]][k:k + 2]), "n": 4} for k in range(3)], "quotes": quotes,
        "signals": [{"name": data["signals"][0], "n": 3}], "repeats": {"share": 0.21, "low": 0.1, "high": 0.37, "n": 40},
        "before": [{"name": data["issues"][1]["name"], "n": 4, "lift": 2.5}], "after": [{"name": data["issues"][2]["name"], "n": 3, "lift": 0.8}],
    }


def without_contacts(data: dict) -> dict:
    """Give the same data with sums in place of contacts: by week, channel and product."""
    cells: dict[tuple, list[float]] = {}
    parts, contacts = data["parts"], data["contacts"]
    for k, row in enumerate(parts["contact"]):
        key = (contacts["day"][row] // 7 * 7, parts["issue"][k], contacts["dim"]["channel"][row], contacts["dim"]["product"][row])
        cell = cells.setdefault(key, [0.0] * 5)
        for j, value in enumerate((parts["share"][k], parts["cost"][k], parts["payout"][k], parts["share"][k] * contacts["minutes"][row], 1)):
            cell[j] += value
    rows = sorted(cells.items())
    told = {"channel": 2, "product": 3}
    cube = {
        "n": len(rows), "day": [key[0] for key, _ in rows], "issue": [key[1] for key, _ in rows],
        "dim": {each["key"]: [key[told[each["key"]]] if each["key"] in told else each["other"] for key, _ in rows] for each in data["dims"]},
        **{name: [cell[j] for _, cell in rows] for j, name in enumerate(("count", "cost", "payout", "minutes", "tagged"))},
    }
    details = {key: {**each, "quotes": []} for key, each in data["details"].items()}
    return {**data, "has_contacts": False, "contacts": None, "parts": None, "evidence": {}, "cube": cube, "details": details}


def block(data: dict) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def page(data: dict, path: Path, script: bool = True) -> Path:
    """Write a page that holds nothing but the part that answers and one static table."""
    web = REPORT / "web"
    listed = yaml.safe_load((web / "scripts.yaml").read_text(encoding="utf-8"))
    css = "".join((REPORT / "templates" / "style.css" if name == "" else web / name).read_text(encoding="utf-8") for name in ["", *listed["styles"]])
    scripts = [(web / name).read_text(encoding="utf-8") for name in listed["scripts"]] if script else []
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts)
    style = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src {hashes or chr(39) + 'none' + chr(39)}; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    w = lambda key: data["words"][key.removeprefix("explore_")]  # noqa: E731
    explore = Environment(autoescape=True).from_string((REPORT / "templates" / "explore.html.j2").read_text(encoding="utf-8")).render(w=w)
    static = (
        '<section id="costs" aria-labelledby="h-costs"><h2 id="h-costs">Costs</h2><div class="wrap" tabindex="0" role="group" aria-labelledby="h-costs"><table><thead><tr>'
        '<th scope="col">Issue</th><th scope="col" class="num">Cost</th></tr></thead><tbody><tr><th scope="row">=A1</th><td class="num">-1,234 <small>1 to 2</small></td></tr>'
        '<tr><th scope="row">b "q"</th><td class="num">5</td></tr></tbody></table></div></section>'
    )
    body = "".join(f"<script>{each}</script>" for each in scripts)
    path.write_text(
        f'<!doctype html><html lang="{data["lang"]}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>t</title><style>{css}</style></head><body><a class="skip" href="#main">skip</a><header><h1>Report</h1></header>'
        f'<nav class="nav" aria-label="contents"><ul><li><a href="#costs">Costs</a></li></ul></nav><main id="main">{explore}{static}</main>'
        f'<script type="application/octet-stream" id="vm-data" data-encoding="gzip-base64">{block(data)}</script>{body}</body></html>',
        encoding="utf-8", newline="\n",
    )
    return path
