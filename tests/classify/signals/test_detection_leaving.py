"""Leaving said in many ways: notes, chats and posts in both languages, and what only looks so."""

from __future__ import annotations

import pytest

from vocmine.classify import detect_signals, effort_grades

LEAVES = """
口座を他行へ移すため残高証明と閉鎖の手順を照会
プラン見直しを機に回線ごと手放すとのこと
来期の保守は別ベンダーにお願いする方針と連絡あり
次の更新月で抜けるので違約金がいくらか教えて
もうここのピザは頼むのやめた
ほかのクリーニング屋さんを当たることにします
子どもが飽きたのでサブスクを終わらせたい
今月をもって習い事を終えたいと保護者より
定期購入の次回分から止めてください、もう飲みません
保険はネットのやつに鞍替えした
ウォーターサーバー引き取ってもらう手続きを教えて
アプリ消して別の家計簿に移行した
十年続けたけどさすがに愛想が尽きた
次はないと思ってください
お付き合いはこれまでにさせていただきます
契約者より本契約の打ち切り希望、理由は値上げ
車の保険、満期になったら他で入り直すつもり
電気は知人に勧められた会社へ切替予定とのこと
三月末で引き払うのでガスも電気も終わりにしてください
退会のやり方がどこにも書いてない
最低利用期間が終わったら出ていきます
会員証返しに行けばやめられますか
もう課金する気になれない、さらば
ここで買うのは最後にする
サブスク整理中。真っ先に切るのはこれかな
今のところ他社と迷っている様子、来週返答とのこと
競合から良い提案が来ており乗換に傾いているとのこと
毎月使わないのに払うのがもったいないので解約しようか迷い中
美容院変えるわ。もう無理
スマホ料金見直して、povo的な安いやつに引っ越した
塾は今学期限りで、とお母様より
新聞はもうとらないことにしました
二度とこの宿は選ばない
機種代払い終わったら即よそに行く
預けてある資産を別の証券会社へ移管したいとのお申し出
違約金払ってでも出たい
アカウントごと消してほしい
次回の契約は見合わせる方向で社内調整中とのこと
顧問契約を終えたいと先方よりメール
推し変したのでFCは今期でおしまい
How much is the exit fee if I leave before March?
I'd like my PAC so I can take my number with me
I'll be moving my business account to a different bank
Ready to cancel, just tell me where to click
That's me out after six years
Honestly thinking of jumping ship
Not going to renew when it runs out in June
I'm shopping around for a new insurer
Just unsubscribed, too many price rises
We've decided to part ways with your agency
Caller wants final bill and closure of electricity account
Last time I order from you lot
Cust says will leave if price isn't matched
You won't see another penny from me
Done. Deleted. Bye.
We are going to let the maintenance agreement lapse
Member moving to a gym closer to work, wants to stop membership
Please stop my subscription at the end of this month
I'm off to your rivals, they answer their phones
Found the same cover for half the price elsewhere, so I won't be staying
介護施設へ入居するため、見守りの契約を来月で終えたいとご長男より
三年使ったけど、そろそろ別のカードに一本化する
給食の業者を替えることになりました、今月いっぱいでお願いします
医療保険、知り合いの代理店で入り直すことにした
法人契約12台、期末で他キャリアへ全台移行との打診
もうこのアプリには頼らない。メモは紙に戻す
会費が上がるなら退きます
次回の車検は出さないと言われた
お客様より「来年はもうお願いしない」とのご発言あり
転勤で通えなくなるので籍を抜きたい
ポイント使い切ったらここはもういいかな
電力、乗り換えシミュレーションしたら年2万安い。決まりだな
解約ページにたどり着けないんですけど、わざとですか
退会は電話のみですか
辞めるときの返却物を教えてください
途中で抜けた場合の精算はどうなりますか
サブスク三つも要らんので一つ残してあとは切る
この会社の株主だけど商品はもう買わない
娘がスイミングを嫌がるので三月で終わります
相続のため口座を閉じて全額払い出したい
契約を続けるメリットが感じられないとのこと
再契約はしないつもりです
次は絶対違うメーカーにする
推しが抜けたのでもう会費払う理由がない
配信終わったし有料会員も今日まで
もう他で予約したんで結構です
カットは良かったけど、次は別のお店に行くと思う
ご契約者、競合のキャンペーンを見て心が揺れている様子
使わないまま一年、さすがに整理しようかと
引き止めの電話はいりません、手続きだけ進めてください
データを全部書き出して、別サービスへ引っ越し完了
保険の見直しで御社分を外すことにしました
生協の配達、週一でも余るので辞めることに
いまの条件なら更新はしないと思ってください
こんな扱いなら他の銀行に全部移すわ
I'd like to close out my policy as of the 30th
Can someone tell me how to get out of this contract?
Not worth it any more, I'll be letting the membership go
We have signed with another supplier from January
My wife and I are moving our savings to a credit union
What's the process for leaving? I'm out of contract now
Seriously, where is the delete account option
Cust intends to port number to rival, asked for code
Tenant gave notice, needs closing statement
After this month I won't be using the service
I will not be flying with them again, full stop
Deleting the app as we speak
The kids have outgrown it so we'd like to stop the box
Told us the competitor quoted less and he is minded to go
Goodbye, it was nice while it lasted
来年度の清掃委託は入札で他の業者に決まったため終了とのこと
もうこの化粧水は卒業、次はプチプラ試す
定期おトク便の次回分を最後に停止したい
レッスン代が家計に響くので今月でおしまいにします
推しの卒業に合わせてFCも抜ける予定
値引きがないなら契約は続けられないと強い口調
故障ばかりなのでリース満了後は購入に切り替える意向
家族割の回線、息子の分だけ番号持って出て行く予定
有料プランに戻すことはもうないと思う
何年も世話になったが今回ばかりは我慢の限界、取引は終わりだ
休会じゃなくて完全に抜けたいんだけど窓口はどこ
通信制限ばっか。来月には別キャリア行く
ネット証券に株を全部移したい、出庫の書類ください
フードデリバリーの月額、元取れてないから切った
解約は何日前までに言えばいいですか
この値段なら隣町の床屋で十分
これ以上付き合いきれない。保険は別で探す
アカウント閉鎖の依頼、保有ポイント失効を了承
三回連続で外れだったので頼むのはもうやめにする
I think it's time we went our separate ways
How soon can I get rid of this plan?
Customer dissatisfied with premium, obtaining quotes elsewhere
Please confirm my account has been shut
Our board voted not to continue with your software
If it isn't fixed by Friday you can keep the contract
Taking my prescriptions to the pharmacy across the road
Sixth year with you and my last
I've had it, switching to a local credit union this week
"""
STAYS = """
契約書の控えを再送してください
プランを上位のものに変えたい
口座の名義を変えたいのですが
満期案内を送付、継続で手続き済み
引っ越すので住所と電話番号を変えます
引き留め特典の案内を読み上げ、了承
他社からの乗り換えでもらえる特典は何ですか
前に使っていた会社をやめてこちらにしました
予約を一件取り消して別の日にします
アプリを消してしまったので入れ直したい
スマホを替えたので引き継ぎ方法を知りたい
会員の更新をお願いします
定期便のお届け日を移したい
お酒をやめて半年になります
保険証の色が変わった
ライバル校との試合のチケットはありますか
次回から納豆は抜いてください
別の色に替えられますか
通知が多すぎるので切りたい
プレミアムに切り替えたい
卒業しても学割は使えますか
サイズが合わず別のサイズに交換希望
他社比較の資料を読んで、やはり御社に決めました
部屋の電気を消し忘れた
会社を辞めたので保険証の扱いを知りたい
契約は続けたいので値段だけ相談したい
友だちが退会したので招待特典はどうなりますか
解約金の有無を事前に案内済み
退会したはずなのにメールが来る
もう使わないと思っていたけどやっぱり便利
別の支店に口座を移管したい
今月のイベントは今日で最後だ
ご契約期間の終了日はいつですか
機種変更を検討しています
オプションを一つ外したい
担当者を別の人に変えてほしい
他の店舗でも受け取れますか
二度と落とさないようケースを買います
最後に買ったのは三年前です
もう頼んだ商品は発送されましたか
Can I switch my plan to the annual one?
Please cancel order 5521, wrong size
How do I port my number in to you?
I left my umbrella at your branch
This headset really cancels the noise
I moved house last week, please update my address
I'm done with the form, what next?
Is this the last time slot available today?
When will my final payment go through?
My neighbour cancelled hers but I'm happy
I switched from my old bank to you and it was easy
Closing my laptop fixed the problem
Cancel my 3pm haircut please
Never again will I worry about parking, thank you
Customer accepted retention discount, staying
I'd like to leave a review
Did my policy renew yet?
How do I unsubscribe from marketing emails only?
The gym is moving to a new building, right?
We are switching the office printer to recycled paper
契約期間の途中でも住所変更はできますか
別のカードを追加で登録したい
更新のご案内が届きません
給食のアレルギー対応を変えてほしい
アプリを最新にしたら使えなくなった
転勤先でも同じプランで続けたい
次回の車検の日程を変えたい
他社の端末でも使えますか
娘のスイミングの曜日を移りたい
通帳をなくしたので口座を止めてください
退会した友だちの分の招待枠は戻りますか
もう注文は確定しましたか
配達を来週だけ止めてほしい
旅行で一か月休会したい
終わりの時間を三十分延ばしてほしい
前の担当さんが辞められて寂しい
別の店で買った商品ですが修理できますか
他のサイトより見やすくて助かる
引っ越し先へ回線を移したい
卒業旅行の見積もりをください
電池が切れたので交換しました
保険証券を紛失しました
お世話になりました、また来年も泊まります
二度とないチャンスなので申し込みます
最後まで丁寧に教えてくれた
おしまいのページが破れていた
更新手続き完了、次年度も継続
他部署へ電話を移します
もう買わないと損だと思って三つ買った
やめようと思ったけど続けてよかった
他社から移ってきました、番号そのままで助かった
契約書の締結が終わりました
髪を切るのは来週でもいいですか
月額プランから年額プランへ切り替えたい
注文を間違えたので取り消して別の商品にしたい
定期券を落としました
I'd like to move my appointment to another day
Please leave the parcel with my neighbour
How long does the free trial last before it ends?
I've just moved to a new flat, can you transfer my service?
Which plan would you switch me to?
My gym bag was left in the changing room
The last time I called the agent was great
Could you stop the parcel, I entered the wrong street
Please close the ticket, all sorted
I went elsewhere in the store to find a trolley
Your competitor's charger fits too, right?
I want to end my call and send an email instead
Pt asked to be moved to another clinic day
Ended up staying because the agent was so helpful
I won't be home, leave it at the porch
Is there any penalty for paying early?
I quit my job and need to update my income
Cancelled flight, need a refund
Can I drop off my return at a store?
She is leaving on Monday so please deliver before then
I was going to leave but the new price won me over
Do you have another branch near the station?
Not going to lie, the soup was good
We renewed last week, where is the certificate?
"""
EFFORT = {
    -2: """
スマホをかざすだけで終わって驚いた
一分もかからず手続き完了
電話したらその場で解決
Sorted in seconds, brilliant
Easiest claim I have ever made
ボタンひとつで申込完了、びっくりするほど楽
電話一本で全部片付いた
It was all done within a minute, unbelievably simple
One tap and it was cancelled
数クリックで完了、あっけないほど
Solved in one call
""",
    -1: """
入力項目が少なくて助かった
窓口でスムーズに案内された
The sign-up went smoothly
Changing my address was easy enough
ガイドどおり進めたら迷わず設定できた
The return label was easy to print
Booking was a smooth process
案内が親切で迷わず終わった
Getting a refund was simple
""",
    0: """
毎週日曜に集まって遊んでいます
四回払いでお願いします
三度の飯より好きです
待ち合わせの場所を教えてください
先週買った靴が届きました
簡単なレシピが載っていて良い
何回でも使えるクーポンはありますか
二時間コースを予約したい
電話番号を変更したい
何個まで注文できますか
10分おきに通知が来るように設定したい
次の電車まで二十分あったのでコーヒーを飲んだ
毎日通っています、大好きな店です
再度入荷する予定はありますか
探し物はカスタマーセンターにありますか
三人で伺います
また電話します
担当の方は二人いますか
5回目のワクチンの予約
待ちに待った新作
""",
    1: """
申込書の書き方が難しくて家族に手伝ってもらった
問い合わせ先の番号がサイトの奥に隠れていた
書類に不備があり、もう一回送る羽目になった
先週も同じことを聞きました
ログイン画面にたどり着くまでが長い
Took me a while to work out which form I needed
Had to ring back because I forgot to get a reference
Your returns page is a maze
I needed my son's help to fill this in
マニュアルが専門用語ばかりで、読み解くのに苦労した
アプリで完結せず結局店まで行った
本人確認の写真を何枚も撮り直した
住所変更のボタンがどこにあるのか最後まで分からなかった
Had to read the guide twice to make sense of it
The app made me upload the same photo again
Figuring out the tariff was a headache
書類の書き方が分からず窓口で聞き直した
設定がうまくいかず二度やり直し
Had to call to get it activated
Hard to tell which button to press
""",
    2: """
サポートに電話したら別部署へ、そこからまた別の番号、結局最初に戻された
三か月で六回目の修理依頼です
朝からかけ続けて夕方にやっと人が出た
同じ本人確認を担当が替わるたびにやらされる
メールも電話もチャットも全部試したが返答ゼロ
先月から何度も問い合わせているのに放置されている
I've rung you every morning this week
Eight emails in and still no human
An hour and twenty on hold before the line went dead
They sent me from store to store to store
Third ticket for the same fault
Two weeks of back and forth just to change an email
問い合わせのたびに担当が違い、状況を毎度いちから話す羽目に
コールセンターに半日かけてつながらず、店舗に行っても電話してくれと言われた
これで五度目の連絡です
チャットボットが堂々巡りで人間に全然たどり着かない
ひと月で修理に四回出しました
折り返すと言われて一週間、いまだに電話が来ない
I've contacted you by phone, chat and letter and nobody has come back to me
Held for fifty minutes and then got cut off
""",
}


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize(("block", "leaves"), [(LEAVES, True), (STAYS, False)])
def test_who_leaves_is_told_from_who_stays(block: str, leaves: bool) -> None:
    texts = lines(block)
    found = detect_signals(texts)["churn"] >= 0.5
    assert [text for text, there in zip(texts, found, strict=True) if there != leaves] == []


@pytest.mark.parametrize("grade", sorted(EFFORT))
def test_effort_has_its_grade(grade: int) -> None:
    texts = lines(EFFORT[grade])
    table = effort_grades(texts)
    got = dict(zip(table["row"], table["grade"], strict=True))
    assert [(text, got.get(i, 0)) for i, text in enumerate(texts) if got.get(i, 0) != grade] == []
