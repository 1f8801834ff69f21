#!/usr/bin/env bash
# Installs the Debian package in a fresh, minimal system without Swift and draws the first picture there:
#
#     check_deb.sh STIPPLE FOLDER
#
# The system is made by debootstrap, of the release that this machine runs and from the mirror that its apt uses. STIPPLE is
# the program that the pictures must agree with, byte for byte. Run as root, with the right to mount; FOLDER holds the system
# meanwhile.
set -euo pipefail

stipple=$1
root=$2/root
deb=$(echo .build/package/stipple_*.deb)

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
# With /proc, where Swift finds the arguments of a program; it is gone with the command that it was mounted for.
inside() {
  # shellcheck disable=SC2016
  unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" env -i "$@"' "$root" \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
# All files but apt's and dpkg's own records.
files() { inside find / -xdev \( -path /proc -o -path /var -o -path /work \) -prune -o -print | sort; }

lintian --fail-on error,warning "${deb%.deb}.changes"

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
# shellcheck disable=SC2016
targets=$(apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  awk -v release="$release" '$2 == release || $2 == release "-updates"' | sort -u)
mirror=$(awk -v release="$release" '$2 == release && $3 == "main" { print $1; exit }' <<<"$targets")
mkdir -p .build/ci/debootstrap "$root"
unshare --mount debootstrap --variant=minbase --cache-dir="$PWD/.build/ci/debootstrap" "$release" "$root" "$mirror"
# The same mirror and the same ways to it as outside.
awk -v mirror="$mirror" '$1 == mirror { print "deb", $0 }' <<<"$targets" >"$root/etc/apt/sources.list"
apt-config dump | grep -E '^Acquire::(http|https|Check-)' >"$root/etc/apt/apt.conf.d/outside" || true
inside apt-get -q update
files >"$2/before"

mkdir "$root/work"
cp "$deb" "$root/work"
inside sh -c 'cd /work && apt-get -q install -y --no-install-recommends ./stipple_*.deb'
if inside sh -c 'command -v swift'; then fail "Swift is in the system that should show how to do without"; fi
# shellcheck disable=SC2016
inside dpkg-query -W -f '  installed ${Version}: ${Installed-Size} KB; needs ${Depends}\n' stipple

# What the README says, as it says it.
inside sh -c 'cp -r /usr/share/stipple/samples /work && cd /work && stipple preview samples/norwood-3.yaml -o out'
"$stipple" preview samples/norwood-3.yaml -o "$2/outside" >/dev/null
[[ $(head -c 8 "$root/work/out/after.png" | od -An -tx1 | tr -d ' ') == 89504e470d0a1a0a ]] || fail "after.png is no PNG"
diff -r "$2/outside" "$root/work/out" || fail "the package draws other pictures"

# One page for each command, which render without a complaint.
for command in stipple $(inside stipple --help | awk '/^SUBCOMMANDS:/ { on = 1; next } /^ *$/ { on = 0 } on && /^  [a-z]/ { print "stipple-" $1 }'); do
  page=$root/usr/share/man/man1/$command.1.gz
  [[ -f $page ]] || fail "no manual page of $command"
  complaints=$(man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
  [[ -z $complaints ]] || fail "$command.1: $complaints"
done
man -E UTF-8 -l -Tutf8 "$root/usr/share/man/man1/stipple-preview.1.gz" | col -b | grep -q 'design.yaml\|design' ||
  fail "the manual page of preview says nothing"

# Completion as bash asks for it.
# shellcheck disable=SC2016
inside bash -c '. /usr/share/bash-completion/completions/stipple
  COMP_WORDS=(stipple prev) COMP_CWORD=1 COMP_LINE="stipple prev" COMP_POINT=12
  _stipple stipple prev stipple; printf "%s\n" "${COMPREPLY[@]}"' | grep -x 'preview *' >/dev/null || fail "bash completes nothing"
for file in zsh/vendor-completions/_stipple fish/vendor_completions.d/stipple.fish; do
  [[ -s $root/usr/share/$file ]] || fail "no $file"
done

inside apt-get -q purge -y --auto-remove stipple
files | diff "$2/before" - || fail "purging leaves files"
printf '  a %s root without Swift: installed, the same pictures as outside, manual pages, completion; purged without a trace\n' "$release"
