"""One run at a time on a folder."""

from __future__ import annotations

import pytest

from vocmine.batch.state import locked, read_versioned, write_json
from vocmine.errors import StoreError, VocmineError


def test_two_runs_on_one_folder_are_refused(tmp_path):
    with locked(tmp_path), pytest.raises(VocmineError, match="another run"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("text, match", [
    ("{", "it is damaged"), ("[1]", "it is damaged"), ('{"schema": "1"}', "it is damaged"), ("\xff", "it is damaged"),
    ('{"schema": 3}', "saved by a newer vocmine.*got: schema 3; expected: schema 2 or older"),
])
def test_a_versioned_file_is_read_or_refused_in_one_sentence(tmp_path, text, match):
    path = tmp_path / "made.json"
    damaged = StoreError("it is damaged", where=str(path))
    assert read_versioned(path, 2, damaged) is None
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(StoreError, match=match):
        read_versioned(path, 2, damaged)
    write_json(path, {"schema": 2, "a": 1})
    assert read_versioned(path, 2, damaged) == {"schema": 2, "a": 1}
