"""One measure for dot patterns on a triangle mesh, whoever made them. Needs numpy and scipy only.

Lengths are straight lines. The unit is the hexagonal spacing of the dots returned, d_hex = sqrt(2 A / (sqrt(3) N)), the
greatest minimum distance that N dots can have on a plane of area A. With a field of relative radii g the area counts
as the integral of 1 / g^2 and the unit at a place is g d_hex.

    rho        smallest distance of two dots over d_hex; of two dots with different g over the mean of their units
    hole       greatest distance from a place of the surface to its nearest dot, over d_hex or over a radius
    uncovered  share of the area farther than the radius from every dot
    nv4        variance of the number of dots in balls of radius 4 d_hex over its mean; white noise 1, random darts 0.1
    nu_eff     up to which frequency the radial spectrum stays empty, in units of the hexagonal lattice's first peak
               (effective Nyquist frequency of Heck, Schlömer, Deussen. Blue noise sampling with controlled aliasing.
               2013, measured on surfaces through the pair correlation)
    cv         standard deviation of the distances to the nearest dot over their mean

Dots and places whose surface normals point away from each other (two sides of a thin sheet) do not see each other,
except in nv4 and nu_eff; `rho_chord` is rho without that exception.

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
        self.corners = np.asarray(vertices, np.float64)[faces]
        a, b, c = self.corners.transpose(1, 0, 2)
        cross = np.cross(b - a, c - a)
        length = np.linalg.norm(cross, axis=1)
        self.areas = length / 2
        self.area = float(self.areas.sum())
        self.normals = cross / np.maximum(length, 1e-300)[:, None]

    def scatter(self, count: int, rng: np.random.Generator, among: np.ndarray | None = None):
        """Places spread uniformly by area, and their triangles; only on the triangles `among`, if given."""
        faces = np.arange(len(self.areas)) if among is None else among
        total = np.cumsum(self.areas[faces])
        face = faces[np.searchsorted(total, rng.random(count) * total[-1], side="right").clip(max=len(faces) - 1)]
        s = np.sqrt(rng.random(count))[:, None]
        v = rng.random(count)[:, None]
        a, b, c = self.corners[face].transpose(1, 0, 2)
        return (1 - s) * a + s * (1 - v) * b + s * v * c, face

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
    hole: float  # over d_hex
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
        self.places, self.place_faces = surface.scatter(int(np.clip(60 * count, 400_000, 4_000_000)), rng)
        self.centres, _ = surface.scatter(1_500, rng)
        self.cloud = cKDTree(surface.scatter(4 * count, rng)[0]) if field is None else None

    def unit_of(self, points: np.ndarray) -> np.ndarray:
        return np.ones(len(points)) if self.field is None else self.field(points)

    def spacing(self, count: int) -> float:
        return np.sqrt(2 * self.demand / (np.sqrt(3) * count))

    def judge(self, dots: np.ndarray, radius: float | None = None, prefixes: list[int] | None = None) -> Verdict:
        """`radius`: the promised distance, where g is 1. `prefixes`: ends of the parts that come first."""
        dots = np.asarray(dots, np.float64)
        count, spacing, tree = len(dots), self.spacing(len(dots)), cKDTree(dots)
        unit = self.unit_of(dots)
        normals = self.surface.normals[self.node_faces[self.node_tree.query(dots)[1]]]
        rho, chord, cv = self.distances(dots, normals, unit, spacing)
        hole, uncovered = self.holes(tree, normals, unit, radius)
        parts = []
        for end in prefixes or []:
            parts.append(self.distances(dots[:end], normals[:end], unit[:end], self.spacing(end))[0])
        return Verdict(
            count=count, rho=rho, rho_chord=chord, hole=hole / spacing, hole_radius=hole / radius if radius else None,
            uncovered=uncovered, nv4=self.number_variance(tree, spacing),
            nu_eff=self.spectral_gap(dots, tree, spacing) if self.cloud else None, cv=cv, prefixes=parts)

    def distances(self, dots, normals, unit, spacing):
        """rho, rho over all sheets, and the variation of the distances to the nearest dot."""
        near, index = cKDTree(dots).query(dots, k=min(13, len(dots)))
        near, index = near[:, 1:], index[:, 1:]
        ratio = near / ((unit[:, None] + unit[index]) / 2) / spacing
        seen = np.einsum("ix,ijx->ij", normals, normals[index]) >= 0
        own = np.where(seen, ratio, np.inf)
        first = own.min(axis=1)
        first = first[np.isfinite(first)]
        return float(own.min()), float(ratio.min()), float(first.std() / first.mean())

    def holes(self, tree, normals, unit, radius):
        """The greatest hole in units of g, and the share of the area outside every disc of the promised radius."""
        first = self.clearance(tree, normals, unit, self.places, self.place_faces)
        worst = np.unique(self.place_faces[np.argpartition(first, -400)[-400:]])
        more, faces = self.surface.scatter(200_000, np.random.default_rng(self.seed + 1), among=worst)
        hole = max(first.max(), self.clearance(tree, normals, unit, more, faces).max())
        return float(hole), float((first > radius).mean()) if radius else None

    def clearance(self, tree, normals, unit, places, faces):
        """Distance from places to the nearest dot of their own side, over that dot's g."""
        near, index = tree.query(places)
        side = self.surface.normals[faces]
        hidden = np.flatnonzero(np.einsum("ix,ix->i", side, normals[index]) < 0)
        if len(hidden):
            far, others = tree.query(places[hidden], k=8)
            seen = np.einsum("ix,ijx->ij", side[hidden], normals[others]) >= 0
            pick = np.where(seen.any(axis=1), seen.argmax(axis=1), 7)
            row = np.arange(len(hidden))
            near[hidden], index[hidden] = far[row, pick], others[row, pick]
        return near / unit[index]

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
        some = cKDTree(dots[rng.choice(len(dots), min(len(dots), 12_000), replace=False)])
        edges = np.linspace(0, 10, 201)
        seen = np.diff(some.count_neighbors(tree, edges[1:] * spacing, cumulative=True), prepend=some.n)
        cloud = np.diff(some.count_neighbors(self.cloud, edges[1:] * spacing, cumulative=True), prepend=0)
        g = seen / np.maximum(cloud * (tree.n / self.cloud.n), 1e-9)
        middle = (edges[1:] + edges[:-1]) / 2
        taper = np.where(middle < 3, 1, 0.5 + 0.5 * np.cos(np.pi * (middle - 3) / 7))
        ring = np.pi * np.diff(edges**2) * taper * (2 / np.sqrt(3))
        nu = np.linspace(0.02, 5, 400)
        power = 1 + j0(2 * np.pi * HEX_PEAK * np.outer(nu, middle)) @ ((g - 1) * ring)
        mean = np.cumsum(power * nu) / np.cumsum(nu)
        quiet = np.flatnonzero(mean <= 0.1)
        return float(nu[quiet[-1]] / HEX_PEAK) if len(quiet) else 0.0


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


