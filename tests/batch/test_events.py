"""What a run tells while it works."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from vocmine.batch.events import Event, RunResult

RESULT = RunResult(Path("out"), 5, 5, 0, 9, 0, ("a finding",))


@pytest.mark.parametrize(("n_rejected", "code"), [(0, 0), (1, 3), (5, 3)])
def test_rejected_rows_show_in_the_exit_code(n_rejected, code):
    assert dataclasses.replace(RESULT, n_accepted=5 - n_rejected, n_rejected=n_rejected).exit_code == code


def test_events_are_plain_values_that_never_change():
    event = Event("done", result=RESULT)
    assert pickle.loads(pickle.dumps(event)) == event
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.n = 1
    assert (Event("read").n, Event("read").of, Event("read").result) == (0, None, None)
    assert RESULT.rejected_by_code is not RunResult(Path("out"), 5, 5, 0, 9, 0, ()).rejected_by_code
