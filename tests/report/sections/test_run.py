"""What a run read and rejected."""

from __future__ import annotations

from vocmine.report import Extras, build_report


def test_run_as_the_batch_writes_it(centre):
    run = {"read": 10, "accepted": 8, "rejected": {"empty_text": 2}}
    line = build_report(centre.contacts, centre.tags, centre.costs, extras=Extras(run=run)).summary.run
    assert (line.read, line.accepted, line.rejected, line.codes) == (10, 8, 2, (("empty_text", 2),))
