import HeadGeometry

/// A head with everything about it that no view, light or treatment changes: prepare once, render often.
public struct PreparedHead: Sendable {
  public let mesh: TriangleMesh
  public let landmarks: HeadLandmarks
  /// Paint coordinates per vertex (`Head.templatePositions`); empty for scans.
  public let templatePositions: [SIMD3<Float>]
  /// Height below which the picture fades into the backdrop, mm: the cut of the mannequin's neck. `nil` for scans.
  let neckCut: Float?
  /// The scan's own colours; `nil` where skin is made by the optical model.
  public var scanSkin: ScanSkin?
  /// Which directions each vertex can see.
  let sky: SkyVisibility
  /// Neighbouring vertices, grouped by vertex: those of vertex i are `neighbours[neighbourRange(i)]`.
  let neighbours: [UInt32]
  private let neighbourStart: [UInt32]

  /// About 0.2 s for 100,000 triangles on two cores, nearly all of it sky visibility.
  ///
  /// - Parameter scanSkin: the head's own colours, made from `head.colour`; without them skin is the optical model's.
  public init(_ head: Head, scanSkin: ScanSkin? = nil, threads: Int? = nil) {
    self.scanSkin = scanSkin
    mesh = head.mesh
    landmarks = head.landmarks
    templatePositions = head.templatePositions
    neckCut = head.templatePositions.isEmpty ? nil : head.mesh.positions.lazy.map(\.y).min()
    sky = SkyVisibility(mesh: head.mesh, threads: threads)

    // Each edge of an oriented mesh appears once in each direction: listing edge starts by edge end gives every
    // neighbour once (at open borders one is missing, which does no harm here).
    var start = [UInt32](repeating: 0, count: head.mesh.positions.count + 1)
    for t in head.mesh.triangles {
      for c in [t.x, t.y, t.z] { start[Int(c) + 1] += 1 }
    }
    for i in 1..<start.count { start[i] += start[i - 1] }
    var cursor = start
    var items = [UInt32](repeating: 0, count: head.mesh.triangles.count * 3)
    for t in head.mesh.triangles {
      for (from, to) in [(t.x, t.y), (t.y, t.z), (t.z, t.x)] {
        items[Int(cursor[Int(from)])] = to
        cursor[Int(from)] += 1
      }
    }
    neighbours = items
    neighbourStart = start
  }

  @inline(__always)
  func neighbourRange(_ vertex: Int) -> Range<Int> {
    Int(neighbourStart[vertex])..<Int(neighbourStart[vertex + 1])
  }

  /// Moves each value towards the mean of its neighbours, by `amount` per component.
  func smoothed(_ values: [SIMD3<Float>], amount: SIMD3<Float>) -> [SIMD3<Float>] {
    var out = values
    for i in values.indices {
      let range = neighbourRange(i)
      if range.isEmpty { continue }
      var sum = SIMD3<Float>.zero
      for k in range { sum += values[Int(neighbours[k])] }
      out[i] += amount * (sum / Float(range.count) - values[i])
    }
    return out
  }
}
