"""The peers, each behind the same call, run in a process of its own: samplers.py NAME MESH.npz.

Reads requests as lines of JSON and answers each with a line of JSON. What depends on the mesh is prepared inside the
measured time; reading the mesh file and converting it to the peer's own mesh type are outside. Processor time is that
of all threads of the process.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time

import numpy as np


class Peer:
    """One sampler."""

    threaded = False
    varies = False

    def __init__(self, vertices: np.ndarray, faces: np.ndarray, density: np.ndarray):
        self.vertices, self.faces, self.density = vertices, faces, density

    def load(self) -> None:
        """Makes a mesh of the peer's own type, so that no run profits from what an earlier one left in it."""

    def sample(self, count: int, radius: float, seed: int) -> np.ndarray:
        raise NotImplementedError


class Trimesh(Peer):
    def load(self):
        import trimesh

        self.mesh = trimesh.Trimesh(self.vertices, self.faces, process=False)

    def sample(self, count, radius, seed):
        import trimesh

        return trimesh.sample.sample_surface_even(self.mesh, count, seed=seed)[0]


class Blender(Peer):
    """Distribute Points on Faces; where the density varies it thins at random, its distance is that of the densest."""

    threaded = True
    varies = True

    def __init__(self, vertices, faces, density, candidates=10):
        import bpy

        super().__init__(vertices, faces, density)
        self.bpy, self.candidates = bpy, candidates
        bpy.ops.wm.read_factory_settings(use_empty=True)
        mesh = bpy.data.meshes.new("head")
        mesh.from_pydata(vertices.tolist(), [], faces.tolist())
        mesh.attributes.new("density", "FLOAT", "POINT").data.foreach_set("value", density.astype(np.float32))
        self.object = bpy.data.objects.new("head", mesh)
        bpy.context.collection.objects.link(self.object)
        a, b, c = vertices[faces].transpose(1, 0, 2)
        # Demand: the area that counts, so that candidates are `candidates` per dot where the density varies too.
        self.demand = (np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2 * density[faces].mean(axis=1)).sum()

        tree = bpy.data.node_groups.new("sample", "GeometryNodeTree")
        tree.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
        tree.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
        source, result = tree.nodes.new("NodeGroupInput"), tree.nodes.new("NodeGroupOutput")
        self.node = tree.nodes.new("GeometryNodeDistributePointsOnFaces")
        self.node.distribute_method = "POISSON"
        corners = tree.nodes.new("GeometryNodePointsToVertices")
        tree.links.new(source.outputs[0], self.node.inputs["Mesh"])
        tree.links.new(self.node.outputs["Points"], corners.inputs[0])
        tree.links.new(corners.outputs[0], result.inputs[0])
        if density.min() < density.max():
            name = tree.nodes.new("GeometryNodeInputNamedAttribute")
            name.data_type = "FLOAT"
            name.inputs["Name"].default_value = "density"
            tree.links.new(name.outputs[0], self.node.inputs["Density Factor"])
        self.object.modifiers.new("sample", "NODES").node_group = tree

    def sample(self, count, radius, seed):
        self.node.inputs["Distance Min"].default_value = radius
        self.node.inputs["Density Max"].default_value = self.candidates * count / self.demand
        self.node.inputs["Seed"].default_value = seed
        graph = self.bpy.context.evaluated_depsgraph_get()
        graph.update()
        dots = self.object.evaluated_get(graph).data.vertices
        points = np.empty(3 * len(dots), np.float32)
        dots.foreach_get("co", points)
        return points.reshape(-1, 3)


class MeshLib(Peer):
    """Takes candidates in place of a mesh: random ones, made here inside the measured time."""

    threaded = True

    def __init__(self, vertices, faces, density, candidates=20):
        super().__init__(vertices, faces, density)
        self.candidates = candidates

    def sample(self, count, radius, seed):
        from meshlib import mrmeshnumpy, mrmeshpy

        rng = np.random.default_rng(seed)
        a, b, c = (self.vertices[self.faces[:, k]] for k in range(3))
        areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        # Candidates listed by triangle: the sampler sorts them itself, and this is the cheapest way to draw them.
        number = rng.multinomial(self.candidates * count, areas / areas.sum())
        s = np.sqrt(rng.random((self.candidates * count, 1), np.float32))
        v = rng.random((self.candidates * count, 1), np.float32) * s
        a, b, c = (np.repeat(x.astype(np.float32), number, axis=0) for x in (a, b, c))
        cloud = a + (b - a) * (s - v) + (c - a) * v
        settings = mrmeshpy.UniformSamplingSettings()
        settings.distance = radius
        start = time.process_time()
        cloud = mrmeshnumpy.pointCloudFromPoints(cloud)
        chosen = mrmeshpy.pointUniformSampling(cloud, settings)
        self.alone = time.process_time() - start
        return mrmeshnumpy.toNumpyArray(cloud.points)[mrmeshnumpy.getNumpyBitSet(chosen)]


