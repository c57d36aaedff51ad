from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from vocmine import store
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.embed import BundledEncoder, CharacterEncoder
from vocmine.errors import SettingsError, StoreError
from vocmine.text import as_analysed

SENTENCES = [
    ("先月分の料金が二重に請求されています", "billing.double_charge"),
    ("領収書の発行をお願いしたいのですが", "billing.invoice"),
    ("クレカが使えないと出て決済できません", "billing.payment_failed"),
    ("ポイントが付与されてないんだけど", "billing.points"),
    ("返金はいつになりますか", "billing.refund"),
    ("荷物が配達完了なのに届いてないです", "delivery.not_arrived"),
    ("届いた箱がつぶれて中身が割れていた", "delivery.damaged"),
    ("注文と違う色の商品が届きました", "delivery.wrong_item"),
    ("再配達をお願いします", "delivery.change"),
    ("何度やってもログインできない", "account.login"),
    ("パスワードを忘れてしまいました", "account.password"),
    ("SMSの認証コードが届かない", "account.verification"),
    ("アカウントが乗っ取られたかもしれない", "account.security"),
    ("アプリを開くとすぐ落ちる", "technical.app_crash"),
    ("Wi-Fiがつながらなくて困っている", "technical.connection"),
    ("夜は回線速度が遅すぎる", "technical.slow"),
    ("充電してもバッテリーがすぐ切れる", "technical.battery"),
    ("今月いっぱいで解約したいです", "contract.cancel"),
    ("安いプランに変更したい", "contract.plan_change"),
    ("この商品の在庫はありますか", "contract.stock"),
    ("サイズが合わないので返品したい", "contract.return"),
    ("電話が全然つながらない", "service.waiting"),
    ("オペレーターの態度が失礼だった", "service.attitude"),
    ("丁寧に対応していただき感謝しています", "service.praise"),
    ("I was charged twice this month", "billing.double_charge"),
    ("My parcel never arrived", "delivery.not_arrived"),
    ("I forgot my password", "account.password"),
    ("the app keeps crashing", "technical.app_crash"),
    ("Please cancel my subscription", "contract.cancel"),
    ("I was on hold for 50 minutes", "service.waiting"),
    ("the agent was so rude", "service.attitude"),
    ("Could you send me a receipt?", "billing.invoice"),
]
OFF_TOPIC = ["今日はいい天気ですね", "明日の会議は10時からです", "猫がかわいい", "The cat sat on the mat", "了解です", "ok", "", "12345"]


def test_shipped_taxonomy_without_labels(shipped_classifier):
    texts, labels = zip(*SENTENCES, strict=True)
    guess = shipped_classifier.predict(list(texts))
    wrong = [(t, g) for t, label, g in zip(texts, labels, guess, strict=True) if g != label]
    assert len(wrong) <= 1, wrong


def test_abstains_off_topic(shipped_classifier):
    assert (shipped_classifier.predict(OFF_TOPIC) == "unknown").mean() >= 0.85
    assert not (shipped_classifier.predict(OFF_TOPIC, abstain=False) == "unknown").any()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_text_gets_probabilities(shipped_classifier, texts):
    p = shipped_classifier.predict_proba(texts)
    assert p.shape == (len(texts), 34) and np.isfinite(p).all() and (p >= 0).all() and (p.sum(axis=1) <= 1 + 1e-4).all()


@pytest.mark.parametrize("serve", ["student", "best", "fast"])
def test_alone_is_the_same_as_among_others(serve, reason_texts):
    texts, labels = reason_texts
    clf = ReasonClassifier(encoder=CharacterEncoder(), serve=serve).fit(texts, labels)
    among = clf.predict_proba(texts)
    alone = np.vstack([clf.predict_proba([t]) for t in texts])
    assert (among == alone).all()
    assert (clf.predict_proba(texts[::-1])[::-1] == among).all()


def test_fit_learns_and_is_deterministic(reason_texts, small_classifier):
    texts, labels = reason_texts
    assert (small_classifier.predict(texts, abstain=False) == labels).mean() == 1
    order = np.random.default_rng(0).permutation(len(texts))
    again = ReasonClassifier(encoder=CharacterEncoder(), serve="best").fit([texts[i] for i in order], [labels[i] for i in order])
    np.testing.assert_allclose(again.predict_proba(texts), small_classifier.predict_proba(texts), atol=2e-3)
    assert list(small_classifier.classes_) == ["late", "login", "refund"]


def test_save_load_pickle_clone(tmp_path, reason_texts, small_classifier, shipped_classifier):
    texts, _ = reason_texts
    wanted = small_classifier.predict_proba(texts)
    small_classifier.save(tmp_path / "fitted")
    assert (ReasonClassifier.load(tmp_path / "fitted").predict_proba(texts) == wanted).all()
    assert (pickle.loads(pickle.dumps(small_classifier)).predict_proba(texts) == wanted).all()
    shipped_classifier.save(tmp_path / "shipped")
    again = ReasonClassifier.load(tmp_path / "shipped")
    assert (again.predict_proba(texts) == shipped_classifier.predict_proba(texts)).all()
    assert len(pickle.dumps(ReasonClassifier())) < 5_000
    assert clone(small_classifier).set_params(precision=0.9).get_params()["precision"] == 0.9
    with pytest.raises(StoreError):
        ReasonClassifier.load(tmp_path / "none")


