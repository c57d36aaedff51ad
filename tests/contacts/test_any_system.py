"""Exports of many systems in their true shapes, made up: each read right, or refused with a sentence that helps."""

from __future__ import annotations

import gzip
import json
import math
import re
import zipfile

import pandas as pd
import pytest

from vocmine.contacts.readers import iter_chunks, join_checked
from vocmine.errors import ContactError

CASES = []


def case(name, file, body, *, rows=None, error=None, mapping=None, doubts=None, strict=False, chunk_rows=20_000, rej=None):
    """Note a case: a file, and the contacts in it (parts of their rows), or a part of the sentence that refuses it."""
    CASES.append(pytest.param(file, body, rows, error, mapping, doubts, strict, chunk_rows, rej, id=name))


def write(folder, name, body):
    path = folder / name
    if isinstance(body, bytes):
        path.write_bytes(body)
    elif isinstance(body, str):
        path.write_text(body, encoding="utf-8", newline="")
    elif body[0] == "gz":
        path.write_bytes(gzip.compress(body[1].encode()))
    elif body[0] == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for member, text in body[1].items():
                archive.writestr(member, text)
    else:
        path.mkdir()
        for member, text in body[1].items():
            (path / member).write_text(text, encoding="utf-8")
    return path


def same(wanted, got):
    if wanted is None:
        return got is None or pd.isna(got)
    if isinstance(got, pd.Timestamp):
        return got.isoformat().startswith(wanted)
    if isinstance(wanted, bool):
        return got is not pd.NA and bool(got) is wanted
    if isinstance(wanted, int | float):
        return not pd.isna(got) and math.isclose(float(got), wanted)
    return got == wanted


def as_json(x):
    return json.dumps(x, ensure_ascii=False)


case(
    "zd-explore-en",
    "explore.csv",
    '"Ticket ID","Ticket created - Timestamp","Ticket channel","Ticket subject","Ticket status","Ticket group","Assignee name","Ticket satisfaction rating","Requester ID","Full resolution time (min)","First reply time (min)"\n"901","2026-04-01T09:30:00","Web","Refund is late","Solved","Billing","Sato","Good","77","1440","12"\n"902","2026-04-02T10:00:00","Voice","Cannot log in","Open","Tech","Ito","Offered","78","",""\n',
    rows=[
        {"contact_id": "901", "created_at": "2026-04-01T00:30", "channel": "email", "text": "Refund is late", "handle_seconds": None, "csat": 5},
        {"contact_id": "902", "created_at": "2026-04-02T01:00", "channel": "call", "text": "Cannot log in", "csat": None},
    ],
)
case(
    "zd-explore-ja",
    "explore_ja.csv",
    "チケットID,チケット作成 - タイムスタンプ,チケットのチャネル,チケットの件名,チケットのステータス,チケットのグループ,チケットの満足度評価,完全解決時間 (分)\n901,2026-04-01T09:30:00,メール,返金が遅い,解決済み,請求,良い,1440\n902,2026-04-02T10:00:00,チャット,入れません,オープン,技術,未提供,\n",
    rows=[
        {"contact_id": "901", "created_at": "2026-04-01T00:30", "channel": "email", "text": "返金が遅い", "handle_seconds": None, "csat": 5},
        {"contact_id": "902", "channel": "chat", "text": "入れません", "csat": None},
    ],
)
case(
    "zd-view-en",
    "view.csv",
    '"Id","Subject","Requester","Requested","Group","Assignee","Ticket form","Ticket status"\n"11","Where is my parcel","Ann","2026-04-01 09:30","Support","Bo","Default","Open"\n',
    error="email",
)
case(
    "zd-view-en-m",
    "view.csv",
    '"Id","Subject","Requester","Requested","Group","Assignee","Ticket form","Ticket status"\n"11","Where is my parcel","Ann","2026-04-01 09:30","Support","Bo","Default","Open"\n',
    mapping={"constants": {"channel": "email"}},
    rows=[{"contact_id": "11", "created_at": "2026-04-01T00:30", "channel": "email", "text": "Where is my parcel"}],
)
case("zd-view-ja", "view.csv", "ID,件名,リクエスタ,リクエスト日時,グループ,担当者,ステータス\n11,荷物が来ない,安,2026-04-01 09:30,窓口,坊,オープン\n", error="email")


def zendesk_ticket(i, **k):
    return {
        "url": f"https://x.example/api/v2/tickets/{i}.json",
        "id": i,
        "via": {"channel": "web", "source": {}},
        "created_at": "2026-04-01T00:30:00Z",
        "updated_at": "2026-04-02T00:00:00Z",
        "subject": f"件名{i}",
        "raw_subject": f"件名{i}",
        "description": f"本文{i}です",
        "status": "solved",
        "requester_id": 500 + i,
        "submitter_id": 500 + i,
        "assignee_id": 9,
        "group_id": 3,
        "satisfaction_rating": {"score": "good"},
        "custom_fields": [],
        "tags": [],
        **k,
    }


case(
    "zd-incr-comments",
    "incremental.json",
    as_json(
        {
            "tickets": [zendesk_ticket(1), zendesk_ticket(2, via={"channel": "voice"}, status="open", satisfaction_rating={"score": "offered"})],
            "users": [{"id": 501, "role": "end-user", "name": "A"}, {"id": 9, "role": "agent", "name": "B"}],
            "groups": [{"id": 3, "name": "請求"}],
            "comments": [
                {"id": 1, "ticket_id": 1, "author_id": 501, "public": True, "body": "本文1です", "created_at": "2026-04-01T00:30:00Z"},
                {"id": 2, "ticket_id": 1, "author_id": 9, "public": False, "body": "社内: 要確認", "created_at": "2026-04-01T00:40:00Z"},
                {"id": 3, "ticket_id": 1, "author_id": 9, "public": True, "body": "返金します", "created_at": "2026-04-01T00:50:00Z"},
                {"id": 4, "ticket_id": 1, "author_id": 501, "public": True, "body": "助かります", "created_at": "2026-04-01T01:00:00Z"},
            ],
            "next_page": None,
            "count": 2,
            "end_time": 1,
            "end_of_stream": True,
        }
    ),
    rows=[
        {"contact_id": "1", "created_at": "2026-04-01T00:30", "channel": "email", "text": "件名1\n本文1です\n助かります", "agent_text": "返金します", "team": "請求", "csat": 5, "resolved": True},
        {"contact_id": "2", "channel": "call", "text": "件名2\n本文2です", "csat": None, "resolved": False},
    ],
)
case(
    "zd-ticket-events",
    "ticket_events.json",
    as_json(
        {
            "ticket_events": [
                {
                    "child_events": [{"id": 8, "via": "Web form", "event_type": "Comment", "public": False, "body": "社内メモ", "author_id": 9, "comment_present": True}],
                    "id": 7,
                    "ticket_id": 1,
                    "timestamp": 1775001600,
                    "created_at": "2026-04-01T00:00:00Z",
                    "updater_id": 9,
                    "via": "Web form",
                    "system": {},
                    "event_type": "Audit",
                }
            ],
            "next_page": None,
            "count": 1,
            "end_of_stream": True,
        }
    ),
    error="Zendesk",
)
case(
    "zd-cursor",
    "cursor.json",
    as_json({"tickets": [zendesk_ticket(5)], "after_url": "https://x", "after_cursor": "abc", "before_url": None, "before_cursor": None, "end_of_stream": True}),
    rows=[{"contact_id": "5", "text": "件名5\n本文5です", "channel": "email"}],
)
case(
    "zd-jsonl-bom",
    "export.jsonl",
    "\ufeff" + as_json(zendesk_ticket(1)) + "\r\n" + as_json(zendesk_ticket(2)) + "\r\n",
    rows=[{"contact_id": "1", "text": "件名1\n本文1です"}, {"contact_id": "2"}],
)
case("zd-gz", "export.json.gz", ("gz", as_json(zendesk_ticket(1)) + "\n" + as_json(zendesk_ticket(2)) + "\n"), rows=[{"contact_id": "1"}, {"contact_id": "2"}])
case(
    "zd-zip",
    "export.zip",
    (
        "zip",
        {
            "tickets-1.json": as_json({"tickets": [zendesk_ticket(1)], "next_page": "x", "count": 2}),
            "tickets-2.json": as_json({"tickets": [zendesk_ticket(2)], "next_page": None, "count": 2}),
        },
    ),
    rows=[{"contact_id": "1"}, {"contact_id": "2"}],
)
case(
    "zd-comments-only",
    "comments.json",
    as_json(
        {
            "comments": [
                {
                    "id": 1,
                    "type": "Comment",
                    "author_id": 501,
                    "body": "届かない",
                    "html_body": "<p>届かない</p>",
                    "plain_body": "届かない",
                    "public": True,
                    "attachments": [],
                    "audit_id": 3,
                    "via": {"channel": "web", "source": {}},
                    "created_at": "2026-04-01T00:30:00Z",
                    "metadata": {},
                },
                {
                    "id": 2,
                    "type": "Comment",
                    "author_id": 9,
                    "body": "社内: 客が怒っている",
                    "html_body": "x",
                    "plain_body": "x",
                    "public": False,
                    "attachments": [],
                    "audit_id": 4,
                    "via": {"channel": "web", "source": {}},
                    "created_at": "2026-04-01T00:40:00Z",
                    "metadata": {},
                },
            ],
            "next_page": None,
            "count": 2,
        }
    ),
    error="Zendesk",
)
case("zd-one-ticket", "ticket.json", as_json({"ticket": zendesk_ticket(8, description="<p>HTML <b>本文</b></p>")}), rows=[{"contact_id": "8", "text": "件名8\nHTML 本文"}])
case(
    "zd-audits-description-by-agent",
    "tickets.json",
    as_json({"tickets": [zendesk_ticket(9, submitter_id=9, via={"channel": "phone_call_inbound"}, description="お客様より入電。返品希望")], "next_page": None, "count": 1}),
    rows=[{"contact_id": "9", "channel": "call", "text": "件名9\nお客様より入電。返品希望"}],
)
case(
    "zd-chat-history",
    "chats.json",
    as_json(
        {
            "chats": [
                {
                    "id": "2604.1",
                    "type": "chat",
                    "timestamp": "2026-04-01T00:30:00Z",
                    "visitor": {"name": "A", "email": "a@example.com"},
                    "duration": 120,
                    "rating": "good",
                    "history": [
                        {"type": "chat.msg", "name": "Visitor 1", "msg": "返品したい", "timestamp": "2026-04-01T00:30:10Z", "sender_type": "Visitor"},
                        {"type": "chat.msg", "name": "Bo", "msg": "承ります", "timestamp": "2026-04-01T00:31:10Z", "sender_type": "Agent"},
                    ],
                }
            ],
            "count": 1,
            "next_url": None,
        }
    ),
    rows=[{"contact_id": "2604.1", "created_at": "2026-04-01T00:30:10", "channel": "chat", "text": "返品したい", "agent_text": "承ります", "csat": 5}],
)
FRESHDESK_HEADER = "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),Agent interactions,Customer interactions,Resolution status,First response status,Tags,Survey results,Association type,Product,Full name,Title,Email,Contact ID\n"
case(
    "fd-csv",
    "freshdesk.csv",
    FRESHDESK_HEADER
    + "501,Broken item,Resolved,Low,Portal,Question,Bo,Support,2026-04-01 09:30:00,2026-04-02 09:30:00,2026-04-01 12:00:00,,2026-04-01 12:00:00,2026-04-01 10:00:00,00:25,0:30:00,02:30:00,1,2,Within SLA,Within SLA,,Extremely Happy,,App,Ann,,a@example.com,88120000413\n502,Phone query,Open,Low,Phone,,Bo,Support,2026-04-01 10:30:00,2026-04-02 09:30:00,,,2026-04-01 12:00:00,,01:10,,,0,1,,,,,,App,Ben,,b@example.com,88120000413\n",
    rows=[
        {"contact_id": "501", "created_at": "2026-04-01T00:30", "channel": "email", "text": "Broken item", "handle_seconds": 1500, "csat": 5, "customer_id": "88120000413", "resolved": True},
        {"contact_id": "502", "channel": "call", "handle_seconds": 4200, "csat": None, "customer_id": "88120000413", "resolved": False},
    ],
)


