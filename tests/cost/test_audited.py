from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from vocmine.cost import CostModel, CostOptions, Note, issue_costs
from vocmine.errors import AuditError


def test_correction_beats_counting_and_labels_alone(make_ledger, draw_audit, yen):
    errors = {"counted": [], "corrected": [], "labels": []}
    for seed in range(12):
        contacts, tags, truth = make_ledger(seed, accuracy=0.8)
        true = contacts["handle_seconds"].groupby(truth).sum()
        audit = draw_audit(tags, truth, each=40, seed=seed)
        counted = issue_costs(contacts, tags, yen).table.set_index("issue").cost
        corrected = issue_costs(contacts, tags, yen, audit=audit, seed=seed).table.set_index("issue").cost
        drawn = audit.merge(contacts)
        labels = (drawn.handle_seconds / drawn.prob).groupby(drawn.label).sum()
        labels = labels / labels.sum() * true.sum()
        for name, table in (("counted", counted), ("corrected", corrected), ("labels", labels)):
            errors[name].append(((table.reindex(true.index).fillna(0) - true) / true).to_numpy())
    size = {name: np.sqrt(np.mean(np.square(each))) for name, each in errors.items()}
    assert size["corrected"] < 0.75 * size["counted"]
    assert size["corrected"] < size["labels"]
    assert abs(np.mean(errors["corrected"])) < 0.03


def test_intervals_hold(make_ledger, draw_audit, yen):
    inside, inside_n = [], []
    for seed in range(36):
        contacts, tags, truth = make_ledger(100 + seed, accuracy=0.85)
        table = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=40, seed=seed)).table.set_index("issue")
        true = contacts["handle_seconds"].groupby(truth).agg(["sum", "size"]).reindex(table.index)
        inside.append(((table.cost_low <= true["sum"]) & (true["sum"] <= table.cost_high)).to_numpy())
        inside_n.append(((table.n_low <= true["size"]) & (true["size"] <= table.n_high)).to_numpy())
    assert 0.91 <= np.mean(inside) <= 0.99
    assert 0.91 <= np.mean(inside_n) <= 1.0


def test_a_full_audit_gives_the_truth(make_ledger, yen):
    contacts, tags, truth = make_ledger(5, n=600)
    audit = pd.DataFrame({"contact_id": tags.contact_id, "label_tag": tags.label, "prob": 1.0, "label": truth})
    table = issue_costs(contacts, tags, yen, audit=audit).table.set_index("issue")
    true = contacts["handle_seconds"].groupby(truth).sum()
    assert (table.cost - true).abs().max() <= 1
    assert (table.cost_high - table.cost_low).max() <= 1


def test_ledger_total_is_kept(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(6)
    table = issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=15)).table
    assert table.cost.sum() == round(contacts.handle_seconds.sum())
    assert table.n_contacts.sum() == pytest.approx(len(contacts))
    assert table.handle_hours.sum() == pytest.approx(contacts.handle_seconds.sum() / 3600)
    assert "checked contacts" in table.method[0]


