"""Files of contacts in many formats."""

from __future__ import annotations

import pytest

HEADER = "受付番号,受付日時,チャネル,お問い合わせ内容,処理時間"


@pytest.fixture
def write_csv(tmp_path):
    """Write lines under a header; give the path."""

    def write(lines, encoding="utf-8", name="notes.csv", header=HEADER, end="\n"):
        path = tmp_path / name
        path.write_bytes(end.join([header, *lines, ""]).encode(encoding))
        return path

    return write
