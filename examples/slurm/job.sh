#!/usr/bin/env bash
# A batch as a Slurm job array: each task does its stripe of the manifest's lines.
#
#     sbatch --array=0-15%4 job.sh manifest.jsonl out     16 shards, 4 at a time
#     stipple collect out                                 when all have ended: what is missing, and a contact sheet
#
# Slurm tells a task its number and how many there are. A list with gaps does not: submit tasks 3 and 5 again as
#
#     sbatch --array=3,5 job.sh manifest.jsonl out --shards 16
#
# Submitting the whole array again does as well: what is there is skipped.
#SBATCH --job-name=stipple
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --output=stipple-%A_%a.log
set -euo pipefail

manifest=${1:?usage: sbatch --array=0-15 job.sh MANIFEST FOLDER [OPTION ...]}
output=${2:?usage: sbatch --array=0-15 job.sh MANIFEST FOLDER [OPTION ...]}

# exec: Slurm's SIGTERM, at the time limit or before another task takes the place, reaches stipple itself, which drops the
# job in hand and leaves no half of one.
exec stipple batch "$manifest" -o "$output" --resume --keep-going --threads "${SLURM_CPUS_PER_TASK:-1}" "${@:3}"
