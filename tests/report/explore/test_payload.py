"""The data of the page as a whole: what it promises in `README.md`, with contacts and without."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from vocmine.errors import SettingsError
from vocmine.report.explore import PageOptions
from vocmine.report.explore.encode import encode
from vocmine.report.explore.payload import is_said


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_keys_and_lengths_are_those_of_the_format(explored, pay, lang):
    data = pay(explored(lang))
    assert list(data) == ["v", "lang", "currency", "decimals", "measure", "level", "first", "days", "fold", "has_contacts", "words", "dims", "issues", "signals", "contacts", "parts", "evidence", "cube", "details"]
    contacts, parts = data["contacts"], data["parts"]
    assert {len(v) for k, v in contacts.items() if k not in ("n", "of", "dim")} == {contacts["n"]}
    assert {len(v) for v in contacts["dim"].values()} == {contacts["n"]}
    assert set(contacts["dim"]) == {each["key"] for each in data["dims"]}
    assert len({len(parts[k]) for k in ("contact", "issue", "share", "tagged", "cost", "payout")}) == 1
    assert set(data["details"]) == {each["id"] for each in data["issues"]}
    assert min(parts["contact"]) >= 0
    assert max(parts["contact"]) < contacts["n"]
    encode(data)


def sums(data, key):
    out = Counter()
    for table in filter(None, (data["parts"], data["cube"])):
        for issue, value in zip(table["issue"], table[key], strict=True):
            out[issue] += round(value * 10 ** data["decimals"])
    return {data["issues"][i]["id"]: n for i, n in out.items()}


@pytest.mark.parametrize("contacts", [True, False])
@pytest.mark.parametrize("decimals", [0, 2])
def test_parts_and_cube_add_up_to_the_issues(explored, explore_frames, pay, contacts, decimals):
    data = pay(explored(frames=explore_frames(decimals=decimals)), contacts)
    for key in ("cost", "payout"):
        assert sums(data, key) == {each["id"]: round(each[key] * 10**decimals) for each in data["issues"]}


def test_what_no_row_holds_stands_in_the_cube(explored, pay, monkeypatch):
    from vocmine.report.explore import payload, rows

    monkeypatch.setattr(payload, "first_row", lambda texts: rows.first_row(texts, most_rows=150))
    data = pay(explored())
    assert (data["contacts"]["n"], data["contacts"]["of"]) == (150, 400)
    assert data["cube"]["n"] > 0
    assert sums(data, "cost") == {each["id"]: each["cost"] for each in data["issues"]}


def test_without_contacts_no_text_and_no_id_is_left(explored, pay, explore_frames):
    data = pay(explored(), contacts=False)
    text = json.dumps(data, ensure_ascii=False)
    assert data["contacts"] is None
    assert data["parts"] is None
    assert data["evidence"] == {}
    assert not [key for key in explore_frames().contacts["contact_id"] if key in text]
    assert not [said for said in ("落ちます", "違います", "届きません") if said in text]
    assert "落ちます" in json.dumps(pay(explored()), ensure_ascii=False)
    assert "VIP" in json.dumps(pay(explored()), ensure_ascii=False)
    assert "VIP" not in text  # a segment of three


def test_words_behind_a_tag_are_those_that_were_said(explored, pay):
    data = pay(explored())
    found = set(data["evidence"].values())
    assert found <= {"落ち", "届きません"}  # "examples" is no word of a customer
    row, issue = next(iter(data["evidence"])).split(":")
    assert data["contacts"]["text"][int(row)]
    assert data["issues"][int(issue)]["id"] in ("a.crash", "c.late")
    assert not is_said("", "x")


def test_the_order_of_the_input_does_not_show(explored, explore_frames, pay):
    frames = explore_frames()
    mixed = explore_frames()
    mixed.contacts, mixed.tags = mixed.contacts.sample(frac=1, random_state=1), mixed.tags.sample(frac=1, random_state=2)
    one, two = (encode(pay(explored(frames=each), False)) for each in (frames, mixed))
    assert one == two


def test_other_measures_have_no_money(explored, explore_frames, pay):
    from dataclasses import replace

    frames = explore_frames()
    nan = float("nan")
    table = frames.costs.table.assign(cost=nan, cost_low=nan, cost_high=nan, payout=nan)
    frames.costs = replace(frames.costs, table=table, currency="", ledger=frames.ledger.assign(cost=nan, payout_share=nan))
    data = pay(explored(frames=frames))
    assert data["measure"] == "hours"
    assert data["parts"]["cost"] == []
    assert len(data["parts"]["minutes"]) == len(data["parts"]["contact"])
    assert data["issues"][0]["cost"] is None


@pytest.mark.parametrize("wrong", [0, -1, 2.5, True, "5"])
def test_a_fold_that_is_no_number_of_contacts_is_refused(wrong):
    with pytest.raises(SettingsError, match="fold_below"):
        PageOptions(fold_below=wrong)


@pytest.mark.slow
def test_twenty_thousand_long_contacts_stay_below_twelve_megabytes(explored, explore_frames, tmp_path):
    import numpy as np

    frames = explore_frames(n=21_000, people=9_000)
    letters = np.array(list("のにはをたがでてとしれさあいうえおかきくけこ料金請求解約返品配送画面決済障害電話予約"))
    rng = np.random.default_rng(1)
    # Letters by chance: no text of people can be packed less well.
    frames.contacts["text_clean"] = ["".join(row) for row in letters[rng.integers(0, len(letters), (21_000, 450))]]
    explored(frames=frames).to_html(tmp_path / "r.html")
    assert (tmp_path / "r.html").stat().st_size < 12_000_000
