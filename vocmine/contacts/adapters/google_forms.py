"""Answers of a Google form, as its sheet or its CSV gives them."""

from __future__ import annotations

from vocmine.contacts.adapters.adapter import Adapter, Probe

_STAMPS = ("タイムスタンプ", "timestamp")
_IDS = ("contact_id", "id", "ticket id", "受付番号", "問い合わせid", "会話id", "conversation_id", "channel",
        "チャネル", "speaker", "話者")
_COLUMNS = {
    "タイムスタンプ": "created_at", "timestamp": "created_at", "メールアドレス": "customer_id",
    "email address": "customer_id",
    "username": "customer_id", "ユーザー名": "customer_id", "スコア": "", "score": "",
}


def _recognises(probe: Probe) -> bool:
    """Tell a form by its first column; the English one is common, so that a question must stand beside it."""
    if probe.kind != "table" or len(probe.columns) < 2 or any(probe.has(name) for name in _IDS):
        return False
    first = probe.columns[0].strip().casefold()
    asked = any(name.strip().endswith(("?", "？")) or len(name.split()) >= 4 for name in probe.columns[1:])
    return first == _STAMPS[0] or (first == _STAMPS[1] and (asked or probe.has("email address")))


ADAPTER = Adapter(
    "google_forms", "Google Forms",
    "Responses > Link to Sheets > File > Download > CSV (or Responses > Download responses)\n"
    "vocmine run --contacts answers.csv --out results\n"
    "Answers have no id: file and line stand for it. Name the question that is the text: 質問: text.",
    _recognises, _COLUMNS, {"channel": "survey", "contact_id": "{source}-{row}"},
)
