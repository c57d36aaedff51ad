"""Check and renew the libraries that the report's page carries (``vocmine/report/web/vendor``).

``python scripts/vendor_web.py`` compares each file with the hash in ``vendor.yaml``. With ``renew`` it fetches each
package through npm, holds it against the integrity in the list and takes the named files out of it anew; ``renew NAME
VERSION`` takes another version and writes its integrity and hashes into the list. Files are kept as they are in the
package, the licence beside them.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "vocmine" / "report" / "web" / "vendor"
HEAD = "# What the page carries from others, as it is in their packages; checked and renewed by scripts/vendor_web.py\n"


def read(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Read the list of packages."""
    return list(yaml.safe_load((folder / "vendor.yaml").read_text(encoding="utf-8"))["packages"])


def write(packages: list[dict[str, Any]], folder: Path = FOLDER) -> None:
    """Write the list of packages."""
    text = yaml.safe_dump({"packages": packages}, sort_keys=False, allow_unicode=True, width=200)
    (folder / "vendor.yaml").write_text(HEAD + text, encoding="utf-8", newline="\n")


def wrong(folder: Path = FOLDER) -> list[str]:
    """Say what of the folder is not as the list says: files that differ, are missing, or are in no package."""
    said, known = [], {folder / "vendor.yaml"}
    for package in read(folder):
        for name, each in package["files"].items():
            path = folder / package["name"] / Path(name).name
            known.add(path)
            if not path.exists():
                said.append(f"{path.name}: missing")
            elif sha256(path.read_bytes()) != each:
                said.append(f"{path.name}: not as in {package['name']} {package['version']}")
    others = [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in known]
    return said + [f"{path.name}: in no package" for path in others]


def renew(name: str = "", version: str = "", folder: Path = FOLDER) -> None:
    """Take the files of all packages, or of one in another version, out of what npm gives."""
    packages = read(folder)
    for package in packages:
        if name in ("", package["name"]):
            asked = f"{package['name']}@{version or package['version']}"
            data = packed(asked)
            integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
            if not version and integrity != package["integrity"]:
                raise SystemExit(f"{asked} is not what it was: {integrity}")
            package.update(version=version or package["version"], integrity=integrity)
            package["files"] = unpack(data, list(package["files"]), folder / package["name"])
    write(packages, folder)


def packed(asked: str) -> bytes:
    """Give the bytes of a package as npm packs it."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed here")
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([npm, "pack", "--silent", asked], cwd=work, check=True, capture_output=True)  # noqa: S603
        (path,) = Path(work).glob("*.tgz")
        return path.read_bytes()


def unpack(data: bytes, names: list[str], target: Path) -> dict[str, str]:
    """Write the named files of a package into a folder, and give their hashes."""
    target.mkdir(exist_ok=True)
    hashes = {}
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:gz") as archive:
            for name in names:
                member = archive.extractfile(f"package/{name}")
                if member is None:
                    raise SystemExit(f"{name} is no file of the package")
                content = member.read()
                (target / Path(name).name).write_bytes(content)
                hashes[name] = sha256(content)
    return hashes


def sha256(data: bytes) -> str:
    """Give the hash of a file as the list writes it."""
    return hashlib.sha256(data).hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Check or renew the libraries that the page carries.")
    parser.add_argument("task", nargs="?", choices=("check", "renew"), default="check")
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("version", nargs="?", default="")
    asked = parser.parse_args(arguments)
    if asked.task == "renew":
        renew(asked.name, asked.version)
    said = wrong()
    sys.stdout.write("\n".join(said) + "\n" if said else "")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
