#!/usr/bin/env bash
# Builds stipple and installs it: the program, manual pages, completions, samples with the schema, documents.
#
#     ./install.sh [--prefix DIR] [--destdir DIR]
#     ./install.sh [--prefix DIR] [--destdir DIR] --uninstall
#
# --prefix is where it will live: /usr/local, or ~/.local for those who may not write there. --destdir is put in front of
# that, for packages. Needs Swift 6.1 or later, pkg-config and what the package names (libpng, libjpeg, libharu). Swift fetches the
# packages that Package.swift names, unless .build/install has them; nothing else is fetched. Run it as the user who owns
# the clone; where that user may not write to the prefix, it says so before it builds.
set -euo pipefail
cd "$(dirname "$0")"
build=.build/install
prefix=
destdir=
uninstall=

fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

while (($#)); do
  case $1 in
    --prefix | --destdir)
      (($# > 1)) || fail "$1 needs a folder"
      case $2 in /*) ;; *) fail "$1 needs a whole path, beginning with /: $2" ;; esac
      declare "${1#--}=${2%/}"
      shift
      ;;
    --uninstall) uninstall=yes ;;
    -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit ;;
    *) fail "unknown option $1; there are --prefix, --destdir and --uninstall" ;;
  esac
  shift
done
if [[ -z $prefix ]]; then
  prefix=/usr/local
  [[ -n $destdir || -w /usr/local/bin ]] || prefix=$HOME/.local
fi
to=$destdir$prefix

# All that is ever installed.
program=$to/bin/stipple
pages=$to/share/man/man1
bash=$to/share/bash-completion/completions/stipple
zsh=$to/share/zsh/site-functions/_stipple
fish=$to/share/fish/vendor_completions.d/stipple.fish
share=$to/share/stipple
documents=$to/share/doc/stipple

remove() { rm -rf "$program" "$pages"/stipple.1 "$pages"/stipple-*.1 "$bash" "$zsh" "$fish" "$share" "$documents"; }

if [[ $uninstall ]]; then
  [[ -e $program || -e $share ]] || fail "no stipple is installed in $to"
  remove
  printf 'Removed stipple from %s: program, manual pages, completions, samples, documents.\n' "$to"
  exit
fi

# What is missing is all said at once, before anything is built.
missing=()
command -v swift >/dev/null || missing+=("Swift 6.1 or later: https://www.swift.org/install")
command -v pkg-config >/dev/null || missing+=("pkg-config")
while read -r library; do
  pkg-config --exists "$library" 2>/dev/null || missing+=("$library, its library and headers")
done < <(sed -n 's/.*pkgConfig: "\([^"]*\)".*/\1/p' Package.swift)
if ((${#missing[@]})); then
  printf 'install.sh: missing:\n' >&2
  printf '  %s\n' "${missing[@]}" >&2
  printf 'For the libraries: on Debian and Ubuntu  sudo apt-get install %s\n' \
    "$(sed -n 's/.*\.apt(\[\([^]]*\)\]).*/\1/p' Package.swift | tr -d '",' | xargs -n1 | sort -u | xargs)" >&2
  printf '                   on macOS              brew install %s pkg-config\n' \
    "$(sed -n 's/.*\.brew(\[\([^]]*\)\]).*/\1/p' Package.swift | tr -d '",' | xargs)" >&2
  exit 1
fi
mkdir -p "$to/bin" 2>/dev/null || true
[[ -w $to/bin ]] || fail "you may not write to $to: choose another place with --prefix DIR"

flags=(--scratch-path "$build" -c release --product stipple -debug-info-format none)
# On macOS the system has Swift's libraries; elsewhere the program carries them.
[[ $(uname) == Darwin ]] || flags+=(--static-swift-stdlib -Xlinker --build-id=none)
# Messages of a program that fails name source files: without the folder in which they were built.
flags+=(-Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xcc "-ffile-prefix-map=$PWD=.")
printf 'Building stipple (a few minutes the first time)\n'
swift build "${flags[@]}"
built=$(swift build "${flags[@]}" --show-bin-path)/stipple

# The generator of manual pages is a tool of swift-argument-parser. Its plugin would build the whole package once more, so
# the tool is built by itself. Pages are dated by the newest heading of the changes, so that a build gives the same twice.
parser=$build/checkouts/swift-argument-parser
swift build --package-path "$parser" --scratch-path "$build/manual" --product generate-manual
generator=$(swift build --package-path "$parser" --scratch-path "$build/manual" --show-bin-path)/generate-manual
date=$(sed -n 's/^## .* - \([0-9-]*\)$/\1/p' CHANGELOG.md | head -1)
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir "$made/man"
"$generator" "$built" --multi-page --date "$date" --output-directory "$made/man"

remove
mkdir -p "$pages" "${bash%/*}" "${zsh%/*}" "${fish%/*}" "$share" "$documents/guides"
install -m 755 "$built" "$program"
if [[ $(uname) == Darwin ]]; then
  strip -x "$program"
else
  # Digests of how the compiler was called hold the folder of the build. Without them a build gives the same anywhere; a section
  # that is left out, and not emptied, would cost the program its read-only relocations.
  head -c "$(size -A "$program" | awk '$1 == ".swift_modhash" { print $2 }')" /dev/zero >"$made/zeros"
  objcopy --strip-all --update-section .swift_modhash="$made/zeros" "$program"
fi
# As other programs name the pages of their commands: man finds stipple-preview for "man stipple preview". In these pages an
# empty line is a mistake; whose they are stands where the system's name would.
for page in "$made"/man/*; do
  called=$(basename "$page" .1)
  called=${called/./ }
  sed -e '/^\.Xr/s/stipple\./stipple-/' -e '/^\.Dt/s/STIPPLE\./STIPPLE-/' -e 's/^$/.Pp/' \
    -e 's/^\.Nm "stipple \(.*\)"$/.Nm stipple-\1/' -e "s/^\.Nm$/.Nm \"$called\"/" \
    -e "s/^\.Os$/.Os Stipple $("$built" --version)/" "$page" >"$pages/${called/ /-}.1"
done
# It is read, not run.
"$program" --generate-completion-script bash | sed '1{/^#!/d;}' >"$bash"
"$program" --generate-completion-script zsh >"$zsh"
"$program" --generate-completion-script fish >"$fish"
cp -R samples "$share/"
cp LICENSE CHANGELOG.md PRIVACY.md SECURITY.md "$documents/"
cp Sources/Stipple/Stipple.docc/*.md Sources/Stipple/Stipple.docc/*.png "$documents/guides/"
sed -e 's#](samples/#](../../stipple/samples/#' -e 's#](Sources/Stipple/Stipple.docc/#](guides/#g' README.md >"$documents/README.md"
# What the program carries of others, and under which licence.
cp .ci/debian/copyright "$documents/"
chmod -R u=rwX,go=rX "$share" "$documents" "$pages"/stipple*.1 "$bash" "$zsh" "$fish"

printf 'Installed %s in %s:\n' "$("$program" --version)" "$to"
printf '  the program %s, %s\n' "$program" "$(du -h "$program" | cut -f1)"
printf '  %s manual pages: man stipple, man stipple-preview, ...\n' "$(find "$pages" -name 'stipple*.1' | wc -l | xargs)"
printf '  completions for bash, zsh and fish\n'
printf '  samples and the schema of designs in %s\n' "$share/samples"
printf '  documents in %s\n' "$documents"
case :$PATH: in *:"$prefix/bin":*) ;; *) [[ $destdir ]] || printf '%s is not on your PATH: add it.\n' "$prefix/bin" ;; esac
printf 'To remove it: ./install.sh --prefix %s --uninstall\n' "$prefix"