def freshdesk_ticket(i, **k):
    return {
        "cc_emails": [],
        "fwd_emails": [],
        "reply_cc_emails": [],
        "fr_escalated": False,
        "spam": False,
        "email_config_id": None,
        "group_id": 5,
        "priority": 1,
        "requester_id": 70 + i,
        "responder_id": 9,
        "source": 2,
        "company_id": None,
        "status": 5,
        "subject": f"件名{i}",
        "to_emails": None,
        "product_id": None,
        "id": i,
        "type": None,
        "due_by": "2026-04-03T00:00:00Z",
        "fr_due_by": "2026-04-02T00:00:00Z",
        "is_escalated": False,
        "custom_fields": {},
        "created_at": "2026-04-01T00:30:00Z",
        "updated_at": "2026-04-01T05:00:00Z",
        **k,
    }


case(
    "fd-api-list",
    "fd.json",
    as_json([freshdesk_ticket(1), freshdesk_ticket(2, source=3, description_text="電話の内容", status=2)]),
    rows=[
        {"contact_id": "1", "channel": "email", "text": "件名1", "created_at": "2026-04-01T00:30", "resolved": True},
        {"contact_id": "2", "channel": "call", "text": "件名2\n電話の内容", "resolved": False},
    ],
)
case(
    "fd-api-conv",
    "fd1.json",
    as_json(
        freshdesk_ticket(
            3,
            description="<div>壊れた</div>",
            description_text="壊れた",
            conversations=[
                {"body": "<div>お詫び</div>", "body_text": "お詫び", "id": 1, "incoming": False, "private": False, "user_id": 9},
                {"body_text": "社内: 返金可", "id": 2, "incoming": False, "private": True, "user_id": 9},
                {"body_text": "まだですか", "id": 3, "incoming": True, "private": False, "user_id": 73},
            ],
        )
    ),
    rows=[{"contact_id": "3", "text": "件名3\n壊れた\nまだですか", "agent_text": "お詫び"}],
)
case(
    "fd-conversations-only",
    "conversations.json",
    as_json(
        [
            {
                "body": "<div>お詫び</div>",
                "body_text": "お詫び",
                "id": 1,
                "incoming": False,
                "private": False,
                "user_id": 9,
                "support_email": None,
                "source": 0,
                "category": 3,
                "to_emails": ["a@example.com"],
                "from_email": "x",
                "ticket_id": 3,
                "created_at": "2026-04-01T00:30:00Z",
                "updated_at": "2026-04-01T00:30:00Z",
                "attachments": [],
            },
            {
                "body": "<div>社内</div>",
                "body_text": "社内",
                "id": 2,
                "incoming": False,
                "private": True,
                "user_id": 9,
                "support_email": None,
                "source": 2,
                "to_emails": [],
                "ticket_id": 3,
                "created_at": "2026-04-01T00:30:00Z",
                "updated_at": "2026-04-01T00:30:00Z",
                "attachments": [],
            },
        ]
    ),
    error="Freshdesk",
)
case(
    "fd-ja",
    "fd_ja.csv",
    "チケットID,件名,ステータス,優先度,ソース,エージェント,グループ,作成日時,期限,解決時間,初回応答時間,追跡時間,アンケート結果,コンタクトID\n1,壊れた,解決済み,低,メール,坊,窓口,2026-04-01 09:30:00,2026-04-02 09:30:00,2026-04-01 10:30:00,2026-04-01 10:00:00,01:10,,77\n",
    rows=[{"contact_id": "1", "created_at": "2026-04-01T00:30", "channel": "email", "text": "壊れた", "handle_seconds": 4200, "customer_id": "77", "resolved": True}],
)
case(
    "sf-dataloader",
    "case.csv",
    '"ID","CASENUMBER","CONTACTID","ACCOUNTID","ORIGIN","SUBJECT","DESCRIPTION","STATUS","ISCLOSED","CREATEDDATE","CLOSEDDATE","OWNERID","LASTMODIFIEDDATE","SYSTEMMODSTAMP"\n"5000000000001AAA","00001026","0030000000001AAA","0010000000001AAA","Phone","Refund","It is late","Closed","true","2026-04-01T15:12:33.000Z","2026-04-02T15:12:33.000Z","0050000000001AAA","2026-04-02T15:12:33.000Z","2026-04-02T15:12:33.000Z"\n',
    rows=[
        {"contact_id": "00001026", "created_at": "2026-04-01T15:12:33", "channel": "call", "text": "Refund\nIt is late", "customer_id": "0030000000001AAA", "resolved": True, "handle_seconds": None}
    ],
)
SALESFORCE_FOOTER = '\n\n"Open cases"\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n"Confidential Information - Do Not Distribute"\n"Generated By:  Ann Lee  4/5/2026 10:00 AM"\n"Example KK"\n'
case(
    "sf-report-en",
    "report1.csv",
    '"Case Number","Contact Name","Subject","Status","Date/Time Opened","Case Origin","Age (Hours)","Case Owner"\n"00001026","Ann","Refund is late","Closed","4/13/2026 9:30 AM","Phone","24","Bo"\n"00001027","Ben","Cannot log in","New","4/2/2026 1:05 PM","Web","3","Bo"\n'
    + SALESFORCE_FOOTER,
    rows=[
        {"contact_id": "00001026", "created_at": "2026-04-13T00:30", "channel": "call", "text": "Refund is late", "handle_seconds": None, "resolved": True},
        {"contact_id": "00001027", "created_at": "2026-04-02T04:05", "channel": "email", "resolved": False},
    ],
)
case(
    "sf-report-ja",
    "report2.csv",
    '"ケース番号","取引先責任者名","件名","状況","オープン日時","ケース発生源","経過時間(時間)","ケース所有者"\n"00001026","安","返金が遅い","クローズ","2026/04/01 9:30","電話","24","坊"\n\n\n"未対応のケース"\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n"機密情報 - 無断配布禁止"\n"作成者:  安  2026/04/05 10:00"\n"Example KK"\n',
    rows=[{"contact_id": "00001026", "created_at": "2026-04-01T00:30", "channel": "call", "text": "返金が遅い", "handle_seconds": None, "resolved": True}],
)
case(
    "sf-report-ja2",
    "report3.csv",
    '"ケース番号","件名","説明","状況","作成日/時刻","ケースの発生源"\n"00001026","返金が遅い","まだ届かない","クローズ","2026/04/01 9:30","Web"\n',
    rows=[{"contact_id": "00001026", "created_at": "2026-04-01T00:30", "channel": "email", "text": "返金が遅い\nまだ届かない"}],
)
case(
    "sf-report-grouped",
    "report4.csv",
    '"Case Origin","Case Number","Subject","Date/Time Opened"\n"Phone","00001026","Refund is late","4/13/2026 9:30 AM"\n"","00001027","Cannot log in","4/14/2026 9:30 AM"\n"Subtotal","2","",""\n"Web","00001028","Broken","4/15/2026 9:30 AM"\n',
    rows=[{"contact_id": "00001026", "channel": "call"}, {"contact_id": "00001028", "channel": "email"}],
    rej="unknown_channel total_row",
)
case(
    "sf-rest",
    "sf.json",
    as_json(
        {
            "totalSize": 2,
            "done": True,
            "records": [
                {
                    "attributes": {"type": "Case", "url": "/services/data/v60.0/sobjects/Case/500A"},
                    "Id": "500A",
                    "CaseNumber": "00001026",
                    "Subject": "返金",
                    "Description": "遅い",
                    "Origin": "Email",
                    "Status": "New",
                    "CreatedDate": "2026-04-01T00:30:00.000+0000",
                    "ContactId": "003A",
                }
            ],
        }
    ),
    rows=[{"contact_id": "00001026", "created_at": "2026-04-01T00:30", "channel": "email", "text": "返金\n遅い", "customer_id": "003A", "resolved": False}],
)
case(
    "sf-emailmessage",
    "emailmessage.csv",
    '"ID","PARENTID","SUBJECT","TEXTBODY","HTMLBODY","FROMADDRESS","TOADDRESS","INCOMING","STATUS","MESSAGEDATE","CREATEDDATE"\n"02s1","500A","Refund","It is late","","a@example.com","help@example.com","true","0","2026-04-01T00:30:00.000Z","2026-04-01T00:30:01.000Z"\n"02s2","500A","Re: Refund","We are sorry","","help@example.com","a@example.com","false","3","2026-04-01T01:30:00.000Z","2026-04-01T01:30:01.000Z"\n',
    rows=[{"contact_id": "500A", "channel": "email", "text": "It is late"}],
)
case(
    "sf-casecomment",
    "casecomment.csv",
    '"ID","PARENTID","ISPUBLISHED","COMMENTBODY","CREATEDBYID","CREATEDDATE"\n"00a1","500A","false","internal: angry","005A","2026-04-01T00:30:00.000Z"\n',
    error="Salesforce",
)
HUBSPOT_HEADER = '"Ticket ID","Ticket name","Pipeline","Ticket status","Create date","Priority","Ticket owner","Source","Ticket description","Close date","Time to close (HH:mm:ss)","Associated Contact IDs"\n'
case(
    "hs-csv",
    "hubspot.csv",
    HUBSPOT_HEADER
    + '"55001","Refund","Support Pipeline","Closed","2026-04-01 09:30","LOW","Bo","Email","<p>It is late</p>","2026-04-02 09:30","24:00:00","301"\n"55002","Call","Support Pipeline","New","2026-04-01 10:30","LOW","Bo","Phone","Login fails","","",""\n',
    rows=[
        {"contact_id": "55001", "created_at": "2026-04-01T00:30", "channel": "email", "text": "Refund\nIt is late", "customer_id": "301", "resolved": True, "handle_seconds": None},
        {"contact_id": "55002", "channel": "call", "resolved": False},
    ],
)
case(
    "hs-csv-ja",
    "hubspot_ja.csv",
    "レコードID,チケット名,パイプライン,チケットステータス,作成日,優先度,チケット担当者,ソース,チケットの説明,クローズ日\n55001,返金,サポート,クローズ済み,2026-04-01 09:30,低,坊,チャット,遅いです,2026-04-02 09:30\n",
    rows=[{"contact_id": "55001", "created_at": "2026-04-01T00:30", "channel": "chat", "text": "返金\n遅いです", "resolved": True}],
)
case(
    "hs-csv-nosource",
    "hubspot2.csv",
    '"Ticket ID","Ticket name","Pipeline","Ticket status","Create date","Ticket owner"\n"55001","Refund","Support","Closed","2026-04-01 09:30","Bo"\n',
    error="channel: email",
)
case(
    "hs-api",
    "hubspot.json",
    as_json(
        {
            "results": [
                {
                    "id": "55001",
                    "properties": {
                        "content": "<p>遅い</p>",
                        "createdate": "2026-04-01T00:30:00Z",
                        "hs_object_id": "55001",
                        "hs_pipeline": "0",
                        "hs_pipeline_stage": "4",
                        "hs_ticket_priority": "LOW",
                        "subject": "返金",
                        "source_type": "CHAT",
                        "closed_date": None,
                    },
                    "createdAt": "2026-04-01T00:30:00Z",
                    "updatedAt": "2026-04-01T00:31:00Z",
                    "archived": False,
                }
            ],
            "paging": {"next": {"after": "1", "link": "x"}},
        }
    ),
    rows=[{"contact_id": "55001", "created_at": "2026-04-01T00:30", "channel": "chat", "text": "返金\n遅い", "resolved": False}],
)


