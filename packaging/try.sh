#!/usr/bin/env bash
# Packs, unpacks both packages somewhere else, and makes a site with each.
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/release.sh
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
tar -xzf dist/prongsai-*.tar.gz -C "$place"
programs=("$place"/prongsai-*/prongsai)
if compgen -G 'dist/*.deb' >/dev/null; then
  dpkg-deb -x dist/*.deb "$place/deb"
  gzip -t "$place"/deb/usr/share/man/man1/prongsai.1.gz
  programs+=("$place/deb/usr/bin/prongsai")
fi
for program in "${programs[@]}"; do
  site=$(mktemp -d -p "$place")
  "$program" init "$site" --name ตัวอย่าง --name-en Example --kind other
  "$program" -C "$site" build
  test -f "$site/public/index.html"
done
