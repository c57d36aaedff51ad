"""Channels by their words: heads decide, parts of words count for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.contacts.cells import fold
from vocmine.contacts.channels import channel_table, parse_channels, unknown_channels
from vocmine.frames import CHANNELS

# Names of channels, `;` between them.
KNOWN = {
    "call": """電話; 通話; 入電; 受電; 架電; 着信; 発信; コール; コールセンター; コールセンター東京; 東京コールセンター; コールセンター(大阪); 電話(代表); 電話（フリーダイヤル）;
        代表電話; 固定電話; 国際電話; 電話窓口; 電話受付; 電話対応; 電話でのお問い合わせ; お電話; お電話によるお問い合わせ; 電話 - 夜間; 電話1; 電話_営業; 留守電; 留守番電話;
        ボイスメール; 折り返し電話; コールバック; ナビダイヤル; フリーコール; 自動音声; TEL; ＴＥＬ; tel.; ﾃﾚﾌｫﾝ; ﾌﾘｰﾀﾞｲﾔﾙ; PHONE; Phone; Phone call; phone_call; PhoneCall;
        Telephone; Phone - Inbound; Inbound call; inbound_call; InboundCall; Inbound; Outbound; Phone (via web); Phone via web; Contact by phone; Phone support;
        Call center; Call Centre London; Voice; Voice - EMEA; Amazon Connect Voice; Voicemail; voice mail; Toll-free; Hotline; IVR; Call from website; Call about billing;
        Phone - Billing; Channel: Phone; チャネル：電話; 電話/TEL; 【至急】電話; Genesys Voice; phone ticket; Voice message; Phone > IVR; メール電話; Web電話; LINE電話""",
    "chat": """chat; チャット; Webチャット; Webチャット(有人); 有人チャット; ウェブチャット; ライブチャット; Live chat; live_chat; LiveChat; web-chat; in-app chat; In App Chat;
        アプリ内チャット; LINE WORKS チャット; LINEチャット; LINE（チャット）; Facebook Messenger; Messenger; WhatsApp; WhatsApp Business; SMS; ＳＭＳ; ショートメッセージ; messaging;
        メッセージング; オンラインチャット; チャット窓口; チャットサポート; チャット対応; チャットでのお問い合わせ; Zendesk Chat; Chat - Sales; Chat (Tier 2); チャット（スマホ）; chat 2;
        チャット_大阪; WeChat; SMS・ショートメッセージ; Chat via app; Chat on mobile; Message; サポートチャット; 有人ﾁｬｯﾄ; iPhone chat; Social - Chat; 有人; Web (chat)""",
    "email": """email; E-mail; e mail; Eメール; メール; 電子メール; お問い合わせメール; メール(本社); メールマガジン返信; メルマガ返信; メール受信; Email - inbound; email_inbound;
        InboundEmail; Gmail; フォーム; Webフォーム; WEBフォーム; お問い合わせフォーム; 問合せフォーム; コールバック希望フォーム; 電話番号変更フォーム; 電話フォーム; 電話問い合わせフォーム;
        解約フォーム; アプリのフォーム; Form on website; Contact form; Callback request form; phone number change form; Web form; web; Web; ウェブ; Webサイト; ホームページ; HP問い合わせフォーム;
        Portal; Ticket; 手紙; はがき; FAX; ファックス; 書面; Letter; メールによるお問い合わせ; Request by email; メール/フォーム; web - form; LINEフォーム; E-Mail (Billing);
        ﾒｰﾙ; ﾌｫｰﾑ; api; Help Center; チャットボット問い合わせフォーム; Form for callback; Email: complaint""",
    "social": """SNS; ＳＮＳ; Twitter; ツイッター; X; X(旧Twitter); LINE; ＬＩＮＥ; LINE公式アカウント; 公式LINE; LINE公式; Facebook; Facebookコメント; Instagram; インスタグラム; Instagram DM;
        Twitter DM; twitter_mention; ソーシャル; Social media; Social > Twitter; Twitter/Facebook; レビュー; 口コミ; Google口コミ; Googleレビュー; ストアレビュー; アプリレビュー; App Store;
        App Store review; Google Play; 投稿; 掲示板; YouTube; YouTubeコメント; TikTok; Reddit; Facebook post; SNS（LINE）; LINE WORKS; Ｘ""",
    "survey": """survey; アンケート; NPS調査; 満足度調査; 電話アンケート; Webアンケート; 店頭アンケート; アンケートフォーム; アンケートメール; CSAT survey; Feedback; Feedback by phone; ご意見箱; お客様の声;
        アンケート(LINE回答); Voice of the Customer; アンケート(電話); post-call survey; Email - Survey; NPS""",
    "bot": """bot; ボット; チャットボット; ﾁｬｯﾄﾎﾞｯﾄ; Chatbot; chat bot; ChatBot; AIチャット; AIチャットボット; AIチャットボット(夜間); AIボイスボット受付; 音声ボット; Voice bot; Virtual agent; 無人チャット;
        LINEボット; チャット(ボット); ボット対応; 自動応答; 自動応答チャット; Answer Bot; bot - Web""",
}
UNKNOWN = """iPhone; iPhoneアプリ; ｉＰｈｏｎｅアプリ; Smartphone; SmartPhone; smart phone; スマートフォン; スマホ; Headphone shop; Headphones; HeadPhone; Microphone; mobile app; Mobile; モバイル; アプリ; App;
    公式アプリ; LINEアプリ; 電話アプリ; Phone app; iPhone app; Android; Android phone; Windows Phone; Mobile phone; Cell phone; 携帯電話; 携帯; タブレット; 店舗; 店頭; 来店; 対面; ストア; ショップ; Store;
    Phone shop; 電話番号; 電話帳; 電話機; 電話料金; 電話予約; 電話希望; 電話履歴; アルコール; リコール; プロトコール; オンコール; オンライン; Online; 電話→メール; 電話/メール; 電話・メール; 電話とメール; Email & Phone;
    phone and chat; チャット→電話; bot→有人; チャットボット→有人チャット; Chat / Bot; Phone (iPhone); 電話（アプリ）; 電話(スマホ); Phone - iPhone; Store - Phone; 店舗 - 電話; 電話(メール); Other; その他; 不明; 鳩;
    exchange; recall; ChatGPT; Chat history; Call log; phone line model x; Model X; Deadline; Pipeline; ガイドライン; Formula; Platform; Information; Mailchimp; botany; Robot; ロボット; Socialist;
    インターホン; サクソフォン; メガホン; 電話番号変更; フォロー; フォーマット; メールアドレス; ラインナップ; スコール; コールド; チャットレディ; 100; -; ?; Direct mail; 空メール登録; Snapphone; 通話料; 外線; コンタクトセンター; Chatbot escalation; Mail App; iPhone call; Walk-in"""


def listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(";") if name.strip()]


@pytest.mark.parametrize(("name", "channel"), [(name, channel) for channel, names in KNOWN.items() for name in listed(names)])
def test_a_name_is_its_channel(name, channel):
    assert parse_channels([name]).tolist() == [channel]


@pytest.mark.parametrize("name", listed(UNKNOWN))
def test_what_names_no_channel_or_two_stays_unknown(name):
    assert parse_channels([name]).tolist() == [None]


def test_the_tables_of_this_test_are_large_enough():
    assert sum(len(listed(names)) for names in KNOWN.values()) >= 200
    assert len(listed(UNKNOWN)) >= 90


def test_the_mapping_wins():
    extra = {"iPhoneアプリ": "chat", "電話": "bot"}
    assert parse_channels(["ｉｐｈｏｎｅアプリ", "電話", "電話窓口"], extra).tolist() == ["chat", "bot", "call"]


def test_every_channel_is_its_own_name():
    assert parse_channels(list(CHANNELS)).tolist() == list(CHANNELS)


def test_missing_and_odd_cells_are_no_channel():
    assert parse_channels(["", None, float("nan"), 3, [1], {"a": 1}]).tolist() == [None] * 6


def test_unknown_values_are_counted_and_masked():
    counts = unknown_channels(["アプリ", "アプリ ", "電話", "090-1234-5678", "", None, "チャット"], {"チャット": "chat"})
    assert counts == {"アプリ": 2, "[PHONE]": 1}


@given(st.sampled_from(["phone", "call", "chat", "mail", "form", "bot", "line", "コール", "メール", "フォーム"]), st.text("qzwkヌヲ", min_size=1, max_size=4))
def test_a_word_inside_another_word_counts_for_nothing(word, letters):
    latin, kana = letters.translate(str.maketrans("", "", "ヌヲ")), letters.translate(str.maketrans("", "", "qzwk"))
    more = latin if word.isascii() else kana
    if more:
        assert parse_channels([more + word, word + more]).tolist() == [None, None]


def test_the_table_is_of_texts_and_names_known_channels():
    table = channel_table()
    for group in ("exact", "words", "weak", "not_behind_latin"):
        assert set(table[group]) <= set(CHANNELS), group
        words = [word for names in table[group].values() for word in names]
        assert all(isinstance(word, str) for word in words), group
        assert len(words) == len({fold(word) for word in words}), group
    for group in ("plain", "stop", "devices", "automatic", "means", "about", "origins", "lists", "list_words"):
        assert all(isinstance(word, str) for word in table[group]), group
    words = {fold(word) for names in table["words"].values() for word in names}
    assert not words & {fold(word) for word in [*table["plain"], *table["stop"]]}
