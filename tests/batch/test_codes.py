"""Agents' codes in a run: proposed, used, compared, told; a rerun gives the same bytes, and another mapping other tags."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from vocmine.batch import propose_codes, run
from vocmine.batch.codes import AgentCodes, masked_codes, sentence_tags
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.report_inputs import CostInputs
from vocmine.batch.steps import report_results
from vocmine.cost import CostModel
from vocmine.csvfile import read_csv
from vocmine.errors import ContactError, SettingsError
from vocmine.settings import Settings
from vocmine.tagger import Tagger

TEXTS = {
    "01:二重請求": "先月分の料金が二重に請求されています", "02:ログイン": "ログインできません。エラーになります", "03:解約": "解約したいのですが手続きを教えてください",
    "99:その他": "荷物がまだ届きません", "98:間違い電話": "間違えてかけました",
}
CODES = list(TEXTS)
YEN = CostModel(rate_per_minute={"call": 60.0, "email": 30.0}, currency="JPY")
MAPPING = "code_mapping:\n  '01:二重請求': billing.double_charge\n  '02:ログイン': account.login\n  '03:解約': contract.cancel\n  '98:間違い電話': ignore\n"


def rows(n=60):
    """A wrong code in row 7: the text is about a cancellation, the code says login."""
    made = []
    for i in range(n):
        code = CODES[i % 5]
        text = TEXTS["03:解約"] if i == 6 else f"{TEXTS[code]} {i}"
        made.append((f"c{i:03d}", f"2026-11-{1 + i % 20:02d} 10:00", ["電話", "メール"][i % 2], text, 3 + i % 4, code, f"T{i % 2}", f"A{i % 3}"))
    return pd.DataFrame(made, columns=["受付番号", "受付日時", "チャネル", "本文", "対応時間(分)", "対応分類", "チーム", "担当者ID"])


@pytest.fixture
def notes(tmp_path):
    rows().to_csv(tmp_path / "notes.csv", index=False)
    (tmp_path / "codes.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def work(folder, out="out", **changes):
    settings = Settings(**{"topics": False, "months": 2, "codes": str(folder / "codes.yaml"), **changes})
    *_, last = run([folder / "notes.csv"], folder / out, model=YEN, settings=settings)
    return last.result


def stored(folder, out="out"):
    return ContactStore(folder / out, "Asia/Tokyo").read()


def all_files(home):
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file() and p.name not in ("run.json", ".lock", ".hash_key")}


def test_the_proposal_is_used_at_once(notes):
    lines = propose_codes([notes / "notes.csv"], notes / "codes.yaml", Tagger(), None, Settings())
    assert "5区分のうち5区分" in lines[0] and len(lines) == 1
    mapping = AgentCodes.of(Settings(codes=str(notes / "codes.yaml")), Tagger().taxonomy()).mapping
    assert mapping.meaning("01:二重請求") == ("billing.double_charge",) and mapping.meaning("99:その他") == "read_anew"
    assert work(notes).doubts == ()


def test_codes_are_the_reasons_and_the_files_say_so(notes, monkeypatch):
    monkeypatch.setenv("VOCMINE_HASH_KEY", "x" * 20)
    work(notes)
    contacts, tags = stored(notes)
    assert contacts["agent_code"].tolist().count("01:二重請求") == 12
    by_code = tags[(tags["kind"] == "reason") & (tags["source"] == "code")]
    assert Counter(by_code["label"]) == {"billing.double_charge": 12, "account.login": 12, "contract.cancel": 12}
    assert set(tags.loc[tags["kind"] == "reading", "contact_id"]) == set(by_code["contact_id"])
    home = notes / "out"
    costs = read_csv(home / "issue_costs.csv", ())
    assert set(costs["basis"]) == {"counted"}
    raw = rows()
    rate = raw["チャネル"].map({"電話": 60, "メール": 30})
    hand = (raw["対応時間(分)"] * rate).groupby(raw["対応分類"]).sum()
    by_month = read_csv(home / "code_costs.csv", ())
    assert {row["code"]: float(row["cost"]) for row in by_month.to_dict("records")} == hand.astype(float).to_dict()
    assert by_month["month"].unique().tolist() == ["2026-11"]
    issue = costs.set_index("issue")["cost"].astype(float)
    assert issue["billing.double_charge"] == hand["01:二重請求"] and issue.sum() == hand.sum()
    agreement = read_csv(home / "code_agreement.csv", ())
    assert {"all", "code", "team", "agent_id"} == set(agreement["by"]) and not agreement["group"].isin(["A0", "A1"]).any()
    check = read_csv(home / "code_check.csv", ())
    assert check[["contact_id", "mapped", "tagged"]].values.tolist() == [["c006", "account.login", "contract.cancel"]]
    html = (home / "report.html").read_text(encoding="utf-8")
    assert "対応区分と読み取りの一致" in html and "60件のうち36件の理由は、担当者が選んだ対応区分" in html


def test_the_same_again_changes_nothing_and_no_codes_are_no_codes(notes, monkeypatch):
    monkeypatch.setenv("VOCMINE_HASH_KEY", "x" * 20)
    work(notes)
    first = all_files(notes / "out")
    work(notes)
    assert all_files(notes / "out") == first
    report_results(notes / "out", Settings(topics=False, months=2), CostInputs(YEN))
    assert all_files(notes / "out") == first
    work(notes, codes=None)
    _, tags = stored(notes)
    assert "code" not in set(tags["source"]) and "reading" not in set(tags["kind"])
    assert not [name for name in all_files(notes / "out") if name.startswith("code")]
    work(notes)
    assert all_files(notes / "out") == first


def test_the_size_of_chunks_does_not_matter(notes, monkeypatch):
    monkeypatch.setenv("VOCMINE_HASH_KEY", "x" * 20)
    work(notes)
    work(notes, out="small", chunk_rows=7)
    assert all_files(notes / "out").keys() == all_files(notes / "small").keys()
    different = [name for name, data in all_files(notes / "out").items() if data != all_files(notes / "small")[name]]
    assert different == []


@pytest.mark.parametrize(("reasons_from", "label"), [("codes", "account.login"), ("both", "contract.cancel"), ("tagger", "contract.cancel")])
def test_who_decides(notes, reasons_from, label):
    work(notes, reasons_from=reasons_from)
    _, tags = stored(notes)
    assert tags.loc[(tags["contact_id"] == "c006") & (tags["kind"] == "reason"), "label"].tolist() == [label]
    assert (notes / "out" / "code_agreement.csv").exists()


def test_codes_without_a_meaning_are_told(notes):
    (notes / "codes.yaml").write_text("'01:二重請求': billing.double_charge\n'03:解約':\n", encoding="utf-8")
    told = work(notes, lang="en").doubts
    assert [line.split(":")[0] for line in told] == ["2 of the agents' codes are not in the code mapping (24 contacts, read by the tagger)",
                                                     "1 codes of the code mapping are still open (12 contacts, read by the tagger)"]
    rows().drop(columns="対応分類").to_csv(notes / "notes.csv", index=False)
    assert "no contact has an agent's code" in work(notes, out="none", lang="en").doubts[0]
    with pytest.raises(ContactError, match="no contact has an agent's code"):
        propose_codes([notes / "notes.csv"], notes / "x.yaml", Tagger(), None, Settings())


def test_a_wrong_mapping_stops_before_anything_is_read(notes):
    (notes / "codes.yaml").write_text("code_mapping:\n  '01': billing.refnd\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"line 2.*did you mean billing.refund"):
        work(notes)
    assert not (notes / "out").exists()


def test_a_code_with_personal_data_is_stored_masked_and_still_known(notes):
    raw = rows()
    raw.loc[raw["対応分類"] == "03:解約", "対応分類"] = "03:解約 090-1234-5678"
    raw.to_csv(notes / "notes.csv", index=False)
    (notes / "codes.yaml").write_text(MAPPING.replace("03:解約", "03:解約 090-1234-5678"), encoding="utf-8")
    assert work(notes).doubts == ()
    contacts, tags = stored(notes)
    assert not contacts["agent_code"].astype(str).str.contains("1234").any()
    assert (tags["label"][tags["source"] == "code"] == "contract.cancel").sum() == 12
    assert not any(b"090-1234" in data for name, data in all_files(notes / "out").items() if name.endswith((".csv", ".html")))


def test_a_column_called_reason_can_be_kept_and_learned_from(notes):
    """And so can columns that are called as anything is that a report counts with."""
    names = ["row", "day", "label", "kind", "score", "topic_id", "n", "position", "chain_id", "month", "week", "issue", "cost", "prob", "mood", "before", "after", "share"]
    raw = rows().rename(columns={"対応分類": "reason"}).assign(顧客ID=[f"K{i % 9}" for i in range(60)], **dict.fromkeys(names, "x"))
    raw.to_csv(notes / "notes.csv", index=False)
    work(notes, codes=None, topics=True, keep_columns=("reason", "team", "text_clean", "reason", *names))
    path = next((notes / "out" / "contacts").glob("*.parquet"))
    kept = pd.read_parquet(path)
    assert kept["reason"].tolist() == kept["agent_code"].tolist() and set(kept["reason"]) <= set(CODES)
    assert set(kept[names].to_numpy().ravel()) == {"x"}


def test_sentences_are_tagged_under_their_contact():
    contacts = pd.DataFrame({"contact_id": ["a", "b"], "text": ["解約したい。パスワードを忘れた。", "ログインできません"]})
    tags = sentence_tags(contacts, Tagger())
    assert set(tags.loc[(tags["contact_id"] == "a") & (tags["kind"] == "reason"), "label"]) == {"contract.cancel", "account.password"}
    assert set(tags["contact_id"]) == {"a", "b"}


def test_contacts_without_codes_are_left_as_they_are():
    contacts = pd.DataFrame({"contact_id": ["a"], "agent_code": [None]})
    assert masked_codes(contacts) is contacts and masked_codes(contacts[["contact_id"]]).columns.tolist() == ["contact_id"]


def test_a_changed_list_of_reasons_takes_codes_along(notes):
    from vocmine.batch import migrate_results
    from vocmine.classify import ReasonClassifier, Taxonomy

    work(notes)
    new = Taxonomy.from_dict({"reasons": [
        {"id": "twice", "name": "二重請求"}, {"id": "login", "name": "ログインできない"}, {"id": "late", "name": "未着"},
    ]})
    migrate_results(notes / "out", Tagger(ReasonClassifier(new)), Settings(topics=False))
    codes = AgentCodes.kept(notes / "out")
    assert codes.mapping.meaning("01:二重請求") == ("twice",) and codes.mapping.meaning("03:解約") == "open"
    contacts, tags = stored(notes)
    known = {*new.leaves, "unknown"}
    assert set(tags.loc[tags["kind"].isin(["reason", "reading", "candidate"]), "label"]) <= known
    assert set(tags.loc[tags["kind"] == "reason", "contact_id"]) == set(contacts["contact_id"])
    by_code = tags[(tags["kind"] == "reason") & (tags["source"] == "code")]
    assert "twice" in set(by_code["label"]) and set(by_code["label"]) <= {"twice", "login"}
    assert report_results(notes / "out", Settings(topics=False, lang="en"), CostInputs(YEN))
