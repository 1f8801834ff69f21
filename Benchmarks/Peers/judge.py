"""One measure for dot patterns on a triangle mesh, whoever made them. Needs numpy and scipy only.

Lengths are straight lines. The unit is the hexagonal spacing of the dots returned, d_hex = sqrt(2 A / (sqrt(3) N)), the
greatest minimum distance that N dots can have on a plane of area A. With a field of relative radii g the area counts
as the integral of 1 / g^2 and the unit at a place is g d_hex.

    rho        smallest distance of two dots over d_hex; of two dots with different g over the mean of their units
    hole       greatest distance from a place of the surface to its nearest dot, over d_hex or over a radius
    uncovered  share of the area farther than the radius from every dot
    nv4        variance of the number of dots in balls of radius 4 d_hex over its mean; white noise 1, random darts 0.1
    nu_eff     effective Nyquist frequency: up to where the radial spectrum stays nearly empty, in units of the
               hexagonal lattice's first peak (Heck, Schlömer, Deussen. Blue noise sampling with controlled
               aliasing. 2013), measured on surfaces through the pair correlation
    cv         standard deviation of the distances to the nearest dot over their mean

Dots and places whose surface normals (interpolated between vertices) point away from each other, as on two sides of a
thin sheet, do not see each other, except in nv4 and nu_eff; `rho_chord` and `hole_chord` do without that rule.

Holes are found by sampling and are therefore lower bounds. nv4 is a mean over 1,500 places and varies by some 5 %.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import j0

Field = Callable[[np.ndarray], np.ndarray]
HEX_PEAK = np.sqrt(2 / np.sqrt(3))  # first peak of the hexagonal lattice's spectrum, in units of sqrt(N / A)


class Surface:
    """A triangle mesh with what sampling and integrating over it needs."""

    def __init__(self, vertices: np.ndarray, faces: np.ndarray):
        self.faces = faces
        self.corners = np.asarray(vertices, np.float64)[faces]
        a, b, c = self.corners.transpose(1, 0, 2)
        cross = np.cross(b - a, c - a)
        length = np.linalg.norm(cross, axis=1)
        self.areas = length / 2
        self.area = float(self.areas.sum())
        normals = np.zeros((len(vertices), 3))  # per vertex, weighted by area
        for corner in range(3):
            for axis in range(3):
                normals[:, axis] += np.bincount(faces[:, corner], cross[:, axis], len(vertices))
        self.corner_normals = (normals / np.maximum(np.linalg.norm(normals, axis=1), 1e-300)[:, None])[faces]

    def at(self, face: np.ndarray, v: np.ndarray, w: np.ndarray):
        """Places of triangles and their normals, interpolated between corners, not normalised."""
        weights = np.stack([1 - v - w, v, w], axis=1)
        return np.einsum("ic,icx->ix", weights, self.corners[face]), np.einsum(
            "ic,icx->ix", weights, self.corner_normals[face]
        )

    def normals_near(self, points: np.ndarray, faces: np.ndarray) -> np.ndarray:
        """The surface's normals at points that lie on it; of each row of `faces` the nearest triangle counts."""
        best = np.full(len(points), np.inf)
        normals = np.zeros((len(points), 3))
        for face in faces.T:
            a, b, c = self.corners[face].transpose(1, 0, 2)
            e, f, p = b - a, c - a, points - a
            ee, ef, ff, pe, pf = (np.einsum("ix,ix->i", x, y) for x, y in ((e, e), (e, f), (f, f), (p, e), (p, f)))
            scale = 1 / np.maximum(ee * ff - ef**2, 1e-300)
            v, w = np.maximum((ff * pe - ef * pf) * scale, 0), np.maximum((ee * pf - ef * pe) * scale, 0)
            over = np.maximum(v + w, 1)
            place, normal = self.at(face, v / over, w / over)
            away = np.linalg.norm(place - points, axis=1)
            better = away < best
            best[better], normals[better] = away[better], normal[better]
        return normals

    def scatter(self, count: int, rng: np.random.Generator, among: np.ndarray | None = None):
        """Places spread uniformly by area, normals and triangles; only on the triangles `among`, if given."""
        faces = np.arange(len(self.areas)) if among is None else among
        total = np.cumsum(self.areas[faces])
        face = faces[np.searchsorted(total, rng.random(count) * total[-1], side="right").clip(max=len(faces) - 1)]
        s, v = np.sqrt(rng.random(count)), rng.random(count)
        return *self.at(face, s * (1 - v), s * v), face

    def quadrature(self, count: int):
        """About `count` nodes: every triangle cut into k^2 equal ones. Nodes, areas, triangles."""
        k = np.clip(np.rint(np.sqrt(self.areas / self.area * count)), 1, 400).astype(int)
        nodes, areas, faces = [], [], []
        for n in np.unique(k):
            i, j = (g.ravel() for g in np.meshgrid(np.arange(n), np.arange(n), indexing="ij"))
            up, down = i + j < n, i + j < n - 1
            v = np.concatenate([i[up] + 1 / 3, i[down] + 2 / 3]) / n
            w = np.concatenate([j[up] + 1 / 3, j[down] + 2 / 3]) / n
            weights = np.stack([1 - v - w, v, w])
            face = np.flatnonzero(k == n)
            nodes.append(np.einsum("wk,fwx->fkx", weights, self.corners[face]).reshape(-1, 3))
            areas.append(np.repeat(self.areas[face] / n**2, n**2))
            faces.append(np.repeat(face, n**2))
        return np.concatenate(nodes), np.concatenate(areas), np.concatenate(faces)


