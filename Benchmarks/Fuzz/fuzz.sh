#!/usr/bin/env bash
# Fuzzes the readers with libFuzzer and address sanitizer:
#
#     Benchmarks/Fuzz/fuzz.sh [SECONDS [READER …]]      600 seconds each of: design manifest png jpeg obj ply stl gltf glb
#
# Starts from the seeds beside this script, the samples and the test pictures, and from what earlier runs collected in
# .build/fuzz/READER. Logs, and what was found (READER-crash-…, READER-timeout-… and the like), lie in .build/fuzz/found. Every
# reader is run, then the script ends with an error if anything was found. Put a mended finding into a test.
#
# An input has at most 1 MB and five seconds, so that a loop that grows as a square of it is a finding; and it may
# allocate at most 256 MB at once, so that memory that does not follow the size of the file is a finding too.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-600}
shift || true
readers=("$@")
((${#readers[@]})) || readers=(design manifest png jpeg obj ply stl gltf glb)
here=Benchmarks/Fuzz
out=.build/fuzz
rm -rf "$out/found"
mkdir -p "$out/found"

# The compiler takes the last -sanitize alone, so both are named in one; the package manager must know of both to link. Testing
# is enabled for the harness to reach inner functions.
swift build --package-path $here --scratch-path "$out/build" --jobs "${FUZZ_JOBS:-$(nproc)}" -c release \
  --sanitize=fuzzer --sanitize=address -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing >"$out/build.log" 2>&1 ||
  { grep 'error:' "$out/build.log" | head -20; tail -5 "$out/build.log"; exit 1; }

# The words of a design are those of its schema.
cp $here/words.dict "$out/words.dict"
grep -o '"[A-Za-z0-9-]*"' samples/stipple.schema.json | sort -u >>"$out/words.dict"

# The crash handler of the Swift runtime hangs the fuzzer.
export SWIFT_BACKTRACE=enable=no
# Tables that live as long as the process look leaked at its end, as pointers to them carry tags; what a single input leaks is
# still found.
export LSAN_OPTIONS=leak_check_at_exit=0
for reader in "${readers[@]}"; do
  seeds=("$here/seeds/$reader")
  case $reader in
    # Without the pictures beside them.
    design) seeds+=("$out/samples"); mkdir -p "$out/samples"; cp samples/*.yaml samples/order/*.yaml "$out/samples" ;;
    png) seeds=(Tests/PNGImageTests/PngSuite) ;;
  esac
  mkdir -p "$out/$reader"
  log=$out/found/$reader.log
  printf '%-9s' "$reader"
  # Its output goes to a file and its input is empty: what outlives it must not hold a pipe open.
  run=(env "STIPPLE_FUZZ=$reader" "$out/build/release/Harness" "$out/$reader" -max_len=1000000 -len_control=0
    -malloc_limit_mb=256 -rss_limit_mb=4096 -timeout=5 -artifact_prefix="$out/found/$reader-" -print_funcs=0)
  "${run[@]}" "${seeds[@]}" -max_total_time="$seconds" -dict="$out/words.dict" -detect_leaks=0 -print_final_stats=1 \
    >"$log" 2>&1 </dev/null || true
  # Looking for leaks takes longer than most inputs do: once for each that was kept.
  "${run[@]}" -runs=0 -detect_leaks=1 >"$out/found/$reader-leaks.log" 2>&1 </dev/null || true
  awk '/^#[0-9]/ { for (i = 2; i < NF; i++) { if ($i == "cov:") cov = $(i + 1); if ($i == "corp:") corpus = $(i + 1) } }
    /stat::number_of_executed_units/ { runs = $2 } /stat::peak_rss_mb/ { rss = $2 }
    /^Done/ { spent = $(NF - 1) }
    END { printf "%9d inputs in %s s, %d branches reached, %s kept, %d MB at most\n", runs, spent, cov, corpus, rss }' "$log"
  grep -ahE 'Fatal error|ERROR: |SUMMARY' "$log" "$out/found/$reader-leaks.log" | cut -c1-160 || true
done
# Readers that did not come to the end of their time, and what they failed on.
{
  for reader in "${readers[@]}"; do
    grep -qa '^Done [1-9]' "$out/found/$reader.log" || printf 'FOUND: %s was not done\n' "$reader"
  done
  find "$out/found" -type f ! -name '*.log' | sed 's/^/FOUND: /'
} | grep . && exit 1
printf 'nothing found\n'
