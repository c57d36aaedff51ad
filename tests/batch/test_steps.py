"""The single steps of the job: plain functions on files and on a results folder."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.steps import (
    ReadCounts,
    check_files,
    cost_results,
    read_cost_inputs,
    tag_files,
    tagger_for,
)
from vocmine.cost import CostModel
from vocmine.errors import ContactError, SettingsError, VocmineError
from vocmine.settings import Settings
from vocmine.tagger import Tagger

SETTINGS = Settings(chunk_rows=2)
ROWS = ["1,2026-11-20,call,料金が二重に請求された,x", "2,never,call,x,1", "3,2026-11-20,call,荷物が届かない,3", "4,2026-11-21,鳩,x,1"]


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("\n".join(["contact_id,created_at,channel,text,handle_seconds", *ROWS, ""]), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path):
    n = 60
    contacts = pd.DataFrame({
        "contact_id": [f"c{i:03d}" for i in range(n)], "created_at": pd.Timestamp("2026-11-01 01:00", tz="UTC") + pd.to_timedelta([i % 10 for i in range(n)], unit="D"),
        "channel": "call", "text": "本文", "terms": "本文", "lang": "ja", "handle_seconds": 60.0,
    })
    tags = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "reason", "label": ["bill" if i % 3 else "login" for i in range(n)], "score": 0.9, "source": "model", "evidence": ""})
    ContactStore(tmp_path / "out", SETTINGS.timezone).upsert(contacts, tags)
    return tmp_path / "out"


def test_checking_counts_every_row_over_chunks_and_files(notes, tmp_path):
    found = check_files([notes, notes], Settings(chunk_rows=2), rejected=tmp_path / "r.csv")
    assert (found.n_read, found.n_rejected) == (8, 4)
    assert found.codes == {"bad_date": 2, "unknown_channel": 2}
    assert found.warnings == {"handle_seconds: bad_number": 2, "channel: unknown_channels": 2}
    assert [reading.source for reading in found.readings] == ["notes.csv", "notes.csv"]
    assert pd.read_csv(tmp_path / "r.csv")["row"].tolist() == [3, 5, 3, 5]
    assert check_files([notes], Settings(chunk_rows=100)) == check_files([notes], Settings(chunk_rows=1))


def test_counts_in_lines():
    lines = ReadCounts(1_200, 3, {"bad_date": 1, "bad_csv": 2}, {"csat: bad_number": 5}).lines()
    assert lines == ["1,200 rows read, 1,197 accepted, 3 rejected", "  rejected, bad_csv: 2", "  rejected, bad_date: 1", "  left empty, csat: bad_number: 5"]


def test_a_file_without_faults_makes_an_empty_table_of_rejects(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("contact_id,created_at,channel,text\n1,2026-11-20,call,料金の件\n", encoding="utf-8")
    assert check_files([path], SETTINGS, rejected=tmp_path / "r.csv").n_rejected == 0
    assert len(pd.read_csv(tmp_path / "r.csv")) == 0
    with pytest.raises(ContactError, match="no such file"):
        check_files([tmp_path / "none.csv"], SETTINGS)


def test_both_kinds_of_table_hold_the_same_tags(notes, tmp_path):
    counts = [tag_files([notes], tmp_path / name, Tagger(), None, SETTINGS, True) for name in ("t.csv", "t.parquet")]
    assert counts[0] == counts[1] == check_files([notes], SETTINGS)
    one, other = pd.read_csv(tmp_path / "t.csv", encoding="utf-8-sig", dtype={"contact_id": str}), pd.read_parquet(tmp_path / "t.parquet")
    assert one[["contact_id", "kind", "label"]].values.tolist() == other[["contact_id", "kind", "label"]].astype(str).values.tolist()
    assert set(one["contact_id"]) == {"1", "3"}
    with pytest.raises(SettingsError, match=r"\.csv or \.parquet"):
        tag_files([notes], tmp_path / "t.xlsx", Tagger(), None, SETTINGS)


@pytest.mark.parametrize(("name", "wanted", "written"), [("t.csv", None, False), ("t.parquet", None, True), ("t.csv", True, True), ("t.parquet", False, False)])
def test_candidates_are_written_for_programs_or_on_request(notes, tmp_path, name, wanted, written):
    tag_files([notes], tmp_path / name, Tagger(), None, SETTINGS, wanted)
    tags = pd.read_parquet(tmp_path / name) if name.endswith("parquet") else pd.read_csv(tmp_path / name, encoding="utf-8-sig")
    assert ("candidate" in set(tags["kind"])) == written
    assert {"reason", "sentiment"} <= set(tags["kind"])


def test_rows_that_break_the_tagger_are_counted_as_rejected(notes, tmp_path):
    class Fragile(Tagger):
        def tag(self, contacts):
            if contacts["text"].str.contains("荷物").any():
                raise ZeroDivisionError
            return super().tag(contacts)

    counts = tag_files([notes], tmp_path / "t.csv", Fragile(), None, SETTINGS)
    assert (counts.n_read, counts.n_rejected, counts.codes["processing_failed"]) == (4, 3, 1)


def test_the_tagger_of_a_run(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("reasons: [{id: pay, name: 料金}, {id: net, name: 通信}]", "utf-8")
    settings = Settings(signals=False)
    own = tagger_for(path, settings)
    contacts = pd.DataFrame({"contact_id": ["1"], "text": ["料金の件で解約したい"]})
    tags = own.tag(contacts)
    assert set(tags.loc[tags["kind"] == "reason", "label"]) <= {"pay", "net", "unknown"}
    assert "signal" not in set(tags["kind"])
    own.save(tmp_path / "model")
    pd.testing.assert_frame_equal(tagger_for(tmp_path / "model", Settings()).tag(contacts), tags)
    assert "signal" in set(tagger_for(None, Settings()).tag(contacts)["kind"])
    with pytest.raises(VocmineError, match="no such taxonomy file"):
        tagger_for(tmp_path / "none.yaml", settings)


def test_what_a_person_gives_may_be_nothing():
    inputs = read_cost_inputs()
    assert (inputs.model, inputs.audit, inputs.fixes) == (None, None, ())


def test_costs_of_a_folder_add_up_to_its_ledger(home):
    said = cost_results(home, SETTINGS, CostModel({"call": 60.0}, "JPY"))
    assert said.startswith("2 issues from 2026-11-01 to 2026-11-10")
    assert "ほかの業種の問い合わせで" in said
    costs = pd.read_csv(home / "issue_costs.csv", encoding="utf-8-sig")
    assert costs.set_index("issue")["cost"].to_dict() == {"bill": 2_400, "login": 1_200}
