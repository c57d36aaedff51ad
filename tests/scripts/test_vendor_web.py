"""What the page carries from others: as it is in their packages, with licences; the script that checks and renews it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.util
import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "vendor_web.py"
WEB = ROOT / "vocmine" / "report" / "web"


@pytest.fixture(scope="module")
def vendor():
    if not SCRIPT.exists():
        pytest.skip("the scripts are not with the tests")
    spec = importlib.util.spec_from_file_location("vendor_web", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(WEB / "vendor", tmp_path / "vendor"))


def packed(files):
    """Pack files as npm does."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return gzip.compress(out.getvalue(), mtime=0)


def integrity(data):
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def test_the_files_are_as_the_list_says(vendor, capsys):
    assert vendor.wrong() == []
    assert vendor.main(["check"]) == 0
    assert capsys.readouterr().out == ""


def test_each_package_has_its_licence_and_stands_in_the_notice(vendor):
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    told = (WEB / "app" / "licences.js").read_text(encoding="utf-8")
    for package in vendor.read():
        assert "LICENSE" in package["files"]
        licence = (WEB / "vendor" / package["name"] / "LICENSE").read_text(encoding="utf-8")
        owner = re.search(r"Copyright \(c\) .*", licence)[0]
        assert all(re.search(f"{package['name']} {package['version']}", text, re.IGNORECASE) for text in (notice, told))
        assert owner in notice
        assert owner in told
        assert re.match(r"sha512-[\w+/]{86}==$", package["integrity"])


def test_a_changed_a_missing_and_a_foreign_file_are_told(vendor, copy, capsys, monkeypatch):
    script, licence = sorted((copy / "preact").iterdir(), key=lambda path: path.name == "LICENSE")
    script.write_text(script.read_text(encoding="utf-8") + " ", encoding="utf-8")
    licence.unlink()
    (copy / "other.js").write_text("", encoding="utf-8")
    assert [line.split(":")[0] for line in vendor.wrong(copy)] == ["preact.min.umd.js", "LICENSE", "other.js"]


def test_a_package_that_is_not_what_it_was_is_refused(vendor, copy, monkeypatch):
    monkeypatch.setattr(vendor, "packed", lambda asked: packed({"LICENSE": b"x"}))
    with pytest.raises(SystemExit, match=r"preact@[\d.]+ is not what it was"):
        vendor.renew("preact", folder=copy)


def test_another_version_is_taken_with_its_hashes(vendor, copy, monkeypatch):
    data = packed({"dist/preact.min.umd.js": b"new", "LICENSE": b"words", "package.json": b"{}"})
    monkeypatch.setattr(vendor, "packed", lambda asked: data if asked == "preact@99.0.0" else b"")
    vendor.renew("preact", "99.0.0", folder=copy)
    first = vendor.read(copy)[0]
    assert (first["version"], first["integrity"]) == ("99.0.0", integrity(data))
    assert (copy / "preact" / "preact.min.umd.js").read_bytes() == b"new"
    assert vendor.wrong(copy) == []


LISTED = yaml.safe_load((WEB / "scripts.yaml").read_text(encoding="utf-8"))


def test_the_list_of_scripts_names_each_file_once():
    here = sorted(p.relative_to(WEB).as_posix() for p in WEB.rglob("*") if p.suffix in (".js", ".css"))
    assert sorted([*LISTED["scripts"], *LISTED["styles"]]) == here


@pytest.mark.parametrize("name", [name for name in LISTED["scripts"] if name.startswith("app/")])
def test_our_scripts_keep_to_the_rules(name):
    text = (WEB / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 220
    if name != "app/licences.js":
        assert "'use strict'" in text
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
    # No markup from texts, no code from texts, no request, no style in an attribute.
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|dangerously|\beval\b|new Function|fetch\(|XMLHttp|WebSocket|import\(|cssText|https?:", code)
    node = shutil.which("node")
    if node:
        subprocess.run([node, "--check", str(WEB / name)], check=True, capture_output=True)
