"""One run at a time on a folder."""

from __future__ import annotations

import pytest

from vocmine.batch.state import locked
from vocmine.errors import VocmineError


def test_two_runs_on_one_folder_are_refused(tmp_path):
    with locked(tmp_path), pytest.raises(VocmineError, match="another run"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass
