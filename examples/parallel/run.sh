#!/usr/bin/env bash
# A batch on one machine with GNU parallel: a process for each shard, and two goes at a shard that fails.
#
#     ./run.sh manifest.jsonl out [PROCESSES]
#
# One process with all cores does the same; several with a core each do more in an hour, as a job has stretches that keep one
# core busy. Memory is then needed once for each.
set -euo pipefail

manifest=${1:?usage: run.sh MANIFEST FOLDER [PROCESSES]}
output=${2:?usage: run.sh MANIFEST FOLDER [PROCESSES]}
processes=${3:-$(nproc)}

# Four shards for each process, so that none is left alone with a long one at the end.
shards=$((4 * processes))
seq 0 $((shards - 1)) \
  | parallel --jobs "$processes" --retries 2 --line-buffer \
    stipple batch "$manifest" -o "$output" --resume --keep-going --threads 1 --shard "{}/$shards" >/dev/null || true

# Says what is missing or failed, with lines; exits with 3 then.
stipple collect "$output"