def test_same_fit_same_bytes(tmp_path, reason_texts):
    for name in ("a", "b"):
        ReasonClassifier(encoder=CharacterEncoder()).fit(*reason_texts).save(tmp_path / name)
    files = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("a", "b")]
    assert files[0] == files[1]


def test_names_only_takes_the_nearest_name():
    taxonomy = Taxonomy.from_dict({"reasons": [
        {"id": "a", "name": {"ja": "返金", "en": "refund"}}, {"id": "b", "name": {"ja": "ログイン", "en": "login"}}]})
    clf = ReasonClassifier(taxonomy, CharacterEncoder())
    assert clf.predict(["返金してください", "ログインできない", "refund please"]).tolist() == ["a", "b", "a"]


ONE = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "A"}]})
TWO = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]})


@pytest.mark.parametrize(("make", "words"), [
    (lambda: ReasonClassifier(ONE).predict(["x"]), "not enough reasons"),
    (lambda: ReasonClassifier(TWO, min_examples=2).fit(["x", "y", "z"], ["a", "a", "b"]), "too few texts.*'b'"),
    (lambda: ReasonClassifier(TWO, serve="quick").fit(["x"], ["a"]), "fast, best, cascade, student"),
    (lambda: ReasonClassifier(TWO, precision=2).fit(["x"], ["a"]), "between 0 and 1"),
])
def test_wrong_use(make, words):
    with pytest.raises(SettingsError, match=words):
        make()


def test_a_folder_of_the_version_before_is_refused_with_what_to_do(tmp_path):
    store.save(tmp_path, "ReasonClassifier", {"params": {}}, version=5)
    with pytest.raises(StoreError, match=r"version 5.*version 6"):
        ReasonClassifier.load(tmp_path)


NAMED = Taxonomy.from_dict({"reasons": [{"id": "refund", "name": "返金"}, {"id": "login", "name": "ログイン"}]})
BOTH = Taxonomy.from_dict({"reasons": [
    {"id": "refund", "name": {"ja": "返金", "en": "Refund"}}, {"id": "login", "name": {"ja": "ログイン", "en": "Login"}},
]})
ASKED = ["返金はまだですか", "お金を返して", "ログインできません", "090-1234-5678まで返金の連絡を"]


def view_of(classifier):
    return classifier.encoder_.spec.get("view", "shared")


def test_the_view_follows_the_language_of_the_taxonomy_and_then_of_the_texts():
    clf = ReasonClassifier(NAMED)
    assert view_of(clf) == view_of(ReasonClassifier(BOTH)) == view_of(ReasonClassifier()) == "shared"  # words: beside texts
    assert view_of(clf.set_params(taxonomy=BOTH)) == "shared"
    labels, english = ["refund", "refund", "login", "login"], ["a refund please", "the refund", "cannot log in", "my login"]
    assert view_of(ReasonClassifier(NAMED).fit(english, labels)) == "shared"  # names in Japanese
    assert view_of(ReasonClassifier(BOTH).fit(english, labels)) == view_of(ReasonClassifier().fit(english, labels)) == "en"
    assert view_of(ReasonClassifier(BOTH).fit(ASKED, ["refund", "refund", "login", "refund"])) == "ja"


def test_a_view_is_saved_and_pickled_with_what_was_learned(tmp_path):
    fitted = ReasonClassifier(BOTH).fit(ASKED, ["refund", "refund", "login", "refund"])
    named = ReasonClassifier(NAMED)
    for name, clf, view in (("fitted", fitted, "ja"), ("named", named, "shared")):
        wanted = clf.predict_proba(ASKED)
        clf.save(tmp_path / name)
        for again in (ReasonClassifier.load(tmp_path / name), pickle.loads(pickle.dumps(clf))):
            assert view_of(again) == view and again.encoder is None
            assert np.array_equal(again.predict_proba(ASKED), wanted)


def test_an_encoder_that_was_given_is_kept(tmp_path):
    clf = ReasonClassifier(NAMED, BundledEncoder(threads=1))
    clf.save(tmp_path / "given")
    assert view_of(clf) == view_of(ReasonClassifier.load(tmp_path / "given")) == "shared"


def test_a_row_alone_analysed_or_not_has_the_same_vector():
    clf = ReasonClassifier(NAMED).fit(ASKED, ["refund", "refund", "login", "refund"])
    whole = clf.predict_proba(ASKED)
    assert view_of(clf) == "ja" and np.array_equal(clf.predict_proba(as_analysed(ASKED)), whole)
    assert np.array_equal(clf.predict_proba(as_analysed(ASKED, words=True)), whole)
    assert all(np.array_equal(clf.predict_proba([text])[0], row) for text, row in zip(ASKED, whole, strict=True))
