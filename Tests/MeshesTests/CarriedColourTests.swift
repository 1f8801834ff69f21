import Meshes
import TestSupport
import Testing

/// Colours through repair.
struct CarriedColourTests {
  /// A tetrahedron with corners of its own, as from STL, and a colour and a picture place for each.
  static func scan() -> (mesh: TriangleMesh, colour: SurfaceColour) {
    var positions: [SIMD3<Float>] = []
    var triangles: [SIMD3<UInt32>] = []
    var colour = SurfaceColour(
      materialOfTriangle: [0, 1, 1, 0],
      materials: [SurfaceColour.Material(hasVertexColours: true), SurfaceColour.Material(texture: 0)],
      textures: [SurfaceColour.Texture(name: "a", bytes: [], width: 1, height: 1)])
    for (i, t) in MeshBytes.triangles.enumerated() {
      triangles.append(SIMD3(UInt32(3 * i), UInt32(3 * i + 1), UInt32(3 * i + 2)))
      for k in 0..<3 {
        positions.append(MeshBytes.positions[Int(t[k])])
        colour.vertexColours.append(SIMD3(Float(t[k]) / 3, Float(i), 0))
        colour.textureCoordinates.append(SIMD2(Float(i) / 4, Float(k) / 4))
      }
    }
    return (TriangleMesh(positions: positions, triangles: triangles, normals: []), colour)
  }

  @Test func weldingKeepsSeams() {
    let (mesh, colour) = Self.scan()
    let repaired = repairScan(mesh)
    #expect(repaired.mesh.positions.count == 4)
    let carried = colour.carried(from: mesh, to: repaired.mesh, cornerSources: repaired.cornerSources)
    #expect(carried.materialOfTriangle == colour.materialOfTriangle)
    #expect(carried.textureCoordinates == colour.textureCoordinates)
    // A vertex takes the mean of the corners that were welded into it: red is by vertex, green by triangle.
    for (i, p) in repaired.mesh.positions.enumerated() {
      let vertex = MeshBytes.positions.firstIndex(of: p) ?? 0
      let owners = MeshBytes.triangles.indices.filter { t in
        (0..<3).contains { MeshBytes.triangles[t][$0] == UInt32(vertex) }
      }
      let mean = Float(owners.reduce(0, +)) / Float(owners.count)
      #expect(abs(carried.vertexColours[i].x - Float(vertex) / 3) < 1e-6)
      #expect(abs(carried.vertexColours[i].y - mean) < 1e-6)
    }
  }

  @Test func turnedTrianglesTakeTheirCornersAlong() {
    var (mesh, colour) = Self.scan()
    let t = mesh.triangles[2]
    mesh.triangles[2] = SIMD3(t.x, t.z, t.y)
    colour.textureCoordinates.swapAt(7, 8)
    let repaired = repairScan(mesh)
    #expect(repaired.report.turnedTriangles == 1)
    let carried = colour.carried(from: mesh, to: repaired.mesh, cornerSources: repaired.cornerSources)
    for (i, t) in repaired.mesh.triangles.enumerated() {
      for k in 0..<3 {
        let source = repaired.cornerSources[i][k]
        let original = mesh.positions[Int(mesh.triangles[Int(source) / 3][Int(source) % 3])]
        #expect(original == repaired.mesh.positions[Int(t[k])])
        #expect(carried.textureCoordinates[3 * i + k] == colour.textureCoordinates[Int(source)])
      }
    }
  }

  /// A filled hole looks like the skin around it.
  @Test func newTrianglesTakeTheColoursBesideThem() {
    // A grid of 9 x 9 squares, red on one side and blue on the other, without its middle square.
    var positions: [SIMD3<Float>] = []
    var triangles: [SIMD3<UInt32>] = []
    var sources: [SIMD3<Int32>] = []
    for y in 0..<10 { for x in 0..<10 { positions.append(SIMD3(Float(x), Float(y), 0)) } }
    for y in 0..<9 {
      for x in 0..<9 {
        let a = UInt32(10 * y + x)
        for t in [SIMD3(a, a + 1, a + 11), SIMD3(a, a + 11, a + 10)] {
          let isNew = (3...5).contains(x) && (3...5).contains(y)
          sources.append(isNew ? SIMD3(repeating: -1) : Int32(3 * triangles.count) &+ SIMD3(0, 1, 2))
          triangles.append(t)
        }
      }
    }
    let mesh = TriangleMesh(positions: positions, triangles: triangles)
    var colour = SurfaceColour(
      vertexColours: positions.map { $0.x < 4.5 ? SIMD3(1, 0, 0) : SIMD3(0, 0, 1) },
      materials: [SurfaceColour.Material(texture: 0, hasVertexColours: true)],
      textures: [SurfaceColour.Texture(name: "a", bytes: [], width: 1, height: 1)])
    colour.textureCoordinates = triangles.flatMap { t in
      (0..<3).map { SIMD2(positions[Int(t[$0])].x, positions[Int(t[$0])].y) / 1000 }
    }
    let carried = colour.carried(from: mesh, to: mesh, cornerSources: sources)
    #expect(carried.vertexColours.count == 100 && carried.textureCoordinates.count == colour.textureCoordinates.count)
    for (i, s) in sources.enumerated() where s.x < 0 {
      for k in 0..<3 {
        let p = positions[Int(triangles[i][k])]
        let uv = carried.textureCoordinates[3 * i + k] * 1000
        // From the rim, at most two squares away
        #expect(abs(uv.x - p.x) <= 2.01 && abs(uv.y - p.y) <= 2.01)
        #expect(carried.vertexColours[Int(triangles[i][k])].sum() == 1)
      }
    }
  }
}
