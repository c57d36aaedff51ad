"""Sound files of every kind that is read, to be damaged; and what reads each kind."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from vocmine.audits.codes import CodeMapping
from vocmine.classify import Taxonomy
from vocmine.contacts import ContactMapping
from vocmine.contacts.readers import read_checked
from vocmine.cost import CostModel, read_fixes
from vocmine.settings import load_settings
from vocmine.yamlfile import read_mapping

ROWS = [
    {"id": f"A{n}", "日時": f"2026-04-{n % 28 + 1:02d} 09:{n:02d}", "チャネル": ("電話", "メール", "チャット")[n % 3],
     "本文": ("請求が二重です", "解約したい\n至急", "届かない🧑‍🦰")[n % 3], "対応時間": f"{n}:30", "満足度": n % 5 + 1}
    for n in range(6)
]
TALK = "会話ID,話者,発言,時刻\n" + "".join(
    f"t{n // 4},{('お客様', '担当')[n % 2]},発言{n},2026-04-01 09:{n:02d}:00\n" for n in range(6)
)
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Agent>はい、窓口です\n\n00:00:04.000 --> 00:00:06.500\n<v Customer>届きません\n"
SRT = "1\n00:00:01,000 --> 00:00:03,000\n担当: はい\n\n2\n00:00:04,000 --> 00:00:06,000\nお客様: 届きません\n"
LINE = "[LINE] 山田とのトーク履歴\n保存日時：2026/04/02 10:00\n\n2026/04/01(水)\n09:00\t山田\t届きません\n09:05\t担当\tお調べします\n"
INTERCOM = {"type": "conversation.list", "conversations": [
    {"type": "conversation", "id": str(n), "created_at": 1775000000 + n, "source": {"type": "conversation", "body": "<p>届かない</p>", "author": {"type": "user", "id": "u"}},
     "conversation_parts": {"conversation_parts": [{"part_type": "comment", "body": "<p>はい</p>", "author": {"type": "admin", "id": "a"}, "created_at": 1775000100}]}}
    for n in range(3)
]}
ZENDESK = {"tickets": [{"id": n, "created_at": "2026-04-01T00:00:00Z", "description": "届かない", "via": {"channel": "email"}, "requester_id": 7, "status": "solved",
                        "subject": "配送", "tags": ["a"], "comments": [{"id": 1, "author_id": 7, "body": "届かない"}]} for n in range(3)], "count": 3}
SLACK = [{"type": "message", "user": "U1", "text": "届かない", "ts": f"17750000{n:02d}.000100", "thread_ts": "1775000000.000100"} for n in range(4)]
HTML = "<html><table><tr><th>id</th><th>日時</th><th>チャネル</th><th>本文</th></tr>" + "".join(
    f"<tr><td>{r['id']}</td><td>{r['日時']}</td><td>{r['チャネル']}</td><td rowspan=1>{r['本文']}</td></tr>" for r in ROWS
) + "</table></html>"
SETTINGS = "lang: ja\nperiod_days: 30\nkeep_columns: [team]\nunits: {2026-10: 12000}\ntargets: {csat: 4.2}\nlimits: {rows: 1000}\nnotify_states: [new, over]\ntitle: 週報\n"
MAPPING = "columns:\n  本文: text\n  日時: created_at\nconstants: {channel: call}\nchannels: {店頭: call}\nunits: {対応時間: 分}\nspeakers: {山田: agent, '*': customer}\nignore: [a]\nday_first: true\n"
TAXONOMY = (
    "version: '1'\nwords: {cannot: できない|できません}\nreasons:\n- id: bill\n  name: {ja: 請求, en: Billing}\n- id: bill.refund\n  name: 返金\n  parent: bill\n"
    "  description: お金を返す\n  examples: {ja: [返金してほしい], en: [refund please]}\n  patterns: ['返金.{0,5}{cannot}', 'refund\\w*']\n  hints: [返す]\n  demand: failure\n  team: 経理\n"
)
COSTS = "currency: JPY\nrate_per_minute: &r\n  call: 65.7\n  chat: 40\n  call/二次: 80\nbuilt_up:\n  email: {annual_cost: 4500000, paid_hours: 1920, shrinkage: 0.3, occupancy: 0.85}\nconcurrency: {chat: 2}\ntimezone: Asia/Tokyo\n"
FIXES = "fixes:\n- {issue: billing.points, fixed_at: 2026-10-01, compare: delivery.late, note: 直した, cost: 1000}\n- issue: a\n  planned: true\n"
CODES = "code_mapping:\n  '01:料金照会': billing.price_question\n  '02': [billing.refund, bill]\n  '99': read_anew\n  '98': ignore\n  '97':\n"
MIGRATE = "billing.points: rewards.points\nbilling.old: [a, b]\nc:\n"


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(ROWS[0]))
    for row in ROWS:
        sheet.append(list(row.values()))
    sheet.merge_cells("F3:F4")
    book.create_sheet("別").append(["x", 1, True])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _parquet() -> bytes:
    frame = pd.DataFrame(ROWS)
    frame["at"] = pd.to_datetime(frame["日時"])
    frame["nested"] = [{"a": n, "b": ["x"]} for n in range(len(frame))]
    out = io.BytesIO()
    frame.set_index("満足度").to_parquet(out)
    return out.getvalue()


def _text(value: Any) -> bytes:
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode()


def contact_seeds() -> dict[str, bytes]:
    """Give the name of a file of each kind of contacts, and what it holds."""
    table = pd.DataFrame(ROWS)
    return {
        "a.csv": _text(table.to_csv(index=False)), "sjis.csv": table.assign(本文="届かない").to_csv(index=False).encode("cp932"),
        "wide.csv": table.to_csv(index=False).encode("utf-16"), "a.tsv": _text(table.to_csv(index=False, sep="\t")), "talks.csv": _text(TALK),
        "a.json": _text([*ROWS]), "escaped.json": json.dumps(ROWS).encode(), "a.jsonl": b"\n".join(_text(row) for row in ROWS),
        "escaped.jsonl": b"\n".join(json.dumps(row).encode() for row in ROWS), "intercom.json": _text(INTERCOM), "zendesk.json": _text(ZENDESK),
        "slack.json": _text(SLACK), "a.parquet": _parquet(), "a.xlsx": _xlsx(), "a.xls": _text(HTML), "a.vtt": _text(VTT), "a.srt": _text(SRT), "line.txt": _text(LINE),
    }


def yaml_seeds() -> dict[str, bytes]:
    """Give a file of each kind of YAML."""
    texts = {"settings": SETTINGS, "mapping": MAPPING, "taxonomy": TAXONOMY, "costs": COSTS, "fixes": FIXES, "codes": CODES, "migrate": MIGRATE}
    return {f"{name}.yaml": text.encode() for name, text in texts.items()}


def _migrate(path: Path) -> Any:
    return read_mapping(path, "mapping of reasons")


YAML_READERS: dict[str, Callable[[Path], Any]] = {
    "settings": load_settings, "mapping": ContactMapping.of, "taxonomy": Taxonomy.from_yaml, "costs": CostModel.from_yaml, "fixes": read_fixes,
    "codes": CodeMapping.of, "migrate": _migrate,
}


def reader_of(name: str) -> Callable[[Path], Any]:
    """Give what reads a file of that name."""
    return YAML_READERS.get(name.partition(".")[0], read_checked) if name.endswith(".yaml") else read_checked