def hubspot_message(i, th, d, t, at):
    return {
        "id": f"m{i}",
        "conversationsThreadId": th,
        "createdAt": at,
        "updatedAt": at,
        "createdBy": "V-1",
        "client": {"clientType": "SYSTEM"},
        "senders": [{"actorId": "V-1" if d == "INCOMING" else "A-9"}],
        "recipients": [],
        "archived": False,
        "text": t,
        "richText": t,
        "attachments": [],
        "truncationStatus": "NOT_TRUNCATED",
        "status": {"statusType": "SENT"},
        "direction": d,
        "channelId": "1000",
        "channelAccountId": "1",
        "type": "MESSAGE",
    }


THREADS = [
    hubspot_message(1, "900", "INCOMING", "返品したい", "2026-04-01T00:30:00Z"),
    hubspot_message(2, "901", "INCOMING", "別件です", "2026-04-01T00:31:00Z"),
    hubspot_message(3, "900", "OUTGOING", "承ります", "2026-04-01T00:32:00Z"),
    {**hubspot_message(4, "900", "OUTGOING", "社内メモ", "2026-04-01T00:33:00Z"), "type": "COMMENT"},
    hubspot_message(5, "900", "INCOMING", "お願いします", "2026-04-01T00:34:00Z"),
]
THREAD_ROWS = [
    {"contact_id": "900", "created_at": "2026-04-01T00:30", "channel": "chat", "text": "返品したい\nお願いします", "agent_text": "承ります", "handle_seconds": None},
    {"contact_id": "901", "text": "別件です"},
]
case("hs-messages", "messages.json", as_json({"results": THREADS}), rows=THREAD_ROWS)
case("hs-messages-jsonl", "messages.jsonl", "\n".join(map(as_json, THREADS)), rows=THREAD_ROWS, chunk_rows=2)


def intercom(i, **k):
    return {
        "type": "conversation",
        "id": i,
        "created_at": 1775001600,
        "updated_at": 1775005200,
        "waiting_since": None,
        "source": {
            "type": "conversation",
            "id": "s",
            "delivered_as": "customer_initiated",
            "subject": "",
            "body": "<p>返品したい</p>",
            "author": {"type": "user", "id": "u1", "name": "A"},
        },
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "u1"}]},
        "admin_assignee_id": 9,
        "state": "closed",
        "open": False,
        "statistics": {"time_to_admin_reply": 120, "handling_time": 9000},
        "conversation_rating": {"rating": 4},
        **k,
    }


case(
    "ic-list",
    "intercom.json",
    as_json({"type": "conversation.list", "pages": {"type": "pages", "page": 1}, "total_count": 1, "conversations": [intercom("1")]}),
    rows=[{"contact_id": "1", "created_at": "2026-04-01T00:00", "channel": "chat", "text": "返品したい", "wait_seconds": 120, "csat": 4, "handle_seconds": None, "customer_id": "u1", "resolved": True}],
)
case(
    "ic-one",
    "conv.json",
    as_json(
        intercom(
            "2",
            conversation_parts={
                "type": "conversation_part.list",
                "conversation_parts": [
                    {"type": "conversation_part", "part_type": "comment", "body": "<p>承ります</p>", "created_at": 1775001700, "author": {"type": "admin", "id": "9"}},
                    {"type": "conversation_part", "part_type": "note", "body": "<p>社内: 要注意</p>", "created_at": 1775001750, "author": {"type": "admin", "id": "9"}},
                    {"type": "conversation_part", "part_type": "assignment", "body": None, "created_at": 1775001760, "author": {"type": "admin", "id": "9"}},
                    {"type": "conversation_part", "part_type": "comment", "body": "<p>早く</p>", "created_at": 1775001800, "author": {"type": "user", "id": "u1"}},
                ],
                "total_count": 4,
            },
        )
    ),
    rows=[{"contact_id": "2", "text": "返品したい\n早く", "agent_text": "承ります"}],
)
case(
    "ic-admin-initiated",
    "conv3.json",
    as_json(
        intercom(
            "3",
            source={
                "type": "email",
                "id": "s",
                "delivered_as": "admin_initiated",
                "subject": "<p>ご案内</p>",
                "body": "<p>キャンペーンです</p>",
                "author": {"type": "admin", "id": "9"},
            },
        )
    ),
    rows=[],
    rej="empty_text",
)


def contact_lens(**k):
    return {
        "AccountId": "1",
        "Channel": "VOICE",
        "ContentMetadata": {"Output": "Raw"},
        "JobStatus": "COMPLETED",
        "LanguageCode": "ja-JP",
        "Participants": [{"ParticipantId": "CUSTOMER", "ParticipantRole": "CUSTOMER"}, {"ParticipantId": "AGENT", "ParticipantRole": "AGENT"}],
        "Categories": {"MatchedCategories": [], "MatchedDetails": {}},
        "ConversationCharacteristics": {"TotalConversationDurationMillis": 32110},
        "CustomerMetadata": {"ContactId": "aaaa1111-0000-4000-8000-000000000001", "InstanceId": "i"},
        "Transcript": [
            {"BeginOffsetMillis": 0, "EndOffsetMillis": 3000, "Content": "お電話ありがとうございます", "Id": "1", "ParticipantId": "AGENT", "Sentiment": "NEUTRAL"},
            {"BeginOffsetMillis": 3500, "EndOffsetMillis": 7000, "Content": "返金がまだです", "Id": "2", "ParticipantId": "CUSTOMER", "Sentiment": "NEGATIVE"},
        ],
        "Version": "1.1.0",
        **k,
    }


