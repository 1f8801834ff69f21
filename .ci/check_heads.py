"""Makes mannequins at full size and judges what `stipple info --head` measures on them: check_heads.py STIPPLE FOLDER

Percentiles 5, 50 and 95 of both sexes, ages 20 and 75, and two faces with every feature at an end of its range. Each must
keep the lengths asked for within 2 mm, be closed, of genus 0, in one part and without slivers, and lie within 0.3 mm
of the exact surface.
"""

import json
import pathlib
import subprocess
import sys
import time

LENGTHS = [
    "head length",
    "head breadth",
    "head circumference",
    "tragion to vertex",
    "face height",
    "bizygomatic breadth",
    "coronal arc",
]
FEATURES = ["headShape", "noseWidth", "noseProjection", "lipFullness", "jawWidth", "browRidge", "cheekbones", "earProtrusion"]
LAYER = "layers: [{zone: {area: scalp, density: 100}}]\n"


def main():
    stipple, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    sexes = ["male", "female"]
    heads = [f"sex: {s}, percentile: {p}" for s in sexes for p in (5, 50, 95)]
    heads += [f"sex: {s}, age: {a}" for s in sexes for a in (20, 75)]
    for sex, size in (("male", 2), ("female", -2)):
        heads.append(f"sex: {sex}, " + ", ".join(f"{name}: {size}" for name in FEATURES))
    print(f"  {'head':28} {'triangles':>9} {'length off':>10} {'angle':>6} {'mean':>6} {'worst':>6}  mm, degrees")
    failed = []
    for head in heads:
        design = folder / "head.yaml"
        design.write_text(f"schemaVersion: 1\nhead: {{{head}}}\n{LAYER}")
        run = subprocess.run([stipple, "info", "--head", "--json", str(design)], capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(f"{head}: {run.stderr.strip()}")
        fact = {f["name"]: f["value"] for f in json.loads(run.stdout)["facts"]}
        off = max(abs(fact[name] - fact[name + " asked"]) for name in LENGTHS)
        angle = fact["smallest angle"]
        worst = fact["greatest distance from the exact surface"]
        mean = fact["mean distance from the exact surface"]
        print(f"  {head[:28]:28} {fact['triangles']:9.0f} {off:10.2f} {angle:6.1f} {mean:6.3f} {worst:6.3f}")
        for is_right, what in [
            (off < 2, f"a length is {off} mm off"),
            (fact["closed (1 yes)"] == 1 and fact["manifold (1 yes)"] == 1, "the mesh is not closed or no manifold"),
            (fact["parts"] == 1 and fact["Euler number"] == 2, "the mesh is not one sphere"),
            (angle > 5.7, f"a triangle has an angle of {angle} degrees"),
            (mean < 0.03 and worst < 0.3, f"the mesh lies {mean} mm off in the mean, {worst} mm at worst"),
            (abs(fact["triangles"] - 100_000) < 8000, "the number of triangles is far from 100,000"),
        ]:
            if not is_right:
                failed.append(f"{head}: {what}")
    if failed:
        sys.exit("\n".join(failed))


main()
