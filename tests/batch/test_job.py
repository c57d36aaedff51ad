"""The daily job: adds, repeats, survives being killed, loses no row, keeps no secret."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from vocmine import store
from vocmine.batch import RunResult, job, run
from vocmine.batch import chunks as chunks_room
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.contacts import simulate
from vocmine.cost import CostModel
from vocmine.embed import BundledEncoder, remembered_vectors
from vocmine.errors import ContactError
from vocmine.settings import Settings
from vocmine.tagger import Tagger

MODEL = CostModel(rate_per_minute={"call": 60.0, "chat": 50.0, "email": 55.0, "social": 55.0}, currency="JPY")


QUIET = Settings(topics=False, chunk_rows=8)


SENTENCES = [
    "入電。先月分の料金が二重に引き落とされているとのこと。返金希望。折電要。",
    "ｱﾌﾟﾘが落ちて使えません(´;ω;`)", "荷物がまだ届きません。いつ届きますか?", "My router keeps disconnecting since Monday.",
    "解約したいのですが手続きを教えてください", "対応してくれた方がとても親切でした。ありがとうございました！", "I was charged twice, please refund.",
]


def day_file(path, day, n=20, start=0):
    rows = [
        {
            "contact_id": f"c{start + i:04d}", "created_at": f"2026-11-{day:02d} {9 + i % 9:02d}:15", "channel": ["call", "chat", "email"][i % 3],
            "text": SENTENCES[i % len(SENTENCES)], "customer_id": f"u{i % 7}", "handle_seconds": 120 + 30 * (i % 5), "team": "一次窓口",
        }
        for i in range(n)
    ]
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def finish(events) -> RunResult:
    result = [event for event in events if event.result is not None]
    assert len(result) == 1
    return result[0].result


def visible_bytes(home):
    skip = {"run.json"}  # has the seconds of the run
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file() and p.name not in skip}


@pytest.fixture(scope="module")
def tagger():
    return Tagger()


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("VOCMINE_HASH_KEY", "a key for the tests only")


def test_a_second_day_adds_and_the_same_day_changes_nothing(tmp_path, tagger):
    one, two, out = day_file(tmp_path / "1.csv", 1), day_file(tmp_path / "2.csv", 2, start=20), tmp_path / "out"
    first = finish(run([one], out, tagger=tagger, model=MODEL, settings=QUIET))
    assert (first.n_read, first.n_accepted, first.n_stored, first.exit_code) == (20, 20, 20, 0)
    second = finish(run([two], out, tagger=tagger, model=MODEL, settings=QUIET))
    assert second.n_stored == 40
    before = visible_bytes(out)
    finish(run([two], out, tagger=tagger, model=MODEL, settings=QUIET))
    assert visible_bytes(out) == before
    assert {p.stem for p in (out / "tags").glob("*.parquet")} == {"2026-11-01", "2026-11-02"}
    costs = pd.read_csv(out / "issue_costs.csv")
    ledger = sum((120 + 30 * (i % 5)) / 60 * [60.0, 50.0, 55.0][i % 3] for i in range(20)) * 2
    assert costs["cost"].sum() == pytest.approx(ledger, abs=1)
    made = json.loads((out / "run.json").read_text())
    assert made["read"] == 20
    assert "report.html" in made["made"]


def test_two_files_at_once_equal_one_after_the_other(tmp_path, tagger):
    one, two = day_file(tmp_path / "1.csv", 1), day_file(tmp_path / "2.csv", 2, start=20)
    finish(run([one, two], tmp_path / "both", tagger=tagger, model=MODEL, settings=QUIET))
    for path in (one, two):
        finish(run([path], tmp_path / "each", tagger=tagger, model=MODEL, settings=QUIET))
    both, each = visible_bytes(tmp_path / "both"), visible_bytes(tmp_path / "each")
    for name in both:
        # the page says what the last run read, and hot words are kept as of the last day of each run
        if not name.startswith(("report", "hot_words")):
            assert both[name] == each[name], name
    words = {name: pd.read_csv(tmp_path / name / "hot_words.csv") for name in ("both", "each")}
    assert words["each"]["as_of"].unique().tolist() == ["2026-11-01", "2026-11-02"]
    last = words["each"][words["each"]["as_of"] == "2026-11-02"].reset_index(drop=True)
    pd.testing.assert_frame_equal(words["both"], last)


@pytest.mark.parametrize("after", [1, 3, 7, 10, 12, 14])
def test_a_killed_run_is_finished_by_the_same_call(tmp_path, tagger, monkeypatch, after):
    path, whole, broken = day_file(tmp_path / "1.csv", 1), tmp_path / "whole", tmp_path / "broken"
    finish(run([path], whole, tagger=tagger, model=MODEL, settings=QUIET))
    writes = 0

    def dying(target, data):
        nonlocal writes
        writes += 1
        if writes > after:
            raise KeyboardInterrupt
        store_write(target, data)

    store_write = store.write_atomic
    with monkeypatch.context() as patch:
        for module in ("batch.chunks", "batch.contact_store", "batch.state", "csvfile"):
            patch.setattr(f"vocmine.{module}.write_atomic", dying)
        with pytest.raises(KeyboardInterrupt):
            list(run([path], broken, tagger=tagger, model=MODEL, settings=QUIET))
    finish(run([path], broken, tagger=tagger, model=MODEL, settings=QUIET))
    assert visible_bytes(broken) == visible_bytes(whole)


def test_tagged_chunks_are_not_tagged_again_after_a_kill(tmp_path, tagger, monkeypatch):
    path, out, tagged = day_file(tmp_path / "1.csv", 1), tmp_path / "out", []
    real = chunks_room.Spool.put

    def put(self, name, chunk):
        if len(tagged) == 2:
            raise KeyboardInterrupt
        tagged.append(name)
        real(self, name, chunk)

    with monkeypatch.context() as patch:
        patch.setattr(chunks_room.Spool, "put", put)
        with pytest.raises(KeyboardInterrupt):
            list(run([path], out, tagger=tagger, model=MODEL, settings=QUIET))
    again = []
    monkeypatch.setattr(chunks_room.Spool, "put", lambda self, name, chunk: (again.append(name), real(self, name, chunk)))
    finish(run([path], out, tagger=tagger, model=MODEL, settings=QUIET))
    assert len(tagged) == 2
    assert not set(tagged) & set(again)
    assert not (out / ".work").exists()


def test_a_row_that_breaks_the_tagger_is_set_aside_and_the_rest_goes_on(tmp_path):
    class Fragile(Tagger):
        def tag(self, contacts):
            if contacts["text"].str.contains("解約").any():
                raise ZeroDivisionError("解約したい customer text must not be shown")
            return super().tag(contacts)

    path, out = day_file(tmp_path / "1.csv", 1), tmp_path / "out"
    result = finish(run([path], out, tagger=Fragile(), model=MODEL, settings=QUIET))
    n_bad = sum(i % len(SENTENCES) == 4 for i in range(20))
    assert (result.n_read, result.n_rejected, result.n_stored) == (20, n_bad, 20 - n_bad)
    rejected = pd.read_csv(out / "rejected.csv")
    assert set(rejected["code"]) == {"processing_failed"}
    assert set(rejected["value"]) == {"ZeroDivisionError"}
    assert result.exit_code == 3


def test_shift_jis_with_broken_rows(tmp_path, tagger):
    lines = ["受付番号,受付日時,チャネル,本文", "1,2026/11/21 10:00,電話,荷物が届かない", "2,昨日,電話,日付が読めない行",
             "3,2026/11/21 11:00,電話,", "1,2026/11/21 12:00,電話,二重の番号", "4,2026/11/21 12:30,のろし,チャネルが不明",
             "5,2026年11月21日14時30分,メール,アプリが落ちる"]
    path = tmp_path / "notes.csv"
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    mapping = {"受付番号": "contact_id", "受付日時": "created_at", "チャネル": "channel", "本文": "text"}
    result = finish(run([path], tmp_path / "out", tagger=tagger, mapping=mapping, settings=QUIET))
    assert (result.n_read, result.n_accepted, result.n_rejected) == (6, 2, 4)
    assert result.rejected_by_code == {"bad_date": 1, "empty_text": 1, "duplicate_id": 1, "unknown_channel": 1}
    rejected = pd.read_csv(tmp_path / "out" / "rejected.csv")
    assert sorted(rejected["row"]) == [3, 4, 5, 6]


def log_file(path, *rows):
    path.write_text("\n".join(["受付番号,受付日時,チャネル,本文,会員番号,電話番号", *rows]) + "\n", encoding="utf-8")
    return path


CALLS = ("1,2026/05/01 09:00,電話,契約を止めたいです,7,", "2,2026/05/01 09:10,電話,請求が二回ありました,,090-1111-2222")
CHATS = ("1,2026/05/02 10:00,チャット,荷物が来ません,8,", "9,2026/05/02 10:10,チャット,ログインできません,7,")


def test_two_logs_that_number_from_one_are_kept_apart_in_any_order(tmp_path, tagger):
    calls, chats = log_file(tmp_path / "calls_0501.csv", *CALLS), log_file(tmp_path / "chats_0502.csv", *CHATS)
    first = finish(run([chats, calls], tmp_path / "one", tagger=tagger, settings=QUIET))
    finish(run([calls, chats], tmp_path / "two", tagger=tagger, settings=QUIET))
    assert (first.n_accepted, first.n_stored, first.n_replaced, first.n_apart, first.exit_code) == (4, 4, 0, 1, 0)
    days = {day: pd.read_parquet(tmp_path / "one" / "contacts" / f"{day}.parquet") for day in ("2026-05-01", "2026-05-02")}
    assert days["2026-05-01"]["contact_id"].tolist() == ["1", "2"]
    assert days["2026-05-02"][["contact_id", "source_system"]].values.tolist() == [["chats:1", "chats"], ["9", "chats"]]
    one, two = visible_bytes(tmp_path / "one"), visible_bytes(tmp_path / "two")
    assert {name for name in one if name.endswith(".parquet")} == {name for name in two if name.endswith(".parquet")}
    assert [name for name in one if name.endswith((".parquet", ".csv")) and one[name] != two[name]] == []
    again = finish(run([chats, calls], tmp_path / "one", tagger=tagger, settings=QUIET))
    assert (again.n_replaced, again.n_unchanged, again.n_stored) == (0, 4, 4)
    assert visible_bytes(tmp_path / "one") == one


def test_a_correction_is_counted_and_a_number_used_twice_is_refused(tmp_path, tagger):
    out = tmp_path / "out"
    finish(run([log_file(tmp_path / "calls_0501.csv", *CALLS)], out, tagger=tagger, settings=QUIET))
    changed = log_file(tmp_path / "calls_0502.csv", "1,2026/05/01 09:00,電話,契約は続けます,7,", "2,2026/05/02 11:00,チャット,別の用件です,,")
    result = finish(run([changed], out, tagger=tagger, settings=QUIET))
    assert (result.n_replaced, result.n_rejected, result.rejected_by_code) == (1, 1, {"duplicate_id": 1})
    rejected = pd.read_csv(out / "rejected.csv", dtype=str)
    assert rejected[["source", "contact_id", "code"]].values.tolist() == [["calls_0502.csv", "2", "duplicate_id"]]
    made = json.loads((out / "run.json").read_text())
    assert (made["accepted"], made["replaced"], made["unchanged"], made["kept_apart"]) == (1, 1, 0, 0)
    assert made["sources"][0]["rejected"] == 1
    assert pd.read_parquet(out / "contacts" / "2026-05-01.parquet")["text"].tolist() == ["契約は続けます", "請求が二回ありました"]


def test_customers_are_linked_and_costs_are_split_by_segment_and_plan(tmp_path, tagger):
    (tmp_path / "customers.csv").write_text("会員番号,電話番号,ランク,プラン,年間売上\n7,,gold,S,1000\n8,09011112222,silver,M,200\n", encoding="utf-8")
    files = [log_file(tmp_path / "calls_0501.csv", *CALLS), log_file(tmp_path / "chats_0502.csv", *CHATS)]
    chosen = QUIET.model_copy(update={"customers": str(tmp_path / "customers.csv")})
    out = tmp_path / "out"
    finish(run(files, out, tagger=tagger, settings=chosen))
    stored = pd.concat([pd.read_parquet(path) for path in sorted((out / "contacts").glob("*.parquet"))])
    assert stored["segment"].tolist() == ["gold", "silver", "silver", "gold"]
    assert stored["revenue"].tolist() == [1000, 200, 200, 1000]
    assert stored["customer_id"].nunique() == 2
    assert stored["customer_id"].str.fullmatch("[0-9a-f]{32}").all()
    for key, names in (("segment", {"gold", "silver"}), ("plan", {"S", "M"})):
        assert set(pd.read_csv(out / f"issue_costs_by_{key}.csv")[key]) == names
    assert json.loads((out / "run.json").read_text())["customers"] == {"people": 2, "linked": 4, "doubts": []}
    before = visible_bytes(out)
    finish(run(files, out, tagger=tagger, settings=chosen))
    assert visible_bytes(out) == before


def test_a_missing_file_is_an_error_before_anything_is_made(tmp_path):
    with pytest.raises(ContactError, match="no such file"):
        list(run([tmp_path / "none.csv"], tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_contacts_from_a_database(tmp_path, tagger):
    import sqlite3

    day_file(tmp_path / "1.csv", 1)
    with sqlite3.connect(tmp_path / "crm.db") as db:
        pd.read_csv(tmp_path / "1.csv").to_sql("notes", db, index=False)
    db.close()
    chosen = Settings(topics=False, query="SELECT * FROM notes WHERE channel = 'call'")
    result = finish(run([f"sqlite:///{tmp_path / 'crm.db'}"], tmp_path / "out", tagger=tagger, model=MODEL, settings=chosen))
    assert (result.n_read, result.n_stored) == (7, 7)


@pytest.mark.parametrize(("rows", "match"), [("", "there are no rows"), ("1,never,call,x\n", r"no row could be used.*1 rejected \(bad_date 1\)")])
def test_a_first_run_without_contacts_says_so(tmp_path, tagger, rows, match):
    path = tmp_path / "none.csv"
    path.write_text("contact_id,created_at,channel,text\n" + rows)
    with pytest.raises(ContactError, match=match):
        list(run([path], tmp_path / "out", tagger=tagger, settings=QUIET))


def test_a_day_without_contacts_leaves_the_folder_as_it_was(tmp_path, tagger):
    one, out = day_file(tmp_path / "1.csv", 1), tmp_path / "out"
    finish(run([one], out, tagger=tagger, settings=QUIET))
    before = visible_bytes(out)
    path = tmp_path / "none.csv"
    path.write_text("contact_id,created_at,channel,text\n")
    result = finish(run([path], out, tagger=tagger, settings=QUIET))
    assert (result.n_read, result.n_stored, result.exit_code) == (0, 20, 0)
    after = visible_bytes(out)
    assert {name for name in before if not name.startswith("report") and before[name] != after[name]} == set()


def test_reasons_and_topics_of_a_run_encode_each_text_once(tmp_path, monkeypatch):
    contacts = simulate(16, 7, "ja", seed=0)[["contact_id", "created_at", "channel", "text"]]
    contacts.to_csv(tmp_path / "days.csv", index=False)
    own = Taxonomy.from_dict({"reasons": [{"id": "a", "name": "料金"}, {"id": "b", "name": "配達"}, {"id": "c", "name": "アプリ"}]})
    asked, made = [], BundledEncoder._made
    monkeypatch.setattr(BundledEncoder, "_made", lambda self, texts: asked.extend(texts) or made(self, texts))

    def results(folder):
        tagger = Tagger(ReasonClassifier(own))
        finish(run([tmp_path / "days.csv"], tmp_path / folder, tagger=tagger, settings=Settings(discover=True)))
        return visible_bytes(tmp_path / folder)

    once = results("once")
    read = pd.read_csv(tmp_path / "once" / "topics" / "assigned.csv")
    assert len(read) == len(contacts) and len(asked) > 60
    assert len(asked) == len(set(asked))
    asked.clear()
    monkeypatch.setattr(job, "remembered_vectors", lambda: remembered_vectors(0))
    assert results("again") == once
    assert len(asked) > 1.3 * len(set(asked))