LENS = {"contact_id": "aaaa1111-0000-4000-8000-000000000001", "channel": "call", "text": "返金がまだです", "handle_seconds": 32.11, "agent_text": "お電話ありがとうございます"}
case("cl-voice", "aaaa1111-0000-4000-8000-000000000001_analysis_2026-04-01T00_30_15Z.json", as_json(contact_lens()), rows=[{**LENS, "created_at": "2026-04-01T00:30:15"}])
case("cl-voice-colon", "aaaa1111-0000-4000-8000-000000000001_analysis_2026-04-01T00:30:15Z.json", as_json(contact_lens()), rows=[{**LENS, "created_at": "2026-04-01T00:30:15"}])
case(
    "cl-voice-redacted",
    "aaaa1111-0000-4000-8000-000000000001_analysis_redacted_2026-04-01T00_30_15Z.json",
    as_json(contact_lens()),
    rows=[{**LENS, "created_at": "2026-04-01T00:30:15"}],
)
case("cl-voice-utc", "aaaa1111-0000-4000-8000-000000000001_20260401T00_30_UTC.json", as_json(contact_lens()), rows=[{**LENS, "created_at": "2026-04-01T00:30"}])
case("cl-voice-utc2", "aaaa1111-0000-4000-8000-000000000001_20260401T00:30_UTC.json", as_json(contact_lens()), rows=[{**LENS, "created_at": "2026-04-01T00:30"}])
case("cl-voice-noname", "analysis.json", as_json(contact_lens()), error="created_at")
case("cl-voice-noname-m", "analysis.json", as_json(contact_lens()), mapping={"constants": {"created_at": "2026-04-01"}}, rows=[{**LENS, "created_at": "2026-03-31T15:00"}])
case(
    "cl-chat",
    "aaaa_analysis_2026-04-02T00_00_00Z.json",
    as_json(
        contact_lens(
            Channel="CHAT",
            Transcript=[
                {
                    "AbsoluteTime": "2026-04-01T00:30:00.000Z",
                    "Content": "返品したい",
                    "ContentType": "text/plain",
                    "Id": "1",
                    "ParticipantId": "c",
                    "DisplayName": "客",
                    "Type": "MESSAGE",
                },
                {"AbsoluteTime": "2026-04-01T00:31:00.000Z", "Content": "承ります", "ContentType": "text/markdown", "Id": "2", "ParticipantId": "a", "Type": "MESSAGE"},
                {
                    "AbsoluteTime": "2026-04-01T00:31:30.000Z",
                    "ContentType": "application/vnd.amazonaws.connect.event.participant.left",
                    "Id": "3",
                    "ParticipantId": "a",
                    "Type": "EVENT",
                },
            ],
            Participants=[{"ParticipantId": "c", "ParticipantRole": "CUSTOMER"}, {"ParticipantId": "a", "ParticipantRole": "AGENT"}],
        )
    ),
    rows=[{"contact_id": "aaaa1111-0000-4000-8000-000000000001", "created_at": "2026-04-01T00:30", "channel": "chat", "text": "返品したい", "agent_text": "承ります", "handle_seconds": None}],
)


def contact_record(i, ch):
    return {
        "AWSAccountId": "1",
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "Agent": {"ARN": "x", "AfterContactWorkDuration": 30, "AgentInteractionDuration": 200, "CustomerHoldDuration": 10, "Username": "bo"},
        "Attributes": {"memo": "返金の件"},
        "Channel": ch,
        "ContactId": f"c{i}",
        "DisconnectTimestamp": "2026-04-01T00:40:00Z",
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": "2026-04-01T00:30:00Z",
        "Queue": {"ARN": "q", "Duration": 12, "Name": "請求"},
        "CustomerEndpoint": {"Address": "+810000", "Type": "TELEPHONE_NUMBER"},
    }


case("ctr-lines", "ctr.json", as_json(contact_record(1, "VOICE")) + "\n" + as_json(contact_record(2, "CHAT")) + "\n", error="Attributes")
case(
    "ctr-cat",
    "ctr.json",
    as_json(contact_record(1, "VOICE")) + as_json(contact_record(2, "CHAT")),
    mapping={"Attributes.memo": "text"},
    rows=[
        {"contact_id": "c1", "created_at": "2026-04-01T00:30", "channel": "call", "text": "返金の件", "wait_seconds": 12, "handle_seconds": 240},
        {"contact_id": "c2", "channel": "chat", "handle_seconds": None},
    ],
)
case(
    "ctr-jsonl",
    "ctr.jsonl",
    as_json(contact_record(1, "VOICE")) + "\n" + as_json(contact_record(2, "CHAT")) + "\n",
    mapping={"Attributes.memo": "text"},
    rows=[{"contact_id": "c1", "handle_seconds": 240}, {"contact_id": "c2", "handle_seconds": None}],
)
case(
    "connect-search-csv",
    "contacts.csv",
    'Contact ID,Channel,Initiation timestamp,System phone number,Queue,Agent,Customer phone number,Disconnect timestamp,Contact duration\nc1,Voice,"Apr 1, 2026, 9:30:15 AM",+8101,Billing,bo,+8102,"Apr 1, 2026, 9:35:15 AM",00:05:00\n',
    error="contact search",
)
case(
    "gen-transcript",
    "gen.json",
    as_json(
        {
            "conversationId": "g1",
            "communicationId": "x",
            "mediaType": "call",
            "conversationStartTime": 1775001600000,
            "startTime": 1775001600000,
            "duration": {"milliseconds": 60000},
            "participants": [{"participantPurpose": "external"}, {"participantPurpose": "internal"}],
            "transcripts": [
                {
                    "transcriptId": "t",
                    "language": "ja-jp",
                    "phrases": [
                        {"text": "はい窓口です", "participantPurpose": "internal", "startTimeMs": 1775001600000, "duration": {"milliseconds": 900}},
                        {"text": "返金がまだです", "participantPurpose": "external", "startTimeMs": 1775001603000, "duration": {"milliseconds": 900}},
                    ],
                }
            ],
        }
    ),
    rows=[{"contact_id": "g1", "created_at": "2026-04-01T00:00", "channel": "call", "text": "返金がまだです", "agent_text": "はい窓口です"}],
)
case(
    "gen-details",
    "details.json",
    as_json(
        {
            "conversations": [
                {
                    "conversationId": "g2",
                    "conversationStart": "2026-04-01T00:30:00.000Z",
                    "conversationEnd": "2026-04-01T00:40:00.000Z",
                    "originatingDirection": "inbound",
                    "participants": [
                        {"purpose": "customer", "participantId": "p1", "sessions": [{"mediaType": "voice", "metrics": [{"name": "nConnected", "value": 1}], "segments": []}]},
                        {
                            "purpose": "agent",
                            "userId": "u9",
                            "participantId": "p2",
                            "sessions": [
                                {
                                    "mediaType": "voice",
                                    "metrics": [{"name": "tHandle", "value": 300000}, {"name": "tAcw", "value": 30000}],
                                    "segments": [{"wrapUpNote": "返金の件"}],
                                }
                            ],
                        },
                    ],
                }
            ],
            "totalHits": 1,
        }
    ),
    rows=[{"contact_id": "g2", "created_at": "2026-04-01T00:30", "channel": "call", "text": "返金の件", "handle_seconds": 300}],
)
case(
    "gen-csv",
    "interactions.csv",
    '"Full Export Completed","Partial Result Timestamp","Users","Remote","Date","Duration","Direction","ANI","DNIS","Queue","Wrap-up","Wrap-up Notes","Media Type","Total Handle","Total ACW","Conversation ID"\n"YES","","Bo","+81","4/13/26 9:30 AM","300000","Inbound","tel:1","tel:2","Billing","Refund","Refund is late, angry","voice","280000","20000","g3"\n',
    rows=[{"contact_id": "g3", "created_at": "2026-04-13T00:30", "channel": "call", "text": "Refund is late, angry", "handle_seconds": 280}],
)
case(
    "line-ios-ja",
    "[LINE] 山田とのトーク.txt",
    '[LINE] 山田とのトーク履歴\n保存日時:2026/04/05 10:00\n\n2026/04/01(水)\n9:30\t山田\t届きません\n9:31\tサポート\t確認します\n9:32\t山田\t[スタンプ]\n9:33\t山田\t"注文は\n先週です"\n9:34\t\t山田がメッセージの送信を取り消しました\n',
    rows=[{"channel": "chat", "created_at": "2026-04-01T00:30", "text": "届きません\n注文は\n先週です", "agent_text": "確認します"}],
)
case(
    "line-android-ja",
    "talk.txt",
    "[LINE] 山田とのトーク履歴\n保存日時：2026/04/05 10:00\n\n2026/4/1(水)\n09:30\t山田\t届きません\n09:31\tショップ\t確認します\n09:32\t山田\t[アルバム] 作成\n09:33\t山田\t☎ 通話時間 1:23\n",
    rows=[{"channel": "chat", "created_at": "2026-04-01T00:30", "text": "届きません", "agent_text": "確認します"}],
)
case(
    "line-pc-ja",
    "[LINE]山田.txt",
    "[LINE] 山田とのトーク履歴\n保存日時：2026/04/05 10:00\n\n2026.04.01 水曜日\n09:30 山田 届きません\n09:31 サポート 確認します\n09:32 山田 スタンプ\n",
    rows=[{"channel": "chat", "created_at": "2026-04-01T00:30", "agent_text": "確認します"}],
)
case(
    "line-ios-en",
    "[LINE] Chat with Ann.txt",
    "[LINE] Chat history with Ann\nSaved on: 4/5/2026, 10:00\n\nWed, 4/1/2026\n9:30 AM\tAnn\tIt has not arrived\n9:31 AM\tShop Support\tWe will check\n9:32 AM\tAnn\t[Sticker]\n1:05 PM\tAnn\tStill waiting\n9:34 PM\t\tAnn unsent a message.\n",
    rows=[{"channel": "chat", "created_at": "2026-04-01T00:30", "text": "It has not arrived\nStill waiting", "agent_text": "We will check"}],
)
case(
    "line-group",
    "[LINE] group.txt",
    "[LINE] 相談グループのグループトーク\n保存日時：2026/04/05 10:00\n\n2026/04/01(水)\n09:30\t山田\t届きません\n09:31\t佐藤\t確認します\n09:32\t\t鈴木が参加しました\n",
    doubts="unknown_speaker",
    rows=[],
    rej="empty_text",
)
case(
    "line-group-m",
    "[LINE] group.txt",
    "[LINE] 相談グループのグループトーク\n保存日時：2026/04/05 10:00\n\n2026/04/01(水)\n09:30\t山田\t届きません\n09:31\t佐藤\t確認します\n09:32\t\t鈴木が参加しました\n",
    mapping={"speakers": {"佐藤": "agent", "*": "customer"}},
    rows=[{"text": "届きません", "agent_text": "確認します"}],
)
case(
    "line-oa",
    "chat_U1.csv",
    "\ufeffアカウント名,ショップ\nタイムゾーン,+09:00\nダウンロード日時,2026/04/05 10:00\n送信者タイプ,送信者名,送信日,送信時刻,内容\nUser,山田,2026/04/01,09:30:00,届きません\nAccount,ショップ,2026/04/01,09:31:00,確認します\nAccount,応答メッセージ,2026/04/01,09:31:10,営業時間外です\nUser,山田,2026/04/01,09:32:00,[スタンプ]\n",
    rows=[{"channel": "chat", "created_at": "2026-04-01T00:30", "text": "届きません"}],
)
case(
    "lineworks",
    "talk.csv",
    "日時,送信者,受信者,チャンネルID,トーク\n2026-04-01 09:30:00,山田(yamada@example.com),佐藤(sato@example.com),101,届きません\n2026-04-01 09:31:00,佐藤(sato@example.com),山田(yamada@example.com),101,確認します\n",
    mapping={"speakers": {"佐藤(sato@example.com)": "agent", "*": "customer"}},
    rows=[{"contact_id": "101", "channel": "chat", "text": "届きません", "agent_text": "確認します", "created_at": "2026-04-01T00:30"}],
)


