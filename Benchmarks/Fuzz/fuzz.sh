#!/usr/bin/env bash
# Fuzzes the mesh readers with libFuzzer and address sanitizer:
#
#     Benchmarks/Fuzz/fuzz.sh [MINUTES [FORMAT …]]      10 minutes each of: obj ply stl gltf glb
#
# Starts from the seeds beside this script. New inputs are collected in .build/fuzz; a finding is kept there as
# FORMAT-crash-…, and the script ends with an error. Put a mended finding into
# Tests/MeshFilesTests/ScrambledMeshTests.swift.
#
# An input has at most 1 MB and five seconds, so that a loop that grows as a square of it is a finding; and it may
# allocate at most 256 MB at once, so that memory that does not follow the size of the file is a finding too.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=${1:-10}
shift || true
formats=("$@")
((${#formats[@]})) || formats=(obj ply stl gltf glb)
out=.build/fuzz
mkdir -p "$out"

# The readers and what stands below them, each a module as in the package; the fuzz body is compiled with the readers, so
# that it can call their inner functions.
module() { # NAME SOURCES …
  local name=$1
  shift
  swiftc -O -wmo -gline-tables-only -parse-as-library -sanitize=fuzzer,address -swift-version 6 -package-name stipple \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility -module-name "$name" \
    -I "$out/modules" "$@"
}
mkdir -p "$out/modules"
for name in Arithmetic Meshes; do
  module "$name" -emit-module -emit-module-path "$out/modules/$name.swiftmodule" -emit-object \
    -o "$out/modules/$name.o" $(find "Sources/$name" -name '*.swift')
done
module MeshFiles -use-ld=lld -emit-executable -o "$out/fuzz-mesh" Benchmarks/Fuzz/FuzzMesh.swift \
  $(find Sources/MeshFiles -name '*.swift') "$out"/modules/*.o

# The crash handler of the Swift runtime hangs the fuzzer.
export SWIFT_BACKTRACE=enable=no
for format in "${formats[@]}"; do
  mkdir -p "$out/$format"
  printf '== %s, %s minutes\n' "$format" "$minutes"
  STIPPLE_FUZZ=$format "$out/fuzz-mesh" "$out/$format" "Benchmarks/Fuzz/seeds/$format" \
    -max_total_time=$((minutes * 60)) -max_len=1000000 -len_control=0 -malloc_limit_mb=256 -rss_limit_mb=4096 -timeout=5 \
    -dict=Benchmarks/Fuzz/words.dict -artifact_prefix="$out/$format-" -print_final_stats=1 -detect_leaks=0 \
    >"$out/$format.log" 2>&1 || { grep -aE 'Fatal|ERROR|SUMMARY|Test unit' "$out/$format.log" | head; exit 1; }
  grep -aE 'stat::(number_of_executed_units|average_exec|peak_rss)|^#.*DONE' "$out/$format.log"
done