@dataclasses.dataclass
class Verdict:
    count: int
    rho: float
    rho_chord: float
    violations: int | None  # pairs closer than promised
    hole: float  # over d_hex
    hole_chord: float  # the same where any dot counts, of whichever side
    hole_radius: float | None  # over the radius that was promised
    uncovered: float | None
    nv4: float
    nu_eff: float | None
    cv: float
    prefixes: list[float]  # rho of each prefix, in its own unit


class Judge:
    """Judges patterns of about `count` dots on one surface; what depends on the surface alone is made once."""

    def __init__(self, surface: Surface, count: int, field: Field | None = None, seed: int = 7):
        rng = np.random.default_rng(seed)
        self.surface, self.field, self.seed = surface, field, seed
        self.nodes, areas, self.node_faces = surface.quadrature(int(np.clip(60 * count, 500_000, 3_000_000)))
        self.node_tree = cKDTree(self.nodes, balanced_tree=False, compact_nodes=False)
        self.weights = areas / self.unit_of(self.nodes) ** 2
        self.demand = float(self.weights.sum())
        self.places, self.sides, self.place_faces = surface.scatter(int(np.clip(60 * count, 400_000, 4_000_000)), rng)
        self.centres = surface.scatter(1_500, rng)[0]
        self.cloud = cKDTree(surface.scatter(4 * count, rng)[0]) if field is None else None

    def unit_of(self, points: np.ndarray) -> np.ndarray:
        return np.ones(len(points)) if self.field is None else self.field(points)

    def spacing(self, count: int) -> float:
        return np.sqrt(2 * self.demand / (np.sqrt(3) * count))

    def judge(
        self,
        dots: np.ndarray,
        radius: float | None = None,
        held: np.ndarray | None = None,
        prefixes: list[int] | None = None,
        spectrum: bool = True,
    ) -> Verdict:
        """`radius`: the disc that must cover, where g is 1. `held`: the distance promised at every dot, for pairs the
        mean of both. `prefixes`: ends of the parts that come first."""
        dots = np.asarray(dots, np.float64)
        count, spacing, tree = len(dots), self.spacing(len(dots)), cKDTree(dots)
        unit = self.unit_of(dots)
        normals = self.surface.normals_near(dots, self.node_faces[self.node_tree.query(dots, k=6)[1]])
        rho, chord, cv, violations = self.distances(dots, normals, unit, spacing, held)
        hole, chord_hole, uncovered = self.holes(tree, normals, unit, radius)
        parts = []
        for end in prefixes or []:
            parts.append(self.distances(dots[:end], normals[:end], unit[:end], self.spacing(end))[0])
        return Verdict(
            count=count,
            rho=rho,
            rho_chord=chord,
            violations=violations,
            hole=hole / spacing,
            hole_chord=chord_hole / spacing,
            hole_radius=hole / radius if radius else None,
            uncovered=uncovered,
            nv4=self.number_variance(tree, spacing),
            nu_eff=self.spectral_gap(dots, tree, spacing) if self.cloud and spectrum else None,
            cv=cv,
            prefixes=parts,
        )

    def distances(self, dots, normals, unit, spacing, held=None):
        """rho, rho over all sheets, the variation of the distances to the nearest dot, pairs closer than held."""
        near, index = cKDTree(dots).query(dots, k=min(13, len(dots)))
        near, index = near[:, 1:], index[:, 1:]
        ratio = near / ((unit[:, None] + unit[index]) / 2) / spacing
        seen = np.einsum("ix,ijx->ij", normals, normals[index]) >= 0
        own = np.where(seen, ratio, np.inf)
        first = own.min(axis=1)
        first = first[np.isfinite(first)]
        violations = None
        if held is not None:
            # A rounding error of single precision is no violation.
            violations = int((seen & (near < (held[:, None] + held[index]) / 2 * (1 - 1e-5))).sum()) // 2
        return float(own.min()), float(ratio.min()), float(first.std() / first.mean()), violations

    def holes(self, tree, normals, unit, radius):
        """The greatest hole in units of g, that of any side, and the share of the area outside every disc."""
        first, any_side = self.clearance(tree, normals, unit, self.places, self.sides)
        worst = np.unique(self.place_faces[np.argpartition(first, -400)[-400:]])
        more, sides, _ = self.surface.scatter(200_000, np.random.default_rng(self.seed + 1), among=worst)
        hole = max(first.max(), self.clearance(tree, normals, unit, more, sides)[0].max())
        return float(hole), float(any_side.max()), float((first > radius).mean()) if radius else None

    def clearance(self, tree, normals, unit, places, sides):
        """Distance from places to the nearest dot of their own side, over that dot's g; and to that of any side."""
        near, index = tree.query(places)
        any_side = near / unit[index]
        hidden = np.flatnonzero(np.einsum("ix,ix->i", sides, normals[index]) < 0)
        if not len(hidden):
            return any_side, any_side
        far, others = tree.query(places[hidden], k=24)
        seen = np.einsum("ix,ijx->ij", sides[hidden], normals[others]) >= 0
        pick = np.where(seen.any(axis=1), seen.argmax(axis=1), 23)
        row = np.arange(len(hidden))
        near[hidden], index[hidden] = far[row, pick], others[row, pick]
        return near / unit[index], any_side

    def number_variance(self, tree, spacing):
        radii = 4 * spacing * self.unit_of(self.centres)
        found = tree.query_ball_point(self.centres, radii, return_length=True)
        expected = np.empty(len(self.centres))
        for start in range(0, len(self.centres), 250):
            inside = self.node_tree.query_ball_point(self.centres[start : start + 250], radii[start : start + 250])
            for i, nodes in enumerate(inside):
                expected[start + i] = self.weights[nodes].sum()
        expected *= tree.n / self.demand
        return float(((found - expected) ** 2).mean() / expected.mean())

    def spectral_gap(self, dots, tree, spacing):
        """nu_eff from the pair correlation up to 10 d_hex, against a uniform cloud around the same dots."""
        rng = np.random.default_rng(self.seed + 2)
        some = dots[rng.choice(len(dots), min(len(dots), 12_000), replace=False)]
        edges = np.linspace(0, 10, 201)
        seen, cloud = (pair_counts(some, other, 10 * spacing, 200) for other in (tree, self.cloud))
        seen[0] -= len(some)  # each with itself
        g = seen / np.maximum(cloud * (tree.n / self.cloud.n), 1e-9)
        middle = (edges[1:] + edges[:-1]) / 2
        taper = np.where(middle < 3, 1, 0.5 + 0.5 * np.cos(np.pi * (middle - 3) / 7))
        ring = np.pi * np.diff(edges**2) * taper * (2 / np.sqrt(3))
        nu = np.linspace(0.02, 5, 400)
        power = 1 + j0(2 * np.pi * HEX_PEAK * np.outer(nu, middle)) @ ((g - 1) * ring)
        mean = np.cumsum(power * nu) / np.cumsum(nu)
        quiet = np.flatnonzero(mean <= 0.1)
        return float(nu[quiet[-1]] / HEX_PEAK) if len(quiet) else 0.0


