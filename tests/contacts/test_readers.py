"""Reading contacts of any format, from one file or several."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from vocmine.contacts import iter_chunks, read_contacts
from vocmine.errors import ContactError

NOTES = ["1,2026/11/21 14:30,電話,先月分の請求が二重に引き落とされている。返金希望。,5:32", "2,2026年11月22日,メール,ありがとうございました~,"]


def test_empty_and_missing_files(tmp_path):
    (tmp_path / "a.csv").write_text("\n\n")
    with pytest.raises(ContactError, match="empty"):
        read_contacts(tmp_path / "a.csv")
    with pytest.raises(ContactError, match="no such file"):
        read_contacts(tmp_path / "b.csv")
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ContactError, match="old Office file that is no workbook"):
        read_contacts(tmp_path / "a.xls")
    (tmp_path / "a.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(ContactError, match="columns are missing"):
        read_contacts(tmp_path / "a.xlsx")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(ContactError, match="no Parquet"):
        read_contacts(tmp_path / "a.parquet")


RAW = pd.DataFrame({
    "受付番号": ["1", "2", "3"], "受付日時": pd.to_datetime(["2026-11-21 14:30", "2026-11-22 00:00", "2026-11-23 00:00"]),
    "チャネル": ["電話", "鳩", "チャット"], "本文": ["解約したい", "?", "ありがとう"], "満足度": [4, 5, None], "転送回数": [0, 1, 2], "memo": ["x", None, "z"],
})


def write_xlsx(path):
    RAW.to_excel(path, index=False)


def write_jsonl(path):
    path.write_text("".join(json.dumps({k: v for k, v in row.items() if v == v}, ensure_ascii=False, default=str) + "\n" for row in RAW.to_dict("records")), "utf-8")


def write_json(path):
    path.write_text(json.dumps({"rows": json.loads(RAW.assign(受付日時=RAW["受付日時"].astype(str)).to_json(orient="records"))}), "utf-8")


def write_parquet(path):
    RAW.to_parquet(path)


@pytest.mark.parametrize("chunk_rows", [1, 2, 100])
@pytest.mark.parametrize(("ending", "write"), [(".xlsx", write_xlsx), (".jsonl", write_jsonl), (".json", write_json), (".parquet", write_parquet)])
def test_all_formats_give_the_same_contacts(tmp_path, ending, write, chunk_rows):
    path = tmp_path / f"a{ending}"
    write(path)
    parts = list(iter_chunks(path, chunk_rows))
    contacts = pd.concat([part.contacts for part in parts if len(part.contacts)], ignore_index=True)
    assert contacts["contact_id"].tolist() == ["1", "3"]
    assert contacts["created_at"].dt.strftime("%d %H").tolist() == ["21 05", "22 15"]
    assert contacts["csat"].tolist()[0] == 4 and contacts["transfers"].tolist() == [0, 2]
    rejected = pd.concat([part.rejected for part in parts])
    assert rejected[["row", "code"]].values.tolist() == [[3 if ending == ".xlsx" else 2, "unknown_channel"]]


def test_ids_are_unique_over_chunks_and_files(write_csv):
    first, second = write_csv(NOTES, name="a.csv"), write_csv(NOTES[:1], name="b.csv")
    parts = list(iter_chunks([first, second], chunk_rows=1))
    assert [part.rejected["code"].tolist() for part in parts if len(part.rejected)] == [["duplicate_id"]]
    assert parts[-1].rejected["source"].tolist() == ["b.csv"]
