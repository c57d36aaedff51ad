"""Audits as files: filled in, read back, told what is wrong."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.audits import Audit
from vocmine.errors import AuditError

TAGS = pd.DataFrame({"contact_id": [f"c{i:02d}" for i in range(40)], "kind": "reason", "label": ["bill", "login"] * 20, "score": 0.8})


def drawn(**more) -> Audit:
    return Audit.sample(TAGS, 10, seed=1, **more)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_file_is_filled_in_and_read(tmp_path, ending):
    path = tmp_path / f"audit{ending}"
    audit = Audit(drawn(drawn_on="2026-01-31").table.assign(label=["=bill"] + ["login"] * 5 + [""] * 4))
    audit.write(path)
    back = Audit.read(path)
    assert (back.level, len(back), back.labels, back.drawn_on) == ("checked", 6, ("=bill", "login"), "2026-01-31")
    audit.write(tmp_path / f"again{ending}")
    assert (tmp_path / f"again{ending}").read_bytes() == path.read_bytes()
    assert back.n_empty == 4
    # six of ten were checked: that is their chance to be drawn and checked
    assert back.table["prob"].tolist() == pytest.approx((0.6 * audit.table["prob"].head(6)).tolist())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("contact_id,label\na,x\n", "columns are missing"),
        ("contact_id,label_tag,prob,label\na,x,0.5,\n", "no contact has been checked"),
        ("contact_id,label_tag,prob,label\na,x,much,x\n", "probability can't be read"),
        ("contact_id,label_tag,prob,label\na,x,1.5,x\n", "above 0, at most 1"),
    ],
)
def test_a_file_that_does_not_do_is_told(tmp_path, content, says):
    (tmp_path / "audit.csv").write_text(content)
    with pytest.raises(AuditError, match=says):
        Audit.read(tmp_path / "audit.csv")


def test_files_that_can_not_be(tmp_path):
    with pytest.raises(AuditError, match="no such file"):
        Audit.read(tmp_path / "none.csv")
    with pytest.raises(AuditError, match="unknown format"):
        drawn().write(tmp_path / "audit.doc")
    with pytest.raises(AuditError, match="an audit is a table"):
        Audit([1])  # type: ignore[arg-type]


PLAIN = "contact_id,label_tag,prob,label\n"
WIDE = "contact_id,label_tag,prob,label,label_2,label_3\n"


@pytest.mark.parametrize(("content", "says"), [
    (PLAIN + "a,x,0.5,x\na,x,0.5,Ｘ\n", "same reason twice; where: .*row 3"),
    (PLAIN + "a,x,0.5,x\nb,x,0.5,x\na,x,0.5,y\nb,x,0.5,y\n", "two rows with answers; where: .*rows 2 and 4; got: 2 contacts"),
    (WIDE + "a,x,0.5,x,,\nb,x,0.5,x,,\na,x,0.5,y,,\n", "two rows with answers; where: .*rows 2 and 4; got: 1 contacts"),
    (WIDE + "a,x,0.5,x,y,x\n", "same reason twice"),
])
def test_answers_that_are_given_twice(tmp_path, content, says):
    (tmp_path / "audit.csv").write_text(content, encoding="utf-8")
    with pytest.raises(AuditError, match=says):
        Audit.read(tmp_path / "audit.csv")


def test_several_reasons_of_a_contact(tmp_path):
    (tmp_path / "wide.csv").write_text(WIDE + "a,x,0.5,ok,y,\nb,x,0.5,,z,\nc,x,0.5,,,\n")
    wide = Audit.read(tmp_path / "wide.csv")
    assert wide.table[["contact_id", "label"]].values.tolist() == [["a", "x"], ["a", "y"], ["b", "z"]]
    assert wide.n_empty == 1
    (tmp_path / "plain.csv").write_text(PLAIN + "a,x,0.5,x\na,x,0.5,y\nb,x,0.5,z\n")
    assert len(Audit.read(tmp_path / "plain.csv")) == 3


@pytest.mark.parametrize("day", ["2026-01-31", "2026/1/31", "2026/01/31 0:00", "31.01.2026", "1/31/2026", "46053", "2026年1月31日"])
def test_days_and_numbers_as_spreadsheets_write_them(tmp_path, day):
    (tmp_path / "audit.csv").write_text(f"contact_id;label_tag;prob;label;drawn_on\na;x;0,25;x;{day}\n", encoding="utf-8")
    audit = Audit.read(tmp_path / "audit.csv")
    assert (audit.drawn_on, audit.table["prob"].tolist()) == ("2026-01-31", [0.25])


def test_a_row_in_which_all_were_drawn_but_half_was_checked_has_no_chance_of_one(tmp_path):
    (tmp_path / "audit.csv").write_text(PLAIN + "a,x,1,x\nb,x,1,\n")
    assert Audit.read(tmp_path / "audit.csv").table["prob"].tolist() == [0.5]
