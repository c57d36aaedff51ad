"""Requests, leaving and escalation in notes, chats and posts of many trades, and what only looks like them."""

from __future__ import annotations

import pytest

from vocmine.classify import detect_signals

PRESENT = {
    "request": """
転居に伴い検針日の変更を希望。受付済、次回より適用
お釣り銭の両替機を増やしてほしいとのお声
領収証の但し書きを「お品代」に直したものを再送してほしいと
子供用の取り皿、あと2枚いただけますか
ログイン通知がうるさいのでオフにできるようにしてくれ
お手数ですが、契約書の控えをPDFで頂戴できれば幸いです
[氏名]様、口座振替の再開を依頼。翌月分から再開予定
機内食をベジタリアンに変更したいんやけど
pt asks that results be faxed to Dr Lin
Customer asked us to waive the restocking fee; declined per policy
Someone please explain why I was billed and refund it
Any chance you can add Apple Pay?
More vegan options would be great
acct mgr: client reqs SSO enabled before go-live
ドライヤーの風量調整不可、同等品への交換を希望されている
給湯器の異音、技術者の派遣依頼。12/3午前で仮押さえ
法人契約の請求先を本店から支店へ変更する申請を受領
引落日を25日に後ろ倒しできないかとの要望。不可の旨説明
宿泊証明の発行を求めて来電、フロントへ引継ぎ
アレルギー対応食への切替申込あり、シェフへ連携
カード会員様、暗証番号通知の再送希望
チラシのポスティングを止めてほしい旨の申し出
入院給付金の請求書類一式の取寄せ依頼、本日投函
席を通路側に移してもらいたいとのこと
検針票の名義を妻に変えたいのですが
着払い伝票を2枚同梱でよろしくと頼まれ、倉庫に連携
折返しは18時以降を希望
部屋の枕をもう一つ持ってきてもらえますか
Guest req late checkout 1pm, no charge
Patient asking to reschedule Thursday's cleaning
Mrs Holt wants her meter moved outside, quote sent
Client would like the PDF invoice sent monthly
Please stop sending me the paper catalogue
bring back the old player skins
Would love an option to sort by date
This app needs a dark theme
can you make the font bigger in the next version
Cancel my renewal and refund the deposit.
You should let users export their history
上水道の使用開始届、ネット手続き不可のため用紙郵送を依頼された
入金消込漏れ、再通知のストップ希望。経理へ連携
妊婦のため禁煙フロアへの部屋替え申出、1205号へ変更
APIの呼出上限を一時的に緩和してほしいとの問合せ
車椅子利用、段差の少ないお席を用意してもらえるかと相談あり
口座名義カナの訂正依頼(誤:オオタ→正:オータ)
次月分から大盛りに変更ご希望。登録済
ガス開栓の立会い、土曜午前に変更できないかと
診断書の英訳発行を求めておられる
請求書の宛名に「株式会社」を入れて再発行してくださいとのこと
ガチャ履歴の開示要求、規約により非開示と回答
ポイントの家族合算を希望、手順メール送付
夜間は電話しないでほしいです
もうちょい字でかくしてくれや
せめて予約画面くらい日本語対応してほしかった
cust asked that driver leave parcel w/ neighbour
Pt requesting refill on lisinopril, sent to pharm
Policyholder wishes to add her son to the car policy
Caller wants removed from mailing list
Could we get a late checkout on Sunday?
Would be handy to have a search box here
Why isn't there a way to mute group chats? Add one please
I'd like my deposit back
Tenant req plumber asap, leak under sink
It should let me save more than one address
wish the watch had a louder alarm
Send me the receipt again
介護ベッドの高さ調整の依頼、明日14時に訪問手配
子会社への請求書分割を希望、経理確認中
リフト券の日付変更申出、当日精算で対応
定期健診の結果を郵送で欲しいとのこと
お客様より窓口の混雑状況をサイトに載せてほしいとの要望
口座凍結の解除を求め来店
家族割への組み入れ申請を受付
予約の人数、4名から6名に増やしたいです
アプリの文字をもう少し太くできませんか、老眼にはつらい
辛さ控えめでお願いできると助かります
Vet appt: owner asks to move to the afternoon slot
Member requesting itemised bill for Sept
pls resend the activation code
An offline mode would be a nice addition, please consider
Shopper wants the sofa delivered upstairs
We need two more seats on our licence
""",
    "churn": """
★2 スタッフさんは良い人なのに、マシンの故障が3か月放置。月末で抜けます。
継続のお手紙をもらいましたが、価格が合わないので今年は他所の保険にお世話になろうと思います。
[氏名]様 法人回線8本、経費削減のため来月末で全て終了したいとの意向。最低利用期間を確認し回答予定
推しがいなくなったのでファンクラブ抜けたい。手続きどこから？
値上げのお知らせ見た瞬間にポチッと解約した。さようなら動画サービス
客：これ以上待たされるなら契約やめますよ
もう米はスーパーで買うことにする。高いだけで味は変わらん
電気代の明細見て笑った。新電力の比較サイト見てくるわ
口座維持手数料の件でご立腹、預金全額を引き上げるとのこと
ここのスイーツ好きだったけど、接客で萎えたのでもう足が向かない
次回の車検は知り合いの工場に出します
サーバー移転予定につき現契約は満了をもって終了希望、データ受渡し方法の照会
Charged twice and ignored. I've moved my pension elsewhere.
Honestly considering ditching this gym for the one on 5th
Cust upset re price hike, said she'd go to the competition when term ends in May
Stayed loyal for eight years. This renewal will be a no from me.
nah i'm not paying that, delete my profile please
次の更新時に別の保険屋さんへ移すつもりとのこと
会員証は今月末でお返しします、来月以降は通いません
もうこのスーパーの宅配は頼まん
電気はよその会社に替えることにした
課金ももうしないし、今日で卒業します
契約は今期限りで終わりにしたいとの申出
更新の意思なし、満了で終了予定
競合のサービスに切り替えるため年内で終了
サブスク切った。もう戻らない
このままだと解約も視野に入れざるを得ない
ライバル店のほうが安いので今後はそちらで買います
定期の青汁、次回で終わりにしてください
再訪はありません
メインバンクを他行に変えるため口座を閉じたい
他社見積もりと比べて乗り換えを判断するとのこと
We're not going to extend the lease on these printers, moving to Canon
I'd rather go with another insurer next year
Member says she'll let her gym membership expire
That's it, I'm done. Switching banks tomorrow
Looking at alternatives since the price hike
Uninstalled after the last update, goodbye
I won't be ordering from here again
Cust threatening to leave for competitor unless price matched
Please close my account and delete my data
通帳アプリの手数料改定を受け、ネット銀行へ資金を移すとのこと
学校指定を外れたので、次からは別業者の制服にする予定
保守契約は来期更新せず、内製に切り替えるご意向
今の電力会社に見切りをつけました
値上げするなら使うのやめようと思います
定期コースの停止ではなく完全にやめたい
ここで髪切るのは今日が最後かな
アプデ改悪すぎて消した。戻る気なし
もう二度と注文せえへん
解約する場合はどちらに電話すればいいですか。今月中に済ませたいので
別の歯医者に行くことにした
相見積もり取得済み、条件次第で切替えるとのご発言
お世話になりましたが、来月で会員を終わりにします
乗換先はもう決まってる、MNPだけ早く出して
ログイン勢だったけどサ終前に辞めます
Not renewing. Found a cheaper gym round the corner
We're moving our fleet insurance to another broker in March
Mbr states will cancel if fee not waived
Deleted my account after ten years
How can I end my contract early?
You just lost a loyal customer
guess I'm going back to Android then, bye
Client considering alternative vendors for next FY
I want out of this plan
通信費を下げたいので格安SIMにする予定とのこと
更新通知を見て他の共済と比べている、替えるかもとの話
来季のシーズン券は見送ります
この塾は3月で辞めさせようと思っています
新聞の購読、来月から止めてください
次はもう別のメーカーかな
もう行くことないわ、さいなら
解約覚悟で問い合わせたとのこと
ガス会社を変えた
法人担当より、年度末で取引終了の打診
引き落としを止めて退会にしてほしい
We are going with your competitor next season
Pt transferring care to another clinic, records sent
Please end my subscription today
not gonna renew lol
Tired of this, switching to a rival app
This will be our last stay
""",
    "escalation": """
納得できない。本社のお客様窓口の連絡先を教えろ、直接文句言う
回答次第では弁護士に相談すると告げられる
責任のある人に代わってくれますか
市役所に苦情を入れさせていただきます
この写真、拡散希望で上げてもいいんですよ？
「出るとこ出ましょうか」と言われ管理者に交代
Cust escalating to corporate, wants case #
I'd like to make a formal complaint to whoever runs this place
If I don't hear back I'm going to the ombudsman
店長呼んでこい
これ以上放置するなら消費生活センターに持ち込みます
代理人弁護士より書面を送るとのご発言
支店長から直接謝罪の電話をよこせとのこと
本社のお客様相談室に申し立てる
動画を撮ったのでYouTubeで流す
裁判も辞さない構え
上席対応を強く要求
金融庁に報告します
あなたじゃ話にならないので上の人に替わって
役所に通報させてもらう
国民生活センターに相談済みとのこと
警察に届けますよ
Let me talk to your supervisor
Caller demands a manager callback today
I'll be reporting this to Trading Standards
Expect to hear from our legal team
I'm going to leave a one star review everywhere and go to the papers
My solicitor will write to you
Put a manager on the phone right now
Filed with the BBB this morning
お前では話にならん、上のもんに代われ
所長からの謝罪がないなら訴訟も考えるとの事
宅建協会に相談するとのこと
この対応、全部録音してますからネットに流しますよ
社長宛に内容証明を送るとの申告
責任者からの電話を希望、強い口調
知り合いの記者に話します
市の消費生活相談窓口に行くと言われた
本部の番号を教えてください、直接話します
SVへの交代要求あり
客観的に見て違法では？弁護士入れます
Is there anyone above you I can talk to?
Customer insisted on supervisor, transferred
I will dispute the charge with my bank and report you to the attorney general
See you in court
I'll make sure everyone on TikTok sees this
I want this raised with your head office
He threatened legal action if not refunded by Monday
Consumer rights group has been informed
支配人を今すぐ呼んでほしいとのこと
県の消費生活センターから連絡が行きますよ
この件は法的手段も含めて検討します
星1レビュー書いて拡散するからな
役員クラスからの説明を求められている
担当では埒が明かない、上と話をさせろ
Caller wants to talk with whoever is in charge
I'm calling the regulator tomorrow
Guest demanded to see the duty manager
my attorney will be contacting you
""",
}
ABSENT = {
    "request": """
入金確認のためお客様へ明細の写真送付を依頼
工場より部品入荷の連絡あり、修理再開
料金表の見方について質問、説明し理解を得た
第一希望の席が取れて嬉しい
受付から診察まで40分かかった
口コミを見て申し込みました
申込時に入力したメールが間違っていたようだ
Advised caller we need a copy of the lease
Just wanted to say thanks to Maria
Guest asked where breakfast is served
The app does what I need
It needed two people to lift
お客様に口座番号のご提示をお願いし、折返し待ち
配送業者へ荷物の所在調査を依頼、回答待ち
希望価格はなしとのこと
第二希望まで聴取済み
ご希望の色は完売しておりました
上限額の変更方法を照会。アプリでの操作を案内
申込書の記入例はサイトにあると案内
もっと早く解約しておけばよかった
受付の方がとても感じよかったです
ログインのたびに認証コードの入力を求められる
交換のご希望はないとのことで終話
依頼主の名前が伝票に載っていませんでした
保証書の写しを送るよう当方から依頼済み
不具合の申し出、再現せず
契約申込から開通まで何日ですか
御社の求める書類は全部出しました
Asked cust to email a photo of the damage
Caller wants to know if the store is open on Sunday
Requested proof of purchase from customer, pending
It does everything I need and more
The recipe wants two eggs and works fine
Patient needs to bring her insurance card, advised
I wish my mom a happy birthday with this card maker
They needed only five minutes to repair it
No request made, just said hello
お客様には身分証の再提出をお願いしている状況
倉庫へ在庫確認依頼、回答あり次第折電
希望退職に伴う退職金の税金について質問
お申し込み番号が見当たらないとのこと、登録情報から確認
配達希望時間を過ぎても届かない
受付番号を控え忘れたとの入電
修理依頼中のエアコンの進捗を確認したい
返送をお願いする旨、SMSにて送信
買わなきゃよかった
店の場所がわかりにくいのが難点、味はいい
また食べたい味です
申請はスマホで5分でした
残高照会のみ、他用件なし
Advised customer to send photos of the label
Caller inquired about wheelchair access, told yes
Does everything I want, no complaints
The kids want to go back already
She needs to sign the form before Friday, told her so
I requested nothing and got charged anyway
Adding a card took ten seconds
Let's just say the soup was cold
店舗へ折返し依頼済、未着信
お客様あて本人確認の再実施をお願いする書面を発送
希望の大学に合格しました
修理受付の電話がつながらない
依頼した覚えのない請求が来た
先に口コミを読んでから買えばよかった
要望書の様式はどこにありますか
送金の依頼人番号の意味を知りたい
申込内容に不備があり審査が止まっている
Asked the patient for an updated insurance card
Guest asked what time the gym closes
My kids want the same toy again
All you need is a screwdriver
User needs to reset the router, walked through it
""",
    "churn": """
値上げは残念ですが、今後も使い続けます
他院で撮ったレントゲンを持参してもよいか確認の入電
旅行中の2週間だけ新聞を止めてほしい
前の保険会社の解約証明はいつまでに要りますか
近所のスーパーより品揃えが良くて通っています
予約したコースを別のコースに変えてもらえますか
アカウントを2つ持っているので1つにまとめたい
終了したキャンペーンの景品がまだ届かない
もう一度使ってみたらすごく便利でした
引っ越し先でもこちらのガスを使いたい
Could I switch my delivery day to Thursday?
Cancelled my meeting to stay home for the engineer who never came
I closed the door and the lock jammed
We moved from a competitor last month, where do I upload the old statements?
Will the discount end when I renew?
The trial ends tomorrow, how do I upgrade?
他社から乗り換えてきて本当によかった
以前の会社を解約してから申し込みました
予約の取り消し方法を教えてください
動画オプションだけ解約したい
機種を新しいのに替えたいです
契約内容の見直しでプランを一つ上げました
オペレーター：解約をご希望でしょうか
父が引退したので時間ができました
更新手続きの方法を知りたい
来月も継続します
特急から各停に乗り換えます
他店にある在庫を取り寄せたい
解約は考えていませんが料金だけ聞きたい
もう頼まなくても届くので楽です
終了時間は何時ですか
注文をキャンセルして別の色に変えたい
満期のお知らせが届きました。継続します
Cancel my order #123 please
I switched from a rival last year and love it
Can I move to another seat
My old contract with the other company expires in May, then I join you
Please cancel the appointment on Friday
I let the dough rest and it came out great
The trial lapses after 7 days, right?
Goodbye and thanks for the quick help
他社のカードでも支払えますか
以前使っていた会社から移ってきて半年、満足しています
歯科の予約を別の日に変えたい
更新料はいくらですか
留守番電話サービスを解約したい
退会した元会員ですが再入会できますか
このまま継続でお願いします
乗り換え割の対象を教えて。今は他社です
注文を間違えたのでキャンセルしたい
もう使わない食器の回収はありますか
卒業祝いのプレゼントを探しています
古い冷蔵庫を引き取ってもらい新しいのに替えた
満期金の受取口座を変更したい
引退した祖父の年金について
プランを下げたいだけで解約はしません
I left my umbrella in your taxi
Please move my booking to another date
The nurse who is leaving was wonderful
I'm never going to use another brand, yours is perfect
Cancel the second item only
Thinking of upgrading to the bigger plan
Do other stores carry this colour?
They ended the call
引っ越すので住所と電力プランを変更したい
別のメニューに替えられますか
他のお客様に迷惑なので席を移りたい
次の診察日を変えてほしい
満期のお知らせの封筒が破れていた
契約更新のお礼の品が届きました
辞めた社員の端末を初期化したい
他社の掃除機から買い替えて大正解
終電に間に合わず乗り換えできなかった
My last stay was lovely
We left for the airport at noon
Cancel the spa booking, keep the room
How long until the offer expires?
I quit smoking with this app
""",
    "escalation": """
管理職研修の会場を予約したい
上司に勧められて加入しました
責任者の名刺をいただいた
エスカレーション先が不在のため待ち
拡散型のアロマを購入
Manager approved late checkout
Does the legal plan cover wills?
My boss loved the cake
上席に確認のうえ折返しと案内
技術部門へエスカレーション済み、回答待ち
責任者の方が駆けつけて丁寧に謝ってくれました
弁護士特約を付けると保険料はいくら上がりますか
X（旧Twitter）で見かけて注文しました
口コミに書いてあった通り美味しい
法務局で取った証明書を送ります
警察に提出する盗難証明がほしい
管理者権限のアカウントを追加したい
SV承認を得て手数料免除
消費者金融との違いを知りたい
店長のおすすめを買いました
本社移転のため住所変更をお願いします
裁判所からの書類で必要な残高証明を依頼
Escalated to tier 2, awaiting fix
Supervisor approved the credit
I manage a store and need a business account
My daughter is a lawyer and loves this planner
Posted on Instagram how much I love it
The manager came out and was lovely
Do you cover legal expenses in the home policy?
transferred to legal dept for document review
責任者不在のため明日折返し予定
上長判断で返金可、手続き済
本社はどちらですか
弁護士さんにも薦められて加入しました
訴えたい症状をメモして受診
SNSで拡散されてた新味、おいしかった
警察から照会のあった件、総務に転送
店長さんの笑顔に癒された
ネットに載っている番号と違うようです
L2へエスカレーション、回答は翌営業日
消費税の計算方法を教えて
My supervisor needs access to the dashboard too
Is the manager special still on the menu?
Ticket escalated internally, awaiting dev
The lawyer scheduling feature is great
I saw the review on TikTok and bought two
Reported a pothole on Elm Street
Court booking for tennis at 6pm
Asked sup for goodwill approval, granted
店長会議の日程変更を依頼
上席へ報告済み、経過観察
警備員さんがレビューで褒められていた
市の窓口で住民票を取った
弁護士会館の近くの店舗を探しています
Project manager seat needs upgrading
The supervisor on shift signed off the refund
I work for a legal firm and need invoices
Manager asked us to confirm the headcount
""",
}


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("signal", sorted(PRESENT))
def test_what_carries_it_is_found(signal: str) -> None:
    texts = lines(PRESENT[signal])
    found = detect_signals(texts)[signal] >= 0.5
    assert [text for text, there in zip(texts, found, strict=True) if not there] == []


@pytest.mark.parametrize("signal", sorted(ABSENT))
def test_near_misses_are_passed_over(signal: str) -> None:
    texts = lines(ABSENT[signal])
    found = detect_signals(texts)[signal] >= 0.5
    assert [text for text, there in zip(texts, found, strict=True) if there] == []
