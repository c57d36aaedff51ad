#!/usr/bin/env bash
# Pins every dependency of pyproject.toml, for all supported Pythons and systems at once, without torch and without any
# address: demo.txt has the lean core and the topics, test.txt all extras, with the same versions. Needs uv on the PATH.
# Pins stay as they are unless pyproject.toml asks for others; UPGRADE=1 takes the newest.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

lock() { # name, then what uv is to pin
  local name=$1
  shift
  # uv keeps the versions that it finds in the file it is to write
  if [ -z "${UPGRADE:-}" ] && [ -f "requirements/$name.txt" ]; then cp "requirements/$name.txt" "$work/$name.txt"; fi
  uv pip compile --quiet --universal --python-version 3.10 --override "requirements/left-out-$name.txt" --no-header \
    --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o "$work/$name.txt" "$@"
  # BERTopic asks for llvmlite everywhere, but only EVoC and UMAP use it, which Intel Macs do without
  {
    echo "# Made by requirements/compile.sh; installed by requirements/install.py, or: pip install --no-deps -r this-file"
    grep -v -e "sys_platform == 'none'" -e '^#' "$work/$name.txt" \
      | sed -E "s/^(llvmlite==[^ ]+)\$/\1 ; platform_machine != 'x86_64' or sys_platform != 'darwin'/"
  } > "requirements/$name.txt"
}

lock test --all-extras
lock demo --extra topics --constraint requirements/test.txt
