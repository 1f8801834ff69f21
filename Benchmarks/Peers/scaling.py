"""How the time of Stipple's sampler grows with dots and with triangles; called by peers.py --scaling."""

from __future__ import annotations

import json
import pathlib
import statistics
import subprocess
from collections.abc import Callable

import numpy as np

DOTS = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000]
# Heads to cut scalps from: the mannequin has at least 30,000 triangles, its scalp 30 % of them.
HEADS = [67_000, 170_000, 340_000, 670_000, 1_700_000]
EVENNESS = ["natural", "even", "relaxed"]


def exponent(sizes: list[int], times: list[float]) -> float:
    """Slope of a straight line through the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(times), 1)[0])


def scaling(
    tool: pathlib.Path,
    make: Callable[[str, int], pathlib.Path],
    head_triangles: int,
    runs: int,
    note: Callable[[str], None],
    longest: int,
) -> str:
    """A table of processor times with fitted exponents. `longest`: most dots of even and relaxed patterns."""

    def seconds(mesh: pathlib.Path, evenness: str, count: int) -> float:
        request = f"evenness {evenness} count {count} runs {runs if count <= 100_000 else 1} threads 1".split()
        answer = json.loads(subprocess.run([tool, "sample", mesh, *request], check=True, capture_output=True).stdout)
        time = statistics.median(answer["cpu"])
        note(f"{mesh.name} {evenness} {count}: {time:.4f} s")
        return time

    def part(
        title: str, sizes: list[int], labels: list[str], measured: dict[str, dict[int, float]], spans
    ) -> list[str]:
        lines = [f"| {title} | {' | '.join(EVENNESS)} |", "|---|---|---|---|"]
        for size, label in zip(sizes, labels):
            cells = [measured[e].get(size) for e in EVENNESS]
            lines.append(f"| {label} | " + " | ".join("-" if c is None else f"{c * 1000:.1f} ms" for c in cells) + " |")
        for low, high in spans:
            cells = []
            for e in EVENNESS:
                inside = [s for s in measured[e] if low <= s <= high]
                slope = f"{exponent(inside, [measured[e][s] for s in inside]):.2f}" if len(inside) > 2 else "-"
                cells.append(f"{slope} (to {inside[-1]:,})" if inside and inside[-1] < high else slope)
            lines.append(f"| exponent, {low:,} to {high:,} | {' | '.join(cells)} |")
        return lines

    head = make("head", head_triangles)
    by_dots = {e: {n: seconds(head, e, n) for n in DOTS if e == "natural" or n <= longest} for e in EVENNESS}
    triangles, by_triangles = [], {e: {} for e in EVENNESS}
    for asked in HEADS:
        scalp = make("scalp", asked)
        with open(scalp) as file:
            triangles.append(sum(line.startswith("f") for line in file))
        for e in EVENNESS:
            by_triangles[e][triangles[-1]] = seconds(scalp, e, 20_000)
    counted = [f"{n:,}" for n in DOTS]
    lines = part("dots on the head", DOTS, counted, by_dots, [(DOTS[0], DOTS[-1]), (5_000, 200_000)])
    lines += [""] + part(
        "triangles of a scalp, 20,000 dots",
        triangles,
        [f"{n:,}" for n in triangles],
        by_triangles,
        [(min(triangles), max(triangles))],
    )
    return "\n".join(lines)
