"""Costs before anybody has checked a contact: exact sums, the same bytes in any order, and honest about what they rest on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vocmine.cost import CostModel, CostOptions, issue_costs
from vocmine.cost.attribution import pair_reasons, share_out
from vocmine.cost.candidates import candidate_labels, read_candidates
from vocmine.cost.prior_error import prior_range
from vocmine.cost.quantify import quantify
from vocmine.cost.unaudited import as_tagged, quantify_pairs, usual_effort

MODEL = CostModel(rate_per_minute={"call": 60.0, "chat": 30.0}, currency="JPY")


def quantified(contacts, tags):
    frame = contacts.sort_values("contact_id")
    effort = frame["handle_seconds"].to_numpy(dtype=float)
    pairs = share_out(pair_reasons(frame["contact_id"], tags, candidate_labels(tags)), effort)
    candidates = read_candidates(pd.Index(frame["contact_id"]), tags, pairs)
    return quantify_pairs(pairs, candidates, effort, frame["channel"]), pairs, candidates, effort, frame


def as_bytes(costs):
    return costs.table.to_csv(float_format="%.17g"), None if costs.ledger is None else costs.ledger.to_csv(float_format="%.17g")


def assert_adds_up(costs):
    """Whole yen whose sum is that of the contacts, each contact once."""
    cost, ledger = costs.table["cost"], costs.ledger
    assert (cost == cost.round()).all()
    assert cost.sum() == pytest.approx(ledger["cost"].sum(), abs=1e-3)
    assert cost.sum() == pytest.approx(ledger.drop_duplicates("contact_id")["labour"].sum(), abs=0.51)


def reasons_of(tags):
    return tags[tags["kind"] == "reason"]


def test_shares_of_a_contact_add_up_and_sizes_are_those_expected(make_candidates):
    contacts, tags, _truth = make_candidates(0)
    read, _pairs, candidates, effort, frame = quantified(contacts, tags)
    total = np.bincount(read.pairs.row, weights=read.pairs.share)
    assert len(total) == len(contacts)
    np.testing.assert_allclose(total, 1.0, atol=1e-12)
    assert (read.pairs.share > 0).all() and read.basis == "names"
    prior = prior_range(candidates.chances, quantify(candidates.chances, usual_effort(effort, frame["channel"])), "names")
    size = np.bincount(read.pairs.issue, weights=read.pairs.share, minlength=len(prior.target)) / len(contacts)
    np.testing.assert_allclose(size, prior.target, atol=0.01)
    assert read.spread.tolist() == prior.spread.tolist()


def test_costs_are_nearer_to_the_truth_than_counted_ones(make_candidates):
    wrong = []
    for seed in range(6):
        contacts, tags, truth = make_candidates(seed, k=12)
        true = (contacts["handle_seconds"] / 60 * contacts["channel"].map(MODEL.rate_per_minute)).groupby(truth).sum()
        each = [issue_costs(contacts, rows, MODEL).table.set_index("issue")["cost"] for rows in (tags, reasons_of(tags))]
        wrong.append([cost.sub(true, fill_value=0).abs().sum() / true.sum() for cost in each])
    read, counted = np.mean(wrong, axis=0)
    assert read < 0.85 * counted


def test_the_table_says_what_it_rests_on_and_adds_up(make_candidates):
    contacts, tags, _truth = make_candidates(1)
    contacts["cost_extra"] = np.where(np.arange(len(contacts)) % 3 == 0, 1_234.0, 0.0)
    for basis, expected in (("names", "prior"), ("labels", "labels")):
        costs = issue_costs(contacts, tags.assign(evidence=basis), MODEL, options=CostOptions(ledger=True))
        table, ledger = costs.table, costs.ledger
        assert set(table["basis"]) == {expected}
        assert_adds_up(costs)
        assert table["payout"].sum() == contacts["cost_extra"].sum()
        assert table["n_contacts"].sum() == pytest.approx(len(contacts))
        assert (table["cost_low"] <= table["cost"]).all() and (table["cost"] <= table["cost_high"]).all()
        by_issue = ledger.groupby("issue")[["cost", "payout_share", "share"]].sum().loc[table["issue"]]
        np.testing.assert_allclose(by_issue["cost"], table["cost"], atol=1e-4)
        np.testing.assert_allclose(by_issue["payout_share"], table["payout"], atol=1e-4)
        own = ledger[ledger["contact_id"].notna()].groupby("contact_id")["share"].sum()
        np.testing.assert_allclose(own.to_numpy(), 1.0, atol=1e-9)


def test_the_order_of_contacts_and_tags_does_not_matter(make_candidates):
    contacts, tags, _truth = make_candidates(2, n=300)
    first = as_bytes(issue_costs(contacts, tags, MODEL, options=CostOptions(ledger=True)))
    for seed in range(3):
        mixed = contacts.sample(frac=1, random_state=seed), tags.sample(frac=1, random_state=seed).reset_index(drop=True)
        assert as_bytes(issue_costs(*mixed, MODEL, options=CostOptions(ledger=True))) == first


@pytest.mark.parametrize("by", ["channel", "week", ["channel", "day"]])
def test_groups_add_up_to_the_whole(make_candidates, by):
    contacts, tags, _truth = make_candidates(3, n=300)
    whole = issue_costs(contacts, tags, MODEL).table.set_index("issue")
    parts = issue_costs(contacts, tags, MODEL, by=by).table
    assert parts.groupby("issue")["cost"].sum().to_dict() == whole["cost"].to_dict()
    sizes = parts.groupby("issue")["n_contacts"].sum()
    np.testing.assert_allclose(sizes.loc[whole.index], whole["n_contacts"], atol=1e-6)


def test_handle_time_moves_contacts_to_where_they_belong(make_candidates):
    wrong = []
    for seed in range(6):
        contacts, tags, truth = make_candidates(seed, k=8)
        long = np.where(truth == "reason_1", 1_200.0, 200.0) * np.random.default_rng(seed).lognormal(0, 0.2, len(contacts))
        true = float((truth == "reason_1").mean())
        for seconds in (long, np.full(len(contacts), 200.0)):
            timed = contacts.assign(handle_seconds=seconds, channel="call")
            n = issue_costs(timed, tags, MODEL).table.set_index("issue")["n_contacts"]
            wrong.append(abs(n.get("reason_1", 0.0) / len(contacts) - true))
    with_time, without = np.reshape(wrong, (-1, 2)).mean(axis=0)
    assert with_time < without


def test_a_contact_with_several_sure_reasons_keeps_them():
    ids = [f"c{i:02d}" for i in range(20)]
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": 60.0})
    columns = ["contact_id", "kind", "label", "score"]
    chances = pd.DataFrame([(c, "candidate", label, s) for c in ids for label, s in (("x", 0.9), ("y", 0.05), ("unknown", 0.05))], columns=columns)
    found = {}
    for labels in (("x",), ("x", "y")):
        reasons = pd.DataFrame([(c, "reason", label, 1.0) for c in ids for label in labels], columns=columns)
        table = issue_costs(contacts, pd.concat([reasons, chances]).assign(evidence="names"), MODEL).table.set_index("issue")
        assert table["cost"].sum() == 20 * 60
        found[labels] = table["n_contacts"]["y"]
    assert found["x", "y"] > 2 and found["x", "y"] >= found["x",]


def test_tags_without_candidates_without_scores_and_without_kinds(make_candidates):
    contacts, tags, _truth = make_candidates(5, n=200)
    old = reasons_of(tags).drop(columns="evidence")
    by_kind, without = (issue_costs(contacts, rows, MODEL) for rows in (old, old.drop(columns="kind")))
    assert as_bytes(by_kind) == as_bytes(without)
    assert set(by_kind.table["basis"]) == {"prior"}
    assert by_kind.table.set_index("issue")["n_contacts"].to_dict() == old["label"].value_counts().to_dict()
    bare = issue_costs(contacts, old.drop(columns="score"), MODEL).table
    assert bare["cost"].sum() == by_kind.table["cost"].sum()
    assert (bare["cost_low"] < bare["cost"]).all() and (bare["cost"] < bare["cost_high"]).all()


def test_a_chunk_of_old_tags_among_new_ones_stays_whole(make_candidates):
    contacts, tags, _truth = make_candidates(6, n=200)
    old = set(contacts["contact_id"][:80])
    mixed = tags[(tags["kind"] == "reason") | ~tags["contact_id"].isin(old)]
    costs = issue_costs(contacts, mixed, MODEL, options=CostOptions(ledger=True))
    assert_adds_up(costs)
    assert costs.ledger.groupby("contact_id")["share"].sum().round(9).eq(1).all()


def test_topics_stay_counted(make_candidates):
    contacts, tags, _truth = make_candidates(7, n=100)
    topics = pd.DataFrame({"contact_id": contacts["contact_id"], "kind": "topic", "label": [f"t{i % 3}" for i in range(100)], "score": 1.0})
    costs = issue_costs(contacts, pd.concat([tags, topics]), MODEL, options=CostOptions(kind="topic")).table
    assert set(costs["basis"]) == {"counted"} and set(costs["issue"]) == {"t0", "t1", "t2"}


def test_as_tagged_changes_no_share():
    tags = pd.DataFrame({"contact_id": list("aab"), "label": list("xyx"), "score": [0.9, 0.5, 0.7]})
    pairs = pair_reasons(pd.Series(list("abc")), tags)
    read = as_tagged(pairs)
    assert read.pairs is pairs and read.basis == "scores"
    assert len(read.spread) == len(pairs.issues) and (read.spread > 0).all()


def test_effort_without_times():
    effort = np.array([np.nan, 0.0, -1.0, 100.0, 50.0])
    assert np.isnan(usual_effort(effort, pd.Series(["call"] * 3 + ["chat"] * 2))[:3]).all()
    assert usual_effort(effort, pd.Series(["call"] * 3 + ["chat"] * 2))[3:].sum() == pytest.approx(np.log(2) - 2 * (np.log(100) + np.log(50)) / 2 + 2 * np.log(50))
    assert np.isnan(usual_effort(np.full(2, np.nan), pd.Series(["call", "call"]))).all()


LABELS = ["=cmd()", "a,b;c", "<返金>\n", "é", "unknown", "名 前", "x" * 300]


@st.composite
def any_centre(draw):
    """Draw contacts and tags of any shape: no candidates, all unknown, no times, times of 0, odd labels, one contact."""
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=4, unique=True))
    n = draw(st.integers(1, 8))
    seconds = draw(st.lists(st.one_of(st.just(np.nan), st.just(0.0), st.floats(0.1, 7_200)), min_size=n, max_size=n))
    rows = []
    for i in range(n):
        rows += [(f"c{i}", "reason", label, draw(st.one_of(st.just(np.nan), st.floats(0, 1)))) for label in draw(st.sets(st.sampled_from(labels), max_size=3))]
        rows += [(f"c{i}", "candidate", label, draw(st.one_of(st.just(np.nan), st.floats(0, 1)))) for label in draw(st.sets(st.sampled_from([*labels, "unknown"]), max_size=4))]
    tags = pd.DataFrame(sorted(rows, key=repr), columns=["contact_id", "kind", "label", "score"]).assign(evidence=draw(st.sampled_from(["names", "labels", "", None])))
    return pd.DataFrame({"contact_id": [f"c{i}" for i in range(n)], "channel": "call", "handle_seconds": seconds}), tags


@settings(deadline=None, max_examples=60)
@given(any_centre())
def test_any_centre_adds_up(centre):
    contacts, tags = centre
    model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY", assumed_handle_seconds={"call": 300})
    costs = issue_costs(contacts, tags, model, options=CostOptions(ledger=True))
    table = costs.table
    assert_adds_up(costs)
    assert table["n_contacts"].sum() == pytest.approx(len(contacts))
    numbers = table[["cost", "cost_low", "cost_high", "n_contacts", "handle_hours"]].to_numpy(dtype=float)
    assert np.isfinite(numbers).all() and (numbers >= 0).all()
    assert set(table["issue"]) <= {*LABELS, "unallocated"}


def test_chances_that_are_missing_altogether_count_as_none_given():
    contacts = pd.DataFrame({"contact_id": list("abc"), "channel": "call", "handle_seconds": np.nan})
    tags = pd.DataFrame({"contact_id": list("abc"), "kind": "candidate", "label": ["unknown", "x", "x"], "score": np.nan, "evidence": "labels"})
    model = CostModel(rate_per_minute={"call": 60.0}, currency="JPY", assumed_handle_seconds={"call": 300})
    costs = issue_costs(contacts, tags, model, options=CostOptions(ledger=True))
    assert_adds_up(costs)
    assert costs.table.set_index("issue")["cost"]["unknown"] == 900


def test_all_unknown():
    contacts = pd.DataFrame({"contact_id": list("abc"), "channel": "call", "handle_seconds": 60.0})
    for kinds in (["reason", "candidate"], ["candidate"], ["reason"]):
        tags = pd.DataFrame([(c, kind, "unknown", 1.0) for c in "abc" for kind in kinds], columns=["contact_id", "kind", "label", "score"])
        table = issue_costs(contacts, tags, MODEL).table
        assert table[["issue", "cost"]].values.tolist() == [["unknown", 180.0]]


def test_nobody_is_timed(make_candidates):
    contacts, tags, _truth = make_candidates(8, n=60)
    model = CostModel(rate_per_minute={"call": 60.0, "chat": 30.0}, currency="JPY", assumed_handle_seconds={"call": 300, "chat": 300})
    costs = issue_costs(contacts.assign(handle_seconds=np.nan), tags, model, options=CostOptions(ledger=True))
    assert_adds_up(costs)
    assert costs.table["cost"].sum() > 0
