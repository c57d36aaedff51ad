"""Personal data as people write it, and what looks like it but must stay."""

from __future__ import annotations

import pytest

from vocmine.errors import SettingsError
from vocmine.text import find_pii, mask_pii

FOUND = [
    ("phone", "電話は{}です", ["03(1234)5678", "(03)1234-5678", "0800-123-4567", "090 1234 5678", "090の1234の5678", "+81-3-1234-5678",
                              "0312345678", "０９０ー１２３４ー５６７８", "080−1234−5678", "0466-12-3456", "050-1234-5678", "090-12345678",
                              "0901234-5678", "０３ー６７８９ー１２３４", "090.1234.5678", "+81 90 1234 5678", "0120-123-456", "0570-01-2345"]),
    ("phone", "please call {} now", ["415-555-0132", "(415) 555-0132", "+1 415 555 0132", "+44 20 7946 0958"]),
    ("email", "返信は{}まで", ["taro@example.co.jp", "taro＠example.com", "taro.yamada+x@mail.example.ne.jp", "taro(at)example.com",
                             "taroアットマークexample.com", "taro @ example.com", "a_b-c@example.org"]),
    ("email", "my mail is {} thanks", ["jane at example dot com", "j.doe99@example.com"]),
    ("card", "（{}）で払った", ["4111 1111 1111 1111", "4111111111111111", "3782-822463-10005", "５５５５５５５５５５５５４４４４"]),
    ("postal_code", "{}から", ["〒100-0001", "〒1000001", "〒１５０－０００２"]),
    ("address", "送り先は{}です", ["大阪市北区梅田1-2-3", "渋谷区神南一丁目19番11号", "札幌市中央区北1条西2丁目", "沖縄県那覇市泉崎1丁目2番2号",
                              "京都府京都市下京区烏丸通4-20-1 メゾン青葉203号室", "東京都港区芝公園４丁目２番８号"]),
    ("address", "Ship to {} please", ["123 Main Street, Springfield", "45 Oak Ave Apt 5", "7 north hill road"]),
    ("my_number", "登録は{} 。", ["123456789018", "1234-5678-9018", "1234 5678 9018"]),
    ("my_number", "my ssn is {}", ["123-45-6789", "123456789"]),
    ("account", "返金先 {}", ["普通 1234567", "口座番号は1234567", "DE89 3704 0044 0532 0130 00"]),
    ("url", "{} を開くと落ちる", ["https://example.com/reset?token=abc123", "http://user:pw@example.com/", "https://x.example/u/8f3a9c2b7d1e4f60"]),
    ("ip", "{}から接続", ["192.168.0.1", "2001:db8::1"]),
]

NAMES = [
    ("お名前：{}様。", ["佐藤", "佐藤　美咲", "たなか ゆうこ", "五十嵐蓮", "小鳥遊ケンタ", "長谷川", "林 浩"]),
    ("契約者の{}様より入電。", ["東海林", "サトウ健一", "佐々木翔太", "小野寺 裕子"]),
    ("担当{}からの折返しを希望。", ["鈴木", "山本ケンタ", "中村さくら"]),
    ("ご主人の{}氏名義。", ["渡辺大輔", "スズキ健一", "伊藤ゆうこ"]),
    ("窓口の{}さんが親切だった。", ["高橋", "田中", "カトウ", "さくら", "ジョン・スミス", "小林"]),
    ("Thank you, Ms. {} was great", ["Smith", "Anna Brown"]),
    ("my name is {}.", ["John Smith", "jane doe"]),
]

KEPT = """注文番号は202611210034です。|型番WX-3000の不具合。|料金は12,980円でした。|2026年11月21日14時30分に入電。|バージョン4.12.7.1で再現。|エラーコードE-0042
2026-11-21 14:30:05|2026/11/21|伝票番号1234-5678-9012|受付番号 0312345678|時給1000-1500円|10-20分|第3回|100点満点中100点|1080p60fps
https://example.com/help|@support に|型番 XR-1234567|iPhone 15 Pro|5人中3人|13:00-15:00|2.4GHz|シリアルABC123456|24時間365日|3階305号室
order number 12345678|Order #1234567|5 stars great place to stay|epic fail. @someone. no jetway|only at Target dot com|I paid $1234567|ticket 20261121|新宿3丁目駅|東京で利用中につながらない。|大阪支店の対応
サポート窓口の担当者が親切だった。|担当部署に確認|名前が変更できない|氏名変更の手続き|オペレーターさん|お客様より|仕様です|様々な|同様に|皆様|お子様|ご主人様|神対応
お疲れさまでした|宅配業者さん|佐川急便|ヤマト運輸|三井住友カード|楽天カード|東京都港区|2010-2015年|モデム123-4567の故障|主人公の女性|奥様|スタッフさん|係の人
待ち時間は45分、3回目の問い合わせ。|プランは月額3,278円(税込)。|ポイントが1500しか付かない。|お客様番号は不明とのこと。|2丁目のコンビニ|上から3番目""".replace("\n", "|").split("|")


@pytest.mark.parametrize(("kind", "frame", "secret"), [(k, f, s) for k, f, many in FOUND for s in many])
def test_found_whole(kind, frame, secret):
    text = frame.format(secret)
    start = text.index(secret)
    spans = [s for s in find_pii(text) if s.kind == kind]
    inside = sum(max(0, min(s.end, start + len(secret)) - max(s.start, start)) for s in spans)
    digits = sum(c.isdigit() for c in secret)
    assert inside >= 0.9 * len(secret) or (kind == "account" and inside >= digits), spans
    assert secret not in mask_pii([text])[0]


@pytest.mark.parametrize(("frame", "name"), [(f, n) for f, many in NAMES for n in many])
def test_names_found_whole(frame, name):
    text = frame.format(name)
    start = text.index(name)
    assert any(s.start <= start and start + len(name) <= s.end for s in find_pii(text) if s.kind == "name"), find_pii(text)


@pytest.mark.parametrize("text", KEPT)
def test_not_masked_without_need(text):
    assert mask_pii([text]) == [text]


@pytest.mark.parametrize("wrong", [None, 3, b"bytes", ["a list"], float("nan")])
def test_what_is_no_text_is_refused_in_a_sentence(wrong):
    with pytest.raises(SettingsError, match="a text is expected"):
        find_pii(wrong)