def slack(ts, t, **k):
    return {"client_msg_id": f"id-{ts}", "type": "message", "text": t, "user": "U01", "ts": ts, "team": "T1", **k}


SLACK_DAY = [
    slack("1775001600.000100", "返金が&amp;遅い <https://ex.example|ここ> :smile:"),
    {"type": "message", "subtype": "channel_join", "user": "U01", "text": "<@U01> has joined the channel", "ts": "1775001500.000100"},
    slack("1775001700.000200", "直った?", edited={"user": "U01", "ts": "1775001800.0"}, thread_ts="1775001600.000100"),
]
SLACK_NEXT_DAY = [
    slack("1775088000.000100", "翌日の件"),
    {"type": "message", "subtype": "bot_message", "text": "<!here> 通知", "bot_id": "B1", "username": "hook", "ts": "1775088100.000100"},
    {"type": "message", "text": "", "files": [{"id": "F1", "name": "a.png"}], "upload": True, "user": "U02", "ts": "1775088200.000100"},
]
SLACK_ROWS = [
    {"created_at": "2026-04-01T00:00", "channel": "chat", "text": "返金が&遅い ここ :smile:"},
    {"channel": "chat", "text": "直った?"},
    {"created_at": "2026-04-02T00:00", "text": "翌日の件"},
    {"channel": "bot", "text": "@here 通知"},
]
case("slack-folder", "support", ("dir", {"2026-04-01.json": as_json(SLACK_DAY), "2026-04-02.json": as_json(SLACK_NEXT_DAY)}), rows=SLACK_ROWS, strict=True)
case(
    "slack-zip",
    "slack_export.zip",
    (
        "zip",
        {
            "users.json": as_json([{"id": "U01", "team_id": "T1", "name": "ann", "deleted": False, "profile": {"real_name": "Ann"}, "is_bot": False, "updated": 1775001600}]),
            "channels.json": as_json(
                [
                    {
                        "id": "C1",
                        "name": "support",
                        "created": 1775000000,
                        "creator": "U01",
                        "is_archived": False,
                        "members": ["U01"],
                        "topic": {"value": ""},
                        "purpose": {"value": ""},
                    }
                ]
            ),
            "integration_logs.json": "[]",
            "support/2026-04-01.json": as_json(SLACK_DAY),
            "support/2026-04-02.json": as_json(SLACK_NEXT_DAY),
        },
    ),
    rows=SLACK_ROWS,
    strict=True,
)
case(
    "slack-api",
    "history.json",
    as_json({"ok": True, "messages": SLACK_DAY, "has_more": False, "pin_count": 0, "response_metadata": {"next_cursor": ""}}),
    rows=SLACK_ROWS[:2],
    strict=True,
)
case("slack-only-joins", "2026-04-03.json", as_json([SLACK_DAY[1]]), rows=[])
case(
    "gf-ja",
    "回答.csv",
    'タイムスタンプ,メールアドレス,1. 満足度を5段階でお選びください,2. ご利用のサービス（複数選択可）,3. ご意見・ご要望をご記入ください\n2026/04/01 9:30:15 午前 GMT+9,a@example.com,4,"アプリ;電話",待ち時間が長かったです\n2026/04/01 12:05:00 午後 GMT+9,b@example.com,5,アプリ,\n',
    error="text",
)
case(
    "gf-ja-m",
    "回答.csv",
    'タイムスタンプ,メールアドレス,1. 満足度を5段階でお選びください,2. ご利用のサービス（複数選択可）,3. ご意見・ご要望をご記入ください\n2026/04/01 9:30:15 午前 GMT+9,a@example.com,4,"アプリ;電話",待ち時間が長かったです\n2026/04/01 12:05:00 午後 GMT+9,b@example.com,5,アプリ,\n',
    mapping={"3. ご意見・ご要望をご記入ください": "text", "1. 満足度を5段階でお選びください": "csat"},
    rows=[{"created_at": "2026-04-01T00:30:15", "channel": "survey", "csat": 4, "text": "待ち時間が長かったです", "customer_id": "a@example.com"}],
    rej="empty_text",
)
case(
    "gf-en",
    "responses.csv",
    'Timestamp,Email Address,"How satisfied are you (1-10)?",What could we do better?\n4/13/2026 9:30:15,a@example.com,10,Answer faster please\n',
    mapping={"What could we do better?": "text", "How satisfied are you (1-10)?": "csat"},
    rows=[{"created_at": "2026-04-13T00:30:15", "channel": "survey", "csat": 5, "text": "Answer faster please"}],
)
PLAY_HEADER = "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link\n"
case(
    "gp-utf16",
    "reviews_x_202604.csv",
    (
        PLAY_HEADER
        + "jp.example,1,1.0,ja,pixel,2026-04-01T22:15:33Z,1775081733000,2026-04-01T22:15:33Z,1775081733000,1,だめ,落ちる,,,申し訳ありません,https://play.example/r?id=1\n"
    ).encode("utf-16"),
    rows=[
        {"contact_id": "https://play.example/r?id=1", "created_at": "2026-04-01T22:15:33", "channel": "social", "csat": 1, "text": "だめ\n落ちる", "agent_text": "申し訳ありません", "lang": "ja"}
    ],
)
case(
    "as-api",
    "reviews.json",
    as_json(
        {
            "data": [
                {
                    "type": "customerReviews",
                    "id": "r1",
                    "attributes": {"rating": 2, "title": "だめ", "body": "落ちる", "reviewerNickname": "n", "createdDate": "2026-04-01T09:30:00-07:00", "territory": "JPN"},
                    "relationships": {"response": {}},
                }
            ],
            "links": {"self": "x"},
            "meta": {"paging": {"total": 1}},
        }
    ),
    rows=[{"contact_id": "r1", "created_at": "2026-04-01T16:30", "channel": "social", "csat": 2, "text": "だめ\n落ちる"}],
)
case(
    "as-rss",
    "customerreviews.json",
    as_json(
        {
            "feed": {
                "author": {"name": {"label": "iTunes Store"}},
                "entry": [
                    {
                        "author": {"name": {"label": "n"}},
                        "updated": {"label": "2026-04-01T09:30:00-07:00"},
                        "im:rating": {"label": "5"},
                        "im:version": {"label": "2.0"},
                        "id": {"label": "77"},
                        "title": {"label": "Good"},
                        "content": {"label": "Works", "attributes": {"type": "text"}},
                    }
                ],
            }
        }
    ),
    rows=[{"contact_id": "77", "created_at": "2026-04-01T16:30", "csat": 5, "text": "Good\nWorks", "product_version": "2.0"}],
)
case(
    "x-archive",
    "tweets.js",
    "window.YTD.tweets.part0 = "
    + as_json(
        [
            {"tweet": {"id_str": "11", "created_at": "Wed Apr 01 09:15:00 +0000 2026", "full_text": "値上げ &amp; 不満", "lang": "ja"}},
            {"tweet": {"id_str": "12", "created_at": "Wed Apr 01 10:15:00 +0000 2026", "full_text": "RT @a: だめ", "lang": "ja"}},
        ]
    ),
    rows=[{"contact_id": "11", "created_at": "2026-04-01T09:15", "channel": "social", "text": "値上げ & 不満"}],
    strict=True,
)
case(
    "vtt-teams",
    "call_20260401_0930.vtt",
    "WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.500\n<v オペレーター 佐藤>お電話ありがとうございます</v>\n\n2\n00:00:02.500 --> 00:00:05.000\n<v お客様>返金がまだ\n届きません</v>\n",
    rows=[{"contact_id": "call_20260401_0930", "created_at": "2026-04-01T00:30", "channel": "call", "text": "返金がまだ届きません", "agent_text": "お電話ありがとうございます"}],
)
case(
    "vtt-zoom",
    "GMT20260401-003000_Recording.transcript.vtt",
    "WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.000\nSupport Desk: Hello, how can I help?\n\n2\n00:00:02.000 --> 00:00:05.000\nAnn Lee: My refund is late.\n\n3\n00:00:05.500 --> 00:00:07.000\nAnn Lee: Three weeks now.\n",
    rows=[{"created_at": "2026-04-01T00:30", "channel": "call", "text": "My refund is late. Three weeks now.", "agent_text": "Hello, how can I help?"}],
)
ROLLING = "WEBVTT\nKind: captions\nLanguage: ja\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n返金が<00:00:00.500><c>まだ</c><00:00:01.000><c>です</c>\n\n00:00:02.000 --> 00:00:02.010 align:start position:0%\n返金がまだです\n \n\n00:00:02.010 --> 00:00:04.000 align:start position:0%\n返金がまだです\nいつ<00:00:03.000><c>届きますか</c>\n\n00:00:04.000 --> 00:00:04.010 align:start position:0%\nいつ届きますか\n \n"
case("vtt-youtube", "talk 2026-04-01.vtt", ROLLING, mapping={"speakers": {"*": "customer"}}, rows=[{"channel": "call", "text": "返金がまだですいつ届きますか"}])
case("vtt-youtube-nospk", "talk 2026-04-01.vtt", ROLLING, rows=[], rej="empty_text", doubts="unknown_speaker")
case(
    "srt-label",
    "call-2026-04-01T09-30.srt",
    "1\n00:00:00,000 --> 00:00:02,000\n[Agent]: Hello\n\n2\n00:00:02,000 --> 00:00:05,000\n[Customer]: It broke\n\n3\n00:00:05,000 --> 00:00:06,000\nyesterday\n",
    rows=[{"created_at": "2026-04-01T00:30", "text": "It broke yesterday", "agent_text": "Hello"}],
)
case(
    "vtt-folder",
    "calls",
    (
        "dir",
        {
            "call_20260401_0930.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>はい\n\n00:02.000 --> 00:04.000\n<v Customer>解約したい\n",
            "call_20260402_1000.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>はい\n\n00:02.000 --> 00:04.000\n<v Customer>変更したい\n",
        },
    ),
    rows=[{"contact_id": "call_20260401_0930", "text": "解約したい", "created_at": "2026-04-01T00:30"}, {"contact_id": "call_20260402_1000", "text": "変更したい"}],
    strict=True,
)
case(
    "vtt-teams-ids",
    "meeting 2026-04-01.vtt",
    "WEBVTT\n\n0f3a-1/12-0\n00:00:00.000 --> 00:00:02.500\n<v Sato Hanako>Hello</v>\n\n0f3a-1/13-0\n00:00:02.500 --> 00:00:05.000\n<v Ann Lee>It broke</v>\n",
    rows=[],
    rej="empty_text",
    doubts="unknown_speaker",
)
case(
    "wh-plain",
    "call_20260401_0930.json",
    as_json(
        {
            "text": " Hello my refund",
            "segments": [
                {
                    "id": 0,
                    "seek": 0,
                    "start": 0.0,
                    "end": 2.0,
                    "text": " Hello",
                    "tokens": [1],
                    "temperature": 0.0,
                    "avg_logprob": -0.2,
                    "compression_ratio": 1.0,
                    "no_speech_prob": 0.01,
                }
            ],
            "language": "en",
        }
    ),
    rows=[],
    rej="empty_text",
    doubts="unknown_speaker",
)
case(
    "wh-x",
    "call_20260401_0930.json",
    as_json(
        {
            "segments": [
                {"start": 0.0, "end": 2.0, "text": " はい窓口です", "words": [], "speaker": "SPEAKER_00"},
                {"start": 2.0, "end": 4.0, "text": "返金が", "speaker": "SPEAKER_01"},
                {"start": 4.0, "end": 6.0, "text": "まだです", "speaker": "SPEAKER_01"},
            ],
            "word_segments": [],
            "language": "ja",
        }
    ),
    mapping={"speakers": {"SPEAKER_00": "agent", "SPEAKER_01": "customer"}},
    rows=[{"created_at": "2026-04-01T00:30", "channel": "call", "lang": "ja", "text": "返金がまだです", "agent_text": "はい窓口です"}],
)
case(
    "wh-cpp",
    "call_20260401_0930.json",
    as_json(
        {
            "systeminfo": "x",
            "model": {"type": "base"},
            "params": {},
            "result": {"language": "ja"},
            "transcription": [{"timestamps": {"from": "00:00:00,000", "to": "00:00:02,000"}, "offsets": {"from": 0, "to": 2000}, "text": "返金がまだです"}],
        }
    ),
    mapping={"speakers": {"*": "customer"}},
    rows=[{"text": "返金がまだです", "lang": "ja", "created_at": "2026-04-01T00:30"}],
)
case("wh-tsv", "call_20260401_0930.tsv", "start\tend\ttext\n0\t2000\tHello\n2000\t4000\tIt broke\n", error="Whisper")
case(
    "aws-transcribe",
    "call_20260401_0930.json",
    as_json(
        {
            "jobName": "j",
            "accountId": "1",
            "status": "COMPLETED",
            "results": {
                "transcripts": [{"transcript": "はい窓口です。返金がまだです。"}],
                "speaker_labels": {"channel_label": "ch_0", "speakers": 2, "segments": [{"start_time": "0.0", "end_time": "2.0", "speaker_label": "spk_0", "items": []}]},
                "items": [{"type": "pronunciation", "alternatives": [{"confidence": "0.9", "content": "はい"}], "start_time": "0.0", "end_time": "1.0", "speaker_label": "spk_0"}],
            },
        }
    ),
    error="Amazon Transcribe",
)
case(
    "deepgram",
    "dg.json",
    as_json(
        {
            "metadata": {"request_id": "r", "created": "2026-04-01T00:30:00Z", "duration": 10.0, "channels": 1},
            "results": {"channels": [{"alternatives": [{"transcript": "hello it broke", "confidence": 0.9, "words": []}]}]},
        }
    ),
    error="Deepgram",
)
case(
    "bot-csv",
    "bot.csv",
    "session_id,timestamp,user_message,bot_response\ns1,2026-04-01 09:30:00,返品したい,注文番号は?\ns1,2026-04-01 09:31:00,123です,承りました\n",
    error="channel: bot",
)


