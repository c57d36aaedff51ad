"""Made-up people with slips of the pen: found again, and nobody taken for another."""

from __future__ import annotations

import importlib.util
import sys

import numpy as np
import pandas as pd
import pytest

from vocmine.contacts.linking import link_people
from vocmine.errors import ContactError, MissingExtraError, SettingsError

HAS_SPLINK = importlib.util.find_spec("splink") is not None
FAMILY = [a + b for a in "佐鈴高田渡山中小加吉松木林清斎" for b in "藤橋中辺本村田上下原水川"]
GIVEN = [a + b for a in "太花健美翔結大優悠" for b in "郎子一咲菜衣輝斗真"]


def slip(rng, text):
    """Two neighbouring letters change places."""
    i = int(rng.integers(1, len(text) - 1))
    return text[: i - 1] + text[i] + text[i - 1] + text[i + 1 :]


@pytest.fixture(scope="module")
def people():
    """Three hundred people in one system, 180 of them in another with slips and gaps, and 40 namesakes."""
    rng = np.random.default_rng(7)
    n, m, k = 300, 180, 40
    crm = pd.DataFrame({
        "顧客ID": [f"{i:04d}" for i in range(n)], "氏名": [f"{rng.choice(FAMILY)} {rng.choice(GIVEN)}" for _ in range(n)],
        "電話番号": [f"090-{rng.integers(1000, 9999)}-{rng.integers(1000, 9999)}" for _ in range(n)],
        "メール": [f"u{rng.integers(10_000, 99_999)}.{i}@example.jp" for i in range(n)], "ランク": "A",
    })
    desk = crm.iloc[:m].drop(columns="ランク").assign(氏名=lambda t: t["氏名"].str.replace(" ", "　") + "様")
    for name in ("電話番号", "メール", "氏名"):
        wrong, gone = rng.random(m) < 0.12, (rng.random(m) < 0.12) & (name != "氏名")
        desk[name] = [None if g else slip(rng, x) if w else x for x, w, g in zip(desk[name], wrong, gone, strict=True)]
    others = pd.DataFrame({
        "氏名": crm["氏名"].iloc[m : m + k], "電話番号": [f"080-{rng.integers(1000, 9999)}-{i:04d}" for i in range(k)],
        "メール": [f"another{i}@example.com" for i in range(k)],
    })
    desk = pd.concat([desk, others], ignore_index=True)
    truth = {f"z{i}": f"{i:04d}" for i in range(m)}
    return crm, desk.assign(顧客ID=[f"z{i}" for i in range(len(desk))]), truth


@pytest.mark.slow
@pytest.mark.skipif(not HAS_SPLINK, reason="splink is an extra")
def test_people_with_slips_are_found_and_namesakes_are_not(people):
    crm, desk, truth = people
    links = link_people({"crm": crm, "Desk": desk}, precision=0.99)
    there = links.table.dropna(subset=["crm_id", "desk_id"])
    right = sum(truth.get(d) == c for c, d in zip(there["crm_id"], there["desk_id"], strict=True))
    assert right / len(there) >= 0.99
    assert right / len(truth) >= 0.9
    assert links.expected_precision >= 0.99
    assert links.threshold >= 0.5
    assert len(links.people) == len(crm) + len(desk)
    shuffled = link_people({"crm": crm.sample(frac=1, random_state=1), "Desk": desk.sample(frac=1, random_state=2)})
    pd.testing.assert_frame_equal(shuffled.table, links.table)
    customers = links.customers()
    contact = pd.DataFrame({"contact_id": ["1"], "source_system": ["desk"], "customer_id": [there["desk_id"].iloc[0]]})
    linked = customers.link(contact)[["customer_id", "segment"]]
    assert linked.values.tolist() == [[f"crm:{there['crm_id'].iloc[0]}", "A"]]


@pytest.mark.parametrize(("tables", "error", "match"), [
    ({"crm": pd.DataFrame({"顧客ID": ["1"]})}, ContactError, "two or more tables"),
    ({"crm": pd.DataFrame({"氏名": ["a"]}), "desk": pd.DataFrame({"id": ["1"]})}, ContactError, "without ids"),
    ({"crm": pd.DataFrame({"id": ["1"], "氏名": ["a"]}), "desk": pd.DataFrame({"id": ["1"], "氏名": ["b"]})}, ContactError,
     "too little in common; where: tables; got: name"),
])
def test_what_cannot_be_linked_is_told(tables, error, match):
    with pytest.raises(error, match=match):
        link_people(tables)


def test_a_precision_is_a_share():
    with pytest.raises(SettingsError, match="precision"):
        link_people({}, precision=1.0)


def test_without_splink_the_extra_is_named(monkeypatch, people):
    crm, desk, _ = people
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(MissingExtraError, match=r"vocmine\[linking\]"):
        link_people({"crm": crm, "desk": desk})
