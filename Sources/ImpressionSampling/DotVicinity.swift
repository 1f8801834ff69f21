import HeadGeometry

/// Dots around consecutive pieces, which mostly see the same ones: the quads of a field that hold them.
struct DotVicinity: Sendable {
  private var centre = SIMD3<Float>.zero
  /// All dots are listed whose discs come nearer to the centre than this, mm.
  private var extent: Float = -1
  /// Quads of the field, then those of dots that were thrown since.
  private(set) var quads: [DotQuad] = []
  /// Number of dots in the last of them that were thrown since; 4 where there is none.
  private var lastCount = 4

  /// Whether the discs within `reach` of a place are among those listed.
  @inline(__always)
  func covers(_ p: SIMD3<Float>, _ reach: Float) -> Bool {
    let room = extent - reach
    return room > 0 && dot(p - centre, p - centre) < room * room
  }

  mutating func move(to p: SIMD3<Float>, extent: Float, in field: borrowing DotField) {
    centre = p
    self.extent = extent
    lastCount = 4
    quads.removeAll(keepingCapacity: true)
    field.forEachQuad(near: p, radius: 2 * extent) { quad, _ in quads.append(quad) }
  }

  @inline(__always)
  mutating func append(_ place: SIMD4<Float>, label: Int32) {
    if lastCount == 4 {
      quads.append(DotQuad())
      lastCount = 0
    }
    quads[quads.count - 1].set(lastCount, place, label: label)
    lastCount += 1
  }
}