def dialogflow(i, q, r):
    return {
        "project_id": "p",
        "session_id": "s1",
        "request_time": f"2026-04-01 00:3{i}:00 UTC",
        "language_code": "ja",
        "request": {"queryInput": {"text": {"text": q}, "languageCode": "ja"}},
        "response": {"queryResult": {"responseMessages": [{"text": {"text": [r]}}]}},
    }


case("dialogflow", "df.jsonl", as_json(dialogflow(0, "返品したい", "注文番号は?")) + "\n" + as_json(dialogflow(1, "123です", "承りました")) + "\n", error="channel: bot")
CHATS = [
    {
        "id": "c1",
        "created_at": "2026-04-01T00:30:00Z",
        "messages": [
            {"role": "system", "content": "You are a bot"},
            {"role": "user", "content": "返品したい"},
            {"role": "assistant", "content": "承ります"},
            {"role": "user", "content": "早く"},
        ],
    },
    {"id": "c2", "created_at": "2026-04-01T00:40:00Z", "messages": [{"role": "user", "content": "解約"}]},
]
case(
    "chat-messages",
    "chats.json",
    as_json(CHATS),
    rows=[{"contact_id": "c1", "created_at": "2026-04-01T00:30", "channel": "bot", "text": "返品したい\n早く", "agent_text": "承ります"}, {"contact_id": "c2", "text": "解約"}],
)
case(
    "chat-messages-jsonl",
    "chats.jsonl",
    "\n".join(map(as_json, CHATS)),
    rows=[{"contact_id": "c1", "created_at": "2026-04-01T00:30", "channel": "bot", "text": "返品したい\n早く", "agent_text": "承ります"}, {"contact_id": "c2", "text": "解約"}],
)
case(
    "chat-messages-mapped",
    "chats.json",
    as_json(CHATS),
    mapping={"columns": {"messages.content": "text"}, "constants": {"channel": "chat"}},
    error="no record has messages.content",
)
case(
    "turns-en",
    "chat.csv",
    "conversation_id,timestamp,speaker,message\nc1,2026-04-01T00:30:00Z,Customer,It broke\nc1,2026-04-01T00:31:00Z,Agent,Sorry\nc1,2026-04-01T00:31:30Z,Customer,When is it fixed?\n",
    rows=[{"contact_id": "c1", "created_at": "2026-04-01T00:30", "channel": "chat", "text": "It broke\nWhen is it fixed?", "agent_text": "Sorry", "handle_seconds": 90}],
)
case(
    "cell-en",
    "transcripts.csv",
    'id,date,channel,transcript\n1,2026-04-01 09:30,call,"Agent: Hello, how can I help?\nCustomer: My refund is late\nAgent: Sorry"\n2,2026-04-01 10:30,call,"Agent: Hello\nCustomer: It broke"\n',
    rows=[{"contact_id": "1", "text": "My refund is late"}, {"contact_id": "2", "text": "It broke"}],
)
case(
    "cell-ja",
    "通話.csv",
    '通話ID,着信日時,チャネル,通話内容テキスト\n1,2026/04/01 09:30,電話,"オペレーター：はい窓口です\nお客様：返金がまだです"\n2,2026/04/01 10:30,電話,"オペレーター：はい窓口です\nお客様：壊れました"\n',
    mapping={"通話内容テキスト": "text"},
    rows=[{"contact_id": "1", "text": "返金がまだです"}, {"contact_id": "2", "text": "壊れました"}],
)
case(
    "cell-ja-memo",
    "memo.csv",
    '受付番号,受付日時,チャネル,応対メモ\n1,2026/04/01 09:30,電話,"お客様：返金がまだとのこと\n対応：経理に確認"\n2,2026/04/01 10:30,電話,壊れたので交換希望\n3,2026/04/01 10:40,電話,住所変更の依頼\n',
    rows=[{"contact_id": "1", "text": "お客様：返金がまだとのこと\n対応：経理に確認"}, {"contact_id": "2"}, {"contact_id": "3"}],
)
case(
    "cell-transcript-format",
    "transcripts.csv",
    'id,date,channel,transcript\n1,2026-04-01 09:30,call,"Agent: Hello\nCustomer: My refund is late"\n',
    mapping={"format": "transcript"},
    rows=[{"contact_id": "1", "text": "My refund is late", "agent_text": "Hello", "channel": "call", "created_at": "2026-04-01T00:30"}],
)
case(
    "teams-graph",
    "teams.json",
    as_json(
        {
            "@odata.context": "x",
            "@odata.count": 1,
            "value": [
                {
                    "id": "1616",
                    "replyToId": None,
                    "messageType": "message",
                    "createdDateTime": "2026-04-01T00:30:00.000Z",
                    "chatId": "19:x",
                    "from": {"user": {"id": "u", "displayName": "Ann"}},
                    "body": {"contentType": "html", "content": "<p>It broke</p>"},
                    "attachments": [],
                    "mentions": [],
                    "reactions": [],
                }
            ],
        }
    ),
    error="body.content",
)
case(
    "whatsapp-android",
    "WhatsApp Chat with Ann.txt",
    "12/04/2026, 09:30 - Messages and calls are end-to-end encrypted.\n12/04/2026, 09:30 - Ann: It broke, again\n13/04/2026, 09:31 - Shop Support: Sorry\nwe check\n13/04/2026, 09:32 - Ann: <Media omitted>\n",
    rows=[{"channel": "chat", "text": "It broke, again"}],
)
case(
    "whatsapp-ios",
    "_chat.txt",
    "[2026/04/01 9:30:15] 山田: 届きません\n[2026/04/01 9:31:15] サポート: 確認します\n[2026/04/01 9:32:15] 山田: \u200e画像は含まれていません\n",
    rows=[{"channel": "chat", "text": "届きません"}],
)
case("zoom-chat", "chat.txt", "09:30:15 From Ann Lee to Everyone:\n\tIt broke\n09:31:15 From Support Desk to Everyone:\n\tSorry\n", error="created_at")
case("zoom-chat-tab", "meeting_saved_chat.txt", "00:30:15\tAnn Lee:\tIt broke\n00:31:15\tSupport Desk:\tSorry\n", error="created_at")
case(
    "eml",
    "mail.eml",
    "Return-Path: <a@example.com>\nReceived: from x\nFrom: Ann <a@example.com>\nTo: help@example.com\nSubject: Refund\nDate: Wed, 1 Apr 2026 09:30:00 +0900\nMessage-ID: <1@example.com>\nContent-Type: text/plain; charset=utf-8\n\nIt is late, please help\n",
    error="e-mail",
)
case(
    "mbox",
    "inbox.mbox",
    "From a@example.com Wed Apr  1 09:30:00 2026\nFrom: Ann <a@example.com>\nTo: help@example.com\nSubject: Refund\nDate: Wed, 1 Apr 2026 09:30:00 +0900\n\nIt is late\n",
    error="e-mail",
)
case("eml-txt", "mail.txt", "From: Ann <a@example.com>\nTo: help@example.com\nSubject: Refund\nDate: Wed, 1 Apr 2026 09:30:00 +0900\n\nIt is late, please help\n", error="e-mail")
case("msg", "mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, error="old Office")
case("docx", "meeting.docx", ("zip", {"[Content_Types].xml": "<x/>", "word/document.xml": "<w/>"}), error="document")
case("pdf", "a.pdf", b"%PDF-1.4\n%....", error="PDF")
case(
    "cti-ja",
    "cti.csv",
    "通話ID,着信日時,通話時間,保留時間,後処理時間,オペレーター名,音声認識テキスト\nk1,2026/04/01 09:30:15,00:05:32,00:00:10,00:01:00,坊,返金がまだ届かないと言っています\n",
    error="channel",
)
case(
    "cti-ja-m",
    "cti.csv",
    "通話ID,着信日時,通話時間,保留時間,後処理時間,オペレーター名,音声認識テキスト\nk1,2026/04/01 09:30:15,00:05:32,00:00:10,00:01:00,坊,返金がまだ届かないと言っています\n",
    mapping={"columns": {"音声認識テキスト": "text"}, "constants": {"channel": "call"}},
    rows=[{"contact_id": "k1", "created_at": "2026-04-01T00:30:15", "channel": "call", "text": "返金がまだ届かないと言っています", "handle_seconds": 402}],
)
case(
    "cti-turns-ja",
    "cti_turns.csv",
    "通話ID,開始時刻,話者,発話内容,開始(ミリ秒)\nk1,2026/04/01 09:30:15,オペレータ,はい窓口です,0\nk1,2026/04/01 09:30:15,顧客,返金がまだです,3500\nk1,2026/04/01 09:30:15,オペレータ,確認します,65000\n",
    error="開始時刻: created_at",
)
case(
    "unknown-json",
    "crm.json",
    as_json({"meta": {"v": 1}, "items": [{"ref": "a1", "opened": "2026-04-01T00:30:00Z", "customer": {"name": "A"}, "detail": {"message": "荷物がまだ届かないのですが"}}]}),
    error="detail.message: text",
)
case(
    "unknown-json-late",
    "late.jsonl",
    as_json({"id": "a1", "created_at": "2026-04-01T00:30:00Z", "channel": "chat", "text": "a"})
    + "\n"
    + as_json({"id": "a2", "created_at": "2026-04-01T00:31:00Z", "channel": "chat", "text": "b", "csat": 3})
    + "\n",
    rows=[{"contact_id": "a1", "text": "a"}, {"contact_id": "a2", "text": "b", "csat": 3}],
    chunk_rows=1,
)
case(
    "text-object",
    "obj.jsonl",
    as_json({"id": "a1", "created_at": "2026-04-01T00:30:00Z", "channel": "chat", "text": {"plain": "a", "html": "<p>a</p>"}}) + "\n",
    error="text.plain: text|text.plain",
)
case("text-list-objects", "obj.json", as_json([{"id": "a1", "created_at": "2026-04-01T00:30:00Z", "channel": "chat", "text": [{"body": "a"}]}]), error="text.body")
case(
    "zd-desc-chat",
    "chat.json",
    as_json(
        {
            "tickets": [
                {
                    "id": 1,
                    "via": {"channel": "chat"},
                    "created_at": "2026-04-01T00:30:00Z",
                    "subject": "Conversation with Ann",
                    "description": "Conversation with Ann\n\n(09:30:15) Visitor: my refund is late\n(09:30:40) Agent Bo: sorry to hear",
                    "requester_id": 5,
                    "status": "solved",
                    "custom_fields": [],
                }
            ],
            "next_page": None,
            "count": 1,
        }
    ),
    rows=[{"contact_id": "1", "channel": "chat", "text": "my refund is late", "agent_text": "sorry to hear"}],
)
case(
    "zd-csv-desc",
    "tickets.csv",
    "Ticket ID,Subject,Description,Requester ID,Requested,Via,Group,Assignee,Status,Ticket form\n7,Late,<p>It is <b>late</b></p>,99,2026-04-01T09:30:00+09:00,Mail,Billing,Bo,Solved,Default\n",
    rows=[{"contact_id": "7", "created_at": "2026-04-01T00:30", "channel": "email", "text": "Late\nIt is late", "customer_id": "99"}],
)
case(
    "fd-account-json",
    "Tickets0.json",
    as_json(
        [
            {
                "helpdesk_ticket": {
                    "display_id": 12,
                    "requester_id": 4,
                    "responder_id": 9,
                    "source": 1,
                    "status": 4,
                    "subject": "遅い",
                    "description": "まだ来ない",
                    "created_at": "2026-04-01T09:30:00+09:00",
                    "notes": [
                        {"helpdesk_note": {"body": "社内", "incoming": False, "private": True}},
                        {"helpdesk_note": {"body": "お詫び", "incoming": False, "private": False}},
                        {"helpdesk_note": {"body": "早く", "incoming": True, "private": False}},
                    ],
                }
            }
        ]
    ),
    rows=[{"contact_id": "12", "created_at": "2026-04-01T00:30", "channel": "email", "text": "遅い\nまだ来ない\n早く", "agent_text": "お詫び", "resolved": True}],
)
case(
    "sf-rest-pages",
    "sf.jsonl",
    "\n".join(
        as_json(
            {
                "attributes": {"type": "Case", "url": "x"},
                "Id": f"500{i}",
                "CaseNumber": f"0000{i}",
                "Subject": "s",
                "Description": f"d{i}",
                "Origin": "Phone",
                "CreatedDate": "2026-04-01T00:30:00.000+0000",
                "IsClosed": False,
            }
        )
        for i in (1, 2)
    ),
    rows=[{"contact_id": "00001", "channel": "call", "text": "s\nd1"}, {"contact_id": "00002"}],
    chunk_rows=1,
)
case("sf-report-en-origin-missing", "r.csv", '"Case Number","Subject","Date/Time Opened","Status"\n"00001026","Late","4/13/2026 9:30 AM","New"\n', error="channel")
case(
    "hs-api-archived",
    "hs.json",
    as_json(
        {
            "results": [
                {
                    "id": "1",
                    "properties": {
                        "subject": "a",
                        "content": "bbb",
                        "hs_pipeline": "0",
                        "hs_pipeline_stage": "1",
                        "createdate": "2026-04-01T00:30:00.123Z",
                        "source_type": "EMAIL",
                    },
                    "createdAt": "2026-04-01T00:30:00.123Z",
                    "archived": True,
                },
                {
                    "id": "2",
                    "properties": {
                        "subject": "a",
                        "content": "bbb",
                        "hs_pipeline": "0",
                        "hs_pipeline_stage": "1",
                        "createdate": "2026-04-01T00:30:00.123Z",
                        "source_type": "PHONE",
                    },
                    "createdAt": "2026-04-01T00:30:00.123Z",
                    "archived": False,
                },
            ]
        }
    ),
    rows=[{"contact_id": "2", "channel": "call", "text": "a\nbbb"}],
    rej="deleted_ticket",
)
case(
    "ic-csv",
    "intercom.csv",
    "Conversation ID,Conversation started at (Asia/Tokyo),Channel,Teammate currently assigned,Conversation rating,Time to close\n55,2026-04-01 09:30:00,Chat,Bo,5,3600\n",
    error="conversations.json",
)
case(
    "cl-list",
    "analyses.jsonl",
    as_json(
        {
            "Channel": "VOICE",
            "CustomerMetadata": {"ContactId": "a1"},
            "Participants": [{"ParticipantId": "CUSTOMER", "ParticipantRole": "CUSTOMER"}],
            "Transcript": [{"ParticipantId": "CUSTOMER", "Content": "遅い", "BeginOffsetMillis": 0}],
            "LanguageCode": "ja-JP",
            "ConversationCharacteristics": {"TotalConversationDurationMillis": 1000},
        }
    )
    + "\n",
    error="created_at",
)
case(
    "connect-chat-transcript",
    "chat.json",
    as_json(
        {
            "Version": "2019-08-26",
            "AWSAccountId": "1",
            "InstanceId": "i",
            "ContactId": "c9",
            "Participants": [{"ParticipantId": "x"}],
            "Transcript": [
                {
                    "AbsoluteTime": "2026-04-01T00:30:00.000Z",
                    "Content": "返品したい",
                    "ContentType": "text/plain",
                    "Id": "1",
                    "Type": "MESSAGE",
                    "ParticipantId": "x",
                    "DisplayName": "客",
                    "ParticipantRole": "CUSTOMER",
                },
                {
                    "AbsoluteTime": "2026-04-01T00:31:00.000Z",
                    "Content": "承ります",
                    "ContentType": "text/plain",
                    "Id": "2",
                    "Type": "MESSAGE",
                    "ParticipantId": "y",
                    "DisplayName": "坊",
                    "ParticipantRole": "AGENT",
                },
            ],
        }
    ),
    rows=[{"contact_id": "c9", "created_at": "2026-04-01T00:30", "channel": "chat", "text": "返品したい", "agent_text": "承ります", "handle_seconds": None}],
)
case(
    "gen-csv-ja",
    "interactions.csv",
    "エクスポート完了,ユーザー,リモート,日付,方向,ANI,DNIS,キュー,ラップアップ,ラップアップメモ,メディアタイプ,合計処理,会話ID\nYES,坊,+81,2026/04/01 9:30,インバウンド,1,2,請求,返金,返金が遅いとのこと,音声,280000,g9\n",
    rows=[{"contact_id": "g9", "created_at": "2026-04-01T00:30", "channel": "call", "text": "返金が遅いとのこと", "handle_seconds": 280}],
)
case(
    "line-weekday-order",
    "[LINE] Bob.txt",
    "[LINE] Chat history with Bob\nSaved on: 13/04/2026, 10:00\n\nMon, 13/04/2026\n09:30\tBob\tIt has not arrived\n09:31\tShop\tWe will check\n",
    rows=[{"created_at": "2026-04-13T00:30", "text": "It has not arrived", "agent_text": "We will check"}],
)
case(
    "line-noon",
    "[LINE] 山田とのトーク.txt",
    "[LINE] 山田とのトーク履歴\n保存日時：2026/04/05 10:00\n\n2026/04/01(水)\n午前12:05\t山田\t届きません\n午後12:06\tサポート\t確認します\n",
    rows=[{"created_at": "2026-03-31T15:05", "text": "届きません", "handle_seconds": None}],
)
case(
    "line-oa-folder",
    "chats",
    (
        "dir",
        {
            "chat_U1.csv": "アカウント名,ショップ\nタイムゾーン,+09:00\nダウンロード日時,2026/04/05 10:00\n送信者タイプ,送信者名,送信日,送信時刻,内容\nUser,山田,2026/04/01,09:30:00,届きません\n",
            "chat_U2.csv": "アカウント名,ショップ\nタイムゾーン,+09:00\nダウンロード日時,2026/04/05 10:00\n送信者タイプ,送信者名,送信日,送信時刻,内容\nUser,田中,2026/04/02,09:30:00,壊れました\nAccount,ショップ,2026/04/02,09:31:00,はい\n",
        },
    ),
    rows=[{"text": "届きません", "channel": "chat"}, {"text": "壊れました"}],
    strict=True,
)
case("slack-root", "export", ("dir", {"users.json": "[]", "channels.json": "[]"}), error="no contact files")
case(
    "gf-en-noq",
    "responses.csv",
    "Timestamp,Email Address,Comments\n2026/04/01 9:30:15 AM GMT+9,a@example.com,Answer faster please\n",
    rows=[{"created_at": "2026-04-01T00:30:15", "channel": "survey", "text": "Answer faster please"}],
)
case(
    "x-note",
    "note-tweet.js",
    "window.YTD.note_tweet.part0 = " + as_json([{"noteTweet": {"noteTweetId": "9", "createdAt": "2026-04-01T09:15:00.000Z", "core": {"text": "長い投稿です"}}}]),
    rows=[{"contact_id": "9", "created_at": "2026-04-01T09:15", "channel": "social", "text": "長い投稿です"}],
    strict=True,
)
case(
    "x-zip",
    "archive.zip",
    (
        "zip",
        {
            "data/tweets.js": "window.YTD.tweets.part0 = "
            + as_json([{"tweet": {"id_str": "11", "created_at": "Wed Apr 01 09:15:00 +0000 2026", "full_text": "値上げ", "lang": "ja"}}]),
            "data/follower.js": "window.YTD.follower.part0 = []",
            "data/account.js": "window.YTD.account.part0 = []",
            "Your archive.html": "<html></html>",
        },
    ),
    rows=[{"contact_id": "11", "text": "値上げ"}],
    strict=True,
)
case(
    "srt-yt",
    "talk_20260401.srt",
    "1\n00:00:00,000 --> 00:00:02,000\n返金が\n\n2\n00:00:02,000 --> 00:00:04,000\n返金が\nまだです\n\n3\n00:00:04,000 --> 00:00:06,000\nまだです\nいつですか\n",
    mapping={"speakers": {"*": "customer"}},
    rows=[{"text": "返金がまだですいつですか"}],
)
case(
    "srt-hai",
    "call_20260401.srt",
    "1\n00:00:00,000 --> 00:00:02,000\n担当: はい\n\n2\n00:00:02,000 --> 00:00:04,000\nお客様: はい\n\n3\n00:00:04,000 --> 00:00:06,000\nお客様: はい\n",
    rows=[{"agent_text": "はい"}],
)
case(
    "fw-list",
    "call_20260401_0930.json",
    as_json([{"id": 1, "seek": 0, "start": 0.0, "end": 2.0, "text": " 返金がまだです", "tokens": []}]),
    mapping={"speakers": {"*": "customer"}},
    rows=[{"text": "返金がまだです", "channel": "call"}],
)
case(
    "openai-threads",
    "t.json",
    as_json(
        {
            "object": "list",
            "data": [
                {
                    "id": "th1",
                    "created_at": 1775001600,
                    "messages": [{"role": "user", "content": [{"type": "text", "text": "返品したい"}]}, {"role": "assistant", "content": [{"type": "text", "text": "はい"}]}],
                }
            ],
        }
    ),
    rows=[{"contact_id": "th1", "created_at": "2026-04-01T00:00", "text": "返品したい", "agent_text": "はい"}],
)
case(
    "chat-api",
    "chat_20260401.json",
    as_json({"model": "x", "messages": [{"role": "user", "content": "返品したい"}, {"role": "assistant", "content": "はい"}]}),
    rows=[{"created_at": "2026-03-31T15:00", "text": "返品したい", "agent_text": "はい"}],
)
case(
    "order-items",
    "orders.json",
    as_json([{"id": "o1", "created_at": "2026-04-01T00:30:00Z", "channel": "chat", "text": "届かない", "messages": ["a", "b"]}]),
    rows=[{"contact_id": "o1", "text": "届かない"}],
)
case(
    "cell-one-side",
    "t.csv",
    'id,date,channel,text\n1,2026-04-01,chat,"Customer: It broke"\n2,2026-04-01,chat,"Customer: Late"\n',
    rows=[{"contact_id": "1"}, {"contact_id": "2"}],
)
case(
    "cell-mixed",
    "t.csv",
    'id,date,channel,text\n1,2026-04-01,chat,"Customer: It broke\nAgent: Sorry"\n2,2026-04-01,chat,Late parcel\n',
    rows=[{"contact_id": "1", "text": "It broke", "agent_text": "Sorry", "customer_turns": "1"}, {"contact_id": "2", "text": "Late parcel"}],
)
case(
    "turns-mapped",
    "turns.csv",
    "call_id,開始,who,said,media\n1,2026-04-01 09:30,Agent,Hello,phone\n1,2026-04-01 09:31,Customer,It broke,phone\n",
    mapping={"開始": "created_at", "who": "speaker", "said": "text", "media": "channel"},
    rows=[{"contact_id": "1", "channel": "call", "text": "It broke", "agent_text": "Hello"}],
)
case(
    "turns-callid",
    "turns.csv",
    "通話ID,日時,話者,発話内容\n1,2026-04-01 09:30,オペレーター,はい\n1,2026-04-01 09:31,お客様,壊れました\n",
    rows=[{"contact_id": "1", "channel": "call", "text": "壊れました", "agent_text": "はい", "handle_seconds": 60}],
)
case(
    "wa-us",
    "WhatsApp Chat with Ann.txt",
    "[4/1/26, 9:30:15 AM] Ann: It broke\n[4/1/26, 9:31:15 AM] Shop Support: Sorry\n[4/13/26, 9:31:15 PM] Ann: Any news: please?\n[4/13/26, 9:32:15 PM] Shop Support: image omitted\n[4/13/26, 9:33:15 PM] Shop Support: Today\n",
    rows=[{"created_at": "2026-04-01T00:30:15", "text": "It broke", "agent_text": "Sorry"}, {"created_at": "2026-04-13T12:31:15", "text": "Any news: please?", "agent_text": "Today"}],
)
case("csv-quote-mail", "mail.csv", "From,To,Subject,Date,Body\na@example.com,h@example.com,Refund,2026-04-01 09:30,It is late\n", error="channel: email")


@pytest.mark.parametrize(("file", "body", "rows", "error", "mapping", "doubts", "strict", "chunk_rows", "rej"), CASES)
def test_each_export_is_read_right_or_refused(tmp_path, file, body, rows, error, mapping, doubts, strict, chunk_rows, rej):
    path = write(tmp_path, file, body)
    if rows is None:
        with pytest.raises(ContactError) as raised:
            list(iter_chunks(path, chunk_rows, mapping, strict=strict))
        assert re.search(error, str(raised.value))
        return
    checked = join_checked(list(iter_chunks(path, chunk_rows, mapping, strict=strict)))
    found = checked.contacts.to_dict("records") if len(checked.contacts.columns) else []
    assert len(found) == len(rows)
    wrong = {(number, key): got.get(key) for number, (want, got) in enumerate(zip(rows, found, strict=True)) for key, value in want.items() if not same(value, got.get(key))}
    assert wrong == {}
    assert set(checked.rejected["code"]) == (set(rej.split()) if rej else set())
    codes = {doubt.code for doubt in checked.reading.doubts}
    assert doubts is None or doubts in codes
