"""What the page carries beside its text: as it is in the package, named by its hash."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
import yaml

import vocmine.report
from vocmine.errors import StoreError
from vocmine.report.render.scripts import embeddable, policy, source_hash, web_files

WEB = Path(vocmine.report.__file__).parent / "web"


def test_all_files_of_the_list_are_there_in_its_order():
    listed = yaml.safe_load((WEB / "scripts.yaml").read_text(encoding="utf-8"))
    assert len(web_files().scripts) == len(listed["scripts"])
    for name, text in zip(listed["scripts"], web_files().scripts, strict=True):
        assert text == (WEB / name).read_text(encoding="utf-8").removeprefix("\ufeff")
    for name in listed["styles"]:
        assert (WEB / name).read_text(encoding="utf-8") in web_files().styles


@pytest.mark.parametrize("text", ["var a = '</SCRIPT>'", "<!-- x", "a\u202eb", "a\x00b", "a\ud800"])
def test_what_would_end_the_element_or_change_is_refused(text):
    with pytest.raises(StoreError, match="can't stand"):
        embeddable(text, "x.js", "</script")


def test_a_policy_names_each_script_once_and_allows_no_other():
    digest = base64.b64encode(hashlib.sha256(b"a()").digest()).decode()
    told = policy("p{}", ["a()", "b()", "a()"])
    assert told.count(digest) == 1
    assert source_hash("b()") in told
    assert "unsafe" not in told
    assert told.startswith("default-src 'none'; ")
    assert "script-src 'none'" in policy("", [])


def test_the_package_ships_them():
    root = WEB.parents[2]
    if not (root / "pyproject.toml").exists():
        pytest.skip("not a checkout")
    assert '"report/web/**/*"' in (root / "pyproject.toml").read_text(encoding="utf-8")
