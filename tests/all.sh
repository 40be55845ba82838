#!/usr/bin/env bash
# All tests: format, lints, Rust tests, the example site, valid HTML, a real browser, Lighthouse. Installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

costs=()
began=
step() {
  if [ -n "$began" ]; then costs+=("$(printf '%4d s  %s' $((SECONDS - began_at)) "$began")"); fi
  began=$1
  began_at=$SECONDS
  printf '\n== %s (%ss)\n' "$1" "$SECONDS"
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
need() { command -v "$1" >/dev/null || missing+=("${@:2}"); }
need chromium chromium
need zbarimg zbar-tools
need pdftotext poppler-utils
need java default-jre-headless
need ssh-keygen openssh-client
need minisign minisign
need age age
need faketime faketime
need strace strace
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
[ -d /usr/share/fonts/truetype/tlwg ] || missing+=(fonts-thai-tlwg)
if [ ${#missing[@]} -gt 0 ]; then
  step "install ${missing[*]}"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null
fi
step 'install the browser tests'
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund)

step 'format'
cargo fmt --check
step 'lints'
cargo clippy --locked --all-targets -- -D warnings
step 'the example site'
cargo run --locked --release -- build
step 'Rust tests'
cargo test --locked --release --config tests/optimised.toml
step 'packages'
packaging/try.sh
step 'the guide: rules as they are, every example tried'
python3 examples/guide/generate.py --check
python3 examples/guide/try.py --strict
target/release/prongsai -C examples/guide build
step 'a benchmark site, built right'
python3 benches/run.py --smoke
step 'the vendored library is what its script makes'
(cd vendor/age-encryption && npm ci --ignore-scripts --no-audit --no-fund && node build.mjs --check)
step 'killed publishes, failing disks, hostile requests'
python3 tests/faults/kill.py --kills 100
python3 tests/faults/disk.py
python3 tests/faults/requests.py
step 'valid HTML and CSS, of the test sites too'
sites=$(mktemp -d)
trap 'rm -rf "$sites"' EXIT
for site in small complete; do
  mkdir "$sites/$site"
  cp -r "tests/sites/$site/content" "$sites/$site/"
  target/release/prongsai -C "$sites/$site" build
done
(cd tests/browser && npx --no-install html-validate --config .htmlvalidate.json ../../public "$sites"/*/public)
java -jar tests/browser/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html --also-check-css public "$sites"/*/public
step 'open data against its own description'
tests/data/validate.sh public "$sites"/*/public
step 'schemas of content, and CI examples'
target/frictionless/venv/bin/python tests/data/schemas.py
step 'what a CMS and editors of TOML read'
(cd tests/cms && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent test)
step 'a real browser'
(cd tests/browser && npm run --silent test)
step 'Lighthouse'
(cd tests/browser && npm run --silent lighthouse)
step 'all passed'
printf '%s\n' "${costs[@]}"
