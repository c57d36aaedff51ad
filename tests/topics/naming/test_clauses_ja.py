from __future__ import annotations

import pytest

from vocmine.topics.naming.clauses_ja import japanese_clauses


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("QR決済の画面を開くと真っ白になって固まります", "QR決済の画面が固まる"),
        ("昨日からQRコード決済が使えません", "QRコード決済が使えない"),
        ("5.2.0にてQR表示不可、白画面でフリーズ", "白画面でフリーズ"),
        ("アプリ 落ちる", "アプリが落ちる"),
        ("荷物はまだ届いていません", "荷物が届かない"),
        ("領収書を送っていただけますか", "領収書を送ってほしい"),
        ("学割プランをやめたいのですが", "学割プランをやめたい"),
        ("違約金はかかりますか", "違約金がかかる"),
        ("海外滞在中でSMSが受け取れず認証不可", "SMSが受け取れない"),
        ("真っ白な画面で止まる", "真っ白な画面"),
        ("コンビニは近くにありますか", "近くにコンビニがある"),
        ("反応がありません", "反応がない"),
        ("レジで会計できず困った", "レジで会計できない"),
        ("暗証番号4桁を忘れたとのこと", "暗証番号を忘れた"),
        ("店員が修理してくれない", "店員が修理してくれない"),
        ("無料期間中のはずが8,800円課金されている", "課金される"),
        ("アットホームな雰囲気の宿", "アットホームな雰囲気の宿"),
        ("ロビーからの景色がいい", "ロビーからの景色"),
        ("WX-5200の電源が入りません", "WX-5200の電源が入らない"),
    ],
)
def test_what_texts_tell(text: str, told: str) -> None:
    assert told in [c.text for c in japanese_clauses(text) if c.told]


@pytest.mark.parametrize(
    ("text", "not_told"),
    [
        ("朝食は食べました", "朝食が食べる"),  # of は it is not told who did what
        ("SIMを新しい端末に", "SIMを新しい"),
        ("QR画面が操作不能 店頭で会計できず", "操作不能が会計できない"),
        ("荷物。届かない", "荷物が届かない"),
        ("二度とアプリを使いたくない", "アプリを使わない"),
        ("画面が頻繁に固まる", "画面が頻繁"),
        ("ルーターのランプが赤く点滅して通信できません", "ルーターのランプが通信できない"),
        ("入金を忘れて取り消された注文", "入金が取り消された"),
        ("ロビーから景色が見える", "ロビーから見える"),
        ("[氏名]が届かない", "氏名が届かない"),
    ],
)
def test_what_texts_do_not_tell(text: str, not_told: str) -> None:
    assert not_told not in [c.text for c in japanese_clauses(text)]


def test_what_is_denied_is_another_word_than_what_is_not() -> None:
    found = max((c for c in japanese_clauses("アプリが使えない") if c.told), key=lambda c: len(c.keys))
    assert found.keys == ("アプリ", "使う_ない") and found.done == "使えない"


@pytest.mark.parametrize("text", ["", "。。。", "[電話番号]", "😀", "の" * 500, "ﾃｽﾄ" * 300])
def test_any_text_will_do(text: str) -> None:
    assert all(len(c.text) <= 20 for c in japanese_clauses(text))
