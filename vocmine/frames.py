"""The tables that cross the borders between packages, as data: validation, documents and Spark schemas come from here.

Also the two questions that every reader of such a table has: are its columns there, and what is a contact's main label.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from vocmine.errors import ContactError, VocmineError

Dtype = Literal["string", "category", "datetime", "float", "int", "bool", "ids"]

CHANNELS = ("call", "chat", "email", "social", "survey", "bot")
LANGS = ("ja", "en", "mixed", "other")
TAG_KINDS = (
    "reason", "sentiment", "mood", "signal", "effort", "harassment", "aspect", "topic", "candidate", "reading",
)  # fmt: skip
TAG_SOURCES = ("rule", "model", "example", "centroid", "code")
SENTIMENTS = ("negative", "neutral", "positive")
SIGNALS = ("complaint", "request", "praise", "question", "churn", "escalation", "effort", "harassment")
HARASSMENT_KINDS = ("threat", "insult", "sexual", "demand", "holding")
FileFormat = Literal["csv", "tsv", "xlsx", "jsonl", "json", "parquet", "zendesk", "transcript", "social"]
FORMATS: tuple[str, ...] = (*get_args(FileFormat), "sql")
SYSTEMS = (
    "contact_lens", "genesys", "intercom", "zendesk", "freshdesk", "salesforce", "salesforce_email", "hubspot", "slack",
    "google_forms", "google_play", "app_store", "x_archive", "line_official", "line_works", "line_talk", "whatsapp",
    "zoom_chat", "captions", "whisper", "messages",
)
"""Systems whose exports are read, one adapter each; the first that recognises a source reads it: the narrower first."""

UNKNOWN = "unknown"
UNALLOCATED = "unallocated"


@dataclass(frozen=True)
class Column:
    """One column of a frame.

    Parameters
    ----------
    name, dtype : str
        Name and kind of value; ``datetime`` is UTC, ``ids`` is a tuple of contact ids.
    en, ja : str
        What it holds, with its unit, for the documents in both languages.
    required : bool
        Whether each row must have a value.
    allowed : tuple of str
        The allowed values of a ``category``.
    low, high : float or None
        The allowed range of a number.
    """

    name: str
    dtype: Dtype
    en: str
    ja: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


CONTACTS: tuple[Column, ...] = (
    Column("contact_id", "string", "unique key of the contact", "お問い合わせの一意なID", required=True),
    Column("created_at", "datetime", "when the contact began, UTC", "受付日時(UTC)", required=True),
    Column("channel", "category", "where it came in", "チャネル", required=True, allowed=CHANNELS),
    Column("text", "string", "what the customer said, or the agent noted", "本文(お客様の発言または応対メモ)", required=True),
    Column("lang", "category", "language, if known", "言語", allowed=LANGS),
    Column("customer_id", "string", "who; stored only as a keyed hash", "お客様ID(保存時は鍵付きハッシュのみ)"),
    Column("product", "string", "product or service", "製品・サービス"),
    Column("product_version", "string", "version of the product", "製品バージョン"),
    Column("handle_seconds", "float", "talk + hold + after-call work, s", "処理時間(通話+保留+後処理, 秒)", low=0, high=86_400),
    Column("after_call_seconds", "float", "after-call work (wrap-up, ACW), part of handle_seconds, s", "うち後処理時間(秒)", low=0, high=86_400),
    Column("wait_seconds", "float", "time the customer waited before an answer, s", "待ち時間(秒)", low=0, high=604_800),
    Column("concurrency", "float", "chats the agent handled at once", "同時対応数", low=1, high=20),
    Column("cost_extra", "float", "refund, parts, shipping, in the currency of the cost model", "返金・部品・送料などの追加費用", low=0),
    Column("team", "string", "team that handled it", "チーム"),
    Column("agent_id", "string", "who handled it; stored only as a keyed hash", "担当者ID(保存時は鍵付きハッシュのみ)"),
    Column("transfers", "int", "times handed to another team", "転送回数", low=0, high=100),
    Column("csat", "float", "satisfaction, 1 (worst) to 5 (best)", "顧客満足度(1〜5)", low=1, high=5),
    Column("resolved", "bool", "whether it was solved in this contact", "解決済みか"),
    Column("reach", "float", "how many people could see a post", "投稿のリーチ数", low=0),
    Column("is_public", "bool", "whether anyone can read it", "公開されているか"),
    Column("url", "string", "where a public post stands", "URL"),
    Column("updated_at", "datetime", "when it was last changed in its system, UTC: the newest version of an id counts", "最終更新日時(UTC, 同じIDは最新の版を採用)"),
    Column("source_system", "string", "system, or family of files, that its id belongs to", "IDの発行元(システム名またはファイルの系列)"),
    Column("segment", "string", "segment of the customer", "顧客セグメント"),
    Column("plan", "string", "plan or contract of the customer", "契約プラン"),
    Column("revenue", "float", "revenue with the customer, in the currency of the cost model", "お客様の売上(取引額)"),
    Column("customer_since", "datetime", "since when they are a customer, UTC", "お客様になった日(UTC)"),
    Column("agent_code", "string", "what the agent chose in a drop-down, levels joined as `billing > refund`", "担当者が選んだ対応分類(階層は「料金 > 返金」とつなぐ)"),
    Column("handovers", "int", "times a bot handed over to a person within the contact", "応対中にボットから人へ引き継いだ回数", low=0, high=100),
    Column("bot_seconds", "float", "time with a bot before a person took over, no part of handle_seconds, s", "人に引き継ぐまでのボットとの時間(秒, 処理時間に含まない)", low=0, high=604_800),
    Column("nps", "float", "how likely they are to recommend, 0 (not at all) to 10 (surely)", "推奨度(0〜10, NPSの設問)", low=0, high=10),
    Column("first_response_seconds", "float", "time to the first answer by a person, s", "初回応答時間(人による最初の返答まで, 秒)", low=0, high=31_536_000),
)

ANALYSED: tuple[Column, ...] = (
    Column("lang", "category", "ja, en, mixed or other", "言語", required=True, allowed=LANGS),
    Column("text_clean", "string", "the text, normalised and masked", "正規化・マスク済み本文", required=True),
    Column("terms", "string", "content words, joined by spaces", "内容語(空白区切り)", required=True),
)

TAGS: tuple[Column, ...] = (
    Column("contact_id", "string", "the contact tagged", "お問い合わせのID", required=True),
    Column("kind", "category", "what the tag is about", "タグの種類", required=True, allowed=TAG_KINDS),
    Column("label", "string", "reason id, sentiment, mood at an end of a talk, signal, grade of effort, kind of harassment, aspect or topic id", "ラベル", required=True),
    Column("score", "float", "how sure, 0 to 1", "確からしさ(0〜1)", required=True, low=0, high=1),
    Column("source", "category", "what the tag rests on", "根拠の種類", required=True, allowed=TAG_SOURCES),
    Column("evidence", "string", "the words or the example behind the tag, masked", "根拠となる語句・例(マスク済み)", required=True),
)

REJECTED: tuple[Column, ...] = (
    Column("source", "string", "file or table the row came from", "入力元", required=True),
    Column("row", "int", "line or record number in the source, from 1", "行番号", required=True),
    Column("contact_id", "string", "its id, masked, where it had one", "お問い合わせのID"),
    Column("column", "string", "column at fault", "列", required=True),
    Column("code", "string", "what is wrong, as a code", "理由コード", required=True),
    Column("value", "string", "first 80 characters of the value, masked", "値(先頭80文字, マスク済み)", required=True),
)

ALERTS: tuple[Column, ...] = (
    Column("topic_id", "int", "topic, an id that lasts", "トピックID", required=True),
    Column("name", "string", "name of the topic", "トピック名", required=True),
    Column("day", "datetime", "day of the alert", "日", required=True),
    Column("n", "int", "contacts on that day's window", "件数", required=True),
    Column("expected", "float", "contacts expected", "期待件数", required=True),
    Column("ratio", "float", "n / expected", "倍率", required=True),
    Column("p_adjusted", "float", "adjusted p-value", "補正済みp値", required=True, low=0, high=1),
    Column("status", "category", "why it fired", "種別", required=True, allowed=("new", "growing", "returning", "ended")),
    Column("contact_ids", "ids", "the contacts behind it", "該当お問い合わせ", required=True),
)

INCIDENTS: tuple[Column, ...] = (
    Column("incident_id", "string", "id that lasts from the day it is first told", "インシデントID", required=True),
    Column("name_ja", "string", "what happened, in Japanese", "名前(日本語)", required=True),
    Column("name_en", "string", "what happened, in English", "名前(英語)", required=True),
    Column("state", "category", "how it stands", "状態", required=True, allowed=("open", "growing", "easing", "over")),
    Column("first_day", "datetime", "day on which its rise began", "始まった日", required=True),
    Column("told_day", "datetime", "day on which it was first told", "最初に知らせた日", required=True),
    Column("last_day", "datetime", "day of its last contact", "最後のお問い合わせの日", required=True),
    Column("as_of", "datetime", "day up to which it is counted", "集計の最終日", required=True),
    Column("n_contacts", "int", "contacts since the first day", "件数", required=True),
    Column("n_people", "int", "people behind them", "人数", required=True),
    Column("n_low", "float", "lower bound of n_contacts: mistakes of the rule on who belongs", "件数の下限"),
    Column("n_high", "float", "upper bound of n_contacts: mistakes of the rule on who belongs", "件数の上限"),
    Column("expected", "float", "contacts to be expected by the days before", "期待件数", required=True),
    Column("ratio", "float", "n_contacts / expected", "倍率"),
    Column("ratio_low", "float", "lower bound of ratio", "倍率の下限"),
    Column("ratio_high", "float", "upper bound of ratio", "倍率の上限"),
    Column("growth", "float", "factor by which its contacts grow in a week", "1週間あたりの増加倍率"),
    Column("growth_low", "float", "lower bound of growth", "増加倍率の下限"),
    Column("growth_high", "float", "upper bound of growth", "増加倍率の上限"),
    Column("channels", "string", "contacts by channel (JSON in a file)", "チャネル別件数(ファイルではJSON)"),
    Column("apart", "string", "what sets its contacts apart: column, value, n, of, usual, p_adjusted (JSON in a file)", "偏っている属性(ファイルではJSON)"),
    Column("cost", "float", "handling cost (labour) so far", "これまでの応対費用(人件費)"),
    Column("cost_low", "float", "lower bound of cost", "応対費用の下限"),
    Column("cost_high", "float", "upper bound of cost", "応対費用の上限"),
    Column("payout", "float", "paid out so far", "これまでの支払い"),
    Column("payout_low", "float", "lower bound of payout", "支払いの下限"),
    Column("payout_high", "float", "upper bound of payout", "支払いの上限"),
    Column("n_month_end", "float", "contacts by the end of the month, if it goes on", "月末までの件数(見込み)"),
    Column("n_month_end_low", "float", "lower bound of n_month_end", "月末件数の下限"),
    Column("n_month_end_high", "float", "upper bound of n_month_end", "月末件数の上限"),
    Column("cost_month_end", "float", "handling cost by the end of the month, if it goes on", "月末までの応対費用(見込み)"),
    Column("cost_month_end_low", "float", "lower bound of cost_month_end", "月末費用の下限"),
    Column("cost_month_end_high", "float", "upper bound of cost_month_end", "月末費用の上限"),
    Column("until", "datetime", "last day of that month", "その月の最終日"),
    Column("topic_ids", "string", "topics of the registry whose alerts tell of it", "トピックID"),
    Column("reasons", "string", "reasons of its contacts, the most frequent first", "お問い合わせ理由"),
    Column("words", "string", "words that set its texts apart", "特徴的な語"),
    Column("quotes", "string", "what people say, masked", "お客様の声(マスク済み)"),
    Column("merged", "string", "ids of incidents that turned out to be this one", "統合したインシデントID"),
    Column("contact_ids", "ids", "its contacts", "該当お問い合わせ", required=True),
    Column("imputed_share", "float", "share of the cost whose handle time was imputed", "補完された処理時間による費用の割合"),
)

ISSUE_COSTS: tuple[Column, ...] = (
    Column("issue", "string", "reason id, unknown or unallocated", "課題", required=True),
    Column("n_contacts", "float", "contacts, shared where several reasons share one", "件数", required=True),
    Column("n_low", "float", "lower bound of n_contacts", "件数の下限"),
    Column("n_high", "float", "upper bound of n_contacts", "件数の上限"),
    Column("handle_hours", "float", "handle time, h", "処理時間(時間)", required=True),
    Column("cost", "float", "handling cost (labour), in the currency of the cost model", "応対費用(人件費)", required=True),
    Column("cost_low", "float", "lower bound of cost", "応対費用の下限", required=True),
    Column("cost_high", "float", "upper bound of cost", "応対費用の上限", required=True),
    Column("payout", "float", "paid out: refunds, parts, shipping (`cost_extra`), in that currency", "返金・部品などの支払い"),
    Column("payout_low", "float", "lower bound of payout", "支払いの下限"),
    Column("payout_high", "float", "upper bound of payout", "支払いの上限"),
    Column("cost_per_contact", "float", "cost / n_contacts", "1件あたりの応対費用"),
    Column("share", "float", "cost / cost of all contacts", "応対費用全体に占める割合"),
    Column("imputed_share", "float", "share of the cost whose handle time was imputed", "補完された処理時間による費用の割合", required=True),
    Column("basis", "string", "what the estimate rests on: audit, labels, prior, counted or ledger", "推定のもと"),
    Column("method", "string", "how cost and interval were made", "推定方法", required=True),
    Column("avoidable_cost", "float", "handling cost that fixing the issue could save", "回避可能な応対費用"),
    Column("avoidable_payout", "float", "payouts that fixing the issue could save", "回避可能な支払い"),
    Column("repeat_share", "float", "share of contacts that repeat an earlier one", "再問い合わせの割合"),
)

LEDGER: tuple[Column, ...] = (
    Column("contact_id", "string", "the contact; empty for what belongs to none", "お問い合わせのID"),
    Column("day", "string", "day on which it began, in the zone of the cost model", "受付日"),
    Column("channel", "string", "where it came in", "チャネル"),
    Column("minutes", "float", "effort that is counted: handle time over chats at once, min", "計上した応対時間(分)"),
    Column("minutes_recorded", "float", "the same as recorded; empty where no time was recorded, min", "記録された応対時間(分)"),
    Column("imputed", "bool", "whether its handle time was missing and estimated", "処理時間を補完したか"),
    Column("rate", "float", "cost of a minute", "1分あたりの費用"),
    Column("labour", "float", "handling cost of the contact, in the currency of the cost model", "応対費用(人件費)"),
    Column("payout", "float", "paid out for the contact: refunds, parts, shipping", "返金・部品などの支払い"),
    Column("issue", "string", "reason id, unknown or unallocated", "課題", required=True),
    Column("share_tagged", "float", "share of the contact by its tags alone, 0 to 1", "タグどおりの割合", low=0, high=1),
    Column("share", "float", "share of the contact in this issue, 0 to 1", "この課題の割合", low=0, high=1),
    Column("cost", "float", "handling cost of the contact in this issue", "この課題の応対費用"),
    Column("payout_share", "float", "payout of the contact in this issue", "この課題の支払い"),
)

CONTACT_COLUMNS = tuple(column.name for column in CONTACTS)
TAG_COLUMNS = tuple(column.name for column in TAGS)
REJECTED_COLUMNS = tuple(column.name for column in REJECTED)
INCIDENT_COLUMNS = tuple(column.name for column in INCIDENTS)
ALERT_COLUMNS = tuple(column.name for column in ALERTS)
ISSUE_COST_COLUMNS = tuple(column.name for column in ISSUE_COSTS)
LEDGER_COLUMNS = tuple(column.name for column in LEDGER)


def require_columns(
    frame: Any, names: Iterable[str], where: str, error: type[VocmineError] = ContactError, hint: str = ""
) -> None:
    """Refuse a table that lacks a column.

    Parameters
    ----------
    frame : DataFrame
        Of pandas or Spark.
    names : iterable of str
        Columns that must be there.
    where : str
        What the table is, or which argument or file it came from.
    error : type of VocmineError
        Raised where one is missing.
    hint : str
        What to do then.

    Raises
    ------
    VocmineError
        The `error`, if it is no table or a column is missing.

    Examples
    --------
    >>> require_columns(pd.DataFrame({"text": ["a"]}), ["contact_id", "text"], "contacts")
    Traceback (most recent call last):
    vocmine.errors.ContactError: columns are missing: contact_id; where: contacts; got: text; expected: contact_id, text
    """
    needed = tuple(names)
    if not hasattr(frame, "columns"):
        raise error("a table is expected", where=where, got=type(frame).__name__, expected="a pandas DataFrame")
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        got = ", ".join(map(str, frame.columns))[:400] or "no columns"
        what = f"columns are missing: {', '.join(missing)}"
        raise error(what, where=where, got=got, expected=", ".join(needed), hint=hint or None)


def rows_of_kind(tags: pd.DataFrame, kind: str = "reason") -> pd.DataFrame:
    """Give the tags of one kind; a frame without `kind` has one kind only, and is given whole.

    Examples
    --------
    >>> rows_of_kind(pd.DataFrame({"kind": ["reason", "signal"], "label": ["a", "churn"]}))["label"].tolist()
    ['a']
    """
    return tags[tags["kind"].astype(str) == kind] if "kind" in tags.columns else tags


def main_rows(tags: pd.DataFrame, kind: str = "reason") -> pd.DataFrame:
    """Give the main tag of each contact: the one with the highest score, of equals the first in the alphabet.

    Parameters
    ----------
    tags : DataFrame
        ``contact_id, label`` and where they are known ``kind`` and ``score``; a missing score comes last.
    kind : str
        Of the tags.

    Returns
    -------
    DataFrame
        One row a contact, the surest first, with the columns and the index of `tags`.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["b", "a", "a"], "label": ["x", "y", "x"], "score": [0.4, 0.9, 0.9]})
    >>> main_rows(tags)[["contact_id", "label"]].values.tolist()
    [['a', 'x'], ['b', 'x']]
    """
    rows = rows_of_kind(tags, kind)
    keys = [name for name in ("score", "label") if name in rows.columns]
    best_first = rows.sort_values(keys, ascending=[name != "score" for name in keys], kind="stable")
    return best_first.drop_duplicates("contact_id")


def main_labels(tags: pd.DataFrame, kind: str = "reason") -> pd.Series[Any]:
    """Give the main label of each contact (see `main_rows`) as a Series by contact_id.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a", "a"], "label": ["y", "x"], "score": [0.9, 0.8]})
    >>> main_labels(tags).to_dict()
    {'a': 'y'}
    """
    return main_rows(tags, kind).set_index("contact_id")["label"]


def main_reasons(tags: pd.DataFrame) -> pd.Series[Any]:
    """Give the main reason of each contact as a Series by contact_id.

    Examples
    --------
    >>> tags = pd.DataFrame({"contact_id": ["a"], "kind": ["reason"], "label": ["billing.refund"], "score": [0.8]})
    >>> main_reasons(tags)["a"]
    'billing.refund'
    """
    return main_labels(tags, "reason")


def markdown_table(columns: tuple[Column, ...]) -> str:
    """Write a column table as Markdown, for the README and the help of the command line.

    Examples
    --------
    >>> print(markdown_table(ANALYSED[:1]))
    | column | type | required | what it holds |
    |---|---|---|---|
    | `lang` | one of ja, en, mixed, other | yes | ja, en, mixed or other |
    """
    head = ["| column | type | required | what it holds |", "|---|---|---|---|"]
    rows = []
    for c in columns:
        kind = "one of " + ", ".join(c.allowed) if c.allowed else c.dtype
        rows.append(f"| `{c.name}` | {kind} | {'yes' if c.required else ''} | {c.en} |")
    return "\n".join(head + rows)