class PyMeshLab(Peer):
    """Where the density varies, the radius is a linear function of a value per vertex."""

    varies = True

    def load(self):
        import pymeshlab

        self.set = pymeshlab.MeshSet()
        self.radii = 1 / np.sqrt(self.density)
        self.set.add_mesh(pymeshlab.Mesh(self.vertices, self.faces, v_scalar_array=self.radii))

    def sample(self, count, radius, seed):
        import pymeshlab

        self.set.generate_sampling_poisson_disk(radius=pymeshlab.PureValue(radius), **self.variance())
        return self.set.current_mesh().vertex_matrix()

    def variance(self):
        ratio = float(self.radii.max() / self.radii.min())
        return {"radiusvariance": ratio} if ratio > 1 else {}


class Open3D(Peer):
    def load(self):
        import open3d

        self.mesh = open3d.geometry.TriangleMesh(
            open3d.utility.Vector3dVector(self.vertices), open3d.utility.Vector3iVector(self.faces)
        )

    def sample(self, count, radius, seed):
        import open3d

        open3d.utility.random.seed(seed)
        return np.asarray(self.mesh.sample_points_poisson_disk(count, init_factor=5).points)


class LibIGL(Peer):

    def sample(self, count, radius, seed):
        import igl

        return igl.blue_noise(self.vertices, self.faces, radius)[2]


class PointCloudUtils(Peer):

    def sample(self, count, radius, seed):
        import point_cloud_utils as pcu

        face, weights = pcu.sample_mesh_poisson_disk(self.vertices, self.faces, -1, radius=radius, random_seed=seed)
        return pcu.interpolate_barycentric_coords(self.faces, face, weights, self.vertices)


@dataclasses.dataclass
class Entry:
    kind: type[Peer]
    module: str  # must import
    factor: float | None = None  # the distance to ask for N dots, over d_hex(N); None where a count is asked
    settings: dict = dataclasses.field(default_factory=dict)


PEERS = {
    "trimesh": Entry(Trimesh, "trimesh"),
    "Blender 10x": Entry(Blender, "bpy", 0.72, {"candidates": 10}),
    "Blender 40x": Entry(Blender, "bpy", 0.762, {"candidates": 40}),
    "MeshLib 10x": Entry(MeshLib, "meshlib.mrmeshpy", 0.794, {"candidates": 10}),
    "MeshLib 20x": Entry(MeshLib, "meshlib.mrmeshpy", 0.824, {"candidates": 20}),
    "MeshLib 40x": Entry(MeshLib, "meshlib.mrmeshpy", 0.863, {"candidates": 40}),
    "PyMeshLab": Entry(PyMeshLab, "pymeshlab", 0.758),
    "Open3D 5x": Entry(Open3D, "open3d"),
    "libigl": Entry(LibIGL, "igl", 0.751),
    "point-cloud-utils": Entry(PointCloudUtils, "point_cloud_utils", 0.752),
}


def serve(name: str, mesh_path: str) -> None:
    # The peers' own libraries print to standard output; answers go to a copy of it.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    kind, settings = PEERS[name].kind, PEERS[name].settings
    data = np.load(mesh_path)
    vertices, faces, density = data["vertices"], data["faces"], data["density"]

    # A first call on a small mesh pays for lazy imports and thread pools.
    corners = np.array([[0, 0, 0], [50, 0, 0], [0, 50, 0], [0, 0, 50]], np.float64)
    small = kind(corners, np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.int32), np.ones(4), **settings)
    small.load()
    small.sample(200, 4.0, 1)

    peer = kind(vertices, faces, density, **settings)
    print(json.dumps({"ready": len(faces)}), file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        peer.load()
        wall, cpu = time.perf_counter(), time.process_time()
        points = peer.sample(request["count"], request["radius"], request["seed"])
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        np.save(request["points"], np.ascontiguousarray(points, np.float32))
        answer = {"count": len(points), "cpu": [cpu], "wall": [wall], "alone": getattr(peer, "alone", None)}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
