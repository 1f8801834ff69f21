#!/usr/bin/env python3
"""Instruction counts of small kernels against committed thresholds.

Wall times on shared machines differ from run to run; instruction counts under callgrind do not (0.002 %). Each
kernel runs N and 2N times and the difference is divided by N, so that start-up and set-up cancel.

    gate.py            compare; exit 1 on a change that matters
    gate.py --update   rewrite the thresholds of this compiler
    gate.py KERNEL …   only these

The kernels are Sources/counts, built by `swift test -c release` with everything else.

Fails when a kernel takes 3 % more than its threshold. Fails too when it takes 10 % less, so that a gain is
recorded and cannot be lost again unseen: run --update and commit. Counts depend on the compiler and on libc, so
thresholds are kept per Swift version and hold for the container that CI pins.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

WORSE = 0.03
BETTER = -0.10

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
BUILT = ROOT / ".build" / "release" / "counts"
BINARY = ROOT / ".build" / "ci" / "counts"
# The same small environment everywhere: its size moves totals by 0.2 %. One thread of work per kernel.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "SWIFT_DETERMINISTIC_HASHING": "1"}


def swift_version():
    text = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"Swift version (\d+\.\d+)", text)[1]


def count(kernel, units):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(BINARY), kernel, str(units)]
    run = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(f"gate: {kernel} failed under valgrind:\n{run.stderr[-2000:]}")
    return int(found[1])


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    chosen = [a for a in arguments if not a.startswith("--")]

    if not BUILT.exists():
        sys.exit("gate: no .build/release/counts; build it as CI does, with 'swift test -c release'")
    # Without debug information: the valgrind of Debian 12 cannot read all of what the compiler writes.
    BINARY.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["strip", "-o", str(BINARY), str(BUILT)], check=True)
    listing = subprocess.run([str(BINARY), "--list"], capture_output=True, text=True, check=True).stdout
    kernels = {name: int(units) for name, units in map(str.split, listing.splitlines())}
    unknown = [kernel for kernel in chosen if kernel not in kernels]
    if unknown:
        sys.exit(f"gate: no kernel named {', '.join(unknown)} (there are: {', '.join(kernels)})")

    path = HERE / "Thresholds" / swift_version() / "counts.json"
    thresholds = json.loads(path.read_text()) if path.exists() else {}
    if not thresholds and not update:
        sys.exit(f"gate: no thresholds for this compiler ({path.relative_to(HERE)}); make them with --update")

    # Neighbours do not change a count, so all processors may work.
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
    runs = {k: [pool.submit(count, k, n * kernels[k]) for n in (1, 2)] for k in chosen or kernels}

    failed = False
    print(f"{'instructions per unit':28} {'threshold':>12} {'now':>12} {'change':>9}")
    for kernel, (once, twice) in runs.items():
        now, old = round((twice.result() - once.result()) / kernels[kernel]), thresholds.get(kernel)
        if update:
            thresholds[kernel] = now
            verdict = "recorded"
        elif old is None:
            verdict = "NEW: run gate.py --update and commit"
        elif now > old * (1 + WORSE):
            verdict = "SLOWER"
        elif now < old * (1 + BETTER):
            verdict = "faster: run gate.py --update and commit"
        else:
            verdict = "ok"
        failed |= verdict not in ("ok", "recorded")
        change = f"{now / old - 1:+9.2%}" if old else f"{'':9}"
        print(f"{kernel:28} {old or '-':>12} {now:>12} {change}  {verdict}", flush=True)

    gone = [kernel for kernel in thresholds if kernel not in kernels]
    if update:
        for kernel in gone:
            del thresholds[kernel]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(thresholds, indent=2, sort_keys=True) + "\n")
    elif gone and not chosen:
        print(f"thresholds for kernels that no longer exist: {', '.join(gone)}")
        failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
