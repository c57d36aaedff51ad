#!/usr/bin/env bash
# Pins every dependency of pyproject.toml, for all supported Pythons at once, without torch and without any address.
# Needs uv on the PATH. The result is installed with `pip install --no-deps -r requirements/lock.txt`.
set -euo pipefail
cd "$(dirname "$0")/.."
raw=$(mktemp)
trap 'rm -f "$raw"' EXIT
uv pip compile --quiet --universal --python-version 3.10 --all-extras --override requirements/no-torch.txt \
  --no-header --no-annotate --no-emit-index-url pyproject.toml -o "$raw"
{
  echo "# Made by requirements/compile.sh; install with: pip install --no-deps -r requirements/lock.txt"
  grep -v "sys_platform == 'none'" "$raw"
} > requirements/lock.txt
