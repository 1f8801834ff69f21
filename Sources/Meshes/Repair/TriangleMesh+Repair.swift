// The harmless defects of mesh files, mended without moving anything: positions written twice, triangles that
// have no area because corners coincide, triangles written twice, vertices that nothing uses.

import Arithmetic

/// What `TriangleMesh.repaired()` changed.
public struct MeshRepairReport: Sendable, Equatable {
  /// Vertices merged into an earlier one at exactly the same place.
  public var weldedVertices = 0
  /// Triangles dropped because two of their corners coincide.
  public var degenerateTriangles = 0
  /// Triangles dropped because an earlier one has the same three corners.
  public var duplicateTriangles = 0
  /// Vertices dropped because no triangle uses them.
  public var unusedVertices = 0

  public init(
    weldedVertices: Int = 0, degenerateTriangles: Int = 0, duplicateTriangles: Int = 0, unusedVertices: Int = 0
  ) {
    self.weldedVertices = weldedVertices
    self.degenerateTriangles = degenerateTriangles
    self.duplicateTriangles = duplicateTriangles
    self.unusedVertices = unusedVertices
  }
}

extension TriangleMesh {
  /// The mesh with exact duplicates welded and useless triangles dropped, and what was changed.
  ///
  /// Order is kept: the first of several equal things stays. Normals are computed anew. Linear time.
  public func repaired() -> (mesh: TriangleMesh, report: MeshRepairReport) {
    var report = MeshRepairReport()

    // Weld: the first vertex at a place stands for all.
    var first = [UInt32](repeating: 0, count: positions.count)
    var places = FirstOccurrence(capacity: positions.count)
    for (i, p) in positions.enumerated() {
      // + 0 turns -0 into 0, which is the same place.
      let key = SIMD3((p.x + 0).bitPattern, (p.y + 0).bitPattern, (p.z + 0).bitPattern)
      let earlier = places.index(of: key, orInsert: UInt32(i))
      first[i] = earlier
      if earlier != UInt32(i) { report.weldedVertices += 1 }
    }

    // Keep triangles with three corners that did not occur before.
    var kept: [SIMD3<UInt32>] = []
    kept.reserveCapacity(triangles.count)
    var known = FirstOccurrence(capacity: triangles.count)
    for t in triangles {
      let corners = SIMD3(first[Int(t.x)], first[Int(t.y)], first[Int(t.z)])
      if corners.x == corners.y || corners.y == corners.z || corners.z == corners.x {
        report.degenerateTriangles += 1
        continue
      }
      let low = min(corners.x, min(corners.y, corners.z))
      let high = max(corners.x, max(corners.y, corners.z))
      let middle = corners.x ^ corners.y ^ corners.z ^ low ^ high
      let index = UInt32(kept.count)
      if known.index(of: SIMD3(low, middle, high), orInsert: index) != index {
        report.duplicateTriangles += 1
        continue
      }
      kept.append(corners)
    }

    // Close the gaps in the numbering.
    var used = [Bool](repeating: false, count: positions.count)
    for t in kept {
      used[Int(t.x)] = true
      used[Int(t.y)] = true
      used[Int(t.z)] = true
    }
    var number = [UInt32](repeating: 0, count: positions.count)
    var packed: [SIMD3<Float>] = []
    packed.reserveCapacity(positions.count)
    for i in positions.indices {
      if used[i] {
        number[i] = UInt32(packed.count)
        packed.append(positions[i])
      } else if first[i] == UInt32(i) {
        report.unusedVertices += 1
      }
    }
    for i in kept.indices {
      kept[i] = SIMD3(number[Int(kept[i].x)], number[Int(kept[i].y)], number[Int(kept[i].z)])
    }
    return (TriangleMesh(positions: packed, triangles: kept), report)
  }
}

/// Remembers under which index a triple of numbers was seen first (open addressing).
struct FirstOccurrence {
  private var slots: [UInt32]
  private var keys: [SIMD3<UInt32>]
  private let mask: Int

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [UInt32](repeating: .max, count: size)
    keys = [SIMD3<UInt32>](repeating: .zero, count: size)
    mask = size - 1
  }

  mutating func index(of key: SIMD3<UInt32>, orInsert index: UInt32) -> UInt32 {
    let hash = mix64(UInt64(key.x) | UInt64(key.y) << 32) ^ mix64(UInt64(key.z) &+ 0x9E37_79B9)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != .max {
      if keys[slot] == key { return slots[slot] }
      slot = (slot + 1) & mask
    }
    slots[slot] = index
    keys[slot] = key
    return index
  }
}
