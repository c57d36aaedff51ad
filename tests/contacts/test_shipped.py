"""Tables shipped as YAML: all there, each a mapping, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from vocmine.contacts.shipped import shipped_table

DATA = Path(__file__).resolve().parents[2] / "vocmine" / "contacts" / "data"


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_file_is_a_table_that_is_read_once(path):
    table = shipped_table(path.stem)
    assert isinstance(table, dict) and table
    assert shipped_table(path.stem) is table
