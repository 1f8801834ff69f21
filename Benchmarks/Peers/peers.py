#!/usr/bin/env python3
"""Runs Stipple's sampler and those of other packages on the same meshes, and prints one table.

    python3.11 -m venv .venv && .venv/bin/pip install -r requirements.txt
    python3.11 -m venv .venv-blender && .venv-blender/bin/pip install -r requirements-blender.txt     # optional
    .venv/bin/python peers.py --blender .venv-blender/bin/python

    peers.py --quick                 5,000 and 20,000 dots, one run, fewer peers: a few minutes
    peers.py --peers "MeshLib 20x"   only these, beside ours
    peers.py --scaling               ours alone, 1k to 1M dots and 20k to 500k triangles
    peers.py --self-test             judges patterns whose figures are known

Every sampler runs in a process of its own that holds the mesh and stays. Requests go round all of them in turn, so that
load from elsewhere meets all alike; figures are medians. For the times of one thread each process is held on one
processor. Points are judged afterwards, by judge.py. See README.md for what is measured.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np

import judge
from samplers import PEERS
from scaling import scaling

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE / "SampleMesh"
TOOL = PACKAGE / ".build" / "release" / "sample-mesh"
OURS = {"Stipple natural": "natural", "Stipple even": "even", "Stipple relaxed": "relaxed"}
BASE = "Stipple relaxed"
QUICK = ["trimesh", "Blender 10x", "MeshLib 20x", "MeshLib 40x"]
UNIFORM, VARIED = "uniform", "ratio3"


@dataclasses.dataclass
class RatioThree:
    """Relative radii from 1 at the bottom to 3 at the top, as in sample-mesh."""

    low: float
    high: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        t = np.clip((points[:, 1] - self.low) / (self.high - self.low), 0, 1)
        return 1 + 2 * t * t * (3 - 2 * t)


@dataclasses.dataclass
class Mesh:
    name: str
    obj: pathlib.Path
    surface: judge.Surface
    data: dict[str, pathlib.Path]  # for the peers: vertices, faces and density, by field
    field: RatioThree


@dataclasses.dataclass
class Run:
    sampler: str
    mesh: str
    field: str
    asked: int
    threads: int
    seed: int
    count: int
    cpu: float
    wall: float
    alone: float | None
    radius: float | None
    points: str
    ends: list[int]


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def read_obj(path: pathlib.Path) -> tuple[np.ndarray, np.ndarray]:
    lines = path.read_text().split("\n")
    vertices = np.array(" ".join(line[2:] for line in lines if line.startswith("v ")).split(), np.float64)
    faces = np.array(" ".join(line[2:] for line in lines if line.startswith("f ")).split(), np.int32)
    return vertices.reshape(-1, 3), faces.reshape(-1, 3) - 1


def make_obj(name: str, triangles: int, folder: pathlib.Path) -> pathlib.Path:
    obj = folder / f"{name}-{triangles}.obj"
    if not obj.exists():
        subprocess.run([TOOL, "make", name, str(triangles), obj], check=True, stdout=subprocess.DEVNULL)
    return obj


def make_mesh(name: str, triangles: int, folder: pathlib.Path) -> Mesh:
    obj = make_obj(name, triangles, folder)
    vertices, faces = read_obj(obj)
    field = RatioThree(vertices[:, 1].min(), vertices[:, 1].max())
    data = {}
    for kind, density in ((UNIFORM, np.ones(len(vertices))), (VARIED, 1 / field(vertices) ** 2)):
        data[kind] = folder / f"{name}-{triangles}-{kind}.npz"
        np.savez(data[kind], vertices=vertices, faces=faces, density=density)
    return Mesh(name, obj, judge.Surface(vertices, faces), data, field)


class Worker:
    """A sampler in a process of its own."""

    def __init__(
        self, sampler: str, mesh: Mesh, field: str, threads: int, python: str, processor: int, log: pathlib.Path
    ):
        self.sampler, self.mesh, self.field, self.threads = sampler, mesh, field, threads
        if sampler in OURS:
            command = [str(TOOL), "serve", str(mesh.obj)]
        else:
            command = [python, str(HERE / "samplers.py"), sampler, str(mesh.data[field])]

        def hold() -> None:
            if threads == 1 and hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(0, {processor})

        self.log = log
        with open(log, "w") as errors:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                preexec_fn=hold,
                env=os.environ | {"OMP_NUM_THREADS": str(threads)},
            )
        self.ask(None)

    def ask(self, request: str | None) -> dict:
        if request is not None:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            said = self.log.read_text(errors="replace").strip().splitlines()[-1:]
            raise RuntimeError(f"{self.sampler} ended with {self.process.wait()}: {' '.join(said)}")
        return json.loads(line)

    def run(self, count: int, seed: int, folder: pathlib.Path) -> Run:
        label = f"{self.sampler}-{self.mesh.name}-{self.field}-{count}-{self.threads}-{seed}".replace(" ", "_")
        radius = None
        if self.sampler in OURS:
            points = folder / f"{label}.bin"
            answer = self.ask(
                f"count {count} evenness {OURS[self.sampler]} seed {seed} threads {self.threads} "
                f"field {self.field} points {points}"
            )
        else:
            points = folder / f"{label}.npy"
            factor = PEERS[self.sampler].factor
            if factor:
                areas = self.mesh.surface.areas
                if self.field == VARIED:
                    areas = areas / self.mesh.field(self.mesh.surface.corners.mean(axis=1)) ** 2
                radius = factor * float(np.sqrt(2 * areas.sum() / (np.sqrt(3) * count)))
            answer = self.ask(json.dumps({"count": count, "radius": radius or 0, "seed": seed, "points": str(points)}))
        return Run(
            self.sampler,
            self.mesh.name,
            self.field,
            count,
            self.threads,
            seed,
            answer["count"],
            answer["cpu"][-1],
            answer["wall"][-1],
            answer.get("alone"),
            radius,
            str(points),
            answer.get("ends", []),
        )

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def available(samplers: list[str], pythons: dict[str, str]) -> list[str]:
    """Those whose module imports; says why the others are left out."""
    found, reasons = [], {}
    for name in samplers:
        module = PEERS[name].module
        python = pythons.get(module, sys.executable)
        if module not in reasons:
            trial = subprocess.run([python, "-c", f"import {module}"], capture_output=True, text=True)
            lines = trial.stderr.strip().splitlines()
            reasons[module] = "" if trial.returncode == 0 else lines[-1] if lines else f"exit {trial.returncode}"
            if reasons[module]:
                note(f"without {name.split()[0]}: {reasons[module]}")
        if not reasons[module]:
            found.append(name)
    return found


def measure(samplers, mesh, field, counts, threads, seeds, pythons, folder, patience) -> list[Run]:
    """Asks every sampler for every count, in turn, once per seed."""
    workers: list[Worker] = []
    for i, name in enumerate(samplers):
        try:
            python = sys.executable if name in OURS else pythons.get(PEERS[name].module, sys.executable)
            log = folder / f"{name.replace(' ', '_')}.log"
            workers.append(Worker(name, mesh, field, threads, python, i % (os.cpu_count() or 1), log))
        except (RuntimeError, OSError) as error:
            note(f"without {error}")
    runs: list[Run] = []
    tired: set[tuple[str, int]] = set()
    for seed in range(1, seeds + 1):
        for count in counts:
            for worker in list(workers):
                if (worker.sampler, count) in tired:
                    continue
                try:
                    run = worker.run(count, seed, folder)
                except (RuntimeError, OSError) as error:
                    note(f"without {error}")
                    workers.remove(worker)
                    continue
                runs.append(run)
                note(
                    f"{mesh.name:7} {field:8} {threads} thread  {worker.sampler:18} {count:>7} -> {run.count:>7}  "
                    f"{run.cpu:8.3f} s  {run.count / run.cpu / 1000:8.1f} k/s"
                )
                if run.cpu > patience:
                    tired.add((worker.sampler, count))
    for worker in workers:
        worker.close()
    return runs


def load_points(run: Run) -> tuple[np.ndarray, np.ndarray | None]:
    """Positions, and the distances that the sampler says it held."""
    if run.points.endswith(".npy"):
        return np.load(run.points), None
    rows = np.fromfile(run.points, "<f4").reshape(-1, 8)
    return rows[:, :3], rows[:, 6]


def judge_group(runs: list[Run], mesh: Mesh) -> list[judge.Verdict]:
    """Verdicts for runs on one mesh with the same field and count."""
    judging = judge.Judge(mesh.surface, runs[0].asked, mesh.field if runs[0].field == VARIED else None)
    verdicts = []
    for run in runs:
        dots, held = load_points(run)
        radius = run.radius
        if held is None and radius:
            held = radius * judging.unit_of(dots)
        elif held is not None and run.sampler != "Stipple natural":  # which does not promise to cover
            radius = float((held / judging.unit_of(dots)).max())
        # The spectrum is dear and hardly differs between seeds
        verdicts.append(judging.judge(dots, radius, held, run.ends[:2], spectrum=run.seed == 1))
        note(f"judged {run.sampler:18} {run.mesh} {run.field}: {verdicts[-1]}")
    return verdicts


def judge_runs(runs: list[Run], meshes: dict[str, Mesh]) -> dict[tuple, list[judge.Verdict]]:
    """Verdicts by sampler, mesh and field. Groups are judged side by side, in processes of their own."""
    groups: dict[tuple, list[Run]] = {}
    for run in runs:
        groups.setdefault((run.mesh, run.field), []).append(run)
    verdicts: dict[tuple, list[judge.Verdict]] = {}
    with concurrent.futures.ProcessPoolExecutor() as pool:
        jobs = [(group, pool.submit(judge_group, group, meshes[group[0].mesh])) for group in groups.values()]
        for group, job in jobs:
            for run, verdict in zip(group, job.result()):
                verdicts.setdefault((run.sampler, run.mesh, run.field), []).append(verdict)
    return verdicts


# Tables


def figure(value: float | None, digits: int = 3) -> str:
    if value is None:
        return "-"
    if value == 0:
        return "0"
    if digits == 3 and abs(value) < 0.001:
        return f"{value:.0e}"
    text = f"{value:.{digits}f}"
    return text[1:] if text.startswith("0.") else text


def rate(runs: list[Run], sampler: str, count: int) -> float | None:
    """Median dots per second of processor time."""
    found = [r.count / r.cpu for r in runs if r.sampler == sampler and r.asked == count]
    return statistics.median(found) if found else None


def joined(values: list[str]) -> str:
    return " / ".join(values) if any(v != "-" for v in values) else "-"


def table(samplers, speed, pairs, counts, verdicts, mesh_names) -> str:
    """One row per sampler; several counts or meshes stand in one cell, divided by strokes."""
    header = [
        "sampler",
        "kdots per CPU second",
        f"CPU time per dot over {BASE}'s",
        f"two threads, {max(counts):,} dots: kdots per second (gain)",
        "rho",
        "pairs too near",
        "greatest hole / d_hex",
        "hole / r",
        "uncovered",
        "nv4",
        "nu_eff",
        "CV",
        "rho of 1/3, 2/3",
        "1:3 rho",
        "1:3 nv4",
    ]
    lines = [f"| {' | '.join(header)} |", "|---" * len(header) + "|"]

    def cells(sampler: str, pick, digits: int = 3, field: str = UNIFORM, names=mesh_names) -> str:
        return joined([figure(pick(verdicts.get((sampler, n, field), [])), digits) for n in names])

    def doubled(sampler: str) -> str:
        walls = [
            [r.count / r.wall for r in runs if r.sampler == sampler and r.asked == max(counts)]
            for runs in (speed, pairs)
        ]
        if not all(walls):
            return "-"
        one, two = (statistics.median(w) for w in walls)
        return f"{two / 1000:.0f} ({two / one:.2f})"

    def alone(sampler: str) -> str:
        """The same without the making of candidates, where that was timed."""
        rates = [
            [r.count / r.alone for r in speed if r.sampler == sampler and r.asked == n and r.alone] for n in counts
        ]
        return f" (alone {joined([figure(statistics.median(r) / 1000, 1) for r in rates])})" if all(rates) else ""

    def over(fold, name):
        def pick(found):
            values = [v for v in (getattr(f, name) for f in found) if v is not None]
            return fold(values) if values else None

        return pick

    for sampler in samplers:
        rates = [rate(speed, sampler, n) for n in counts]
        bases = [rate(speed, BASE, n) for n in counts]
        prefixes = [v.prefixes for v in verdicts.get((sampler, mesh_names[0], UNIFORM), []) if v.prefixes]
        lines.append(
            "| "
            + " | ".join(
                [
                    sampler,
                    joined([figure(r and r / 1000, 1) for r in rates]) + alone(sampler),
                    joined([figure(b / r, 2) if r and b else "-" for r, b in zip(rates, bases)]),
                    doubled(sampler),
                    cells(sampler, over(min, "rho")),
                    cells(sampler, over(max, "violations"), 0),
                    cells(sampler, over(max, "hole"), 2),
                    cells(sampler, over(max, "hole_radius"), 2),
                    cells(sampler, over(statistics.mean, "uncovered")),
                    cells(sampler, over(statistics.mean, "nv4")),
                    cells(sampler, over(statistics.mean, "nu_eff"), 2),
                    cells(sampler, over(statistics.mean, "cv")),
                    joined([figure(min(p[k] for p in prefixes), 2) for k in (0, 1)]) if prefixes else "-",
                    cells(sampler, over(min, "rho"), 3, VARIED, mesh_names[:1]),
                    cells(sampler, over(statistics.mean, "nv4"), 3, VARIED, mesh_names[:1]),
                ]
            )
            + " |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[5_000, 20_000, 100_000])
    parser.add_argument("--judge-count", type=int, default=20_000, help="dots of the patterns that are judged")
    parser.add_argument("--meshes", nargs="+", default=["head", "scalp", "sheets"], choices=["head", "scalp", "sheets"])
    parser.add_argument("--triangles", type=int, default=200_000, help="of the head that meshes are made from")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), metavar="NAME", help=", ".join(PEERS))
    parser.add_argument("--runs", type=int, default=3, help="runs, each with a seed of its own")
    parser.add_argument("--blender", metavar="PYTHON", help="interpreter of the environment that has bpy")
    parser.add_argument(
        "--patience", type=float, default=30, help="a run slower than this many seconds is not repeated"
    )
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "out", help="folder for meshes, points and results")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--scaling", action="store_true")
    parser.add_argument("--longest", type=int, default=200_000, help="most even and relaxed dots under --scaling")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return 0 if judge.self_test() else 1
    unknown = [p for p in options.peers if p not in PEERS]
    if unknown:
        parser.error(f"no peer is called {', '.join(unknown)}; there are {', '.join(PEERS)}")
    if options.quick:
        options.counts, options.runs = [5_000, 20_000], 1
        options.peers = [p for p in options.peers if p in QUICK]

    subprocess.run(
        ["swift", "build", "-c", "release", "--quiet", "--package-path", PACKAGE], check=True, stdout=sys.stderr
    )
    folder = options.work
    folder.mkdir(parents=True, exist_ok=True)
    if options.scaling:
        longest = 20_000 if options.quick else options.longest
        print(scaling(TOOL, lambda *m: make_obj(*m, folder), options.triangles, options.runs, note, longest))
        return 0
    pythons = {"bpy": options.blender} if options.blender else {}
    samplers = list(OURS) + available(options.peers, pythons)
    meshes = {name: make_mesh(name, options.triangles, folder) for name in options.meshes}
    first = meshes[options.meshes[0]]

    started = os.getloadavg()
    common = (pythons, folder, options.patience)
    speed = measure(samplers, first, UNIFORM, options.counts, 1, options.runs, *common)
    threaded = [s for s in samplers if s in OURS or PEERS[s].kind.threaded]
    pairs = measure(threaded, first, UNIFORM, [max(options.counts)], 2, options.runs, *common)
    judged = [r for r in speed if r.asked == options.judge_count]
    if options.judge_count not in options.counts:
        judged += measure(samplers, first, UNIFORM, [options.judge_count], 1, options.runs, *common)
    for name in options.meshes[1:]:
        judged += measure(samplers, meshes[name], UNIFORM, [options.judge_count], 1, options.runs, *common)
    varying = [s for s in samplers if s in OURS or PEERS[s].kind.varies]
    judged += measure(varying, first, VARIED, [options.judge_count], 1, options.runs, *common)
    load = f"load {started[0]:.1f} at the start, {os.getloadavg()[0]:.1f} at the end of the runs"

    everything = speed + pairs + [r for r in judged if r not in speed]
    (folder / "runs.json").write_text(json.dumps([dataclasses.asdict(r) for r in everything], indent=1))
    verdicts = judge_runs(judged, meshes)
    kept = [
        {"sampler": k[0], "mesh": k[1], "field": k[2], **dataclasses.asdict(v)} for k, f in verdicts.items() for v in f
    ]
    (folder / "verdicts.json").write_text(json.dumps(kept, indent=1))
    print(table(samplers, speed, pairs, options.counts, verdicts, options.meshes))
    print()
    sizes = ", ".join(f"{m.name} {len(m.surface.areas):,} triangles" for m in meshes.values())
    print(
        f"Speed: {' / '.join(f'{n:,}' for n in options.counts)} dots on the {first.name}, median of {options.runs}, "
        f"one thread, {load}. Quality: {options.judge_count:,} dots, {' / '.join(options.meshes)} ({sizes}); over "
        f"{options.runs} seeds least rho, most pairs, greatest hole, mean of the rest (nu_eff: the first). "
        f"{time.strftime('%Y-%m-%d')}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
