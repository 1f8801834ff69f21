"""200 jobs in an array of 8 tasks on a real Slurm with one node, one task killed amid its work and the array run again:
the files must be those of one process.

    check_slurm.py STIPPLE FOLDER

What is submitted is examples/slurm/job.sh, as it stands. Slurm is started for it, see slurm_node.py.
"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from slurm_node import SlurmNode

JOBS, TASKS, KILLED = 200, 8, 3
# One job in nine draws a picture, the others only compute: a minute for two cores in all.
DRAWN = 9

DESIGN = """\
schemaVersion: 1
hair: {density: 30, loss: total}
layers:
  - zone: {ellipse: {centre: {up: 100, side: 0}, length: 20, width: 20}, density: 40}
pigment: {opticalDensity: 2, coreDiameter: 0.13, needleDepth: 0.5}
"""


def require(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


def task_process(task):
    """The process of a task of the array, found by what Slurm put into its environment."""
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            variables = environment.read_bytes().split(b"\0")
            words = (environment.parent / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"SLURM_ARRAY_TASK_ID=%d" % task in variables and words[1:2] == [b"batch"]:
            return int(environment.parent.name)
    return None


def submit(work, kill=None):
    """Runs the array to its end and gives its exit code; `kill`: a task whose process is killed after five jobs."""
    array = subprocess.Popen(
        ["sbatch", "--wait", f"--array=0-{TASKS - 1}", "--cpus-per-task=1", "--mem=400"]
        + [str(Path("examples/slurm/job.sh").resolve()), "manifest.jsonl", "out"],
        cwd=work,
    )
    reports = work / "out" / f"jobs-{kill}-of-{TASKS}.jsonl"
    while kill is not None and array.poll() is None:
        done = reports.read_bytes().count(b"\n") if reports.exists() else 0
        if done >= 5 and (process := task_process(kill)):
            os.kill(process, signal.SIGKILL)
            print(f"  task {kill}: process {process} killed after {done} jobs")
            kill = None
        time.sleep(0.02)
    require(kill is None, f"task {kill} was over before it could be killed")
    code = array.wait()
    for log in sorted(work.glob("stipple-*_*.log"), key=lambda log: int(re.split("[_.]", log.name)[1])):
        lines = log.read_text().splitlines()
        found = [json.loads(line)["status"] for line in lines if line.startswith("{") and line.endswith("}")]
        told = next((line for line in lines if line.startswith("stipple: shard")), "no shard told")
        print(f"  {told.removeprefix('stipple: ')}: {found.count('done')} done, {found.count('skipped')} skipped")
        log.unlink()
    return code


def digest(output):
    """How many files the jobs made, and one hash of all their names and bytes."""
    files = sorted(path for path in output.glob("*/*") if path.is_file() and not path.name.startswith("."))
    hashed = hashlib.sha256()
    for path in files:
        hashed.update(f"{path.relative_to(output)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return len(files), hashed.hexdigest()


def main(stipple, folder):
    work = Path(folder).resolve() / "slurm"
    work.mkdir(parents=True)
    os.environ["PATH"] = f"{Path(stipple).resolve().parent}:{os.environ['PATH']}"
    (work / "design.yaml").write_text(DESIGN)
    with open(work / "manifest.jsonl", "w") as manifest:
        for k in range(JOBS):
            job = {"id": f"c{k:03}", "design": "design.yaml", "seed": k, "outputs": ["timeline"]}
            if k % DRAWN == 0:
                job.update(outputs=["sheet"], years=[1], overrides={"size": 64, "quality": "draft"})
            manifest.write(json.dumps(job) + "\n")

    with SlurmNode(work / "run"):
        print("  " + subprocess.run(["sinfo", "--version"], capture_output=True, text=True).stdout.strip())
        require(submit(work, kill=KILLED) != 0, "Slurm calls an array good of which a task was killed")
        code = subprocess.run(["stipple", "collect", "out"], cwd=work, capture_output=True).returncode
        require(code == 3, f"stipple collect ends with {code} where jobs are missing")
        code = submit(work)
        require(code == 0, f"the array run again ends with {code}")

    collected = subprocess.run(["stipple", "collect", "out"], cwd=work, capture_output=True, text=True)
    print("  " + (collected.stdout.splitlines() or ["stipple collect says nothing"])[0])
    require(collected.returncode == 0, collected.stderr)
    subprocess.run(["stipple", "batch", "manifest.jsonl", "-o", "alone"], cwd=work, stdout=subprocess.DEVNULL, check=True)
    (count, array), (alone_count, alone) = digest(work / "out"), digest(work / "alone")
    print(f"  array of {TASKS}:   {count} files, {array}\n  one process:  {alone_count} files, {alone}")
    require(count > 2 * JOBS and (count, array) == (alone_count, alone), "the files are not those of one process")


main(*sys.argv[1:])
