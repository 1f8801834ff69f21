#!/usr/bin/env bash
# Fuzzes the mesh readers with libFuzzer and address sanitizer:
#
#     Benchmarks/Fuzz/fuzz.sh [MINUTES [FORMAT …]]      10 minutes each of: obj ply stl gltf glb
#
# Starts from the seeds beside this script. New inputs are collected in .build/fuzz; a finding is kept there as
# FORMAT-crash-…, and the script ends with an error. Put a mended finding into
# Tests/HeadGeometryTests/ScrambledMeshTests.swift.
#
# An input has at most 4 kB and may allocate at most 16 MB at once, so that memory that does not follow the size of the
# file is a finding too.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=${1:-10}
shift || true
formats=("$@")
((${#formats[@]})) || formats=(obj ply stl gltf glb)
out=.build/fuzz
mkdir -p "$out"

# All of HeadGeometry is one module with the fuzz body, so that its inner functions can be called.
find Sources/HeadGeometry -name '*.swift' >"$out/sources"
swiftc -O -wmo -gline-tables-only -use-ld=lld -parse-as-library -sanitize=fuzzer,address -swift-version 6 -enable-upcoming-feature ExistentialAny \
  -enable-upcoming-feature MemberImportVisibility -module-name HeadGeometry \
  -I Sources/CLanes/include -Xcc -fmodule-map-file="$PWD/Benchmarks/Fuzz/module.modulemap" \
  Benchmarks/Fuzz/FuzzMesh.swift $(<"$out/sources") -o "$out/fuzz-mesh"

# The crash handler of the Swift runtime hangs the fuzzer.
export SWIFT_BACKTRACE=enable=no
for format in "${formats[@]}"; do
  mkdir -p "$out/$format"
  printf '== %s, %s minutes\n' "$format" "$minutes"
  STIPPLE_FUZZ=$format "$out/fuzz-mesh" "$out/$format" "Benchmarks/Fuzz/seeds/$format" \
    -max_total_time=$((minutes * 60)) -max_len=4096 -malloc_limit_mb=16 -rss_limit_mb=2048 -timeout=10 \
    -dict=Benchmarks/Fuzz/words.dict -artifact_prefix="$out/$format-" -print_final_stats=1 -detect_leaks=0 \
    >"$out/$format.log" 2>&1 || { grep -aE 'Fatal|ERROR|SUMMARY|Test unit' "$out/$format.log" | head; exit 1; }
  grep -aE 'stat::(number_of_executed_units|average_exec|peak_rss)|^#.*DONE' "$out/$format.log"
done
