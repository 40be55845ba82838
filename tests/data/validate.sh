#!/usr/bin/env bash
# Validates the data packages of built sites against their own description: tests/data/validate.sh public [other/public …]
# Installs frictionless into target/frictionless once.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
version=5.18.1
venv="$root/target/frictionless/venv"
if ! "$venv/bin/python" -c "import frictionless; assert frictionless.__version__ == '$version'" 2>/dev/null; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "frictionless==$version"
fi
[ $# -gt 0 ] || { echo 'usage: tests/data/validate.sh FOLDER…' >&2; exit 2; }
for folder in "$@"; do
  package="$folder/data/datapackage.json"
  if ! report=$("$venv/bin/frictionless" validate "$package" 2>&1); then
    printf '%s\n%s: not valid\n' "$report" "$package" >&2
    exit 1
  fi
  printf '%s: valid\n' "$package"
done
