"""What sets the project up: the locks, the installer, what happens without an optional package, other systems."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest

from vocmine.batch.job import run
from vocmine.batch.state import locked
from vocmine.classify import aspects
from vocmine.classify._aspects import _parser as parsers
from vocmine.errors import MissingExtraError, StoreError, VocmineError
from vocmine.settings import Settings
from vocmine.store import atomic, write_atomic
from vocmine.text import mask_pii, word_pairs

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in ("demo", "test")}

spec = importlib.util.spec_from_file_location("install", ROOT / "requirements" / "install.py")
install = importlib.util.module_from_spec(spec)
spec.loader.exec_module(install)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> set[tuple[str, str]]:
    return {tuple(line.partition(" ;")[0].strip().split("==")) for line in lock.splitlines() if not line.startswith("#")}


def wanted(*extras: str) -> set[str]:
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return {plain(re.match(r"[\w.-]+", line).group(0)) for line in lines}


# --- the locks


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_no_torch_and_no_address(name):
    assert not re.search(r"^(torch|sentence-transformers|nvidia|triton)", LOCKS[name], re.MULTILINE)
    assert not re.search(r"https?:|^\s*-|@ file|/(home|root|tmp|opt)/", LOCKS[name], re.MULTILINE)
    assert all(re.fullmatch(r"#.*|[a-z0-9-]+==[\w.+]+( ; .+)?", line) for line in LOCKS[name].splitlines())


def test_the_demo_has_the_pins_of_the_tests_and_fewer():
    demo, everything = pins(LOCKS["demo"]), pins(LOCKS["test"])
    assert demo < everything
    assert len(demo) < len(everything) / 2


def test_every_dependency_is_locked():
    extras = set(PROJECT["optional-dependencies"]) - {"all"}
    assert wanted("topics") <= {name for name, _ in pins(LOCKS["demo"])}
    assert wanted(*extras) <= {name for name, _ in pins(LOCKS["test"])}
    everything = re.fullmatch(r"vocmine\[(.+)\]", *PROJECT["optional-dependencies"]["all"]).group(1)
    assert set(everything.split(",")) == extras


def test_the_demo_brings_nothing_for_developers():
    others = wanted("umap", "evoc", "spark", "notebook", "dev") - wanted("topics")
    assert not others & {name for name, _ in pins(LOCKS["demo"])}


# --- the installer


@pytest.mark.parametrize(("version", "fits"), [((3, 9), False), ((3, 10), True), ((3, 13), True), ((3, 14), False), ((2, 7), False)])
def test_the_version_of_python_is_looked_at(version, fits):
    told = install.wrong_version(version)
    assert (told is None) == fits
    assert fits or f"{version[0]}.{version[1]}" in told


def test_the_versions_are_those_of_the_project():
    low, high = ".".join(map(str, install.OLDEST)), f"{install.NEWEST[0]}.{install.NEWEST[1] + 1}"
    assert PROJECT["requires-python"] == f">={low},<{high}"


def test_the_interpreter_of_each_system():
    assert install.python_of(Path("e"), "nt") == Path("e/Scripts/python.exe")
    assert install.python_of(Path("e"), "posix") == Path("e/bin/python")


def test_pip_settings_reach_uv_and_what_is_set_stays():
    told = "global.cert='/c.pem'\nglobal.index-url='file:///a'\nsite.index-url='file:///b'\n:env:.timeout='9'\nuser.find-links='/w'"
    assert install.uv_settings(told, {}) == {"UV_DEFAULT_INDEX": "file:///b", "SSL_CERT_FILE": "/c.pem"}
    assert install.uv_settings(told, {"UV_DEFAULT_INDEX": "own"}) == {"SSL_CERT_FILE": "/c.pem"}
    assert install.uv_settings("global.proxy='p:1'", {}) == {"HTTP_PROXY": "p:1", "HTTPS_PROXY": "p:1"}
    assert install.uv_settings("", {}) == {}


class Shell:
    """Stands for `subprocess.run`: remembers the commands, fails those that it is told to."""

    def __init__(self, *failing: str):
        self.failing, self.commands = failing, []

    def __call__(self, command, check=False, **_):
        line = " ".join(map(str, command)).replace("\\", "/")
        self.commands.append(line)
        failed = any(word in line for word in self.failing)
        if failed and check:
            raise subprocess.CalledProcessError(3, command)
        return subprocess.CompletedProcess(command, int(failed), "", "error: no route\n  more" if failed else "")


@pytest.fixture
def shell(monkeypatch, request):
    made = Shell(*getattr(request, "param", ()))
    monkeypatch.setattr(install.subprocess, "run", made)
    monkeypatch.setattr(install.shutil, "which", lambda name, path=None: "there/uv" if path is None else None)
    return made


def test_uv_installs_the_lock_and_this_checkout(shell, tmp_path, capsys):
    assert install.main(["demo", "--venv", str(tmp_path / "e")]) == 0
    assert f"-m venv {tmp_path.as_posix()}/e" in shell.commands[0]
    assert "there/uv pip install" in shell.commands[-1]
    assert "requirements/demo.txt --editable" in shell.commands[-1]
    assert "--compile" not in shell.commands[-1]
    assert "with uv" in capsys.readouterr().out


@pytest.mark.parametrize("shell", [("there/uv",)], indirect=True)
def test_where_uv_fails_pip_does_it_and_says_so_in_a_line(shell, tmp_path, capsys):
    assert install.main(["test", "--venv", str(tmp_path)]) == 0
    assert re.search(r"-m pip install --no-compile --quiet --no-deps .*/test.txt --editable", shell.commands[-1])
    first, last = capsys.readouterr().out.splitlines()
    assert first == "uv could not install (error: no route): pip does it, which takes longer"
    assert "with pip" in last


def test_where_pip_can_not_bring_uv_pip_does_it(shell, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(install.shutil, "which", lambda name, path=None: None)
    shell.failing = ("--target",)
    assert install.main(["demo", "--venv", str(tmp_path)]) == 0
    assert "-m pip install --no-compile" in shell.commands[-1]
    assert "pip could not bring it" in capsys.readouterr().out


@pytest.mark.parametrize("shell", [("there/uv", "--no-compile")], indirect=True)
def test_where_both_fail_it_ends_in_a_sentence(shell, tmp_path):
    assert "setting up failed: exit code 3 of" in install.main(["demo", "--venv", str(tmp_path)])


# --- without GiNZA


@pytest.fixture
def no_ginza(monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr("vocmine.text.worker.find_spec", lambda name: None if "ginza" in name else find(name))


@pytest.mark.parametrize("ask", [
    lambda: aspects(["部屋が汚い。"]),
    lambda: word_pairs(["画面が固まる。"]),
    lambda: mask_pii(["担当は山田さんです。"], lang="ja", deep=True),
    lambda: list(run(["never-read.csv"], "never-made", settings=Settings(aspect_contacts=9))),
], ids=["aspects", "pairs", "names", "run"])
def test_what_needs_ginza_says_its_pip_line(ask, no_ginza):
    parsers.cache_clear()  # another test may have left one
    with pytest.raises(MissingExtraError, match=r"ginza.*pip install (ja-)?ginza"):
        ask()


def test_what_needs_no_parser_works_without_ginza(no_ginza):
    assert len(aspects(["The room was dirty"])) == 1
    assert "山田" not in mask_pii(["担当は山田さんです。"], lang="ja")[0]


# --- other systems


def test_a_folder_is_locked_where_fcntl_is_missing(tmp_path, monkeypatch):
    held = set()

    def locking(number, mode, size):
        if held:
            raise PermissionError
        held.add(number)

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(locking=locking, LK_NBLCK=2))
    with locked(tmp_path), pytest.raises(VocmineError, match="another run is working"), locked(tmp_path):
        pass


def test_a_file_that_is_held_open_is_waited_for(tmp_path, monkeypatch):
    replace, tries = Path.replace, []

    def held_for_a_moment(self, target):
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held_for_a_moment)
    monkeypatch.setattr(atomic.time, "sleep", lambda _: None)
    write_atomic(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert len(tries) == 3


def test_a_file_that_stays_open_is_named(tmp_path, monkeypatch):
    def held(self, target):
        raise PermissionError(13, "in use")

    (tmp_path / "a.csv").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(atomic.time, "sleep", lambda _: None)
    with pytest.raises(StoreError, match=r"can't be replaced.*a\.csv.*close it"):
        write_atomic(tmp_path / "a.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_a_pipe_that_knows_no_japanese_does_not_stop_a_command(tmp_path):
    code = "import sys; sys.argv = ['vocmine', 'run', '--contacts', '無い.csv', '--out', 'x']; from vocmine.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert done.returncode in (1, 2)
    assert b"vocmine: " in done.stderr
    assert b"Traceback" not in done.stderr