def self_test() -> bool:
    """Judges three planar patterns whose figures are known; True if they come out."""
    rng = np.random.default_rng(3)
    side = 100.0
    grid = np.linspace(0, side, 41)
    x, y = (g.ravel() for g in np.meshgrid(grid, grid))
    vertices = np.stack([x, y, 0 * x], axis=1)
    corner = (np.arange(40)[:, None] * 41 + np.arange(40)).ravel()
    faces = np.concatenate([np.stack([corner, corner + 1, corner + 41], 1), np.stack([corner + 1, corner + 42, corner + 41], 1)])
    surface = Surface(vertices, faces)

    step = side / 72
    rise = step * np.sqrt(3) / 2
    rows = np.arange(int(side / rise))
    lattice = np.concatenate(
        [np.stack([np.arange(step / 4 + step / 2 * (r % 2), side, step), np.full(72, rise * (r + 0.5))], 1) for r in rows])
    lattice = np.delete(lattice, np.argmin(np.abs(lattice - side / 2).sum(axis=1)), axis=0)
    darts = plane_darts(1.0, side, rng)
    patterns = {
        "lattice less a dot": (lattice, step, {"rho": (0.985, 1.005), "hole_radius": (0.98, 1.0), "nu_eff": (0.93, 0.99), "cv": (0, 0.02)}),
        "random darts": (darts, 1.0, {"rho": (0.735, 0.77), "hole_radius": (0.9, 1.25), "nv4": (0.085, 0.135), "nu_eff": (0.5, 0.62)}),
        "white noise": (rng.random((30_000, 2)) * side, None, {"rho": (0, 0.1), "nv4": (0.85, 1.15), "cv": (0.48, 0.57), "nu_eff": (0, 0)}),
    }
    passed = True
    for name, (flat, radius, allowed) in patterns.items():
        verdict = Judge(surface, len(flat)).judge(np.pad(flat, ((0, 0), (0, 1))), radius)
        for key, (low, high) in allowed.items():
            value = getattr(verdict, key)
            good = low <= value <= high
            passed &= good
            print(f"{'ok  ' if good else 'FAIL'} {name:18} {key:12} {value:7.3f}, allowed {low} to {high}")
    return passed


if __name__ == "__main__":
    raise SystemExit(not self_test())
