#!/usr/bin/env bash
# All tests: format, lints, Rust tests, the example site, valid HTML, a real browser. Installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if ! command -v chromium >/dev/null; then
  step 'install a browser'
  as_root apt-get update -q
  as_root apt-get install -q -y --no-install-recommends chromium fonts-thai-tlwg >/dev/null
fi
step 'install the browser tests'
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund)

step 'format'
cargo fmt --check
step 'lints'
cargo clippy --locked --all-targets -- -D warnings
step 'Rust tests'
cargo test --locked
step 'the example site'
cargo run --locked --release -- build
step 'valid HTML, of the test sites too'
sites=$(mktemp -d)
trap 'rm -rf "$sites"' EXIT
for site in small complete; do
  mkdir "$sites/$site"
  cp -r "tests/sites/$site/content" "$sites/$site/"
  target/release/prongsai -C "$sites/$site" build
done
(cd tests/browser && npx --no-install html-validate --config .htmlvalidate.json ../../public "$sites"/*/public)
step 'a real browser'
(cd tests/browser && node --test --test-reporter=spec)
step 'all passed'