def pair_counts(points: np.ndarray, tree: cKDTree, reach: float, bins: int) -> np.ndarray:
    """How many pairs of a point and one of the tree's lie in each of `bins` equal ranges of distance up to `reach`."""
    counts = np.zeros(bins)
    for start in range(0, len(points), 500):
        part = points[start : start + 500]
        near = tree.query_ball_point(part, reach, return_sorted=False)
        away = np.repeat(part, [len(n) for n in near], axis=0) - tree.data[np.concatenate(near).astype(np.intp)]
        apart = np.sqrt(np.einsum("ix,ix->i", away, away))
        counts += np.bincount((apart * (bins / reach)).astype(np.intp).clip(max=bins - 1), minlength=bins)
    return counts


def plane_darts(radius: float, side: float, rng: np.random.Generator) -> np.ndarray:
    """Random darts on a square until 60 candidates per disc find no room, in rounds of random priority."""
    points = rng.random((int(60 * (side / radius) ** 2), 2)) * side
    placed = np.empty((0, 2))
    while len(points):
        pairs = cKDTree(points).query_pairs(radius, output_type="ndarray")
        beaten = np.zeros(len(points), bool)
        beaten[pairs.max(axis=1)] = True  # the order of the candidates is their priority
        won = points[~beaten]
        placed = np.concatenate([placed, won])
        points = points[beaten]
        if len(points):
            points = points[cKDTree(won).query(points)[0] >= radius]
    return placed