def test_several_true_reasons_share_a_contact(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(7)
    audit = draw_audit(tags, truth)
    second = audit.iloc[:40].assign(label=audit["label"].iloc[40:80].to_numpy())
    both = pd.concat([audit, second]).drop_duplicates(["contact_id", "label"])
    assert issue_costs(contacts, tags, yen, audit=both).table.cost.sum() == round(contacts.handle_seconds.sum())


def test_wider_level_wider_interval(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(8)
    audit = draw_audit(tags, truth)
    wide, narrow = (issue_costs(contacts, tags, yen, audit=audit, level=level).table for level in (0.99, 0.8))
    assert (wide.cost == narrow.cost).all()
    assert (wide.cost_low < narrow.cost_low).all() and (wide.cost_high > narrow.cost_high).all()


def test_more_labels_narrower_interval(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(9)
    few, many = (issue_costs(contacts, tags, yen, audit=draw_audit(tags, truth, each=n)).table for n in (20, 120))
    assert (many.cost_high - many.cost_low).sum() < 0.6 * (few.cost_high - few.cost_low).sum()


def wrong(name):
    def change(audit: pd.DataFrame) -> pd.DataFrame:
        return {
            "stratum": audit[audit.label_tag != "reason_2"],
            "label": audit.assign(label=["reasn_1", *audit.label.iloc[1:]]),
            "tags": audit.assign(label_tag=np.roll(audit.label_tag.to_numpy(), 60)),
            "contacts": audit.assign(contact_id="x" + audit.contact_id),
            "prob": audit.assign(prob=0.0),
            "two": pd.concat([audit, audit.head(1).assign(prob=0.5)]),
            "empty": audit.iloc[:0],
            "blank": audit.assign(label=[None, *audit.label.iloc[1:]]),
            "column": audit.drop(columns="prob"),
            "old": audit.assign(drawn_on="2025-06-01"),
            "date": audit.assign(drawn_on="soon"),
        }[name]

    return change


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("label", r"reasn_1.*mend the spelling"),
        ("tags", r"drawn for other tags"),
        ("contacts", r"not in the contacts"),
        ("prob", r"above 0, at most 1"),
        ("two", r"two probabilities"),
        ("empty", r"audit is empty"),
        ("blank", r"without a true label"),
        ("column", r"columns are missing: prob"),
        ("old", r"expired"),
        ("date", r"wrong date"),
    ],
)
def test_an_audit_that_does_not_fit(name, words, make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(10)
    audit = wrong(name)(draw_audit(tags, truth))
    with pytest.raises(AuditError, match=words):
        issue_costs(contacts, tags, yen, audit=audit)


def test_a_label_nobody_checked_keeps_the_range_it_had(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(10)
    audit = wrong("stratum")(draw_audit(tags, truth))
    before, after = (issue_costs(contacts, tags, yen, audit=each).table.set_index("issue") for each in (None, audit))
    ratio = {name: float(np.log(table.cost_high["reason_2"] / table.cost_low["reason_2"])) for name, table in (("before", before), ("after", after))}
    assert 0.2 * ratio["before"] < ratio["after"] <= 1.05 * ratio["before"]
    topics, given = tags.assign(kind="topic"), CostOptions(kind="topic")
    with pytest.raises(AuditError, match=r"nobody checked; .*reason_2"):
        issue_costs(contacts, topics, yen, audit=audit, options=given)


def test_an_issue_the_tagger_never_gives(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(11)
    audit = draw_audit(tags, np.where(np.arange(len(truth)) % 10 == 0, "新しい課題", truth))
    table = issue_costs(contacts, tags, yen, audit=audit, options=CostOptions(issues=("新しい課題",))).table.set_index("issue")
    share = table.cost["新しい課題"] / table.cost.sum()
    assert 0.04 < share < 0.2


def test_checked_contacts_that_are_gone_are_left_out(make_ledger, draw_audit, yen):
    contacts, tags, truth = make_ledger(13)
    audit = draw_audit(tags, truth)
    kept = contacts[contacts["contact_id"] > "c00800"]
    costs = issue_costs(kept, tags[tags["contact_id"] > "c00800"], yen, audit=audit)
    gone = int((audit["contact_id"] <= "c00800").sum())
    assert gone > 20 and Note.of("checked_gone", n=gone) in costs.notes
    assert costs.table.cost.sum() == round(kept.handle_seconds.sum())
    assert costs.n_checked == len(audit) - gone and costs.basis == "audit"


def multi(seed: int, n: int = 8_000, k: int = 6):
    """Contacts with one or two issues that take the sum of their times; the tagger drops and swaps some."""
    rng = np.random.default_rng(seed)
    mean = rng.uniform(120, 700, size=k)
    first = rng.choice(k, size=n, p=np.arange(k, 0, -1) / (k * (k + 1) / 2))
    second = np.where(rng.random(n) < 0.3, (first + rng.integers(1, k, n)) % k, -1)
    one, two = mean[first] * rng.lognormal(-0.1, 0.45, n), mean[second] * rng.lognormal(-0.1, 0.45, n) * (second >= 0)
    true = np.bincount(first, weights=one, minlength=k) + np.bincount(second.clip(0), weights=two, minlength=k)
    ids = np.array([f"c{i:05d}" for i in range(n)])
    contacts = pd.DataFrame({"contact_id": ids, "channel": "call", "handle_seconds": one + two})
    said = np.where(rng.random(n) < 0.85, first, (first + 1 + (first % 2)) % k)
    also = np.where((rng.random(n) < 0.8) & (second != said), second, -1)
    score = np.where(said == first, rng.beta(6, 2, n), rng.beta(3, 3, n))
    tags = pd.concat([
        pd.DataFrame({"contact_id": ids, "label": said, "score": score}),
        pd.DataFrame({"contact_id": ids, "label": also, "score": 0.5 * score})[also >= 0],
    ])
    tags["label"] = "reason_" + tags["label"].astype(str)
    truth = pd.concat([
        pd.DataFrame({"contact_id": ids, "label": first}), pd.DataFrame({"contact_id": ids, "label": second})[second >= 0],
    ])
    truth["label"] = "reason_" + truth["label"].astype(str)
    return contacts, tags, truth, pd.Series(true, index=[f"reason_{i}" for i in range(k)])


def test_several_reasons_with_mistakes(draw_audit, yen):
    inside, corrected, counted = [], [], []
    for seed in range(16):
        contacts, tags, truth, true = multi(seed)
        main = tags.sort_values("score").drop_duplicates("contact_id", keep="last")
        audit = draw_audit(main, main["label"].to_numpy(), each=70, seed=seed).drop(columns="label").merge(truth)
        table = issue_costs(contacts, tags, yen, audit=audit, seed=seed).table.set_index("issue").reindex(true.index)
        inside.append(((table.cost_low <= true) & (true <= table.cost_high)).to_numpy())
        corrected.append(((table.cost - true) / true).to_numpy())
        plain = issue_costs(contacts, tags, yen).table.set_index("issue").cost.reindex(true.index)
        counted.append(((plain - true) / true).to_numpy())
    assert np.sqrt(np.mean(np.square(corrected))) < 0.6 * np.sqrt(np.mean(np.square(counted)))
    assert np.mean(inside) >= 0.90


def test_intervals_hold_by_key(make_ledger, draw_audit, yen):
    inside = []
    for seed in range(16):
        contacts, tags, truth = make_ledger(300 + seed)
        rng = np.random.default_rng(seed)
        contacts["product"] = rng.choice(["本体", "保証", "部品"], size=len(contacts), p=[0.8, 0.17, 0.03])
        audit = draw_audit(tags, truth, each=40, seed=seed)
        table = issue_costs(contacts, tags, yen, audit=audit, by="product").table.set_index(["product", "issue"])
        true = contacts["handle_seconds"].groupby([contacts["product"], truth]).sum().reindex(table.index).fillna(0)
        inside.append(((table.cost_low <= true) & (true <= table.cost_high)).to_numpy())
    assert 0.90 <= np.mean(np.concatenate(inside)) <= 0.995


def test_hours_only_with_audit(make_ledger, draw_audit):
    contacts, tags, truth = make_ledger(12)
    table = issue_costs(contacts, tags, CostModel.hours_only(), audit=draw_audit(tags, truth)).table
    assert table.cost.isna().all()
    assert table.handle_hours.sum() == pytest.approx(contacts.handle_seconds.sum() / 3600)
