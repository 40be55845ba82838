#!/usr/bin/env bash
# Packs the program for others: dist/prongsai-VERSION-TARGET.tar.gz, dist/prongsai_VERSION_ARCH.deb where dpkg-deb is there, SHA256SUMS.
# The same commit gives the same bytes on the same machine. Usage: packaging/release.sh
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
target=$(rustc -vV | sed -n 's/^host: //p')

cargo build --locked --release
# After the build: C libraries are compiled anew when it changes, and nothing in them has a date.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}

name="prongsai-$version-$target"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p dist "$stage/$name/man" "$stage/$name/completions"
cp target/release/prongsai README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$stage/$name/"
program="$stage/$name/prongsai"
"$program" --lang en man -o "$stage/$name/man" >/dev/null
for shell in bash zsh fish powershell; do "$program" --lang en completions "$shell" > "$stage/$name/completions/prongsai.$shell"; done
find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$stage" -cf - "$name" | gzip -n9 > "dist/$name.tar.gz"

if command -v dpkg-deb >/dev/null; then
  arch=$(dpkg --print-architecture)
  root="$stage/deb"
  share="$root/usr/share"
  mkdir -p "$root/DEBIAN" "$root/usr/bin" "$share/man/man1" "$share/doc/prongsai" "$share/bash-completion/completions" \
    "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"
  cp "$program" "$root/usr/bin/"
  cp "$stage/$name"/man/*.1 "$share/man/man1/"
  gzip -n9 "$share"/man/man1/*.1
  cp "$stage/$name/completions/prongsai.bash" "$share/bash-completion/completions/prongsai"
  cp "$stage/$name/completions/prongsai.zsh" "$share/zsh/vendor-completions/_prongsai"
  cp "$stage/$name/completions/prongsai.fish" "$share/fish/vendor_completions.d/prongsai.fish"
  gzip -n9c CHANGELOG.md > "$share/doc/prongsai/changelog.gz"
  { echo 'prongsai is licensed under MIT OR Apache-2.0, at your option.'; echo; cat LICENSE-MIT; } > "$share/doc/prongsai/copyright"
  glibc=$(ldd --version | sed -n '1s/.* //p')
  cat > "$root/DEBIAN/control" <<CONTROL
Package: prongsai
Version: $version
Architecture: $arch
Maintainer: The prongsai team <prongsai@prongsai.example>
Depends: libc6 (>= $glibc)
Section: web
Priority: optional
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Description: public-disclosure sites for Thai agencies, checked against the OIT form
 Compiles a folder of Markdown and TOML about an agency's executives, measures
 and results into a static site, and checks the folder against the year's form.
CONTROL
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group --build -Zxz "$root" "dist/prongsai_${version}_$arch.deb" >/dev/null
fi
(cd dist && sha256sum prongsai[-_]"$version"* > SHA256SUMS && cat SHA256SUMS)
