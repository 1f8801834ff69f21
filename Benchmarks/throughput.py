"""Previews an hour of `stipple batch` on this machine: one head for all jobs and a head for each, over the number of processes.

    python3 Benchmarks/throughput.py [--jobs 24] [--rounds 3] [--processes 1,2,4] [--stipple .build/release/stipple]

Every job is samples/norwood-6.yaml at 512 pixels with a seed of its own (44,000 impressions, six pictures); heads of their own
differ by 0.1 mm of circumference. P processes have a shard and one thread each; `threads` is one process with a thread per core.
Rounds go through all ways in turn, so that a neighbour on the machine disturbs all alike; medians, and the gain over one process
of one thread, are printed. What all processes took of the processors is printed beside it: a job that waits costs time, not work.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import tempfile
import time
from pathlib import Path


def manifest(folder, jobs, own_heads):
    design = Path("samples/norwood-6.yaml").read_text()
    path = folder / f"{'own' if own_heads else 'one'}.jsonl"
    lines = []
    for k in range(jobs):
        name = "design.yaml"
        if own_heads:
            name = f"design-{k}.yaml"
            head = f"headCircumference: {578 + k / 10}"
            (folder / name).write_text(design.replace("headCircumference: 578", head))
            assert head in (folder / name).read_text()
        lines.append(json.dumps({"id": f"c{k}", "design": name, "seed": k, "overrides": {"size": 512}}))
    (folder / "design.yaml").write_text(design)
    path.write_text("\n".join(lines) + "\n")
    return path


def run(stipple, path, processes, threads, jobs):
    """Jobs an hour, and processor seconds a job."""
    with tempfile.TemporaryDirectory(dir=path.parent) as out:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        running = [
            subprocess.Popen(
                [stipple, "batch", str(path), "-o", out, "--shard", f"{k}/{processes}"]
                + (["--threads", str(threads)] if threads else []),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for k in range(processes)
        ]
        assert all(process.wait() == 0 for process in running)
        seconds = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 3600 * jobs / seconds, spent / jobs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", default="1,2,4")
    parser.add_argument("--stipple", default=".build/release/stipple")
    asked = parser.parse_args()
    ways = [("threads", 1, None)] + [(f"{p} of 1 thread", int(p), 1) for p in asked.processes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        paths = {name: manifest(folder, asked.jobs, own) for name, own in (("one head", False), ("own heads", True))}
        found = {}
        for _ in range(asked.rounds):
            for heads, path in paths.items():
                for way, processes, threads in ways:
                    found.setdefault((heads, way), []).append(run(asked.stipple, path, processes, threads, asked.jobs))
    print(f"{asked.jobs} jobs of six pictures at 512 pixels, medians of {asked.rounds}, {os.cpu_count()} processors")
    print(f"  {'':10} {'processes':14} {'jobs an hour':>12} {'gain':>6} {'CPU s a job':>12}")
    for heads in paths:
        single = statistics.median(rate for rate, _ in found[heads, "1 of 1 thread"]) if (heads, "1 of 1 thread") in found else None
        for way, _, _ in ways:
            rate, spent = (statistics.median(values) for values in zip(*found[heads, way]))
            gain = f"{rate / single:6.2f}" if single else ""
            print(f"  {heads:10} {way:14} {rate:12.0f} {gain:>6} {spent:12.2f}")


main()
