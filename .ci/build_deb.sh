#!/usr/bin/env bash
# Builds the Debian package by the distribution's own tools, in a copy of the tree, and leaves it in .build/package.
# What the build needs and the machine lacks is installed, as root or with sudo; Swift must be there.
set -euo pipefail
cd "$(dirname "$0")/.."
tree=.build/package/stipple

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# The newest heading of the changes: "## 0.2.0 - 2026-11-30".
read -r version _ date < <(sed -n 's/^## //p' CHANGELOG.md) || true
grep -q "stippleVersion = \"$version\"" Sources/Stipple/Open/Version.swift ||
  fail "CHANGELOG.md begins with $version, and stipple --version is another"

# What was built in the copy before stands where sources are the same.
mkdir -p "$tree"
find "$tree" -mindepth 1 -maxdepth 1 ! -name .build -exec rm -rf {} +
rm -f .build/package/stipple*_*
tar -c --exclude=.build --exclude=.git . | tar -x -C "$tree"
cp -r .ci/debian "$tree/debian"
# Built on one release of one distribution, and for that.
# shellcheck source=/dev/null
system=$(. /etc/os-release && printf '%s%s' "$ID" "$VERSION_ID")
cat >"$tree/debian/changelog" <<END
stipple ($version+$system) unstable; urgency=medium

  * See CHANGELOG.md.

 -- $(sed -n 's/^Maintainer: //p' .ci/debian/control)  $(date -u -R -d "$date 12:00")
END
cd "$tree"
if ! dpkg-checkbuilddeps 2>/dev/null; then
  root=()
  ((EUID == 0)) || root=(sudo)
  "${root[@]}" apt-get update
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get build-dep -y --no-install-recommends ./
fi
# The build itself then fetches nothing.
swift package --scratch-path .build/install resolve
dpkg-buildpackage -b -us -uc
