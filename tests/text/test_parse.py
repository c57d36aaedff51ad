"""Word pairs of sixty Japanese sentences, and the English path on parses made by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.text import phrase_rows, phrases, processes, word_pairs

# sentence | subject | predicate | denied | nuance
TABLE = """
アプリの画面が固まる。|画面|固まる|0|
ログインができません。|ログイン|できる|1|cannot
電話が全然つながらなかった。|電話|つながる|1|
商品が壊れていました。|商品|壊れる|0|
荷物が届かない。|荷物|届く|1|
返金をお願いします。|返金|願う|0|
返金していただけますか。|返金|する|0|wish
説明が分かりにくい。|説明|分かる|0|hard
文字が小さくて読みづらい。|文字|小さい|0|
ボタンが押しにくいです。|ボタン|押す|0|hard
支払い方法を変更したい。|支払い方法|変更する|0|wish
住所を変更できない。|住所|変更できる|1|cannot
パスワードを忘れてしまった。|パスワード|忘れる|0|
請求が二重にされている。|請求|する|0|passive
料金を二重に請求された。|料金|請求する|0|passive
担当者に待たされた。|担当者|待たす|0|passive
スタッフの対応が悪い。|対応|悪い|0|
スタッフの態度は良くなかったです。|態度|良い|1|
部屋が寒かった。|部屋|寒い|0|
朝食が美味しくなかった。|朝食|美味しい|1|
お湯が出ません。|お湯|出る|1|
エアコンが効かない。|エアコン|効く|1|
ポイントが付与されていない。|ポイント|付与する|1|passive
クーポンが使えない。|クーポン|使える|1|cannot
カードが使えませんでした。|カード|使える|1|cannot
予約を取り消してほしい。|予約|取り消す|0|wish
メールが届いていません。|メール|届く|1|
メールを送ってもらえませんか。|メール|送る|0|wish
契約を解約させてください。|契約|解約する|0|wish
書類を提出しなければならない。|書類|提出する|0|must
領収書を発行してもらいたい。|領収書|発行する|0|wish
領収書の発行を希望します。|発行|希望する|0|
設定方法を教えてください。|設定方法|教える|0|wish
使い方が分からない。|使い方|分かる|1|
電源が入らなくなった。|電源|入る|1|
音が出なくなりました。|音|出る|1|
バッテリーの減りが早い。|減り|早い|0|
動作が重すぎる。|動作|重い|0|
画面が真っ白になる。|画面|真っ白|0|
通知が来ないことがある。|通知|来る|1|
間違った商品が送られてきた。|商品|送る|0|passive
注文した覚えがない。|覚え|ない|1|
連絡がない。|連絡|ない|1|
問題はありません。|問題|ある|1|
不具合が直らない。|不具合|直る|1|
修理代が高すぎます。|修理代|高い|0|
データが消えてしまいました。|データ|消える|0|
写真を削除できなくて困っています。|写真|削除できる|1|cannot
アプリが勝手に終了する。|アプリ|終了する|0|
解約の手続きが面倒だ。|手続き|面倒|0|
Wi-Fiが切れる。|Wi-Fi|切れる|0|
お風呂が狭くて残念でした。|お風呂|狭い|0|
配送先を変えられますか。|配送先|変える|0|
サイトにアクセスできません。|サイト|アクセスできる|1|cannot
予約をキャンセルさせられた。|予約|キャンセルする|0|passive
お客様に迷惑をかけた。|迷惑|かける|0|
操作が簡単で助かる。|操作|簡単|0|
価格のわりに質が悪くない。|質|悪い|1|
電話に出てくれない。|電話|出る|1|
返事をいただけていません。|返事|いただける|1|
""".strip().splitlines()

FRESH = """
SIMが認識されない。|SIM|認識する|1|passive
充電ができなくなった。|充電|できる|1|cannot
ページが開かない。|ページ|開く|1|
店員の説明が足りなかった。|説明|足りる|1|
キャンセル料を払いたくない。|キャンセル料|払う|1|wish
画面が割れて届いた。|画面|割れる|0|
チャットが途中で切れた。|チャット|切れる|0|
コードを入力できません。|コード|入力できる|1|cannot
受付の人に怒られた。|人|怒る|0|passive
ポイントを返してください。|ポイント|返す|0|wish
""".strip().splitlines()

ENGLISH = [
    # words, heads, dependencies, parts of speech, lemmas, the pair
    ("The app crashed", [1, 2, 2], ["det", "nsubj", "ROOT"], ["DET", "NOUN", "VERB"], "the app crash", ("app", "crash", False, "")),
    ("I can not open the page", [3, 3, 3, 3, 5, 3], ["nsubj", "aux", "neg", "ROOT", "det", "dobj"],
     ["PRON", "AUX", "PART", "VERB", "DET", "NOUN"], "I can not open the page", ("page", "open", True, "cannot")),
    ("The room was not clean", [1, 2, 2, 2, 2], ["det", "nsubj", "ROOT", "neg", "acomp"],
     ["DET", "NOUN", "AUX", "PART", "ADJ"], "the room be not clean", ("room", "clean", True, "")),
    ("My card was charged", [1, 3, 3, 3], ["poss", "nsubjpass", "auxpass", "ROOT"],
     ["PRON", "NOUN", "AUX", "VERB"], "my card be charge", ("card", "charge", False, "passive")),
]  # fmt: skip


@pytest.fixture(scope="module")
def parsed():
    lines = [*TABLE, *FRESH]
    return phrase_rows([line.split("|")[0] for line in lines], workers=0).table


def right(frame, lines, first=0):
    """Give the sentences whose pair is among those found."""
    out = []
    for row, line in enumerate(lines, start=first):
        text, subject, predicate, denied, nuance = line.split("|")
        got = frame.loc[frame["row"] == row, ["subject", "predicate", "negated", "nuance"]]
        if (subject, predicate, denied == "1", nuance) in list(got.itertuples(index=False, name=None)):
            out.append(text)
    return out


def test_the_table(parsed):
    assert len(TABLE) == 60
    wrong = {line.split("|")[0] for line in TABLE} - set(right(parsed, TABLE))
    assert len(wrong) <= 3, wrong


def test_sentences_that_nothing_was_fitted_to(parsed):
    assert len(right(parsed, FRESH, len(TABLE))) >= 8, right(parsed, FRESH, len(TABLE))


class HandMade:
    """Stands in for an English model: gives the parses of ENGLISH in order."""

    def pipe(self, texts, batch_size):
        import spacy
        from spacy.tokens import Doc

        vocab = spacy.blank("en").vocab
        known = {words: rest for words, *rest in ENGLISH}
        for text in texts:
            heads, deps, pos, lemmas, _ = known[text]
            yield Doc(vocab, words=text.split(), heads=heads, deps=deps, pos=pos, lemmas=lemmas.split())


def test_english_pairs_where_a_model_is_installed(monkeypatch):
    monkeypatch.setattr(phrases, "_english_model", lambda: "en_core_web_sm")
    monkeypatch.setattr(processes, "_parser", lambda model, what: HandMade())
    frame = pd.DataFrame({
        "lang": "en", "text_clean": [words for words, *_ in ENGLISH], "terms": "", "text": [words for words, *_ in ENGLISH],
    })
    found = phrase_rows(frame, workers=0)
    assert found.n_skipped == 0
    rows = found.table
    got = list(rows[["subject", "predicate", "negated", "nuance"]].itertuples(index=False, name=None))
    assert got == [pair for *_, pair in ENGLISH]
    assert word_pairs(frame, workers=0)["n_contacts"].sum() == len(ENGLISH)


DOUBLED = [
    "暖房が起動せえへん|暖房|起動する|1|", "アプリが開かへんかった|アプリ|開く|1|", "シャワーのお湯が出えへん|お湯|出る|1|", "画面が見えへんやん|画面|見える|1|", "荷物がまだ届いとらん|荷物|届く|1|",
    "エアコンが効いとるやん|エアコン|効く|0|", "料理がまずいわけではない|料理|まずい|1|", "値段が安いとは限らない|値段|安い|1|", "音が出ないわけではない|音|出る|0|", "部屋が汚くないとは言えない|部屋|汚い|0|",
    "水が漏れなくはない|水|漏れる|0|", "料金が高くなくはない|料金|高い|0|", "返事が来ないことはなかった|返事|来る|0|",
]


def test_dialects_and_doubled_denials():
    found = phrase_rows([line.split("|")[0] for line in DOUBLED], workers=0).table
    assert right(found, DOUBLED) == [line.split("|")[0] for line in DOUBLED]
    assert "わけ" not in set(found["subject"])
