"""The daily job: adds, repeats, survives being killed, loses no row, keeps no secret."""

from __future__ import annotations

import json
import re
import unicodedata

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from vocmine import store
from vocmine.batch import RunResult, run
from vocmine.batch import chunks as chunks_room
from vocmine.cost import CostModel
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


def test_a_missing_file_is_an_error_before_anything_is_made(tmp_path):
    with pytest.raises(ContactError, match="no such file"):
        list(run([tmp_path / "none.csv"], tmp_path / "out"))
    assert not (tmp_path / "out").exists()


SECRETS = st.tuples(
    st.sampled_from(["090-{}-{}", "080{}{}", "０７０－{}－{}", "+81 90 {} {}"]), st.integers(1000, 9999), st.integers(1000, 9999)
)


@given(st.lists(SECRETS, min_size=1, max_size=4), st.sampled_from(["連絡先は{}です。", "（{}）まで折電希望", "{}宛に送ってほしいとのこと", "TEL:{}"]))
@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_digit_run_of_a_planted_secret_survives_anywhere(tmp_path_factory, secrets, spot):
    folder = tmp_path_factory.mktemp("secrets")
    planted = [form.format(a, b) for form, a, b in secrets]
    rows = [("1,bad date,call," + spot.format(planted[0]))]
    rows += [f"{i + 2},2026-11-21,call,料金の件。{spot.format(secret)}返金希望" for i, secret in enumerate(planted)]
    (folder / "in.csv").write_text("contact_id,created_at,channel,text\n" + "\n".join(rows), encoding="utf-8")
    finish(run([folder / "in.csv"], folder / "out", settings=QUIET))
    needles = {str(part) for _, a, b in secrets for part in (a, b)}
    for path in (folder / "out").rglob("*"):
        if path.suffix == ".parquet":
            texts = [str(value) for value in pd.read_parquet(path).to_numpy().ravel()]
        elif path.suffix in {".csv", ".json", ".html"} and path.name != "run.json":
            texts = [re.sub(r"<style.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)]
        else:
            continue
        for text in texts:
            words = set(re.findall(r"(?<![\d.])\d{4}(?![\d.%])", unicodedata.normalize("NFKC", text)))
            found = words & needles - {"2026"}
            assert not found, (path.name, len(found))


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
