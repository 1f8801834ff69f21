import Arithmetic
import Testing

@testable import Meshes

/// A strip between two closed lines.
struct LoopBridgeTests {
  /// A disc with a round hole in it and a lid for the hole, a little smaller, whatever the corners of both are.
  @Test(arguments: [(40, 40), (160, 23), (13, 90)], [0, 7]) func theGapIsClosed(corners: (Int, Int), turn: Int) {
    var positions: [SIMD3<Float>] = []
    func ring(_ count: Int, _ radius: Float, turn: Int = 0) -> [UInt32] {
      let first = UInt32(positions.count)
      for i in 0..<count {
        let angle = Double((i + turn) % count) / Double(count) * 2 * .pi
        positions.append(SIMD3(Float(cosine(angle)) * radius, Float(sine(angle)) * radius, 0))
      }
      return (0..<UInt32(count)).map { first + $0 }
    }
    func belt(_ a: [UInt32], _ b: [UInt32]) -> [SIMD3<UInt32>] {
      a.indices.flatMap { i -> [SIMD3<UInt32>] in
        let j = (i + 1) % a.count
        return [SIMD3(a[i], a[j], b[i]), SIMD3(a[j], b[j], b[i])]
      }
    }
    let outer = ring(corners.0, 100)
    let rim = ring(corners.0, 50)
    let lid = ring(corners.1, 46, turn: turn)
    let middle = ring(1, 0)[0]
    let sheet = belt(outer, rim)
    let cover = lid.indices.map { SIMD3(lid[$0], lid[($0 + 1) % lid.count], middle) }
    let apart = TriangleMesh(positions: positions, triangles: sheet + cover)
    let loops = apart.borderLoops()
    let hole = loops.first { $0.contains(rim[0]) } ?? []
    let edge = loops.first { $0.contains(lid[0]) } ?? []
    let strip = LoopBridge.strip(hole, edge, positions: positions, normals: apart.normals)
    #expect(strip.count == corners.0 + corners.1)
    let whole = TriangleMesh(positions: positions, triangles: sheet + cover + strip)
    let form = whole.invariants()
    #expect(form.isManifold && form.isConsistentlyOriented && form.componentCount == 1 && form.eulerNumber == 1)
    // Flat, looking up, and no place covered twice
    let area = strip.reduce(Float(0)) { sum, t in
      let (a, b, c) = (positions[Int(t.x)], positions[Int(t.y)], positions[Int(t.z)])
      let n = cross(b - a, c - a)
      #expect(n.z > -1e-3)
      return sum + 0.5 * length(n)
    }
    func polygon(_ count: Int, _ radius: Float) -> Float {
      0.5 * Float(count) * radius * radius * Float(sine(2 * .pi / Double(count)))
    }
    let polygons = polygon(corners.0, 50) - polygon(corners.1, 46)
    #expect(abs(area - polygons) < 0.02 * polygons)
  }
}