def plane(side: float, cells: int, height: float = 0.0, up: bool = True):
    """A square of 2 cells^2 triangles, its normal up or down."""
    grid = np.linspace(0, side, cells + 1)
    x, y = (g.ravel() for g in np.meshgrid(grid, grid))
    a = (np.arange(cells)[:, None] * (cells + 1) + np.arange(cells)).ravel()
    b, c, d = a + 1, a + cells + 1, a + cells + 2
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([b, d, c], 1)])
    return np.stack([x, y, 0 * x + height], axis=1), faces if up else faces[:, ::-1]


def self_test() -> bool:
    """Judges patterns whose figures are known; True if they come out."""
    rng = np.random.default_rng(3)
    side = 100.0
    one = plane(side, 40)
    # Two sheets that face away from each other, far closer than the dots on either.
    back = plane(side, 40, height=-0.1, up=False)
    both = np.concatenate([one[0], back[0]]), np.concatenate([one[1], back[1] + len(one[0])])

    step = side / 72
    rise = step * np.sqrt(3) / 2
    rows = np.arange(int(side / rise))
    lattice = np.concatenate(
        [
            np.stack([np.arange(step / 4 + step / 2 * (r % 2), side, step), np.full(72, rise * (r + 0.5))], 1)
            for r in rows
        ]
    )
    lattice = np.delete(lattice, np.argmin(np.abs(lattice - side / 2).sum(axis=1)), axis=0)
    lattice = np.pad(lattice, ((0, 0), (0, 1)))
    darts = np.pad(plane_darts(1.0, side, rng), ((0, 0), (0, 1)))
    white = np.pad(rng.random((30_000, 2)) * side, ((0, 0), (0, 1)))
    double = np.concatenate([lattice, lattice + [step / 2, 0, -0.1]])
    double = double[double[:, 0] < side]

    cases = [
        (
            "lattice less a dot",
            one,
            lattice,
            step,
            {
                "rho": (0.985, 1.005),
                "violations": (0, 0),
                "hole_radius": (0.98, 1.0),
                "nu_eff": (0.93, 0.99),
                "cv": (0, 0.02),
            },
        ),
        (
            "on two sheets",
            both,
            double,
            step,
            {"rho": (0.985, 1.005), "rho_chord": (0.5, 0.52), "hole_radius": (0.98, 1.2), "hole_chord": (0.5, 0.95)},
        ),
        ("a distance not held", one, lattice, step * 1.01, {"violations": (3 * len(lattice) - 350, 3 * len(lattice))}),
        (
            "random darts",
            one,
            darts,
            1.0,
            {
                "rho": (0.735, 0.77),
                "violations": (0, 0),
                "hole_radius": (0.9, 1.25),
                "nv4": (0.085, 0.135),
                "nu_eff": (0.5, 0.62),
            },
        ),
        ("white noise", one, white, None, {"rho": (0, 0.1), "nv4": (0.85, 1.15), "cv": (0.48, 0.57), "nu_eff": (0, 0)}),
    ]
    passed = True
    for name, (vertices, faces), dots, radius, allowed in cases:
        held = None if radius is None else np.full(len(dots), radius)
        verdict = Judge(Surface(vertices, faces), len(dots)).judge(dots, radius, held)
        for key, (low, high) in allowed.items():
            value = getattr(verdict, key)
            good = low <= value <= high
            passed &= good
            print(f"{'ok  ' if good else 'FAIL'} {name:20} {key:12} {value:9.3f}, allowed {low} to {high}")
    return passed


if __name__ == "__main__":
    raise SystemExit(not self_test())
