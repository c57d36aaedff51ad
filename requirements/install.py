"""Set up an environment from a lock: `python requirements/install.py demo` (what the main job needs) or `test` (all).

Needs only Python 3.10 to 3.13 and runs on Linux, macOS and Windows. uv does the work, as the fastest installer that
pip can bring; where it can't be had or can't reach the registry, pip does the same. Nothing is compiled beforehand:
Python compiles what is imported, when it is first imported.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST, NEWEST = (3, 10), (3, 13)
# What uv has to be told of pip's settings, since it does not read them: a mirror, its certificate, a proxy.
_SETTINGS = {"index-url": ("UV_DEFAULT_INDEX",), "cert": ("SSL_CERT_FILE",), "proxy": ("HTTP_PROXY", "HTTPS_PROXY")}


def wrong_version(version: tuple[int, int]) -> str | None:
    """Say what is wrong with a version of Python, if anything."""
    if OLDEST <= version <= NEWEST:
        return None
    found = f"{version[0]}.{version[1]}"
    return f"vocmine needs Python 3.10 to 3.13, this is {found}: use another one, as in: make PYTHON=python3.12"


def python_of(venv: Path, system: str = os.name) -> Path:
    """Give the interpreter of an environment."""
    return venv / ("Scripts/python.exe" if system == "nt" else "bin/python")


def uv_settings(pip_config: str, environment: Mapping[str, str]) -> dict[str, str]:
    r"""Turn what `pip config list` says into variables for uv; what is set already stays.

    Examples
    --------
    >>> uv_settings("global.index-url='file:///mirror'\n:env:.timeout='60'", {})
    {'UV_DEFAULT_INDEX': 'file:///mirror'}
    """
    found: dict[str, str] = {}
    for line in pip_config.splitlines():  # later lines are stronger, as in pip
        key, _, value = line.partition("=")
        for name in _SETTINGS.get(key.rpartition(".")[2], ()):
            found[name] = value.strip("'\"")
    return {name: value for name, value in found.items() if name not in environment}


def locked(group: str) -> list[str]:
    """Give the arguments that install a lock and this checkout, for pip as for uv."""
    lock = str(ROOT / "requirements" / f"{group}.txt")
    return ["--quiet", "--no-deps", "--requirement", lock, "--editable", str(ROOT)]


def with_uv(python: Path, group: str) -> str | None:
    """Install with uv, one that is there or one that pip brings for this once; say why if that failed."""
    pip = [str(python), "-m", "pip"]
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if uv is None:
            # beside the environment, which it would make larger by a twentieth
            done = _run([*pip, "install", "--quiet", "--no-compile", "--target", folder, "uv>=0.5"])
            if done.returncode:
                return "pip could not bring it"
            uv = shutil.which("uv", path=str(Path(folder) / "bin"))
        if uv is None:
            return "it has no program for this machine"
        settings = uv_settings(_run([*pip, "config", "list"]).stdout, os.environ)
        done = _run([uv, "pip", "install", "--python", str(python), *locked(group)], {**os.environ, **settings})
    return (done.stderr.strip().splitlines() or ["no reason given"])[0] if done.returncode else None


def install(venv: Path, group: str) -> str:
    """Make the environment if it is not there, install the group, and say which installer did it.

    Raises
    ------
    subprocess.CalledProcessError
        If the environment could not be made, or pip failed as well.
    """
    python = python_of(venv)
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    problem = with_uv(python, group)
    if problem is None:
        return "uv"
    print(f"uv could not install ({problem}): pip does it, which takes longer", flush=True)
    subprocess.run([str(python), "-m", "pip", "install", "--no-compile", *locked(group)], check=True)
    return "pip"


def _run(command: list[str], env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, check=False, capture_output=True, text=True)


def main(arguments: list[str] | None = None) -> str | int:
    """Run the command line; a text is an error for `sys.exit`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("group", choices=["demo", "test"])
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv", help="the environment, made if missing")
    options = parser.parse_args(arguments)
    problem = wrong_version(sys.version_info[:2])
    if problem:
        return problem
    began = time.monotonic()
    try:
        installer = install(options.venv, options.group)
    except subprocess.CalledProcessError as error:
        return f"setting up failed: exit code {error.returncode} of {' '.join(map(str, error.cmd[:4]))}"
    seconds = time.monotonic() - began
    print(f"{options.venv} is set up for {options.group}: {seconds:.0f} s, with {installer}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
